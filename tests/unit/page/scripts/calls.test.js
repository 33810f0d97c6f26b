// The lines to copy: whatever stands in a question, a shell and Python read back the very same.
const { test } = require("node:test");
const assert = require("node:assert/strict");
const { execFileSync } = require("node:child_process");
require("./page.js")("calls.js");
const { curl, client, historyOf } = window.youju.calls;

const BASE = "http://127.0.0.1:7860";
const ODD = `it's "$(touch x)" \`y\` \\ 'two' 🙂\n第二行 %s {0} \${HOME}`;
const asked = { question: ODD, history: [["一'", '二"']], documents: ["a", "b"] };
const read = (line) =>
  execFileSync("sh", ["-c", line.replace(/^curl/, "printf '%s\\0'")])
    .toString()
    .split("\0");

test("a shell reads back what was asked", () => {
  const words = read(curl(BASE, "p'w $x", asked));
  assert.deepEqual(words.slice(0, 3), ["-u", "youju:p'w $x", `${BASE}/api/ask`]);
  assert.deepEqual(words.slice(3, 6), ["-H", "Content-Type: application/json", "-d"]);
  assert.deepEqual(JSON.parse(words[6]), asked);
});

test("what is empty is left out", () => {
  const body = { question: "问", history: [], documents: [] };
  assert.equal(
    curl(BASE, null, body),
    `curl '${BASE}/api/ask' -H 'Content-Type: application/json' -d '{"question":"问"}'`,
  );
  assert.match(client(BASE, null, body), /print\(client\.predict\(question="问", api_name="\/ask"\)\)$/);
});

test("Python reads back what was asked", () => {
  const lines = client(BASE, "芝麻", asked).split("\n");
  const [, header] = /"Basic (.*?)"/.exec(lines[2]);
  assert.equal(Buffer.from(header, "base64").toString(), "youju:芝麻");
  assert.equal(lines[3], `print(client.predict(${values(asked)}, api_name="/ask"))`);
  assert.ok(!client(BASE, null, asked).includes("headers"));
});

const values = (body) =>
  `question=${JSON.stringify(body.question)}, history=${JSON.stringify(body.history)}, documents=["a","b"]`;

test("only a question that was completed needs the turns before it", () => {
  const turn = (question, query) => ({ question, answer: { question, query, text: `${question}！` } });
  const before = Array.from({ length: 9 }, (_, place) => turn(`问${place}`, `问${place}`));
  assert.deepEqual(historyOf([...before, turn("逾期呢？", " 逾期呢？ ")]), []);
  const history = historyOf([...before, turn("那遗失呢？", "图书遗失怎么赔偿？")]);
  assert.equal(history.length, 6);
  assert.deepEqual(
    [history[0], history[5]],
    [
      ["问3", "问3！"],
      ["问8", "问8！"],
    ],
  );
});
