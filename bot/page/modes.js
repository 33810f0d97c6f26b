// How answers are given: the documents' own sentences alone, or a model's words besides. One click each, kept by the
// browser; nothing is shown where no model is on.
window.youju.modes = (place, chosen) => {
  const { own, word, make, button, request, on, writing } = window.youju;
  /** @type {Given.Writer | null} */
  let state = null;

  /** What holds for the next question. */
  const now = () => {
    if (!state?.on) return "quotes";
    const kept = own.get("mode");
    return writing.MODES.find((mode) => mode === kept) ?? state.mode;
  };

  function draw() {
    const held = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.mode : null;
    const { MODES } = writing;
    place.hidden = !state?.on;
    place.replaceChildren(
      ...(state?.on ? MODES : []).map((mode) => {
        const made = button("mode", word(`mode_${mode}`), () => {
          own.put("mode", mode);
          draw();
          chosen(mode);
        });
        made.dataset.mode = mode;
        made.setAttribute("aria-pressed", String(mode === now()));
        return made;
      }),
      ...(state?.on ? [make("span", { class: "by" }, word(state.here ? "modes_here" : "modes_there", state))] : []),
    );
    const again = place.querySelector(`[data-mode="${held}"]`);
    if (again instanceof HTMLElement) again.focus();
  }

  /** @param {Given.Writer | null} told */
  function take(told) {
    state = told;
    draw();
  }
  on("writer", ({ writer }) => take(writer));
  /** Learn whether a model is on; where that cannot be learnt, answers are as without. */
  const learn = () =>
    request("api/settings/writer").then(
      (writer) => window.youju.send("writer", { writer }),
      () => null,
    );
  draw();
  return { now, learn, state: () => state };
};
