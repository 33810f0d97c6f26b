// The line over an answer that a person's mark gave: whose word it is, and a way to take that back.
window.youju.marks = (() => {
  const { word, make, button, request, failure } = window.youju;
  let standing = new Set(); // the ids of the marks that count now

  /** Learn which marks count. @type {Youju["marks"]["stand"]} */
  const stand = (ids) => {
    standing = new Set(ids);
  };

  /** The marks by which an answer is what it is. @param {Given.Answer} answer */
  const of = (answer) => [...new Set(answer.citations.map((citation) => citation.mark))].filter((id) => id !== null);

  /** @param {number[]} ids @param {string} name */
  async function takeBack(ids, name) {
    let said = word("mark_gone");
    try {
      await Promise.all(ids.map((id) => request(`api/marks/${id}`, { method: "DELETE" })));
      for (const id of ids) standing.delete(id);
    } catch (error) {
      said = failure(error).message;
    }
    for (const line of document.querySelectorAll(`#talk [data-marks="${name}"]`)) line.replaceChildren(said);
  }

  const LONG = 160; // characters of a note of which only the beginning is shown
  /** A line that is ours; a long one, that names many files, can be unfolded. @param {string} text */
  function own(text) {
    const line = make("p", { class: "absence" }, text);
    if (text.length <= LONG) return line;
    line.classList.add("cut");
    const whole = button("all", word("whole_note"), () => {
      line.classList.remove("cut");
      whole.remove();
    });
    return make("div", { class: "note-of" }, line, whole);
  }

  /**
   * An answer's note, with the way to take back the marks that it stands on; null where there is neither.
   * @type {Youju["marks"]["note"]}
   */
  const note = (answer) => {
    const ids = of(answer);
    if (!ids.length) return answer.note ? own(answer.note) : null;
    const name = ids.join(" ");
    const line = make("p", { class: "absence", "data-marks": name }, answer.note || word("marked"), " ");
    const guest = document.body.classList.contains("visiting"); // this only hides; the server refuses
    if (!ids.some((id) => standing.has(id))) line.append(word("mark_was"));
    else if (!guest) line.append(button("take-back", word("mark_take_back"), () => takeBack(ids, name)));
    return line;
  };

  return { stand, note };
})();
