"""The lists of a document: items that follow one another, paragraph by paragraph or within one."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.documents.openings import find_opening
from bot.tree import ANY, NEXT, ItemList, Kind, Opening
from bot.types import Paragraph

_FEWEST = 2
_HEAD = 40
"""Characters of an item within a paragraph that are looked at for what opens it."""
# An item of a sentence begins it, or follows one of these; after 、 a number is part of a name (一、二、三等奖).
_CLAUSE = re.compile(r"[:：;；。！？，,.]\s*")
_BEHIND = r"(?=[是要则則步、．.)），：:,\s])"
_FIRST_ITEM = re.compile(rf"一{_BEHIND}|1{_BEHIND}|１{_BEHIND}|①|首先|First|first|a\)\s|i\)\s")
"""What may open the first item; most paragraphs have none of it.

Each way begins with one character, not with a set of them: so it is looked for in a fraction of the time.
"""


def find_lists(text: str, paragraphs: Sequence[Paragraph]) -> tuple[ItemList, ...]:
    """Return the lists of a document by where they begin: at least two items that count on from 1, or bullets.

    Items that open paragraphs stand in the same section; what stands between two numbered ones belongs to the first.
    """
    lists = [*_runs(paragraphs)]
    for paragraph in paragraphs:
        lists.extend(_within(text, paragraph))
    return tuple(sorted(lists, key=lambda found: found.starts[0]))


@dataclass(slots=True)
class _Run:
    """Items that have been met: the paragraphs that they open, and what opens the last."""

    paragraphs: list[Paragraph]
    last: Opening

    def takes(self, paragraph: Paragraph, opening: Opening) -> bool:
        """Tell whether an item may follow: a bullet right behind another; none after "最后"."""
        if opening.rank == Kind.BULLET:
            return self.paragraphs[-1].index == paragraph.index - 1
        return self.last.place != ANY and opening.place in (ANY, NEXT, self.last.place + 1)


def _runs(paragraphs: Sequence[Paragraph]) -> Iterator[ItemList]:
    """Yield the lists whose items open paragraphs."""
    open_runs: dict[tuple[tuple[str, ...], str], _Run] = {}
    section: tuple[str, ...] = ()
    for paragraph in paragraphs:
        if paragraph.section is not section:
            section = paragraph.section
            for key in [key for key in open_runs if section[: len(key[0])] != key[0]]:
                yield from _list_of(open_runs.pop(key))
        opening = paragraph.opening
        if opening is None or not opening.series:
            continue
        key = paragraph.parent, opening.series
        run = open_runs.get(key)
        if run is not None and run.takes(paragraph, opening):
            run.paragraphs.append(paragraph)
            run.last = replace(opening, place=run.last.place + 1) if opening.place == NEXT else opening
            continue
        if run is not None:
            yield from _list_of(run)
        open_runs[key] = _Run([paragraph], opening)
    for run in open_runs.values():
        yield from _list_of(run)


def _list_of(run: _Run) -> Iterator[ItemList]:
    first = run.paragraphs[0].opening
    if first is not None and len(run.paragraphs) >= _FEWEST and (first.place == 1 or first.rank == Kind.BULLET):
        yield ItemList(tuple(p.index for p in run.paragraphs), tuple(p.start for p in run.paragraphs))


def _within(text: str, paragraph: Paragraph) -> Iterator[ItemList]:
    """Yield the lists whose items are parts of one paragraph ("一是…。二是…。")."""
    line = text[paragraph.start : paragraph.end]
    if not _FIRST_ITEM.search(line):
        return
    runs: dict[str, list[tuple[int, int]]] = {}
    lists: list[list[tuple[int, int]]] = []
    for start in (0, *(match.end() for match in _CLAUSE.finditer(line))):
        head = line[start : start + _HEAD]
        # "first, open it; second, close it": within a sentence they are written small.
        opening = find_opening(head) or find_opening(head[:1].upper() + head[1:])
        if opening is None or not opening.series or opening.rank == Kind.BULLET:
            continue
        run = runs.get(opening.series)
        if opening.place == 1:
            runs[opening.series] = run = [(start, 1)]
            lists.append(run)
        elif run and run[-1][1] != ANY and opening.place in (ANY, NEXT, run[-1][1] + 1):
            run.append((start, run[-1][1] + 1 if opening.place == NEXT else opening.place))
    for items in lists:
        if len(items) >= _FEWEST:
            yield ItemList((paragraph.index,) * len(items), tuple(paragraph.start + start for start, _ in items))
