// What the page's scripts share: the words, the events by which its parts talk, the functions of the server, and what
// each script puts on `window.youju`. What comes from the program itself stands in given.d.ts.

type Word = keyof (typeof import("./strings.json"))["zh"];
type Language = "zh" | "en";
type Child = Node | string | null;
type Attribute = string | number | boolean | null | undefined | ((event: Event) => unknown);

/** A document by its name, as a question is asked of it. */
type Named = Pick<Given.DocumentInfo, "document_id" | "title">;
/** Where a quote stands. */
type Place = Pick<
  Given.Citation,
  "title" | "section" | "paragraph" | "page" | "recognised" | "address" | "target" | "year"
>;
type State = Given.ReadingView["state"];
type Span = Pick<Given.Piece, "start" | "end">;
type Held = "all" | "some" | "none";
type Said = { zh: string; en: string };

/** Kept turns with the ids of the marks that stand. */
interface Kept {
  conversation: string | null;
  turns: Given.Turn[];
  marks?: number[];
}

interface Library {
  megabytes: number;
  suffixes: string[];
  formats: Record<string, Said>;
  documents: Given.DocumentInfo[];
}

interface Sharing {
  link: string | null;
  password: string | null;
  qr: string | null;
  near: string[];
  read_only: boolean;
  guest: boolean;
  guests_read_only: boolean;
  owner: boolean;
  can_open: boolean;
}

/** What is asked, beside the question itself: see `ask` in talk.js. */
interface How {
  at?: number | null;
  as_typed?: boolean;
  typed?: boolean;
  within?: string[] | null;
  wordings?: string[];
}

/** A question that was asked and is not yet answered. */
interface Pending {
  question: string;
  at: number | null;
  typed: boolean;
  ticket: string;
}

interface RightParagraph {
  document_id: string;
  paragraph: number;
}

/** The functions of the server, as `call` takes them: each part of the page has those that `blocks.py` gives it. */
interface Server {
  ask(
    asked: Required<Pick<How, "at" | "as_typed">> & {
      question: string;
      conversation: string | null;
      documents: string[] | null;
      ticket: string;
      wordings: string[];
    },
  ): Promise<Kept>;
  stop(ticket: string): Promise<null>;
  conversation(id: string): Promise<Kept>;
  suggest(asked: { conversation: string | null; documents: string[] | null }): Promise<string[]>;
  starters(language: Language): Promise<string[]>;
  rate(rated: {
    conversation: string | null;
    turn: number;
    rating: Given.Turn["rating"];
    right: RightParagraph | null;
  }): Promise<null>;
  conversations(query: string): Promise<Given.ConversationInfo[]>;
  rename(renamed: { conversation: string; title: string }): Promise<null>;
  forget(id: string): Promise<null>;
  behind(nothing: null): Promise<{ done: number; total: number }>;
  library(nothing: null): Promise<Omit<Library, "documents">>;
  folders(nothing: null): Promise<{ here: boolean; folders: Given.Folder[]; names: string[]; generation: number }>;
  source(target: string): Promise<Given.ReadingView>;
  find(asked: { document: string; words: string }): Promise<Given.FoundPlaces>;
  asked_of(documentId: string): Promise<Given.CitingTurn[]>;
  card(target: string): Promise<Given.SentenceView>;
  state(nothing: null): Promise<Sharing>;
  open(nothing: null): Promise<Sharing>;
}

/** What the parts tell one another, each as the event `youju-…`. */
interface Events {
  add: {};
  changed: {};
  conversation: { id: string | null; again?: boolean };
  folders: { names: string[] };
  forgotten: { id: string };
  kept: { id: string | null };
  library: { documents: Given.DocumentInfo[] };
  marked: { paragraph: number };
  open: { target: string; link?: HTMLAnchorElement | null };
  pick: { turn: number };
  picked: { turn: number; right: RightParagraph };
  scope: { documents: Named[] };
  settings: {};
  share: {};
  shown: { id: string };
  side: {};
  stale: { mark?: boolean };
  tell: { line: string };
  turns: { turns: Given.Turn[] };
  writer: { writer: Given.Writer };
}

/** An error whose message is a line for the person; `result` is what the server said, where it said something. */
interface Failure extends Error {
  result?: { error?: string | Said; quote?: string };
}

