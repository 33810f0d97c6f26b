// Which of several the page takes.
const { test } = require("node:test");
const assert = require("node:assert/strict");
require("./page.js")("choices.js");
const { newest, stillThere, distinct, lastWhere, isList, shown, parts, article } = window.youju.choices;

test("only the newest request draws, whichever answer comes last", async () => {
  const begin = newest();
  const drawn = [];
  const ask = async (name, answer) => {
    const isNewest = begin();
    await answer;
    if (isNewest()) drawn.push(name);
  };
  let [first, second] = [];
  const slow = ask("first", new Promise((done) => (first = done)));
  const quick = ask("second", new Promise((done) => (second = done)));
  second();
  await quick;
  first();
  await slow;
  assert.deepEqual(drawn, ["second"]);
});

test("a request stays the newest until another begins, and others are counted apart", () => {
  const [begin, other] = [newest(), newest()];
  const isNewest = begin();
  other();
  assert.ok(isNewest() && isNewest());
  begin();
  assert.ok(!isNewest());
});

test("a document that is gone is no longer chosen", () => {
  const documents = ["a", "b", "c"].map((document_id) => ({ document_id }));
  assert.deepEqual(stillThere(new Set(["c", "gone", "a"]), documents), ["a", "c"]);
  assert.deepEqual(stillThere(new Set(["gone"]), documents), []);
});

test("a number is listed once, as it is first cited", () => {
  const citations = [
    { number: 2, quote: "b" },
    { number: 1, quote: "a" },
    { number: 2, quote: "c" },
  ];
  assert.deepEqual(distinct(citations), citations.slice(0, 2));
  assert.deepEqual(distinct([]), []);
});

test("the last place that holds, in few looks", () => {
  for (let count = 0; count < 20; count++)
    for (let until = 0; until <= count; until++)
      assert.equal(
        lastWhere(count, (place) => place < until),
        until - 1,
      );
  let looks = 0;
  lastWhere(100_000, (place) => ++looks && place < 777);
  assert.ok(looks <= 17);
});

const sentence = (place, number = place + 1) => ({ evidence: [place], citations: [number] });

test("what lists all of something is a list, and so is what stands in more than three places", () => {
  const found = { trace: { way: "evidence" }, items: null };
  const [three, four] = [3, 4].map((count) => Array.from({ length: count }, (_, place) => sentence(place)));
  assert.equal(isList(found, three), false);
  assert.equal(isList(found, four), true);
  assert.equal(isList({ ...found, trace: { way: "list" } }, three.slice(0, 2)), true);
  assert.equal(isList({ ...found, trace: { way: "list" } }, three.slice(0, 1)), false);
  assert.equal(isList({ ...found, items: { total: 3, shown: 3 } }, three), true);
});

test("six items are shown at first", () => {
  assert.deepEqual([0, 6, 7, 200].map(shown), [0, 6, 6, 6]);
});

test("what stands under a heading belongs to its line of a summary", () => {
  const citations = [
    { quote: "一、建造 ", section: [] },
    { quote: "建于1907年。", section: ["一、建造"] },
    { quote: "第二条 每周三开放。", section: ["第二条"] },
    { quote: "第三条 雨天不开放。", section: ["第三条"] },
  ];
  const said = citations.map((_, place) => sentence(place));
  assert.deepEqual(parts(said, citations), [said.slice(0, 2), [said[2]], [said[3]]]);
});

test("an article is named without the title", () => {
  assert.equal(article({ title: "乙法〈甲〉", address: "《乙法〈甲〉》第三条第二款" }), "第三条第二款");
  assert.equal(article({ title: "Park Law", address: "Park Law, Article 3, paragraph 2" }), "Article 3, paragraph 2");
  assert.equal(article({ title: "简介", address: null }), null);
});
