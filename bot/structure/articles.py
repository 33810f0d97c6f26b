"""Articles of laws and contracts in a document: what stands at an address, and how a paragraph is cited."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from bot.documents.formats import MARKDOWN, TEXT, suffix_of
from bot.language.numerals import han_numeral
from bot.question.addresses import Address
from bot.structure.outlines import contents
from bot.structure.places import Load, Place, whole
from bot.structure.sections import sections_above
from bot.tree import Kind, Opening
from bot.types import Citation, Document, Hit, NotFoundError, Paragraph

Placed = TypeVar("Placed", Citation, Hit)

_MAY_NAME_ARTICLE = re.compile(r"第[^条條]{1,10}[条條]|A(?:rticle|RTICLE)\s")
"""A look at the words spares the documents that have no articles from being loaded."""


def find_places(document: Document, address: Address) -> list[Place]:
    """Return the paragraphs that stand at an address in a document, whole and in order.

    款 are the paragraphs of an article that are no items; one takes the items under it with it. 项 are found by the
    number that they bear, 目 likewise within their 项. A division without an article gives its heading and the openings
    of what is under it.
    """
    if not address.article:
        return _division(document, address)
    first = address.article, address.inserted
    last = max(first, address.last)
    places: list[Place] = []
    for paragraph in document.paragraphs:
        opening = _numbered(paragraph)
        if opening is None or opening.rank != Kind.ARTICLE:
            continue
        if not first <= (_number(opening), opening.inserted) <= last:
            continue
        if _is_inside(document, paragraph, address.divisions):
            lines = _within(_article_from(document, paragraph.index), address)
            places.extend(whole(document, line.index) for line in lines)
    return places


def cite_form(document: Document, paragraph: int) -> str | None:
    """Return how a lawyer cites a paragraph: 《…法》第三十条第二款第（一）项, "… Law, Article 30, paragraph 2".

    The 款 is left out where the article has one only. Titles inside the title stand in 〈〉. None where the paragraph
    stands in no numbered article.
    """
    article = _article_of(document, paragraph)
    if article is None:
        return None
    groups = _groups(article)
    number = next((n for n, group in enumerate(groups, 1) if any(p.index == paragraph for p in group)), 0)
    item, subitem = _numbers(article, groups[number - 1], paragraph) if number else (0, 0)
    if len(groups) == 1:
        number = 0
    title = document.title
    opening = _numbered(article[0])
    name = _article_name(_line(document, article[0]), opening) if opening else ""
    if not name.startswith("第"):
        steps = [title, f"Article {opening.number if opening else 0}"]
        steps += [f"paragraph {number}"] if number else []
        steps += [f"item ({item})" + (f"({subitem})" if subitem else "")] if item else []
        return ", ".join(steps)
    if title.startswith("《") and title.endswith("》"):
        title = title[1:-1]
    form = f"《{title.replace('《', '〈').replace('》', '〉')}》{name}"
    form += f"第{han_numeral(number)}款" if number else ""
    form += f"第（{han_numeral(item)}）项" if item else ""
    return form + (f"第{subitem}目" if subitem else "")


def article_number(document: Document, paragraph: int) -> int | None:
    """Return the number of the article that a paragraph stands in; None where it stands in none."""
    article = _article_of(document, paragraph)
    opening = _numbered(article[0]) if article else None
    return None if opening is None or opening.inserted else opening.number


def article_keys(paragraph: Paragraph) -> tuple[str, ...]:
    """Return what an article is asked for by, "30" and "三十", "30之1" and "三十之一"; nothing of other paragraphs."""
    opening = _numbered(paragraph)
    if opening is None or opening.rank not in (Kind.ARTICLE, Kind.INNER_ARTICLE):
        return ()
    number, inserted = _number(opening), opening.inserted
    if not inserted:
        return str(number), han_numeral(number)
    return f"{number}之{inserted}", f"{han_numeral(number)}之{han_numeral(inserted)}"


def with_places(items: Iterable[Placed], load: Load) -> tuple[Placed, ...]:
    """Return citations or hits with their ``address``, their ``page`` and how sure their words are.

    Each document that has articles or may have pages is loaded once. One that is gone, or has changed since, leaves
    them out.
    """
    loaded: dict[str, Document | None] = {}

    def place(item: Placed) -> Placed:
        text = item.text if isinstance(item, Hit) else item.quote
        numbered = any(_MAY_NAME_ARTICLE.match(line) for line in (*item.section, text))
        if not numbered and suffix_of(item.source) in (*TEXT, *MARKDOWN):
            return item
        if item.document_id not in loaded:
            try:
                loaded[item.document_id] = load(item.document_id)
            except NotFoundError:
                loaded[item.document_id] = None
        document = loaded[item.document_id]
        if document is None or document.text[item.start : item.end] != text:
            return item
        return replace(
            item,
            address=cite_form(document, item.paragraph) if numbered else None,
            page=document.page_at(item.start),
            recognised=document.confidence_at(item.start, item.end),
        )

    return tuple(map(place, items))


def _article_name(line: str, opening: Opening) -> str:
    """Return an article's number as it is written, without the title in 【】 that may follow it."""
    return line[: opening.length].partition("【")[0].rstrip(" \u3000\t:：.–—-")


def _line(document: Document, paragraph: Paragraph) -> str:
    return document.text[paragraph.start : paragraph.end]


