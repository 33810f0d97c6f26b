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
  layers,
  language,
  text: characters,
  choices,
  paper,
} = window.youju;
const TARGET = /^#((?:cite|near|read)-.+)$/;
const LINKS = '#talk :is(a.cite, a.source, a.near):is([href^="#cite-"], [href^="#near-"])';
const pane = element.closest("#reader");
const [state, text, before, body, rest] = [".state", ".text", ".notes", ".paragraphs", ".rest"].map((name) =>
  element.querySelector(name),
);
const [title, where, path, outline, invitation] = [".bar b", ".place", ".path", "#outline", ".pick"].map((name) =>
  element.querySelector(name),
);
const [contents, copied, original, only, paged] = [".contents", ".link", ".original", ".only", ".paged"].map((name) =>
  element.querySelector(name),
);
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
let picking = null; // the turn for which the right paragraph is being pointed out
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

function marked(content, { start, end }) {
  const [before, quoted, after] = characters.parted(content, start, end);
  return [before, make("mark", {}, quoted), after];
}

function block(paragraph, index) {
  const tag = paragraph.level ? `h${Math.min(paragraph.level + 2, 6)}` : "p";
  const here = first() + index === source.paragraph;
  const name = [here && "here", first() + index === 0 && paragraph.text === source.title && "title"]
    .filter(Boolean)
    .join(" ");
  const children = here && source.mark ? marked(paragraph.text, source.mark) : [paragraph.text];
  const doubt = choices.unsure(paragraph) ? word("recognised_unsure") : null;
  return make(tag, { class: [name, doubt && "unsure"].filter(Boolean).join(" ") || null, title: doubt }, ...children);
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
  const parts = Array.from({ length: Math.ceil(blocks.length / TOGETHER) }, (_, part) =>
    blocks.slice(part * TOGETHER, (part + 1) * TOGETHER),
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
  drawOutline();
  drawScope();
  invite();
  drawPages();
}

const here = () =>
  reach(text.querySelector("mark") || text.querySelector(".here"), !text.querySelector(":is(h3, h4, h5, h6).here"));

/** Show the document by its pages, where it has such and no paragraph is being pointed out; else by its text. */
function drawPages() {
  const has = source?.pages > 0;
  const on = has && asPages && picking === null;
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

function drawOutline() {
  const top = Math.min(...source.outline.map((heading) => heading.level));
  const lines = source.outline.map((heading) => {
    const line = button("", heading.text, () => jump(heading));
    line.style.setProperty("--depth", heading.level - top);
    return make("li", {}, line);
  });
  outline.firstElementChild.replaceChildren(...lines);
  contents.hidden = !lines.length;
  if (!lines.length) unfold(false);
}

function jump(heading) {
  if (!wide()) unfold(false);
  if (!sheet.hidden && heading.page) return leaves.turn(heading.page);
  const first = source.outline.find(({ text }) => text === heading.text);
  lead(first === heading ? `h${encodeURIComponent(heading.text)}` : heading.paragraph);
  const node = nodeOf(heading);
  if (!node) return open(readTarget(heading.paragraph));
  node.tabIndex = -1;
  node.focus({ preventScroll: true });
  reach(node, false);
}

function unfold(shown) {
  outline.hidden = !shown;
  contents.setAttribute("aria-expanded", String(shown));
  if (shown) follow();
}

/** Mark the section that stands at the top of the pane. */
function follow() {
  if (outline.hidden || !source || text.hidden) return;
  const line = text.getBoundingClientRect().top + 60;
  const inside = source.outline.filter(nodeOf);
  // By halves: to ask where a paragraph is makes the browser lay it out.
  const place = choices.lastWhere(inside.length, (at) => nodeOf(inside[at]).getBoundingClientRect().top <= line);
  const here = outline.querySelectorAll("button")[source.outline.indexOf(inside[place])];
  const old = outline.querySelector("[aria-current]");
  if (old === here) return;
  old?.removeAttribute("aria-current");
  here?.setAttribute("aria-current", "location");
  if (!outline.contains(document.activeElement)) here?.scrollIntoView({ block: "nearest" });
}

function say(...children) {
  source = null;
  drawPages();
  blocks = [];
  pane.classList.add("nothing");
  title.textContent = where.textContent = path.textContent = "";
  unfold(false);
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
  layers.opened("reader", close);
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
  const focus = current || back;
  clear();
  if (focus?.isConnected) focus.focus({ preventScroll: true });
}

/** Close, and leave the focus where it is. */
function clear() {
  begin(); // what is on its way is not drawn any more
  stopPicking();
  pane.classList.replace("open", "nothing");
  history.replaceState(history.state, "", location.pathname + location.search);
  target = origin = source = null;
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
  if (!shown) return;
  if (!documents.some((info) => info.document_id === shown.document_id)) {
    clear();
    say();
    return send("tell", { line: word("removed_open", shown) });
  }
  const now = await call(server.source(target)).catch(() => null);
  if (now && source === shown && JSON.stringify(now) !== JSON.stringify(shown)) draw(now);
});

function step(by) {
  const all = numbers();
  const place = all.indexOf(current);
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
  const { document_id, title } = source;
  send("scope", { documents: alone() ? [] : [{ document_id, title }] });
});
on("scope", ({ documents }) => {
  scope = documents;
  drawScope();
});

