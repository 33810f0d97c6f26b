// The conversation: questions, answers with their numbers, refusals, and the box to ask in. Document text enters the
// page through text nodes only; a number's link is made of what the server says about its citation.
const { word, make, button, icon, fill, send, on, call, copy, wide, trace, text: characters, choices } = window.youju;
const UP = ["M3 9h3v8H3z", "M6 9l4-6c1.6 0 2.2 1.2 1.8 2.6L11 8h4.6c1 0 1.6.8 1.4 1.8l-1.2 6c-.2.8-.7 1.2-1.5 1.2H6"];
const DOWN = [
  "M3 3h3v8H3z",
  "M6 11l4 6c1.6 0 2.2-1.2 1.8-2.6L11 12h4.6c1 0 1.6-.8 1.4-1.8l-1.2-6C15.6 3.4 15.1 3 14.3 3H6",
];
const EDIT = ["M4 16l.8-3.6L13 4.2l2.8 2.8-8.2 8.2z"];
const KEPT = "youju-conversation"; // this tab's conversation, shown again after a reload
const DRAFT = "youju-draft"; // what stood in the box
const [list, scroller, welcome, notice, form] = [".turns", ".scroll", ".welcome", "#notice", "#composer"].map((name) =>
  element.querySelector(name),
);
const [box, go, scopeLine, editLine] = ["textarea", "#send", ".scope", ".editing"].map((name) =>
  form.querySelector(name),
);
let conversation = null;
let turns = [];
let scope = []; // [{document_id, title}]
let editing = null; // the turn whose question is being changed
let pending = null; // {question, at, typed, ticket}: asked and not yet answered
let nodes = new Map(); // turn_id -> {place, node}: what is there stays as it is (unfolded, focused) when more comes
let library = null; // the documents there are, once they are known
const beginStarters = choices.newest();
const beginOpening = choices.newest();
fill(element);

// Drawing

const label = (place) => place.address || word("title", place);
const where = (place) => (place.address ? [] : [...place.section]).join(" › ");
const spot = (place) =>
  [place.address ? null : word("place", { paragraph: place.paragraph + 1 }), ...choices.marks(word, place)]
    .filter(Boolean)
    .join(" · ");

function line(kind, place, number = null) {
  return make(
    "li",
    {},
    make(
      "a",
      { class: kind, href: `#${kind === "near" ? "near" : "cite"}-${place.target}` },
      number && make("i", {}, String(number)),
      make("b", {}, label(place)),
      make("span", { class: "path" }, where(place)),
      make("span", {}, spot(place)),
    ),
  );
}

function numberLink(citation) {
  const name = citation.address
    ? word("citation_at", citation)
    : word("citation", { ...citation, paragraph: citation.paragraph + 1 });
  return make("a", { class: "cite", href: `#cite-${citation.target}`, "aria-label": name }, String(citation.number));
}

function searched(answer, place) {
  if (answer.query.trim() === answer.question.trim()) return null;
  return make(
    "p",
    { class: "searched" },
    word("searched", answer),
    " ",
    button("typed", word("as_typed"), () => ask(answer.question, { at: place, as_typed: true })),
  );
}

function sources(citations) {
  const items = choices.distinct(citations).map((citation) => line("source", citation, citation.number));
  if (items.length < 4) return make("ul", { class: "sources" }, ...items);
  return make(
    "details",
    { class: "sources" },
    make("summary", {}, word("sources", { count: items.length })),
    make("ul", {}, ...items),
  );
}

/** A sentence and its numbers, which never begin a line. */
function numbered(text, numbers) {
  const [start, end] = characters.ending(text);
  return make("p", {}, start, make("span", { class: "end" }, end, numbers));
}

const quotes = (answer, sentences) =>
  sentences.map((sentence) =>
    numbered(
      sentence.text,
      make("sup", {}, ...sentence.evidence.slice(0, 3).map((place) => numberLink(answer.citations[place]))),
    ),
  );

