// What a model writes of an answer's quotes, as it comes: the events of the server, the answer that grows by them, and
// what is said of each sentence. Nothing is drawn here; see written.js.
window.youju.writing = (() => {
  /** @type {Given.Written["mode"][]} */
  const MODES = ["quotes", "paragraph", "points", "table"];
  const LONGEST = 40; // characters of what is lacking
  const MOST = 0.8; // of a sentence, from which on it is said to be lacking as a whole

  /**
   * Whether a model may write of it: an answer with quotes, no refusal.
   * @type {Writing["may"]}
   */
  const may = (answer) => !answer.abstained && answer.citations.length > 0;

  /**
   * What takes a stream of server-sent events in pieces, and tells each event that is whole.
   * @type {Writing["reader"]}
   */
  const reader = (tell) => {
    let held = "";
    return (piece) => {
      held += piece;
      const blocks = held.split("\n\n");
      held = blocks.pop() ?? "";
      for (const block of blocks) {
        const [, name] = block.match(/^event: (.*)$/m) ?? [];
        const [, data] = block.match(/^data: (.*)$/m) ?? [];
        if (name && data) tell(name, JSON.parse(data));
      }
    };
  };

  /** An answer of which nothing is written yet. @type {Writing["begun"]} */
  const begun = (answer, mode, { model, host, here }) => {
    const own = new Set(answer.sentences.flatMap(({ evidence }) => evidence));
    /** @type {Given.Written} */
    const written = {
      ...{ mode, model, host, here, sentences: [], header: [], quotes: 0, requests: 0 },
      ...{ supported: 0, unsupported: 0, left_out: 0, outcome: "writing", message: "", milliseconds: 0 },
    };
    // The further quotes of what was written before go with it.
    const citations = answer.written ? answer.citations.slice(0, Math.max(-1, ...own) + 1) : answer.citations;
    return { ...answer, citations, written };
  };

  /**
   * The answer after an event; the same where the event says nothing new.
   * @type {Writing["grown"]}
   */
  const grown = (answer, name, told) => {
    if (name === "quoted" || name === "answer") return /** @type {Given.Answer} */ (told);
    const { written } = answer;
    if (!written) return answer;
    if (name === "citation") {
      const citation = /** @type {Given.Citation} */ (told);
      const known = answer.citations.some(({ target }) => target === citation.target);
      return known ? answer : { ...answer, citations: [...answer.citations, citation] };
    }
    if (name !== "written") return answer;
    const sentence = /** @type {Given.WrittenSentence} */ (told);
    const stands = sentence.standing !== "unsupported";
    return {
      ...answer,
      written: {
        ...written,
        sentences: [...written.sentences, sentence],
        supported: written.supported + Number(stands),
        unsupported: written.unsupported + Number(!stands),
      },
    };
  };

  /**
   * An answer whose writing ended before the server could say how.
   * @type {Writing["ended"]}
   */
  const ended = (answer, outcome, message) =>
    answer.written ? { ...answer, written: { ...answer.written, outcome, message } } : answer;

  /**
   * Ask the server to write of a kept turn, and tell each answer as it grows; the last one is whole. It throws what
   * `fetch` throws, and an error with the server's own line.
   * @type {Writing["write"]}
   */
  const write = async (path, mode, answer, { signal, tell }) => {
    const { language, word } = window.youju;
    const headers = { "Accept-Language": language, "Content-Type": "application/json", Accept: "text/event-stream" };
    const response = await fetch(path, { method: "POST", headers, body: JSON.stringify({ mode }), signal });
    if (!response.ok || !response.body) {
      const { error } = await response.json().catch(() => ({}));
      throw Object.assign(new Error(error ?? word("unanswered")), { result: { error } });
    }
    let now = answer;
    let whole = false;
    const take = reader((name, told) => {
      if (name === "error")
        throw Object.assign(new Error(/** @type {{ error: string }} */ (told).error), { result: told });
      whole ||= name === "answer";
      const next = grown(now, name, told);
      if (next !== now) tell(next);
      now = next;
    });
    const pieces = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let piece = await pieces.read(); !piece.done; piece = await pieces.read()) take(piece.value);
    if (!whole) throw new Error(word("offline"));
  };

  /** Sentences in runs: of one heading, and of one kind (prose, points, a table). @type {Writing["runs"]} */
  const runs = (sentences) => {
    /** @type {WrittenRun[]} */
    const made = [];
    for (const sentence of sentences) {
      const kind = sentence.cells.length ? "table" : sentence.point ? "points" : "prose";
      const last = made.at(-1);
      if (last && last.part === sentence.part && last.kind === kind) last.sentences.push(sentence);
      else made.push({ part: sentence.part, kind, sentences: [sentence] });
    }
    return made;
  };

  /** The sentences of each point. @type {Writing["points"]} */
  const points = (sentences) => {
    /** @type {Given.WrittenSentence[][]} */
    const made = [];
    for (const sentence of sentences) {
      const last = made.at(-1);
      if (last && last[0].point === sentence.point) last.push(sentence);
      else made.push([sentence]);
    }
    return made;
  };

  /** What parts a sentence from the next: Chinese needs nothing. @type {Writing["gap"]} */
  const gap = ({ text }) => (/[!-~][’”]?$/u.test(text) ? " " : "");

  /** @type {Record<Given.Lack["kind"], Word>} */
  const WHY = {
    ...{ number: "lack_number", date: "lack_number", amount: "lack_number", percentage: "lack_number" },
    ...{ name: "lack_name", code: "lack_name", address: "lack_name" },
    ...{ negation: "lack_negation", condition: "lack_condition", scope: "lack_scope" },
    ...{ meaning: "lack_meaning", quote: "lack_quote" },
  };

  /**
   * Why a sentence does not stand: what its quotes do not carry, each reason once.
   * @type {Writing["why"]}
   */
  const why = (word, { text, lacks }) => {
    /** @type {Map<Word, Set<string>>} */
    const reasons = new Map();
    for (const lack of lacks) {
      const name = WHY[lack.kind] ?? "lack_meaning"; // a newer server may know others
      const said = reasons.get(name) ?? new Set();
      reasons.set(name, said);
      const words = Array.from(lack.text.trim());
      if (words.length > MOST * Array.from(text).length) continue; // it is the sentence itself
      said.add(words.length > LONGEST ? `${words.slice(0, LONGEST).join("")}…` : words.join(""));
    }
    return [...reasons]
      .map(([name, said]) => [word(name), [...said].filter(Boolean).join(word("comma"))].filter(Boolean))
      .map((parts) => parts.join(word("colon")))
      .join(word("semicolon"));
  };

  /** How many of all sentences stand. @type {Writing["tally"]} */
  const tally = (word, { mode, supported, unsupported, left_out }) => {
    const all = supported + unsupported;
    const struck = unsupported - left_out;
    return [
      word(mode === "table" ? "written_rows" : "written_tally", { all, supported }),
      struck > 0 && word("written_struck", { count: struck }),
      left_out > 0 && word("written_left_out", { count: left_out }),
    ]
      .filter(Boolean)
      .join(word("facts_between"));
  };

  /** The citations that carry what is written, in their order. @type {Writing["cited"]} */
  const cited = (answer, written) => {
    const places = new Set(written.sentences.flatMap(({ evidence }) => evidence));
    return answer.citations.filter((_, place) => places.has(place));
  };

  /** What is written as text, each sentence with its numbers, what does not stand marked. @type {Writing["asText"]} */
  const asText = (word, written) => {
    /** @param {Given.WrittenSentence} sentence */
    const said = (sentence) => {
      const text = sentence.cells.length ? sentence.cells.join(" | ") : sentence.text;
      if (sentence.standing !== "unsupported") return text + sentence.citations.map((number) => `[${number}]`).join("");
      return `${word("unsupported_text", { text })}${word("bracketed", { text: why(word, sentence) })}`;
    };
    /** @param {Given.WrittenSentence[]} sentences */
    const together = (sentences) =>
      sentences
        .map((sentence) => said(sentence) + gap(sentence))
        .join("")
        .trim();
    const lines = runs(written.sentences).flatMap(({ part, kind, sentences }) => {
      const told = {
        prose: () => [together(sentences)],
        points: () => points(sentences).map((each) => `- ${together(each)}`),
        table: () => [written.header.join(" | "), ...sentences.map(said)],
      };
      return [...(part ? [part] : []), ...told[kind]()];
    });
    const head = `${word("written_by", written)}${word("facts_between")}${tally(word, written)}`;
    return [word("bracketed", { text: head }), ...lines].join("\n");
  };

  return { MODES, may, reader, begun, grown, ended, write, runs, points, gap, why, tally, cited, asText };
})();
