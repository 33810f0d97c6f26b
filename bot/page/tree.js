// The documents as a tree of folders, by the paths of their files, and which lines of it are shown.
window.youju.tree = (() => {
  /** @param {string} name @param {string} path @returns {Branch} */
  const made = (name, path) => ({ name, path, folders: new Map(), documents: [], ids: [] });

  /**
   * The tree of all documents; `names` are outermost folders that are there even where nothing stands in them.
   * @type {Tree["build"]}
   */
  const build = (documents, names = []) => {
    const root = made("", "");
    /** @param {Branch} folder @param {string} name */
    const inside = (folder, name) => {
      const known = folder.folders.get(name) ?? made(name, folder.path ? `${folder.path}/${name}` : name);
      folder.folders.set(name, known);
      return known;
    };
    for (const name of names) inside(root, name);
    for (const info of documents) {
      let folder = root;
      folder.ids.push(info.document_id);
      for (const name of info.source.split("/").slice(0, -1)) {
        folder = inside(folder, name);
        folder.ids.push(info.document_id);
      }
      folder.documents.push(info);
    }
    return root;
  };

  /**
   * How documents are put in order: by name (as a person reads numbers), the newest first, or by kind, which `kindOf`
   * gives.
   * @type {Tree["order"]}
   */
  const order = (by, tag, kindOf) => {
    const { compare } = new Intl.Collator(tag, { numeric: true });
    /** @param {Given.DocumentInfo} one @param {Given.DocumentInfo} other */
    const byName = (one, other) => compare(one.title, other.title) || compare(one.source, other.source);
    if (by === "date") return (one, other) => compare(other.added_at, one.added_at) || byName(one, other);
    return by === "kind" ? (one, other) => compare(kindOf(one), kindOf(other)) || byName(one, other) : byName;
  };

  /**
   * The lines that are shown: folders, by name, before the documents beside them; of a closed one nothing more.
   * @type {Tree["lines"]}
   */
  const lines = (folder, isOpen, order, tag, depth = 0) => {
    const { compare } = new Intl.Collator(tag, { numeric: true });
    const inner = [...folder.folders.values()].sort((one, other) => compare(one.name, other.name));
    return [
      ...inner.flatMap((child) => [
        { folder: child, depth },
        ...(isOpen(child) ? lines(child, isOpen, order, tag, depth + 1) : []),
      ]),
      ...[...folder.documents].sort(order).map((info) => ({ info, depth })),
    ];
  };

  /** Whether all, some or none of a folder's documents are chosen. @type {Tree["chosenOf"]} */
  const chosenOf = (folder, chosen) => {
    const count = folder.ids.filter((id) => chosen.has(id)).length;
    return count && count === folder.ids.length ? "all" : count ? "some" : "none";
  };

  return { build, order, lines, chosenOf };
})();
