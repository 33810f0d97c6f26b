// The visitor's conversations: find, open, rename, export, delete. Other tabs hear of changes through a channel.
const { word, make, one, failure, targetOf, button, fill, send, on, call, choices } = window.youju;
const [list, every, none, wrong] = [".kept", ".show-all", ".none", ".wrong"].map((name) => one(element, name));
const filter = one(element, ".filter", HTMLInputElement);
const tabs = new BroadcastChannel("youju");
/** @type {string | null} */
let open = null; // the conversation that is shown
let drawn = ""; // what stands in the list
/** @type {("md" | "docx")[]} */
const FORMATS = ["md", "docx"]; // to take a conversation away in
const FEW = 3; // so many are shown before somebody asks for all: the documents stand below
let all = false;
const begin = choices.newest();
fill(element);

/** @param {() => Promise<unknown>} work */
async function attempt(work) {
  wrong.textContent = "";
  try {
    await work();
    tabs.postMessage("kept");
  } catch (error) {
    wrong.textContent = failure(error).message;
  }
  await refresh();
}

async function refresh() {
  const isNewest = begin();
  try {
    const found = await call(server.conversations(filter.value));
    if (isNewest()) draw(found);
  } catch (error) {
    wrong.textContent = failure(error).message;
  }
}

/**
 * Show what was found; a list that is the same stays as it is, with the menu that somebody has unfolded.
 * @param {Given.ConversationInfo[]} found
 */
function draw(found) {
  const few = all || filter.value || found.length <= FEW + 1;
  const shown = few ? found : found.filter((info, place) => place < FEW || info.conversation_id === open);
  const now = JSON.stringify(shown);
  if (now !== drawn) list.replaceChildren(...shown.map(item));
  every.hidden = shown.length === found.length;
  every.textContent = word("conversations_all", { count: found.length });
  drawn = now;
  for (const name of list.querySelectorAll(".open")) {
    if (name.getAttribute("data-id") === open) name.setAttribute("aria-current", "true");
    else name.removeAttribute("aria-current");
  }
  none.hidden = found.length > 0;
  none.textContent = word(filter.value ? "none_found" : "no_conversations");
  filter.hidden = !filter.value && found.length < 2;
}

/** @param {Given.ConversationInfo} info */
function item(info) {
  const name = make(
    "button",
    {
      type: "button",
      class: "open",
      "data-id": info.conversation_id,
      title: info.title,
      onclick: () => send("conversation", { id: info.conversation_id }),
    },
    make("span", { class: "name" }, info.title),
  );
  /** @type {HTMLElement} */
  const menu = make(
    "details",
    { class: "menu" },
    make("summary", { "aria-label": word("more", info) }, "⋯"),
    make(
      "div",
      {},
      button("", word("rename"), () => rename(info, row)),
      ...FORMATS.map((format) =>
        make(
          "a",
          { href: `api/conversations/${info.conversation_id}/export?format=${format}`, download: true },
          word(`export_${format}`),
        ),
      ),
      sure("delete", () =>
        attempt(async () => {
          await call(server.forget(info.conversation_id));
          send("forgotten", { id: info.conversation_id });
        }),
      ),
    ),
  );
  /** @type {HTMLElement} */
  const row = make("li", {}, name, menu);
  return row;
}

/** A button that wants a second click. @param {"delete"} name @param {() => unknown} act */
function sure(name, act) {
  const made = button("danger", word(name), () => {
    if (made.classList.contains("sure")) return act();
    made.classList.add("sure");
    made.textContent = word(`${name}_sure`);
  });
  made.addEventListener("blur", () => {
    made.classList.remove("sure");
    made.textContent = word(name);
  });
  return made;
}

/** @param {Given.ConversationInfo} info @param {HTMLElement} row */
function rename(info, row) {
  const input = make("input", { value: info.title, maxlength: 100, "aria-label": word("rename") });
  let done = false;
  /** @param {boolean} keep */
  const end = (keep) => {
    if (done) return;
    done = true;
    const title = input.value.trim();
    if (keep && title && title !== info.title)
      attempt(() => call(server.rename({ conversation: info.conversation_id, title })));
    else refresh();
  };
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter") end(true);
    if (event.key === "Escape") end(false);
  });
  input.addEventListener("blur", () => end(true));
  row.replaceChildren(input);
  drawn = "";
  input.focus();
  input.select();
}

one(element, "#fresh").addEventListener("click", () => send("conversation", { id: null }));
filter.addEventListener("input", refresh);
every.addEventListener("click", () => {
  all = true;
  refresh();
});
// The lists scroll, and would cut a menu off: it stands in the window.
const side = /** @type {HTMLElement} */ (element.closest("#side"));
side.addEventListener(
  "toggle",
  (event) => {
    const menu = targetOf(event);
    if (!menu.matches(".menu[open]")) return;
    const [box, at] = [one(menu, "div"), one(menu, "summary").getBoundingClientRect()];
    box.style.top = `${Math.min(at.bottom, innerHeight - box.offsetHeight - 8)}px`;
    box.style.left = `${Math.max(8, at.right - box.offsetWidth)}px`;
  },
  true,
);
const closeMenus = () => {
  for (const menu of side.querySelectorAll("details")) if (menu.matches(".menu")) menu.open = false;
};
side.addEventListener("scroll", closeMenus, true);
document.addEventListener("click", (event) => {
  for (const menu of list.querySelectorAll("details")) if (!menu.contains(targetOf(event))) menu.open = false;
});
list.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" ? targetOf(event).closest("details") : null;
  if (!menu?.open) return;
  menu.open = false;
  one(menu, "summary").focus();
});
/** @param {string | null} id */
const mark = (id) => {
  open = id;
  refresh();
};
on("shown", ({ id }) => mark(id));
on("conversation", ({ id }) => id === null && mark(null));
on("kept", ({ id }) => {
  open = id;
  tabs.postMessage("kept");
  refresh();
});
tabs.addEventListener("message", refresh);
refresh();