type Make = <Tag extends string>(
  tag: Tag,
  attributes?: Record<string, Attribute>,
  ...children: Child[]
) => Tag extends keyof HTMLElementTagNameMap ? HTMLElementTagNameMap[Tag] : HTMLElement;
type WordOf = (key: Word, values?: object) => string;
/** page.js: what all others begin with. */
interface Common {
  own: { get: (name: string) => string | null; put: (name: string, value: string) => void };
  LANGUAGES: Record<Language, string>;
  language: Language;
  word: WordOf;
  one: <Kind extends Element = HTMLElement>(root: ParentNode, selector: string, kind?: { new (): Kind }) => Kind;
  make: Make;
  button: (
    name: string,
    label: string,
    onclick: (event: Event) => unknown,
    ...children: (Node | string)[]
  ) => HTMLButtonElement;
  icon: (...paths: string[]) => SVGSVGElement;
  several: (name: string, values: Choice[], now: string, choose: (value: string) => unknown) => HTMLLabelElement[];
  explained: (node: HTMLElement, words: string) => HTMLSpanElement;
  fill: (root: ParentNode) => void;
  targetOf: (event: Event) => Element;
  send: <Name extends keyof Events>(
    name: Name,
    ...detail: {} extends Events[Name] ? [detail?: Events[Name]] : [detail: Events[Name]]
  ) => void;
  on: <Name extends keyof Events>(name: Name, handler: (detail: Events[Name]) => unknown) => void;
  call: <Result>(asked: Promise<Result>) => Promise<Result>;
  request: <Body>(path: string, options?: RequestInit) => Promise<Body>;
  failure: (thrown: unknown) => Failure;
  copy: (text: string) => Promise<void>;
  copyAs: (text: string, html: string) => Promise<void>;
  wide: () => boolean;
}

interface TextTools {
  parted: (text: string, from: number, to: number) => string[];
  points: (text: string) => number;
  units: (text: string, place: number) => number;
  ending: (text: string) => [string, string];
  folded: (text: string) => string;
  withoutName: (line: string, name: string) => string;
  suffix: (name: string) => string;
  together: (question: string, typed: string) => string;
  decoded: (part: string) => string;
  cell: (content: string) => string;
  tsv: (rows: string[][]) => string;
}

type Recognisable = { recognised?: number | null };

interface Choices {
  newest: () => () => () => boolean;
  stillThere: (chosen: Set<string>, documents: { document_id: string }[]) => string[];
  distinct: (citations: Given.Citation[]) => Given.Citation[];
  ofEachDocument: (citations: Given.Citation[]) => Given.Citation[];
  shown: (count: number) => number;
  isList: (answer: Given.Answer, sentences: Given.AnswerSentence[]) => boolean;
  parts: (sentences: Given.AnswerSentence[], citations: Given.Citation[]) => Given.AnswerSentence[][];
  article: (place: Pick<Place, "address" | "title">) => string | null;
  lastWhere: (count: number, holds: (place: number) => boolean) => number;
  unsure: (place: Recognisable) => boolean;
  marks: (word: WordOf, place: Recognisable & { page: number | null }) => string[];
}

/** A folder of the tree; `ids` are those of all documents in it and below. */
interface Branch {
  name: string;
  path: string;
  folders: Map<string, Branch>;
  documents: Given.DocumentInfo[];
  ids: string[];
}
type Order = (one: Given.DocumentInfo, other: Given.DocumentInfo) => number;
type TreeLine = { folder: Branch; info?: undefined; depth: number } | { folder?: undefined; info: Given.DocumentInfo; depth: number };

interface Tree {
  build: (documents: Given.DocumentInfo[], names?: string[]) => Branch;
  order: (by: string, tag: string, kindOf: (info: Given.DocumentInfo) => string) => Order;
  lines: (folder: Branch, isOpen: (folder: Branch) => boolean, order: Order, tag: string, depth?: number) => TreeLine[];
  chosenOf: (folder: Branch, chosen: Set<string>) => Held;
}

type Counted = [tag: string, count: number][];
interface Tags {
  counted: (documents: Given.DocumentInfo[]) => Counted;
  heldBy: (tag: string, documents: Given.DocumentInfo[]) => Held;
  hasAll: (info: Given.DocumentInfo, wanted: Iterable<string>) => boolean;
  proper: (typed: string) => string;
}

interface Facts {
  kind: (info: { source: string }, formats: Record<string, Said>, language: Language) => string;
  added: (added_at: string, now: Date, tag: string) => string;
  short: (word: WordOf, info: Given.DocumentInfo, named: string, now: Date, tag: string) => string[];
  all: (word: WordOf, info: Given.DocumentInfo, encoding: string) => string;
}

