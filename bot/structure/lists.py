"""The numbered lists of a document: which items follow one another, what introduces them, what stands above them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.documents.markers import Kind, find_marker
from bot.documents.openings import find_opening
from bot.language.folding import fold
from bot.language.numerals import NUMBER, numeral
from bot.structure.places import Place, first_sentence, sentences, whole
from bot.types import Document, Language, Paragraph

_ANY = 0
"""The number of a mark that follows any other: a bullet, "最后"."""
_WORDS = {
    **dict.fromkeys(("首先", "first", "firstly"), 1), **dict.fromkeys(("其次", "second", "secondly"), 2),
    **dict.fromkeys(("再次", "再者", "third", "thirdly"), 3), "fourth": 4,
    **dict.fromkeys(("最后", "finally", "lastly"), _ANY),
}  # fmt: skip
_WORD = re.compile("|".join(sorted(_WORDS, key=len, reverse=True)))
_BULLET = re.compile(r"[•●▪■◆○◦·*+–-](?=\s|[\u2e80-\uffef])")
_LETTER = re.compile(r"\((?P<roman>[ivx]{1,4})\)\s|\((?P<letter>[a-z])\)\s|(?P<bare>[a-z])\)\s")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")
_COUNTED = re.compile(
    rf"(?<![第\d])({NUMBER})(?:个|大|项|种|条|点|类|方面|步)|\b(two|three|four|five|six|seven|eight)\b"
)
_ENGLISH = ("two", "three", "four", "five", "six", "seven", "eight")
_OPEN = re.compile(r"[:：][”」』]?$|如下|以下|下列|下述|\b(?:the )?following\b|as follows")
# Most lines open with none of these; finding that out first takes less than half of the time.
_MAY_OPEN = re.compile(r"[\dA-Za-z①-⑳〇零一二三四五六七八九十百千两第其首再最（(•●▪■◆○◦·*+–-]")
# An item of a sentence begins it, or follows one of these; after 、 a number is part of a name (一、二、三等奖).
_CLAUSE = re.compile(r"[:：;；。！？，,.]\s*")
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Item:
    """One item: ``lead`` is its opening sentence or heading; ``start`` to ``end`` is all that belongs to it."""

    lead: Place
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of at least two items in document order.

    ``intro`` is the sentence before the first item that says that items follow ("要抓好以下工作："), if there is one;
    ``path`` holds the headings above, outermost first.
    """

    intro: Place | None
    path: tuple[str, ...]
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class _Mark:
    """What opens an item: items of one list share the ``kind`` and count on in their ``number``."""

    kind: str
    number: int


def lists_with(document: Document, place: Place) -> Iterator[Listed]:
    """Yield the lists that have ``place`` in one of their items, the innermost first."""
    for found in _inside(document, place.paragraph):
        if any(item.start < place.end and place.start < item.end for item in found.items):
            yield found
    seen: set[str] = set()
    for index in range(place.paragraph, -1, -1):
        mark = _mark(_line(document, index))
        if mark is None or mark.kind in seen:
            continue
        seen.add(mark.kind)
        run = _run(document, index)
        if run is not None and run.items[0].start <= place.start < run.items[-1].end:
            yield run


def lists_after(document: Document, place: Place) -> Iterator[Listed]:
    """Yield the lists that stand right behind ``place`` or under it: the rest of its paragraph, the next ones."""
    paragraph = document.paragraphs[place.paragraph]
    for found in _inside(document, place.paragraph):
        if found.items[0].lead.start <= place.start <= found.items[0].start or (
            found.intro is not None and found.intro.start <= place.start < found.intro.end
        ):
            yield found
    path = (*paragraph.section, _line(document, paragraph.index)) if paragraph.level else None
    for index in range(paragraph.index + 1, len(document.paragraphs)):
        below = document.paragraphs[index]
        if path is not None and below.section[: len(path)] != path:
            break
        mark = _mark(_line(document, index))
        if mark is not None and mark.number in (1, _ANY) and (path is None or _parent(document, below) == path):
            run = _run(document, index)
            if run is not None and run.items[0].start == below.start:
                yield run
                return
        if path is None:
            return
    if path is not None:
        headings = [p.index for p in document.paragraphs if p.level and p.section == path]
        if len(headings) >= _FEWEST:
            yield _listed(document, headings, path)


def introduces(text: str, number: int) -> bool:
    """Tell whether a sentence says that a list follows: by a colon, by "如下", or by the ``number`` of its items."""
    folded = fold(text.strip())
    return _OPEN.search(folded) is not None or any(
        number == (_ENGLISH.index(english) + 2 if english else numeral(han))
        for han, english in _COUNTED.findall(folded)
    )


def count_line(total: int, shown: int, language: Language) -> str:
    """Say how many items there are and how many of them are shown."""
    if language == "zh":
        return f"共 {total} 项，全部列出。" if shown == total else f"共 {total} 项，显示 {shown} 项。"
    return f"{total} items, all listed." if shown == total else f"{total} items, {shown} shown."


def _line(document: Document, index: int) -> str:
    paragraph = document.paragraphs[index]
    return document.text[paragraph.start : paragraph.end]


