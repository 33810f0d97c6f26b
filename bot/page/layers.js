// Back on a phone: what lies over the chat closes, the uppermost first, before the page is left. While anything lies
// there, one entry of the browser's history is ours.
window.youju.layers = (() => {
  const { wide, on } = window.youju;
  /** @type {Map<string, { close: () => unknown, resume?: () => unknown }>} */
  const layers = new Map(); // name -> {close, resume}, the uppermost last; `resume`: it waits under the one above it
  let ours = false; // our entry is being taken back by ourselves
  let byBack = false; // what closes now is closed by Back

  const guarded = () => history.state?.youju === true;

  function settle() {
    if (ours) return;
    if (layers.size && !guarded()) {
      // The entry below has no place in its address: going back to it must not open that again.
      const here = location.href;
      history.replaceState(history.state, "", location.pathname + location.search);
      history.pushState({ ...history.state, youju: true }, "", here);
    } else if (!layers.size && guarded()) {
      ours = true;
      history.back();
    }
  }
  const soon = () => setTimeout(settle); // one layer may take another's place

  /** Something lies over the chat; `close` takes it away. @type {Layers["opened"]} */
  const opened = (name, close) => {
    if (wide()) return;
    layers.delete(name);
    layers.set(name, { close });
    soon();
  };

  /**
   * It is hidden by what is opened over it, and comes back by `resume` when Back closes that.
   * @type {Layers["waits"]}
   */
  const waits = (name, resume) => {
    const layer = layers.get(name);
    if (layer) layer.resume = resume;
  };

  /** It is gone, and so is what waits under it, unless Back closed it. @type {Layers["closed"]} */
  const closed = (name) => {
    if (!layers.delete(name)) return;
    if (!byBack) for (const [other, { resume }] of layers) if (resume) layers.delete(other);
    soon();
  };

  window.addEventListener("popstate", () => {
    if (ours) {
      ours = false;
      return soon();
    }
    const last = () => [...layers].at(-1);
    const upper = last();
    if (!upper || guarded()) return;
    byBack = true;
    const [name, { close }] = upper;
    close();
    layers.delete(name);
    byBack = false;
    last()?.[1].resume?.();
    soon();
  });

  on("library", soon); // what a reload found open is open again by then

  return { opened, waits, closed };
})();
