"""The vocabulary of Youju: frozen dataclasses that travel between modules, and the error tree.

Every span is half-open and counts code points of ``Document.text``. A higher score is better everywhere.
"""

import hashlib
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, is_dataclass
from operator import itemgetter
from typing import Any, Literal

from bot.errors import BusyError as BusyError
from bot.errors import DocumentError as DocumentError
from bot.errors import EncoderError as EncoderError
from bot.errors import EndingError as EndingError
from bot.errors import Language as Language
from bot.errors import NotFoundError as NotFoundError
from bot.errors import QuestionError as QuestionError
from bot.errors import ServerError as ServerError
from bot.errors import StoreError as StoreError
from bot.errors import TooOftenError as TooOftenError
from bot.errors import WriterError as WriterError
from bot.errors import YoujuError as YoujuError
from bot.pages import PLAIN, FileReading, Recognised
from bot.traces import NOT_TIMED, NOT_TRACED
from bot.traces import Timings as Timings
from bot.traces import Trace as Trace
from bot.traces import TracedPassage as TracedPassage
from bot.traces import Way as Way
from bot.tree import NO_OUTLINE, ItemList, Opening, Section
from bot.written import Checked as Checked
from bot.written import Lack as Lack
from bot.written import LackKind as LackKind
from bot.written import Mode as Mode
from bot.written import Outcome as Outcome
from bot.written import Standing as Standing
from bot.written import Unsupported as Unsupported
from bot.written import Written as Written
from bot.written import WrittenSentence as WrittenSentence

Shortfall = Literal["lacks_words", "other_kind", "weak"]
Strength = Literal["direct", "related", "none"]
Rating = Literal["good", "bad"]
History = Sequence[tuple[str, str]]
"""Earlier turns, oldest first, as (question, answer) pairs."""

Progress = Callable[[int, int, str], None]
"""Called as ``progress(done, total, label)``: of files ("look", "read"), of passages ("store", "embed")."""


def silent(done: int, total: int, label: str) -> None:
    """Report progress to nobody."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One non-empty line of a document, headings included; several where a text was wrapped at a fixed width.

    ``index`` counts non-empty paragraphs from 0. ``start``/``end`` leave surrounding white space out.
    ``section`` holds the headings above it, outermost first; a lead phrase that opens the paragraph itself
    ("一要…。") is the last element. ``level`` is 0 for body text, 1 and more for a heading (1 is the outermost).
    ``opening`` is what opens the line. ``lead`` counts the characters of the name that body text opens with, its lead
    phrase or its article's number, which then is the last element of ``section``; 0 where there is none.
    """

    index: int
    start: int
    end: int
    section: tuple[str, ...]
    level: int = 0
    opening: Opening | None = None
    lead: int = 0

    @property
    def parent(self) -> tuple[str, ...]:
        """The headings above it, without the name that it opens with itself."""
        return self.section[:-1] if self.lead else self.section


@dataclass(frozen=True, slots=True)
class Document:
    """A file's text with its structure: ``outline`` is the tree of its sections, ``lists`` are its lists of items.

    ``document_id`` depends on ``source`` alone, so it stays when the content is replaced. ``source`` is the file
    name as added (relative to the folder where a folder was added). ``encoding`` is the one that was found
    ("UTF-8", "GB18030", ...). ``text`` has line ends normalised to ``\\n`` and is otherwise the file's own; ``lost``
    counts the characters that decoding could not read. ``pages`` are (offset, page) where the text comes to another
    page or slide, in order, empty where the file has none; ``recognised`` are the spans that were read from pictures.
    """

    document_id: str
    source: str
    title: str
    text: str
    paragraphs: tuple[Paragraph, ...]
    encoding: str
    lost: int = 0
    outline: Section = NO_OUTLINE
    lists: tuple[ItemList, ...] = ()
    pages: tuple[tuple[int, int], ...] = ()
    recognised: tuple[Recognised, ...] = ()

    def page_at(self, offset: int) -> int | None:
        """Return the page on which the character at ``offset`` stands, from 1; None where there are no pages."""
        place = bisect_right(self.pages, offset, key=itemgetter(0))
        return self.pages[max(place, 1) - 1][1] if self.pages else None

    def confidence_at(self, start: int, end: int) -> float | None:
        """Return how sure (0..1) a span was recognised in a picture; None where it is the file's own text."""
        return min((r.confidence for r in self.recognised if r.start < end and r.end > start), default=None)


