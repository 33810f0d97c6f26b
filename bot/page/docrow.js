// The line of a document in the list: choose it, read it, and a menu, which is made when somebody opens it.
window.youju.documentRow = (info, told, on) => {
  const { make, button, word } = window.youju;
  /** @type {HTMLInputElement} */
  const choose = make("input", {
    type: "checkbox",
    "aria-label": word("choose", info),
    title: word("choose", info),
    onchange: () => on.choose(choose.checked),
  });
  const name = make(
    "button",
    { class: "open", type: "button", title: info.source, "aria-label": word("open", info), onclick: on.open },
    make("span", { class: "name" }, info.title),
    make(
      "small",
      { title: [told.all, ...told.notices].join("\n") },
      `${told.short.join(" · ")} `,
      ...info.tags.map((tag) => make("span", { class: "tag" }, `#${tag}`)),
    ),
  );
  /** @type {HTMLInputElement} */
  const other = make("input", {
    type: "file",
    hidden: true,
    "aria-label": word("replace"),
    onchange: () => other.files?.length && on.replace(other.files[0]),
  });
  const box = make("div");
  /** @type {HTMLDetailsElement} */
  const menu = make(
    "details",
    { class: "menu" },
    make("summary", { "aria-label": word("more", info), onclick: () => box.children.length || fill() }, "⋯"),
    box,
  );
  /**
   * Make an entry of the menu, which closes it.
   * @param {string} name
   * @param {string} label
   * @param {() => unknown} then
   */
  const entry = (name, label, then) =>
    button(name, label, () => {
      menu.open = false;
      then();
    });
  const fill = () =>
    box.append(
      ...told.notices.map((line) => make("p", {}, line)),
      make(
        "a",
        { href: `api/documents/${info.document_id}/original`, download: true, onclick: () => (menu.open = false) },
        word("original"),
      ),
      entry("replace", word("replace"), () => {
        other.value = "";
        other.click();
      }),
      entry("tags", word("tags_open"), on.tag),
      entry("remove danger", word("remove_it"), on.remove),
    );
  return { info, choose, node: make("li", {}, make("label", { class: "choose" }, choose), name, menu, other) };
};
