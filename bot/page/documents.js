// The documents: what was read of each; choose which to ask, read, download, replace, remove; add by button or by drop.
// A few files go up one by one, so that each has its own bar and its own report; many go together, under one line that
// counts.
const { word, make, button, fill, send, on, call, request, language, text, choices, tree, folderRow } = window.youju;
const { nameOf, isMeant, filesOf } = window.youju.dropped;
const { parts, sendFiles, reportsOf, told } = window.youju.sending;
const [list, reports, picker, whole, none, find, filter, sort, scope, behind] = [
  ".documents",
  ".reports",
  "#upload input",
  ".whole input",
  ".none",
  ".find",
  ".filter",
  ".sort",
  ".chosen",
  ".behind",
].map((name) => element.querySelector(name));
const FEW = 8; // so many are seen at a glance
const MANY = 6; // files, from which on they go up together
const AT_ONCE = 200; // so many lines are drawn, and as many more when they are asked for
let library = { documents: [], megabytes: 0, suffixes: [] };
let rows = new Map(); // id -> {info, node, choose}: those that were drawn
const folders = new Map(); // path -> {node, choose, label, menu}
let inStep = []; // names of folders that are kept in step
let limit = AT_ONCE;
const opened = new Map(); // path -> whether a person has opened or closed it
let chosen = new Set(); // ids of the documents that are asked; none: all
let waiting = Promise.resolve(); // one file after the other
let watching; // the work after adding
const tabs = new BroadcastChannel("youju-documents");
const readOnly = () => document.body.classList.contains("read-only"); // this only hides; the server refuses
fill(element);

