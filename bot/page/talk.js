// The conversation: what was asked and answered, and the box to ask in. `answers.js` draws the answers.
const {
  word,
  make,
  one,
  failure,
  button,
  icon,
  fill,
  send,
  on,
  call,
  wide,
  answers,
  text: characters,
  choices,
  wordings,
} = window.youju;
const KEPT = "youju-conversation"; // this tab's conversation, shown again after a reload
const DRAFT = "youju-draft"; // what stood in the box
const [list, scroller, welcome, notice] = [".turns", ".scroll", ".welcome", "#notice"].map((name) =>
  one(element, name),
);
const form = one(element, "#composer", HTMLFormElement);
const box = one(form, "textarea", HTMLTextAreaElement);
const [go, scopeLine, editLine] = ["#send", ".scope", ".editing"].map((name) => one(form, name));
/** @type {string | null} */
let conversation = null;
/** @type {Given.Turn[]} */
let turns = [];
/** @type {Named[]} */
let scope = [];
/** @type {number | null} */
let editing = null; // the turn whose question is being changed
/** @type {Pending | null} */
let pending = null; // asked and not yet answered
/** @type {Map<number, { place: number, node: HTMLElement }>} */
let nodes = new Map(); // by the ids of the turns: what is there stays as it is (unfolded, focused) when more comes
let proposing = false; // whether it may propose other wordings
/** @type {Given.DocumentInfo[] | null} */
let library = null; // the documents there are, once they are known
const beginStarters = choices.newest();
const beginOpening = choices.newest();
const modes = window.youju.modes(one(form, ".modes"), {
  last: () => (pending ? null : (turns.at(-1) ?? null)),
  path: ({ turn_id }) => `api/conversations/${conversation}/turns/${turn_id}/written`,
  place: ({ turn_id }) => nodes.get(turn_id)?.node.querySelector(".answer") ?? null,
  drawn: () => draw(),
  tell: (line) => tell(line),
});
fill(element);

// Drawing

/** @param {Given.Turn} turn @param {number} place */
function block(turn, place) {
  const edit = button(
    "edit",
    word("edit"),
    () => {
      editing = place;
      put(turn.question);
      draw();
    },
    icon("M4 16l.8-3.6L13 4.2l2.8 2.8-8.2 8.2z"),
  );
  /** @type {Act} */
  const act = {
    ask,
    asTyped: () => ask(turn.question, { at: place, as_typed: true }),
    again: (others = []) => ask(turn.question, { at: place, wordings: others }),
    write: (mode) => modes.write(turn, mode),
    writer: modes.state,
    rate: (name) => rate(turn.turn_id, name),
    point: () => send("pick", { turn: turn.turn_id }),
    empty: () => library?.length === 0,
  };
  return make(
    "article",
    { class: "turn", "data-turn": turn.turn_id },
    make("div", { class: "asked" }, edit, make("div", { class: "question" }, turn.question)),
    answers.draw(turn, act),
  );
}

/**
 * The turn's node: the one that is there, where it still fits.
 * @param {Given.Turn} turn
 * @param {number} place
 * @returns {[number, { place: number, node: HTMLElement }]}
 */
