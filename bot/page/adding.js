// Adding files: a few go up one by one, so that each has its own bar and its own report; many go together, under one
// quiet line that counts and opens to a line of each.
window.youju.adding = ({ reports, library, told, changed }) => {
  const { word, make, button, language, text } = window.youju;
  const { nameOf, isMeant } = window.youju.dropped;
  const { parts, sendFiles, reportsOf, told: howFar } = window.youju.sending;
  const MANY = 6; // files, from which on they go up together
  /** @type {Promise<unknown>} */
  let waiting = Promise.resolve(); // one file after the other

  /** @param {() => Element} line */
  const dismissOf = (line) => button("dismiss", word("dismiss"), () => line().remove(), "×");
  /** @param {Element} line @param {Element} into */
  const put = (line, into) => {
    into.append(line);
    if (into === reports) line.scrollIntoView({ block: "nearest" });
  };
  /** @param {HTMLProgressElement} bar @param {number | null} part */
  const progress = (bar, part) => {
    if (part === null) bar.removeAttribute("value");
    else bar.value = part;
  };

  /** A line about one file; returns how to change it. @type {Adding["report"]} */
  function report(source, status, message, into = reports) {
    const words = make("span", {}, message);
    const bar = make("progress", { max: 1, "aria-label": source });
    const dismiss = dismissOf(() => line);
    const line = make("li", {}, make("div", {}, make("b", {}, source), words), dismiss, bar);
    /** @type {Tell} */
    const set = (state, told, part = null) => {
      line.className = state;
      words.setAttribute("role", state === "failed" ? "alert" : "status");
      words.ariaLive = part === null ? null : "off"; // numbers that run are not read out
      words.textContent = told;
      bar.hidden = state !== "going";
      dismiss.hidden = state === "going" || into !== reports;
      progress(bar, part);
    };
    set(status, message);
    if (into !== reports && status === "failed")
      into.prepend(line); // what needs a person is seen first
    else put(line, into);
    return set;
  }

  /**
   * One line about many files, which opens to a line of each in `each`; returns how to change it.
   * @param {string} message
   */
  function counting(message) {
    const words = make("span", { role: "status" }, message);
    const bar = make("progress", { max: 1, "aria-label": message });
    const dismiss = dismissOf(() => line);
    const each = make("ul", {});
    const line = make(
      "li",
      {},
      make("details", {}, make("summary", { title: word("each") }, words), each),
      dismiss,
      bar,
    );
    /** @type {Tell} */
    const set = (state, told, part = null) => {
      line.className = `many ${state}`;
      words.textContent = told;
      bar.hidden = state !== "going";
      dismiss.hidden = state === "going";
      progress(bar, part);
    };
    set("going", message);
    put(line, reports);
    return { each, set };
  }

  /** @param {File} file */
  const tooLarge = (file) => file.size > library().megabytes * 1e6;
  const tooLargeLine = () => word("too_large", { limit: library().megabytes });

  /** Add a file, or put it in the place of a document. @type {Adding["add"]} */
  function add(file, instead = null) {
    const source = instead ? instead.source : nameOf(file);
    if (tooLarge(file)) {
      report(source, "failed", tooLargeLine());
      return;
    }
    const tell = report(source, "going", word("queued"));
    waiting = waiting.then(() => upload(file, instead, tell)).then(changed);
  }

  /** @param {File[]} files */
  function addMany(files) {
    const total = files.length;
    const { each, set } = counting(word("many_read", { read: 0, count: total }));
    const large = files.filter(tooLarge);
    for (const file of large) report(nameOf(file), "failed", tooLargeLine(), each);
    let [read, failed] = [large.length, large.length];
    const count = () => set("going", word("many_read", { read, count: total }), read / total);
    for (const part of parts(files.filter((file) => !large.includes(file))))
      waiting = waiting
        .then(() => sendFiles(part, null, count))
        .then((sending) => {
          for (const [source, ...told] of outcomes(sending, part)) {
            report(source, ...told, each);
            if (told[0] === "failed") failed += 1;
          }
          read += part.length;
          count();
        })
        .then(changed);
    waiting = waiting.then(() => {
      const words = word(failed ? "many_failed" : "many_done", { count: total, read: total - failed, failed });
      set(failed === total ? "failed" : "done", words);
    });
  }

  /** @param {File} file @param {Given.DocumentInfo | null} instead @param {Tell} tell */
  async function upload(file, instead, tell) {
    tell("going", word("uploading"), 0);
    /** @param {ProgressEvent} sent */
    const sent = ({ loaded, total }) => loaded < total && tell("going", word("uploading"), loaded / total);
    const sending = await sendFiles([file], instead, sent, (going) => tell("going", ...howFar(going)));
    const source = instead ? instead.source : nameOf(file);
    if (!sending.status) return tell("failed", lost());
    const { error = word("offline"), made, inside } = reportsOf(sending);
    const [state, line] = made ? outcome(made, inside, source) : /** @type {Outcome} */ (["failed", error]);
    tell(state, line);
  }

  const lost = () => word(navigator.onLine ? "not_sent" : "no_network");

  /**
   * What came of each file that was sent, and of those inside them: its name, and how it is told.
   * @param {Sent} sending
   * @param {File[]} files
   * @returns {[source: string, ...Outcome][]}
   */
  function outcomes(sending, files) {
    if (!sending.status) return files.map((file) => [nameOf(file), "failed", lost()]);
    const { error = word("offline"), made, inside } = reportsOf(sending);
    if (!made) return files.map((file) => [nameOf(file), "failed", error]);
    return [made, ...inside].map((one) => [one.source, ...outcome(one, [], one.source)]);
  }

  /**
   * @param {Given.IngestReport} made
   * @param {Given.IngestReport[]} inside
   * @param {string} source
   * @returns {Outcome}
   */
  function outcome(made, inside, source) {
    if (made.status === "failed" || !made.document)
      return ["failed", text.withoutName(made[`error_${language}`] ?? "", source)];
    const { all, notices } = told(made.document);
    const more = made.status === "unchanged" ? [] : [...notices];
    const added = inside.filter(({ status }) => status !== "failed").length;
    if (added) more.push(word("inside", { count: added }));
    if (made.alike) more.push(alike(made.alike));
    return ["done", [`${word(made.status)}${all}`, ...more].join("\n")];
  }

  /** A quiet line where much the same text is there already. @param {Given.Likeness} like */
  const alike = ({ source, share }) =>
    word(share === 1 ? "same_text" : "alike", { source, percent: Math.round(100 * share) });

  /** @param {File[]} files */
  function addThem(files) {
    if (files.length < MANY) for (const file of files) add(file);
    else addMany(files);
  }

  /** Add what a person chose; what was told of earlier ones has been read. @type {Adding["addAll"]} */
  function addAll(files) {
    reports.replaceChildren(...reports.querySelectorAll(":scope > .going"));
    addThem(files);
  }

  /** Add those of a folder's files that a person means. @type {Adding["addFolder"]} */
  function addFolder(name, files) {
    const meant = files.filter((file) => isMeant(nameOf(file), library().suffixes));
    if (meant.length) addThem(meant);
    else report(name, "failed", word("folder"));
  }

  return { add, addAll, addFolder, report };
};
