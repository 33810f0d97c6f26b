// The page's scripts in Node: they put what they have on `window.youju`, as in the browser.
const path = require("node:path");

globalThis.window = { youju: {} };
module.exports = (name) => require(path.join(__dirname, "../../../../bot/page", name));
