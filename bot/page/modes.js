// How answers are given: the documents' own sentences alone, or a model's words besides. One click each, kept by the
// browser, and of the last answer at once. Nothing is shown where no model is on.
window.youju.modes = (bar, chat) => {
  const { own, word, make, button, request, failure, on, send, writing, written } = window.youju;
  /** @type {Given.Writer | null} */
  let state = null;
  /** @type {{ turn: number, stop: AbortController } | null} */
  let going = null; // what is written now

  /** What holds for the next question. */
  const now = () => {
    if (!state?.on) return "quotes";
    const kept = own.get("mode");
    return writing.MODES.find((mode) => mode === kept) ?? state.mode;
  };

  /** @param {Mode} mode */
  function choose(mode) {
    own.put("mode", mode);
    draw();
    const turn = chat.last();
    if (turn && mode !== (turn.answer.written?.mode ?? "quotes")) write(turn, mode);
  }

  function draw() {
    const held = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.mode : null;
    bar.hidden = !state?.on;
    bar.replaceChildren();
    if (!state?.on) return;
    for (const mode of writing.MODES) {
      const made = button("mode", word(`mode_${mode}`), () => choose(mode));
      made.dataset.mode = mode;
      made.setAttribute("aria-pressed", String(mode === now()));
      bar.append(made);
      if (mode === held) made.focus();
    }
    bar.append(make("span", { class: "by" }, word(state.here ? "modes_here" : "modes_there", state)));
  }

  on("writer", ({ writer }) => {
    state = writer;
    draw();
  });
  /** Learn whether a model is on; where that cannot be learnt, answers are as without. */
  const learn = () =>
    request("api/settings/writer").then(
      (writer) => send("writer", { writer }),
      () => null,
    );

  /** Stop the model: the server does as soon as nobody listens. */
  const stop = () => going?.stop.abort();

  /**
   * Let a model write of an answer, above its quotes; "quotes" takes away what is written. Whatever happens, the quotes
   * stand, and what was written until then.
   * @type {Modes["write"]}
   */
  async function write(turn, mode) {
    stop();
    const plain = mode === "quotes";
    if (plain ? !turn.answer.written : !state || !writing.may(turn.answer)) return;
    const mine = { turn: turn.turn_id, stop: new AbortController() };
    going = mine;
    /** @param {Given.Answer} answer */
    const grow = (answer) => {
      turn.answer = answer;
      const place = chat.place(turn);
      if (place instanceof HTMLElement) written.show(place, answer, (again) => write(turn, again));
    };
    if (state && !plain) grow(writing.begun(turn.answer, mode, state));
    chat.drawn();
    chat.place(turn)?.querySelector(".written")?.scrollIntoView({ block: "nearest" });
    try {
      await writing.write(chat.path(turn), mode, turn.answer, { signal: mine.stop.signal, tell: grow });
    } catch (error) {
      if (going?.turn === mine.turn && going !== mine) return; // it is written anew
      const stopped = mine.stop.signal.aborted;
      const { message } = failure(error);
      if (plain) chat.tell(message);
      else
        grow(writing.ended(turn.answer, stopped ? "stopped" : "broken", stopped ? word("written_stopped") : message));
      if (!stopped) learn(); // perhaps it was switched off meanwhile
    }
    if (going !== mine) return;
    going = null;
    chat.drawn();
  }

  draw();
  return { now, learn, state: () => state, write, stop, writing: () => going !== null };
};
