// What is taken out of the reading pane, by copying or on paper, keeps its source.
window.youju.taken = (() => {
  const { word, one, make, language } = window.youju;

  /** Where a paragraph stands: in its article, else its number under its heading. @type {Taken["placeOf"]} */
  function placeOf({ title, outline }, paragraph) {
    const above = outline.findLast((line) => line.paragraph <= paragraph);
    if (above?.numbers.length) return word("article_of", { title, article: above.text });
    const heading = above && above.text !== title ? above.text : null;
    return [word("title", { title }), heading, word("place", { paragraph: paragraph + 1 })].filter(Boolean).join(" ");
  }

  /** The line that goes with words that are taken from a paragraph. @type {Taken["sourceLine"]} */
  const sourceLine = (source, paragraph) =>
    word("taken_from", { place: placeOf(source, paragraph), source: source.source });

  /**
   * Give what is selected to the clipboard with its source, as text and as it looks.
   * @param {ClipboardEvent} event
   * @param {Given.ReadingView} source
   * @param {number} paragraph
   */
  function copySelected(event, source, paragraph) {
    const selection = getSelection();
    if (!selection || !event.clipboardData) return;
    const line = sourceLine(source, paragraph);
    const body = make("div", {}, ...Array.from({ length: selection.rangeCount }, copyOf(selection)));
    for (const unseen of body.querySelectorAll(".markup, [hidden]")) unseen.remove();
    body.append(make("p", {}, line));
    event.clipboardData.setData("text/plain", `${String(selection).trim()}\n${line}`);
    event.clipboardData.setData("text/html", new XMLSerializer().serializeToString(body));
    event.preventDefault();
  }
  /** @param {Selection} selection */
  const copyOf = (selection) => (/** @type {unknown} */ _, /** @type {number} */ place) =>
    selection.getRangeAt(place).cloneContents();

  /**
   * The head of a printed document: what it is, where the marked sentence stands, who issued it when, and today.
   * @param {Given.ReadingView} source
   * @param {string} now
   * @param {string} address
   */
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

  /**
   * Keep the source with what is copied from `text` of the pane, and with what is printed: a head in `printed`.
   * shown: `source()` is the document that is shown, `blocks()` its paragraphs, from the `first()` on.
   * @type {Taken["taker"]}
   */
  function taker(pane, text, printed, shown) {
    let printing = false; // by the pane's own button
    text.addEventListener("copy", (event) => {
      const [selected, source] = [getSelection(), shown.source()];
      if (!source || !selected || selected.isCollapsed) return;
      const from = selected.getRangeAt(0);
      const at = shown.blocks().findIndex((node) => from.intersectsNode(node));
      if (at >= 0) copySelected(event, source, shown.first() + at);
    });
    window.addEventListener("beforeprint", () => {
      const source = printing || pane.contains(document.activeElement) ? shown.source() : null;
      document.body.classList.toggle("printing-source", source !== null);
      const today = new Date().toLocaleDateString(language === "zh" ? "zh-CN" : "en");
      if (source) printed.replaceChildren(...printedHead(source, today, location.href));
    });
    window.addEventListener("afterprint", () => document.body.classList.remove("printing-source"));
    one(pane, ".tools .print").addEventListener("click", () => {
      printing = true;
      print();
      printing = false;
    });
  }

  return { placeOf, sourceLine, taker };
})();
