// The list of documents. props.value = {documents: [DocumentInfo...],
// reports: [{source, status, error}...] of the last upload, megabytes: the largest file that is taken}.
const { word, make, fill } = window.youju;
const list = element.querySelector(".documents");
const reports = element.querySelector(".reports");
fill(element);

function removeButton(info) {
  const button = make("button", { class: "remove", type: "button", "aria-label": word("remove", info) }, "×");
  const reset = () => {
    button.classList.remove("sure");
    button.textContent = "×";
  };
  button.addEventListener("click", () => {
    if (button.classList.contains("sure")) {
      trigger("delete", { document_id: info.document_id });
    } else {
      button.classList.add("sure");
      button.textContent = word("remove_sure");
    }
  });
  button.addEventListener("blur", reset);
  return button;
}

function row(info) {
  const open = () => document.dispatchEvent(new CustomEvent("youju-open", { detail: info.document_id }));
  const facts = word(info.levels ? "facts" : "facts_flat", info);
  const name = make("button", { class: "open", type: "button", title: info.source, "aria-label": word("open", info), onclick: open },
    make("span", { class: "name" }, info.title), make("small", {}, facts));
  return make("li", {}, name, removeButton(info));
}

function report(item) {
  const failed = item.status === "failed";
  const text = failed ? item.error : `${item.source}：${word(item.status)}`;
  const line = make("li", { class: failed ? "failed" : "done", role: failed ? "alert" : "status" }, make("span", {}, text));
  line.append(make("button", { type: "button", "aria-label": word("dismiss"), onclick: () => line.remove() }, "×"));
  return line;
}

function draw() {
  const value = props.value || { documents: [], reports: [] };
  list.replaceChildren(...value.documents.map(row));
  for (const item of value.reports) reports.append(report(item));
  element.querySelector(".count").textContent = value.documents.length;
  element.querySelector(".none").hidden = value.documents.length > 0;
}

watch("value", draw);
draw();

const isPicker = (node) => node.matches?.("#side input[type=file]");

function pick(picker, files) {
  const transfer = new DataTransfer();
  files.forEach((file) => transfer.items.add(file));
  picker.files = transfer.files;
}

// Gradio refuses a whole choice for one file that is too large, in English: such a file gets its line here.
document.addEventListener("change", (event) => {
  if (!isPicker(event.target)) return;
  const limit = props.value?.megabytes;
  const [large, good] = [[], []];
  for (const file of event.target.files) (file.size > limit * 1e6 ? large : good).push(file);
  const lines = large.map((file) => ({ source: file.name, status: "failed", error: word("too_large", { name: file.name, limit }) }));
  reports.replaceChildren(...lines.map(report));
  if (large.length) pick(event.target, good);
  if (!good.length) event.stopImmediatePropagation();
}, true);

// Files dropped anywhere are added; without this the browser would leave the page to show them.
document.addEventListener("dragover", (event) => event.preventDefault());
document.addEventListener("drop", (event) => {
  if (!event.dataTransfer.files.length) return;
  event.preventDefault();
  const picker = document.querySelector("#side input[type=file]");
  pick(picker, [...event.dataTransfer.files]);
  picker.dispatchEvent(new Event("change", { bubbles: true }));
});
