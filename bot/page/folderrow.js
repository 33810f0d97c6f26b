// The line of a folder in the list of documents: choose all in it, open and close it, remove all.
window.youju.folderRow = (path, remove, on) => {
  const { make, word } = window.youju;
  const name = path.split("/").at(-1) ?? path;
  const count = make("small");
  /** @type {HTMLInputElement} */
  const choose = make("input", {
    type: "checkbox",
    "aria-label": word("choose_folder", { name }),
    title: word("choose_folder", { name }),
    onchange: () => on.choose(choose.checked),
  });
  const open = make(
    "button",
    { class: "open", type: "button", title: path, onclick: on.open },
    make("span", { class: "name" }, name),
    count,
  );
  const menu = make(
    "details",
    { class: "menu" },
    make("summary", { "aria-label": word("more", { title: name }) }, "⋯"),
    make("div", {}, remove),
  );
  /** @type {FolderRow} */
  const made = {
    folder: null,
    node: make("li", { class: "folder" }, make("label", { class: "choose" }, choose), open, menu),
    show,
  };

  /**
   * Show a folder as it is now: `state` of what is chosen in it; `kept` in step, it is not removed here.
   * @type {FolderRow["show"]}
   */
  function show(folder, state, isOpen, kept) {
    made.folder = folder;
    choose.checked = state === "all";
    choose.indeterminate = state === "some";
    choose.disabled = !folder.ids.length;
    open.setAttribute("aria-expanded", String(isOpen));
    count.textContent = word("folder_count", { count: folder.ids.length });
    menu.hidden = kept;
  }
  return made;
};
