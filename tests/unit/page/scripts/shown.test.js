// How a paragraph is divided to be drawn: together the pieces are its text, whatever is marked.
const { test } = require("node:test");
const assert = require("node:assert/strict");
const load = require("./page.js");
load("text.js");
load("shown.js");
const { cells } = window.youju.shown;

const piece = (start, end, style) => ({ start, end, style });
const textOf = (all) => all.flat().map(({ text }) => text);
const marked = (all) =>
  all
    .flat()
    .filter((run) => run.marked)
    .map(({ text }) => text)
    .join("");

test("a plain text is one piece", () => {
  assert.deepEqual(cells({ text: "𠮷", look: { pieces: [] } }, null), [[{ text: "𠮷", marked: false, styles: [] }]]);
});

test("signs are a part of the text and of the mark", () => {
  const text = "😀在**重要**处。";
  const look = { pieces: [piece(2, 4, "markup"), piece(4, 6, "strong"), piece(6, 8, "markup")] };
  const all = cells({ text, look }, { start: 1, end: 5 });
  assert.equal(textOf(all).join(""), text);
  assert.equal(marked(all), "在**重");
  const [one] = all[0].filter((run) => run.text === "重");
  assert.deepEqual(one, { text: "重", marked: true, styles: ["strong"] });
});

test("a row is divided into its cells, the signs between them too", () => {
  const text = "| 甲 | 3 |";
  const look = {
    pieces: [
      piece(0, 3, "cell"),
      piece(0, 2, "markup"),
      piece(3, 9, "cell"),
      piece(3, 6, "markup"),
      piece(7, 9, "markup"),
    ],
  };
  const all = cells({ text, look }, { start: 0, end: 9 });
  assert.equal(all.length, 2);
  assert.equal(marked(all), text);
  const seen = all.map((runs) => runs.filter(({ styles }) => !styles.includes("markup")).map((run) => run.text));
  assert.deepEqual(seen, [["甲"], ["3"]]);
});

test("what stands in another is of both kinds", () => {
  const look = { pieces: [piece(0, 4, "strong"), piece(1, 2, "emphasis")] };
  const styles = cells({ text: "abcd", look }, null)[0].map((run) => run.styles);
  assert.deepEqual(styles, [["strong"], ["strong", "emphasis"], ["strong"]]);
});
