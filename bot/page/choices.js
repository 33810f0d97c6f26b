// Which of several: the newest request, the documents that are still there, the citations to list, the section to mark;
// what of an answer is a list, and how it is shown.
window.youju.choices = (() => {
  /**
   * Only the newest request may draw: call the result to begin one, and what that gives to learn if it still is.
   * @type {Choices["newest"]}
   */
  const newest = () => {
    let last = 0;
    return () => {
      const mine = ++last;
      return () => mine === last;
    };
  };

  /**
   * The ids of the documents that there are, of those that were chosen; in the order of the list.
   * @type {Choices["stillThere"]}
   */
  const stillThere = (chosen, documents) => documents.map((info) => info.document_id).filter((id) => chosen.has(id));

  /** The first citation of each number. @type {Choices["distinct"]} */
  const distinct = (citations) =>
    citations.filter(({ number }, place) => citations.findIndex((other) => other.number === number) === place);

  /** The first citation of each document. @type {Choices["ofEachDocument"]} */
  const ofEachDocument = (citations) =>
    citations.filter(
      ({ document_id }, place) => citations.findIndex((other) => other.document_id === document_id) === place,
    );

  const FOLD = 6;
  /** How many of `count` items are shown before the others are asked for. @type {Choices["shown"]} */
  const shown = (count) => Math.min(count, FOLD);

  const PROSE = 3;
  const WHOLE = ["listing", "list"]; // ways that answer with all of something
  /**
   * Whether sentences of an answer are items of a list, each with its place, and not one text.
   * @type {Choices["isList"]}
   */
  const isList = ({ trace, items }, sentences) =>
    sentences.length > 1 &&
    (WHOLE.includes(trace.way) ||
      items !== null ||
      new Set(sentences.flatMap((sentence) => sentence.citations)).size > PROSE);

  /** The lines of a summary: a heading with what stands under it, or a sentence alone. @type {Choices["parts"]} */
  const parts = (sentences, citations) => {
    /** @type {Given.AnswerSentence[][]} */
    const lines = [];
    /** @type {string | null} */
    let head = null;
    for (const sentence of sentences) {
      const { quote, section } = citations[sentence.evidence[0]];
      if (head !== null && section.some((heading) => heading.trim() === head)) lines.at(-1)?.push(sentence);
      else {
        lines.push([sentence]);
        head = quote.trim();
      }
    }
    return lines;
  };

  /**
   * "第三十条第二款" of "《…法》第三十条第二款", "Article 30" of "… Law, Article 30"; null where there is no address.
   * @type {Choices["article"]}
   */
  const article = ({ address, title }) => {
    if (!address) return null;
    return address.startsWith(`${title}, `) ? address.slice(title.length + 2) : address.replace(/^《[^》]*》/u, "");
  };

  /**
   * The last of `count` places where `holds` is true, as it is up to some place and then no more; -1: nowhere.
   * @type {Choices["lastWhere"]}
   */
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
  /** Whether text was recognised in a picture, and perhaps wrongly. @type {Choices["unsure"]} */
  const unsure = ({ recognised }) => recognised != null && recognised < SURE;

  /**
   * The page that words stand on, and that they were recognised in a picture, perhaps wrongly.
   * @type {Choices["marks"]}
   */
  const marks = (word, { page, recognised }) =>
    [
      page && word("page", { page }),
      recognised != null && word("recognised"),
      unsure({ recognised }) && word("recognised_unsure"),
    ].filter(Boolean);

  return { newest, stillThere, distinct, ofEachDocument, shown, isList, parts, article, lastWhere, marks, unsure };
})();
