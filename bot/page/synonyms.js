// Terms that mean the same: a group a line, added and removed. Nothing is fetched before the place is opened.
window.youju.synonyms = (place) => {
  const { word, make, button, request, language } = window.youju;
  const [count, form, input, wrong, list] = [".count", "form", "input", ".wrong", ".groups"].map((name) =>
    place.querySelector(name),
  );
  const PATH = "api/synonyms";
  const headers = { "Accept-Language": language, "Content-Type": "application/json" };
  const PARTED = /[=＝、，,;；\n\t]+/;

  /** Show the groups that a request returns; where it fails, say why and leave them as they are. */
  async function show(path = PATH, options = {}) {
    try {
      const groups = (await request(path, { headers, ...options })) || (await request(PATH, { headers }));
      wrong.textContent = "";
      count.textContent = groups.length;
      list.replaceChildren(...groups.map(row));
      return true;
    } catch (error) {
      wrong.textContent = error.message;
      return false;
    }
  }

  function row(group) {
    const terms = group.terms.join(" = ");
    const remove = button(
      "dismiss",
      word("synonyms_remove", { terms }),
      () => show(`${PATH}/${group.group_id}`, { method: "DELETE" }),
      "×",
    );
    return make("li", {}, make("span", {}, terms), remove);
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const groups = [input.value.split(PARTED)];
    if (await show(PATH, { method: "POST", body: JSON.stringify({ groups }) })) input.value = "";
  });
  place.addEventListener("toggle", () => place.open && show());
};
