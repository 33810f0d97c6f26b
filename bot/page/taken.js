// What is taken out of the reading pane, by copying or on paper, keeps its source.
window.youju.taken = (() => {
  const { word, make } = window.youju;

  /** Where a paragraph stands: in its article, else its number under its heading. */
  function placeOf({ title, outline }, paragraph) {
    const above = outline.findLast((line) => line.paragraph <= paragraph);
    if (above?.numbers.length) return word("article_of", { title, article: above.text });
    const heading = above && above.text !== title ? above.text : null;
    return [word("title", { title }), heading, word("place", { paragraph: paragraph + 1 })].filter(Boolean).join(" ");
  }

  /** The line that goes with words that are taken from a paragraph. */
  const sourceLine = (source, paragraph) =>
    word("taken_from", { place: placeOf(source, paragraph), source: source.source });

  /** Give what is selected to the clipboard with its source, as text and as it looks. */
  function copySelected(event, source, paragraph) {
    const selection = getSelection();
    const line = sourceLine(source, paragraph);
    const body = make("div", {}, ...Array.from({ length: selection.rangeCount }, copyOf(selection)));
    for (const unseen of body.querySelectorAll(".markup, [hidden]")) unseen.remove();
    body.append(make("p", {}, line));
    event.clipboardData.setData("text/plain", `${String(selection).trim()}\n${line}`);
    event.clipboardData.setData("text/html", new XMLSerializer().serializeToString(body));
    event.preventDefault();
  }
  const copyOf = (selection) => (_, place) => selection.getRangeAt(place).cloneContents();

  /** The head of a printed document: what it is, where the marked sentence stands, who issued it when, and today. */
  function printedHead(source, now, address) {
    const { issuer, date } = source.imprint;
    const place = source.paragraph === null ? null : source.address || placeOf(source, source.paragraph);
    return [
      make("b", {}, word("title", source)),
      ...[place, [issuer, date].filter(Boolean).join(" "), source.source]
        .filter(Boolean)
        .map((line) => make("span", {}, line)),
      make("span", {}, word("printed_on", { date: now })),
      make("span", { class: "address" }, address),
    ];
  }

  return { placeOf, sourceLine, copySelected, printedHead };
})();
