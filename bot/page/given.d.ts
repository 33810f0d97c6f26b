// Written by `python -m tests.page_types` from the program's own dataclasses: what the scripts are given.
declare namespace Given {
  interface Answer {
    question: string;
    query: string;
    text: string;
    abstained: boolean;
    confidence: number;
    sentences: AnswerSentence[];
    citations: Citation[];
    nearest: Hit[];
    timings: Timings;
    trace: Trace;
    note: string;
    message: string;
    items: ItemCount | null;
    term_counts: TermCount[];
    strength: "direct" | "related" | "none";
    parts: Part[];
    tables: AnswerTable[];
    written: Written | null;
  }
  interface AnswerSentence {
    text: string;
    citations: number[];
    support: number;
    evidence: number[];
  }
  interface AnswerTable {
    header: string[];
    rows: string[][];
    sentences: number[];
    head: number | null;
  }
  interface Box {
    page: number;
    left: number;
    top: number;
    right: number;
    bottom: number;
    start: number;
    end: number;
  }
  interface Citation {
    number: number;
    document_id: string;
    source: string;
    title: string;
    section: string[];
    paragraph: number;
    start: number;
    end: number;
    quote: string;
    page: number | null;
    recognised: number | null;
    address: string | null;
    target: string;
    mark: number | null;
    year: number | null;
  }
  interface CitingTurn {
    conversation_id: string;
    turn_id: number;
    question: string;
    asked_at: string;
    target: string;
  }
  interface ConversationInfo {
    conversation_id: string;
    title: string;
    turns: number;
    updated_at: string;
  }
  interface DocumentInfo {
    document_id: string;
    source: string;
    title: string;
    encoding: string;
    characters: number;
    paragraphs: number;
    headings: number;
    levels: number;
    passages: number;
    added_at: string;
    lost: number;
    reading: FileReading;
    tags: string[];
  }
  interface FileCount {
    document_id: string;
    source: string;
    total: number;
  }
  interface FileReading {
    pages: number;
    tables: number;
    recognised: number;
    notices: Notice[];
  }
  interface Folder {
    name: string;
    path: string;
    there: boolean;
    set: boolean;
    files: number;
    failed: number;
    synced_at: string | null;
    going: Going | null;
    error_en: string | null;
    error_zh: string | null;
  }
  interface FoundPlace {
    paragraph: number;
    start: number;
    end: number;
    page: number | null;
    boxes: Box[];
  }
  interface FoundPlaces {
    total: number;
    places: FoundPlace[];
  }
  interface Going {
    done: number;
    total: number;
    of: "files" | "kept" | "indexed";
  }
  interface Hit {
    document_id: string;
    source: string;
    title: string;
    section: string[];
    paragraph: number;
    start: number;
    end: number;
    text: string;
    score: number;
    page: number | null;
    recognised: number | null;
    address: string | null;
    lacks: string[];
    why: "lacks_words" | "other_kind" | "weak" | null;
    target: string;
    year: number | null;
  }
  interface HomeSettings {
    strictness: "lenient" | "usual" | "strict";
    reader: boolean;
    fixed: string[];
    strictnesses: Strictnesses;
    conversation_days: number;
    max_conversations: number;
  }
  interface Imprint {
    date: string;
    issuer: string;
  }
  interface IngestReport {
    source: string;
    status: "added" | "replaced" | "unchanged" | "failed" | "queued";
    document: DocumentInfo | null;
    error_en: string | null;
    error_zh: string | null;
    alike: Likeness | null;
  }
  interface ItemCount {
    total: number;
    shown: number;
  }
  interface Lack {
    kind: "number" | "date" | "amount" | "percentage" | "name" | "code" | "address" | "negation" | "condition" | "scope" | "meaning" | "quote";
    text: string;
  }
  interface Likeness {
    document_id: string;
    source: string;
    title: string;
    share: number;
  }
  interface Look {
    shape: "text" | "header" | "row" | "item" | "quote" | "code" | "unseen";
    depth: number;
    group: number | null;
    pieces: Piece[];
  }
  interface Mark {
    start: number;
    end: number;
  }
  interface Notice {
    en: string;
    zh: string;
  }
  interface OutlineLine {
    text: string;
    level: number;
    paragraph: number;
    page: number | null;
    numbers: string[];
    begins: string;
  }
  interface Part {
    label: string;
    sentences: number[];
    message: string;
  }
  interface Piece {
    start: number;
    end: number;
    style: "cell" | "markup" | "strong" | "emphasis" | "code" | "struck" | "address";
  }
  interface ReadingView {
    document_id: string;
    source: string;
    title: string;
    section: string[];
    address: string | null;
    paragraph: number | null;
    first: number;
    total: number;
    paragraphs: ShownParagraph[];
    outline: OutlineLine[];
    mark: Mark | null;
    state: "same" | "moved" | "changed" | "gone";
    cited: string | null;
    pages: number;
    page: number | null;
    boxes: Box[];
    version: string;
    imprint: Imprint;
  }
  interface Seen {
    host: string;
    here: boolean;
    leaves_en: string;
    leaves_zh: string;
    answers: boolean;
    models: string[];
    message_en: string;
    message_zh: string;
  }
  interface SentenceView {
    document_id: string;
    source: string;
    title: string;
    section: string[];
    address: string | null;
    paragraph: number;
    before: string;
    sentence: string;
    after: string;
    state: "same" | "moved" | "changed" | "gone";
    cited: string | null;
    page: number | null;
    recognised: number | null;
  }
  interface ShownParagraph {
    text: string;
    level: number;
    recognised: number | null;
    look: Look;
  }
  interface Step {
    name: "lenient" | "usual" | "strict";
    threshold: number;
    answered: number | null;
    right: number | null;
  }
  interface Strictnesses {
    steps: Step[];
    questions: number;
  }
  interface SynonymGroup {
    group_id: number;
    terms: string[];
  }
  interface TermCount {
    term: string;
    total: number;
    files: number;
    searched: number;
    shown: number;
    documents: FileCount[];
    same: string[];
  }
  interface Timings {
    locate: number;
    search: number;
    judge: number;
    read: number;
    answer: number;
    prove: number;
    total: number;
  }
  interface Trace {
    way: "evidence" | "listing" | "address" | "outline" | "list" | "marked" | "talk" | "collection" | "several" | "summary" | "comparison" | "table" | "definition";
    terms: [string, number][];
    passages: TracedPassage[];
    threshold: number;
    rule: string;
    synonyms: string[][];
    scope: string[] | null;
    wordings: string[];
  }
  interface TracedPassage {
    document_id: string;
    title: string;
    section: string[];
    paragraph: number;
    start: number;
    end: number;
    text: string;
    lexical: number;
    dense: number;
    document: number;
    evidence: number;
  }
  interface Turn {
    turn_id: number;
    question: string;
    answer: Answer;
    asked_at: string;
    rating: "good" | "bad" | null;
  }
  interface Writer {
    on: boolean;
    url: string | null;
    model: string;
    host: string;
    here: boolean;
    leaves_en: string;
    leaves_zh: string;
    mode: "quotes" | "paragraph" | "points" | "table";
    unsupported: "struck" | "left_out";
    proposing: boolean;
    seconds: number;
    tokens: number;
    key: boolean;
    fixed: boolean;
  }
  interface Written {
    mode: "quotes" | "paragraph" | "points" | "table";
    model: string;
    host: string;
    here: boolean;
    sentences: WrittenSentence[];
    header: string[];
    quotes: number;
    requests: number;
    supported: number;
    unsupported: number;
    left_out: number;
    outcome: "writing" | "whole" | "nothing" | "stopped" | "slow" | "too_long" | "broken" | "garbage" | "unreachable" | "key" | "no_model" | "busy" | "failed";
    message: string;
    milliseconds: number;
  }
  interface WrittenSentence {
    text: string;
    standing: "verbatim" | "supported" | "unsupported";
    citations: number[];
    evidence: number[];
    lacks: Lack[];
    support: number;
    cells: string[];
    point: number;
    part: string;
  }
}
