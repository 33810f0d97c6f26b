"""Labelled values in a document: "预约电话：0399-6650120；投诉电话：…", "地址：…", a number behind what it is for."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from bot.documents.passages import split_sentences
from bot.language.fields import FREE, OTHER_NUMBERS, PHONE, FieldKind
from bot.language.folding import fold
from bot.structure.places import sentences, whole
from bot.structure.tables import cells
from bot.types import Document

_BOUNDARY = re.compile(r"[;\n\t|]|[ \u3000]{2,}")
_ASIDE = re.compile(r" ?\([^()]{1,30}\)")
_MARK = re.compile(
    r"^(?:[\s*•·●#>-]|\d+(?:\.\d+)+\.?(?!\d)|\(?[\d一二三四五六七八九十]{1,3}[).、](?!\d)|第[\d一二三四五六七八九十百]+[条款章节]\s)+"
)
_NAMED = re.compile(
    r"(?:采购|招标|投标|中标|出租|承租|发包|承包|委托|受托|买|卖|供|需|甲|乙|丙|主办|承办|协办|用人|代理|施工|建设|监理|供货)"
    r"(?:人|方|单位|机构)$|\b(?:buyer|seller|landlord|tenant|client|employer|purchaser|supplier|organi[sz]er)$"
)
_JOINED = re.compile(r"[\s、,/或及和与]{0,3}(?:(?:or|and) )?")
_MAY_BE_LABELLED = re.compile(r"[:：﹕︓|｜\t]")
"""In text as it is written: what folds to a colon or a bar."""
_LABEL = r"(?:[a-z][a-z /&-]{1,30}|[^:;。,、\s|()]{1,20})(?: ?\([^()]{1,12}\))?(?: [a-z][a-z /&-]{1,30})?"
_SPOT = re.compile(rf"(?:^|(?<=[;。,、\s|)]))(?P<label>{_LABEL})\s*(?<!\d):(?!//)\s*(?=\S)")
_NEAR_LABEL = r"(?:号码?)?[^\w\d]{0,3}(?:为|是|号码?|:)?[^\w\d]{0,2}$"
_STRONG = re.compile(r"^\(?\+?(?:86[ -]?)?(?:0\d|1[3-9]\d{2}|[48]00)|^ext")
_DATE = re.compile(r"(?:19|20)\d\d[-–—/. ]\d")
_AND = re.compile(r"[和与及/、]|(?<=[^\x00-\x7f]) (?=[a-z])")
_LONGEST_LABEL = 12
_LONGEST_LINE = 60
_LONGEST_VALUE = 120
_LONGEST_BELOW = 40
_BLOCK = 6
"""Lines before a field that may belong to the same block."""


@dataclass(frozen=True, slots=True)
class Field:
    """A labelled value at ``start``..``end`` of a document's text, within a paragraph.

    ``label`` is what stands before the value, folded, ``own`` all of the field; ``block`` are the lines and headings
    that it stands under, nearest first. ``label_at`` is the paragraph of a label on a line of its own.
    """

    kind: FieldKind
    document: Document
    paragraph: int
    start: int
    end: int
    label: str
    own: str
    block: tuple[str, ...]
    label_at: int | None = None


def fields_of(document: Document, kinds: Sequence[FieldKind]) -> list[Field]:
    """Return the fields of each of some kinds in a document, in order."""
    lines = [] if set(kinds) <= set(FREE) else list(_short_or_labelled(document))
    return [
        field
        for kind in kinds
        for field in (_by_form(document, kind) if kind in FREE else _by_label(document, lines, kind))
    ]


def names_of(document: Document) -> tuple[frozenset[str], ...]:
    """Return sets of folded names for one and the same: "出租方（甲方）：安居公司" says three of them."""
    sets: list[frozenset[str]] = []
    for index, paragraph in enumerate(document.paragraphs):
        if paragraph.end - paragraph.start > _LONGEST_LINE:
            continue
        raw = whole(document, index).text
        for spot, value in _spots(raw, fold(raw)):
            names = [part for part in re.split(r"[()]", spot["label"]) if len(part) > 1]
            if names and _NAMED.search(names[0]):
                sets.append(frozenset((*names, value.strip(" ,。"))))
    return tuple(sets)


def _by_form(document: Document, kind: FieldKind) -> list[Field]:
    """Return the values of a form, each with what stands before it from the last mark or value on."""
    folded = fold(document.text)
    found: list[Field] = []
    for match in kind.value.finditer(folded):
        index = bisect_right(document.paragraphs, match.start(), key=attrgetter("start")) - 1
        if index < 0 or match.end() > document.paragraphs[index].end:
            continue
        line = document.paragraphs[index]
        row = _row(folded[line.start : line.end])
        if len(row) > 2:
            continue  # a table's: its header says what it is
        same = found[-1] if found and found[-1].paragraph == index else None
        if same and _JOINED.fullmatch(folded, same.end, match.start()):
            end = _with_aside(folded, match.end())
            found[-1] = replace(same, end=end, own=folded[same.start : end])
            continue
        begin = same.end if same else line.start
        if len(row) < 2 or same:
            begin = max([begin, *_marks(document, index, folded, match.start())])
        field = _free(document, kind, folded, index, begin, match)
        if field is not None:
            found.append(field)
    return found


def _row(line: str) -> list[str]:
    """Return the cells of a line that bars or tabs divide; of any other, itself alone."""
    return cells(line) if "|" in line or "\t" in line.strip() else [line]


def _marks(document: Document, index: int, folded: str, end: int) -> Iterator[int]:
    """Yield where sentences and their parts begin in a paragraph, up to ``end``."""
    yield from (place.start for place in sentences(whole(document, index)) if place.start <= end)
    yield from (m.end() for m in _BOUNDARY.finditer(folded, document.paragraphs[index].start, end))


def _with_aside(folded: str, end: int) -> int:
    aside = _ASIDE.match(folded, end)
    return aside.end() if aside else end


def _free(
    document: Document, kind: FieldKind, folded: str, index: int, start: int, match: re.Match[str]
) -> Field | None:
    before = folded[start : match.start()]
    start += len(before) - len(before.lstrip(" ,、;。|\t)"))
    if opened := _MARK.match(folded[start : match.start()]):
        start += opened.end()
    before, end = folded[start : match.start()], _with_aside(folded, match.end())
    block = _block(document, index, kind)
    if not _is_of(kind, before, match[0], block):
        return None
    alone = not before and index and block and fold(whole(document, index - 1).text) == block[0]
    label_at = index - 1 if alone else None
    return Field(kind, document, index, start, end, before, folded[start:end], block, label_at)


def _is_of(kind: FieldKind, before: str, value: str, block: tuple[str, ...]) -> bool:
    """Tell whether the nearest label says that a value is of a kind; where none does, whether the line above does."""
    if kind.name in ("e-mail", "web page"):
        return True
    if _DATE.match(value):
        return False
    nearest: list[tuple[int, FieldKind | None]] = []
    nearest += [(m.end(), other) for other in FREE for m in other.label.finditer(before)]
    nearest += [(m.end(), None) for m in OTHER_NUMBERS.finditer(before.rstrip(" :"))]
    if nearest:
        at, _ = max(nearest, key=lambda pair: (pair[0], pair[1] is kind))
        own = [end for end, other in nearest if other is kind]
        joined = own and re.fullmatch(r"[/、及和与(]*", re.sub(r"\w{2,4}$", "", before[max(own) : at]))
        if not own or (max(own) < at and not joined):
            return False
        # A short number is one only where its label stands right before it.
        strong = kind is not PHONE or _STRONG.match(value) is not None
        return strong or re.fullmatch(_NEAR_LABEL, before[at:]) is not None
    if kind is PHONE:
        if _STRONG.match(value) is None:
            return False
        if before:
            return True
    return any(kind.label.search(line) for line in block[:2])


def _block(document: Document, index: int, kind: FieldKind) -> tuple[str, ...]:
    """Return the lines above a field that it belongs under, then the headings, nearest first."""
    lines: list[str] = []
    for at in range(index - 1, max(-1, index - 1 - _BLOCK), -1):
        text = fold(whole(document, at).text)
        is_field = ":" in text and len(text) <= _LONGEST_LINE
        if document.paragraphs[at].level:
            break
        if kind in FREE and kind.value.search(text):
            continue
        if is_field or (len(text) <= 2 * _LONGEST_LABEL and text[-1] not in "。.;!?"):
            lines.append(text)
        if not is_field:
            break
    return (*lines, *map(fold, reversed(document.paragraphs[index].section)))


def _spots(raw: str, text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Yield the labels of a line, each with its value, which ends at the sentence's end or the next label.

    ``text`` is the line, folded, as labels and values are.
    """
    if ":" not in text:
        return
    marked = _MARK.match(text)
    ends = [end for _, end in split_sentences(raw, 0, len(raw))]
    spots = list(_SPOT.finditer(text, marked.end() if marked else 0))
    for number, spot in enumerate(spots):
        end = spots[number + 1].start() if number + 1 < len(spots) else len(text)
        stop = _BOUNDARY.search(text, spot.end(), end)
        end = min([stop.start() if stop else end, *(one for one in ends if one > spot.end())])
        yield spot, text[spot.end() : end].rstrip(" ,、。")


