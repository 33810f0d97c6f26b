// An answer or a refusal as it stands in the chat: what it is in words, its sentences with their numbers (as a text, a
// list or a table), where they stand. Document text enters the page through text nodes only.
window.youju.answers = (() => {
  const { word, make, button, icon, explained, copy, trace, marks, places, grid } = window.youju;
  const { text: characters, choices, writing, written, wordings } = window.youju;
  const UP = ["M3 9h3v8H3z", "M6 9l4-6c1.6 0 2.2 1.2 1.8 2.6L11 8h4.6c1 0 1.6.8 1.4 1.8l-1.2 6c-.2.8-.7 1.2-1.5 1.2H6"];
  const DOWN = [
    "M3 3h3v8H3z",
    "M6 11l4 6c1.6 0 2.2-1.2 1.8-2.6L11 12h4.6c1 0 1.6-.8 1.4-1.8l-1.2-6C15.6 3.4 15.1 3 14.3 3H6",
  ];
  /** @type {Record<Given.Answer["strength"], [Word, string]>} */
  const OUTCOMES = {
    direct: ["is_direct", "M4 10.5l4 4 8-9"],
    related: ["is_related", "M3 8c2.2-3 4.6-3 7 0s4.8 3 7 0M3 14c2.2-3 4.6-3 7 0s4.8 3 7 0"],
    none: ["is_none", "M4.5 4.5l11 11M15.5 4.5l-11 11"],
  };
  /** Which of the three it is, in words. @param {Given.Answer["strength"]} strength */
  const outcome = (strength) => {
    const [name, sign] = OUTCOMES[strength];
    return make("p", { class: `outcome ${strength}` }, icon(sign), make("b", {}, word(name)));
  };

  const found = () => {
    const line = outcome("direct");
    line.append(explained(make("span", { class: "verbatim", tabindex: 0 }, word("verbatim")), word("verbatim_means")));
    return line;
  };

  /** @param {Given.Answer} answer @param {Given.AnswerSentence} sentence */
  const cited = (answer, sentence) => sentence.evidence.map((place) => answer.citations[place]);

  /** @param {Given.Answer} answer @param {Given.AnswerSentence} sentence */
  const numbers = (answer, sentence) => make("sup", {}, ...cited(answer, sentence).slice(0, 3).map(places.number));

  /**
   * A sentence and its numbers, which never begin a line.
   * @param {Given.Answer} answer
   * @param {Given.AnswerSentence} sentence
   */
  function quote(answer, sentence) {
    const [start, end] = characters.ending(sentence.text);
    return make("p", {}, start, make("span", { class: "end" }, end, numbers(answer, sentence)));
  }

  /** Items of which some are folded, with their count. @param {string} name @param {HTMLElement[]} items */
  function folded(name, items) {
    const shown = choices.shown(items.length);
    if (shown === items.length) return [make("ol", { class: name }, ...items)];
    const rest = make("ol", { class: `${name} folded`, hidden: "until-found" }, ...items.slice(shown));
    const unfold = () => {
      rest.removeAttribute("hidden");
      more.remove();
    };
    const more = button("unfold", word("unfold", { count: items.length - shown }), () => {
      unfold();
      const first = items[shown];
      first.tabIndex = -1;
      first.focus({ preventScroll: true });
    });
    rest.addEventListener("beforematch", unfold); // the browser's own search, or a step of the pane, leads there
    return [make("ol", { class: name }, ...items.slice(0, shown)), rest, more];
  }

  /**
   * A list: each item with the line that says where it stands.
   * @param {Given.Answer} answer
   * @param {Given.AnswerSentence[]} sentences
   */
  function list(answer, sentences) {
    const items = sentences.map((sentence) => {
      const where = choices.distinct(cited(answer, sentence).slice(0, 3));
      return make("li", {}, quote(answer, sentence), ...where.map((citation) => places.line("source", citation)));
    });
    return folded("items", items);
  }

  /** @param {Given.Answer} answer @param {Given.AnswerSentence[]} sentences */
  function sources(answer, sentences, choose = choices.distinct) {
    const citations = choose(sentences.flatMap((sentence) => cited(answer, sentence)));
    const lines = citations.map((citation) => make("li", {}, places.line("source", citation, citation.number)));
    return lines.length ? [make("ul", { class: "sources" }, ...lines)] : [];
  }

  /**
   * The lines of a table that an answer quotes, with the numbers behind them.
   * @param {Given.Answer} answer
   * @param {Given.AnswerTable} table
   */
  function table(answer, { header, rows, sentences, head }) {
    /** @param {number} place */
    const at = (place) => numbers(answer, answer.sentences[place]);
    /** @param {number} place */
    const where = (place) => cited(answer, answer.sentences[place]).map(places.cited).join("\n");
    return grid.draw(
      [...header, head === null ? word("source") : [`${word("source")} `, at(head)]],
      rows.map((row, place) => [...row, [at(sentences[place])]]),
      { header: [...header, word("source")], rows: rows.map((row, place) => [...row, where(sentences[place])]) },
    );
  }

  /**
   * Sentences of an answer, by their positions: those of a table as a table, many or whole ones as a list.
   * @param {Given.Answer} answer
   * @param {number[]} positions
   */
  function said(answer, positions) {
    const tables = (answer.tables ?? []).filter((one) => positions.includes(one.sentences[0]));
    const inside = new Set(tables.flatMap(({ sentences, head }) => [...sentences, head]));
    /** @param {boolean} within */
    const at = (within) => positions.filter((place) => inside.has(place) === within).map((n) => answer.sentences[n]);
    const rest = at(false);
    const prose = choices.isList(answer, rest)
      ? list(answer, rest)
      : [...rest.map((sentence) => quote(answer, sentence)), ...sources(answer, rest)];
    return [...tables.map((one) => table(answer, one)), ...sources(answer, at(true), choices.ofEachDocument), ...prose];
  }

  /** Years or documents side by side: a line for each. @param {Given.Answer} answer */
  function comparison(answer) {
    /** @param {Given.Part} part */
    const quotes = ({ sentences }) => sentences.map((place) => answer.sentences[place]);
    /** @param {Given.Part} part */
    const where = (part) => choices.distinct(quotes(part).flatMap((sentence) => cited(answer, sentence)));
    const side = word(answer.trace.rule === "years" ? "side_year" : "side_document");
    return grid.draw(
      [side, word("said")],
      answer.parts.map((part) => [
        part.label,
        [
          ...(part.message ? [part.message] : quotes(part).map((sentence) => quote(answer, sentence))),
          ...where(part).map((citation) => places.line("source", citation)),
        ],
      ]),
      {
        header: [side, word("said"), word("source")],
        rows: answer.parts.map((part) => [
          part.label,
          part.message ||
            quotes(part)
              .map(({ text }) => text)
              .join("\n"),
          where(part).map(places.cited).join("\n"),
        ]),
      },
    );
  }

  /** One of several questions, with what is said to it. @param {Given.Answer} answer @param {Given.Part} part */
  const asked = (answer, { label, message, sentences }) =>
    make(
      "section",
      { class: "block" },
      make("h4", {}, label),
      sentences.length ? found() : outcome("none"),
      ...(sentences.length ? said(answer, sentences) : []),
      message ? make("p", { class: "absence" }, message) : null,
    );

  /**
   * What a document says in the main, part by part; each can be asked further.
   * @param {Given.Answer} answer
   * @param {Act["ask"]} ask
   */
  function summary(answer, ask) {
    const lines = choices.parts(answer.sentences, answer.citations);
    const items = lines.map((sentences, place) => {
      const [head, ...more] = sentences.map((sentence) => quote(answer, sentence));
      if (more.length) head.classList.add("head");
      const first = cited(answer, sentences[0])[0];
      const name = choices.article(first) ? first.section.at(-1) : word("part", { part: String(place + 1) });
      const question = word("part_asked", { part: name });
      const counted = lines.length === answer.items?.total;
      const further = counted && button("further", question, () => ask(question, { within: [first.document_id] }));
      const foot = make("div", { class: "foot" }, places.line("source", first), further || null);
      return make("li", {}, head, ...more, foot);
    });
    return folded("items summary", items);
  }

  /** @param {Given.Answer} answer @param {Act["ask"]} ask */
  function body(answer, ask) {
    if (answer.trace.way === "comparison") return [comparison(answer)];
    if (answer.parts.length) return answer.parts.map((part) => asked(answer, part));
    if (answer.trace.way === "summary" && answer.sentences.length) return summary(answer, ask);
    return said(answer, [...answer.sentences.keys()]);
  }

  /** @param {Given.Turn} turn @param {Act} act */
  function searched(turn, act) {
    const { answer } = turn;
    if (answer.query.trim() === answer.question.trim()) return null;
    return make(
      "p",
      { class: "searched" },
      word("searched", answer),
      " ",
      button("typed", word("as_typed"), act.asTyped),
    );
  }

  /** @param {Given.Turn} turn @param {Act} act */
  function answered(turn, act) {
    const { answer } = turn;
    const drawn = make(
      "div",
      { class: "answer" },
      answer.citations.length && answer.trace.way !== "several" ? found() : null,
      searched(turn, act),
      wordings.used(answer, act),
      answer.message ? make("p", {}, answer.message) : null,
      marks.note(answer),
      ...body(answer, act.ask),
      writing.may(answer) ? wordings.offer(answer, act) : null,
      tools(turn, act),
      trace(answer),
    );
    written.show(drawn, answer, act.write);
    return drawn;
  }

  /** @param {Given.Hit} hit */
  function shortfall(hit) {
    if (hit.why === "lacks_words")
      return word("lacks_words", { words: hit.lacks.map((text) => word("quoted", { text })).join(word("comma")) });
    return hit.why ? word(hit.why) : "";
  }

  /** @param {Given.Turn} turn @param {Act} act */
  function refused(turn, act) {
    const { answer } = turn;
    const near = answer.nearest.map((hit) =>
      make("li", {}, places.line("near", hit), make("q", {}, hit.text), make("em", {}, shortfall(hit))),
    );
    return make(
      "div",
      { class: "refusal", "data-strength": answer.strength },
      outcome(answer.strength),
      searched(turn, act),
      wordings.used(answer, act),
      make("p", {}, answer.message || word("refusal")),
      answer.note ? make("p", { class: "absence" }, answer.note) : null,
      ...answer.parts.map((part) => asked(answer, part)),
      near.length && answer.strength !== "related" ? make("p", { class: "label" }, word("nearest")) : null,
      make("ul", {}, ...near),
      act.empty() ? make("p", {}, word("welcome_none")) : null,
      wordings.offer(answer, act),
      tools(turn, act),
      trace(answer),
    );
  }

  /** @param {Given.Turn} turn @param {Act} act */
  function tools(turn, act) {
    /** @param {"good" | "bad"} name @param {string[]} sign @param {string} means */
    const rating = (name, sign, means) => {
      const made = button(`rate ${name}`, word(name), () => act.rate(name), icon(...sign));
      made.removeAttribute("title"); // its own words say more
      return explained(made, means);
    };
    const copied = button("copy", word("copy"), async () => {
      await copy(asText(turn.answer));
      copied.textContent = word("copied");
      setTimeout(() => (copied.textContent = word("copy")), 2000);
    });
    return make(
      "div",
      { class: "after" },
      make(
        "div",
        { class: "facts" },
        rating("good", UP, word("good_means")),
        rating("bad", DOWN, word("bad_means")),
        copied,
        button("again", word("again"), () => act.again()),
      ),
      make(
        "p",
        { class: "wronged", hidden: true },
        word("bad_noted"),
        " ",
        button("point", word("point"), act.point),
        make("span", { class: "owner" }, word("point_means")),
      ),
    );
  }

  /** The answer with its numbers and, under it, the sources: to be pasted anywhere. @param {Given.Answer} answer */
  function asText(answer) {
    const own = answer.written?.sentences.length ? answer.written : null;
    const citations = own ? writing.cited(answer, own) : answer.citations;
    const notes = choices.distinct(citations).map((one) => `[${one.number}] ${places.cited(one)}`);
    return [own ? writing.asText(word, own) : answer.text, "", ...notes].join("\n").trim();
  }

  /**
   * `act` does what a person may do with it: `ask`, `asTyped`, `again`, `rate`, `point`; `empty`: no documents.
   * @type {Youju["answers"]["draw"]}
   */
  const draw = (turn, act) =>
    turn.answer.abstained && turn.answer.trace.way !== "talk" ? refused(turn, act) : answered(turn, act);

  return { draw };
})();
