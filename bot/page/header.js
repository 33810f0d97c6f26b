// The header: the share panel and the settings; on a narrow screen adding, and a button for conversations and documents.
const { word, icon, fill, send, on } = window.youju;
fill(element);
const panes = () => document.querySelector("#panes").classList;
const menu = element.querySelector(".show-side");
function show(shown) {
  panes().toggle("side-shown", shown);
  menu.setAttribute("aria-expanded", String(shown));
  menu.textContent = word(shown ? "close_side" : "side");
}
menu.addEventListener("click", () => show(!panes().contains("side-shown")));
on("side", () => show(true));
document.addEventListener("keydown", (event) => event.key === "Escape" && !event.defaultPrevented && show(false));
element.querySelector(".show-add").addEventListener("click", () => send("add"));
const settings = element.querySelector(".show-settings");
settings.title = word("settings");
settings.append(icon("M3 6h8 M15 6h2 M13 4v4 M3 14h2 M9 14h8 M7 12v4")); // two sliders
settings.addEventListener("click", () => send("settings"));
element.querySelector(".show-share").addEventListener("click", () => send("share"));
for (const name of ["conversation", "open"]) on(name, () => show(false));
