// Where a quote stands, in words: the article, or the paragraph under its heading; and the marks an answer stands on.
const { test } = require("node:test");
const assert = require("node:assert/strict");
const load = require("./page.js");

const WORDS = {
  place: "第 {paragraph} 段",
  title: "《{title}》",
  page: "第 {page} 页",
  recognised: "识别",
  year: "{year} 年",
};
const word = (key, values = {}) => (WORDS[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => values[name]);
const make = (tag, attributes, ...children) => ({
  tag,
  ...attributes,
  children: children.filter((one) => one !== null),
});
Object.assign(window.youju, { word, make });
load("choices.js");
load("places.js");
const { cited, line, number } = window.youju.places;

const PLAIN = { title: "灯塔", section: ["一、建造", "一"], paragraph: 2, page: null, recognised: null, address: null };
const PLACE = { ...PLAIN, target: "a.1.2.f", year: null, number: 3 };
const LAW = { ...PLACE, title: "劳动法", address: "《劳动法》第三十条第二款", year: 2018 };
const shown = ({ children }) => children.map(({ children: [text] }) => text);

test("what is copied: title, headings and paragraph, or the address alone", () => {
  assert.equal(cited(PLACE), "《灯塔》 一、建造 › 一 第 3 段");
  assert.equal(cited(LAW), "《劳动法》第三十条第二款");
  assert.equal(cited({ ...LAW, page: 4, recognised: 0.95 }), "《劳动法》第三十条第二款 第 4 页 · 识别");
});

test("the line has article and year first, and the number of its citation", () => {
  assert.deepEqual(shown(line("source", LAW, 3)), ["3", "第三十条第二款", "2018 年", "《劳动法》", "", ""]);
  assert.deepEqual(shown(line("near", PLACE)), ["第 3 段", "《灯塔》", "一、建造 › 一", ""]);
});

test("a source is cited, what is only near is not", () => {
  assert.equal(line("source", PLACE).href, "#cite-a.1.2.f");
  assert.equal(line("near", PLACE).href, "#near-a.1.2.f");
  assert.deepEqual([number(PLACE).href, number(PLACE).children], ["#cite-a.1.2.f", ["3"]]);
});
