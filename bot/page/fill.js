// A part of the page that only shows words; the header's button shows the documents on a narrow screen.
window.youju.fill(element);
const toggle = element.querySelector(".show-documents");
if (toggle) {
  const shown = () => document.querySelector("#panes").classList;
  toggle.addEventListener("click", () => shown().toggle("documents-shown"));
  document.addEventListener("click", (event) => {
    if (event.target.closest("#fresh, #documents .open")) shown().remove("documents-shown");
  });
}
