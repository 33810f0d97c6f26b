// What was asked before that a document was cited for; a click opens the answer.
window.youju.earlier = (() => {
  const { word, one, make, button } = window.youju;
  const PATIENCE = 5000; // milliseconds until a conversation that is opened is there

  /** The node of the chat, once it is there; null where it does not come. @type {Earlier["appeared"]} */
  function appeared(selector) {
    return new Promise((done) => {
      const look = () => {
        const node = document.querySelector(selector);
        if (node) end(node);
      };
      const watch = new MutationObserver(look);
      const timer = setTimeout(() => end(null), PATIENCE);
      /** @param {Element | null} node */
      const end = (node) => {
        watch.disconnect();
        clearTimeout(timer);
        done(node);
      };
      watch.observe(document.body, { childList: true, subtree: true });
      look();
    });
  }

  /** @param {string} moment @param {Language} language */
  const day = (moment, language) => new Date(moment).toLocaleDateString(language === "zh" ? "zh-CN" : "en");

  /**
   * Show questions in `root`; `switcher` opens it, `unfolded` is told; `go` is called with the turn that is chosen.
   * @type {Earlier["panel"]}
   */
  function panel(root, switcher, language, unfolded, go) {
    const list = one(root, "ul");
    /** @param {boolean} open */
    function unfold(open) {
      root.hidden = !open;
      switcher.setAttribute("aria-expanded", String(open));
      if (open) unfolded();
    }
    switcher.addEventListener("click", () => unfold(Boolean(root.hidden)));
    return {
      unfold,
      draw(turns) {
        const lines = turns.map((turn) => {
          const line = button("", turn.question, () => go(turn));
          line.append(make("time", { datetime: turn.asked_at }, day(turn.asked_at, language)));
          return make("li", {}, line);
        });
        list.replaceChildren(...lines);
        switcher.hidden = !turns.length;
        switcher.textContent = word("earlier", { count: turns.length });
        if (!turns.length) unfold(false);
      },
    };
  }

  return { appeared, panel };
})();
