// What a model wrote, above the quotes that it was written from: who wrote it and how much of it stands, each sentence
// with the sign of what it is and the numbers of what carries it. All of it is text: no mark-up of a model's is read.
window.youju.written = (() => {
  const { word, make, button, icon, explained, places, grid, choices, writing, text: characters } = window.youju;
  const NUMBERS = 4; // of one sentence
  /** @type {Record<Given.WrittenSentence["standing"], string[]>} */
  const SIGNS = {
    verbatim: ["M4 6h4v4.5c0 2.5-1.2 3.8-3.4 4.5M11.5 6h4v4.5c0 2.5-1.2 3.8-3.4 4.5"],
    supported: ["M4 10.5l4 4 8-9"],
    unsupported: ["M4.5 4.5l11 11M15.5 4.5l-11 11"],
  };
  const PEN = ["M4 16l.8-3.6L13 4.2l2.8 2.8-8.2 8.2z"];

  /** The sign of what a sentence is. @param {Given.WrittenSentence["standing"]} standing */
  function sign(standing) {
    const name = word(`is_${standing}`);
    return make(
      "span",
      { class: `sign is-${standing}`, role: "img", "aria-label": name, title: name },
      icon(...SIGNS[standing]),
    );
  }

  /**
   * What says that a sentence stands, or does not.
   * @param {Given.Answer} answer
   * @param {Given.WrittenSentence} sentence
   */
  function proof(answer, sentence) {
    const citations = choices.distinct(sentence.evidence.map((place) => answer.citations[place]));
    const numbers = citations.slice(0, NUMBERS).map(places.number);
    return [sign(sentence.standing), ...(numbers.length ? [make("sup", {}, ...numbers)] : [])];
  }

  /** Why a sentence does not stand. @param {Given.WrittenSentence} sentence */
  const reason = (sentence) =>
    make("span", { class: "reason" }, word("bracketed", { text: writing.why(word, sentence) }));

  /**
   * A sentence with its sign, which never begins a line.
   * @param {Given.Answer} answer
   * @param {Given.WrittenSentence} sentence
   */
  function said(answer, sentence) {
    const lost = sentence.standing === "unsupported";
    const [start, end] = characters.ending(sentence.text);
    const last = make("span", { class: "end" }, lost ? make("s", {}, end) : end, ...proof(answer, sentence));
    const node = make("span", { class: "said" }, lost ? make("s", {}, start) : start, last);
    if (lost) node.append(reason(sentence));
    node.append(writing.gap(sentence));
    return node;
  }

  /**
   * Rows of a table, each with its sign and its numbers.
   * @param {Given.Answer} answer
   * @param {Given.WrittenSentence[]} rows
   */
  function table(answer, rows) {
    // The header comes with the whole of it.
    const header = answer.written?.header.length ? answer.written.header : rows[0].cells.map(() => "…");
    /** @param {Given.WrittenSentence} row @returns {Cell[]} */
    const line = (row) => {
      const lost = row.standing === "unsupported";
      return [
        ...row.cells.map((cell) => (lost ? [make("s", {}, cell)] : cell)),
        [make("span", { class: "end" }, ...proof(answer, row)), ...(lost ? [reason(row)] : [])],
      ];
    };
    /** @param {Given.WrittenSentence} row */
    const where = (row) => {
      const lines = choices.distinct(row.evidence.map((place) => answer.citations[place])).map(places.cited);
      return row.standing === "unsupported"
        ? `${word("is_unsupported")}${word("colon")}${writing.why(word, row)}`
        : lines.join("\n");
    };
    const head = [...header, word("source")];
    return grid.draw(head, rows.map(line), { header: head, rows: rows.map((row) => [...row.cells, where(row)]) });
  }

  /** @param {Given.Answer} answer @param {WrittenRun} run */
  function drawnRun(answer, { kind, sentences }) {
    if (kind === "table") return table(answer, sentences);
    /** @param {Given.WrittenSentence[]} all */
    const nodes = (all) => all.map((sentence) => said(answer, sentence));
    if (kind === "prose") return make("p", {}, ...nodes(sentences));
    return make("ul", { class: "points" }, ...writing.points(sentences).map((each) => make("li", {}, ...nodes(each))));
  }

  /** All that is written; of a summary by sections the whole first. @param {Given.Answer} answer */
  function body(answer) {
    const runs = writing.runs(answer.written?.sentences ?? []);
    const parted = runs.some(({ part }) => part);
    const ordered = [...runs.filter(({ part }) => !part), ...runs.filter(({ part }) => part)];
    let heading = "";
    return ordered.flatMap((run) => {
      const name = run.part || (parted ? word("written_whole") : "");
      const head = name && name !== heading ? [make("h4", {}, name)] : [];
      heading = name;
      return [...head, drawnRun(answer, run)];
    });
  }

  /** Who wrote it, and how much of it stands; while it is written, that it is. @param {Given.Written} written */
  function head(written) {
    const { outcome, sentences, supported, unsupported } = written;
    const line = make("p", { class: "outcome by" }, icon(...PEN));
    if (outcome === "writing") {
      const words = sentences.length ? word("writing_count", { count: sentences.length }) : "";
      line.append(
        make("b", {}, word("writing_by", written)),
        words,
        make("i", { class: "pulse", "aria-hidden": "true" }),
      );
    } else if (supported + unsupported === 0) {
      line.append(make("b", {}, word("not_written", written)));
    } else {
      line.classList.add(unsupported ? "partly" : "wholly");
      const told = make("span", { class: "verbatim tally", tabindex: 0 }, writing.tally(word, written));
      line.append(make("b", {}, word("written_by", written)), explained(told, word("written_means")));
    }
    return line;
  }

  /**
   * How it ended, where it is not whole, with a way to try again.
   * @param {Given.Written} written
   * @param {Act["write"]} again
   */
  const ending = ({ outcome, message, mode }, again) =>
    outcome === "whole" || outcome === "writing"
      ? []
      : [
          make(
            "p",
            { class: "ended" },
            message,
            " ",
            button("retry", word("write_again"), () => again(mode)),
          ),
        ];

  /** What a screen reader is told, once at the beginning and once at the end. @param {Given.Written} written */
  const announced = (written) => {
    if (written.outcome === "writing") return word("writing_by", written);
    const told = written.supported + written.unsupported ? writing.tally(word, written) : word("not_written", written);
    return [told, written.message].filter(Boolean).join(word("facts_between"));
  };

  /** @type {WeakMap<HTMLElement, DrawnWriting>} */
  const known = new WeakMap(); // by the places that they stand in

  /** @param {HTMLElement} place */
  function begin(place) {
    const [status, head, text, end] = [
      make("p", { class: "unseen", role: "status" }),
      ...["head", "text", "end"].map((name) => make("div", { class: name })),
    ];
    // Within a log each sentence would be read out as it comes.
    const block = make(
      "section",
      { class: "written", "aria-label": word("written"), "aria-live": "off" },
      head,
      text,
      end,
    );
    const basis = make("p", { class: "basis" }, word("basis"));
    place.prepend(status, block, basis);
    /** @type {DrawnWriting} */
    const begun = { status, block, basis, head, text, end, drawn: 0, mode: null };
    known.set(place, begun);
    return begun;
  }

  /**
   * Draw the sentences that have come: behind those that are there where they go on, so that nobody's focus is lost.
   * @param {DrawnWriting} now
   * @param {Given.Answer} answer
   * @param {Given.Written} written
   */
  function drawText({ text, drawn, mode }, answer, { sentences, mode: wanted, outcome }) {
    if (mode === wanted && sentences.length === drawn && (mode !== "table" || outcome === "writing")) return;
    const goesOn = mode === wanted && drawn > 0 && drawn < sentences.length;
    const [run, ...others] = writing.runs(sentences);
    const into = text.firstElementChild;
    if (!goesOn || others.length || run.part || run.kind === "table" || !into) {
      text.replaceChildren(...body(answer));
      return;
    }
    for (const [place, sentence] of [...sentences.entries()].slice(drawn)) {
      const node = said(answer, sentence);
      if (run.kind === "prose") into.append(node);
      else if (sentences[place - 1].point === sentence.point) into.lastElementChild?.append(node);
      else into.append(make("li", {}, node));
    }
  }

  /**
   * Draw what is written of an answer at the head of the place where its quotes stand; nothing where there is none.
   * @type {Youju["written"]["show"]}
   */
  const show = (place, answer, again) => {
    const { written } = answer;
    if (!written) {
      const gone = known.get(place);
      for (const node of gone ? [gone.status, gone.block, gone.basis] : []) node.remove();
      known.delete(place);
      return;
    }
    const now = known.get(place) ?? begin(place);
    const going = written.outcome === "writing";
    const told = announced(written);
    if ((going || now.mode) && now.status.textContent !== told) now.status.textContent = told;
    now.block.setAttribute("aria-busy", String(going));
    now.basis.hidden = !going && !written.sentences.length;
    drawText(now, answer, written);
    now.head.replaceChildren(head(written));
    now.end.replaceChildren(...ending(written, again));
    known.set(place, { ...now, drawn: written.sentences.length, mode: written.mode });
  };

  return { show };
})();
