// Searching in the document that is open: every place is counted and marked, apart from what an answer cites.
window.youju.finding = (() => {
  const { word, one, failure, call, choices, shown } = window.youju;
  const PAUSE = 150; // milliseconds without a key until what was typed is looked for

  /** The place to begin with: the first from a paragraph on, else the first of all. @type {Finding["startAt"]} */
  const startAt = (places, paragraph) =>
    Math.max(
      places.findIndex((place) => place.paragraph >= paragraph),
      0,
    );

  /** The place `by` further on, around the ends. @type {Finding["stepped"]} */
  const stepped = (at, by, count) => (at + by + count) % count;

  /**
   * Marks of the browser's own, which leave the page's elements as they are; it may not have them.
   * @param {string} name
   * @param {Range[]} ranges
   */
  function paint(name, ranges) {
    if (!globalThis.Highlight) return;
    if (ranges.length) CSS.highlights.set(name, new Highlight(...ranges));
    else CSS.highlights.delete(name);
  }

  /**
   * Search from `bar`, which `switcher` opens.
   * pane: `id()` of the document or null, `find(id, words)` asks the server, `blockOf(paragraph)` is its element if it
   * is shown, `from()` the paragraph to begin at, `show(place, range)` brings a place into view, `drawn(places, at)` is
   * told what is found.
   * @type {Finding["finder"]}
   */
  function finder(bar, switcher, pane) {
    const [field, count] = [one(bar, "input", HTMLInputElement), one(bar, ".count")];
    const [before, after] = [".find-before", ".find-after"].map((name) => one(bar, name, HTMLButtonElement));
    const begin = choices.newest();
    /** @type {{ id: string, words: string, total: number, places: Given.FoundPlace[] } | null} */
    let found = null; // {id, words, total, places}
    /** @type {string | null} */
    let asked = null; // the words that are being looked for
    let at = -1;
    let timer = 0;

    /** @param {Given.FoundPlace} place */
    const rangeOf = (place) => {
      const block = pane.blockOf(place.paragraph);
      return block ? shown.rangeIn(block, place.start, place.end) : null;
    };

    /** Mark what is found in the part that is shown. */
    function mark() {
      const places = found?.places ?? [];
      const ranges = places.map(rangeOf);
      paint("found", ranges.filter(Boolean));
      paint("found-here", [ranges[at]].filter(Boolean));
      pane.drawn(places, at);
      const none = !places.length;
      before.disabled = after.disabled = none;
      if (!found) count.textContent = "";
      else count.textContent = none ? word("find_none") : word("find_count", { at: at + 1, total: found.total });
    }

    /** @param {number} to */
    function go(to) {
      at = to;
      mark();
      const place = found?.places[at];
      if (place) pane.show(place, rangeOf(place));
    }

    async function look() {
      clearTimeout(timer);
      const isNewest = begin();
      const [id, words] = [pane.id(), field.value.trim()];
      if (!id || !words) {
        found = null;
        return go(-1);
      }
      asked = words;
      try {
        const answered = await call(pane.find(id, words));
        if (!isNewest()) return;
        found = { id, words, ...answered };
        go(found.places.length ? startAt(found.places, pane.from()) : -1);
      } catch (error) {
        if (isNewest()) count.textContent = failure(error).message;
      } finally {
        if (isNewest()) asked = null;
      }
    }

    function open(words = "") {
      bar.hidden = false;
      switcher.setAttribute("aria-expanded", "true");
      if (words) field.value = words;
      field.focus();
      field.select();
      look();
    }

    function close() {
      bar.hidden = true;
      switcher.setAttribute("aria-expanded", "false");
      begin();
      clearTimeout(timer);
      found = null;
      at = -1;
      mark();
    }

    /** The pane has drawn: the same document, in another part perhaps, or another one. */
    function drawn() {
      if (bar.hidden) return;
      if (!pane.id()) close();
      else if (found?.id === pane.id()) mark();
      else look();
    }

    /** @param {number} by */
    const step = (by) => {
      const words = field.value.trim();
      if (asked === words) return; // it is on its way
      if (found?.words !== words) look();
      else if (found.places.length) go(stepped(at, by, found.places.length));
    };

    field.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(look, PAUSE);
    });
    bar.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "Enter" && event.target === field) {
        event.preventDefault();
        step(event.shiftKey ? -1 : 1);
      } else if (event.key === "Escape") {
        event.preventDefault();
        close();
        switcher.focus();
      }
    });
    before.addEventListener("click", () => step(-1));
    after.addEventListener("click", () => step(1));
    one(bar, ".find-close").addEventListener("click", () => {
      close();
      switcher.focus();
    });
    switcher.addEventListener("click", () => (bar.hidden ? open() : close()));
    return { open, close, drawn, isIn: (node) => node === field };
  }

  return { startAt, stepped, finder };
})();
