// The files of folders that are chosen or dropped: what each is sent as, and which a person means.
window.youju.dropped = (() => {
  const paths = new WeakMap(); // of files that were dropped in a folder

  /** What a file is sent as: its path from the folder on that was chosen, or its name. @type {Dropped["nameOf"]} */
  const nameOf = (file) => paths.get(file) ?? (file.webkitRelativePath || file.name);

  /** Whether a person means a file of a folder: as in bot/folders/ignoring.py. @type {Dropped["isMeant"]} */
  const isMeant = (path, suffixes) =>
    suffixes.includes(window.youju.text.suffix(path)) &&
    !path.split("/").some((part) => /^(\.|~\$|node_modules$|__MACOSX$)/.test(part));

  /** The files of a folder that was dropped, those of folders in it too. @type {Dropped["filesOf"]} */
  const filesOf = async (entry, path = "") => {
    const at = path + entry.name;
    if (entry.isFile) {
      const { file: opened } = /** @type {FileSystemFileEntry} */ (entry);
      /** @type {File | null} */
      const file = await new Promise((done) => opened.call(entry, done, () => done(null))); // null: it cannot be opened
      if (file) paths.set(file, at);
      return file ? [file] : [];
    }
    const reader = /** @type {FileSystemDirectoryEntry} */ (entry).createReader();
    const found = [];
    for (;;) {
      /** @type {FileSystemEntry[]} */
      const some = await new Promise((done) => reader.readEntries(done, () => done([]))); // some 100 at a time
      if (!some.length) return found;
      for (const inner of some) found.push(...(await filesOf(inner, `${at}/`)));
    }
  };

  return { nameOf, isMeant, filesOf };
})();
