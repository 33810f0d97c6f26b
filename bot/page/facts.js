// What is told of a document: below its title what a person wants to know, elsewhere all that was read of it.
window.youju.facts = ((text) => {
  /** How people call such a file; "" where its suffix is none that is known. @type {Facts["kind"]} */
  const kind = (info, formats, language) => formats[text.suffix(info.source)]?.[language] ?? "";

  /** @param {Date} date */
  const dayOf = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate());
  /** When it was added: today, yesterday, the day, and of another year the year too. @type {Facts["added"]} */
  const added = (added_at, now, tag) => {
    const then = new Date(added_at);
    const days = Math.round((dayOf(then).getTime() - dayOf(now).getTime()) / 86_400_000);
    if (days === 0 || days === -1) return new Intl.RelativeTimeFormat(tag, { numeric: "auto" }).format(days, "day");
    /** @type {Intl.DateTimeFormatOptions} */
    const year = then.getFullYear() === now.getFullYear() ? {} : { year: "numeric" };
    return new Intl.DateTimeFormat(tag, { month: "short", day: "numeric", ...year }).format(then);
  };

  /**
   * The parts of the line below a title: kind, pages, date, and the encoding where characters are lost.
   * @type {Facts["short"]}
   */
  const short = (word, info, named, now, tag) =>
    [
      named || info.encoding,
      info.reading.pages && word("facts_pages", info.reading),
      added(info.added_at, now, tag),
      info.lost && word("facts_lost", info),
    ].filter(Boolean);

  /** @type {("pages" | "tables" | "recognised")[]} */
  const COUNTED = ["pages", "tables", "recognised"];
  /**
   * All that was read of it; `encoding` is its own or, where it has none, how people call such a file.
   * @type {Facts["all"]}
   */
  const all = (word, info, encoding) =>
    [
      word(info.levels ? "facts" : "facts_flat", { ...info, encoding }),
      ...COUNTED.filter((name) => info.reading[name]).map((name) => word(`facts_${name}`, info.reading)),
    ].join(word("facts_between"));

  return { kind, added, short, all };
})(window.youju.text);
