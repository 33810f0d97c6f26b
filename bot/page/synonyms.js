// Terms that mean the same: a group a line, added and removed. Nothing is fetched before the place is opened.
window.youju.synonyms = (place) => {
  const { word, one, make, button, request, failure, language } = window.youju;
  const [count, form, wrong, list] = [".count", "form", ".wrong", ".groups"].map((name) => one(place, name));
  const input = one(place, "input", HTMLInputElement);
  const PATH = "api/synonyms";
  const headers = { "Accept-Language": language, "Content-Type": "application/json" };
  const PARTED = /[=＝、，,;；\n\t]+/;

  /** Show the groups that a request returns; where it fails, say why and leave them as they are. */
  async function show(path = PATH, options = {}) {
    try {
      const groups = (await request(path, { headers, ...options })) || (await request(PATH, { headers }));
      wrong.textContent = "";
      count.textContent = String(groups.length);
      list.replaceChildren(...groups.map(row));
      return true;
    } catch (error) {
      wrong.textContent = failure(error).message;
      return false;
    }
  }

  /** @param {Given.SynonymGroup} group */
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
