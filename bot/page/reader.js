// The reading pane: opens a citation's document beside the chat (on a phone, as a sheet from below), scrolls to its
// paragraph and marks its sentence. Document text enters the page through text nodes only.
const { word, make, one, failure, targetOf, button, fill, send, on, call, request, copy, wide, layers, language } =
  window.youju;
const {
  links,
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
const pane = /** @type {HTMLElement} */ (element.closest("#reader"));
const [state, text, before, body, rest] = [".state", ".text", ".notes", ".paragraphs", ".rest"].map((name) =>
  one(element, name),
);
const [title, where, path, outline] = [".bar b", ".place", ".path", "#outline"].map((name) => one(element, name));
const [copied, only, paged] = [".link", ".only", ".paged"].map((name) => one(element, name));
const original = one(element, ".original", HTMLAnchorElement);
const [previous, next] = [".previous", ".next"].map((name) => one(element, name, HTMLButtonElement));
/** @param {string} name */
const part = (name) => one(element, name);
const sheet = one(element, ".paper");
const leaves = paper.leaves(sheet, unpaged, (page) => lead(`p${page}`));
let asPages = true; // whether a document that has pages is shown by them, or by its text
const TOGETHER = 40; // paragraphs that the browser lays out, or leaves for later, at one go
/** @type {Given.ReadingView | null} */
let source = null; // the document that is shown, as the server gave it
/** @type {string | null} */
let target = null; // what is open: `cite-…`, `near-…`, `read-…`
/** @type {{ turn: string | null, nth: number } | null} */
let origin = null; // which of the chat's links to the target was followed; the chat may draw new ones
/** @type {HTMLAnchorElement | null} */
let current = null; // that link
/** @type {Element | null} */
let back = null; // what has the focus again when the pane closes
/** @type {HTMLElement[]} */
let blocks = []; // the elements of the paragraphs that are shown
const begin = choices.newest();
const beginEarlier = choices.newest();
/** @type {Named[]} */
let scope = []; // the documents that are asked
fill(element);
pane.classList.add("nothing");

// Which of the chat's links is open

/** Where the open link is after the chat was drawn again; one that was opened by its address may just have come. */
function keep() {
  const same = links.all().filter((link) => link.hash === `#${target}`);
  const found = origin
    ? links.alike(`#${target}`, origin.turn)[origin.nth]
    : same.findLast((link) => link.matches(".cite, .near"));
  if (current !== found) {
    current?.removeAttribute("aria-current");
    current = found || null;
    current?.setAttribute("aria-current", "true");
  }
  const all = links.numbers();
  const place = current ? all.indexOf(current) : -1;
  previous.disabled = place <= 0;
  next.disabled = place < 0 || place === all.length - 1;
}

// Drawing

/** The document that is shown, where one must be. */
function view() {
  if (!source) throw new Error("no document is open");
  return source;
}

/** @param {Given.ShownParagraph} paragraph @param {number} index */
function block(paragraph, index) {
  const source = view();
  const here = first() + index === source.paragraph;
  const doubt = choices.unsure(paragraph) ? word("recognised_unsure") : null;
  const names = [
    here && "here",
    first() + index === 0 && paragraph.text === source.title && "title",
    doubt && "unsure",
  ];
  return shown.block(paragraph, { names: names.filter(Boolean), title: doubt, mark: here ? source.mark : null });
}

/** @param {number} paragraph */
const readTarget = (paragraph) => `read-${view().document_id}.${paragraph}`;
const first = () => view().first; // of the paragraphs that are shown
/** @param {Given.OutlineLine} heading */
const nodeOf = (heading) => blocks[heading.paragraph - first()]; // none in a part of the document that is not here
/** @param {...Child} children */
const note = (...children) => make("div", { class: "note", role: "status" }, ...children);
/** @param {string | null | undefined} quote */
const words = (quote) => (quote ? make("blockquote", {}, quote) : null);

function drawState() {
  const { state: now, cited } = view();
  const key = now === "gone" && target?.startsWith("read-") ? "no_heading" : now;
  state.replaceChildren(...(key === "same" ? [] : [note(word(key), key === "moved" ? null : words(cited))]));
}

function drawText() {
  const source = view();
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

/** @param {Given.ReadingView} answered */
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
  const leafed = source && source.pages > 0 ? source : null;
  const on = leafed !== null && asPages && !pointer.isOn();
  paged.hidden = !leafed;
  paged.setAttribute("aria-pressed", String(on));
  [sheet.hidden, text.hidden] = [!on, on];
  if (on) leaves.draw(leafed);
  else here();
  follow();
}

/** Show the text instead of a page that could not be drawn, and say why. @param {string} picture */
async function unpaged(picture) {
  const of = view();
  asPages = false;
  drawPages();
  const headers = { "Accept-Language": language };
  const wrong = await request(picture, { headers }).then(() => null, failure);
  const told = wrong?.result?.error ? characters.withoutName(wrong.message, of.source) : word("no_picture");
  if (source === of) state.append(note(told));
}

/**
 * Let the address and a copied link lead to a place in the document: a page, a heading, a paragraph.
 * @param {string | number} place
 */
function lead(place) {
  history.replaceState(history.state, "", `#read-${view().document_id}.${place}`);
}

/**
 * Scroll the text to a node of it: its middle to the pane's, or its beginning to the top.
 * @param {Element | Range | null} node
 * @param {boolean} middle
 */
function reach(node, middle) {
  const go = () => {
    const box = node?.getBoundingClientRect();
    const top = box ? box.top - text.getBoundingClientRect().top + text.scrollTop : 0;
    text.scrollTop = box ? top - (middle ? Math.max((text.clientHeight - box.height) / 2, 24) : 16) : 0;
  };
  go();
  requestAnimationFrame(go); // what was drawn around it may have another height than was reckoned
}

/** @param {Given.OutlineLine} heading */
function jump(heading) {
  if (!sheet.hidden && heading.page) return leaves.turn(heading.page);
  const first = view().outline.find(({ text }) => text === heading.text);
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
  if (text.hidden) return view().paragraph ?? 0;
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
  const turns = await call(server.asked_of(view().document_id)).catch(() => []);
  if (isNewest()) asked.draw(turns);
}
const unfolded = () => contents.unfold(false);
const asked = earlier.panel(part("#earlier"), part(".tools .earlier"), language, unfolded, async (turn) => {
  asked.unfold(false);
  if (!wide()) close(); // the sheet would cover the answer
  send("conversation", { id: turn.conversation_id });
  const node = await earlier.appeared(`#talk [data-turn="${turn.turn_id}"]`);
  node?.scrollIntoView({ block: "start" });
  const link = node && links.all().find((other) => node.contains(other) && other.hash === `#cite-${turn.target}`);
  if (link && wide()) open(link.hash.slice(1), link);
});

/** @param {...HTMLElement} children */
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

/** @param {string} wanted @param {HTMLAnchorElement | null} [link] */
async function open(wanted, link = null) {
  const isNewest = begin();
  const number = link && links.at(link) === link ? links.numberOf(link) : null;
  if (!pane.classList.contains("open") || number) back = number || link || document.activeElement;
  target = wanted;
  const turn = number && links.turnOf(number);
  origin = number && { turn, nth: links.alike(number.hash, turn).indexOf(number) };
  keep();
  pane.classList.add("open");
  layers.opened("reader", close);
  history.replaceState(history.state, "", `#${encodeURI(target)}`); // the page's address is the citation's
  if (current && !wide()) current.scrollIntoView({ block: "nearest" }); // above the sheet
  try {
    const answered = await call(server.source(target));
    if (isNewest()) draw(answered);
  } catch (error) {
    const { message, result } = failure(error);
    if (isNewest()) say(make("div", { class: "note", role: "alert" }, message, words(result?.quote)));
  }
}

function close() {
  const focus = current || back;
  clear();
  if (focus instanceof HTMLElement && focus.isConnected) focus.focus({ preventScroll: true });
}

/** Close, and leave the focus where it is. */
function clear() {
  begin(); // what is on its way is not drawn any more
  pointer.stop();
  pane.classList.replace("open", "nothing");
  history.replaceState(history.state, "", location.pathname + location.search);
  target = origin = source = null;
  finder.drawn();
  keep();
  layers.closed("reader");
}

// What is shown belongs to the conversation that is shown (`mark`: to its last answer), and to the documents that are.
on("stale", ({ mark = false }) => {
  if (!target || (mark && target.startsWith("read-"))) return;
  clear();
  say();
});
on("library", async ({ documents }) => {
  const shown = source;
  if (!shown || !target) return;
  if (!documents.some((info) => info.document_id === shown.document_id)) {
    clear();
    say();
    return send("tell", { line: word("removed_open", shown) });
  }
  const now = await call(server.source(target)).catch(() => null);
  if (now && source === shown && JSON.stringify(now) !== JSON.stringify(shown)) draw(now);
});

/** @param {number} by */
function step(by) {
  const all = links.numbers();
  const place = current ? all.indexOf(current) : -1;
  const link = place >= 0 && all[place + by];
  if (!link) return;
  link.closest(".folded")?.dispatchEvent(new Event("beforematch"));
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
  const { document_id, title } = view();
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
    layers.opened("reader", close);
  },
  redraw: () => source?.pages && drawPages(),
});

