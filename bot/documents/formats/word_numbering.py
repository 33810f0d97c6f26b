"""Word's automatic numbers: what stands before a paragraph though nobody typed it (numbering.xml)."""

import re
from dataclasses import dataclass, field, replace
from typing import Any

from bot.documents.formats.counting import BULLET, NO_NUMBER, counted
from bot.documents.formats.office_xml import W, is_on, number_of, value_of

_PLACE = re.compile(r"%([1-9])")
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class Level:
    """How a level of a list counts.

    ``text`` holds %1 to %9 for the numbers of the levels. ``restart`` is the level (from 1) that begins it anew, 0 for
    none, None for any above. ``style`` is the style whose paragraphs stand on it; ``apart``: a space or tab follows.
    """

    start: int = 1
    form: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    style: str = ""
    apart: bool = True


@dataclass(frozen=True, slots=True)
class Label:
    """What stands before a paragraph: its text and whether a space follows."""

    text: str
    apart: bool = True


NO_LABEL = Label("")


@dataclass(slots=True)
class _List:
    """A list of a document (w:num) over what it shares with others (w:abstractNum), whose counters they share."""

    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int]
    started: set[int] = field(default_factory=set)


class Numbering:
    """Counts the paragraphs of a document that belong to its lists; ask once a paragraph, in their order."""

    def __init__(self, root: Any = None) -> None:
        """Take the root of numbering.xml, None where the document has none."""
        self._lists: dict[str, _List] = {}
        self._counters: dict[str, list[int | None]] = {}
        if root is None:
            return
        abstracts = {node.get(f"{W}abstractNumId", ""): node for node in root.iter(f"{W}abstractNum")}
        by_style = {link: node for node in abstracts.values() if (link := value_of(node, "styleLink")) is not None}
        for node in root.iter(f"{W}num"):
            abstract = abstracts.get(value_of(node, "abstractNumId") or "")
            if abstract is None:
                continue
            abstract = by_style.get(value_of(abstract, "numStyleLink") or "", abstract)
            self._lists[node.get(f"{W}numId", "")] = _list(node, abstract)

    def level_of_style(self, list_id: str, style: str) -> int | None:
        """Return the level of a list on which the paragraphs of a style stand."""
        known = self._lists.get(list_id)
        levels = known.levels if known else {}
        return next((at for at, level in levels.items() if level.style == style), None)

    def next(self, list_id: str, at: int) -> Label:
        """Count a paragraph of a list at a level (from 0) and return its label."""
        known = self._lists.get(list_id)
        if known is None or at not in known.levels:
            return NO_LABEL
        level = known.levels[at]
        counters = self._counters.setdefault(known.abstract, [None] * _LEVELS)
        if at in known.starts and at not in known.started:
            counters[at] = None
        known.started.add(at)
        before = counters[at]
        counters[at] = known.starts.get(at, level.start) if before is None else before + 1
        for deeper in range(at + 1, _LEVELS):
            restart = known.levels.get(deeper, Level()).restart
            if restart is None or at + 1 <= restart:
                counters[deeper] = None
        return Label(_text(known, level, counters), level.apart)


def _text(known: _List, level: Level, counters: list[int | None]) -> str:
    if level.form == BULLET:
        return "-"

    def number(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        of = known.levels.get(at, Level())
        count = counters[at]
        form = "decimal" if level.legal and of.form != NO_NUMBER else of.form
        return counted(known.starts.get(at, of.start) if count is None else count, form)

    return _PLACE.sub(number, level.text)


def _list(node: Any, abstract: Any) -> _List:
    levels = {int(found.get(f"{W}ilvl", "0")): _level(found) for found in abstract.iter(f"{W}lvl")}
    starts: dict[int, int] = {}
    for override in node.iter(f"{W}lvlOverride"):
        at = int(override.get(f"{W}ilvl", "0"))
        if (own := override.find(f"{W}lvl")) is not None:
            levels[at] = replace(_level(own), style=levels.get(at, Level()).style)
        if (start := number_of(override, "startOverride")) is not None:
            starts[at] = start
    kept = {at: level for at, level in levels.items() if 0 <= at < _LEVELS}
    return _List(abstract.get(f"{W}abstractNumId", ""), kept, starts)


def _level(node: Any) -> Level:
    form = next((found.get(f"{W}val", "") for found in node.iter(f"{W}numFmt")), "decimal")
    start = number_of(node, "start")
    return Level(
        start=1 if start is None else start,
        form=BULLET if node.find(f"{W}lvlPicBulletId") is not None else form,
        text=value_of(node, "lvlText") or "",
        restart=number_of(node, "lvlRestart"),
        legal=is_on(node, "isLgl") or False,
        style=value_of(node, "pStyle") or "",
        apart=value_of(node, "suff") != "nothing",
    )
