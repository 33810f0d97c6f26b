// The reading pane: opens a citation's document beside the chat (on a phone, as a sheet from below), scrolls to its
// paragraph and marks its sentence. Document text enters the page through text nodes only.
const {
  word,
  make,
  button,
  fill,
  send,
  on,
  call,
  request,
  copy,
  wide,
  language,
  text: characters,
  choices,
  paper,
  picking,
  shown,
  contents: outlines,
  finding,
  taken,
  earlier,
} = window.youju;
const TARGET = /^#((?:cite|near|read)-.+)$/;
const LINKS = '#talk :is(a.cite, a.source, a.near):is([href^="#cite-"], [href^="#near-"])';
const pane = element.closest("#reader");
const [state, text, before, body, rest] = [".state", ".text", ".notes", ".paragraphs", ".rest"].map((name) =>
  element.querySelector(name),
);
const [title, where, path, outline] = [".bar b", ".place", ".path", "#outline"].map((name) =>
  element.querySelector(name),
);
const [copied, original, only, paged] = [".link", ".original", ".only", ".paged"].map((name) =>
  element.querySelector(name),
);
const part = (name) => element.querySelector(name);
const sheet = element.querySelector(".paper");
const leaves = paper.leaves(sheet, unpaged, (page) => lead(`p${page}`));
let asPages = true; // whether a document that has pages is shown by them, or by its text
const TOGETHER = 40; // paragraphs that the browser lays out, or leaves for later, at one go
let source = null; // the document that is shown, as the server gave it
let shared = null; // what a copied link leads to: the target, or where in its document a person has gone since
let target = null; // what is open: `cite-…`, `near-…`, `read-…`
let origin = null; // {turn, nth}: which of the chat's links to the target was followed; the chat may draw new ones
let current = null; // that link
let back = null; // what has the focus again when the pane closes
let blocks = []; // the elements of the paragraphs that are shown
const begin = choices.newest();
const beginEarlier = choices.newest();
let scope = []; // the documents that are asked
fill(element);
pane.classList.add("nothing");

// Which of the chat's links is open

const links = () => [...document.querySelectorAll(LINKS)];
const numbers = () => links().filter((link) => link.matches(".cite"));
const turnOf = (link) => link.closest("[data-turn]")?.dataset.turn;
const alike = (hash, turn) => links().filter((link) => link.hash === hash && turnOf(link) === turn);

/** The number that a link stands for: a line of an answer's sources stands for its number. */
const numberOf = (link) =>
  (link.matches(".source") && alike(link.hash, turnOf(link)).find((other) => other.matches(".cite"))) || link;

/** Where the open link is after the chat was drawn again; one that was opened by its address may just have come. */
function keep() {
  const same = target && links().filter((link) => link.hash === `#${target}`);
  const found = origin
    ? same?.filter((link) => turnOf(link) === origin.turn)[origin.nth]
    : same?.findLast((link) => link.matches(".cite, .near"));
  if (current !== found) {
    current?.removeAttribute("aria-current");
    current = found || null;
    current?.setAttribute("aria-current", "true");
  }
  const all = numbers();
  const place = all.indexOf(current);
  element.querySelector(".previous").disabled = place <= 0;
  element.querySelector(".next").disabled = place < 0 || place === all.length - 1;
}

// Drawing

function block(paragraph, index) {
  const here = first() + index === source.paragraph;
  const doubt = choices.unsure(paragraph) ? word("recognised_unsure") : null;
  const names = [
    here && "here",
    first() + index === 0 && paragraph.text === source.title && "title",
    doubt && "unsure",
  ];
  return shown.block(paragraph, { names: names.filter(Boolean), title: doubt, mark: here ? source.mark : null });
}

const readTarget = (paragraph) => `read-${source.document_id}.${paragraph}`;
const first = () => source.first; // of the paragraphs that are shown
const nodeOf = (heading) => blocks[heading.paragraph - first()]; // none in a part of the document that is not here
const note = (...children) => make("div", { class: "note", role: "status" }, ...children);
const words = (quote) => (quote ? make("blockquote", {}, quote) : null);

