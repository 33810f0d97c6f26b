// What all scripts begin with: the language, the words, and what came of a call of the server.
const { test, beforeEach } = require("node:test");
const assert = require("node:assert/strict");
const load = require("./page.js");

const WORDS = {
  zh: { greet: "{name}，{count} 个", offline: "连不上", no_network: "没有网络", unanswered: "没能回答" },
  en: { greet: "{name}, {count} of them", offline: "not there", no_network: "no network", unanswered: "unanswered" },
};
const root = { lang: "", querySelectorAll: () => [] };
let kept = {};
let answers = true; // whether the server does, when it is asked if it is there
Object.assign(globalThis, {
  WORDS,
  document: { documentElement: root },
  location: { hostname: "youju.example" },
  MutationObserver: class {
    observe() {}
  },
  localStorage: {
    getItem: (name) => kept[name] ?? null,
    setItem: (name, value) => {
      kept[name] = value;
    },
  },
  fetch: async () => {
    if (!answers) throw new TypeError("lost");
    return { ok: true };
  },
});

/** The scripts' common part, as it is in a browser of a language. */
function begun(language, onLine = true) {
  Object.defineProperty(globalThis, "navigator", { value: { language, onLine }, configurable: true });
  delete require.cache[require.resolve("../../../../bot/page/page.js")];
  load("page.js");
  return window.youju;
}
beforeEach(() => {
  kept = {};
  answers = true;
});

test("the language is the browser's, unless another is chosen; any other reads English", () => {
  const spoken = (language) => begun(language).language;
  assert.deepEqual(["zh-CN", "zh", "ZH-tw", "en-US", "fr", "zhx"].map(spoken), ["zh", "zh", "zh", "en", "en", "en"]);
  kept["youju-language"] = "en";
  assert.equal(spoken("zh-CN"), "en");
  assert.equal(root.lang, "en");
  for (const none of ["system", "toString"]) {
    kept["youju-language"] = none;
    assert.equal(spoken("zh-CN"), "zh");
  }
  assert.equal(root.lang, "zh-CN");
});

test("names are filled in, numbers as they are written there", () => {
  assert.equal(begun("en").word("greet", { name: "A $& {count}", count: 1234567 }), "A $& {count}, 1,234,567 of them");
});

test("what may not be kept holds as long as the page", () => {
  const { own } = begun("zh");
  own.put("size", "large");
  assert.equal(kept["youju-size"], "large");
  const { setItem } = localStorage;
  localStorage.setItem = () => {
    throw new Error("full");
  };
  own.put("look", "dark");
  localStorage.setItem = setItem;
  assert.equal(own.get("look"), "dark");
  assert.equal(own.get("nothing"), null);
});

test("a call gives what came back, or its error in the person's language", async () => {
  const { call, failure } = begun("zh");
  assert.deepEqual(await call(Promise.resolve([1])), [1]);
  assert.equal(await call(Promise.resolve(null)), null);
  const error = { zh: "坏了", en: "broken" };
  const thrown = await call(Promise.resolve({ error, quote: "原文" })).catch(failure);
  assert.equal(thrown.message, "坏了");
  assert.equal(thrown.result.quote, "原文");
});

test("where nothing came back it says whether the server is there, and whether there is a network", async () => {
  const lost = (onLine) =>
    begun("zh", onLine)
      .call(Promise.reject(new Error()))
      .catch(({ message }) => message);
  assert.equal(await lost(true), "没能回答");
  answers = false;
  assert.equal(await lost(true), "连不上");
  assert.equal(await lost(false), "没有网络");
  location.hostname = "127.0.0.1"; // needs none
  assert.equal(await lost(false), "连不上");
});
