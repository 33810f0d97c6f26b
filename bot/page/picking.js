// Pointing out, in the reading pane, the paragraph that would have been right.
window.youju.picking = (() => {
  const { word, make, button, targetOf, send, on, wide } = window.youju;

  /**
   * Let a person point at a block of `text`, invited by the line `invitation`.
   * pane: `source()` and `blocks()` that are shown, `first()` of the paragraphs, `show()` opens it, `redraw()` it.
   * @type {Youju["picking"]["pointer"]}
   */
  function pointer(text, invitation, pane) {
    /** @type {number | null} */
    let turn = null; // the one for which a paragraph is being pointed out

    /** @param {string | null} [thanks] */
    function invite(thanks = null) {
      const asking = turn !== null;
      text.classList.toggle("picking", asking && pane.source() !== null);
      for (const node of asking ? pane.blocks() : text.querySelectorAll("[role=button]")) {
        for (const [name, value] of Object.entries({ role: "button", tabindex: "0" })) {
          if (asking) node.setAttribute(name, value);
          else node.removeAttribute(name);
        }
      }
      const list = button("list", word("pick_list"), () => send("side"));
      const lines = asking
        ? [
            make("span", {}, word(pane.source() ? "pick" : "pick_open") + (wide() ? word("pick_escape") : "")),
            pane.source() || wide() ? null : list,
            button("cancel", word("pick_cancel"), stop),
          ]
        : [thanks];
      invitation.replaceChildren(...lines.filter(Boolean));
    }

    function stop() {
      turn = null;
      invite();
      pane.redraw();
    }

    /** @param {HTMLElement} node */
    function pick(node) {
      const paragraph = pane.first() + pane.blocks().indexOf(node);
      const [rated, source] = [turn, pane.source()];
      if (rated === null || !source) return;
      turn = null;
      invite();
      text.focus({ preventScroll: true });
      send("picked", { turn: rated, right: { document_id: source.document_id, paragraph } });
    }

    /** The block that something happens to. @param {Event} event @returns {HTMLElement | null} */
    const blockAt = (event) => targetOf(event).closest("[role=button]");

    on("pick", (asked) => {
      turn = asked.turn;
      pane.show();
      invite();
      pane.redraw();
      const blocks = pane.blocks();
      (blocks.find((node) => node.matches(".here")) ?? blocks[0])?.focus({ preventScroll: true });
    });
    on("marked", ({ paragraph }) => {
      const guest = document.body.classList.contains("visiting");
      invite(word(guest ? "pick_thanks" : "pick_counts", { paragraph: paragraph + 1 }));
    });
    on("conversation", () => turn !== null && stop());
    text.addEventListener("click", (event) => {
      const node = turn !== null && blockAt(event);
      if (node) pick(node);
    });
    text.addEventListener("keydown", (event) => {
      const node = blockAt(event);
      if (turn === null || !node) return;
      if (["Enter", " "].includes(event.key)) {
        event.preventDefault();
        pick(node);
      } else if (["ArrowUp", "ArrowDown"].includes(event.key)) {
        event.preventDefault();
        const blocks = pane.blocks();
        blocks[blocks.indexOf(node) + (event.key === "ArrowDown" ? 1 : -1)]?.focus();
      }
    });
    return { isOn: () => turn !== null, invite, stop };
  }

  return { pointer };
})();