const partOf = (answer, { label, message, sentences }) => [
  make("p", { class: "part" }, label),
  ...sentences.flatMap((place) => quotes(answer, [answer.sentences[place]])),
  ...(message ? [make("p", { class: "absence" }, message)] : []),
];

function answered(turn, place) {
  const { answer } = turn;
  return make(
    "div",
    { class: "answer" },
    searched(answer, place),
    answer.message ? make("p", {}, answer.message) : null,
    window.youju.marks.note(answer),
    ...(answer.parts.length ? answer.parts.flatMap((part) => partOf(answer, part)) : quotes(answer, answer.sentences)),
    answer.citations.length ? sources(answer.citations) : null,
    make(
      "div",
      { class: "facts" },
      answer.citations.length
        ? make("span", { class: "verbatim", title: word("verbatim_means") }, word("verbatim"))
        : null,
      ...tools(turn, place),
    ),
    trace(answer),
  );
}

function shortfall(hit) {
  if (hit.why === "lacks_words")
    return word("lacks_words", { words: hit.lacks.map((text) => word("quoted", { text })).join(word("comma")) });
  return hit.why ? word(hit.why) : "";
}

function refused(turn, place) {
  const { answer } = turn;
  const near = answer.nearest.map((hit) => {
    const item = line("near", hit);
    item.append(make("q", {}, hit.text), make("em", {}, shortfall(hit)));
    return item;
  });
  return make(
    "div",
    { class: "refusal", "data-strength": answer.strength },
    searched(answer, place),
    make("p", {}, make("b", {}, answer.message || word("refusal"))),
    answer.note ? make("p", { class: "absence" }, answer.note) : null,
    ...answer.parts.flatMap((part) => partOf(answer, part)),
    near.length ? make("p", { class: "label" }, word(answer.strength === "related" ? "related" : "nearest")) : null,
    make("ul", {}, ...near),
    library?.length === 0 ? make("p", {}, word("welcome_none")) : null,
    make("div", { class: "facts" }, ...tools(turn, place)),
    trace(answer),
  );
}

function tools(turn, place) {
  const rating = (name, sign) => button(`rate ${name}`, word(name), () => rate(turn.turn_id, name), sign);
  const copied = button("copy", word("copy"), async () => {
    await copy(asText(turn.answer));
    copied.textContent = word("copied");
    setTimeout(() => (copied.textContent = word("copy")), 2000);
  });
  return [
    rating("good", icon(...UP)),
    rating("bad", icon(...DOWN)),
    copied,
    button("again", word("again"), () => ask(turn.question, { at: place })),
  ];
}

/** The answer with its numbers and, under it, the sources: to be pasted anywhere. */
function asText(answer) {
  const notes = choices
    .distinct(answer.citations)
    .map(
      (citation) =>
        `[${citation.number}] ${[label(citation), where(citation), spot(citation)].filter(Boolean).join(" ")}`,
    );
  return [answer.text, "", ...notes].join("\n").trim();
}

function block(turn, place) {
  const edit = button(
    "edit",
    word("edit"),
    () => {
      editing = place;
      put(turn.question);
      draw();
    },
    icon(...EDIT),
  );
  return make(
    "article",
    { class: "turn", "data-turn": turn.turn_id },
    make("div", { class: "asked" }, edit, make("div", { class: "question" }, turn.question)),
    turn.answer.abstained && turn.answer.trace.way !== "talk" ? refused(turn, place) : answered(turn, place),
  );
}

/** The turn's node: the one that is there, where it still fits. */
function nodeOf(turn, place) {
  const known = nodes.get(turn.turn_id);
  const node = known?.place === place ? known.node : block(turn, place);
  for (const name of ["good", "bad"])
    node.querySelector(`.rate.${name}`).setAttribute("aria-pressed", String(turn.rating === name));
  node.classList.toggle("leaving", editing !== null && place >= editing);
  return [turn.turn_id, { place, node }];
}

