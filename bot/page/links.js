// The links of the chat to what it cites: the numbers, and the lines that say where a quote stands.
window.youju.links = (() => {
  const LINKS = '#talk :is(a.cite, a.source, a.near):is([href^="#cite-"], [href^="#near-"])';

  /** All of them, in the order of the chat. @type {Links["all"]} */
  const all = () => [...document.querySelectorAll(LINKS)].filter((node) => node instanceof HTMLAnchorElement);
  /** Those that are numbers. @type {Links["numbers"]} */
  const numbers = () => all().filter((link) => link.matches(".cite"));
  /** The link that something happened to. @type {Links["at"]} */
  const at = (node) => node.closest(LINKS);
  /** The turn that a link stands in. @type {Links["turnOf"]} */
  const turnOf = (link) => link.closest("[data-turn]")?.getAttribute("data-turn") ?? null;
  /** Those of a turn that lead to the same place. @type {Links["alike"]} */
  const alike = (hash, turn) => all().filter((link) => link.hash === hash && turnOf(link) === turn);
  /**
   * The number that a link stands for: a line of an answer's sources stands for its number.
   * @type {Links["numberOf"]}
   */
  const numberOf = (link) =>
    (link.matches(".source") && alike(link.hash, turnOf(link)).find((other) => other.matches(".cite"))) || link;

  return { all, numbers, at, turnOf, alike, numberOf };
})();
