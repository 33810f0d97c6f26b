// The tags of one document or of several: all that there are, those that they have ticked; new ones are typed.
const { word, one, make, fill, tags } = window.youju;
const dialog = one(element, "dialog", HTMLDialogElement);
const [title, none, list, form, no, yes] = ["h2", ".none", "ul", "form", ".no", ".yes"].map((name) =>
  one(dialog, name),
);
const input = one(form, "input", HTMLInputElement);
/** @type {(change: { add: string[], remove: string[] } | null) => void} */
let answer = () => {};
/** @type {Map<string, { box: HTMLInputElement, before: Held }>} */
let boxes = new Map(); // tag -> its checkbox, and what it was before
fill(element);

/** Ask for the tags; resolves with those to `add` and to `remove`, or with null where nothing is to change. */
window.youju.tagging = (documents, counted) =>
  new Promise((done) => {
    answer = done;
    boxes = new Map();
    list.replaceChildren();
    const [{ title: name }] = documents;
    title.textContent = word(documents.length === 1 ? "tags_of" : "tags_of_many", {
      title: name,
      count: documents.length,
    });
    for (const [tag] of counted) offer(tag, tags.heldBy(tag, documents));
    none.hidden = boxes.size > 0;
    input.value = "";
    dialog.showModal();
    input.focus();
  });

/** @param {string} tag @param {Held} held */
function offer(tag, held) {
  const box = make("input", { type: "checkbox" });
  box.checked = held === "all";
  box.indeterminate = held === "some";
  const offered = { box, before: held };
  boxes.set(tag, offered);
  list.append(make("li", {}, make("label", {}, box, make("span", {}, `#${tag}`))));
  return offered;
}

/** Take up what is typed: a tag that is new, or one that there is. */
function take() {
  const tag = tags.proper(input.value);
  input.value = "";
  if (!tag) return;
  const { box } = boxes.get(tag) ?? offer(tag, "none");
  box.checked = true;
  box.indeterminate = false;
  none.hidden = true;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  take();
});
yes.addEventListener("click", () => {
  take();
  const now = [...boxes].filter(([, { box }]) => !box.indeterminate);
  const add = now.filter(([, { box, before }]) => box.checked && before !== "all").map(([tag]) => tag);
  const remove = now.filter(([, { box, before }]) => !box.checked && before !== "none").map(([tag]) => tag);
  answer(add.length || remove.length ? { add, remove } : null);
  dialog.close();
});
no.addEventListener("click", () => dialog.close());
dialog.addEventListener("close", () => answer(null));
dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