function drawState() {
  const key = source.state === "gone" && target.startsWith("read-") ? "no_heading" : source.state;
  state.replaceChildren(...(key === "same" ? [] : [note(word(key), key === "moved" ? null : words(source.cited))]));
}

function drawText() {
  blocks = source.paragraphs.map(block);
  const nodes = shown.together(blocks, source.paragraphs);
  const parts = Array.from({ length: Math.ceil(nodes.length / TOGETHER) }, (_, part) =>
    nodes.slice(part * TOGETHER, (part + 1) * TOGETHER),
  );
  const after = first() + blocks.length;
  before.replaceChildren(
    ...(blocks.length < source.total ? [note(word("cut"))] : []),
    ...(first() > 0 ? [button("part", word("part_before"), () => open(readTarget(first() - 1)))] : []),
  );
  body.replaceChildren(...parts.map((part) => make("div", {}, ...part)));
  rest.replaceChildren(
    ...(after < source.total ? [button("part", word("part_after"), () => open(readTarget(after)))] : []),
  );
}

function draw(answered) {
  source = answered;
  pane.classList.remove("nothing");
  title.textContent = word("title", source);
  where.textContent =
    source.paragraph === null ? "" : word("count", { paragraph: source.paragraph + 1, total: source.total });
  if (source.paragraph !== null && source.page) where.textContent += ` · ${word("page", source)}`;
  // The title stands above.
  path.textContent = source.address?.replace(`《${source.title}》`, "") || [...source.section].join(" › ");
  original.href = `api/documents/${encodeURIComponent(source.document_id)}/original`;
  drawState();
  drawText();
  contents.draw(source.outline);
  drawScope();
  pointer.invite();
  drawPages();
  finder.drawn();
  drawEarlier();
}

const here = () =>
  reach(text.querySelector("mark") || text.querySelector(".here"), !text.querySelector(":is(h3, h4, h5, h6).here"));

/** Show the document by its pages, where it has such and no paragraph is being pointed out; else by its text. */
function drawPages() {
  const has = source?.pages > 0;
  const on = has && asPages && !pointer.isOn();
  paged.hidden = !has;
  paged.setAttribute("aria-pressed", String(on));
  [sheet.hidden, text.hidden] = [!on, on];
  if (on) leaves.draw(source);
  else here();
  follow();
}

/** Show the text instead of a page that could not be drawn, and say why. */
async function unpaged(picture) {
  const of = source;
  asPages = false;
  drawPages();
  const headers = { "Accept-Language": language };
  const told = await request(picture, { headers }).then(
    () => word("no_picture"),
    ({ result }) => (result?.error ? characters.withoutName(result.error, of.source) : word("no_picture")),
  );
  if (source === of) state.append(note(told));
}

/** Let the address and a copied link lead to a place in the document: a page, a heading, a paragraph. */
function lead(place) {
  shared = `read-${source.document_id}.${place}`;
  history.replaceState(history.state, "", `#${shared}`);
}

/** Scroll the text to a node of it: its middle to the pane's, or its beginning to the top. */
function reach(node, middle) {
  const go = () => {
    const box = node?.getBoundingClientRect();
    const top = box ? box.top - text.getBoundingClientRect().top + text.scrollTop : 0;
    text.scrollTop = box ? top - (middle ? Math.max((text.clientHeight - box.height) / 2, 24) : 16) : 0;
  };
  go();
  requestAnimationFrame(go); // what was drawn around it may have another height than was reckoned
}

function jump(heading) {
  if (!sheet.hidden && heading.page) return leaves.turn(heading.page);
  const first = source.outline.find(({ text }) => text === heading.text);
  lead(first === heading && !heading.begins ? `h${encodeURIComponent(heading.text)}` : heading.paragraph);
  const node = nodeOf(heading);
  if (!node) return open(readTarget(heading.paragraph));
  node.tabIndex = -1;
  node.focus({ preventScroll: true });
  reach(node, false);
}
const contents = outlines.panel(outline, part(".tools .contents"), jump, () => {
  asked.unfold(false);
  follow();
});

