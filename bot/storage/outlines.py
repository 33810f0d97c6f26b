"""A document's structure as JSON: columns of numbers, each heading and each kind of opening written once.

Reading it back is on the path of a question, so it is a few long lists and no object for each paragraph.
"""

import json
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from functools import lru_cache
from itertools import accumulate, repeat, starmap
from operator import add, attrgetter
from typing import Any

from bot.pages import Recognised
from bot.tree import NO_OUTLINE, ItemList, Opening, Section
from bot.types import Document, Paragraph

_OPENING = attrgetter(*(field.name for field in fields(Opening)))
_FILL = [getattr(Paragraph, field.name).__set__ for field in fields(Paragraph)]


_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def compact(value: object) -> str:
    """Return JSON as it is stored."""
    return _ENCODE(value)


@dataclass(frozen=True, slots=True)
class Structure:
    """The parts of a ``Document`` that tell how its text is built."""

    paragraphs: tuple[Paragraph, ...]
    outline: Section
    lists: tuple[ItemList, ...]
    pages: tuple[tuple[int, int], ...] = ()
    recognised: tuple[Recognised, ...] = ()


def dump_structure(document: Document) -> str:
    """Return a document's paragraphs, sections and lists as JSON."""
    paths: dict[tuple[str, ...], int] = {(): 0}
    openings: dict[Opening | None, int] = {None: 0}
    columns: list[tuple[int, ...]] = []
    before = 0
    for p in document.paragraphs:
        if p.section not in paths:
            for depth in range(1, len(p.section) + 1):
                paths.setdefault(p.section[:depth], len(paths))
        opening = openings.setdefault(p.opening, len(openings))
        columns.append((p.start - before, p.end - p.start, paths[p.section], p.level, opening, p.lead))
        before = p.start
    stored: dict[str, object] = {
        "names": [path[-1] for path in paths if path],
        "above": [paths[path[:-1]] for path in paths if path],
        "openings": " ".join(_written(opening) for opening in openings if opening),
        "paragraphs": list(zip(*columns, strict=True)),
        "sections": list(_sections(document.outline)),
        "lists": [(known.paragraphs, known.starts) if known.inside else known.paragraphs for known in document.lists],
    }
    if document.pages:
        stored["pages"] = document.pages
    if document.recognised:
        stored["recognised"] = [astuple(span) for span in document.recognised]
    return compact(stored)


def load_structure(stored: str, text: str) -> Structure:
    """Read back what ``dump_structure`` wrote of a document with this text.

    What a version without structure wrote gives the paragraphs alone.
    """
    read: Any = json.loads(stored)
    if isinstance(read, list):
        rows = enumerate(read)
        return Structure(tuple(Paragraph(i, a, b, tuple(s), level) for i, (a, b, s, level) in rows), NO_OUTLINE, ())
    if not read["paragraphs"]:
        return Structure((), NO_OUTLINE, ())
    paths: list[tuple[str, ...]] = [()]
    for above, name in zip(read["above"], read["names"], strict=True):
        paths.append((*paths[above], name))
    openings = [None, *map(_read, read["openings"].split())]
    gaps, lengths, places, levels, opened, leads = read["paragraphs"]
    starts = list(accumulate(gaps))
    paragraphs = _paragraphs(
        range(len(starts)), starts, map(add, starts, lengths), map(paths.__getitem__, places), levels,
        map(openings.__getitem__, opened), leads,
    )  # fmt: skip
    lists = tuple(_item_list(row, starts) for row in read["lists"])
    return Structure(
        paragraphs=paragraphs,
        outline=_tree(read["sections"], text, paragraphs),
        lists=lists,
        pages=tuple(map(tuple, read.get("pages", ()))),
        recognised=tuple(starmap(Recognised, read.get("recognised", ()))),
    )


def _paragraphs(index: Sequence[int], *columns: Iterable[Any]) -> tuple[Paragraph, ...]:
    """Make paragraphs column by column: one by one, a frozen class calls for each field and takes twice as long."""
    paragraphs = tuple(map(object.__new__, repeat(Paragraph, len(index))))
    for fill, column in zip(_FILL, (index, *columns), strict=True):
        deque(map(fill, paragraphs, column), maxlen=0)
    return paragraphs


def _written(opening: Opening) -> str:
    """Return an opening in one word: "15,4,3,0,,0"; a number that is none is left out."""
    return ",".join("" if value is None else str(value) for value in _OPENING(opening))


@lru_cache(maxsize=1 << 13)
def _read(written: str) -> Opening:
    """Read an opening back; the same ones are in every document."""
    rank, length, number, inserted, series, place = written.split(",")
    return Opening(int(rank), int(length), int(number) if number else None, int(inserted), series, int(place))


def _sections(section: Section) -> Iterator[tuple[int, int, tuple[int, ...], int]]:
    """Yield a section (first, end, leads, how many children), then those inside it."""
    yield section.first, section.end, section.leads, len(section.children)
    for child in section.children:
        yield from _sections(child)


def _tree(rows: Sequence[Any], text: str, paragraphs: Sequence[Paragraph]) -> Section:
    """Build the tree from its end: the children of a section are the last that were built."""
    built: list[Section] = []
    for first, end, leads, count in reversed(rows):
        children = tuple([built.pop() for _ in range(count)]) if count else ()
        if first < 0:
            built.append(Section("", None, 0, first, end, tuple(leads), children))
        else:
            at = paragraphs[first]
            heading = text[at.start : at.end]
            built.append(Section(heading, at.opening, at.level, first, end, tuple(leads), children))
    return built[0]


def _item_list(row: list[Any], starts: Sequence[int]) -> ItemList:
    if isinstance(row[0], list):
        return ItemList(tuple(row[0]), tuple(row[1]))
    return ItemList(tuple(row), tuple(map(starts.__getitem__, row)))


def dump_section(section: Sequence[str]) -> str:
    """Return the path of a passage's section as ``compact`` does, in a fifth of the time."""
    names = '","'.join(section)
    if section and names.isprintable() and "\\" not in names and names.count('"') == 2 * (len(section) - 1):
        return f'["{names}"]'
    return compact(section)


@lru_cache(maxsize=256)
def load_section(stored: str) -> tuple[str, ...]:
    """Return the path of a passage's section, as ``compact`` wrote it."""
    if "\\" in stored or stored == "[]":
        return tuple(json.loads(stored))
    return tuple(stored[2:-2].split('","'))  # a quotation mark inside a name would stand behind a backslash
