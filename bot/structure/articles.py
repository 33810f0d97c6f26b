"""Articles of laws and contracts in a document: what stands at an address, and how a paragraph is cited."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from bot.documents.markers import Kind
from bot.documents.openings import Opening, find_opening
from bot.language.folding import fold
from bot.language.numerals import NUMBER, han_numeral, numeral
from bot.question.addresses import Address
from bot.structure.outlines import contents
from bot.structure.places import Load, Place, whole
from bot.types import Citation, Document, Hit, NotFoundError, Paragraph

Placed = TypeVar("Placed", Citation, Hit)

_ARTICLES = (Kind.ARTICLE, Kind.INNER_ARTICLE)
_ARTICLE_OPENS = re.compile(rf"第\s?({NUMBER})\s?[条條]")
_ARTICLE_NAME = re.compile(rf"第\s?(?:{NUMBER})\s?条(?:之{NUMBER})?")


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
        # A look at the first characters spares nearly all lines the markers' expression.
        if document.text[paragraph.start] not in "第A":
            continue
        known = _ARTICLE_OPENS.match(document.text, paragraph.start)
        if known and not first[0] <= numeral(known[1]) <= last[0]:
            continue
        opening = _opening(document, paragraph)
        if opening is None or opening.rank not in _ARTICLES:
            continue
        if not first <= (opening.number, opening.inserted) <= last:
            continue
        if all(_is_inside(paragraph, rank, number) for rank, number in address.divisions):
            lines = _within(document, _article_from(document, paragraph.index), address)
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
    line = _line(document, article[0])
    name = _ARTICLE_NAME.match(fold(line))
    groups = _groups(document, article)
    number = next((n for n, group in enumerate(groups, 1) if any(p.index == paragraph for p in group)), 0)
    item, subitem = _numbers(document, article, groups[number - 1], paragraph) if number else (0, 0)
    if len(groups) == 1:
        number = 0
    title = document.title
    if name is None:
        opening = find_opening(line)
        steps = [title, f"Article {opening.number if opening else 0}"]
        steps += [f"paragraph {number}"] if number else []
        steps += [f"item ({item})" + (f"({subitem})" if subitem else "")] if item else []
        return ", ".join(steps)
    if title.startswith("《") and title.endswith("》"):
        title = title[1:-1]
    form = f"《{title.replace('《', '〈').replace('》', '〉')}》{line[: name.end()]}"
    form += f"第{han_numeral(number)}款" if number else ""
    form += f"第（{han_numeral(item)}）项" if item else ""
    return form + (f"第{subitem}目" if subitem else "")


def with_addresses(items: Iterable[Placed], load: Load) -> tuple[Placed, ...]:
    """Return citations or hits with their ``address``; each document that has articles is loaded once.

    One that is gone, or has changed since, leaves the address out.
    """
    loaded: dict[str, Document | None] = {}

    def address(item: Citation | Hit) -> str | None:
        text = item.text if isinstance(item, Hit) else item.quote
        if not _names_article((*item.section, text)):
            return None
        if item.document_id not in loaded:
            try:
                loaded[item.document_id] = load(item.document_id)
            except NotFoundError:
                loaded[item.document_id] = None
        document = loaded[item.document_id]
        if document is None or document.text[item.start : item.end] != text:
            return None
        return cite_form(document, item.paragraph)

    return tuple(replace(item, address=address(item)) for item in items)


def _line(document: Document, paragraph: Paragraph) -> str:
    return document.text[paragraph.start : paragraph.end]


def _names_article(lines: Iterable[str]) -> bool:
    openings = (find_opening(line) for line in lines)
    return any(opening is not None and opening.rank in _ARTICLES for opening in openings)


def _begins(document: Document, paragraph: Paragraph) -> bool:
    return _names_article([_line(document, paragraph)])


def _article_of(document: Document, paragraph: int) -> list[Paragraph] | None:
    """Return the article that a paragraph stands in: a few paragraphs are read, not the document."""
    at = document.paragraphs[paragraph]
    if not _names_article((*at.section, _line(document, at))):
        return None
    for first in range(paragraph, -1, -1):
        if _begins(document, document.paragraphs[first]):
            article = _article_from(document, first)
            return article if paragraph <= article[-1].index else None
    return None


def _article_from(document: Document, first: int) -> list[Paragraph]:
    """Return an article's paragraphs; the next article, or a heading that is no deeper, ends it."""
    start = document.paragraphs[first]
    article = [start]
    for number in range(first + 1, len(document.paragraphs)):
        paragraph = document.paragraphs[number]
        if paragraph.level and (not start.level or paragraph.level <= start.level):
            break
        if _begins(document, paragraph):
            break
        article.append(paragraph)
    return article


