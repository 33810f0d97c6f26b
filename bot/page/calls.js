// The same question from a program: lines to copy, in which no document's and no person's text can become a command.
window.youju.calls = (() => {
  /** A string for a POSIX shell: nothing within single quotes means anything. @param {string} text */
  const shell = (text) => `'${text.replaceAll("'", "'\\''")}'`;
  /** A value for Python: JSON's strings and lists are Python's. @param {unknown} value */
  const python = (value) => JSON.stringify(value);
  /** @param {string} text */
  const base64 = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

  /** A question as the API takes it, without what is empty. @param {Asked} asked */
  const bodyOf = ({ question, history, documents }) => ({
    question,
    ...(history.length && { history }),
    ...(documents.length && { documents }),
  });

  /**
   * The line for `curl`; `base` is the server's address without the last slash, `password` may be null.
   * @type {Calls["curl"]}
   */
  const curl = (base, password, asked) => {
    const login = password ? ` -u ${shell(`youju:${password}`)}` : "";
    const body = shell(JSON.stringify(bodyOf(asked)));
    return `curl${login} ${shell(`${base}/api/ask`)} -H 'Content-Type: application/json' -d ${body}`;
  };

  /** The same for `gradio_client`. @type {Calls["client"]} */
  const client = (base, password, asked) => {
    const login = { Authorization: `Basic ${base64(`youju:${password}`)}` };
    const headers = password ? `, headers=${python(login)}` : "";
    const values = Object.entries(bodyOf(asked)).map(([name, value]) => `${name}=${python(value)}`);
    return [
      "from gradio_client import Client",
      "",
      `client = Client(${python(`${base}/`)}${headers}, verbose=False)`,
      `print(client.predict(${values.join(", ")}, api_name="/ask"))`,
    ].join("\n");
  };

  /**
   * The turns that a question was completed from, and needs again: [question, answer] each, the oldest first.
   * @type {Calls["historyOf"]}
   */
  const historyOf = (turns) => {
    const answer = turns.at(-1)?.answer;
    if (!answer || answer.query.trim() === answer.question.trim()) return [];
    return turns.slice(-7, -1).map((turn) => [turn.question, turn.answer.text]);
  };

  return { curl, client, historyOf };
})();