def _mark(line: str) -> _Mark | None:
    """Return the mark that opens ``line``; articles and chapters are addresses, no items."""
    line = line[:40]
    if _MAY_OPEN.match(line) is None:
        return None
    if bullet := _BULLET.match(line):
        return _Mark(bullet[0], _ANY)
    if letter := _LETTER.match(line):
        if letter["roman"] in _ROMAN and letter["roman"] not in ("v", "x"):
            return _Mark("roman", _ROMAN.index(letter["roman"]) + 1)
        single = letter["roman"] or letter["letter"] or letter["bare"]
        return _Mark("letter", ord(single) - ord("a") + 1) if len(single) == 1 else None
    marker = find_marker(line)
    if marker is None or not Kind.HAN <= marker.rank <= Kind.LEAD or marker.rank in (Kind.QUESTION, Kind.INNER_ARTICLE):
        return None
    head = fold(line[: marker.length])
    if marker.rank == Kind.LEAD and (word := _WORD.match(head)):
        return _Mark("word", _WORDS[word[0]])
    opening = find_opening(line)
    if opening is None:
        return None
    # "第一，" and "一是" may stand one inside the other.
    return _Mark(f"{marker.rank}{head[0] if marker.rank == Kind.LEAD and head[0] in '第其' else ''}", opening.number)


def _parent(document: Document, paragraph: Paragraph) -> tuple[str, ...]:
    """Return the headings above a paragraph, without the lead that it opens with itself."""
    section = paragraph.section
    lead = not paragraph.level and bool(section) and document.text.startswith(section[-1], paragraph.start)
    return section[:-1] if lead else section


def _run(document: Document, index: int) -> Listed | None:
    """Return the list that a marked paragraph is an item of: the same mark in the same section, counting on from 1."""
    mark = _mark(_line(document, index))
    if mark is None:
        return None
    parent = _parent(document, document.paragraphs[index])
    before = _neighbours(document, mark, parent, range(index - 1, -1, -1), -1)
    after = _neighbours(document, mark, parent, range(index + 1, len(document.paragraphs)), 1)
    items = [*reversed(before), index, *after]
    first = _mark(_line(document, items[0]))
    if len(items) < _FEWEST or first is None or (first.number != 1 and not _is_bullet(first)):
        return None
    return _listed(document, items, parent)


def _is_bullet(mark: _Mark) -> bool:
    return mark.number == _ANY and mark.kind != "word"


def _neighbours(document: Document, mark: _Mark, parent: tuple[str, ...], indices: range, step: int) -> list[int]:
    """Return the items that follow on one side; what stands between two numbered ones belongs to the first of them."""
    found: list[int] = []
    last = mark
    for index in indices:
        paragraph = document.paragraphs[index]
        if paragraph.section[: len(parent)] != parent:
            break
        other = _mark(_line(document, index))
        same = other is not None and other.kind == mark.kind and _parent(document, paragraph) == parent
        if other is None or not same:
            if _is_bullet(mark):
                break
            continue
        earlier, later = (last, other) if step > 0 else (other, last)
        if earlier.number == _ANY and not _is_bullet(earlier):
            break
        if later.number not in (_ANY, earlier.number + 1):
            break
        found.append(index)
        last = other
    return found


def _listed(document: Document, indices: Sequence[int], path: tuple[str, ...]) -> Listed:
    paragraphs = [document.paragraphs[index] for index in indices]
    ends = [paragraph.start for paragraph in paragraphs[1:]]
    last = paragraphs[-1]
    if last.level:
        inside = (*last.section, _line(document, last.index))
        end = last.end
        for below in document.paragraphs[last.index + 1 :]:
            if below.section[: len(inside)] != inside:
                break
            end = below.end
    else:
        end = last.end
    items = tuple(
        Item(first_sentence(document, paragraph.index), paragraph.start, stop)
        for paragraph, stop in zip(paragraphs, [*ends, end], strict=True)
    )
    intro = None
    if indices[0] and not document.paragraphs[indices[0] - 1].level:
        said = sentences(whole(document, indices[0] - 1))
        intro = said[-1] if said and introduces(said[-1].text, len(items)) else None
    return Listed(intro, path, items)


def _inside(document: Document, index: int) -> Iterator[Listed]:
    """Yield the lists whose items are parts of one paragraph ("一是…。二是…。"), in order."""
    place = whole(document, index)
    starts = [place.start, *(match.end() for match in _CLAUSE.finditer(document.text, place.start, place.end))]
    runs: dict[str, list[tuple[int, int]]] = {}
    done: list[list[tuple[int, int]]] = []
    for start in starts:
        mark = _mark(document.text[start : min(start + 40, place.end)])
        if mark is None or mark.kind in _BULLET_KINDS:
            continue
        run = runs.get(mark.kind)
        if mark.number == 1:
            runs[mark.kind] = run = [(start, 1)]
            done.append(run)
        elif run and run[-1][1] != _ANY and mark.number in (_ANY, run[-1][1] + 1):
            run.append((start, mark.number))
    said = sentences(place)
    for run in done:
        if len(run) >= _FEWEST:
            yield _of_sentences(document, index, [start for start, _ in run], said)


_BULLET_KINDS = frozenset("•●▪■◆○◦·*+–-")


def _of_sentences(document: Document, index: int, starts: Sequence[int], said: Sequence[Place]) -> Listed:
    leads = [next(sentence for sentence in said if start < sentence.end) for start in starts]
    ends = [*starts[1:], leads[-1].end]
    items = tuple(Item(lead, start, end) for lead, start, end in zip(leads, starts, ends, strict=True))
    before = [sentence for sentence in said if sentence.start < starts[0]]
    intro = before[-1] if before and introduces(document.text[before[-1].start : starts[0]], len(items)) else None
    return Listed(intro, document.paragraphs[index].section, items)
