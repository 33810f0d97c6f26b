"""Questions made by rule from what a document says: each asks for something that stands in a known place of it.

Better no question than a clumsy one: a template fires only where the words around it make a whole question by
themselves.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from bot.documents.passages import split_sentences
from bot.language.folding import fold
from bot.language.kinds import is_met
from bot.structure.sections import below
from bot.suggestions import chinese, english
from bot.suggestions.chinese_headings import HEADINGS, clause
from bot.suggestions.chinese_sentences import SENTENCES
from bot.suggestions.templates import Source, Template
from bot.tree import Kind
from bot.types import Document, Language, Paragraph

_INSTRUCTS = re.compile(r"要(?![求素件点义])|应|必须|不得|可以|有权|享有|通过|采取|加强|推进|完善|建立|健全|落实")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A question, the rule that made it, and the paragraphs of the document in which its answer is to stand.

    ``original`` is the question that it says in another language: it must get the same answer.
    """

    text: str
    rule: str
    document_id: str
    paragraphs: range
    original: str = ""


@dataclass(frozen=True, slots=True)
class _Phrased:
    text: str
    rule: str


@dataclass(frozen=True, slots=True)
class _Opened:
    """A line without the marker it opens with, and the heading or lead that it is or opens with, empty without one."""

    line: str
    heading: str


def proposals(document: Document, paragraph: Paragraph, language: Language) -> Iterator[Proposal]:
    """Yield the questions that a paragraph, or the text under a heading, answers; the surest rules first."""
    is_sound = chinese.is_sound if language == "zh" else english.is_sound
    seen: set[str] = set()
    for phrased in (_chinese if language == "zh" else _english)(document, paragraph):
        if is_sound(phrased.text) and phrased.text not in seen:
            seen.add(phrased.text)
            mark = "？" if language == "zh" else "?"
            yield Proposal(phrased.text + mark, phrased.rule, document.document_id, _reach(document, paragraph))


def answers(proposal: Proposal, quote: str) -> bool:
    """Tell whether a quote has what the rule asks for: as many items as named, a number, a date, an instruction."""
    folded, asked = fold(quote), fold(proposal.text)
    if proposal.rule == "items" and (term := chinese.COUNTED.match(proposal.text)):
        return chinese.names_items(term, folded)
    if proposal.rule in ("how", "duty", "heading"):
        return _INSTRUCTS.search(quote) is not None
    return proposal.rule not in ("number", "date") or is_met(proposal.rule, asked, folded)


def outline_question(number: int, heading: str, language: Language) -> str | None:
    """Return the question for what the part of this number and heading says; None where the heading is a formality."""
    return chinese.part_question(number, heading) if language == "zh" else english.part_question(number)


def places_question(document: Document, paragraph: Paragraph) -> Iterator[Proposal]:
    """Yield the question for every place of each quoted term of a paragraph that the document has more than once."""
    here = range(paragraph.index, paragraph.index + 1)
    for term in chinese.repeated_terms(document.text, paragraph.start, paragraph.end):
        yield Proposal(chinese.places_question(term), "places", document.document_id, here)


def all_proposals(document: Document, paragraph: int, language: Language) -> Iterator[Proposal]:
    """Yield all that a paragraph may be asked: ``proposals``, and in Chinese the places of its quoted terms."""
    found = document.paragraphs[paragraph]
    yield from proposals(document, found, language)
    if language == "zh":
        yield from places_question(document, found)


def _reach(document: Document, paragraph: Paragraph) -> range:
    """The paragraph and those that belong to it: what is under a heading, the items of an article."""
    return range(paragraph.index + (paragraph.level > 0), below(document, paragraph.index).stop)


def _opened(document: Document, paragraph: Paragraph) -> _Opened:
    """Take a paragraph's marker and its heading or lead from it."""
    line = document.text[paragraph.start : paragraph.end]
    opening = paragraph.opening
    length = opening.length if opening is not None and opening.rank <= Kind.LEAD else 0
    bare = line[length:].lstrip() if length else line
    heading = ""
    if paragraph.level:
        heading = bare
    elif paragraph.lead:
        heading = paragraph.section[-1][length:]
    return _Opened(bare, heading.strip(" 　。"))


def _chinese(document: Document, paragraph: Paragraph) -> Iterator[_Phrased]:
    opened = _opened(document, paragraph)
    if opened.heading:
        source = Source(clause(opened.heading), document.title, opened.heading if paragraph.level else "")
        yield from islice(_phrased(HEADINGS, source), 1)
    if paragraph.level:
        return
    yield from _phrased(chinese.PARAGRAPHS, Source(opened.line, document.title))
    for start, end in split_sentences(opened.line, 0, len(opened.line)):
        for phrased in _phrased(SENTENCES, Source(opened.line[start:end])):
            if not chinese.leans(phrased.text):
                yield phrased


def _english(document: Document, paragraph: Paragraph) -> Iterator[_Phrased]:
    opened = _opened(document, paragraph)
    line = opened.line.replace("**", "")
    if paragraph.level:
        sources = [Source(line.lstrip("# "))]
    else:
        sources = [Source(line[start:end]) for start, end in split_sentences(line, 0, len(line))]
    for source in sources:
        yield from _phrased(english.HEADINGS if paragraph.level else english.SENTENCES, source)


def _phrased(templates: tuple[Template, ...], source: Source) -> Iterator[_Phrased]:
    return (_Phrased(text, template.rule) for template in templates for text in template.questions(source))
