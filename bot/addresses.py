"""Addresses in laws and contracts: "行政处罚法第三十条第二款第（一）项" read, found in the documents, and printed."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.documents.markers import Kind
from bot.numbering import NUMBER, find_opening, han_numeral, numeral
from bot.outlines import contents
from bot.places import Load, Place, whole
from bot.text import fold
from bot.types import Document, DocumentInfo, Paragraph

Nominate = Callable[[str], Sequence[str]]
"""Gives ids of documents in which a text ("第三十条") is likely to stand, best first."""

_DIVISIONS = {"编": Kind.PART, "章": Kind.CHAPTER, "节": Kind.SECTION}
_ENGLISH = {"article": "条", "chapter": "章", "part": "编"}
_STEP = re.compile(rf"({NUMBER})\s*\)?\s*([编章节条款项]?)(?:之({NUMBER}))?")
_ADDRESS = re.compile(
    rf"第\s*{NUMBER}\s*[编章节条](?:之{NUMBER})?"
    rf"(?:[\s的,]*第\s*\(?\s*{NUMBER}\s*\)?\s*[编章节条款项](?:之{NUMBER})?|\s*\(\s*{NUMBER}\s*\)\s*项?)*"
)
_ENGLISH_ADDRESS = re.compile(r"\b(article|chapter|part)\s+(\d{1,4})\b")
# What may stand around an address that is all that is asked for; anything else makes it part of a longer question.
_OPENS = re.compile(
    r"^(?:请问|请|帮我|给我|我想|知道|根据|依据|按照|依照|查找|查一?下?|查看|看看|看一?下?|告诉我|打开|引用|列出|显示|翻到|在|"
    r"what does|what is|show me|show|open|quote|the|\s)+"
)
_ASKS = re.compile(
    r"(?:规定|内容|条文|原文|全文|意思|具体|主要|到底|究竟|什么|哪些|怎么|怎样|如何|说|讲|写|有|是|都|的|了|呢|吗|啥|为|请|"
    r"列出|给出|显示|查看|中|里|say|about|of th(?:e|is) (?:law|document|contract|text)|[\s?!.。,:])*"
)
_NAME = re.compile(r"《[^》]*(?:《[^》]*》[^》]*)*》$|[^\s,。;:?!、]{2,60}$")
_LAW = re.compile(r"(?:法|条例|规定|办法|细则|规则|解释|法典)$")
_THIS = re.compile(r"(?:[本该此]|这[部份个篇项]?|上述)(?:法律?|条例|规定|办法|文件|合同|协议|细则)?$")
_POINT = re.compile(rf"第\s*{NUMBER}\s*个?(?:大?部分|[大小]?点|方面|问题)$")  # its 条 are points of an outline
_MARKS = re.compile(r"[\s《》〈〉「」\"“”·]")
_STATE = "中华人民共和国"
_EDITION = re.compile(r"(?:\([^()]*(?:年|修|版|试行|草案|公布|通过)[^()]*\)|\d{4}年?(?:版|修正|修订)?|最新版?|全文)+$")
_MOST_OPENED = 20
"""Documents read for an address that names none."""
_MOST_QUOTED = 3
_ARTICLES = (Kind.ARTICLE, Kind.INNER_ARTICLE)
_ARTICLE_NAME = re.compile(rf"第\s?(?:{NUMBER})\s?条(?:之{NUMBER})?")


@dataclass(frozen=True, slots=True)
class Address:
    """What a question names. Numbers are 0 where they are not named.

    ``law`` is the folded name as written, or what stands before the address where that may be one; ``quoted`` tells
    that it stood in 《》. ``inserted`` is M of "第N条之M". ``text`` is the address as written, folded. ``alone`` tells
    that the question asks for nothing but what stands there.
    """

    text: str
    law: str = ""
    quoted: bool = False
    divisions: tuple[tuple[int, int], ...] = ()
    article: int = 0
    inserted: int = 0
    paragraph: int = 0
    item: int = 0
    alone: bool = True


@dataclass(frozen=True, slots=True)
class Found:
    """Where an address leads.

    ``places`` are whole paragraphs in order, empty where nothing stands there. ``named`` tells that the question
    names the document, there or not. ``alone``: see ``Address``.
    """

    places: tuple[Place, ...]
    named: bool
    alone: bool

    @property
    def documents(self) -> tuple[str, ...]:
        """The ids of the documents that have such a place."""
        return tuple(dict.fromkeys(place.document.document_id for place in self.places))

    @property
    def clear(self) -> bool:
        """Whether the question leaves few documents (at most three) to quote."""
        return self.named or len(self.documents) <= _MOST_QUOTED


def find_address(question: str) -> Address | None:
    """Return the first address in a question, or None. It names at least an article or a division (编, 章, 节)."""
    folded = fold(question)
    match = _ADDRESS.search(folded)
    steps: list[tuple[str, str, str]]
    if match:
        steps = _STEP.findall(match[0])
    else:
        match = _ENGLISH_ADDRESS.search(folded)
        if match is None:
            return None
        steps = [(match[2], _ENGLISH[match[1]], "")]
    numbers = {unit or "项": numeral(number) for number, unit, _ in steps}
    inserted = next((numeral(more) for _, unit, more in steps if unit == "条" and more), 0)
    head = _OPENS.sub("", folded[: match.start()]).rstrip(" 的")
    head = re.sub(r"(?<=[》法例定法])(?:中|里面?)$", "", head)
    if _POINT.search(head):
        return None
    name = _NAME.search(head)
    law = "" if name is None or _THIS.match(head) else name[0]
    rest = "" if _THIS.match(head) else head[: len(head) - len(law)]
    tail = _ASKS.fullmatch(folded, match.end())
    return Address(
        text=match[0],
        law=_key(law),
        quoted=law.startswith("《"),
        divisions=tuple((rank, numbers[unit]) for unit, rank in _DIVISIONS.items() if unit in numbers),
        article=numbers.get("条", 0),
        inserted=inserted,
        paragraph=numbers.get("款", 0),
        item=numbers.get("项", 0),
        alone=tail is not None and not rest.strip(" ,:。"),
    )


def resolve(address: Address, infos: Sequence[DocumentInfo], load: Load, nominate: Nominate) -> Found:
    """Find an address in the documents of ``infos``; only those are read that may have it.

    Args:
        address: what to look for.
        infos: the documents in scope.
        load: gives a document by its id.
        nominate: asked where no document is named and there are many.
    """
    named = match_titles(address.law, infos, quoted=address.quoted)
    is_law = address.quoted or _LAW.search(address.law) is not None
    if address.law and not named and is_law:
        return Found((), named=True, alone=address.alone)
    if named:
        chosen = [info.document_id for info in named]
    elif len(infos) <= _MOST_OPENED:
        chosen = [info.document_id for info in infos]
    else:
        scope = {info.document_id for info in infos}
        chosen = [i for i in dict.fromkeys(nominate(address.text)) if i in scope][:_MOST_OPENED]
    places = tuple(place for i in chosen for place in find_places(load(i), address))
    return Found(places, bool(named), address.alone and (bool(named) or not address.law))


def match_titles(name: str, infos: Sequence[DocumentInfo], *, quoted: bool = False) -> list[DocumentInfo]:
    """Return the documents that a name means: the same title; else the shortest that holds it; ties are all returned.

    A name that ends as laws do ("…法") must end the title: 义务教育法 is not 实施义务教育法办法. A name with words in
    front that no title has ("依据我国行政处罚法") means the longest title that it ends with.
    """
    name = _key(name)
    if len(name) < 2:
        return []
    keys = [(_key(info.title), info) for info in infos]
    if same := [info for key, info in keys if key == name]:
        return same
    keys = [(_EDITION.sub("", key) or key, info) for key, info in keys]
    bare = _EDITION.sub("", name) or name
    if same := [info for key, info in keys if key == bare]:
        return same
    ends = _LAW.search(bare) is not None
    held = [(len(key), info) for key, info in keys if (key.endswith(bare) if ends else bare in key)]
    if not held and not quoted:
        held = [(-len(key), info) for key, info in keys if len(key) > 1 and bare.endswith(key)]
    best = min((size for size, _ in held), default=0)
    return [info for size, info in held if size == best]


def find_places(document: Document, address: Address) -> list[Place]:
    """Return the paragraphs that stand at an address in a document, whole and in order.

    款 are the paragraphs of an article that are no items; one takes the items under it with it. 项 are found by the
    number that they bear. A division without an article gives its heading and the openings of what is under it.
    """
    if not address.article:
        return _division(document, address)
    places: list[Place] = []
    for article in _articles(document):
        opening = find_opening(_line(document, article[0]))
        if opening is None or (opening.number, opening.inserted) != (address.article, address.inserted):
            continue
        if not all(_is_inside(article[0], rank, number) for rank, number in address.divisions):
            continue
        places.extend(whole(document, paragraph.index) for paragraph in _within(document, article, address))
    return places


def cite_form(document: Document, paragraph: int) -> str:
    """Return how a paragraph is cited: 《…法》第三十条第二款第（一）项, or 《…》 and its innermost heading.

    The 款 is left out where the article has one only. Titles inside the title stand in 〈〉.
    """
    title = document.title
    if title.startswith("《") and title.endswith("》"):
        title = title[1:-1]
    title = f"《{title.replace('《', '〈').replace('》', '〉')}》"
    for article in _articles(document):
        if not article[0].index <= paragraph <= article[-1].index:
            continue
        match = _ARTICLE_NAME.match(fold(_line(document, article[0])))
        form = title + (_line(document, article[0])[: match.end()] if match else "")
        groups = _groups(document, article)
        for number, group in enumerate(groups, 1):
            at = next((p for p in group if p.index == paragraph), None)
            if at is None:
                continue
            if len(groups) > 1:
                form += f"第{han_numeral(number)}款"
            opening = find_opening(_line(document, at))
            if opening is not None and at is not group[0] and opening.rank == _item_rank(document, article):
                form += f"第（{han_numeral(opening.number)}）项"
        return form
    section = document.paragraphs[paragraph].section
    return title + (section[-1] if section else "")


def _key(title: str) -> str:
    return _MARKS.sub("", fold(title)).removeprefix(_STATE)


def _line(document: Document, paragraph: Paragraph) -> str:
    return document.text[paragraph.start : paragraph.end]


def _articles(document: Document) -> Iterator[list[Paragraph]]:
    """Yield the paragraphs of each article; a heading that is no deeper than an article ends it."""
    article: list[Paragraph] = []
    for paragraph in document.paragraphs:
        opening = find_opening(_line(document, paragraph))
        if opening is not None and opening.rank in _ARTICLES:
            if article:
                yield article
            article = [paragraph]
        elif article and paragraph.level and (not article[0].level or paragraph.level <= article[0].level):
            yield article
            article = []
        elif article:
            article.append(paragraph)
    if article:
        yield article


def _is_inside(paragraph: Paragraph, rank: int, number: int) -> bool:
    openings = [find_opening(heading) for heading in paragraph.section]
    return any(o is not None and (o.rank, o.number) == (rank, number) for o in openings)


def _within(document: Document, article: list[Paragraph], address: Address) -> list[Paragraph]:
    """Return the whole article, or its 款 or 项 that the address names."""
    if not address.paragraph and not address.item:
        return article
    groups = _groups(document, article)
    if address.paragraph:
        groups = groups[address.paragraph - 1 : address.paragraph]
    if not address.item:
        return [paragraph for group in groups for paragraph in group]
    rank = _item_rank(document, article)
    found: list[Paragraph] = []
    for group in groups:
        inside = False
        for paragraph in group[1:]:
            opening = find_opening(_line(document, paragraph))
            if opening is not None and opening.rank <= rank:
                inside = opening.rank == rank and opening.number == address.item
            if inside:
                found.append(paragraph)
    return found


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


def _item_rank(document: Document, article: list[Paragraph]) -> int:
    """Return the rank of an article's outermost items; one that no line has where there are none."""
    openings = [find_opening(_line(document, paragraph)) for paragraph in article[1:]]
    return min((o.rank for o in openings if o is not None and Kind.HAN <= o.rank < Kind.LEAD), default=-1)


def _division(document: Document, address: Address) -> list[Place]:
    *above, (rank, number) = address.divisions
    places: list[Place] = []
    for paragraph in document.paragraphs:
        opening = find_opening(_line(document, paragraph)) if paragraph.level else None
        if opening is None or (opening.rank, opening.number) != (rank, number):
            continue
        if all(_is_inside(paragraph, *division) for division in above):
            places.extend(contents(document, paragraph.index))
    return places
