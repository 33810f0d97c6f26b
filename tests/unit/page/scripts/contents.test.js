// Which line of the contents is meant by what is typed.
const { test } = require("node:test");
const assert = require("node:assert/strict");
const load = require("./page.js");
load("text.js");
load("contents.js");
const { numberOf, fitting, meant } = window.youju.contents;

const line = (text, numbers = [], begins = "") => ({ text, numbers, begins });
const LAW = [
  line("第一章 总则"),
  line("第三条", ["3", "三"], "本法所称渡船"),
  line("第三十条", ["30", "三十"], "依照第三条办理"),
  line("第三十条之一", ["30之1", "三十之一"], "渡口"),
  line("Article 31", ["31", "三十一"]),
  line("Schedule of Fees"),
];

test("the number of an article, however it is typed", () => {
  const typed = ["30", "第三十条", "三十", "第 30 條", "３０", "第三十条之一", "Article 31", "art. 31"];
  assert.deepEqual(typed.map(numberOf), ["30", "三十", "三十", "30", "30", "三十之一", "31", "31"]);
  assert.deepEqual(["总则", "fees", "30 days", ""].map(numberOf), ["", "", "", ""]);
});

test("the very article, not one that begins like it, nor one that names it", () => {
  const found = (typed) => meant(LAW, typed);
  assert.deepEqual(["3", "第三条", "30", "三十", "三十之一", "第31条"].map(found), [1, 1, 2, 2, 3, 4]);
  assert.deepEqual(["第九条", "没有的"].map(found), [-1, -1]);
});

test("words narrow the contents, whatever their width and case", () => {
  assert.deepEqual(fitting(LAW, "渡"), [1, 3]);
  assert.deepEqual(fitting(LAW, "ｆｅｅｓ"), [5]);
  assert.deepEqual(fitting(LAW, "30"), [2, 3]);
  assert.equal(meant(LAW, "总则"), 0);
});
