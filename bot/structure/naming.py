"""Which document is meant by words that are no title: "那个补贴通知", "上海条例", "this policy"."""

import re
from collections.abc import Sequence

from bot.language.folding import is_han, runs
from bot.language.titles import is_paper_kind, paper_kind, title_key
from bot.types import DocumentInfo

_ENOUGH = 0.6
"""Share of a name's pairs of characters, and words, that must stand in the title."""
_BRACKETS = re.compile(r"[(〔\[][^()〔〕\[\]]*[)〕\]]$")


def meant(name: str, infos: Sequence[DocumentInfo]) -> list[DocumentInfo]:
    """Return the documents that a folded name fits equally well; none where it fits no title well enough.

    A title in which all of it stands comes first, then one that has most of its parts, then the ones that end with the
    kind of paper that it names ("合同").
    """
    key = title_key(name)
    if not key:
        return []
    titles = [(title_key(info.title), info) for info in infos]
    held = [(len(title), info) for title, info in titles if key in title]
    if held and not is_paper_kind(key):
        shortest = min(size for size, _ in held)
        return [info for size, info in held if size == shortest]
    parts = _parts(name)
    if len(parts) > 1:
        shares = [(sum(part in title for part in parts) / len(parts), info) for title, info in titles]
        best = max((share for share, _ in shares), default=0.0)
        if best >= _ENOUGH:
            return [info for share, info in shares if share == best]
    kind = paper_kind(key)
    if kind is None:
        return []
    # What stands in brackets behind a title is its version.
    ending = [info for title, info in titles if _BRACKETS.sub("", title).endswith(kind)]
    return ending or [info for title, info in titles if kind in title]


def _parts(name: str) -> list[str]:
    parts: list[str] = []
    for run in runs(name):
        parts += [run[at : at + 2] for at in range(len(run) - 1)] if is_han(run) else [run]
    return list(dict.fromkeys(parts))
