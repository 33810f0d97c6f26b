// How an answer was found: the way, the words that were searched, the scores of the best passages, the milliseconds.
window.youju.trace = (() => {
  const { word, make, button, send } = window.youju;
  /** @param {number} value */
  const round = (value) => (Math.abs(value) >= 10 ? value.toFixed(0) : value.toFixed(2));
  /** @type {Exclude<keyof Given.Timings, "total">[]} */
  const STAGES = ["locate", "search", "judge", "read", "answer", "prove"]; // in the order in which they run
  /** @type {("lexical" | "dense" | "document" | "evidence")[]} */
  const SCORES = ["lexical", "dense", "document", "evidence"];

  return (answer) => {
    const { trace, timings } = answer;
    const terms = trace.terms.map(([text, weight]) =>
      make("li", {}, text, make("meter", { min: 0, max: 1, value: weight, "aria-label": round(weight) })),
    );
    const rows = trace.passages.map((passage) =>
      make(
        "tr",
        {},
        make(
          "td",
          {},
          button("passage", `${word("place", { paragraph: passage.paragraph + 1 })} ${word("title", passage)}`, () =>
            send("open", { target: `read-${passage.document_id}.${passage.paragraph}` }),
          ),
        ),
        ...SCORES.map((name) => make("td", {}, round(passage[name]))),
      ),
    );
    const head = make(
      "tr",
      {},
      ...[word("trace_passage"), ...SCORES.map((name) => word(`trace_${name}`))].map((name) =>
        make("th", { scope: "col" }, name),
      ),
    );
    const stages = STAGES.filter((name) => timings[name] > 0).map(
      (name) => `${word(`stage_${name}`)} ${round(timings[name])}`,
    );
    return make(
      "details",
      { class: "found" },
      make("summary", {}, word("how_found", { ms: Math.round(timings.total) })),
      make("p", {}, word(`way_${trace.way}`)),
      trace.threshold > 0
        ? make("p", {}, word("confidence", { confidence: round(answer.confidence), threshold: round(trace.threshold) }))
        : null,
      terms.length ? make("p", {}, word("trace_terms")) : null,
      terms.length ? make("ul", { class: "terms" }, ...terms) : null,
      ...trace.synonyms.map((same) => make("p", {}, word("trace_synonyms", { terms: same.join(" = ") }))),
      trace.wordings.length
        ? make("p", {}, word("trace_wordings", { wordings: trace.wordings.join(word("comma")) }))
        : null,
      rows.length
        ? make("div", { class: "table" }, make("table", {}, make("thead", {}, head), make("tbody", {}, ...rows)))
        : null,
      stages.length ? make("p", {}, word("stages", { stages: stages.join(" · ") })) : null,
    );
  };
})();
