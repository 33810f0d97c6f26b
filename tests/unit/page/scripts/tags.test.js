// The tags of documents.
const { test } = require("node:test");
const assert = require("node:assert/strict");
require("./page.js")("tags.js");
const { counted, heldBy, hasAll, proper } = window.youju.tags;

const DOCUMENTS = [{ tags: ["合同", "重要"] }, { tags: ["重要"] }, { tags: [] }, { tags: ["2024", "合同"] }];

test("the most used tags come first, those used alike by name", () => {
  assert.deepEqual(counted(DOCUMENTS), [
    ["合同", 2],
    ["重要", 2],
    ["2024", 1],
  ]);
  assert.deepEqual(counted([]), []);
});

test("all, some or none of several documents have a tag", () => {
  assert.equal(heldBy("重要", DOCUMENTS.slice(0, 2)), "all");
  assert.equal(heldBy("合同", DOCUMENTS.slice(0, 2)), "some");
  assert.equal(heldBy("2024", DOCUMENTS.slice(0, 2)), "none");
});

test("several tags narrow one another, and none narrows nothing", () => {
  const having = (...wanted) => DOCUMENTS.filter((info) => hasAll(info, new Set(wanted))).length;
  assert.deepEqual([having(), having("重要"), having("重要", "合同"), having("重要", "2024")], [4, 2, 1, 0]);
});

test("a tag is kept without the sign that people type before it", () => {
  assert.deepEqual(["  合同 ", "#合同", "＃ 合同", "two   words", " "].map(proper), [
    "合同",
    "合同",
    "合同",
    "two words",
    "",
  ]);
});
