// Going through the places of a search.
const { test } = require("node:test");
const assert = require("node:assert/strict");
require("./page.js")("finding.js");
const { startAt, stepped } = window.youju.finding;

test("it begins where a person reads, and at the top behind the last place", () => {
  const places = [2, 2, 7].map((paragraph) => ({ paragraph }));
  assert.deepEqual(
    [0, 2, 3, 7, 8].map((paragraph) => startAt(places, paragraph)),
    [0, 0, 2, 2, 0],
  );
});

test("behind the last comes the first", () => {
  assert.deepEqual([stepped(2, 1, 3), stepped(0, -1, 3), stepped(0, 1, 3), stepped(0, 1, 1)], [0, 2, 1, 0]);
});
