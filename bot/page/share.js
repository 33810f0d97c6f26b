// The share panel: link, QR code, password, and the exact lines that ask the last question from a program.
const { word, make, button, fill, on, call, copy, calls } = window.youju;
const panel = element.querySelector("dialog");
const [place, wrong, about, lines] = [".link", ".wrong", ".about", ".calls"].map((name) => panel.querySelector(name));
let asked = { question: "", documents: [], history: [] };
fill(element);

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

const address = () => location.origin + location.pathname;

function draw(state) {
  const rows = [];
  const password = state.password && copyable(state.password, "code", word("password"));
  if (state.link) {
    rows.push(make("img", { src: state.qr, alt: word("qr"), width: 148, height: 148 }));
    rows.push(
      make(
        "div",
        {},
        copyable(state.link, "b"),
        password,
        make("p", {}, word(state.guests_read_only ? "guests_read" : "guests_write")),
      ),
    );
  } else {
    rows.push(
      make(
        "div",
        {},
        copyable(address(), "b"),
        password,
        make("p", {}, word("only_here")),
        state.can_open ? button("open-link", word("open_link"), openLink) : null,
      ),
    );
  }
  place.replaceChildren(...rows);
  drawCalls(state);
}

function drawCalls(state) {
  const base = (state.link || address()).replace(/\/$/, "");
  const question = asked.question || word("call_example");
  about.textContent = word(asked.question ? "call_about" : "call_none");
  lines.replaceChildren(
    copyable(calls.curl(base, state.password, { ...asked, question }), "pre"),
    copyable(calls.client(base, state.password, { ...asked, question }), "pre"),
  );
}

/** From now on the server asks for the password here too: let the browser know it before it asks the person. */
const logIn = (password) =>
  new Promise((done) => {
    const knock = new XMLHttpRequest();
    knock.open("GET", "api/documents", true, "youju", password);
    knock.onloadend = done;
    knock.send();
  });

async function openLink(event) {
  event.target.disabled = true;
  event.target.textContent = word("opening");
  wrong.textContent = "";
  try {
    const state = await call(server.open(null));
    await logIn(state.password);
    draw(state);
  } catch (error) {
    wrong.textContent = error.message;
    event.target.disabled = false;
    event.target.textContent = word("open_link");
  }
}

on("share", async () => {
  wrong.textContent = "";
  panel.showModal();
  try {
    draw(await call(server.state(null)));
  } catch (error) {
    wrong.textContent = error.message;
  }
});
on("asked", ({ turns, documents }) => {
  asked = { question: turns.at(-1).question, documents, history: calls.historyOf(turns) };
});
panel.querySelector(".close").addEventListener("click", () => panel.close());
panel.addEventListener("click", (event) => event.target === panel && panel.close());
call(server.state(null))
  .then((state) => {
    document.body.classList.toggle("read-only", state.read_only);
    document.body.classList.toggle("visiting", state.guest);
  })
  .catch(() => {});
