// Where a quote stands, in words: the article or paragraph and the year first, then the title, which is cut where it is
// long. Document text enters the page through text nodes only.
window.youju.places = (() => {
  const { word, make, choices } = window.youju;

  /** "第三十条第二款", "第 3 段": the place in its document. @param {Place} place */
  const spot = (place) => choices.article(place) ?? word("place", { paragraph: place.paragraph + 1 });
  /** @param {Place} place */
  const marks = (place) => choices.marks(word, place).join(" · ");
  /** @param {Place} place */
  const path = (place) => (place.address ? "" : [...place.section].join(" › "));

  /** All of it in one line, as it is copied. @type {Places["cited"]} */
  const cited = (place) =>
    [
      place.address || word("title", place),
      path(place),
      [place.address ? "" : spot(place), marks(place)].filter(Boolean).join(" · "),
    ]
      .filter(Boolean)
      .join(" ");

  /** A line that leads to the place; `kind` is "source" or "near". @type {Places["line"]} */
  const line = (kind, place, number = null) =>
    make(
      "a",
      { class: kind, href: `#${kind === "near" ? "near" : "cite"}-${place.target}`, title: cited(place) },
      number ? make("i", {}, String(number)) : null,
      make("b", {}, spot(place)),
      place.year ? make("span", { class: "year" }, word("year", { year: String(place.year) })) : null,
      make("span", { class: "name" }, word("title", place)),
      make("span", { class: "path" }, path(place)),
      make("span", {}, marks(place)),
    );

  /** A number that leads to what it cites. @type {Places["number"]} */
  const number = (citation) => {
    const name = citation.address
      ? word("citation_at", citation)
      : word("citation", { ...citation, paragraph: citation.paragraph + 1 });
    return make("a", { class: "cite", href: `#cite-${citation.target}`, "aria-label": name }, String(citation.number));
  };

  return { cited, line, number };
})();
