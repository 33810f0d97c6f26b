// Runs before the parts of the page: words in the browser's language, elements made of text alone, and how the parts
// talk to each other (events `youju-…` on the document).
window.youju = (() => {
  const language = /^zh\b/i.test(navigator.language) ? "zh" : "en";
  const words = WORDS[language];
  const tag = language === "zh" ? "zh-CN" : "en";
  const root = document.documentElement;
  const named = () => {
    if (root.lang !== tag) root.lang = tag;
  };
  named();
  // Gradio names the browser's language.
  new MutationObserver(named).observe(root, { attributes: true, attributeFilter: ["lang"] });

  /** The word for a key, its {names} filled in. */
  const word = (key, values = {}) =>
    words[key].replace(/\{(\w+)\}/g, (_, name) => {
      const value = values[name];
      return typeof value === "number" ? value.toLocaleString(tag) : value;
    });

  /** An element with attributes and children; strings become text nodes, never markup. */
  const make = (tag, attributes = {}, ...children) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
      else if (value !== false && value !== null) node.setAttribute(name, value === true ? "" : value);
    }
    node.append(...children.filter((child) => child !== null));
    return node;
  };

  const button = (name, label, onclick, ...children) =>
    make(
      "button",
      {
        type: "button",
        class: name,
        "aria-label": children.length ? label : null,
        title: children.length ? label : null,
        onclick,
      },
      ...(children.length ? children : [label]),
    );

  const SVG = "http://www.w3.org/2000/svg";
  /** A drawn sign (emoji need a font that not every machine has): paths on a 20 x 20 field, in the text's colour. */
  const icon = (...paths) => {
    const drawn = document.createElementNS(SVG, "svg");
    drawn.setAttribute("viewBox", "0 0 20 20");
    drawn.setAttribute("aria-hidden", "true");
    for (const d of paths) {
      const path = document.createElementNS(SVG, "path");
      path.setAttribute("d", d);
      drawn.append(path);
    }
    return drawn;
  };

  /** Fill every [data-word], [data-label] and [data-hint] under a node with its word. */
  const fill = (root) => {
    for (const node of root.querySelectorAll("[data-word]")) node.textContent = word(node.dataset.word);
    for (const node of root.querySelectorAll("[data-label]")) node.setAttribute("aria-label", word(node.dataset.label));
    for (const node of root.querySelectorAll("[data-hint]")) node.setAttribute("placeholder", word(node.dataset.hint));
  };

  const send = (name, detail = {}) => document.dispatchEvent(new CustomEvent(`youju-${name}`, { detail }));
  const on = (name, handler) => document.addEventListener(`youju-${name}`, (event) => handler(event.detail));

  /** Why nothing came back. Youju on this machine needs no network. */
  const lost = () =>
    word(navigator.onLine || /^(localhost|127\.0\.0\.1|\[::1\])$/.test(location.hostname) ? "offline" : "no_network");

  /** Whether the server answers at all: Gradio does not tell a lost connection from a function that failed. */
  const there = () =>
    fetch("api/conversations", { cache: "no-store" }).then(
      (response) => response.ok,
      () => false,
    );

  /** What a server function returns; its error, and a lost connection, as one line in the person's language. */
  const call = async (asked) => {
    const result = await Promise.resolve(asked).catch(() => undefined); // Gradio swallows some failures itself
    if (result === undefined) throw new Error((await there()) ? word("unanswered") : lost());
    if (result?.error) throw Object.assign(new Error(result.error[language]), { result });
    return result;
  };

  /** The same for the HTTP API. */
  const request = async (path, options = {}) => {
    let response;
    try {
      response = await fetch(path, options);
    } catch {
      throw new Error(lost());
    }
    // What is no JSON is a proxy's own page.
    const body = response.status === 204 ? null : await response.json().catch(() => ({ error: word("offline") }));
    if (!response.ok) throw Object.assign(new Error(body.error), { result: body });
    return body;
  };

  const copy = async (text) => {
    try {
      return await navigator.clipboard.writeText(text);
    } catch {} // plain http under another name has no clipboard, and a person may forbid it
    const area = make("textarea", { class: "copied" });
    area.value = text;
    // Under an open dialog nothing can be selected.
    (document.querySelector("dialog[open]") || document.body).append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  };

  /** Copy a table: as text for one program, as a table for another. */
  const copyAs = async (text, html) => {
    try {
      const made = { "text/plain": text, "text/html": html };
      const blobs = Object.entries(made).map(([type, content]) => [type, new Blob([content], { type })]);
      return await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
    } catch {} // as above
    const put = (event) => {
      event.preventDefault();
      event.clipboardData.setData("text/plain", text);
      event.clipboardData.setData("text/html", html);
    };
    document.addEventListener("copy", put, { once: true });
    document.execCommand("copy");
    document.removeEventListener("copy", put);
  };

  const wide = () => matchMedia("(min-width: 1000px)").matches;

  return { language, word, make, button, icon, fill, send, on, call, request, copy, copyAs, wide };
})();