// Pointing out the paragraph that would have been right

function invite(thanks = null) {
  const asking = picking !== null;
  text.classList.toggle("picking", asking && source !== null);
  for (const node of asking ? blocks : text.querySelectorAll("[role=button]")) {
    for (const [name, value] of Object.entries({ role: "button", tabindex: 0 })) {
      if (asking) node.setAttribute(name, value);
      else node.removeAttribute(name);
    }
  }
  const list = button("list", word("pick_list"), () => send("side"));
  const lines = asking
    ? [
        make("span", {}, word(source ? "pick" : "pick_open") + (wide() ? word("pick_escape") : "")),
        source || wide() ? null : list,
        button("cancel", word("pick_cancel"), stopPicking),
      ]
    : [thanks];
  invitation.replaceChildren(...lines.filter(Boolean));
}

function stopPicking() {
  picking = null;
  invite();
  if (source?.pages) drawPages();
}

function pick(node) {
  const paragraph = first() + blocks.indexOf(node);
  const turn = picking;
  picking = null;
  const guest = document.body.classList.contains("visiting");
  invite(word(guest ? "pick_thanks" : "pick_counts", { paragraph: paragraph + 1 }));
  text.focus({ preventScroll: true });
  send("picked", { turn, right: { document_id: source.document_id, paragraph } });
}

on("pick", ({ turn }) => {
  picking = turn;
  if (!source) say();
  pane.classList.add("open");
  layers.opened("reader", close);
  invite();
  if (source?.pages) drawPages();
  (text.querySelector(".here") || blocks[0])?.focus({ preventScroll: true });
});
on("conversation", () => picking !== null && stopPicking());
text.addEventListener("click", (event) => {
  const node = picking !== null && event.target.closest("[role=button]");
  if (node) pick(node);
});
text.addEventListener("keydown", (event) => {
  const node = event.target.closest("[role=button]");
  if (picking === null || !node) return;
  if (["Enter", " "].includes(event.key)) {
    event.preventDefault();
    pick(node);
  } else if (["ArrowUp", "ArrowDown"].includes(event.key)) {
    event.preventDefault();
    blocks[blocks.indexOf(node) + (event.key === "ArrowDown" ? 1 : -1)]?.focus();
  }
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
  if (event.key === "Escape" && picking !== null) stopPicking();
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
contents.addEventListener("click", () => unfold(outline.hidden));
copied.addEventListener("click", async () => {
  await copy(location.href);
  copied.textContent = word("link_copied");
  setTimeout(() => (copied.textContent = word("copy_link")), 2000);
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