def _is_inside(paragraph: Paragraph, rank: int, number: int) -> bool:
    openings = [find_opening(heading) for heading in paragraph.section]
    return any(o is not None and (o.rank, o.number) == (rank, number) for o in openings)


def _within(document: Document, article: list[Paragraph], address: Address) -> list[Paragraph]:
    """Return the whole article, or its 款, 项 or 目 that the address names."""
    if not address.paragraph and not address.item and not address.subitem:
        return article
    groups = _groups(document, article)
    if address.paragraph:
        groups = groups[address.paragraph - 1 : address.paragraph]
    if not address.item and not address.subitem:
        return [paragraph for group in groups for paragraph in group]
    rank = _item_rank(document, article)
    found: list[Paragraph] = []
    for group in groups:
        for item in _numbered(document, group, rank, address.item) if address.item else [group]:
            if address.subitem:
                inner = _outermost(document, item[1:], rank)
                found.extend(p for sub in _numbered(document, item[1:], inner, address.subitem) for p in sub)
            else:
                found.extend(item)
    return found


def _numbered(document: Document, lines: Sequence[Paragraph], rank: int, number: int) -> list[list[Paragraph]]:
    """Return the items of a rank that bear a number, each with what is under it."""
    items: list[list[Paragraph]] = []
    inside = False
    for paragraph in lines:
        opening = _opening(document, paragraph)
        if opening is not None and opening.rank <= rank:
            inside = (opening.rank, opening.number) == (rank, number)
            if inside:
                items.append([])
        if inside:
            items[-1].append(paragraph)
    return items


def _numbers(
    document: Document, article: list[Paragraph], group: Sequence[Paragraph], paragraph: int
) -> tuple[int, int]:
    """Return the numbers of the 项 and the 目 that a paragraph of a 款 stands in, 0 where in none."""
    rank = _item_rank(document, article)
    item: list[Paragraph] = []
    for at in group:
        if at.index > paragraph:
            break
        opening = _opening(document, at)
        if opening is not None and opening.rank <= rank:
            item = [at] if opening.rank == rank else []
        elif item:
            item.append(at)
    if not item:
        return 0, 0
    inner = _outermost(document, [p for p in group if p.index > item[0].index], rank)
    numbers = [o.number for o in (_opening(document, p) for p in item[1:]) if o is not None and o.rank == inner]
    opening = _opening(document, item[0])
    return (opening.number if opening else 0), (numbers[-1] if numbers else 0)


def _groups(document: Document, article: list[Paragraph]) -> list[list[Paragraph]]:
    """Divide an article into its 款, each with its items; a line that holds the article's number alone is none."""
    groups: list[list[Paragraph]] = []
    for paragraph in article:
        line = _line(document, paragraph)
        opening = find_opening(line)
        is_article = opening is not None and opening.rank in _ARTICLES
        if is_article and (paragraph.level or (opening is not None and opening.length == len(line))):
            continue
        if is_article or opening is None or opening.rank == Kind.LEAD or not groups:
            groups.append([paragraph])
        else:
            groups[-1].append(paragraph)
    return groups


def _opening(document: Document, paragraph: Paragraph) -> Opening | None:
    return find_opening(_line(document, paragraph))


def _item_rank(document: Document, article: list[Paragraph]) -> int:
    """Return the rank of an article's outermost items."""
    return _outermost(document, article[1:], Kind.HAN - 1)


def _outermost(document: Document, lines: Sequence[Paragraph], above: int) -> int:
    """Return the smallest rank of items deeper than ``above``; one that no line has where there are none."""
    openings = [_opening(document, paragraph) for paragraph in lines]
    return min((o.rank for o in openings if o is not None and above < o.rank < Kind.LEAD), default=-1)


def _division(document: Document, address: Address) -> list[Place]:
    *above, (rank, number) = address.divisions
    places: list[Place] = []
    for paragraph in document.paragraphs:
        opening = _opening(document, paragraph) if paragraph.level else None
        if opening is None or (opening.rank, opening.number) != (rank, number):
            continue
        if all(_is_inside(paragraph, *division) for division in above):
            places.extend(contents(document, paragraph.index))
    return places