def _short_or_labelled(document: Document) -> Iterator[tuple[int, str]]:
    """Yield the paragraphs that may be or hold a labelled value, each with its folded text; most do not."""
    for index, paragraph in enumerate(document.paragraphs):
        start, end = paragraph.start, paragraph.end
        if end - start <= _LONGEST_BELOW or _MAY_BE_LABELLED.search(document.text, start, end):
            yield index, fold(document.text[start:end])


def _by_label(document: Document, lines: Iterable[tuple[int, str]], kind: FieldKind) -> Iterator[Field]:
    """Yield the values behind labels that end with what the kind is called: in the line, or on the line above."""
    for index, text in lines:
        if not kind.value.search(text):
            continue
        paragraph, found = document.paragraphs[index], False
        for spot, value in _spots(whole(document, index).text, text):
            found = True
            if says(kind, spot["label"]) and kind.value.search(value) and len(value) <= _LONGEST_VALUE:
                start, end = paragraph.start + spot.start("label"), paragraph.start + spot.end() + len(value)
                own = fold(document.text[start:end])
                yield Field(kind, document, index, start, end, spot["label"], own, _block(document, index, kind))
        row = _row(text)
        if len(row) == 2 and says(kind, row[0]) and kind.value.search(row[1]):
            start, end, block = paragraph.start, paragraph.end, _block(document, index, kind)
            yield Field(kind, document, index, start, end, row[0], text, block)
        plain = not found and len(text) <= _LONGEST_BELOW and paragraph.opening is None
        if plain and (above := _label_above(document, index, kind)):
            block = tuple(map(fold, reversed(paragraph.section)))
            start, end = paragraph.start, paragraph.end
            yield Field(kind, document, index, start, end, above, f"{above} {text}", block, index - 1)


def _label_above(document: Document, index: int, kind: FieldKind) -> str:
    """Return the label that is all of the line above, without its number; "" where that says something else."""
    before = whole(document, index - 1) if index and not document.paragraphs[index].level else None
    if before is None or before.end - before.start > _LONGEST_LINE:
        return ""
    line = fold(before.text)
    opened = _MARK.match(line)
    label = line[opened.end() if opened else 0 :].rstrip(":").strip()
    return label if len(label) <= _LONGEST_LABEL and says(kind, label) and ":" not in label else ""


def says(kind: FieldKind, label: str) -> bool:
    """Tell whether a folded label, or a part of it, ends with what a kind is called."""
    return any(kind.label.search(part) is not None for part in parts_of_label(label))


def parts_of_label(label: str) -> list[str]:
    """Return the names in a folded label: "投标截止和开标时间" has two, "地点 venue" has two."""
    bare = _ASIDE.sub("", label).strip(" :,")
    return [part for part in _AND.split(bare) if part]