function draw() {
  const shown = pending && pending.at !== null ? turns.slice(0, pending.at) : turns;
  nodes = new Map(shown.map(nodeOf));
  const waiting =
    pending &&
    make(
      "article",
      { class: "turn" },
      make("div", { class: "asked" }, make("div", { class: "question" }, pending.question)),
      make("div", { class: "waiting", role: "status", "aria-label": word("waiting") }, make("i"), make("i"), make("i")),
    );
  list.replaceChildren(...[...nodes.values()].map((known) => known.node), ...(waiting ? [waiting] : []));
  welcome.hidden = turns.length > 0 || Boolean(pending);
  go.textContent = word(pending ? "stop" : "send");
  go.classList.toggle("stop", Boolean(pending));
  editLine.hidden = editing === null;
  editLine.replaceChildren(word("editing"), " ", button("all", word("cancel_editing"), cancelEditing));
  scopeLine.hidden = scope.length === 0;
  const names =
    scope.length > 3
      ? word("chosen", { count: scope.length })
      : word("scope", { titles: scope.map((info) => word("title", info)).join(word("comma")) });
  scopeLine.replaceChildren(
    names,
    " ",
    button("all", word("scope_all"), () => send("scope", { documents: [] })),
  );
}

const last = () => list.lastElementChild;
const toEnd = () => last()?.scrollIntoView({ block: wide() ? "nearest" : "start" });

/** A line over the box; `retry` is what a button after it does, `news` that nothing went wrong. */
function tell(message, { retry = null, news = false } = {}) {
  notice.classList.toggle("news", news);
  notice.replaceChildren(message, ...(retry ? [" ", button("retry", word("retry"), retry)] : []));
}

// Asking

