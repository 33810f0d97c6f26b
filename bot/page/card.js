// The card of a number: where its sentence stands, between its neighbours. Shown under the pointer, at the focus of the
// keyboard, and at the first tap. Document text enters the page through text nodes only.
const { word, make, one, failure, targetOf, fill, send, on, call, choices } = window.youju;
const card = one(element, ".card");
const [from, words, state] = [".from", ".words", ".state"].map((name) => one(card, name));
const GAP = 8; // between the number, the card and the window's edge, in pixels
/** @type {Map<string, Promise<Given.SentenceView>>} */
const known = new Map(); // target -> what the server says of it
/** @type {HTMLAnchorElement | null} */
let anchor = null; // the number whose card is shown, or is on its way
let timer = 0;
let key = ""; // the last one that was pressed
fill(element);

/** @param {Event} event @returns {HTMLAnchorElement | null} */
const numberAt = (event) => targetOf(event).closest('#talk a.cite[href^="#cite-"]');

/** @param {string} target */
async function about(target) {
  const asked = known.get(target) ?? call(server.card(target));
  known.set(target, asked);
  try {
    return await asked;
  } catch (error) {
    known.delete(target); // the next look asks again
    const { message, result } = failure(error);
    return { error: message, quote: result?.quote };
  }
}

/** @param {Given.SentenceView | Unknown} place */
function draw(place) {
  /** @param {string} tag @param {string | null | undefined} text */
  const line = (tag, text) => (text ? [make(tag, {}, text)] : []);
  if ("error" in place) {
    from.textContent = place.error;
    words.replaceChildren(...line("b", place.quote));
    state.textContent = "";
    return;
  }
  const where = place.address ? [place.address] : [word("title", place), place.section.join(" › ")];
  from.textContent = [...where, ...choices.marks(word, place)].filter(Boolean).join(" · ");
  words.replaceChildren(...line("span", place.before), ...line("b", place.sentence), ...line("span", place.after));
  state.textContent = place.state === "changed" || place.state === "gone" ? word(place.state) : "";
}

/** Above or below the number, where there is room; never over it, nor over the original beside the chat. */
function put() {
  if (!anchor) return;
  const box = anchor.getBoundingClientRect();
  const chat = one(document, "#talk").getBoundingClientRect();
  const below = innerHeight - box.bottom - GAP * 2;
  const above = box.top - GAP * 2;
  card.style.maxHeight = "none";
  const under = card.offsetHeight <= below || below >= above;
  card.style.maxHeight = `${Math.max(under ? below : above, 0)}px`;
  card.style.top = `${under ? box.bottom + GAP : box.top - GAP - card.offsetHeight}px`;
  card.style.left = `${Math.max(chat.left + GAP, Math.min(box.left - 24, chat.right - card.offsetWidth - GAP))}px`;
}

/** @param {HTMLAnchorElement} link @param {boolean} tapped */
async function show(link, tapped) {
  clearTimeout(timer);
  if (link !== anchor) hide();
  anchor = link;
  const place = await about(link.hash.slice(1));
  if (anchor !== link || !link.isConnected) return;
  draw(place);
  card.classList.toggle("tapped", tapped);
  if (!shown()) card.showPopover();
  card.scrollTop = 0;
  put();
  link.setAttribute("aria-describedby", card.id);
}

function hide() {
  clearTimeout(timer);
  anchor?.removeAttribute("aria-describedby");
  anchor = null;
  if (shown()) card.hidePopover();
}

/** @param {() => void} task @param {number} milliseconds */
function later(task, milliseconds) {
  clearTimeout(timer);
  timer = setTimeout(task, milliseconds);
}

const shown = () => card.matches(":popover-open");
/** @param {PointerEvent} event */
const hovers = (event) => event.pointerType !== "touch";

document.addEventListener("pointerover", (event) => {
  if (!hovers(event)) return;
  const link = numberAt(event);
  if (link && link !== anchor)
    later(() => show(link, false), 120); // not for a pointer that only passes
  else if (link || card.contains(targetOf(event))) clearTimeout(timer);
});
document.addEventListener("pointerout", (event) => {
  if (hovers(event) && (numberAt(event) || card.contains(targetOf(event)))) later(hide, 200); // time to get there
});
document.addEventListener("focusin", (event) => {
  const link = numberAt(event);
  // Escape gives the focus back to a number that the person has just looked up.
  if (link && key !== "Escape" && link.matches(":focus-visible")) show(link, false);
});
document.addEventListener(
  "focusout",
  (event) =>
    event.target === anchor && !(event.relatedTarget instanceof Node && card.contains(event.relatedTarget)) && hide(),
);

// In the capturing phase: a first tap and the Escape that closes the card are not for the reading pane.
document.addEventListener(
  "click",
  (event) => {
    const link = numberAt(event);
    if (link && event.pointerType === "touch" && !(link === anchor && shown())) {
      event.preventDefault();
      event.stopImmediatePropagation();
      show(link, true);
    } else if (!card.contains(targetOf(event))) hide();
  },
  true,
);
document.addEventListener(
  "keydown",
  (event) => {
    ({ key } = event);
    if (key !== "Escape" || !shown()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    hide();
  },
  true,
);
document.addEventListener("scroll", (event) => shown() && !card.contains(targetOf(event)) && put(), true);
window.addEventListener("resize", hide);
one(card, ".read").addEventListener("click", () => {
  const link = anchor;
  hide();
  if (link) send("open", { target: link.hash.slice(1), link });
});
on("library", () => known.clear());
new MutationObserver(() => anchor && !anchor.isConnected && hide()).observe(document.body, {
  childList: true,
  subtree: true,
});
