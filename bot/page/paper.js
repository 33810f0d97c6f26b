// A document's pages as they look: one at a time, a picture with what is cited marked on it.
window.youju.paper = (() => {
  const { word, make } = window.youju;
  const WIDTHS = [600, 900, 1200, 1600, 2000]; // few, so that the browser keeps what it has

  /** The width in pixels that a picture is asked for, for so many on the screen. */
  const fit = (pixels) => WIDTHS.find((width) => width >= pixels) ?? WIDTHS.at(-1);

  const address = ({ document_id, version }, page, width) =>
    `api/documents/${encodeURIComponent(document_id)}/pages/${page}?width=${width}&of=${version}`;

  /** A box's sides as a style says them. */
  const sides = ({ left, top, right, bottom }) => ({
    left: `${left / 10}%`,
    top: `${top / 10}%`,
    width: `${(right - left) / 10}%`,
    height: `${(bottom - top) / 10}%`,
  });

  function spot(box, name = "spot") {
    const node = make("i", { class: name });
    Object.assign(node.style, sides(box));
    return node;
  }

  /** Show pages in `root`; `failed` is called with one that cannot be drawn, `turned` with what a person turns to. */
  function leaves(root, failed, turned) {
    const [spots, leaf, before, after] = [".spots", ".leaf", ".before", ".after"].map((name) =>
      root.querySelector(name),
    );
    const picture = make("img", { onload: reach, onerror: () => source && !root.hidden && failed(picture.src) });
    let source = null;
    let page = 0;
    let found = []; // the boxes of what is searched for, the one that is looked at with `here`

    /** Scroll to what is marked, or to the upper edge. */
    function reach() {
      const first = spots.querySelector(".here") ?? spots.firstElementChild;
      const top = first ? first.offsetTop - root.clientHeight / 3 : 0;
      root.scrollTop = Math.max(top, 0);
    }

    function show(wanted) {
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

    const here = (box) => box.page === page;

    function mark() {
      const searched = found.filter(here).map((box) => spot(box, box.here ? "found here" : "found"));
      spots.replaceChildren(...source.boxes.filter(here).map((box) => spot(box)), ...searched);
    }

    /** Mark the places of a search, apart from what is cited; the one `at` is looked at. */
    function find(places, at) {
      found = places.flatMap(({ boxes }, place) => boxes.map((box) => ({ ...box, here: place === at })));
      if (source && !root.hidden) mark();
    }

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