/** Mark the section that stands at the top of the pane. */
function follow() {
  if (outline.hidden || !source || text.hidden) return;
  const line = text.getBoundingClientRect().top + 60;
  const inside = source.outline.filter(nodeOf);
  // By halves: to ask where a paragraph is makes the browser lay it out.
  const place = choices.lastWhere(inside.length, (at) => nodeOf(inside[at]).getBoundingClientRect().top <= line);
  contents.point(source.outline.indexOf(inside[place]));
}

// Searching in the document, and what was asked of it before

/** The paragraph that stands at the top of the pane. */
function readFrom() {
  if (text.hidden) return source.paragraph ?? 0;
  const line = text.getBoundingClientRect().top;
  return (
    first() +
    Math.max(
      choices.lastWhere(blocks.length, (at) => blocks[at].getBoundingClientRect().top <= line),
      0,
    )
  );
}

const finder = finding.finder(part("#finding"), part(".tools .find"), {
  id: () => source?.document_id ?? null,
  find: (document, words) => server.find({ document, words }),
  blockOf: (paragraph) => blocks[paragraph - first()],
  from: readFrom,
  async show(place, range) {
    if (!sheet.hidden && place.page) return leaves.turn(place.page);
    if (range) return reach(range, true);
    await open(readTarget(place.paragraph));
  },
  drawn: (places, at) => leaves.find(places, at),
});

async function drawEarlier() {
  const isNewest = beginEarlier();
  const turns = await call(server.asked_of(source.document_id)).catch(() => []);
  if (isNewest()) asked.draw(turns);
}
const unfolded = () => contents.unfold(false);
const asked = earlier.panel(part("#earlier"), part(".tools .earlier"), language, unfolded, async (turn) => {
  asked.unfold(false);
  if (!wide()) close(); // the sheet would cover the answer
  send("conversation", { id: turn.conversation_id });
  const node = await earlier.appeared(`#talk [data-turn="${turn.turn_id}"]`);
  node?.scrollIntoView({ block: "start" });
  const link = node && links().find((other) => node.contains(other) && other.hash === `#cite-${turn.target}`);
  if (link && wide()) open(link.hash.slice(1), link);
});

function say(...children) {
  source = null;
  drawPages();
  blocks = [];
  pane.classList.add("nothing");
  title.textContent = where.textContent = path.textContent = "";
  contents.unfold(false);
  asked.unfold(false);
  finder.drawn();
  before.replaceChildren(...children);
  for (const part of [state, body, rest]) part.replaceChildren();
  text.scrollTop = 0;
}

// Opening and closing

async function open(wanted, link = null) {
  const isNewest = begin();
  const number = link?.matches(LINKS) ? numberOf(link) : null;
  if (!pane.classList.contains("open") || number) back = number || link || document.activeElement;
  target = shared = wanted;
  origin = number && { turn: turnOf(number), nth: alike(number.hash, turnOf(number)).indexOf(number) };
  keep();
  pane.classList.add("open");
  history.replaceState(history.state, "", `#${encodeURI(target)}`); // the page's address is the citation's
  if (current && !wide()) current.scrollIntoView({ block: "nearest" }); // above the sheet
  try {
    const answered = await call(server.source(target));
    if (isNewest()) draw(answered);
  } catch (error) {
    if (isNewest()) say(make("div", { class: "note", role: "alert" }, error.message, words(error.result?.quote)));
  }
}

function close() {
  begin(); // what is on its way is not drawn any more
  pointer.stop();
  pane.classList.replace("open", "nothing");
  history.replaceState(history.state, "", location.pathname + location.search);
  const focus = current || back;
  target = origin = source = null;
  finder.drawn();
  keep();
  if (focus?.isConnected) focus.focus({ preventScroll: true });
}

