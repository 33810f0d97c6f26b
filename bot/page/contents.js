// The contents of a document: its headings and articles, narrowed by what is typed; "30" and 第三十条 lead to the article.
window.youju.contents = (() => {
  const { word, make, one, button, wide, text: characters } = window.youju;
  const AROUND_A_NUMBER = /article|art\.|[第條条\s]/g;
  const NUMBER = /^[\d〇零一二两三四五六七八九十百千]+(?:之[\d一二三四五六七八九十]*)?$/;

  /**
   * The number that is typed for an article: 30 of "第30条", 三十之一 of "第三十条之一"; empty where none is.
   * @type {Contents["numberOf"]}
   */
  const numberOf = (typed) => {
    const bare = characters.folded(typed).replace(AROUND_A_NUMBER, "");
    return NUMBER.test(bare) ? bare : "";
  };

  /**
   * The places in the outline that fit what is typed: by an article's number, or by words.
   * @type {Contents["fitting"]}
   */
  const fitting = (outline, typed) => {
    const words = characters.folded(typed.trim());
    const number = numberOf(typed);
    const places = outline.map((_, place) => place);
    const numbered = places.filter((place) => number && outline[place].numbers.some((own) => own.startsWith(number)));
    if (numbered.length) return numbered;
    return places.filter((place) =>
      characters.folded(`${outline[place].text} ${outline[place].begins}`).includes(words),
    );
  };

  /**
   * The place that is meant: the article of that very number, else the first that fits; -1: none.
   * @type {Contents["meant"]}
   */
  const meant = (outline, typed) => {
    const number = numberOf(typed);
    const exact = number ? outline.findIndex(({ numbers }) => numbers.includes(number)) : -1;
    const named = number && /[第條条]|article|art\./i.test(typed); // then no other line will do
    return exact >= 0 || named ? exact : (fitting(outline, typed)[0] ?? -1);
  };

  /**
   * Show an outline in `root`, opened and closed by `switcher`; `go` is called with the line that a person chooses.
   * @type {Contents["panel"]}
   */
  function panel(root, switcher, go, shown) {
    const [none, list] = [".none", "ul"].map((name) => one(root, name));
    const field = one(root, ".jump", HTMLInputElement);
    /** @type {Outline} */
    let outline = [];

    function narrow() {
      const typed = field.value.trim();
      const fits = new Set(typed ? fitting(outline, typed) : outline.keys());
      for (const [place, line] of list.querySelectorAll("li").entries()) line.hidden = !fits.has(place);
      none.textContent = typed && meant(outline, typed) < 0 ? word("jump_none") : "";
    }

    /** @param {boolean} open */
    function unfold(open) {
      root.hidden = !open;
      switcher.setAttribute("aria-expanded", String(open));
      if (!open) return;
      shown();
      if (wide()) field.focus({ preventScroll: true }); // a keyboard that comes up would cover a phone
    }

    /** @param {Given.OutlineLine} line */
    function choose(line) {
      if (!wide()) unfold(false);
      go(line);
    }

    /** @param {Outline} lines */
    function draw(lines) {
      outline = lines;
      const top = Math.min(...lines.map((line) => line.level));
      const drawn = lines.map((line) => {
        const node = button(line.begins ? "article" : "", line.text, () => choose(line));
        if (line.begins) node.append(make("span", {}, line.begins));
        node.style.setProperty("--depth", String(line.level - top));
        return make("li", {}, node);
      });
      list.replaceChildren(...drawn);
      switcher.hidden = !lines.length;
      field.value = "";
      field.placeholder = word(lines.some(({ numbers }) => numbers.length) ? "jump_article" : "jump_words");
      narrow();
      if (!lines.length) unfold(false);
    }

    /** Show which line of the outline is being read; -1: none of them. @param {number} place */
    function point(place) {
      const here = list.children[place]?.firstElementChild;
      const old = list.querySelector("[aria-current]");
      if (old === here) return;
      old?.removeAttribute("aria-current");
      here?.setAttribute("aria-current", "location");
      if (!list.contains(document.activeElement)) here?.scrollIntoView({ block: "nearest" });
    }

    field.addEventListener("input", narrow);
    field.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "Enter") {
        event.preventDefault();
        const line = field.value.trim() && outline[meant(outline, field.value)];
        if (line) choose(line);
      } else if (event.key === "Escape") {
        event.preventDefault();
        if (field.value) field.value = "";
        else unfold(false);
        narrow();
      }
    });
    switcher.addEventListener("click", () => unfold(Boolean(root.hidden)));
    return { draw, unfold, point };
  }

  return { numberOf, fitting, meant, panel };
})();
