// The files of folders that are chosen or dropped.
const { test } = require("node:test");
const assert = require("node:assert/strict");
const load = require("./page.js");
load("text.js");
load("dropped.js");
const { nameOf, isMeant, filesOf } = window.youju.dropped;

const file = (name) => ({ isFile: true, name, file: (done) => done({ name }) });
const folder = (name, ...batches) => ({
  name,
  createReader: () => ({ readEntries: (done) => done(batches.shift() ?? []) }),
});

test("a dropped folder's files are sent with their paths in it, however many batches the browser gives", async () => {
  const dropped = folder("资料", [file("a.txt"), folder("内", [file("a.txt")])], [file("b.md")]);
  assert.deepEqual((await filesOf(dropped)).map(nameOf), ["资料/a.txt", "资料/内/a.txt", "资料/b.md"]);
});

test("a chosen file is sent under its path where it has one", () => {
  assert.equal(nameOf({ name: "a.txt", webkitRelativePath: "资料/a.txt" }), "资料/a.txt");
  assert.equal(nameOf({ name: "a.txt", webkitRelativePath: "" }), "a.txt");
});

test("hidden files, those of programs and those of other kinds are not meant", () => {
  const meant = (path) => isMeant(path, [".txt"]);
  assert.ok(meant("资料/a.TXT"));
  for (const path of ["资料/.a.txt", "资料/.git/a.txt", "资料/~$a.txt", "资料/node_modules/x/a.txt", "资料/a.exe", "a"])
    assert.ok(!meant(path), path);
});
