// A table in an answer: it scrolls by itself where it is wide, folds where it is long, and is copied as a table, for a
// spreadsheet and for a text program.
window.youju.grid = (() => {
  const { word, make, button, copyAs, text, choices } = window.youju;

  const LONG = 16; // characters of a cell that may be broken into lines

  /** A table of text, for the clipboard. @param {PlainTable} table */
  const plain = ({ header, rows }) => {
    /** @param {"th" | "td"} tag @param {string[]} row */
    const cells = (tag, row) => make("tr", {}, ...row.map((cell) => make(tag, {}, text.cell(cell))));
    return make(
      "table",
      {},
      make("thead", {}, cells("th", header)),
      make("tbody", {}, ...rows.map((row) => cells("td", row))),
    );
  };

  /** @param {PlainTable} table */
  const copyButton = (table) => {
    const made = button("copy-table", word("copy_table"), async () => {
      const html = new XMLSerializer().serializeToString(plain(table));
      await copyAs(text.tsv([table.header, ...table.rows]), html);
      made.textContent = word("copied");
      setTimeout(() => (made.textContent = word("copy_table")), 2000);
    });
    return made;
  };

  /**
   * `head` and each of `lines` are cells: strings, or nodes to show. `table` is its text, `header` and `rows`, to copy.
   * @type {Youju["grid"]["draw"]}
   */
  const draw = (head, lines, table) => {
    /** @param {Cell} content @param {"th" | "td"} tag @param {Record<string, Attribute>} [attributes] */
    const cell = (content, tag, attributes) => {
      const prose = [content].flat().some((part) => part instanceof HTMLParagraphElement);
      const name = prose ? "prose" : content.length > LONG ? "long" : null;
      return make(tag, { ...attributes, class: name }, ...[content].flat());
    };
    /** @param {Cell[]} line */
    const row = (line) =>
      make("tr", {}, ...line.map((one, place) => (place ? cell(one, "td") : cell(one, "th", { scope: "row" }))));
    const shown = choices.shown(lines.length);
    const rest = make("tbody", { class: "folded", hidden: shown < lines.length }, ...lines.slice(shown).map(row));
    const node = make(
      "table",
      {},
      make("thead", {}, make("tr", {}, ...head.map((one) => cell(one, "th", { scope: "col" })))),
      make("tbody", {}, ...lines.slice(0, shown).map(row)),
      rest,
    );
    const more = button("unfold", word("unfold", { count: lines.length - shown }), () => {
      rest.hidden = false;
      more.remove();
    });
    rest.addEventListener("beforematch", () => more.click()); // a step of the reading pane leads into it
    return make(
      "div",
      { class: "grid" },
      make("div", { class: "wide", role: "region", tabindex: 0, "aria-label": word("table") }, node),
      make("div", { class: "below" }, ...(shown < lines.length ? [more] : []), copyButton(table)),
    );
  };

  return { draw };
})();
