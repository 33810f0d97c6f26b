// The pages of a document: which picture is asked for, and where a box stands on it.
const { test } = require("node:test");
const assert = require("node:assert/strict");
require("./page.js")("paper.js");
const { fit, address, sides } = window.youju.paper;

test("few widths are asked for, none smaller than what is shown", () => {
  assert.deepEqual([1, 600, 601, 1500, 5000].map(fit), [600, 600, 900, 1600, 2000]);
});

test("the address changes with the document", () => {
  const source = { document_id: "a b", version: "12ab" };
  assert.equal(address(source, 3, 900), "api/documents/a%20b/pages/3?width=900&of=12ab");
});

test("a box stands in per cent of its page", () => {
  const box = { left: 125, top: 300, right: 625, bottom: 320 };
  assert.deepEqual(sides(box), { left: "12.5%", top: "30%", width: "50%", height: "2%" });
});
