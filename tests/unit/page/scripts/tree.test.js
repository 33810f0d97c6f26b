// The documents as a tree of folders.
const { test } = require("node:test");
const assert = require("node:assert/strict");
require("./page.js")("tree.js");
const { build, lines, order, chosenOf } = window.youju.tree;

const made = (source, title, added_at = "2026") => ({ document_id: source, source, title, added_at });
const DOCUMENTS = [
  made("b/x/9.txt", "第9号", "2026-01-03"),
  made("b/x/10.txt", "第10号", "2026-01-01"),
  made("b/y.txt", "乙", "2026-01-02"),
  made("z.txt", "末", "2026-01-01"),
  made("a.txt", "始", "2026-01-05"),
];
const kindOf = ({ source }) => source.split(".").at(-1);
const shown = (root, isOpen, by = "name") =>
  lines(root, isOpen, order(by, "zh-CN", kindOf), "zh-CN").map(
    ({ folder, info, depth }) => `${depth} ${folder ? folder.path : info.source}`,
  );

test("of a closed folder nothing is shown but its line", () => {
  const root = build(DOCUMENTS);
  assert.deepEqual(
    shown(root, () => false),
    ["0 b", "0 z.txt", "0 a.txt"],
  );
  assert.deepEqual(
    shown(root, ({ path }) => path === "b"),
    ["0 b", "1 b/x", "1 b/y.txt", "0 z.txt", "0 a.txt"],
  );
});

test("folders stand first, names in the order of their numbers, the newest first where that is asked for", () => {
  const root = build(DOCUMENTS);
  const inner = ["0 b", "1 b/x", "2 b/x/9.txt", "2 b/x/10.txt", "1 b/y.txt"];
  assert.deepEqual(shown(root, () => true).slice(0, 5), inner);
  assert.deepEqual(
    shown(root, () => false, "date"),
    ["0 b", "0 a.txt", "0 z.txt"],
  );
});

test("by kind, and those of a kind by name", () => {
  const files = [made("2.txt", "二"), made("10.pdf", "第10"), made("9.pdf", "第9"), made("1.docx", "一")];
  const sorted = files.sort(order("kind", "zh-CN", kindOf));
  assert.deepEqual(
    sorted.map(({ source }) => source),
    ["1.docx", "9.pdf", "10.pdf", "2.txt"],
  );
});

test("a folder holds the documents of those below it, and may hold none", () => {
  const root = build(DOCUMENTS, ["b", "empty"]);
  assert.deepEqual(root.folders.get("b").ids, ["b/x/9.txt", "b/x/10.txt", "b/y.txt"]);
  assert.deepEqual(root.folders.get("empty").ids, []);
  assert.equal(root.ids.length, 5);
});

test("all, some or none of a folder are chosen", () => {
  const { folders } = build(DOCUMENTS, ["empty"]);
  const folder = folders.get("b");
  assert.equal(chosenOf(folder, new Set(["a.txt"])), "none");
  assert.equal(chosenOf(folder, new Set(["b/y.txt", "a.txt"])), "some");
  assert.equal(chosenOf(folder, new Set(folder.ids)), "all");
  assert.equal(chosenOf(folders.get("empty"), new Set()), "none");
});

test("two thousand documents in closed folders are few lines", () => {
  const many = Array.from({ length: 2000 }, (_, number) => made(`f${number % 20}/${number}.txt`, `${number}`));
  assert.equal(shown(build(many), () => false).length, 20);
});
