// How the page looks in this browser: light or dark, and how large its text is. Gradio marks the dark page by the
// system's look alone.
window.youju.look = (() => {
  const { own } = window.youju;
  /** @type {Record<string, number> & Record<Size, number>} */
  const SIZES = { small: 0.9, usual: 1, large: 1.15, larger: 1.3 };
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");

  /** Whether the page is dark, by what is chosen and what the system says. @type {Youju["look"]["isDark"]} */
  const isDark = (look, dark) => look === "dark" || (look !== "light" && dark);

  /**
   * Look as was chosen; what is right already stays untouched, for this is called whenever it changes.
   * @type {Youju["look"]["apply"]}
   */
  const apply = () => {
    root.style.setProperty("--size", String(SIZES[own.get("size") ?? ""] ?? 1));
    const dark = isDark(own.get("look"), system.matches);
    for (const node of [root, document.body])
      if (node && node.classList.contains("dark") !== dark) node.classList.toggle("dark", dark);
  };

  apply();
  system.addEventListener("change", apply);
  document.addEventListener("DOMContentLoaded", () => {
    apply();
    new MutationObserver(apply).observe(document.body, { attributes: true, attributeFilter: ["class"] });
  });
  return { SIZES: /** @type {Size[]} */ (Object.keys(SIZES)), apply, isDark };
})();