function step(by) {
  const all = numbers();
  const place = all.indexOf(current);
  const link = place >= 0 && all[place + by];
  if (!link) return;
  link.scrollIntoView({ block: "nearest" });
  open(link.hash.slice(1), link);
}

function openAddress() {
  const found = TARGET.exec(location.hash);
  const wanted = found && characters.decoded(found[1]);
  if (wanted && wanted !== target) open(wanted);
}

// Asking this document alone

const alone = () => scope.length === 1 && scope[0].document_id === source?.document_id;

function drawScope() {
  only.setAttribute("aria-pressed", String(alone()));
}

only.addEventListener("click", () => {
  const { document_id, title } = source;
  send("scope", { documents: alone() ? [] : [{ document_id, title }] });
});
on("scope", ({ documents }) => {
  scope = documents;
  drawScope();
});

// Pointing out the paragraph that would have been right

const pointer = picking.pointer(text, part(".pick"), {
  source: () => source,
  blocks: () => blocks,
  first,
  show() {
    if (!source) say();
    pane.classList.add("open");
  },
  redraw: () => source?.pages && drawPages(),
});

// What a person does

document.addEventListener("click", (event) => {
  const link = event.target.closest(LINKS);
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return; // those open another window
  event.preventDefault();
  open(link.hash.slice(1), link);
});
document.addEventListener("keydown", (event) => {
  if (
    event.defaultPrevented ||
    event.isComposing ||
    document.querySelector("dialog[open]") ||
    event.target.closest("#side :is(input, details[open])")
  )
    return;
  const typing = event.target.closest("input, textarea, [contenteditable]");
  const plain = !typing && !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
  if (event.key === "Escape" && pointer.isOn()) pointer.stop();
  else if (event.key === "Escape" && pane.classList.contains("open")) close();
  else if (event.key === "ArrowLeft" && current && plain) step(-1);
  else if (event.key === "ArrowRight" && current && plain) step(1);
});
element.querySelector(".previous").addEventListener("click", () => step(-1));
element.querySelector(".next").addEventListener("click", () => step(1));
element.querySelector(".close").addEventListener("click", close);
paged.addEventListener("click", () => {
  asPages = !asPages;
  drawPages();
});
copied.addEventListener("click", async () => {
  await copy(location.href);
  copied.textContent = word("link_copied");
  setTimeout(() => (copied.textContent = word("copy_link")), 2000);
});
pane.addEventListener("keydown", (event) => {
  const finds = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key === "f";
  if (!finds || !source || finder.isIn(event.target)) return; // pressed there again, it is the browser's own
  event.preventDefault();
  const selection = getSelection();
  finder.open(text.contains(selection.anchorNode) ? String(selection).trim().slice(0, 100) : "");
});

// What is taken out

text.addEventListener("copy", (event) => {
  const selected = getSelection();
  if (!source || selected.isCollapsed) return;
  const from = selected.getRangeAt(0);
  const at = blocks.findIndex((node) => from.intersectsNode(node));
  if (at >= 0) taken.copySelected(event, source, first() + at);
});
let printing = false; // by the pane's own button
window.addEventListener("beforeprint", () => {
  const wanted = source && (printing || pane.contains(document.activeElement));
  document.body.classList.toggle("printing-source", Boolean(wanted));
  if (wanted)
    part(".printed").replaceChildren(
      ...taken.printedHead(source, new Date().toLocaleDateString(language === "zh" ? "zh-CN" : "en"), location.href),
    );
});
window.addEventListener("afterprint", () => document.body.classList.remove("printing-source"));
part(".tools .print").addEventListener("click", () => {
  printing = true;
  print();
  printing = false;
});

let drawn = false;
text.addEventListener("scroll", () => {
  if (drawn) return;
  drawn = true;
  requestAnimationFrame(() => {
    drawn = false;
    follow();
  });
});
on("open", (asked) => open(asked.target, asked.link || null));
new MutationObserver((changes) => changes.some((change) => change.target.closest?.("#talk")) && keep()).observe(
  document.body,
  { childList: true, subtree: true },
);
window.addEventListener("hashchange", openAddress);
openAddress();
