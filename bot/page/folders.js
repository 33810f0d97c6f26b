// Folders of this machine that are kept in step: named, brought into step, forgotten. Guests of a link see none of it.
const { word, make, one, failure, button, fill, send, on, call, request, language } = window.youju;
const [place, form, wrong, list] = ["details", "form", ".wrong", "ul"].map((name) => one(element, name));
const input = one(element, "input", HTMLInputElement);
const PATH = "api/folders";
const headers = { "Accept-Language": language, "Content-Type": "application/json" };
const [OFTEN, SELDOM] = [700, 5000]; // milliseconds
/** @type {number | undefined} */
let generation; // of the documents: what is in step changes by itself
let looking = 0;
fill(element);

/** Show the folders as they are now; look again soon while there is something to follow. */
async function look() {
  clearTimeout(looking);
  const state = await call(server.folders(null)).catch(() => null);
  if (state) {
    place.hidden = !state.here;
    list.replaceChildren(...state.folders.map(row));
    send("folders", { names: state.names });
    if (generation !== undefined && generation !== state.generation) send("changed");
    generation = state.generation;
  }
  const busy = state?.folders.some(({ going }) => going);
  if (busy || state?.names.length) looking = setTimeout(later, busy ? OFTEN : SELDOM);
}

function later() {
  if (document.hidden) looking = setTimeout(later, SELDOM);
  else look();
}

/** @param {string} path @param {RequestInit} [options] */
async function ask(path, options) {
  try {
    await request(path, { headers, ...options });
    wrong.textContent = "";
    return true;
  } catch (error) {
    wrong.textContent = failure(error).message;
    return false;
  } finally {
    look();
  }
}

/** @param {Given.Folder} folder */
function state(folder) {
  if (folder.going && folder.going.of !== "files") return window.youju.sending.told(folder.going)[0];
  if (folder.going) return word(folder.going.total ? "in_step_going" : "in_step_looking", folder.going);
  if (folder[`error_${language}`]) return folder[`error_${language}`];
  if (!folder.there) return word("in_step_away");
  const read = word(folder.failed ? "in_step_failed" : "in_step_files", folder);
  return folder.synced_at ? read : word("in_step_never");
}

/** @param {Given.Folder} folder */
function row(folder) {
  const at = `${PATH}/${encodeURIComponent(folder.name)}`;
  const forget = button("dismiss", word("in_step_forget", folder), () => sure(folder, at), "×");
  return make(
    "li",
    { class: folder.error_en || !folder.there ? "failed" : null },
    make("div", { title: folder.path }, make("b", {}, folder.name), make("small", { role: "status" }, state(folder))),
    button("again", word("in_step_now", folder), () => ask(`${at}/sync`, { method: "POST", body: "{}" }), "↻"),
    folder.set ? "" : forget,
  );
}

/** Its documents go with it: asked once more in the line itself. @param {Given.Folder} folder @param {string} at */
function sure(folder, at) {
  const told = make(
    "li",
    { class: "chosen" },
    make("span", {}, word("in_step_sure", folder)),
    button("remove", word("in_step_forget_all"), () => ask(at, { method: "DELETE" })),
    button("leave", word("in_step_forget_keep"), () => ask(`${at}?keep=true`, { method: "DELETE" })),
    button("cancel", word("pick_cancel"), look),
  );
  clearTimeout(looking); // else the line would be drawn anew under the pointer
  list.replaceChildren(told);
  one(told, "button").focus();
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const path = input.value.trim();
  if (path && (await ask(PATH, { method: "POST", body: JSON.stringify({ path }) }))) input.value = "";
});
on("library", () => {
  if (generation === undefined) return;
  generation = undefined; // what is shown is of the newest
  look();
});
look();
