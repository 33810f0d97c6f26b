// What a model writes, as it comes.
const { test } = require("node:test");
const assert = require("node:assert/strict");
const load = require("./page.js");
load("writing.js");
const { may, reader, begun, grown, ended, write, runs, points, gap, why, tally, cited, asText } = window.youju.writing;

const WRITER = { model: "m", host: "h", here: true };
const citation = (target, number = 1) => ({ target, number });
const answer = { abstained: false, sentences: [{ evidence: [0] }], citations: [citation("a")], written: null };
const sentence = (text, more = {}) => ({
  ...{ text, standing: "supported", citations: [1], evidence: [0], lacks: [], cells: [], point: 0, part: "" },
  ...more,
});
const word = (name, values) => `${name}${values ? JSON.stringify(values) : ""}`;
const event = (name, told) => `event: ${name}\ndata: ${JSON.stringify(told)}\n\n`;

test("only an answer with quotes may be written of", () => {
  assert.ok(may(answer));
  assert.ok(!may({ ...answer, abstained: true }));
  assert.ok(!may({ ...answer, citations: [] }));
});

test("events are told when they are whole, wherever the stream is cut", () => {
  const stream = `: still at work\n\n${event("written", { text: "甲\n乙" })}${event("answer", {})}`;
  for (let at = 0; at <= stream.length; at++) {
    const told = [];
    const take = reader((...one) => told.push(one));
    take(stream.slice(0, at));
    take(stream.slice(at));
    assert.deepEqual(told, [
      ["written", { text: "甲\n乙" }],
      ["answer", {}],
    ]);
  }
  const told = [];
  reader((...one) => told.push(one))("event: written\ndata: {");
  assert.deepEqual(told, []);
});

test("an answer grows by its events, and the last one is the whole of it", () => {
  const first = begun(answer, "points", WRITER);
  assert.deepEqual([first.written.mode, first.written.model, first.written.outcome], ["points", "m", "writing"]);
  assert.equal(answer.written, null);
  const further = grown(grown(first, "citation", citation("a")), "citation", citation("b", 2));
  assert.deepEqual(further.citations, [citation("a"), citation("b", 2)]);
  const one = grown(further, "written", sentence("甲。"));
  const two = grown(one, "written", sentence("乙。", { standing: "unsupported" }));
  assert.deepEqual(
    two.written.sentences.map(({ text }) => text),
    ["甲。", "乙。"],
  );
  assert.deepEqual([two.written.supported, two.written.unsupported, one.written.unsupported], [1, 1, 0]);
  assert.equal(grown(two, "sentence", {}), two);
  assert.equal(grown(two, "of a newer server", {}), two);
  const last = { ...answer, written: null };
  assert.equal(grown(two, "answer", last), last);
  assert.equal(ended(two, "stopped", "停").written.outcome, "stopped");
  assert.equal(ended(two, "stopped", "停").written.sentences.length, 2);
  assert.equal(ended(answer, "stopped", "停"), answer);
});

test("what is written anew begins without the further quotes of before", () => {
  const before = { ...answer, citations: [citation("a"), citation("b", 2)], written: {} };
  assert.deepEqual(begun(before, "points", WRITER).citations, [citation("a")]);
});

const page = (body, status = 200) => {
  window.youju.word = word;
  window.youju.language = "zh";
  globalThis.fetch = async () => new Response(body, { status });
};

test("a stream that breaks off is an error, and what came stays", async () => {
  const told = [];
  page(event("quoted", begun(answer, "points", WRITER)) + event("written", sentence("甲。")));
  const asked = write("x", "points", answer, { tell: (one) => told.push(one) });
  await assert.rejects(asked, { message: "offline" });
  assert.equal(told.at(-1).written.sentences.length, 1);
});

test("what the server says is wrong is said", async () => {
  page(event("quoted", begun(answer, "points", WRITER)) + event("error", { error: "坏了" }));
  await assert.rejects(write("x", "points", answer, { tell: () => 0 }), { message: "坏了" });
  page(JSON.stringify({ error: "没有模型" }), 422);
  await assert.rejects(write("x", "points", answer, { tell: () => 0 }), { message: "没有模型" });
  page("<html>", 502);
  await assert.rejects(write("x", "points", answer, { tell: () => 0 }), { message: "unanswered" });
});

test("sentences stand in runs of one heading and one kind, and points hold several", () => {
  const all = [
    sentence("甲。", { part: "一" }),
    sentence("乙。", { part: "一" }),
    sentence("丙。", { part: "二" }),
    sentence("丁。", { point: 1 }),
    sentence("戊。", { point: 1 }),
    sentence("己。", { point: 2 }),
    sentence("庚，1", { cells: ["庚", "1"] }),
  ];
  assert.deepEqual(
    runs(all).map(({ part, kind, sentences }) => [part, kind, sentences.length]),
    [
      ["一", "prose", 2],
      ["二", "prose", 1],
      ["", "points", 3],
      ["", "table", 1],
    ],
  );
  assert.deepEqual(
    points(all.slice(3, 6)).map((each) => each.length),
    [2, 1],
  );
});

test("English sentences are parted, Chinese ones are not", () => {
  assert.deepEqual([gap({ text: "It is." }), gap({ text: "是。" }), gap({ text: "“是。”" })], [" ", "", ""]);
});

test("the reasons are said once each, and never the sentence itself", () => {
  const lacks = [
    { kind: "number", text: "3 天" },
    { kind: "date", text: "2025 年" },
    { kind: "number", text: "3 天" },
    { kind: "meaning", text: "年假有 3 天，从 2025 年起。" },
    { kind: "of a newer server", text: "x" },
  ];
  const said = why((name) => `<${name}>`, { text: "年假有 3 天，从 2025 年起。", lacks });
  assert.equal(said, "<lack_number><colon>3 天<comma>2025 年<semicolon><lack_meaning><colon>x");
  const long = why((name) => `<${name}>`, { text: "a".repeat(99), lacks: [{ kind: "name", text: "b".repeat(50) }] });
  assert.equal(long, `<lack_name><colon>${"b".repeat(40)}…`);
});

test("how many stand, are struck through, are left out", () => {
  const of = { mode: "points", supported: 5, unsupported: 0, left_out: 0 };
  assert.equal(tally(word, of), 'written_tally{"all":5,"supported":5}');
  assert.equal(
    tally(word, { ...of, mode: "table", unsupported: 3, left_out: 1 }),
    'written_rows{"all":8,"supported":5}facts_betweenwritten_struck{"count":2}facts_betweenwritten_left_out{"count":1}',
  );
});

test("what is copied has its numbers, and what does not stand is marked", () => {
  const written = {
    ...{ mode: "paragraph", model: "m", header: [], supported: 2, unsupported: 1, left_out: 0 },
    sentences: [
      sentence("It is A.", { citations: [1, 2], evidence: [0, 1] }),
      sentence("It is B.", {
        standing: "unsupported",
        citations: [],
        evidence: [],
        lacks: [{ kind: "name", text: "B" }],
      }),
      sentence("C.", { point: 1, evidence: [] }),
    ],
  };
  const plain = (name, values = {}) =>
    ({ colon: ": ", bracketed: `(${values.text})`, unsupported_text: `✗ ${values.text}` })[name] ?? name;
  assert.equal(
    asText(plain, written),
    "(written_byfacts_betweenwritten_tallyfacts_betweenwritten_struck)\n" +
      "It is A.[1][2] ✗ It is B.(lack_name: B)\n- C.[1]",
  );
  const citations = [citation("a"), citation("b"), citation("c")];
  assert.deepEqual(cited({ citations }, written), citations.slice(0, 2));
});