function grow() {
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight, 160)}px`;
}

function put(text) {
  box.value = text;
  grow();
  box.focus();
}

const ids = () => scope.map((info) => info.document_id);

/** `typed`: the question comes from the box, and goes back there when it is not answered. */
async function ask(question, { at = null, as_typed = false, typed = false } = {}) {
  if (pending) return;
  const mine = { question, at, typed, ticket: Math.random().toString(36).slice(2) };
  pending = mine;
  const known = turns.length;
  tell("");
  if (typed) put("");
  if (!wide()) box.blur(); // the keyboard of a phone would cover the answer
  draw();
  toEnd();
  try {
    const kept = await call(
      server.ask({ question, conversation, at, as_typed, documents: ids(), ticket: mine.ticket }),
    );
    if (kept.turns) send("kept", { id: pending === mine ? kept.conversation : conversation });
    if (pending !== mine) return; // stopped, or another conversation was opened
    pending = null;
    if (typed || (at !== null && at <= editing)) editing = null; // what was being changed is changed, or gone
    const more = kept.turns.length - (at ?? known) - 1;
    show(kept);
    if (more > 0) tell(word("elsewhere"), { news: true });
    toEnd();
    send("asked", { turns: kept.turns, documents: ids() });
    openFirst();
    follow(kept);
  } catch (error) {
    if (pending === mine) failed(mine, error, { at, as_typed, typed });
  }
}

async function failed(mine, error, how) {
  const { question } = mine;
  const told = Boolean(error.result); // the server is there, and says what is wrong
  const deleted =
    told &&
    conversation &&
    (await call(server.conversation(conversation)).then(
      () => false,
      (again) => Boolean(again.result),
    ));
  if (pending !== mine) return;
  giveBack();
  if (deleted) {
    send("conversation", { id: null });
    if (!box.value) put(question);
    tell(word("deleted"), { retry: () => ask(box.value, { typed: true }) });
  } else tell(error.message, { retry: told ? null : () => ask(how.typed ? box.value : question, how) });
}

/** Nothing that was typed is lost, nor what was typed since. */
function giveBack() {
  const { question, typed } = pending;
  pending = null;
  draw();
  if (typed) put(characters.together(question, box.value));
  else if (!box.value) put(question);
}

function stop() {
  const { ticket, at } = pending;
  server.stop(ticket);
  if (at !== null && !box.value) editing = at;
  giveBack();
}

function cancelEditing() {
  editing = null;
  put("");
  draw();
}

/** Beside the chat the first source opens by itself; a sheet would cover the answer. */
function openFirst() {
  const link = last()?.querySelector("a.cite");
  if (link && wide()) send("open", { target: link.hash.slice(1), link });
}

/** Questions to go on with, after the last turn; who is at the end of the chat stays there. */
async function follow({ conversation: of, turns: [...asked] }) {
  const node = nodes.get(asked.at(-1)?.turn_id)?.node;
  if (!node || node.querySelector(".follow")) return;
  const questions = await call(server.suggest({ conversation: of, documents: ids() })).catch(() => []);
  if (node !== last() || node.querySelector(".follow") || !questions.length) return;
  const low = wide() && scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 4;
  node.append(
    make(
      "div",
      { class: "follow", role: "group", "aria-label": word("follow") },
      ...questions.map((question) => button("example", question, () => ask(question))),
    ),
  );
  if (low) scroller.scrollTop = scroller.scrollHeight;
  else toEnd();
}

// Conversations

function show(kept) {
  ({ conversation, turns } = kept);
  window.youju.marks.stand(kept.marks);
  conversation ? sessionStorage.setItem(KEPT, conversation) : sessionStorage.removeItem(KEPT);
  draw();
}

on("conversation", async ({ id }) => {
  const isNewest = beginOpening();
  let kept;
  try {
    kept = id ? await call(server.conversation(id)) : { conversation: null, turns: [] };
    if (!isNewest()) return;
    pending = editing = null;
    tell("");
    show(kept);
  } catch (error) {
    if (!isNewest()) return;
    if (error.result) send("conversation", { id: null });
    return tell(error.message, { retry: error.result ? null : () => send("conversation", { id }) });
  }
  scroller.scrollTop = scroller.scrollHeight;
  if (id) send("shown", { id });
  if (id) return follow(kept);
  starters();
  if (wide()) box.focus();
});
on("forgotten", ({ id }) => id === conversation && send("conversation", { id: null }));
on("scope", ({ documents }) => {
  scope = documents;
  draw();
});
on("library", ({ documents }) => {
  library = documents;
  scope = scope.filter((info) => library.some((other) => other.document_id === info.document_id));
  draw();
  welcome.querySelector(".more").textContent = word(documents.length ? "welcome_more" : "welcome_none");
  welcome.querySelector(".first").hidden = documents.length > 0;
  if (!turns.length) starters();
});
welcome.querySelector(".first").addEventListener("click", () => document.querySelector("#upload input").click());

async function starters() {
  const isNewest = beginStarters();
  const questions = await call(server.starters(window.youju.language)).catch(() => []);
  if (!isNewest()) return;
  const place = welcome.querySelector(".examples");
  place.replaceChildren(
    ...(questions.length ? [make("p", {}, word("try"))] : []),
    ...questions.map((question) => button("example", question, () => ask(question))),
  );
}

// Feedback: 👎 invites to show the right paragraph in the document that is open.

async function rate(id, name, right = null) {
  const turn = turns.find((other) => other.turn_id === id);
  const rating = turn.rating === name && !right ? null : name;
  try {
    await call(server.rate({ conversation, turn: id, rating, right }));
    turn.rating = rating;
    draw();
    tell("");
    if (rating === "bad" && !right) send("pick", { turn: id });
  } catch (error) {
    tell(error.message);
  }
}
on("picked", ({ turn, right }) => turns.some((other) => other.turn_id === turn) && rate(turn, "bad", right));

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (pending) return stop();
  ask(box.value, { at: editing, typed: true });
});
box.addEventListener("input", grow);
box.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229) {
    event.preventDefault();
    if (!pending) form.requestSubmit();
  } else if (event.key === "Escape" && editing !== null) {
    event.preventDefault(); // it closes the original otherwise
    cancelEditing();
  }
});

draw();
put(sessionStorage.getItem(DRAFT) || "");
if (!wide()) box.blur();
window.addEventListener("pagehide", () => sessionStorage.setItem(DRAFT, box.value));
const earlier = sessionStorage.getItem(KEPT);
if (earlier) send("conversation", { id: earlier });
else starters();
