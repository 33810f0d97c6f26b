"""Word's automatic numbers: what stands before a paragraph though nobody typed it (numbering.xml)."""

from dataclasses import dataclass, replace
from typing import Any

from bot.documents.formats.counting import BULLET, LEVELS, NO_LABEL, Counters, Label, Level
from bot.documents.formats.office_xml import W, is_on, number_of, value_of


@dataclass(slots=True)
class _List:
    """A list of a document (w:num); those of one w:abstractNum count together, but for levels that begin ``anew``."""

    abstract: str
    levels: dict[int, Level]
    anew: set[int]


class Numbering:
    """Counts the paragraphs of a document that belong to its lists; ask once a paragraph, in their order."""

    def __init__(self, root: Any = None) -> None:
        """Take the root of numbering.xml, None where the document has none."""
        self._lists: dict[str, _List] = {}
        self._counters: dict[str, Counters] = {}
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
        counters = self._counters.setdefault(known.abstract, Counters())
        if at in known.anew:
            counters.restart(at)
            known.anew.discard(at)
        return counters.count(known.levels, at)


def _list(node: Any, abstract: Any) -> _List:
    levels = {int(found.get(f"{W}ilvl", "0")): _level(found) for found in abstract.iter(f"{W}lvl")}
    anew: set[int] = set()
    for override in node.iter(f"{W}lvlOverride"):
        at = int(override.get(f"{W}ilvl", "0"))
        if (own := override.find(f"{W}lvl")) is not None:
            levels[at] = replace(_level(own), style=levels.get(at, Level()).style)
        if (start := number_of(override, "startOverride")) is not None:
            levels[at] = replace(levels.get(at, Level()), start=start)
            anew.add(at)
    kept = {at: level for at, level in levels.items() if 0 <= at < LEVELS}
    return _List(abstract.get(f"{W}abstractNumId", ""), kept, anew)


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
