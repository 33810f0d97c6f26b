// The header: the share panel, and on a narrow screen the conversations and documents behind a button.
const { word, fill, send, on } = window.youju;
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
element.querySelector(".show-share").addEventListener("click", () => send("share"));
for (const name of ["conversation", "open"]) on(name, () => show(false));