async function refresh() {
  try {
    library = await call(server.library(null));
  } catch (error) {
    return report("", "failed", error.message);
  }
  picker.accept = library.suffixes.join(",");
  const kinds = [...new Set(Object.values(library.formats ?? {}).map((name) => name[language]))];
  element.querySelector(".formats").textContent = word("formats", { kinds: kinds.join(word("comma")) });
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

/** What a file is called: by its encoding, or, where it has none of its own, by its format. */
const kind = (info) => {
  const name = library.formats?.[text.suffix(info.source)];
  return name && Object.values(name).includes(info.encoding) ? { ...info, encoding: name[language] } : info;
};
const facts = (info) =>
  [
    word(info.levels ? "facts" : "facts_flat", kind(info)),
    ...["pages", "tables", "recognised"]
      .filter((name) => info.reading[name])
      .map((name) => word(`facts_${name}`, info.reading)),
  ].join(word("facts_between"));
const notices = (info) => info.reading.notices.map((notice) => notice[language]);
/** A quiet line where much the same text is there already. */
const alike = ({ source, share }) =>
  word(share === 1 ? "same_text" : "alike", { source, percent: Math.round(100 * share) });

/** Where everything is seen at a glance folders stand open, until a person says otherwise. */
const isOpen = ({ path }) => opened.get(path) ?? library.documents.length <= 2 * FEW;
const wanted = () => (find.hidden ? "" : text.folded(filter.value.trim()));
const matches = (info, said) => text.folded(`${info.title}\n${info.source}\n${info.tags.join("\n")}`).includes(said);

/** Draw the lines that are shown. Those that have not changed stay as they are: somebody may have a menu open. */
function draw() {
  const root = tree.build(library.documents, inStep);
  element.querySelector(".count").textContent = library.documents.length.toLocaleString();
  find.hidden = library.documents.length <= FEW;
  const said = wanted();
  const found = library.documents.filter((info) => matches(info, said)).sort(tree.order(sort.value, language));
  const lines = said ? found.map((info) => ({ info, depth: 0 })) : tree.lines(root, isOpen, sort.value, language);
  rows = new Map(library.documents.filter(sameAsDrawn).map((info) => [info.document_id, rows.get(info.document_id)]));
  const nodes = lines.slice(0, limit).map(({ info, folder, depth }) => {
    const { node } = folder ? lineOf(folder) : documentRow(info);
    node.style.setProperty("--depth", depth);
    return node;
  });
  if (lines.length > limit) nodes.push(moreRow(lines.length - limit));
  if (nodes.length !== list.children.length || nodes.some((node, place) => node !== list.children[place]))
    list.replaceChildren(...nodes);
  none.hidden = lines.length > 0;
  none.textContent = word(library.documents.length ? "none_found" : "no_documents");
  narrow(said ? found : []);
}

const sameAsDrawn = (info) => {
  const known = rows.get(info.document_id);
  return known && (known.info === info || JSON.stringify(known.info) === JSON.stringify(info));
};
function documentRow(info) {
  if (!rows.has(info.document_id)) rows.set(info.document_id, row(info));
  const made = rows.get(info.document_id);
  made.choose.checked = chosen.has(info.document_id);
  return made;
}
const moreRow = (count) =>
  make(
    "li",
    { class: "more-rows" },
    button("open", word("more_rows", { count }), () => {
      limit += AT_ONCE;
      draw();
    }),
  );

/** Tell which documents are asked, and offer those that the filter leaves. */
function narrow(found) {
  const parts = [];
  if (chosen.size)
    parts.push(
      make("span", {}, word("chosen", { count: chosen.size })),
      button("all", word("chosen_all"), () => choose([])),
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

/** The line of a folder, which stays the same while the page is open. */
function lineOf(folder) {
  const known = folders.get(folder.path) ?? newFolderRow(folder.path);
  // One that is kept in step is forgotten where it is named.
  const kept = inStep.includes(folder.path.split("/")[0]);
  known.show(folder, tree.chosenOf(folder, chosen), isOpen(folder), kept);
  return known;
}

function newFolderRow(path) {
  const remove = sureButton(word("remove_all"), () =>
    request(`api/collections/${path.split("/").map(encodeURIComponent).join("/")}`, {
      method: "DELETE",
      headers: { "Accept-Language": language },
    })
      .catch((error) => report(path, "failed", error.message))
      .then(changed),
  );
  const made = folderRow(path, remove, {
    choose: (whole) => {
      for (const id of made.folder.ids) chosen[whole ? "add" : "delete"](id);
      tellScope();
    },
    open: () => {
      opened.set(path, !isOpen(made.folder));
      draw();
    },
  });
  folders.set(path, made);
  return made;
}

function choose(ids) {
  chosen = new Set(ids);
  tellScope();
}

function tellScope() {
  send("scope", { documents: library.documents.filter((info) => chosen.has(info.document_id)) });
}

function row(info) {
  const choose = make("input", {
    type: "checkbox",
    "aria-label": word("choose", info),
    title: word("choose", info),
    onchange: () => {
      chosen[choose.checked ? "add" : "delete"](info.document_id);
      tellScope();
    },
  });
  const name = make(
    "button",
    {
      class: "open",
      type: "button",
      title: info.source,
      "aria-label": word("open", info),
      onclick: () => send("open", { target: `read-${info.document_id}` }),
    },
    make("span", { class: "name" }, info.title),
    make(
      "small",
      { title: [facts(info), ...notices(info)].join("\n") },
      word(info.lost ? "facts_lost" : "facts_short", kind(info)),
    ),
  );
  const other = make("input", {
    type: "file",
    hidden: true,
    "aria-label": word("replace"),
    onchange: () => other.files.length && add(other.files[0], info),
  });
  const menu = make(
    "details",
    { class: "menu" },
    make("summary", { "aria-label": word("more", info) }, "⋯"),
    make(
      "div",
      {},
      ...notices(info).map((line) => make("p", {}, line)),
      make(
        "a",
        { href: `api/documents/${info.document_id}/original`, download: true, onclick: () => (menu.open = false) },
        word("original"),
      ),
      button("replace", word("replace"), () => {
        menu.open = false;
        other.value = "";
        other.click();
      }),
      removeButton(info),
    ),
  );
  return {
    info,
    choose,
    node: make("li", {}, make("label", { class: "choose" }, choose), name, menu, other),
  };
}

const removeButton = (info) =>
  sureButton(word("remove_it"), () =>
    request(`api/documents/${info.document_id}`, { method: "DELETE", headers: { "Accept-Language": language } })
      .catch((error) => report(info.source, "failed", error.message))
      .then(changed),
  );

/** A button that asks once more; who goes elsewhere has not meant it. */
function sureButton(label, then) {
  const made = button("remove danger", label, () => {
    if (made.classList.contains("sure")) return then();
    made.classList.add("sure");
    made.textContent = word("remove_sure");
  });
  made.addEventListener("blur", () => {
    made.classList.remove("sure");
    made.textContent = label;
  });
  return made;
}

function changed() {
  tabs.postMessage("changed");
  return refresh();
}

// Adding

/** A line about one file, or about several with what ``opens`` below it; returns how to change it. */
function report(source, status, message, into = reports, opens = null) {
  const words = make("span", {}, message);
  const bar = make("progress", { max: 1, "aria-label": source });
  const dismiss = button("dismiss", word("dismiss"), () => line.remove(), "×");
  const line = make("li", {}, make("div", {}, make("b", {}, source), words), dismiss, bar);
  if (opens) line.append(opens);
  const set = (state, said, part = null) => {
    line.className = state;
    words.setAttribute("role", state === "failed" ? "alert" : "status");
    words.ariaLive = part === null ? null : "off"; // numbers that run are not read out
    words.textContent = said;
    bar.hidden = state !== "going";
    dismiss.hidden = state === "going" || into !== reports;
    if (part === null) bar.removeAttribute("value");
    else bar.value = part;
  };
  set(status, message);
  if (into !== reports && status === "failed")
    into.prepend(line); // what needs a person is seen first
  else into.append(line);
  if (into === reports) line.scrollIntoView({ block: "nearest" });
  return set;
}

function addFolder(name, files) {
  const meant = files.filter((file) => isMeant(nameOf(file), library.suffixes));
  if (meant.length) addThem(meant);
  else report(name, "failed", word("folder"));
}

/** Add a file, or put it in the place of a document. */
function add(file, instead = null) {
  const source = instead ? instead.source : nameOf(file);
  if (file.size > library.megabytes * 1e6) {
    report(source, "failed", word("too_large", { limit: library.megabytes }));
    return;
  }
  const tell = report(source, "going", word("queued"));
  waiting = waiting.then(() => upload(file, instead, tell)).then(changed);
}

/** Add many files: one line counts them and opens to a line of each; they are sent some at a time. */
function addMany(files) {
  const each = make("ul", {});
  const opens = make("details", {}, make("summary", {}, word("each")), each);
  const tell = report(word("many", { count: files.length }), "going", word("queued"), reports, opens);
  const large = files.filter((file) => file.size > library.megabytes * 1e6);
  for (const file of large) report(nameOf(file), "failed", word("too_large", { limit: library.megabytes }), each);
  let [read, failed] = [large.length, large.length];
  const count = () => tell("going", word("many_read", { read, count: files.length }), read / files.length);
  for (const part of parts(files.filter((file) => !large.includes(file))))
    waiting = waiting
      .then(() => sendFiles(part, null, count))
      .then((sending) => {
        for (const [source, ...told] of outcomes(sending, part)) {
          report(source, ...told, each);
          failed += told[0] === "failed";
        }
        read += part.length;
        count();
      })
      .then(changed);
  waiting = waiting.then(() => {
    const words = failed
      ? word("many_failed", { count: files.length - failed, failed })
      : word("many_done", { count: files.length });
    tell(failed === files.length ? "failed" : "done", words);
  });
}

async function upload(file, instead, tell) {
  tell("going", word("uploading"), 0);
  const sent = ({ loaded, total }) => loaded < total && tell("going", word("uploading"), loaded / total);
  const sending = await sendFiles([file], instead, sent, (going) => tell("going", ...told(going)));
  const source = instead ? instead.source : nameOf(file);
  if (!sending.status) return tell("failed", word(navigator.onLine ? "not_sent" : "no_network"));
  const { error = word("offline"), made, inside } = reportsOf(sending);
  tell(...(made ? outcome(made, inside, source) : ["failed", error]));
}

/** What came of each file that was sent, and of those inside them: its name, and how it is told. */
function outcomes(sending, files) {
  if (!sending.status) {
    const lost = word(navigator.onLine ? "not_sent" : "no_network");
    return files.map((file) => [nameOf(file), "failed", lost]);
  }
  const { error = word("offline"), made, inside } = reportsOf(sending);
  if (!made) return files.map((file) => [nameOf(file), "failed", error]);
  return [made, ...inside].map((one) => [one.source, ...outcome(one, [], one.source)]);
}

function outcome(made, inside, source) {
  if (made.status === "failed") return ["failed", text.withoutName(made[`error_${language}`], source)];
  const more = made.status === "unchanged" ? [] : notices(made.document);
  const added = inside.filter(({ status }) => status !== "failed").length;
  if (added) more.push(word("inside", { count: added }));
  if (made.alike) more.push(alike(made.alike));
  return ["done", [`${word(made.status)}${facts(made.document)}`, ...more].join("\n")];
}

function addThem(files) {
  if (files.length < MANY) for (const file of files) add(file);
  else addMany(files);
}

function addAll(files) {
  reports.replaceChildren(...reports.querySelectorAll(".going")); // what was told of earlier ones has been read
  addThem(files);
}

const ofFiles = (event) => event.dataTransfer.types.includes("Files"); // text may be dragged into the question
const drag = (shown) => document.body.classList.toggle("dropping", shown);

document.addEventListener("dragover", (event) => {
  if (!ofFiles(event)) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = readOnly() ? "none" : "copy";
  drag(!readOnly());
});
document.addEventListener("dragleave", (event) => event.relatedTarget || drag(false));
document.addEventListener("drop", (event) => {
  if (!ofFiles(event)) return;
  event.preventDefault(); // or the browser would leave the page to show the file
  drag(false);
  if (readOnly()) return;
  const dropped = [...event.dataTransfer.items]
    .map((item) => item.webkitGetAsEntry?.())
    .filter((entry) => entry?.isDirectory);
  const names = dropped.map(({ name }) => name);
  addAll([...event.dataTransfer.files].filter((file) => !names.includes(file.name)));
  for (const entry of dropped) filesOf(entry).then((files) => addFolder(entry.name, files));
});
whole.addEventListener("change", () => {
  const files = [...whole.files];
  addAll([]);
  if (files.length) addFolder(nameOf(files[0]).split("/")[0], files);
  whole.value = "";
});
picker.addEventListener("change", () => {
  addAll([...picker.files]);
  picker.value = "";
});

// The list

for (const [node, name] of [
  [filter, "input"],
  [sort, "change"],
])
  node.addEventListener(name, () => {
    limit = AT_ONCE;
    draw();
  });
on("folders", ({ names }) => {
  if (names.join("/") === inStep.join("/")) return;
  inStep = names;
  draw();
});
on("changed", refresh);
document.addEventListener("click", (event) => {
  for (const menu of list.querySelectorAll("details[open]")) if (!menu.contains(event.target)) menu.open = false;
});
list.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest("details[open]");
  if (!menu) return;
  event.preventDefault(); // this Escape is not for the reading pane
  menu.open = false;
  menu.querySelector("summary").focus();
});
on("scope", ({ documents }) => {
  chosen = new Set(documents.map((info) => info.document_id));
  draw();
});
tabs.addEventListener("message", refresh);
refresh();
