"""A conversation as a document of its own: questions, answers with footnotes, a reference list; and as Markdown.

References follow GB/T 7714—2015, in the order of citation: "[1] 发布者. 题名[Z/DK]. (文中日期)[引用日期]. 文件：文件名"
(Z: of no other kind, DK: on disk). Issuer and date are those that the document itself names; what it does not name is
left out, as the standard allows, and said behind the entry, with the day on which the file was added.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.pages import SURE
from bot.structure.imprints import UNNAMED, Imprint
from bot.types import Answer, AnswerSentence, Citation, Conversation, DocumentInfo, Language, Written
from bot.writing.lines import count_line, reason

ImprintOf = Callable[[str], Imprint]
"""Gives what the document of an id says of its issuer and date."""

_WORDS: dict[Language, dict[str, str]] = {
    "zh": {
        "place": "《{title}》",
        "paragraph": "第 {paragraph} 段",
        "page": "第 {page} 页",
        "recognised": "识别自扫描件",
        "unsure": "不确定，请对照原件",
        "comma": "，",
        "colon": "：",
        "searched": "按“{query}”查找",
        "written": "由 {model} 写成：{count}",
        "unsupported": "（无据：{why}）",
        "whole": "全文",
        "basis": "所据原文",
        "references": "参考文献",
        "file": "文件：{source}",
        "said": "（{notes}）",
        "note_between": "；",
        "no_issuer": "文中未见发布者",
        "no_date": "文中未见日期",
        "neither": "文中未见发布者和日期",
        "added": "{date} 收录",
        "replaced": "引用后文档已更换，不知当时的发布者和日期",
        "gone": "文档已移除，不知其发布者和日期",
    },
    "en": {
        "place": "{title}",
        "paragraph": "paragraph {paragraph}",
        "page": "page {page}",
        "recognised": "recognised in a scan",
        "unsure": "not sure: compare the original",
        "comma": ", ",
        "colon": ": ",
        "searched": "Searched for “{query}”",
        "written": "Written by {model}: {count}",
        "unsupported": " (not supported: {why})",
        "whole": "In sum",
        "basis": "The quotes it is written from",
        "references": "References",
        "file": "File: {source}",
        "said": " ({notes})",
        "note_between": "; ",
        "no_issuer": "it names no issuer",
        "no_date": "it names no date",
        "neither": "it names neither issuer nor date",
        "added": "added on {date}",
        "replaced": "the document was replaced since, so issuer and date are not known",
        "gone": "the document is no longer here, so issuer and date are not known",
    },
}

# What XML 1.0 cannot hold, and the carriage return, which it would turn into a line feed.
_FORBIDDEN = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_MARKUP = re.compile(r"[&<>]|[\\`*_\[\]{}|$~^]|^(?:[-+=:#]|\d+(?=[.)]))", re.M)


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: its number in the transcript, where the quote stands, and the quote."""

    number: int
    place: str
    quote: str


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of an answer, and the numbers of the notes that stand behind it.

    ``struck`` is a sentence that a model wrote and no quote carries; ``text`` behind it says why. An ``own`` line is
    ours: it says what follows.
    """

    text: str
    notes: tuple[int, ...] = ()
    struck: str = ""
    own: bool = False


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question with its answer; ``searched`` says what it was completed to, where it was.

    ``notes`` are those that its lines refer to first; a line may refer to an earlier exchange's too.
    """

    question: str
    searched: str | None
    lines: tuple[Line, ...]
    refused: bool
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Transcript:
    """A conversation to write down. Its texts hold no character that XML forbids."""

    title: str
    exchanges: tuple[Exchange, ...]
    heading: str
    references: tuple[str, ...]


def transcribe(
    conversation: Conversation, documents: Iterable[DocumentInfo], language: Language, imprint_of: ImprintOf
) -> Transcript:
    """Number what a conversation cites from 1, each place once, in the order of appearance; list what it refers to.

    Args:
        conversation: as kept.
        documents: those there are now.
        language: of everything that is not quoted.
        imprint_of: asked only of documents that are there as they were cited.
    """
    exchanges: list[Exchange] = []
    cited: dict[str, tuple[Citation, datetime]] = {}
    numbers: dict[str, int] = {}
    for turn in conversation.turns:
        for citation in turn.answer.citations:
            cited.setdefault(citation.document_id, (citation, datetime.fromisoformat(turn.asked_at)))
        exchanges.append(_exchange(turn.answer, numbers, language))
    added = {info.document_id: datetime.fromisoformat(info.added_at) for info in documents}
    references = (
        f"[{number}] {_reference(citation, on, added.get(citation.document_id), language, imprint_of)}"
        for number, (citation, on) in enumerate(cited.values(), 1)
    )
    heading = _WORDS[language]["references"]
    return Transcript(clean(conversation.title), tuple(exchanges), heading, tuple(map(clean, references)))


def to_markdown(transcript: Transcript) -> str:
    """Write Markdown with footnotes (``[^1]``). Nothing of a document's text is read as markup or HTML."""
    blocks = [f"# {_flat(transcript.title)}"]
    for exchange in transcript.exchanges:
        blocks.append(f"## {_flat(exchange.question)}")
        if exchange.searched:
            blocks.append(f"*{_flat(exchange.searched)}*")
        said = "\n\n".join(map(_marked, exchange.lines))
        blocks.append(re.sub(r"^", "> ", said, flags=re.M) if exchange.refused else said)
        blocks.extend(f"[^{n.number}]: {_flat(n.place + '“')}{_lines(n.quote, '    ')}”" for n in exchange.notes)
    if transcript.references:
        blocks.extend((f"## {_flat(transcript.heading)}", *map(_flat, transcript.references)))
    return "\n\n".join(blocks) + "\n"


