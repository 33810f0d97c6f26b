// The reading pane: opens a citation's document beside the chat, scrolls to its paragraph and marks its sentence.
// Document text enters the page through text nodes only.
const { word, make, fill, wide } = window.youju;
const LINK = "a.cite, a.source, a.near"; // the server writes these; text from documents cannot
const pane = element.closest("#reader");
const text = element.querySelector(".text");
const [title, where, path] = ["b", ".place", ".path"].map((name) => element.querySelector(name));
let current = null; // the link that is shown
let latest = 0; // only the newest request may draw
fill(element);

const inChat = (selector) => [...document.querySelectorAll("#chat " + selector)];
const numbers = () => inChat("a.cite");

/** The number that a link stands for: a line of an answer's sources stands for its number. */
const numberOf = (link) => [...link.closest(".message").querySelectorAll("a.cite")].find((a) => a.hash === link.hash) || link;

function marked(content, from, to) {
  const points = Array.from(content); // spans count code points
  const slice = (a, b) => points.slice(a, b).join("");
  return [slice(0, from), make("mark", {}, slice(from, to)), slice(to)];
}

function block(paragraph, index, source) {
  const tag = paragraph.level ? "h" + Math.min(paragraph.level + 2, 6) : "p";
  if (index !== source.at) return make(tag, {}, paragraph.text);
  const children = source.to > source.from ? marked(paragraph.text, source.from, source.to) : [paragraph.text];
  return make(tag, { class: "here" }, ...children);
}

function draw(source) {
  title.textContent = word("title", source);
  where.textContent = source.at === null ? "" : word("count", { paragraph: source.number, total: source.total });
  path.textContent = source.section.join(" › ");
  const notes = [source.changed && "changed", source.cut && "cut"].filter(Boolean);
  text.replaceChildren(
    ...notes.map((key) => make("div", { class: "note", role: "status" }, word(key))),
    ...source.paragraphs.map((paragraph, index) => block(paragraph, index, source)),
  );
  centre();
  requestAnimationFrame(centre); // what was drawn around it may have another height than was reckoned
}

function centre() {
  const target = text.querySelector("mark") || text.querySelector(".here");
  const box = target && target.getBoundingClientRect();
  const top = box ? box.top - text.getBoundingClientRect().top + text.scrollTop : 0;
  text.scrollTop = box ? top - Math.max((text.clientHeight - box.height) / 2, 24) : 0;
}

function say(message) {
  title.textContent = where.textContent = path.textContent = "";
  text.replaceChildren(make("div", { class: "note", role: "alert" }, message));
}

async function open(target, link) {
  const request = ++latest;
  if (current) current.removeAttribute("aria-current");
  current = link && numberOf(link);
  if (current) current.setAttribute("aria-current", "true");
  pane.classList.add("open");
  if (current && !wide()) current.scrollIntoView({ block: "nearest" }); // above the sheet
  try {
    const source = await server.source(target);
    if (request !== latest) return;
    source.error ? say(source.error[window.youju.language]) : draw(source);
  } catch {
    if (request === latest) say(word("offline"));
  }
  const all = numbers();
  const place = all.indexOf(current);
  element.querySelector(".previous").disabled = place <= 0;
  element.querySelector(".next").disabled = place < 0 || place === all.length - 1;
}

function close() {
  latest++;
  pane.classList.remove("open");
  if (current) {
    current.removeAttribute("aria-current");
    current.focus({ preventScroll: true });
  }
  current = null;
}

function step(by) {
  const place = numbers().indexOf(current);
  const link = place >= 0 && numbers()[place + by];
  if (!link) return;
  link.scrollIntoView({ block: "nearest" });
  open(link.hash.slice(1), link);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest(LINK);
  if (!link || !link.closest("#chat")) return;
  event.preventDefault();
  open(link.hash.slice(1), link);
});
document.addEventListener("youju-open", (event) => open("read-" + event.detail, null));
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea");
  if (event.key === "Escape" && pane.classList.contains("open")) close();
  else if (event.key === "ArrowLeft" && current && !typing) step(-1);
  else if (event.key === "ArrowRight" && current && !typing) step(1);
});
element.querySelector(".previous").addEventListener("click", () => step(-1));
element.querySelector(".next").addEventListener("click", () => step(1));
element.querySelector(".close").addEventListener("click", close);

// The server names the first citation of a new answer. Beside the chat it opens by itself; a sheet would cover the answer.
function openWhenDrawn(target, frames) {
  const link = numbers().filter((a) => a.hash === "#" + target).pop();
  if (link) open(target, link);
  else if (frames > 0) requestAnimationFrame(() => openWhenDrawn(target, frames - 1));
}
watch("value", () => {
  if (props.value && wide()) openWhenDrawn(props.value.target, 120);
});

// Gradio's sanitizer drops labels and names a message by its whole HTML: name the links and let the text speak.
function nameLinks() {
  for (const link of inChat("a[title]:not([aria-label])")) link.setAttribute("aria-label", link.title);
  for (const box of inChat("[data-testid][aria-label]")) box.removeAttribute("aria-label");
  for (const log of inChat("[role=log]")) log.setAttribute("aria-label", word("chat"));
}
new MutationObserver(nameLinks).observe(document.body, { childList: true, subtree: true });