function nodeOf(turn, place) {
  const known = nodes.get(turn.turn_id);
  const node = known?.place === place ? known.node : block(turn, place);
  for (const name of ["good", "bad"])
    one(node, `.rate.${name}`).setAttribute("aria-pressed", String(turn.rating === name));
  one(node, ".wronged").hidden = turn.rating !== "bad";
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
  go.textContent = word(pending || modes.writing() ? "stop" : "send");
  go.classList.toggle("stop", Boolean(pending) || modes.writing());
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

/**
 * A line over the box; `retry` is what a button after it does, `news` that nothing went wrong.
 * @param {string} message
 * @param {{ retry?: (() => unknown) | null; news?: boolean }} [how]
 */
function tell(message, { retry = null, news = false } = {}) {
  notice.classList.toggle("news", news);
  notice.replaceChildren(message, ...(retry ? [" ", button("retry", word("retry"), retry)] : []));
}

// Asking

function grow() {
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight, 160)}px`;
}

/** @param {string} text */
function put(text) {
  box.value = text;
  grow();
  box.focus();
}

/** The ids of the chosen documents; null where none are, which asks all. */
const ids = () => (scope.length ? scope.map((info) => info.document_id) : null);

/**
 * `typed`: the question comes from the box, and goes back there when it is not answered. `within`: the ids of the
 * documents to ask, instead of those that are chosen.
 * @param {string} question
 * @param {How} [how]
 */
async function ask(
  question,
  { at = null, as_typed = false, typed = false, within = null, wordings: others = [] } = {},
) {
  if (pending) return;
  modes.stop();
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
      server.ask({
        question,
        conversation,
        at,
        as_typed,
        documents: within ?? ids(),
        ticket: mine.ticket,
        wordings: others,
      }),
    );
    if (kept.turns) send("kept", { id: pending === mine ? kept.conversation : conversation });
    if (pending !== mine) return; // stopped, or another conversation was opened
    pending = null;
    if (typed || (at !== null && editing !== null && at <= editing)) editing = null; // what was changed is, or is gone
    const more = kept.turns.length - (at ?? known) - 1;
    show(kept);
    if (more > 0) tell(word("elsewhere"), { news: true });
    toEnd();
    openFirst();
    follow(kept);
    modes.write(turns[turns.length - 1], modes.now());
  } catch (error) {
    if (pending === mine) failed(mine, failure(error), { at, as_typed, typed, within, wordings: others });
  }
}

/** @param {Pending} mine @param {Failure} error @param {How} how */
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
  } else tell(failure(error).message, { retry: told ? null : () => ask(how.typed ? box.value : question, how) });
}

/** Nothing that was typed is lost, nor what was typed since. */
function giveBack() {
  if (!pending) return;
  const { question, typed } = pending;
  pending = null;
  draw();
  if (typed) put(characters.together(question, box.value));
  else if (!box.value) put(question);
}

function stop() {
  if (!pending) return;
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
  const links = [...(last()?.querySelectorAll("a") ?? [])].filter((one) => one.matches(".cite"));
  const link = links.find((one) => one.textContent === "1") || links[0]; // a table's header may have another
  if (link && wide()) send("open", { target: link.hash.slice(1), link });
  else if (!link) send("stale", { mark: true }); // what is marked belongs to an answer before
}

/**
 * Questions to go on with, after the last turn; who is at the end of the chat stays there, nobody else is moved.
 * @param {Kept} kept
 */
async function follow({ conversation: of, turns: [...asked] }) {
  const turn = asked.at(-1);
  const at = () => nodes.get(turn?.turn_id ?? -1)?.node;
  if (!turn || !at() || at()?.querySelector(".follow")) return;
  const questions = await call(server.suggest({ conversation: of, documents: ids() })).catch(() => []);
  const node = at();
  const more = wordings.further(turn.answer, {
    asked: asked.map(({ question }) => question),
    ask,
    writer: modes.state,
  });
  if (!node || node !== last() || node.querySelector(".follow") || !(questions.length || more)) return;
  const low = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 4;
  node.append(
    make(
      "div",
      { class: "follow", role: "group", "aria-label": word("follow") },
      ...questions.map((question) => button("example", question, () => ask(question))),
      more,
    ),
  );
  if (low && wide()) scroller.scrollTop = scroller.scrollHeight;
  else if (low) toEnd();
}

// Conversations

/** @param {Kept} kept */
function show(kept) {
  ({ conversation, turns } = kept);
  window.youju.marks.stand(kept.marks);
  conversation ? sessionStorage.setItem(KEPT, conversation) : sessionStorage.removeItem(KEPT);
  draw();
  send("turns", { turns });
}

on("conversation", async ({ id, again = false }) => {
  const isNewest = beginOpening();
  let kept;
  try {
    kept = id ? await call(server.conversation(id)) : { conversation: null, turns: [] };
    if (!isNewest()) return;
    pending = editing = null;
    modes.stop();
    tell("");
    if (!again) send("stale");
    show(kept);
  } catch (error) {
    if (!isNewest()) return;
    const { message, result } = failure(error);
    if (result) send("conversation", { id: null, again });
    else takeOver();
    return tell(message, { retry: result ? null : () => send("conversation", { id }) });
  }
  scroller.scrollTop = scroller.scrollHeight;
  takeOver();
  if (id) send("shown", { id });
  if (id) return follow(kept);
  starters();
  if (wide()) box.focus();
});
on("tell", ({ line }) => tell(line, { news: true }));
on("forgotten", ({ id }) => id === conversation && send("conversation", { id: null }));
on("scope", ({ documents }) => {
  scope = documents;
  draw();
});
on("library", ({ documents }) => {
  library = documents;
  scope = scope.filter((info) => documents.some((other) => other.document_id === info.document_id));
  draw();
  one(welcome, ".more").textContent = word(documents.length ? "welcome_more" : "welcome_none");
  one(welcome, ".first").hidden = documents.length > 0;
  if (!turns.length) starters();
});
one(welcome, ".first").addEventListener("click", () => one(document, "#upload input").click());

async function starters() {
  const isNewest = beginStarters();
  const questions = await call(server.starters(window.youju.language)).catch(() => []);
  if (!isNewest()) return;
  const place = one(welcome, ".examples");
  place.replaceChildren(
    ...(questions.length ? [make("p", {}, word("try"))] : []),
    ...questions.map((question) => button("example", question, () => ask(question))),
  );
}

// Feedback: 👎 is noted; then the right paragraph can be pointed out in the document that is open.

/** @param {number} id @param {Given.Turn["rating"]} name @param {RightParagraph | null} [right] */
async function rate(id, name, right = null) {
  const turn = turns.find((other) => other.turn_id === id);
  if (!turn) return;
  const rating = turn.rating === name && !right ? null : name;
  try {
    await call(server.rate({ conversation, turn: id, rating, right }));
    turn.rating = rating;
    draw();
    tell("");
    if (right) send("marked", { paragraph: right.paragraph }); // only what is kept is thanked for
  } catch (error) {
    tell(failure(error).message);
  }
}
on("picked", ({ turn, right }) => turns.some((other) => other.turn_id === turn) && rate(turn, "bad", right));

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (pending) return stop();
  if (modes.writing() && event.submitter) return modes.stop();
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

on("writer", ({ writer: told }) => {
  if (told.proposing === proposing) return;
  proposing = told.proposing;
  const asked = last()?.querySelector(".follow");
  nodes = new Map(); // what can be done with an answer is another
  draw();
  if (asked) last()?.append(asked);
});

/** What was typed while the page was not there yet. */
function takeOver() {
  window.youjuAhead?.hand(({ text, sent, focused, from, to }) => {
    put(text);
    box.setSelectionRange(from, to);
    if (!wide() && !focused) box.blur();
    if (sent) ask(text, { typed: true });
  });
}

draw();
modes.learn();
if (!window.youjuAhead) put(sessionStorage.getItem(DRAFT) || "");
if (!wide()) box.blur();
window.addEventListener("pagehide", () => sessionStorage.setItem(DRAFT, box.value));
const earlier = sessionStorage.getItem(KEPT);
if (earlier) send("conversation", { id: earlier, again: true });
else {
  starters();
  takeOver();
}
