// A document's pages as they look: one at a time, a picture with what is cited marked on it.
window.youju.paper = (() => {
  const { word, one, make } = window.youju;
  const WIDTHS = [600, 900, 1200, 1600, 2000]; // few, so that the browser keeps what it has

  /** The width in pixels that a picture is asked for, for so many on the screen. @type {Paper["fit"]} */
  const fit = (pixels) => WIDTHS.find((width) => width >= pixels) ?? Math.max(...WIDTHS);

  /** @type {Paper["address"]} */
  const address = ({ document_id, version }, page, width) =>
    `api/documents/${encodeURIComponent(document_id)}/pages/${page}?width=${width}&of=${version}`;

  /** A box's sides as a style says them. @type {Paper["sides"]} */
  const sides = ({ left, top, right, bottom }) => ({
    left: `${left / 10}%`,
    top: `${top / 10}%`,
    width: `${(right - left) / 10}%`,
    height: `${(bottom - top) / 10}%`,
  });

  /** @param {Sides} box @param {string} [name] */
  function spot(box, name = "spot") {
    const node = make("i", { class: name });
    Object.assign(node.style, sides(box));
    return node;
  }

  /**
   * Show pages in `root`; `failed` is called with one that cannot be drawn, `turned` with what a person turns to.
   * @type {Paper["leaves"]}
   */
  function leaves(root, failed, turned) {
    const [spots, leaf] = [".spots", ".leaf"].map((name) => one(root, name));
    const [before, after] = [".before", ".after"].map((name) => one(root, name, HTMLButtonElement));
    /** @type {HTMLImageElement} */
    const picture = make("img", { onload: reach, onerror: () => source && !root.hidden && failed(picture.src) });
    /** @type {Given.ReadingView | null} */
    let source = null;
    let page = 0;
    /** @type {(Given.Box & { here: boolean })[]} */
    let found = []; // the boxes of what is searched for, the one that is looked at with `here`

    /** Scroll to what is marked, or to the upper edge. */
    function reach() {
      const marked = [...spots.querySelectorAll("i")];
      const first = marked.find((node) => node.matches(".here")) ?? marked[0];
      const top = first ? first.offsetTop - root.clientHeight / 3 : 0;
      root.scrollTop = Math.max(top, 0);
    }

    /** @param {number} wanted */
    function show(wanted) {
      if (!source) return;
      page = Math.min(Math.max(wanted, 1), source.pages);
      leaf.textContent = word("leaf", { page, pages: source.pages });
      before.disabled = page <= 1;
      after.disabled = page >= source.pages;
      if (!picture.isConnected) spots.before(picture);
      picture.alt = word("page", { page });
      mark();
      picture.src = address(source, page, fit(root.clientWidth * devicePixelRatio));
      reach();
    }

    /** @param {Given.Box} box */
    const here = (box) => box.page === page;

    function mark() {
      const searched = found.filter(here).map((box) => spot(box, box.here ? "found here" : "found"));
      const cited = source?.boxes ?? [];
      spots.replaceChildren(...cited.filter(here).map((box) => spot(box)), ...searched);
    }

    /**
     * Mark the places of a search, apart from what is cited; the one `at` is looked at.
     * @param {Given.FoundPlace[]} places
     * @param {number} at
     */
    function find(places, at) {
      found = places.flatMap(({ boxes }, place) => boxes.map((box) => ({ ...box, here: place === at })));
      if (source && !root.hidden) mark();
    }

    /** @param {number} wanted */
    function turn(wanted) {
      show(wanted);
      turned(page);
    }

    before.addEventListener("click", () => turn(page - 1));
    after.addEventListener("click", () => turn(page + 1));
    return {
      draw(answered) {
        source = answered;
        show(source.page ?? 1);
      },
      turn,
      find,
    };
  }

  return { fit, address, sides, leaves };
})();
