// Runs before the parts of the page: words in the browser's language, and elements made of text alone.
window.youju = (() => {
  const language = /^zh\b/i.test(navigator.language) ? "zh" : "en";
  const words = WORDS[language];
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";

  /** The word for a key, its {names} filled in. */
  const word = (key, values = {}) =>
    words[key].replace(/\{(\w+)\}/g, (_, name) => {
      const value = values[name];
      return typeof value === "number" ? value.toLocaleString(document.documentElement.lang) : value;
    });

  /** An element with attributes and children; strings become text nodes, never markup. */
  const make = (tag, attributes = {}, ...children) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
      else node.setAttribute(name, value);
    }
    node.append(...children);
    return node;
  };

  /** Fill every [data-word] under a node with its word. */
  const fill = (root) => {
    for (const node of root.querySelectorAll("[data-word]")) node.textContent = word(node.dataset.word);
    for (const node of root.querySelectorAll("[data-label]")) node.setAttribute("aria-label", word(node.dataset.label));
  };

  const wide = () => matchMedia("(min-width: 1000px)").matches;

  return { language, word, make, fill, wide };
})();
