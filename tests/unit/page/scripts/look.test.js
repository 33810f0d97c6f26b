// How the page looks in this browser.
const { test } = require("node:test");
const assert = require("node:assert/strict");
const load = require("./page.js");

const classes = () => {
  const held = new Set();
  return { contains: (name) => held.has(name), toggle: (name, on) => held[on ? "add" : "delete"](name) };
};
const chosen = {};
let size;
window.youju.own = { get: (name) => chosen[name] ?? null };
globalThis.matchMedia = () => ({ matches: true, addEventListener: () => {} }); // a dark system
globalThis.document = {
  addEventListener: () => {},
  documentElement: { classList: classes(), style: { setProperty: (_, value) => (size = value) } },
  body: { classList: classes() },
};
load("look.js");
const { isDark, apply } = window.youju.look;

test("what is chosen counts before what the system says", () => {
  assert.deepEqual([isDark(null, true), isDark("system", true), isDark("light", true)], [true, true, false]);
  assert.deepEqual([isDark(null, false), isDark("system", false), isDark("dark", false)], [false, false, true]);
});

test("page and root follow, and an unknown size is the usual one", () => {
  const dark = () => [document.documentElement, document.body].map(({ classList }) => classList.contains("dark"));
  assert.deepEqual(dark(), [true, true]);
  Object.assign(chosen, { look: "light", size: "large" });
  apply();
  assert.deepEqual(dark(), [false, false]);
  assert.equal(size, "1.15");
  chosen.size = "huge";
  apply();
  assert.equal(size, "1");
});
