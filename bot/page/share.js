// The share panel: link, QR code, password, and the exact lines that ask the question that is shown.
const { word, make, one, failure, targetOf, button, fill, on, call, copy, calls, layers } = window.youju;
const panel = one(element, "dialog", HTMLDialogElement);
const [place, wrong, about, lines] = [".link", ".wrong", ".about", ".calls"].map((name) => one(panel, name));
const LOCAL = /^(localhost|127\.0\.0\.1|\[::1\])$/; // such an address leads every machine to itself
/** @type {Given.Turn[]} */
let turns = []; // of the conversation that is shown
fill(element);

/** @param {string} text @param {"b" | "code" | "pre"} name @param {string} [label] */
function copyable(text, name, label) {
  const made = button("copy", word("copy_this"), async () => {
    await copy(text);
    made.textContent = word("copied");
    setTimeout(() => (made.textContent = word("copy_this")), 2000);
  });
  return make(
    "div",
    { class: "line" },
    label ? make("span", {}, label) : null,
    make(name, name === "pre" ? { tabindex: 0 } : {}, text),
    made,
  ); // a long one scrolls
}

const here = () => LOCAL.test(location.hostname);

/**
 * What others open without a link: this page's address or, where that leads them to themselves, the network's.
 * @param {Sharing} state
 */
function addresses({ near }) {
  return here() && near.length ? near.map((one) => `${one}/`) : [location.origin + location.pathname];
}

/** @param {Sharing} state */
function draw(state) {
  const rows = [];
  const password = state.password && copyable(state.password, "code", word("password"));
  if (state.link) {
    rows.push(make("img", { src: state.qr, alt: word("qr"), width: 148, height: 148 }));
    rows.push(make("div", {}, copyable(state.link, "b"), password, make("p", {}, told(state))));
  } else {
    rows.push(
      make(
        "div",
        {},
        ...addresses(state).map((one) => copyable(one, "b")),
        password,
        make("p", {}, word(here() ? (state.near.length ? "near_here" : "only_here") : "only_near")),
        state.can_open ? make("p", {}, word("link_offer")) : null,
        state.can_open ? button("open-link", word("open_link"), openLink) : null,
      ),
    );
  }
  place.replaceChildren(...rows);
  drawCalls(state);
}

/**
 * Who may do what by the link, told to the one who shares it, and to those who have come by it.
 * @param {Sharing} state
 */
function told({ guest, guests_read_only }) {
  if (guest) return word(guests_read_only ? "guest_reads" : "guest_writes");
  return word(guests_read_only ? "guests_read" : "guests_write");
}

/** The question that is in sight, the last of several, as it was asked; none where none was. */
function inSight() {
  const low = one(document, "#talk .scroll").getBoundingClientRect().bottom;
  const shown = [...document.querySelectorAll("#talk [data-turn]")].filter(
    (node, place) => !place || one(node, ".question").getBoundingClientRect().top < low,
  );
  const place = turns.findIndex((turn) => String(turn.turn_id) === shown.at(-1)?.getAttribute("data-turn"));
  if (place < 0) return { question: "", documents: [], history: [] };
  const { question, answer } = turns[place];
  return { question, documents: answer.trace.scope ?? [], history: calls.historyOf(turns.slice(0, place + 1)) };
}

/** @param {Sharing} state */
function drawCalls(state) {
  const base = (state.link || addresses(state)[0]).replace(/\/$/, "");
  const asked = inSight();
  const question = asked.question || word("call_example");
  about.textContent = asked.question ? word("call_about", { question }) : word("call_none");
  if (!state.link && here() && !state.near.length) about.append(" ", word("call_here"));
  lines.replaceChildren(
    copyable(calls.curl(base, state.password, { ...asked, question }), "pre"),
    copyable(calls.client(base, state.password, { ...asked, question }), "pre"),
  );
}

/**
 * From now on the server asks for the password here too: let the browser know it before it asks the person.
 * @param {string | null} password
 */
const logIn = (password) =>
  new Promise((done) => {
    const knock = new XMLHttpRequest();
    knock.open("GET", "api/documents", true, "youju", password);
    knock.onloadend = done;
    knock.send();
  });

/** @param {Event} event */
async function openLink(event) {
  const opener = targetOf(event);
  opener.toggleAttribute("disabled", true);
  opener.textContent = word("opening");
  wrong.textContent = "";
  try {
    const state = await call(server.open(null));
    await logIn(state.password);
    draw(state);
  } catch (error) {
    wrong.textContent = failure(error).message;
    opener.toggleAttribute("disabled", false);
    opener.textContent = word("open_link");
  }
}

on("share", async () => {
  wrong.textContent = "";
  panel.showModal();
  layers.opened("share", () => panel.close());
  try {
    draw(await call(server.state(null)));
  } catch (error) {
    wrong.textContent = failure(error).message;
  }
});
on("turns", (shown) => {
  ({ turns } = shown);
});
panel.addEventListener("close", () => layers.closed("share"));
one(panel, ".close").addEventListener("click", () => panel.close());
panel.addEventListener("click", (event) => event.target === panel && panel.close());
call(server.state(null))
  .then((state) => {
    document.body.classList.toggle("read-only", state.read_only);
    document.body.classList.toggle("visiting", state.guest);
    document.body.classList.toggle("not-owner", !state.owner);
  })
  .catch(() => {});
