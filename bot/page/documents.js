// The documents: choose which to ask, to tag or to remove; read, download, replace; find them by name, folder, tag. How
// files are added stands in adding.js; the page's list grows as it is scrolled.
const {
  word,
  make,
  one,
  failure,
  targetOf,
  button,
  fill,
  send,
  on,
  call,
  request,
  language,
  text,
  choices,
  tree,
  facts,
  tags,
} = window.youju;
const { folderRow, documentRow } = window.youju;
const { nameOf, filesOf } = window.youju.dropped;
const [list, reports, none, find, withTags, scope, behind] = [
  ".documents",
  ".reports",
  ".none",
  ".find",
  ".with-tags",
  ".chosen",
  ".behind",
].map((name) => one(element, name));
const [picker, whole, filter] = ["#upload input", ".whole input", ".filter"].map((name) =>
  one(element, name, HTMLInputElement),
);
const sort = one(element, ".sort", HTMLSelectElement);
const FEW = 8; // so many are seen at a glance
const AT_ONCE = 60; // so many lines are drawn, and as many more when the last is seen
const MOST_TAGS = 8; // that are offered before somebody asks for all
const headers = { "Accept-Language": language, "Content-Type": "application/json" };
/** @type {Library} */
let library = { documents: [], megabytes: 0, suffixes: [], formats: {} };
/** @type {Omit<Library, "documents"> | undefined} */
let known; // what can be read, and how large it may be
/** @type {Map<string, DocumentRow>} */
let rows = new Map(); // by their ids: those that were drawn
/** @type {Map<string, FolderRow>} */
const folders = new Map(); // by their paths
/** @type {string[]} */
let inStep = []; // names of folders that are kept in step
let limit = AT_ONCE;
/** @type {Map<string, boolean>} */
const opened = new Map(); // path -> whether a person has opened or closed it
/** @type {Set<string>} */
let chosen = new Set(); // ids of the documents that are asked; none: all
/** @type {Set<string>} */
let tagsWanted = new Set(); // what is shown has all of these
let allTags = false; // whether all tags are offered
let watching = 0; // the timer of the work after adding
const tabs = new BroadcastChannel("youju-documents");
const readOnly = () => document.body.classList.contains("read-only"); // this only hides; the server refuses
const adding = window.youju.adding({ reports, library: () => library, told, changed });
fill(element);

async function refresh() {
  try {
    const documents = request("api/documents", { headers });
    known ??= await call(server.library(null));
    library = { ...known, documents: await documents };
  } catch (error) {
    return adding.report("", "failed", failure(error).message);
  }
  picker.accept = library.suffixes.join(",");
  const kinds = [...new Set(Object.values(library.formats).map((name) => name[language]))];
  const some = [".pdf", ".docx"].map((suffix) => library.formats[suffix][language]);
  one(element, ".formats").textContent = word("formats", {
    some: some.join(word("comma")),
    count: kinds.length,
  });
  one(element, "#upload").title = kinds.join(word("comma"));
  const before = chosen.size;
  chosen = new Set(choices.stillThere(chosen, library.documents));
  draw();
  send("library", { documents: library.documents });
  if (chosen.size !== before) tellScope();
  watch();
}

/** Tell how far the work is that goes on after adding, until it is done. */
async function watch() {
  clearTimeout(watching);
  const { done, total } = await call(server.behind(null)).catch(() => ({ done: 0, total: 0 }));
  behind.hidden = done >= total;
  behind.textContent = word("behind", { done, total });
  if (!behind.hidden) watching = setTimeout(watch, 2000);
}

/** What is told of a document: below its title, and of all that was read of it. @param {Given.DocumentInfo} info */
function told(info) {
  const kind = facts.kind(info, library.formats, language);
  // A format without a choice of encoding gives its own name in its place.
  const own = Object.values(library.formats[text.suffix(info.source)] ?? {}).includes(info.encoding);
  return {
    short: facts.short(word, info, kind, new Date(), document.documentElement.lang),
    all: facts.all(word, info, own ? kind : info.encoding),
    notices: info.reading.notices.map((notice) => notice[language]),
  };
}

/** Where everything is seen at a glance folders stand open, until a person says otherwise. @param {Branch} folder */
const isOpen = ({ path }) => opened.get(path) ?? library.documents.length <= 2 * FEW;
const wanted = () => (find.hidden ? "" : text.folded(filter.value.trim()));
/** @param {Given.DocumentInfo} info @param {string} said */
const matches = (info, said) => text.folded(`${info.title}\n${info.source}\n${info.tags.join("\n")}`).includes(said);
/** @param {Given.DocumentInfo} info */
const kindOf = (info) => facts.kind(info, library.formats, language);