interface Dropped {
  nameOf: (file: File) => string;
  isMeant: (path: string, suffixes: string[]) => boolean;
  filesOf: (entry: FileSystemEntry, path?: string) => Promise<File[]>;
}

type Sent = XMLHttpRequest;
type OnReading = (going: Given.Going | null) => unknown;
interface Sending {
  parts: (files: File[]) => File[][];
  sendFiles: (
    files: File[],
    instead: Given.DocumentInfo | null,
    onprogress: (event: ProgressEvent) => unknown,
    onreading?: OnReading,
  ) => Promise<Sent>;
  reportsOf: (sending: { responseText: string }) => {
    error?: string;
    made?: Given.IngestReport;
    inside: Given.IngestReport[];
  };
  told: (going: Given.Going | null) => [words: string, part?: number];
}

type Told = { short: string[]; all: string; notices: string[] };
type Progress = "going" | "done" | "failed";
/** Change the line about a file; `part` (0..1) of the work is done, null where that is not known. */
type Tell = (state: Progress, told: string, part?: number | null) => void;
/** How a file fared: its line is in that state, and says so. */
type Outcome = [Progress, told: string];
interface Adding {
  add: (file: File, instead?: Given.DocumentInfo | null) => void;
  addAll: (files: File[]) => void;
  addFolder: (name: string, files: File[]) => void;
  report: (source: string, status: Progress, message: string, into?: Element) => Tell;
}

interface FolderRow {
  folder: Branch | null;
  node: HTMLElement;
  show: (folder: Branch, state: Held, isOpen: boolean, kept: boolean) => void;
}
interface DocumentRow {
  info: Given.DocumentInfo;
  choose: HTMLInputElement;
  node: HTMLElement;
}

/** A question as the API takes it. */
interface Asked {
  question: string;
  history: [question: string, answer: string][];
  documents: string[];
}
interface Calls {
  curl: (base: string, password: string | null, asked: Asked) => string;
  client: (base: string, password: string | null, asked: Asked) => string;
  historyOf: (turns: Pick<Given.Turn, "question" | "answer">[]) => [string, string][];
}

interface Places {
  cited: (place: Place) => string;
  line: (kind: "source" | "near", place: Place, number?: number | null) => HTMLAnchorElement;
  number: (citation: Given.Citation) => HTMLAnchorElement;
}

type Cell = string | (Node | string)[];
interface PlainTable {
  header: string[];
  rows: string[][];
}

type Mode = Given.Written["mode"];
/** Sentences that stand together: of one heading, and of one kind. */
interface WrittenRun {
  part: string;
  kind: "prose" | "points" | "table";
  sentences: Given.WrittenSentence[];
}
interface Writing {
  MODES: Mode[];
  may: (answer: Pick<Given.Answer, "abstained" | "citations">) => boolean;
  reader: (tell: (name: string, told: unknown) => unknown) => (piece: string) => void;
  begun: (answer: Given.Answer, mode: Mode, writer: Pick<Given.Writer, "model" | "host" | "here">) => Given.Answer;
  grown: (answer: Given.Answer, name: string, told: unknown) => Given.Answer;
  ended: (answer: Given.Answer, outcome: Given.Written["outcome"], message: string) => Given.Answer;
  write: (
    path: string,
    mode: Mode,
    answer: Given.Answer,
    how: { signal: AbortSignal; tell: (answer: Given.Answer) => unknown },
  ) => Promise<void>;
  runs: (sentences: Given.WrittenSentence[]) => WrittenRun[];
  points: (sentences: Given.WrittenSentence[]) => Given.WrittenSentence[][];
  gap: (sentence: Pick<Given.WrittenSentence, "text">) => string;
  why: (word: WordOf, sentence: Pick<Given.WrittenSentence, "text" | "lacks">) => string;
  tally: (word: WordOf, written: Given.Written) => string;
  cited: (answer: Given.Answer, written: Given.Written) => Given.Citation[];
  asText: (word: WordOf, written: Given.Written) => string;
}
/** What stands of a written answer in the page: its nodes, and how many sentences are drawn, of which mode. */
interface DrawnWriting {
  status: HTMLElement;
  block: HTMLElement;
  basis: HTMLElement;
  head: HTMLElement;
  text: HTMLElement;
  end: HTMLElement;
  drawn: number;
  mode: Mode | null;
}
interface Modes {
  now: () => Mode;
  learn: () => Promise<unknown>;
  state: () => Given.Writer | null;
  write: (turn: Given.Turn, mode: Mode) => Promise<void>;
  stop: () => void;
  writing: () => boolean;
}
/** What the modes need of the chat: the last turn where nothing is asked, a turn's address and place on the page. */
interface WritingIn {
  last: () => Given.Turn | null;
  path: (turn: Given.Turn) => string;
  place: (turn: Given.Turn) => Element | null;
  drawn: () => void;
  tell: (line: string) => void;
}
interface Wordings {
  used: (answer: Given.Answer, act: Act) => HTMLElement | null;
  offer: (answer: Given.Answer, act: Act) => HTMLElement | null;
  further: (answer: Given.Answer, on: Pick<Act, "ask" | "writer"> & { asked: string[] }) => HTMLElement | null;
}

