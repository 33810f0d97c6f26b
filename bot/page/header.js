// The header: the share panel and the settings; on a narrow screen adding, and the lists behind a button.
const { word, one, icon, fill, send, on, wide, layers } = window.youju;
const SHOWN = "youju-side"; // whether the menu is shown, also after a reload
fill(element);
const panes = () => one(document, "#panes").classList;
const menu = one(element, ".show-side");
/** @param {boolean} shown */
function show(shown) {
  panes().toggle("side-shown", shown);
  menu.setAttribute("aria-expanded", String(shown));
  menu.textContent = word(shown ? "close_side" : "side");
  shown ? sessionStorage.setItem(SHOWN, "yes") : sessionStorage.removeItem(SHOWN);
  shown ? layers.opened("side", () => show(false)) : layers.closed("side");
}
const isShown = () => panes().contains("side-shown");
menu.addEventListener("click", () => show(!isShown()));
on("side", () => show(true));
document.addEventListener("keydown", (event) => event.key === "Escape" && !event.defaultPrevented && show(false));
one(element, ".show-add").addEventListener("click", () => send("add"));
const settings = one(element, ".show-settings");
settings.title = word("settings");
settings.append(icon("M3 6h8 M15 6h2 M13 4v4 M3 14h2 M9 14h8 M7 12v4")); // two sliders
settings.addEventListener("click", () => send("settings"));
one(element, ".show-share").addEventListener("click", () => send("share"));
on("conversation", ({ again }) => again || show(false));
on("open", () => {
  if (!isShown()) return;
  panes().remove("side-shown"); // Back leads from the document to the list again
  layers.waits("side", () => show(true));
  menu.setAttribute("aria-expanded", "false");
  menu.textContent = word("side");
  sessionStorage.removeItem(SHOWN);
});
let again = !wide() && sessionStorage.getItem(SHOWN) !== null;
on("library", () => {
  if (again) show(true); // after a reload, once all parts are there
  again = false;
});