def clean(text: str) -> str:
    """Replace each character that XML forbids by U+FFFD."""
    return _FORBIDDEN.sub("\ufffd", text)


def _exchange(answer: Answer, numbers: dict[str, int], language: Language) -> Exchange:
    """Write down one answer; ``numbers`` are those of the notes so far by their links, and grow."""
    notes: list[Note] = []

    def refer(evidence: Sequence[int]) -> tuple[int, ...]:
        referred: list[int] = []
        for citation in (answer.citations[place] for place in evidence):
            if citation.target not in numbers:
                numbers[citation.target] = len(numbers) + 1
                notes.append(Note(len(numbers), clean(_place(citation, language)), clean(citation.quote)))
            referred.append(numbers[citation.target])
        return tuple(dict.fromkeys(referred))

    lines = [] if answer.written is None else list(_written(answer.written, refer, language))
    lines += [Line(clean(said)) for said in (answer.message, answer.note) if said]
    for sentence in _in_order(answer):
        if isinstance(sentence, str):
            lines.append(Line(clean(sentence)))
        else:
            lines.append(Line(clean(sentence.text), refer(sentence.evidence)))
    completed = answer.query.strip() != answer.question.strip()
    searched = _WORDS[language]["searched"].format(query=answer.query)
    return Exchange(
        question=clean(answer.question),
        searched=clean(searched) if completed else None,
        lines=tuple(lines),
        refused=answer.abstained,
        notes=tuple(notes),
    )


def _written(
    written: Written, refer: Callable[[Sequence[int]], tuple[int, ...]], language: Language
) -> Iterator[Line]:  # fmt: skip
    """Yield what a model wrote, each sentence with the numbers of its notes or struck with the reason."""
    words = _WORDS[language]
    if written.sentences:
        head = words["written"].format(model=written.model, count=count_line(written, language))
        yield Line(clean(head), own=True)
    if written.header and written.sentences:
        yield Line(clean(" | ".join(written.header)))
    part = ""
    for sentence in written.sentences:
        if sentence.part != part:
            part = sentence.part
            yield Line(clean(part or words["whole"]), own=True)
        text = clean(" | ".join(sentence.cells) or sentence.text)
        if sentence.standing == "unsupported":
            why = words["unsupported"].format(why=reason(sentence.lacks, language))
            yield Line(clean(why), struck=text)
        else:
            yield Line(text, refer(sentence.evidence))
    if written.message:
        yield Line(clean(written.message), own=True)
    yield Line(words["basis"], own=True)


def _in_order(answer: Answer) -> Iterator[AnswerSentence | str]:
    """Yield the sentences, under the words of their parts where there are such; a part's refusal is text too."""
    if not answer.parts:
        yield from answer.sentences
    for part in answer.parts:
        yield part.label
        yield from (answer.sentences[place] for place in part.sentences)
        yield from filter(None, (part.message,))


def _place(citation: Citation, language: Language) -> str:
    words = _WORDS[language]
    if citation.address:  # it names the document and stands for the headings
        parts = [citation.address]
    else:
        headings = " › ".join(heading for heading in citation.section if heading != citation.title)
        paragraph = words["paragraph"].format(paragraph=citation.paragraph + 1)
        parts = [words["place"].format(title=citation.title), *filter(None, [headings]), paragraph]
    if citation.page is not None:
        parts.append(words["page"].format(page=citation.page))
    if citation.recognised is not None:
        parts.extend([words["recognised"]] + [words["unsure"]] * (citation.recognised < SURE))
    return words["comma"].join(parts) + words["colon"]


def _reference(
    citation: Citation, on: datetime, added: datetime | None, language: Language, imprint_of: ImprintOf
) -> str:
    words = _WORDS[language]
    imprint = UNNAMED
    if added is None:
        notes = [words["gone"]]
    elif added > on:  # it is not the one that was cited
        notes = [words["replaced"]]
    else:
        imprint = imprint_of(citation.document_id)
        lacks = [] if imprint.issuer else ["no_issuer"]
        lacks += [] if imprint.date else ["no_date"]
        notes = [words["neither" if len(lacks) > 1 else name] for name in lacks[:1]]
        notes += [] if imprint.date else [words["added"].format(date=_date(added))]
    issuer = f"{imprint.issuer.rstrip('.')}. " if imprint.issuer else ""
    version = f"({imprint.date})" if imprint.date else ""
    file = words["file"].format(source=citation.source)
    said = words["said"].format(notes=words["note_between"].join(notes)) if notes else ""
    return f"{issuer}{citation.title}[Z/DK]. {version}[{_date(on)}]. {file}{said}."


def _marked(line: Line) -> str:
    """Return a line as Markdown, with the numbers of its notes."""
    if line.own:
        return f"*{_flat(line.text)}*"
    struck = f"~~{_flat(line.struck)}~~" if line.struck else ""
    return struck + _lines(line.text) + "".join(f"[^{number}]" for number in line.notes)


def _date(moment: datetime) -> str:
    return moment.astimezone().date().isoformat()  # where the reader is


def _flat(text: str) -> str:
    return _lines(" ".join(text.split()))


def _lines(text: str, indent: str = "") -> str:
    """Escape for Markdown; line breaks stay."""
    lines: Sequence[str] = [line.strip(" \t") for line in text.split("\n")]
    return f"\\\n{indent}".join(_MARKUP.sub(_escape, line) for line in lines)


def _escape(found: re.Match[str]) -> str:
    mark = found.group()
    return f"{mark}\\" if mark[0].isdigit() else _ENTITIES.get(mark, f"\\{mark}")
