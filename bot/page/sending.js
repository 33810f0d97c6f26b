// Files on their way to the server: in parts, each part in one request.
window.youju.sending = (() => {
  const PART = 20; // files of one request, and
  const PART_BYTES = 8e6; // so many bytes, if it is not one file

  /** Files in parts for one request each. @type {Sending["parts"]} */
  const parts = (files) => {
    /** @type {File[][]} */
    const made = [];
    let size = 0;
    for (const file of files) {
      const last = made.at(-1);
      if (!last || last.length === PART || size + file.size > PART_BYTES) {
        made.push([file]);
        size = file.size;
      } else {
        last.push(file);
        size += file.size;
      }
    }
    return made;
  };

  const OFTEN = 1000; // ms

  /**
   * How far the reading is of what was sent: words, and the part that is done; none where that is not known.
   * @type {Sending["told"]}
   */
  const told = (going) => {
    const { word } = window.youju;
    if (!going?.total || going.of === "files") return [word("reading")];
    const [done, total] = [going.done, going.total].map((count) => count.toLocaleString("en"));
    return [word(`going_${going.of}`, { done, total }), going.done / going.total];
  };

  /**
   * Ask how far an upload is, until it is done.
   * @param {string} name
   * @param {Sent} sending
   * @param {OnReading} onreading
   */
  const follow = async (name, sending, onreading) => {
    onreading(null);
    while (sending.readyState !== XMLHttpRequest.DONE) {
      const going = await fetch(`api/uploads/${name}`).then(
        (got) => (got.ok ? got.json() : null),
        () => null,
      );
      if (sending.readyState !== XMLHttpRequest.DONE) onreading(going);
      await new Promise((done) => setTimeout(done, OFTEN));
    }
  };

  /**
   * Send files; resolves with the request, whatever came of it: its status is 0 where nothing came.
   * @type {Sending["sendFiles"]}
   */
  const sendFiles = (files, instead, onprogress, onreading) =>
    new Promise((done) => {
      const body = new FormData();
      for (const file of files) body.append("files", file, window.youju.dropped.nameOf(file));
      const sending = new XMLHttpRequest();
      sending.upload.onprogress = onprogress;
      sending.onload = sending.onerror = () => done(sending);
      const name = Math.random().toString(36).slice(2);
      body.append("upload", name);
      if (onreading) sending.upload.onload = () => follow(name, sending, onreading);
      sending.open("POST", `api/documents${instead ? `?replace=${instead.document_id}` : ""}`);
      sending.setRequestHeader("Accept-Language", window.youju.language);
      sending.send(body);
    });

  /**
   * What a request came back with: the first report and those behind it, or the error; neither where it is no JSON.
   * @type {Sending["reportsOf"]}
   */
  const reportsOf = (sending) => {
    try {
      const body = JSON.parse(sending.responseText);
      const [made, ...inside] = body.reports || (Array.isArray(body) ? body : []);
      return { error: body.error, made, inside };
    } catch {
      return { inside: [] };
    }
  };

  return { parts, sendFiles, reportsOf, told };
})();
