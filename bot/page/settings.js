// The settings in one panel: what this browser keeps for its person, what the home keeps for everybody, and what is
// kept of what people ask.
const { word, make, one, failure, fill, on, send, request, own, look, several } = window.youju;
const { LANGUAGES, language, synonyms } = window.youju;
const panel = one(element, "dialog", HTMLDialogElement);
const [mine, steps, measured, wrong, kept, notForgotten] = [
  ".own",
  ".strictness div",
  ".strictness .hint",
  ".home > .wrong",
  ".kept ul",
  ".kept .wrong",
].map((name) => one(panel, name));
const [strictly, readingSet] = [".strictness", ".reading"].map((name) => one(panel, name, HTMLFieldSetElement));
const reading = one(panel, ".reading input", HTMLInputElement);
const forget = one(panel, ".forget", HTMLButtonElement);
const headers = { "Accept-Language": language, "Content-Type": "application/json" };
const conversations = new BroadcastChannel("youju");
let documents = 0;
/** @type {{days?: number, most?: number}} */
let keeping = {}; // for how many `days` without a visit conversations are kept, and how many at `most`
fill(element);
synonyms(one(panel, "#synonyms", HTMLDetailsElement));
const writer = window.youju.writer(one(panel, ".writer"));

// What this browser keeps

/**
 * @param {"language" | "look" | "size"} name
 * @param {string} usual
 * @param {Choice[]} values
 * @param {() => void} then
 */
function ownChoice(name, usual, values, then) {
  /** @param {string} value */
  const choose = (value) => {
    own.put(name, value);
    then();
  };
  const now = own.get(name) ?? usual;
  return make(
    "fieldset",
    { class: name },
    make("legend", {}, word(name)),
    make("div", { class: "row" }, ...several(name, values, now, choose)),
  );
}

mine.append(
  // Words are put in once, when the page is made.
  ownChoice("language", "system", [["system", word("system")], ...Object.entries(LANGUAGES)], () => location.reload()),
  ownChoice(
    "look",
    "system",
    [
      ["system", word("system")],
      ["light", word("look_light")],
      ["dark", word("look_dark")],
    ],
    look.apply,
  ),
  ownChoice(
    "size",
    "usual",
    look.SIZES.map((size) => [size, word(`size_${size}`)]),
    look.apply,
  ),
);

// What the home keeps

/** @param {number} share */
const hundred = (share) => Math.round(100 * share);

/**
 * What a step costs, as words and as a bar: answered rightly, answered wrongly, refused.
 * @param {Given.Step} step
 * @param {boolean} reader
 */
function cost({ answered, right }, reader) {
  if (answered === null || right === null) return null;
  const shares = { right: hundred(right), wrong: hundred(answered) - hundred(right), refused: 100 - hundred(answered) };
  const bar = Object.entries(shares).map(([name, share]) =>
    make("i", { class: `is-${name}`, style: `flex-grow: ${share}` }),
  );
  return make(
    "span",
    { class: "cost" },
    make("small", {}, word(reader ? "strictness_cost" : "strictness_cost_plain", shares)),
    make("span", { class: "shares", "aria-hidden": "true" }, ...bar),
  );
}

/** @param {Given.HomeSettings} state */
function draw(state) {
  keeping = { days: state.conversation_days, most: state.max_conversations };
  const { strictnesses, strictness, reader, fixed } = state;
  /** @type {Choice[]} */
  const values = strictnesses.steps.map((step) => [step.name, word(`strictness_${step.name}`), cost(step, reader)]);
  steps.replaceChildren(...several("strictness", values, strictness, (value) => change({ strictness: value })));
  reading.checked = reader;
  const told = strictnesses.questions
    ? word("strictness_measured", { questions: strictnesses.questions })
    : word("strictness_unmeasured");
  measured.textContent = fixed.includes("strictness") ? word("settings_fixed", { name: "YOUJU_THRESHOLD" }) : told;
  const readOnly = document.body.classList.contains("not-owner"); // this only hides; the server refuses
  strictly.disabled = readOnly || fixed.includes("strictness");
  readingSet.disabled = readOnly || fixed.includes("reader");
  one(panel, ".reading .hint").textContent = fixed.includes("reader")
    ? word("settings_fixed", { name: "YOUJU_READER" })
    : word("reading_hint");
}

/** @param {RequestInit} [options] */
const settings = (options) => request("api/settings", { headers, ...options });

/** @param {object} chosen */
async function change(chosen) {
  try {
    draw(await settings({ method: "PATCH", body: JSON.stringify(chosen) }));
    wrong.textContent = "";
  } catch (error) {
    wrong.textContent = failure(error).message;
    draw(await settings());
  }
}
reading.addEventListener("change", () => change({ reader: reading.checked }));

// What is kept

async function count() {
  const { length } = await request("api/conversations", { headers });
  const lines = [
    word("kept_documents", { count: documents }),
    word("kept_conversations", { count: length, ...keeping }),
    word("kept_ratings"),
    word("kept_own"),
  ];
  kept.replaceChildren(...lines.map((line) => make("li", {}, line)));
  forget.disabled = !length;
  return length;
}

forget.addEventListener("click", async () => {
  notForgotten.textContent = "";
  try {
    const total = await count();
    const sure = await window.youju.sure({
      title: word("forget_title", { count: total }),
      names: [],
      lines: [word("forget_lost")],
      yes: word("forget_yes", { count: total }),
    });
    if (!sure) return;
    await request("api/conversations", { method: "DELETE", headers });
    send("conversation", { id: null });
    conversations.postMessage("kept");
    await count();
  } catch (error) {
    notForgotten.textContent = failure(error).message;
  }
});

on("library", (library) => (documents = library.documents.length));
on("settings", async () => {
  wrong.textContent = notForgotten.textContent = "";
  panel.showModal();
  writer.open();
  try {
    draw(await settings());
    await count();
  } catch (error) {
    wrong.textContent = failure(error).message;
  }
});
one(panel, ".close").addEventListener("click", () => panel.close());
panel.addEventListener("click", (event) => event.target === panel && panel.close());
