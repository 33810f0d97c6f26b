"""Questions to begin with, by the kind of answer they ask for: a fact, a list, things side by side, a summary."""

import re
from collections.abc import Iterator, Sequence

from bot.evidence.versions import version_of
from bot.language.folding import fold
from bot.language.glossary import translations
from bot.language.languages import language_of
from bot.structure.articles import article_number
from bot.structure.places import whole
from bot.structure.tables import Table, cells, table_at
from bot.suggestions.phrasing import Proposal, all_proposals
from bot.types import Document, DocumentInfo, Language

KINDS = ("fact", "list", "comparison", "summary")
_KIND_OF = {
    **dict.fromkeys(("definition", "number", "who", "purpose", "date"), "fact"),
    **dict.fromkeys(("items", "list", "duty", "how", "heading", "places"), "list"),
}
_OPENING = 120
"""Paragraphs of a document that a question to begin with is taken from."""
_FEWEST = 5
"""Paragraphs of a document that is worth a summary."""
_LONGEST_TITLE = 30
_LONGEST_CELL = 16
_MOST_COMPARED = 3
_SURE = 3
"""Characters of a Chinese term; shorter ones have several senses."""
_MARKS = re.compile(r"[《》“”\"\n]")
_ASIDE = re.compile(r"\s*[（(][^（）()]*[）)]|[*_`]")
_IS_TIME = re.compile(r"多少(?:个?工作)?(?:日|天|个月|年|小时)")
_IN_ENGLISH: tuple[tuple[str, re.Pattern[str], str], ...] = (
    ("number", _IS_TIME, "How long is the {term}?"),
    ("number", re.compile(r"罚款"), "How large is the fine for {term}?"),
    ("number", re.compile(r"多少"), "How much is the {term}?"),
    ("definition", re.compile(""), "What is meant by {term}?"),
    ("who", re.compile(""), "Who is responsible for {term}?"),
    ("list", re.compile(r"材料"), "Which materials are needed for {term}?"),
    ("list", re.compile(r"条件"), "What are the conditions for {term}?"),
    ("heading", re.compile(""), "What are the rules on {term}?"),
)
"""How a question made of a Chinese text is asked in English: its rule, what stands in it, and the words."""


def beginnings(
    document: Document, infos: Sequence[DocumentInfo], language: Language | None
) -> dict[str, list[Proposal]]:
    """Return what a document may be asked first, by ``KINDS``, in its order.

    ``language``: "en" asks a Chinese document in English too; all else is asked in the document's own.
    """
    own = language_of(document.title + document.text[:200])
    found: dict[str, list[Proposal]] = {kind: [] for kind in KINDS}
    made = [
        proposal
        for paragraph in document.paragraphs[:_OPENING]
        for proposal in all_proposals(document, paragraph.index, own)
    ]
    crossing = own == "zh" and language == "en"
    for proposal in made:
        for asked in _english(proposal) if crossing else (proposal,):
            found[_KIND_OF[proposal.rule]].append(asked)
    if crossing:
        found["fact"] += _places(document, made)
    else:
        found["comparison"] += [*_versions(document, infos, made), *_rows(document, own)]
    if len(document.paragraphs) >= _FEWEST and (title := _title(document)):
        every = range(len(document.paragraphs))
        text = f"{title}主要讲了什么？" if own == "zh" and not crossing else f"Summarize {title}."
        found["summary"].append(Proposal(text, "summary", document.document_id, every))
    return found


def _title(document: Document) -> str:
    """Return a document's title between marks, "" where it is none for a question."""
    title = document.title
    if _MARKS.search(title) or not 2 <= len(title) <= _LONGEST_TITLE:
        return ""
    return f"《{title}》" if language_of(title) == "zh" else f"“{title}”"


def _english(proposal: Proposal) -> Iterator[Proposal]:
    """Yield what a question made of a Chinese text asks, in English, where its subject is a term of the glossary."""
    terms = [known for known in translations(fold(proposal.text)) if len(known.term) >= _SURE]
    terms.sort(key=lambda known: -len(known.term))
    phrase = next((p for rule, has, p in _IN_ENGLISH if rule == proposal.rule and has.search(proposal.text)), None)
    if terms and phrase:
        text = phrase.format(term=terms[0].same[0])
        yield Proposal(text, "english", proposal.document_id, proposal.paragraphs, proposal.text)


def _places(document: Document, made: Sequence[Proposal]) -> Iterator[Proposal]:
    """Yield questions for the articles that other questions were made of: a number needs no translation."""
    title = _title(document)
    for paragraph in dict.fromkeys(proposal.paragraphs[0] for proposal in made if proposal.paragraphs):
        number = article_number(document, paragraph)
        if number and title:
            yield Proposal(
                f"What does Article {number} of {title} say?",
                "place",
                document.document_id,
                range(paragraph, paragraph + 1),
            )


def _versions(document: Document, infos: Sequence[DocumentInfo], made: Sequence[Proposal]) -> Iterator[Proposal]:
    """Yield questions for a number in this version of a document and in the one before it."""
    name, year = version_of(document.title, document.source)
    if year is None:
        return
    others = [version_of(info.title, info.source) for info in infos]
    before = max((other for same, other in others if same == name and other is not None and other < year), default=None)
    for proposal in made if before is not None else ():
        if proposal.rule == "number" and "是多少" in proposal.text:
            text = f"{before}年和{year}年{proposal.text.replace('是多少', '分别是多少')}"
            yield Proposal(text, "versions", document.document_id, proposal.paragraphs)


def _rows(document: Document, language: Language) -> Iterator[Proposal]:
    """Yield questions that set two rows of a table side by side."""
    at = found = 0
    while at < min(len(document.paragraphs), _OPENING) and found < _MOST_COMPARED:
        table = table_at(document, at)
        if table is not None and len(table.rows) > 1 and (text := _compared(document, table, language)):
            found += 1
            first, second = table.rows[:2]
            rows = range(first, second + 1, second - first)
            yield Proposal(text, "comparison", document.document_id, rows)
        at = table.rows[-1] + 1 if table is not None else at + 1


def _compared(document: Document, table: Table, language: Language) -> str:
    lines = (table.header, *table.rows[:2])
    header, one, other = ([_ASIDE.sub("", cell) for cell in cells(whole(document, at).text)] for at in lines)
    named = header[1], one[0], other[0]
    if not all(1 < len(cell) <= _LONGEST_CELL and not cell.isdecimal() for cell in named) or one[0] == other[0]:
        return ""
    counted = all(any(char.isdigit() for char in row[1]) for row in (one, other))
    if language == "zh":
        return f"{one[0]}和{other[0]}的{header[1]}分别是{'多少' if counted else '什么'}？"
    if not counted:
        return ""
    asked = f"What is the {header[1].lower()} of the"
    return f"{asked} {one[0].lower()}? {asked} {other[0].lower()}?"
