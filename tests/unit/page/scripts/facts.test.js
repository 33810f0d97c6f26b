// What is told of a document below its title.
const { test } = require("node:test");
const assert = require("node:assert/strict");
const load = require("./page.js");
load("text.js");
load("facts.js");
const { kind, added, short } = window.youju.facts;

const FORMATS = { ".pdf": { zh: "PDF", en: "PDF" }, ".txt": { zh: "文本", en: "text" } };
const NOW = new Date(2026, 10, 27, 9, 30);
const at = (...when) => new Date(...when).toISOString();
const word = (key, values) => `${key}:${values.pages ?? values.lost}`;
const made = (source, more = {}) => ({
  source,
  encoding: "GB18030",
  added_at: at(2026, 2, 5),
  lost: 0,
  reading: { pages: 0 },
  ...more,
});

test("the kind is told by the suffix, whatever its case; one that is not known is nothing", () => {
  assert.equal(kind({ source: "夹/年报.PDF" }, FORMATS, "zh"), "PDF");
  assert.equal(kind({ source: "说明.txt" }, FORMATS, "en"), "text");
  assert.equal(kind({ source: "mail.pdf/附件.xyz" }, FORMATS, "zh"), "");
});

test("today and yesterday are called so, by the days of the calendar; another year is named", () => {
  assert.equal(added(at(2026, 10, 27, 0, 1), NOW, "zh-CN"), "今天");
  assert.equal(added(at(2026, 10, 26, 23, 59), NOW, "zh-CN"), "昨天");
  assert.equal(added(at(2026, 10, 26, 1), NOW, "en"), "yesterday");
  assert.equal(added(at(2026, 10, 25), NOW, "zh-CN"), "11月25日");
  assert.equal(added(at(2025, 10, 27), NOW, "zh-CN"), "2025年11月27日");
  assert.equal(added(at(2026, 2, 5), NOW, "en"), "Mar 5");
});

test("kind, pages and day; the encoding only where it has lost something", () => {
  const paged = made("a.pdf", { reading: { pages: 12 } });
  assert.deepEqual(short(word, paged, "PDF", NOW, "zh-CN"), ["PDF", "facts_pages:12", "3月5日"]);
  assert.deepEqual(short(word, made("a.txt"), "文本", NOW, "zh-CN"), ["文本", "3月5日"]);
  assert.deepEqual(short(word, made("a.txt", { lost: 3 }), "文本", NOW, "en"), ["文本", "Mar 5", "facts_lost:3"]);
  assert.deepEqual(short(word, made("a.x"), "", NOW, "en"), ["GB18030", "Mar 5"]); // of no known kind
});
