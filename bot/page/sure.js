// Asks once more before something is lost. The way back has the focus, and the second click of a double click comes too
// early to say anything.
const { word, one, make, fill } = window.youju;
const dialog = one(element, "dialog", HTMLDialogElement);
const [title, names, told, no, yes] = ["h2", "ul", ".told", ".no", ".yes"].map((name) => one(dialog, name));
const MOST = 6; // names that are shown
const SLIP = 400; // milliseconds
/** @type {(sure: boolean) => void} */
let answer = () => {};
let shownAt = 0;
fill(element);

/** Ask; resolves with whether the person said yes. `lines` that are false are left out. */
window.youju.sure = (asked) =>
  new Promise((done) => {
    answer = done;
    title.textContent = asked.title;
    const more = asked.names.length - MOST;
    names.replaceChildren(...asked.names.slice(0, MOST).map((name) => make("li", {}, name)));
    if (more > 0) names.append(make("li", {}, word("and_more", { count: more })));
    told.replaceChildren(...asked.lines.filter(Boolean).map((line) => make("p", {}, line)));
    yes.textContent = asked.yes;
    shownAt = performance.now();
    dialog.showModal();
  });

/** @param {MouseEvent} event */
const slipped = ({ detail }) => detail && performance.now() - shownAt < SLIP; // detail: a pointer, not the keyboard

/** @param {boolean} sure */
const settle = (sure) => {
  answer(sure);
  dialog.close();
};

yes.addEventListener("click", (event) => slipped(event) || settle(true));
no.addEventListener("click", () => settle(false));
// Escape too. It is told a moment later: by then another question may be open.
dialog.addEventListener("close", () => dialog.open || answer(false));
dialog.addEventListener("click", (event) => event.target === dialog && !slipped(event) && dialog.close());