/** Draw the lines that are shown. Those that have not changed stay as they are: somebody may have a menu open. */
function draw() {
  one(element, ".count").textContent = library.documents.length.toLocaleString();
  find.hidden = library.documents.length <= FEW;
  drawTags();
  const said = wanted();
  const narrowed = said || tagsWanted.size;
  const found = library.documents.filter((info) => matches(info, said) && tags.hasAll(info, tagsWanted));
  const order = tree.order(sort.value, language, kindOf);
  /** @type {TreeLine[]} */
  const lines = narrowed
    ? found.sort(order).map((info) => ({ info, depth: 0 }))
    : tree.lines(tree.build(library.documents, inStep), isOpen, order, language);
  rows = new Map(library.documents.flatMap((info) => (sameAsDrawn(info) ? [[info.document_id, rowOf(info)]] : [])));
  const nodes = lines.slice(0, limit).map(({ info, folder, depth }) => {
    const { node } = folder ? lineOf(folder) : rowOf(info);
    node.style.setProperty("--depth", String(depth));
    return node;
  });
  if (lines.length > limit) nodes.push(moreRow(lines.length - limit));
  show(nodes);
  none.hidden = lines.length > 0;
  none.textContent = word(library.documents.length ? "none_found" : "no_documents");
  narrow(narrowed ? found : []);
}

/** Show these lines; what stands before the first that is new stays where it is. @param {HTMLElement[]} nodes */
function show(nodes) {
  const same = nodes.findIndex((node, place) => node !== list.children[place]);
  const kept = same < 0 ? nodes.length : same;
  while (list.children.length > kept) list.lastElementChild?.remove();
  list.append(...nodes.slice(kept));
}

/** @param {Given.DocumentInfo} info */
const sameAsDrawn = (info) => {
  const known = rows.get(info.document_id);
  return known && (known.info === info || JSON.stringify(known.info) === JSON.stringify(info));
};
/** @param {Given.DocumentInfo} info */
function rowOf(info) {
  const made = rows.get(info.document_id) ?? newRow(info);
  rows.set(info.document_id, made);
  made.choose.checked = chosen.has(info.document_id);
  return made;
}
/** @param {Given.DocumentInfo} info */
const newRow = (info) =>
  documentRow(info, told(info), {
    choose: (whether) => {
      chosen[whether ? "add" : "delete"](info.document_id);
      tellScope();
    },
    open: () => send("open", { target: `read-${info.document_id}` }),
    replace: (file) => adding.add(file, info),
    tag: () => tagThem([info]),
    remove: () => removeThem([info]),
  });

function more() {
  limit += AT_ONCE;
  draw();
}
const seen = new IntersectionObserver((entries) => entries.some(({ isIntersecting }) => isIntersecting) && more());
/** @param {number} count */
function moreRow(count) {
  const line = make("li", { class: "more-rows" }, button("open", word("more_rows", { count }), more));
  seen.disconnect();
  seen.observe(line);
  return line;
}

/** Offer the tags that there are; those that are pressed narrow the list. */
function drawTags() {
  const counted = tags.counted(library.documents);
  tagsWanted = new Set(counted.map(([tag]) => tag).filter((tag) => tagsWanted.has(tag)));
  const offered = counted.filter(([tag], place) => allTags || place < MOST_TAGS || tagsWanted.has(tag));
  withTags.hidden = !counted.length;
  const drawn = offered.map(([tag, count]) => {
    const pressed = tagsWanted.has(tag);
    const made = button(
      "tag",
      word("tags_only", { tag }),
      () => press(tag),
      `#${tag}`,
      make("small", {}, String(count)),
    );
    made.setAttribute("aria-pressed", String(pressed));
    made.setAttribute("data-tag", tag);
    return made;
  });
  if (offered.length < counted.length)
    drawn.push(
      button("tag", word("tags_all", { count: counted.length - offered.length }), () => {
        allTags = true;
        draw();
      }),
    );
  withTags.replaceChildren(...drawn);
}

/** @param {string} tag */
function press(tag) {
  tagsWanted[tagsWanted.has(tag) ? "delete" : "add"](tag);
  limit = AT_ONCE;
  draw();
  [...withTags.querySelectorAll("button")].find((node) => node.dataset.tag === tag)?.focus();
}

const those = () => library.documents.filter((info) => chosen.has(info.document_id));

/**
 * Tell which documents are asked, what can be done with them, and offer those that the filter leaves.
 * @param {Given.DocumentInfo[]} found
 */
function narrow(found) {
  const parts = [];
  if (chosen.size)
    parts.push(
      make("span", {}, word("chosen", { count: chosen.size })),
      button("all", word("chosen_all"), () => choose([])),
      button("tag-them", word("tags_open"), () => tagThem(those())),
      button("remove-them", word("remove_open"), () => removeThem(those())),
    );
  if (found.some((info) => !chosen.has(info.document_id)))
    parts.push(
      button("these", word("chosen_these", { count: found.length }), () =>
        choose(found.map((info) => info.document_id)),
      ),
    );
  scope.hidden = !parts.length;
  scope.replaceChildren(...parts);
}

