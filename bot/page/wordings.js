// Other wordings of a question, which the model that writes proposes: shown first, searched when a person says so, and
// taken back with one click.
window.youju.wordings = (() => {
  const { word, make, button, request, failure, language, writing } = window.youju;
  const headers = { "Accept-Language": language, "Content-Type": "application/json" };

  /** @param {string[]} all */
  const list = (all) => all.map((text) => word("quoted", { text })).join(word("comma"));

  /**
   * With which other wordings an answer was looked for, and the way back; null where there were none.
   * @type {Wordings["used"]}
   */
  const used = (answer, act) =>
    answer.trace.wordings.length
      ? make(
          "p",
          { class: "searched reworded" },
          word("reworded", { wordings: list(answer.trace.wordings) }),
          " ",
          button("typed", word("reworded_undo"), () => act.again()),
        )
      : null;

  /** A button that asks the model for other wordings, and another that searches with them. @type {Wordings["offer"]} */
  const offer = (answer, act) => {
    const writer = act.writer();
    if (!writer?.on || !writer.proposing || answer.trace.wordings.length) return null;
    const line = make("div", { class: "offer" });
    const status = make("span", { role: "status" });
    const hint = make("span", { class: "leaves" }, word(writer.here ? "reword_here" : "reword_there", writer));
    const first = button("further", word("reword"), async () => {
      first.disabled = true;
      status.textContent = word("rewording");
      try {
        const body = JSON.stringify({ question: answer.query });
        /** @type {string[]} */
        const found = await request("api/wordings", { method: "POST", headers, body });
        status.textContent = found.length ? "" : word("reword_none");
        if (!found.length) return;
        const go = button("further", word("reword_ask"), () => act.again(found));
        line.replaceChildren(
          make("ul", { "aria-label": word("reword") }, ...found.map((text) => make("li", {}, text))),
          go,
        );
        go.focus();
      } catch (error) {
        status.textContent = failure(error).message;
        first.disabled = false;
      }
    });
    line.append(first, hint, status);
    return line;
  };

  /** A button that asks the model for questions to go on with; null where it may not. @type {Wordings["further"]} */
  const further = (answer, { asked, ask, writer }) => {
    const state = writer();
    if (!state?.on || !state.proposing || !writing.may(answer)) return null;
    const more = button("propose", word("propose", state), async () => {
      more.disabled = true;
      more.textContent = word("rewording");
      try {
        const body = JSON.stringify({ answer, asked, by_model: true });
        /** @type {string[]} */
        const found = await request("api/suggest", { method: "POST", headers, body });
        const made = found.map((question) => button("example proposed", question, () => ask(question)));
        for (const one of made) one.title = word("proposed_by", state);
        if (made.length) more.replaceWith(...made);
        else more.textContent = word("propose_none");
        made[0]?.focus();
      } catch (error) {
        more.textContent = failure(error).message;
        more.disabled = false;
      }
    });
    return more;
  };

  return { used, offer, further };
})();
