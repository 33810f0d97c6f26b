"""The year of the document that something is cited from."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from bot.evidence.versions import version_of
from bot.language.folding import fold
from bot.structure.places import Load
from bot.types import Citation, Document, Hit, NotFoundError

Placed = TypeVar("Placed", Citation, Hit)

_HEAD = 8
"""Paragraphs at a document's head among which the lines stand that say when it was made."""
_ENACTED = re.compile(
    r"通过|公布|发布|印发|修订|修正|修改|施行|更新|签订|会议上|[〔\[(]\d{4}[〕\])]\s*第?\s*\d+\s*号"
    r"|^(?:会议)?(?:时间|日期):|\b(?:adopted|effective|issued|published|revised|amended|enacted|updated|date)\b"
)
"""Says that a line tells when a document was made; an official number, 云人社发〔2024〕28号, does too."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def with_years(items: Iterable[Placed], load: Load) -> tuple[Placed, ...]:
    """Return citations or hits with the ``year`` of their document: of its name, else of the lines at its head.

    Those of a document that is gone, or that says no year, have none. A document is loaded where its name has no year.
    """
    years: dict[str, int | None] = {}
    known = tuple(items)
    for item in known:
        if item.document_id not in years:
            years[item.document_id] = version_of(item.title, item.source)[1] or _stated(item.document_id, load)
    return tuple(replace(item, year=years[item.document_id]) for item in known)


def _stated(document_id: str, load: Load) -> int | None:
    try:
        return head_year(load(document_id))
    except NotFoundError:
        return None


def head_year(document: Document) -> int | None:
    """Return the latest year that the lines over a document's text say it was made in, None where none says so."""
    years: list[int] = []
    for paragraph in document.paragraphs[:_HEAD]:
        if paragraph.section or paragraph.level:
            break
        line = fold(document.text[paragraph.start : paragraph.end])
        if _ENACTED.search(line):
            years += map(int, _YEAR.findall(line))
    return max(years, default=None)
