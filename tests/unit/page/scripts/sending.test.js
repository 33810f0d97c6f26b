// Files on their way to the server: which go together, and what came back.
const { test } = require("node:test");
const assert = require("node:assert/strict");
require("./page.js")("sending.js");
const { parts, reportsOf } = window.youju.sending;
const sizes = (files) => parts(files.map((size) => ({ size }))).map((part) => part.map(({ size }) => size));

test("files go together, twenty at most, and not over eight megabytes but for one alone", () => {
  assert.deepEqual(sizes([]), []);
  assert.deepEqual(
    sizes(Array(45).fill(1)).map((part) => part.length),
    [20, 20, 5],
  );
  assert.deepEqual(sizes([5e6, 2e6, 2e6, 9e6, 1]), [[5e6, 2e6], [2e6], [9e6], [1]]);
});

test("what comes back are reports, an error with reports, or no JSON", () => {
  assert.deepEqual(reportsOf({ responseText: '[{"source": "a"}, {"source": "b"}]' }), {
    error: undefined,
    made: { source: "a" },
    inside: [{ source: "b" }],
  });
  const failed = reportsOf({ responseText: '{"error": "bad", "reports": [{"source": "a"}]}' });
  assert.deepEqual([failed.error, failed.made], ["bad", { source: "a" }]);
  assert.deepEqual(reportsOf({ responseText: "<html>" }), { inside: [] });
});
