// The source that goes with what is copied.
const { test } = require("node:test");
const assert = require("node:assert/strict");
const load = require("./page.js");
const WORDS = {
  title: "《{title}》",
  article_of: "《{title}》{article}",
  place: "第 {paragraph} 段",
  taken_from: "——{place}（{source}）",
};
window.youju.word = (key, values) => WORDS[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
load("taken.js");
const { placeOf, sourceLine } = window.youju.taken;

const source = {
  title: "渡船条例",
  source: "渡船.txt",
  outline: [
    { text: "渡船条例", paragraph: 0, numbers: [] },
    { text: "第一章 总则", paragraph: 2, numbers: [] },
    { text: "第三条", paragraph: 4, numbers: ["3", "三"] },
    { text: "附录", paragraph: 9, numbers: [] },
  ],
};

test("an article is named, else the paragraph under its heading", () => {
  assert.deepEqual(
    [1, 3, 4, 8, 10].map((paragraph) => placeOf(source, paragraph)),
    [
      "《渡船条例》 第 2 段",
      "《渡船条例》 第一章 总则 第 4 段",
      "《渡船条例》第三条",
      "《渡船条例》第三条",
      "《渡船条例》 附录 第 11 段",
    ],
  );
  assert.equal(sourceLine(source, 5), "——《渡船条例》第三条（渡船.txt）");
});
