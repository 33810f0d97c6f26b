// Stands in for the page until it is there: a question can be typed and sent at once, and is asked when it can be.
window.youjuAhead = (() => {
  const root = document.documentElement;
  const here = /** @type {HTMLElement} */ (document.getElementById("ahead"));
  const [form, box, go, told] = /** @type {[HTMLFormElement, HTMLTextAreaElement, HTMLElement, HTMLElement]} */ (
    ["form", "textarea", "button", ".told"].map((selector) => here.querySelector(selector))
  );
  /** What this browser keeps, as in page.js. @param {string} name */
  const own = (name) => {
    try {
      return localStorage.getItem(`youju-${name}`);
    } catch {
      return null;
    }
  };
  const chosen = own("language");
  const language = chosen === "zh" || chosen === "en" ? chosen : /^zh\b/i.test(navigator.language) ? "zh" : "en";
  const words = WORDS[language];
  const look = own("look");
  root.classList.toggle(
    "dark",
    look === "dark" || (look !== "light" && matchMedia("(prefers-color-scheme: dark)").matches),
  );
  /** @param {string} selector @param {string} said */
  const say = (selector, said) => here.querySelector(selector)?.replaceChildren(said);
  say("h2", words.welcome);
  say("main p", words.welcome_more);
  box.placeholder = words.ask;
  box.setAttribute("aria-label", words.question);
  box.value = sessionStorage.getItem("youju-draft") ?? "";

  let sent = false;
  let composing = false; // in an input method: what is being written must not be torn away
  /** @type {(() => void) | null} */
  let wanted = null;
  /** @param {boolean} now */
  const send = (now) => {
    sent = now;
    told.textContent = sent ? words.soon : "";
    go.textContent = words[sent ? "stop" : "send"];
  };
  send(false);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(!sent && box.value.trim() !== "");
  });
  box.addEventListener("input", () => {
    send(false);
    box.style.height = "auto";
    box.style.height = `${Math.min(box.scrollHeight, 160)}px`;
  });
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    if (!sent) form.requestSubmit();
  });
  box.addEventListener("compositionstart", () => {
    composing = true;
  });
  box.addEventListener("compositionend", () => {
    composing = false;
    wanted?.();
  });
  if (matchMedia("(min-width: 1000px)").matches) box.focus();

  return {
    hand: (take) => {
      const give = () => {
        wanted = null;
        if (!here.isConnected) return;
        const { value: text, selectionStart: from, selectionEnd: to } = box;
        const focused = document.activeElement === box;
        here.remove();
        take({ text, sent, focused, from, to });
      };
      if (composing) wanted = give;
      else give();
    },
  };
})();
