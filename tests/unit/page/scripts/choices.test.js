// Which of several the page takes.
const { test } = require("node:test");
const assert = require("node:assert/strict");
require("./page.js")("choices.js");
const { newest, stillThere, distinct, lastWhere } = window.youju.choices;

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
