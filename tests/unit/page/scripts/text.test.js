// What the page does with text; Node's own test runner runs it.
const { test } = require("node:test");
const assert = require("node:assert/strict");
require("./page.js")("text.js");
const { parted, points, units, ending, folded, suffix, withoutName, together, decoded } = window.youju.text;

test("a span counts code points", () => {
  assert.deepEqual(parted("滞纳金二角。", 3, 5), ["滞纳金", "二角", "。"]);
  assert.deepEqual(parted("𠮷野家🙂在左。", 4, 6), ["𠮷野家🙂", "在左", "。"]);
  assert.deepEqual(parted("a🙂b", 1, 2), ["a", "🙂", "b"]);
});

test("a span may be empty, or all there is", () => {
  assert.deepEqual(parted("𠮷", 0, 1), ["", "𠮷", ""]);
  assert.deepEqual(parted("𠮷a", 1, 1), ["𠮷", "", "a"]);
  assert.deepEqual(parted("", 0, 0), ["", "", ""]);
});

test("the browser's index of a code point", () => {
  assert.deepEqual([points("𠮷野"), points("")], [2, 0]);
  assert.deepEqual([units("𠮷野家", 0), units("𠮷野家", 1), units("𠮷野家", 3)], [0, 2, 4]);
});

test("the last character is a whole one", () => {
  assert.deepEqual(ending("每天二角。"), ["每天二角", "。"]);
  assert.deepEqual(ending("他姓𠮷"), ["他姓", "𠮷"]);
  assert.deepEqual(ending("。"), ["", "。"]);
  assert.deepEqual(ending(""), ["", ""]);
});

test("width and case do not count where a name is looked for", () => {
  assert.ok(folded("ＲＥＰＯＲＴ２０２４.TXT").includes(folded("report2024")));
  assert.ok(folded("ﬁnal").includes(folded("FINAL")));
  assert.ok(!folded("报告").includes(folded("合同")));
});

test("the name of a file is not said twice", () => {
  assert.equal(withoutName("empty.txt: is empty; nothing to add.", "empty.txt"), "Is empty; nothing to add.");
  assert.equal(withoutName("空.txt：文件是空的。", "空.txt"), "文件是空的。");
  assert.equal(withoutName("the file a+b(1).txt is binary", "a+b(1).txt"), "the file  is binary");
  assert.equal(withoutName("x: 𝒶", "x"), "𝒶");
});

test("a file's suffix is what stands behind its last dot", () => {
  assert.deepEqual(["a.PDF", "年报.v2.html", "x.y/名", ".bashrc", "a."].map(suffix), [".pdf", ".html", "", "", "."]);
});

test("what was typed while a question was asked stays behind it", () => {
  assert.equal(together("借期多长？", "滞纳金呢"), "借期多长？\n滞纳金呢");
  assert.equal(together("借期多长？", ""), "借期多长？");
  assert.equal(together("", ""), "");
});

test("an address that is none stays as it is", () => {
  assert.deepEqual(["h%E9%A2%84%E7%AE%97", "p7", "%", "h预算"].map(decoded), ["h预算", "p7", "%", "h预算"]);
});