/** What a person may do with an answer. */
interface Act {
  ask: (question: string, how?: How) => unknown;
  asTyped: () => unknown;
  again: (wordings?: string[]) => unknown;
  write: (mode: Mode) => unknown;
  writer: () => Given.Writer | null;
  rate: (name: Given.Turn["rating"]) => unknown;
  point: () => unknown;
  empty: () => boolean;
}

/** One of several: its value, what it is called, what is shown below it. */
type Choice = [value: string, called: string, below?: Node | null];

interface Layers {
  opened: (name: string, close: () => unknown) => void;
  waits: (name: string, resume: () => unknown) => void;
  closed: (name: string) => void;
}

interface Links {
  all: () => HTMLAnchorElement[];
  numbers: () => HTMLAnchorElement[];
  at: (node: Element) => HTMLAnchorElement | null;
  turnOf: (link: Element) => string | null;
  alike: (hash: string, turn: string | null) => HTMLAnchorElement[];
  numberOf: (link: HTMLAnchorElement) => HTMLAnchorElement;
}

type Sides = Pick<Given.Box, "left" | "top" | "right" | "bottom">;
interface Paper {
  fit: (pixels: number) => number;
  address: (source: Pick<Given.ReadingView, "document_id" | "version">, page: number, width: number) => string;
  sides: (box: Sides) => { left: string; top: string; width: string; height: string };
  leaves: (
    root: HTMLElement,
    failed: (picture: string) => unknown,
    turned: (page: number) => unknown,
  ) => {
    draw: (answered: Given.ReadingView) => void;
    turn: (wanted: number) => void;
    find: (places: Given.FoundPlace[], at: number) => void;
  };
}

/** What the pointer needs of the reading pane: see picking.js. */
interface Pane {
  source: () => Given.ReadingView | null;
  blocks: () => HTMLElement[];
  first: () => number;
  show: () => void;
  redraw: () => unknown;
}
interface Pointer {
  isOn: () => boolean;
  invite: (thanks?: string | null) => void;
  stop: () => void;
}

/** What the card says where the server has no sentence. */
type Unknown = { error: string; quote?: string };
type Run = { text: string; marked: boolean; styles: Given.Piece["style"][] };
type Drawn = Pick<Given.ShownParagraph, "text" | "look">;
interface Shown {
  cells: (paragraph: Drawn, mark: Span | null) => Run[][];
  block: (
    paragraph: Given.ShownParagraph,
    shown: { names: string[]; title: string | null; mark: Span | null },
  ) => HTMLElement;
  together: (blocks: HTMLElement[], paragraphs: Given.ShownParagraph[]) => HTMLElement[];
  rangeIn: (node: Node, start: number, end: number) => Range;
}

type Outline = Given.OutlineLine[];
interface Contents {
  numberOf: (typed: string) => string;
  fitting: (outline: Outline, typed: string) => number[];
  meant: (outline: Outline, typed: string) => number;
  panel: (
    root: HTMLElement,
    switcher: HTMLElement,
    go: (line: Given.OutlineLine) => unknown,
    shown: () => unknown,
  ) => { draw: (lines: Outline) => void; unfold: (open: boolean) => void; point: (place: number) => void };
}

/** What a search needs of the reading pane: see finding.js. */
interface Searched {
  id: () => string | null;
  find: (id: string, words: string) => Promise<Given.FoundPlaces>;
  blockOf: (paragraph: number) => HTMLElement | undefined;
  from: () => number;
  show: (place: Given.FoundPlace, range: Range | null) => unknown;
  drawn: (places: Given.FoundPlace[], at: number) => void;
}
interface Finding {
  startAt: (places: { paragraph: number }[], paragraph: number) => number;
  stepped: (at: number, by: number, count: number) => number;
  finder: (
    bar: HTMLElement,
    switcher: HTMLElement,
    pane: Searched,
  ) => {
    open: (words?: string) => void;
    close: () => void;
    drawn: () => void;
    isIn: (node: EventTarget | null) => boolean;
  };
}

