// Which tags there are, which of several documents have them, and which documents have all of some.
window.youju.tags = (() => {
  /** Each tag with the number of its documents, the most used first. @type {Tags["counted"]} */
  const counted = (documents) => {
    const counts = new Map();
    for (const { tags } of documents) for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
    return [...counts].sort(([one, few], [other, many]) => many - few || (one < other ? -1 : 1));
  };

  /** Whether all, some or none of some documents have a tag. @type {Tags["heldBy"]} */
  const heldBy = (tag, documents) => {
    const count = documents.filter(({ tags }) => tags.includes(tag)).length;
    return count && count === documents.length ? "all" : count ? "some" : "none";
  };

  /** Whether a document has all of these tags. @type {Tags["hasAll"]} */
  const hasAll = (info, wanted) => [...wanted].every((tag) => info.tags.includes(tag));

  /**
   * A tag as it is kept: white space around it, and a number sign that was typed before it, go.
   * @type {Tags["proper"]}
   */
  const proper = (typed) =>
    typed
      .trim()
      .replace(/^[#＃]\s*/u, "")
      .replace(/\s+/gu, " ");

  return { counted, heldBy, hasAll, proper };
})();