def _is_article(paragraph: Paragraph) -> bool:
    opening = _numbered(paragraph)
    return opening is not None and opening.rank == Kind.ARTICLE


def _article_of(document: Document, paragraph: int) -> list[Paragraph] | None:
    """Return the article that a paragraph stands in: a few paragraphs are read, not the document."""
    at = document.paragraphs[paragraph]
    start = next((p for p in reversed(document.paragraphs[: paragraph + 1]) if _is_article(p)), None)
    if start is None:
        return None
    path = (*start.section, _line(document, start)) if start.level else start.section
    named = start.level or start.lead
    if start is not at and (not named or at.section[: len(path)] != path):
        return None
    article = _article_from(document, start.index)
    return article if paragraph <= article[-1].index else None


def _article_from(document: Document, first: int) -> list[Paragraph]:
    """Return an article's paragraphs; the next article, or a heading that is no deeper, ends it."""
    start = document.paragraphs[first]
    article = [start]
    for index in range(first + 1, len(document.paragraphs)):
        paragraph = document.paragraphs[index]
        if paragraph.level and (not start.level or paragraph.level <= start.level):
            break
        if _is_article(paragraph):
            break
        article.append(paragraph)
    return article


def _is_inside(document: Document, paragraph: Paragraph, divisions: Sequence[tuple[int, int]]) -> bool:
    above = [section.opening for section in sections_above(document, paragraph.index)] if divisions else []
    return all(any(o is not None and (o.rank, o.number) == division for o in above) for division in divisions)


def _within(article: list[Paragraph], address: Address) -> list[Paragraph]:
    """Return the whole article, or its 款, 项 or 目 that the address names."""
    if not address.paragraph and not address.item and not address.subitem:
        return article
    groups = _groups(article)
    if address.paragraph:
        groups = groups[address.paragraph - 1 : address.paragraph]
    if not address.item and not address.subitem:
        return [paragraph for group in groups for paragraph in group]
    rank = _outermost_rank(article[1:])
    lines: list[Paragraph] = []
    for group in groups:
        for item in _items(group, rank, address.item) if address.item else [group]:
            if address.subitem:
                inner = _outermost_rank(item[1:], rank)
                lines.extend(p for subitem in _items(item[1:], inner, address.subitem) for p in subitem)
            else:
                lines.extend(item)
    return lines


def _items(lines: Sequence[Paragraph], rank: int, number: int) -> list[list[Paragraph]]:
    """Return the items of a rank that bear a number, each with what is under it."""
    items: list[list[Paragraph]] = []
    inside = False
    for paragraph in lines:
        opening = _numbered(paragraph)
        if opening is not None and opening.rank <= rank:
            inside = (opening.rank, opening.number) == (rank, number)
            if inside:
                items.append([])
        if inside:
            items[-1].append(paragraph)
    return items


def _numbers(article: list[Paragraph], group: Sequence[Paragraph], paragraph: int) -> tuple[int, int]:
    """Return the numbers of the 项 and the 目 that a paragraph of a 款 stands in, 0 where in none."""
    rank = _outermost_rank(article[1:])
    item: list[Paragraph] = []
    for at in group:
        if at.index > paragraph:
            break
        opening = _numbered(at)
        if opening is not None and opening.rank <= rank:
            item = [at] if opening.rank == rank else []
        elif item:
            item.append(at)
    if not item:
        return 0, 0
    inner = _outermost_rank([p for p in group if p.index > item[0].index], rank)
    numbers = [o.number for o in map(_numbered, item[1:]) if o is not None and o.rank == inner]
    opening = _numbered(item[0])
    return (opening.number if opening else 0) or 0, (numbers[-1] if numbers else 0) or 0


def _groups(article: list[Paragraph]) -> list[list[Paragraph]]:
    """Divide an article into its 款, each with its items; a line that holds the article's number alone is none."""
    groups: list[list[Paragraph]] = []
    for paragraph in article:
        opening = _numbered(paragraph)
        if opening is not None and opening.rank == Kind.ARTICLE:
            if not paragraph.level and opening.length < paragraph.end - paragraph.start:
                groups.append([paragraph])
        elif opening is None or opening.rank == Kind.LEAD or not groups:
            groups.append([paragraph])
        else:
            groups[-1].append(paragraph)
    return groups


def _numbered(paragraph: Paragraph) -> Opening | None:
    """Return what opens a paragraph where that is a number."""
    opening = paragraph.opening
    return opening if opening is not None and opening.number is not None else None


def _number(opening: Opening) -> int:
    return opening.number or 0


def _outermost_rank(lines: Sequence[Paragraph], above: int = Kind.HAN - 1) -> int:
    """Return the smallest rank of items deeper than ``above``; one that no line has where there are none."""
    openings = (_numbered(paragraph) for paragraph in lines)
    return min((o.rank for o in openings if o is not None and above < o.rank < Kind.LEAD), default=-1)


def _division(document: Document, address: Address) -> list[Place]:
    *above, division = address.divisions
    places: list[Place] = []
    for paragraph in document.paragraphs:
        opening = _numbered(paragraph) if paragraph.level else None
        if (
            opening is not None
            and (opening.rank, opening.number) == division
            and _is_inside(document, paragraph, above)
        ):
            places.extend(contents(document, paragraph.index))
    return places