// What a person does

document.addEventListener("click", (event) => {
  const link = links.at(targetOf(event));
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return; // those open another window
  event.preventDefault();
  open(link.hash.slice(1), link);
});
document.addEventListener("keydown", (event) => {
  if (
    event.defaultPrevented ||
    event.isComposing ||
    document.querySelector("dialog[open]") ||
    targetOf(event).closest("#side :is(input, details[open])")
  )
    return;
  const typing = targetOf(event).closest("input, textarea, [contenteditable]");
  const plain = !typing && !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
  if (event.key === "Escape" && pointer.isOn()) pointer.stop();
  else if (event.key === "Escape" && pane.classList.contains("open")) close();
  else if (event.key === "ArrowLeft" && current && plain) step(-1);
  else if (event.key === "ArrowRight" && current && plain) step(1);
});
previous.addEventListener("click", () => step(-1));
next.addEventListener("click", () => step(1));
part(".close").addEventListener("click", close);
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
  finder.open(selection && text.contains(selection.anchorNode) ? String(selection).trim().slice(0, 100) : "");
});

taken.taker(pane, text, part(".printed"), { source: () => source, blocks: () => blocks, first });
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
new MutationObserver(
  (changes) => changes.some((change) => document.querySelector("#talk")?.contains(change.target)) && keep(),
).observe(document.body, { childList: true, subtree: true });
window.addEventListener("hashchange", openAddress);
openAddress();
