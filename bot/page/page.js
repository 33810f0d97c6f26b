// Runs before the parts of the page: words in the browser's language, elements made of text alone, and how the parts
// talk to each other (events `youju-…` on the document).
/** @type {Common} */
const common = (() => {
  /** @type {Record<string, string>} */
  const unkept = {}; // where the browser may keep nothing
  /**
   * What this browser keeps for its person; if it may keep nothing, it holds as long as the page.
   * @type {Common["own"]}
   */
  const own = {
    get: (name) => {
      try {
        return unkept[name] ?? localStorage.getItem(`youju-${name}`);
      } catch {
        return null;
      }
    },
    put: (name, value) => {
      try {
        localStorage.setItem(`youju-${name}`, value);
      } catch {
        unkept[name] = value;
      }
    },
  };
  const LANGUAGES = { zh: "中文", en: "English" }; // each in its own words
  /** @param {string | null} name @returns {name is Language} */
  const isLanguage = (name) => name !== null && Object.hasOwn(LANGUAGES, name);
  const chosen = own.get("language");
  const language = isLanguage(chosen) ? chosen : /^zh\b/i.test(navigator.language) ? "zh" : "en";
  const words = WORDS[language];
  const tag = language === "zh" ? "zh-CN" : "en";
  const root = document.documentElement;
  const named = () => {
    if (root.lang !== tag) root.lang = tag;
  };
  named();
  // Gradio names the browser's language.
  new MutationObserver(named).observe(root, { attributes: true, attributeFilter: ["lang"] });

  /** The word for a key, its {names} filled in. @type {Common["word"]} */
  const word = (key, values = {}) =>
    words[key].replace(/\{(\w+)\}/g, (_, name) => {
      const value = /** @type {Record<string, unknown>} */ (values)[name];
      return typeof value === "number" ? value.toLocaleString(tag) : String(value);
    });

  /** An element with attributes and children; strings become text nodes, never markup. @type {Common["make"]} */
  const make = (tag, attributes = {}, ...children) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (typeof value === "function") node.addEventListener(name.slice(2), value);
      else if (value !== false && value !== null) node.setAttribute(name, value === true ? "" : String(value));
    }
    node.append(...children.filter((child) => child !== null));
    return /** @type {never} */ (node); // of the kind that its tag says
  };

  /** The element that a selector names, which must be there and of a kind. @type {Common["one"]} */
  const one = (root, selector, kind) => {
    const found = root.querySelector(selector);
    if (!(found instanceof (kind ?? HTMLElement))) throw new Error(`not there, or of another kind: ${selector}`);
    return /** @type {InstanceType<NonNullable<typeof kind>>} */ (found);
  };

  /** @type {Common["button"]} */
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
  /**
   * A drawn sign (emoji need a font that not every machine has): paths on a 20 x 20 field, in the text's colour.
   * @type {Common["icon"]}
   */
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

  /**
   * Several choices of which one holds; `values` are [value, what it is called, what is shown below it].
   * @type {Common["several"]}
   */
  const several = (name, values, now, choose) =>
    values.map(([value, called, below]) =>
      make(
        "label",
        {},
        make("input", { type: "radio", name, value, checked: value === now, onchange: () => choose(value) }),
        make("span", {}, called),
        below ?? "",
      ),
    );

  let tips = 0;
  /** Words that explain others, shown while a pointer or the focus is on those. @type {Common["explained"]} */
  const explained = (node, words) => {
    const id = `tip-${++tips}`;
    node.setAttribute("aria-describedby", id);
    return make("span", { class: "explained" }, node, make("span", { class: "tip", role: "tooltip", id }, words));
  };

  /** The element that something happened to. @type {Common["targetOf"]} */
  const targetOf = (event) => (event.target instanceof Element ? event.target : root);

  /** Fill every [data-word], [data-label] and [data-hint] under a node with its word. @type {Common["fill"]} */
  const fill = (root) => {
    /** @param {string} name @param {(node: Element, said: string) => void} put */
    const each = (name, put) => {
      for (const node of root.querySelectorAll(`[${name}]`))
        put(node, word(/** @type {Word} */ (node.getAttribute(name))));
    };
    each("data-word", (node, said) => node.replaceChildren(said));
    each("data-label", (node, said) => node.setAttribute("aria-label", said));
    each("data-hint", (node, said) => node.setAttribute("placeholder", said));
  };

  /** @type {Common["send"]} */
  const send = (name, ...[detail]) =>
    void document.dispatchEvent(new CustomEvent(`youju-${name}`, { detail: detail ?? {} }));
  /** @type {Common["on"]} */
  const on = (name, handler) =>
    document.addEventListener(`youju-${name}`, (event) => handler(/** @type {CustomEvent} */ (event).detail));

  /** Why nothing came back. Youju on this machine needs no network. */
  const lost = () =>
    word(navigator.onLine || /^(localhost|127\.0\.0\.1|\[::1\])$/.test(location.hostname) ? "offline" : "no_network");

  /** Whether the server answers at all: Gradio does not tell a lost connection from a function that failed. */
  const there = () =>
    fetch("api/conversations", { cache: "no-store" }).then(
      (response) => response.ok,
      () => false,
    );

  /** What was thrown, as an error whose message is for the person. @type {Common["failure"]} */
  const failure = (thrown) => (thrown instanceof Error ? thrown : new Error(String(thrown)));

  /**
   * What a server function returns; its error, and a lost connection, as one line in the person's language.
   * @type {Common["call"]}
   */
  const call = async (asked) => {
    const result = await Promise.resolve(asked).catch(() => undefined); // Gradio swallows some failures itself
    if (result === undefined) throw new Error((await there()) ? word("unanswered") : lost());
    const { error } = /** @type {{ error?: Said }} */ (result ?? {});
    if (error) throw Object.assign(new Error(error[language]), { result });
    return result;
  };

  /** The same for the HTTP API. @type {Common["request"]} */
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

  /** @type {Common["copy"]} */
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

  /** Copy a table: as text for one program, as a table for another. @type {Common["copyAs"]} */
  const copyAs = async (text, html) => {
    try {
      const made = { "text/plain": text, "text/html": html };
      const blobs = Object.entries(made).map(([type, content]) => [type, new Blob([content], { type })]);
      return await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
    } catch {} // as above
    /** @param {ClipboardEvent} event */
    const put = (event) => {
      event.preventDefault();
      event.clipboardData?.setData("text/plain", text);
      event.clipboardData?.setData("text/html", html);
    };
    document.addEventListener("copy", put, { once: true });
    document.execCommand("copy");
    document.removeEventListener("copy", put);
  };

  /** @type {Common["wide"]} */
  const wide = () => matchMedia("(min-width: 1000px)").matches;

  return {
    ...{ own, LANGUAGES, language, word, one, make, button, icon, several, explained, fill, targetOf, send, on },
    ...{ call, request, failure, copy, copyAs, wide },
  };
})();
// The other scripts add to it.
window.youju = /** @type {Youju} */ (common);
