// The share panel: link, QR code, password, and the exact lines that ask the last question from a program.
const { word, make, button, fill, on, call, copy } = window.youju;
const panel = element.querySelector("dialog");
const [place, wrong, about, calls] = [".link", ".wrong", ".about", ".calls"].map((name) => panel.querySelector(name));
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

/** A string for a POSIX shell: nothing within single quotes means anything. */
const shell = (text) => `'${text.replaceAll("'", "'\\''")}'`;
/** A value for Python: JSON's strings and lists are Python's. */
const python = (value) => JSON.stringify(value);
const base64 = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

function drawCalls(state) {
  const base = (state.link || address()).replace(/\/$/, "");
  const body = { question: asked.question || word("call_example") };
  for (const name of ["history", "documents"]) if (asked[name].length) body[name] = asked[name];
  const login = state.password ? ` -u ${shell(`youju:${state.password}`)}` : "";
  const curl = `curl${login} ${shell(`${base}/api/ask`)} -H 'Content-Type: application/json' -d ${shell(JSON.stringify(body))}`;
  const headers = state.password
    ? `, headers={"Authorization": ${python(`Basic ${base64(`youju:${state.password}`)}`)}}`
    : "";
  const values = Object.entries(body)
    .map(([name, value]) => `${name}=${python(value)}`)
    .join(", ");
  const client = `from gradio_client import Client\n\nclient = Client(${python(`${base}/`)}${headers}, verbose=False)\nprint(client.predict(${values}, api_name="/ask"))`;
  about.textContent = word(asked.question ? "call_about" : "call_none");
  calls.replaceChildren(copyable(curl, "pre"), copyable(client, "pre"));
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
  const { question, answer } = turns.at(-1);
  // A question that was completed from the turns before it needs them to be completed again.
  const completed = answer.query.trim() !== answer.question.trim();
  const history = completed ? turns.slice(-7, -1).map((turn) => [turn.question, turn.answer.text]) : [];
  asked = { question, documents, history };
});
panel.querySelector(".close").addEventListener("click", () => panel.close());
panel.addEventListener("click", (event) => event.target === panel && panel.close());
call(server.state(null))
  .then((state) => document.body.classList.toggle("read-only", state.read_only))
  .catch(() => {});