/** The line of a folder, which stays the same while the page is open. @param {Branch} folder */
function lineOf(folder) {
  const known = folders.get(folder.path) ?? newFolderRow(folder.path);
  // One that is kept in step is forgotten where it is named.
  const kept = inStep.includes(folder.path.split("/")[0]);
  known.show(folder, tree.chosenOf(folder, chosen), isOpen(folder), kept);
  return known;
}

/** @param {string} path */
function newFolderRow(path) {
  const inside = () => library.documents.filter((info) => info.source.startsWith(`${path}/`));
  const remove = button("remove danger", word("remove_all"), () => removeThem(inside()));
  const made = folderRow(path, remove, {
    choose: (whole) => {
      for (const id of made.folder?.ids ?? []) chosen[whole ? "add" : "delete"](id);
      tellScope();
    },
    open: () => {
      if (made.folder) opened.set(path, !isOpen(made.folder));
      draw();
    },
  });
  folders.set(path, made);
  return made;
}

/** @param {string[]} ids */
function choose(ids) {
  chosen = new Set(ids);
  tellScope();
}

function tellScope() {
  send("scope", { documents: those() });
}

/**
 * Remove documents, once a person has seen how many and which and has said yes.
 * @param {Given.DocumentInfo[]} documents
 */
async function removeThem(documents) {
  const count = documents.length;
  const back = documents.filter((info) => inStep.includes(info.source.split("/")[0]) && info.source.includes("/"));
  const sure = await window.youju.sure({
    title: word(count === 1 ? "remove_one" : "remove_title", { count, title: documents[0].title }),
    names: count === 1 ? [] : documents.map((info) => info.title),
    lines: [word("remove_lost"), back.length && word("remove_back", { count: back.length })],
    yes: word(count === 1 ? "remove_it" : "remove_yes", { count }),
  });
  if (sure)
    await attempt(
      "api/documents/remove",
      { documents: documents.map((info) => info.document_id) },
      documents[0].source,
    );
}

/** @param {Given.DocumentInfo[]} documents */
async function tagThem(documents) {
  const change = await window.youju.tagging(documents, tags.counted(library.documents));
  const ids = documents.map((info) => info.document_id);
  if (change) await attempt("api/documents/tags", { documents: ids, ...change }, documents[0].source);
}

/** @param {string} path @param {object} body @param {string} source */
async function attempt(path, body, source) {
  try {
    await request(path, { method: "POST", headers, body: JSON.stringify(body) });
  } catch (error) {
    adding.report(source, "failed", failure(error).message);
  }
  await changed();
}

function changed() {
  tabs.postMessage("changed");
  return refresh();
}

// Adding

/** @param {DragEvent} event */
const ofFiles = (event) => event.dataTransfer?.types.includes("Files"); // text may be dragged into the question
/** @param {boolean} shown */
const drag = (shown) => document.body.classList.toggle("dropping", shown);

document.addEventListener("dragover", (event) => {
  if (!event.dataTransfer || !ofFiles(event)) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = readOnly() ? "none" : "copy";
  drag(!readOnly());
});
document.addEventListener("dragleave", (event) => event.relatedTarget || drag(false));
document.addEventListener("drop", (event) => {
  if (!event.dataTransfer || !ofFiles(event)) return;
  event.preventDefault(); // or the browser would leave the page to show the file
  drag(false);
  if (readOnly()) return;
  const dropped = [...event.dataTransfer.items]
    .map((item) => item.webkitGetAsEntry?.())
    .filter(Boolean)
    .filter((entry) => entry.isDirectory);
  const names = dropped.map(({ name }) => name);
  adding.addAll([...event.dataTransfer.files].filter((file) => !names.includes(file.name)));
  for (const entry of dropped) filesOf(entry).then((files) => adding.addFolder(entry.name, files));
});
whole.addEventListener("change", () => {
  const files = [...(whole.files ?? [])];
  adding.addAll([]);
  if (files.length) adding.addFolder(nameOf(files[0]).split("/")[0], files);
  whole.value = "";
});
picker.addEventListener("change", () => {
  if (!window.youju.wide()) send("side"); // what comes of them is told there
  adding.addAll([...(picker.files ?? [])]);
  picker.value = "";
});
on("add", () => picker.click());

// The list

function fromTop() {
  limit = AT_ONCE;
  draw();
}
filter.addEventListener("input", fromTop);
sort.addEventListener("change", fromTop);
on("folders", ({ names }) => {
  if (names.join("/") === inStep.join("/")) return;
  inStep = names;
  draw();
});
on("changed", refresh);
document.addEventListener("click", (event) => {
  for (const menu of list.querySelectorAll("details")) if (!menu.contains(targetOf(event))) menu.open = false;
});
list.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" ? targetOf(event).closest("details") : null;
  if (!menu?.open) return;
  event.preventDefault(); // this Escape is not for the reading pane
  menu.open = false;
  one(menu, "summary").focus();
});
on("scope", ({ documents }) => {
  chosen = new Set(documents.map((info) => info.document_id));
  draw();
});
tabs.addEventListener("message", refresh);
refresh();