@dataclass(frozen=True, slots=True)
class Text:
    """A document's text without its structure."""

    document_id: str
    source: str
    text: str


@dataclass(frozen=True, slots=True)
class Original:
    """A file as it was added, byte for byte, under its name."""

    source: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Passage:
    """What is searched: one paragraph, or consecutive sentences of a long one."""

    paragraph: int
    start: int
    end: int
    section: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """What the list of documents shows, with counts; ``lost`` are the characters that decoding could not read.

    ``reading`` tells how the file was read; ``tags`` are the person's own.
    """

    document_id: str
    source: str
    title: str
    encoding: str
    characters: int
    paragraphs: int
    headings: int
    levels: int
    passages: int
    added_at: str
    lost: int = 0
    reading: FileReading = PLAIN
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Likeness:
    """Another document with much the same text; ``share`` (0..1) is how much of both together stands in both.

    1.0 means that letters and digits are the very same, whatever the file's format.
    """

    document_id: str
    source: str
    title: str
    share: float


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What came of adding one file. ``document`` is None where it failed; ``error_*`` then say why and what to do.

    A file that is ``queued`` is a document as soon as a worker has read it.

    ``alike`` is a document that was there before and is nearly the same, or another version; None where there is none.
    """

    source: str
    status: Literal["added", "replaced", "unchanged", "failed", "queued"]
    document: DocumentInfo | None = None
    error_en: str | None = None
    error_zh: str | None = None
    alike: Likeness | None = None


def digest(text: str) -> str:
    """Return eight hexadecimal digits that stand for ``text``: the first of the SHA-256 of its UTF-8."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def link_target(document_id: str, start: int, end: int, text: str) -> str:
    """Return the link to ``text``, which stands at ``start``..``end``: it can tell when the text there has changed."""
    return f"{document_id}.{start}.{end}.{digest(text)}"


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with its score, and its place: ``page``, ``address``, ``target``, ``year``, … as in ``Citation``.

    Among the ``nearest`` of a refusal it says why it does not answer: ``lacks`` holds the words of the question that
    stand neither in it nor in its title and headings, the rarest first. ``why`` is "lacks_words" where there are such,
    else "other_kind" where a number, date, person, place or organisation is asked for and it has none, else "weak".
    """

    document_id: str
    source: str
    title: str
    section: tuple[str, ...]
    paragraph: int
    start: int
    end: int
    text: str
    score: float
    page: int | None = None
    recognised: float | None = None
    address: str | None = None
    lacks: tuple[str, ...] = ()
    why: Shortfall | None = None
    target: str = ""
    year: int | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "target", link_target(self.document_id, self.start, self.end, self.text))


@dataclass(frozen=True, slots=True)
class Citation:
    """Numbered evidence: ``document.text[start:end] == quote``.

    ``number`` is the paragraph's: 1, 2, 3 in order of appearance, the same for all that is cited from one paragraph.
    ``address`` is the place as a lawyer writes it, "《…法》第三十条第二款"; None where the paragraph stands in no
    numbered article. ``target`` is the link to the place: see ``link_target``. ``mark`` is the id of the mark by which
    a person said that it answers. ``page`` is the page or slide, from 1, in a file that has such; ``recognised`` tells
    how sure (0..1) the words were read from a picture, None where they are the file's own. ``year`` is the document's.
    """

    number: int
    document_id: str
    source: str
    title: str
    section: tuple[str, ...]
    paragraph: int
    start: int
    end: int
    quote: str
    page: int | None = None
    recognised: float | None = None
    address: str | None = None
    target: str = ""
    mark: int | None = None
    year: int | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "target", link_target(self.document_id, self.start, self.end, self.quote))


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """One sentence of an answer in one line, the numbers of the citations that prove it, and its support (0..1).

    ``evidence``: their positions in ``Answer.citations``, in the order of the numbers; several can have one number.
    """

    text: str
    citations: tuple[int, ...]
    support: float
    evidence: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemCount:
    """How many items of a list, headings or places of a term there are, and how many of them an answer shows."""

    total: int
    shown: int


@dataclass(frozen=True, slots=True)
class FileCount:
    """How often a term stands in one document, at least once."""

    document_id: str
    source: str
    total: int


@dataclass(frozen=True, slots=True)
class TermCount:
    """How often a term stands in the documents: ``total`` times in ``files`` of the ``searched`` ones.

    Of an answer with every place of it ``shown`` places are shown, ``documents`` are named; a refusal shows none.
    ``same`` are the other words for it that stand there and are counted too.
    """

    term: str
    total: int
    files: int
    searched: int
    shown: int = 0
    documents: tuple[FileCount, ...] = ()
    same: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer or a refusal (``abstained``).

    ``text`` is all of it in lines: ``note`` where there is one, then each sentence followed by its numbers, as
    "…。[1]". A refusal's text is ``message`` and ``note``, it carries no number, and ``nearest`` holds the passages
    that came closest.

    ``note`` is the one line that is ours and not quoted: a count, what is not shown or not there, and of a refusal how
    often its terms occur; where the question is about the documents themselves it is the answer, without any citation.
    Its numbers are ``items`` (None where the answer is no such whole) and ``term_counts`` (one for each term whose
    places were wanted, or that a refusal looked for).

    ``parts`` divide the sentences; ``tables`` are those of them that are lines of a table, with their cells.

    ``strength`` says which of three outcomes it is: "direct" (an answer), "related" (a refusal whose ``nearest`` may
    help though none of it answers), "none" (a refusal; the documents do not speak of it).

    ``confidence`` (0..1) is the probability that the first sentence answers the question. ``query`` is the question as
    searched. ``trace`` tells how the answer was found, ``timings`` how long that took.

    ``written`` is what a language model wrote of the quotes, where it was asked to: all else is as without it, but that
    ``citations`` goes on with further quotes that it cites, which no sentence of the answer itself has.
    """

    question: str
    query: str
    text: str
    abstained: bool
    confidence: float
    sentences: tuple[AnswerSentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    nearest: tuple[Hit, ...] = ()
    timings: Timings = NOT_TIMED
    trace: Trace = NOT_TRACED
    note: str = ""
    message: str = ""
    items: ItemCount | None = None
    term_counts: tuple[TermCount, ...] = ()
    strength: Strength = "none"
    parts: tuple["Part", ...] = ()
    tables: tuple["AnswerTable", ...] = ()
    written: Written | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an answer under its ``label`` (a question, a year, a document).

    ``sentences`` are positions in ``Answer.sentences``; without any, ``message`` says that nothing was found."""

    label: str
    sentences: tuple[int, ...] = ()
    message: str = ""


@dataclass(frozen=True, slots=True)
class AnswerTable:
    """Sentences of an answer that are lines of one table: its ``header``, and the cells of each of ``rows``.

    Every row has as many cells as the header. ``sentences`` are the positions in ``Answer.sentences`` of the rows, in
    their order; ``head`` is that of the header, None where the answer does not quote it.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    sentences: tuple[int, ...]
    head: int | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """What was checked of a home, whether it is well, and a line about it."""

    name: str
    ok: bool
    line: str


@dataclass(frozen=True, slots=True)
class ConversationInfo:
    """What the list of conversations shows. ``turns`` counts them, ``updated_at`` is when the last one was asked."""

    conversation_id: str
    title: str
    turns: int
    updated_at: str


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with its answer, kept as it was given. ``asked_at`` is in UTC (ISO 8601)."""

    turn_id: int
    question: str
    answer: Answer
    asked_at: str
    rating: Rating | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """A kept conversation with its turns, oldest first."""

    conversation_id: str
    title: str
    updated_at: str
    turns: tuple[Turn, ...]


def as_json(value: Any) -> Any:
    """Turn dataclasses, tuples and dictionaries into what ``json.dumps`` takes; field names stay as they are."""
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, dict):
        return {key: as_json(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [as_json(item) for item in value]
    return value
