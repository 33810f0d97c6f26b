// What the page does with text, apart from showing it. Spans count code points, which JavaScript's own indices do not.
window.youju.text = (() => {
  /** The text before a span, in it, and after it. @type {TextTools["parted"]} */
  const parted = (text, from, to) => {
    const points = Array.from(text);
    return [points.slice(0, from), points.slice(from, to), points.slice(to)].map((part) => part.join(""));
  };

  /** How many code points there are. @type {TextTools["points"]} */
  const points = (text) => Array.from(text).length;

  /** The browser's own index of the code point at a place. @type {TextTools["units"]} */
  const units = (text, place) => Array.from(text).slice(0, place).join("").length;

  /** All but the last character, and the last one. @type {TextTools["ending"]} */
  const ending = (text) => {
    const points = Array.from(text);
    return [points.slice(0, -1).join(""), points.at(-1) ?? ""];
  };

  /**
   * Text as it is compared where somebody looks for a name: width and case do not count.
   * @type {TextTools["folded"]}
   */
  const folded = (text) => text.normalize("NFKC").toLowerCase();

  /**
   * A line about a file without the file's name at its head, which stands above it.
   * @type {TextTools["withoutName"]}
   */
  const withoutName = (line, name) =>
    line.replace(name, "").replace(/^\s*[:：]\s*\S/u, (start) => (Array.from(start).at(-1) ?? "").toUpperCase());

  /**
   * The suffix of a file's name, in lower case and with its dot; empty where it has none.
   * @type {TextTools["suffix"]}
   */
  const suffix = (name) => name.match(/[^/\\](\.[^./\\]*)$/)?.[1].toLowerCase() ?? "";

  /**
   * What goes back into the box when a question comes to nothing: the question, and what was typed since.
   * @type {TextTools["together"]}
   */
  const together = (question, typed) => [question, typed].filter(Boolean).join("\n");

  /** What an address says of a place, as it was before it became part of one. @type {TextTools["decoded"]} */
  const decoded = (part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  };

  /**
   * A cell for a spreadsheet, which must not take a document's text for a formula; numbers stay as they are.
   * @type {TextTools["cell"]}
   */
  const cell = (content) => (/^[=@]|^[+-](?![\d.,\s%]+$)/u.test(content) ? `'${content}` : content);

  /** Rows of cells as lines, parted by tabs; a cell that has line ends or quotes is quoted. @type {TextTools["tsv"]} */
  const tsv = (rows) =>
    rows
      .map((row) =>
        row
          .map((content) => cell(content))
          .map((content) => (/["\t\r\n]/u.test(content) ? `"${content.replaceAll('"', '""')}"` : content))
          .join("\t"),
      )
      .join("\n");

  return { parted, points, units, ending, folded, withoutName, suffix, together, decoded, cell, tsv };
})();
