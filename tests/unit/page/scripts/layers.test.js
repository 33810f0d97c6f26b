// Back on a phone: the uppermost of what lies over the chat closes, and one entry of the history is ours.
const { test, mock } = require("node:test");
const assert = require("node:assert/strict");
const load = require("./page.js");

const entries = [null]; // the states of the browser's history
let wide = false;
let back; // what the page does when the browser goes back
Object.assign(globalThis, {
  location: { href: "/#read-a", pathname: "/", search: "" },
  history: {
    get state() {
      return entries.at(-1);
    },
    replaceState: (state) => entries.splice(-1, 1, state),
    pushState: (state) => entries.push(state),
    back: () => goBack(),
  },
});
const goBack = () => {
  entries.pop();
  back();
};
Object.assign(window, { addEventListener: (_, act) => (back = act) });
window.youju = { wide: () => wide, on: () => {} };
mock.timers.enable({ apis: ["setTimeout"] });
load("layers.js");
const { layers } = window.youju;
const settled = () => mock.timers.tick(1);

test("one entry is ours while anything is open, and is given back when all is closed by hand", () => {
  layers.opened("reader", () => {});
  layers.opened("share", () => {});
  settled();
  assert.deepEqual(entries, [null, { youju: true }]);
  layers.closed("share");
  settled();
  assert.equal(entries.length, 2);
  layers.closed("reader");
  settled();
  assert.deepEqual(entries, [null]);
});

test("Back closes the uppermost; what waits under it comes again", () => {
  const done = [];
  layers.opened("side", () => done.push("side closed"));
  layers.waits("side", () => done.push("side again"));
  layers.opened("reader", () => {
    done.push("reader closed");
    layers.closed("reader");
  });
  settled();
  goBack();
  settled();
  assert.deepEqual(done, ["reader closed", "side again"]);
  assert.deepEqual(entries, [null, { youju: true }]); // for the one that came again
  goBack();
  settled();
  assert.deepEqual(done.slice(2), ["side closed"]);
  assert.deepEqual(entries, [null]);
});

test("closed by hand, nothing comes again; beside the chat there are no layers", () => {
  const done = [];
  layers.opened("side", () => done.push("side closed"));
  layers.waits("side", () => done.push("side again"));
  layers.opened("reader", () => {});
  settled();
  layers.closed("reader");
  settled();
  assert.deepEqual([done, entries], [[], [null]]);
  wide = true;
  layers.opened("reader", () => {});
  settled();
  assert.deepEqual(entries, [null]);
});
