// Which of several: the newest request, the documents that are still there, the citations to list, the section to mark.
window.youju.choices = (() => {
  /** Only the newest request may draw: call the result to begin one, and what that gives to learn if it still is. */
  const newest = () => {
    let last = 0;
    return () => {
      const mine = ++last;
      return () => mine === last;
    };
  };

  /** The ids of the documents that there are, of those that were chosen; in the order of the list. */
  const stillThere = (chosen, documents) => documents.map((info) => info.document_id).filter((id) => chosen.has(id));

  /** The first citation of each number. */
  const distinct = (citations) =>
    citations.filter(({ number }, place) => citations.findIndex((other) => other.number === number) === place);

  /** The last of `count` places where `holds` is true, as it is up to some place and then no more; -1: nowhere. */
  const lastWhere = (count, holds) => {
    let [low, high] = [0, count];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (holds(middle)) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  };

  const SURE = 0.9; // as in bot/pages.py
  /** Whether text was recognised in a picture, and perhaps wrongly. */
  const unsure = ({ recognised }) => recognised != null && recognised < SURE;

  /** The page that words stand on, and that they were recognised in a picture, perhaps wrongly. */
  const marks = (word, { page, recognised }) =>
    [
      page && word("page", { page }),
      recognised != null && word("recognised"),
      unsure({ recognised }) && word("recognised_unsure"),
    ].filter(Boolean);

  return { newest, stillThere, distinct, lastWhere, marks, unsure };
})();