interface Taken {
  placeOf: (source: Pick<Given.ReadingView, "title" | "outline">, paragraph: number) => string;
  sourceLine: (source: Pick<Given.ReadingView, "title" | "outline" | "source">, paragraph: number) => string;
  taker: (
    pane: HTMLElement,
    text: HTMLElement,
    printed: HTMLElement,
    shown: Pick<Pane, "source" | "blocks" | "first">,
  ) => void;
}

interface Earlier {
  appeared: (selector: string) => Promise<Element | null>;
  panel: (
    root: HTMLElement,
    switcher: HTMLElement,
    language: Language,
    unfolded: () => unknown,
    go: (turn: Given.CitingTurn) => unknown,
  ) => { unfold: (open: boolean) => void; draw: (turns: Given.CitingTurn[]) => void };
}

type Size = "small" | "usual" | "large" | "larger";

interface Youju extends Common {
  look: { SIZES: Size[]; apply: () => void; isDark: (look: string | null, dark: boolean) => boolean };
  text: TextTools;
  choices: Choices;
  tree: Tree;
  tags: Tags;
  facts: Facts;
  dropped: Dropped;
  sending: Sending;
  adding: (place: {
    reports: HTMLElement;
    library: () => Library;
    told: (info: Given.DocumentInfo) => Told;
    changed: () => unknown;
  }) => Adding;
  folderRow: (
    path: string,
    remove: HTMLElement,
    on: { choose: (whole: boolean) => unknown; open: () => unknown },
  ) => FolderRow;
  documentRow: (
    info: Given.DocumentInfo,
    told: Told,
    on: {
      choose: (whether: boolean) => unknown;
      open: () => unknown;
      replace: (file: File) => unknown;
      tag: () => unknown;
      remove: () => unknown;
    },
  ) => DocumentRow;
  synonyms: (place: HTMLDetailsElement) => void;
  calls: Calls;
  trace: (answer: Given.Answer) => HTMLElement;
  marks: { stand: (ids?: number[]) => void; note: (answer: Given.Answer) => HTMLElement | null };
  places: Places;
  grid: { draw: (head: Cell[], lines: Cell[][], table: PlainTable) => HTMLElement };
  writing: Writing;
  written: { show: (place: HTMLElement, answer: Given.Answer, again: Act["write"]) => void };
  modes: (bar: HTMLElement, chat: WritingIn) => Modes;
  wordings: Wordings;
  writer: (place: HTMLElement) => { open: () => Promise<unknown> };
  answers: { draw: (turn: Given.Turn, act: Act) => HTMLElement };
  layers: Layers;
  links: Links;
  paper: Paper;
  picking: { pointer: (text: HTMLElement, invitation: HTMLElement, pane: Pane) => Pointer };
  shown: Shown;
  contents: Contents;
  finding: Finding;
  taken: Taken;
  earlier: Earlier;
  sure: (asked: {
    title: string;
    names: string[];
    lines: (string | 0 | false)[];
    yes: string;
  }) => Promise<boolean>;
  tagging: (
    documents: Given.DocumentInfo[],
    counted: Counted,
  ) => Promise<{ add: string[]; remove: string[] } | null>;
}

/** What stands in for the page until it is there. */
interface Ahead {
  /** Give what was typed there, once, and be gone; while an input method is at work, as soon as it is done. */
  hand: (take: (typed: Typed) => void) => void;
}
/** What was typed before the page was there: whether it was sent, and where the caret stands. */
interface Typed {
  text: string;
  sent: boolean;
  focused: boolean;
  from: number;
  to: number;
}

interface Window {
  youju: Youju;
  youjuAhead?: Ahead;
}
interface Array<T> {
  /** What is something: `filter(Boolean)`. */
  filter(predicate: BooleanConstructor): Exclude<T, false | null | undefined | 0 | "">[];
}

/** All words: `head.py` puts them in. */
declare const WORDS: Record<Language, Record<Word, string>>;
/** The element of the part whose script runs, and its functions of the server: Gradio gives them. */
declare const element: HTMLElement;
declare const server: Server;
