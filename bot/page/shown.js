// How a document's paragraphs are drawn: tables, lists, code, signs of Markdown. The characters on the page are the
// stored text's, all of them and in order; what is only a sign is there too and not seen, so that every span holds.
window.youju.shown = (() => {
  const { make, text: characters } = window.youju;
  /** @type {Partial<Record<Given.Piece["style"], string>>} */
  const TAGS = { strong: "strong", emphasis: "em", code: "code", struck: "s" };

  /**
   * The text from one place to another in runs of one kind each; put together they are that text.
   * @param {string[]} points
   * @param {number} from
   * @param {number} to
   * @param {Given.Piece[]} pieces
   * @param {Span | null} mark
   */
  function runs(points, from, to, pieces, mark) {
    const spans = mark ? [...pieces, mark] : pieces;
    const edges = [from, to, ...spans.flatMap(({ start, end }) => [start, end])];
    const cuts = [...new Set(edges)].filter((edge) => edge >= from && edge <= to).sort((one, other) => one - other);
    return cuts.slice(1).map((end, place) => {
      const start = cuts[place];
      /** @param {Span} span */
      const over = (span) => span.start <= start && end <= span.end;
      return {
        text: points.slice(start, end).join(""),
        marked: Boolean(mark && over(mark)),
        styles: pieces.filter((piece) => piece.style !== "cell" && over(piece)).map(({ style }) => style),
      };
    });
  }

  /** A paragraph's cells, each in runs; what is no row is one cell. Spans count code points. @type {Shown["cells"]} */
  function cells({ text, look }, mark) {
    if (!look.pieces.length && !mark) return [[{ text, marked: false, styles: [] }]];
    const points = Array.from(text);
    const spans = look.pieces.filter(({ style }) => style === "cell");
    const all = spans.length ? spans : [{ start: 0, end: points.length }];
    return all.map(({ start, end }) => runs(points, start, end, look.pieces, mark));
  }

  /** @param {Run} run */
  const styled = ({ text, styles }) =>
    styles.reduceRight(
      (inner, style) => make(TAGS[style] ?? "span", { class: TAGS[style] ? null : style }, inner),
      /** @type {HTMLElement | Text} */ (document.createTextNode(text)),
    );

  /** Runs as nodes; those that are marked and follow one another are one mark. @param {Run[]} all */
  function nodes(all) {
    /** @type {(HTMLElement | Text)[]} */
    const drawn = [];
    for (const run of all) {
      const last = drawn.at(-1);
      if (run.marked && last instanceof HTMLElement && last.localName === "mark") last.append(styled(run));
      else drawn.push(run.marked ? make("mark", {}, styled(run)) : styled(run));
    }
    return drawn;
  }

  /** @param {Given.ShownParagraph} paragraph */
  const tagOf = ({ level, look }) => {
    if (look.group !== null) return "tr";
    if (look.shape === "item") return "li";
    return level ? `h${Math.min(level + 2, 6)}` : "p";
  };

  /**
   * The element of a paragraph, with the classes `names` too and its title; `mark` is a span of it, or null.
   * @type {Shown["block"]}
   */
  function block(paragraph, { names, title, mark }) {
    const { look } = paragraph;
    const dotted = look.shape === "item" && look.pieces[0]?.style === "markup"; // its own sign is not shown
    const shape = [look.shape !== "text" && look.shape, dotted && "dotted"].filter(Boolean);
    const drawn = cells(paragraph, mark).map(nodes);
    const cell = look.shape === "header" ? "th" : "td";
    const node = make(
      tagOf(paragraph),
      { class: [...shape, ...names].join(" ") || null, title, hidden: look.shape === "unseen" },
      ...(look.group === null ? drawn.flat() : drawn.map((inner) => make(cell, {}, ...inner))),
    );
    if (look.depth) node.style.setProperty("--depth", String(look.depth));
    return node;
  }

  /**
   * What stands together around blocks: the rows of one table, the items of one list; all else by itself.
   * @type {Shown["together"]}
   */
  function together(blocks, paragraphs) {
    /** @type {HTMLElement[]} */
    const around = [];
    /** @type {{ kind: string, inner: HTMLElement } | null} */
    let open = null;
    blocks.forEach((node, place) => {
      const { group, shape } = paragraphs[place].look;
      const kind = group === null ? shape : `table ${group}`;
      if (group === null && shape !== "item") {
        open = null;
        around.push(node);
      } else if (open?.kind === kind) open.inner.append(node);
      else {
        const inner = make(group === null ? "ul" : "tbody", {}, node);
        open = { kind, inner };
        around.push(group === null ? inner : make("div", { class: "table" }, make("table", {}, inner)));
      }
    });
    return around;
  }

  /** A span of a block's text, in code points, as the browser's range. @type {Shown["rangeIn"]} */
  function rangeIn(node, start, end) {
    const range = document.createRange();
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    const next = () => /** @type {Text | null} */ (walker.nextNode());
    let at = 0;
    for (let text = next(); text; text = next()) {
      const length = characters.points(text.data);
      if (at <= start && start < at + length) range.setStart(text, characters.units(text.data, start - at));
      if (at < end && end <= at + length) {
        range.setEnd(text, characters.units(text.data, end - at));
        return range;
      }
      at += length;
    }
    return range;
  }

  return { cells, block, together, rangeIn };
})();
