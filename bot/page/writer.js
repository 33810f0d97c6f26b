// The settings of the model that writes: where it stands, what would leave this machine, and only then the switch.
window.youju.writer = (place) => {
  const { word, make, one, button, several, request, failure, send, language } = window.youju;
  const PATH = "api/settings/writer";
  const headers = { "Accept-Language": language, "Content-Type": "application/json" };
  const [told, wrong, seen, models, leaves, key] = [".told", ".wrong", ".seen", ".models", ".leaves", ".key"].map(
    (name) => one(place, name),
  );
  const [other, choosing] = [one(place, "details", HTMLDetailsElement), one(place, "form", HTMLFormElement)];
  const [url, model] = [".url", ".model"].map((name) => one(choosing, name, HTMLInputElement));
  const [look, use] = [".see", ".use"].map((name) => one(choosing, name, HTMLButtonElement));
  const [mode, unsupported, proposing] = [".mode", ".unsupported", ".proposing"].map((name) =>
    one(place, name, HTMLFieldSetElement),
  );
  const proposes = one(proposing, "input", HTMLInputElement);
  /** The line of a server in the page's language. @param {{ leaves_en: string, leaves_zh: string }} of */
  const leaving = (of) => (language === "zh" ? of.leaves_zh : of.leaves_en);
  let looked = ""; // the address of which is told what would leave

  /** What is in force, and what of it may be changed here. @param {Given.Writer} state */
  function draw(state) {
    const readOnly = document.body.classList.contains("not-owner"); // this only hides; the server refuses
    const off = button("off", word("writer_off"), () => change({ url: "" }));
    told.replaceChildren(
      ...(state.on
        ? [make("b", {}, word("writer_is", state)), make("p", { class: "goes" }, leaving(state))]
        : [word("writer_none")]),
      ...(state.on && !readOnly && !state.fixed ? [off] : []),
      ...(state.fixed ? [make("p", { class: "hint" }, word("settings_fixed", { name: "YOUJU_LLM" }))] : []),
    );
    other.hidden = readOnly || state.fixed;
    if (!state.on) other.open = true;
    one(other, "summary").textContent = word(state.on ? "writer_other" : "writer_set");
    if (state.url && !url.value) url.value = state.url;
    key.textContent = word(state.key ? "writer_key_there" : "writer_key_none");
    for (const set of [mode, unsupported, proposing]) {
      set.hidden = !state.on;
      set.disabled = readOnly;
    }
    /** @type {(name: "mode" | "unsupported", into: HTMLElement, values: Choice[]) => void} */
    const choices = (name, into, values) =>
      one(into, "div").replaceChildren(
        ...several(`writer-${name}`, values, state[name], (value) => change({ [name]: value })),
      );
    choices(
      "mode",
      mode,
      window.youju.writing.MODES.map((name) => [name, word(`mode_${name}`)]),
    );
    choices("unsupported", unsupported, [
      ["struck", word("writer_struck")],
      ["left_out", word("writer_left_out")],
    ]);
    proposes.checked = state.proposing;
    ready();
    send("writer", { writer: state });
  }

  /** It can be switched on once it is told what would leave, and a model is named. */
  function ready() {
    const same = Boolean(looked) && looked === url.value.trim();
    if (!same) for (const node of [seen, models, leaves]) node.replaceChildren();
    use.disabled = !same || !model.value.trim();
  }

  /** Do what may fail with a line for the person. @param {() => Promise<unknown>} work */
  async function attempt(work) {
    wrong.textContent = "";
    try {
      await work();
      return true;
    } catch (error) {
      wrong.textContent = failure(error).message;
      return false;
    }
  }

  const learn = async () => draw(await request(PATH, { headers }));

  /** @param {Partial<Pick<Given.Writer, "url" | "model" | "mode" | "unsupported" | "proposing">>} chosen */
  async function change(chosen) {
    const done = await attempt(async () =>
      draw(await request(PATH, { method: "PATCH", headers, body: JSON.stringify(chosen) })),
    );
    if (!done) {
      const line = wrong.textContent;
      await attempt(learn); // what is shown is what holds
      wrong.textContent = line;
    }
    return done;
  }

  choosing.addEventListener("submit", (event) => {
    event.preventDefault();
    const asked = url.value.trim();
    look.disabled = true;
    seen.textContent = word("writer_looking");
    attempt(async () => {
      /** @type {Given.Seen} */
      const found = await request(`${PATH}/look`, { method: "POST", headers, body: JSON.stringify({ url: asked }) });
      if (asked !== url.value.trim()) return;
      looked = asked;
      const message = language === "zh" ? found.message_zh : found.message_en;
      seen.textContent = found.answers
        ? word("writer_answers", { host: found.host, count: found.models.length })
        : message;
      leaves.textContent = leaving(found);
      models.replaceChildren(
        ...found.models.map((name) =>
          button("name", name, () => {
            model.value = name;
            ready();
            use.focus();
          }),
        ),
      );
      if (!found.models.includes(model.value)) model.value = found.models[0] ?? model.value;
    }).then((done) => {
      look.disabled = false;
      if (!done) seen.textContent = "";
      ready();
    });
  });
  for (const input of [url, model]) input.addEventListener("input", ready);
  use.addEventListener("click", async () => {
    if (!(await change({ url: url.value.trim(), model: model.value.trim() }))) return;
    other.open = false;
    told.focus();
  });
  proposes.addEventListener("change", () => change({ proposing: proposes.checked }));

  return { open: () => attempt(learn) };
};
