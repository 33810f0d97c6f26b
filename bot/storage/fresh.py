"""Documents that were just written, for the indexes, which would else read them back from the store one by one."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from bot.types import Passage

MOST_CHARACTERS = 20_000_000
"""Characters of passages that are held; of more, none are."""


@dataclass(frozen=True, slots=True)
class Written:
    """A document as it was written; ``first`` is the number of the first of its passages, the others follow."""

    document_id: str
    revision: int
    source: str
    title: str
    text: str
    first: int
    passages: Sequence[Passage]

    def at(self, place: int) -> tuple[int, str, str, str, Passage]:
        """Return one of its passages, behind its number, the document's id, source and title."""
        return self.first + place, self.document_id, self.source, self.title, self.passages[place]


class Fresh:
    """What was written since ``clear`` was called last. One thread writes and clears; others may look meanwhile."""

    def __init__(self) -> None:
        self._written: tuple[Written, ...] = ()
        self._by_document: dict[str, Written] = {}
        self._size = 0

    @property
    def written(self) -> Sequence[Written]:
        """The documents that are held."""
        return self._written

    def take(self) -> Self:
        """Forget all, and return another that holds it."""
        taken = type(self)()
        taken._written, taken._by_document, taken._size = self._written, self._by_document, self._size
        self.clear()
        return taken

    def clear(self) -> None:
        """Forget all: something else is being written, or the indexes are up to date."""
        self._written, self._by_document, self._size = (), {}, 0

    def keep(self, written: Sequence[Written]) -> None:
        """Hold documents that were written, the numbers of whose passages are above those of all others here."""
        replaced = {one.document_id for one in written}
        others = (one for one in self._written if one.document_id not in replaced)
        self._size += sum(len(passage.text) for one in written for passage in one.passages)
        self._written = (*others, *written) if self._size <= MOST_CHARACTERS else ()
        self._by_document = {one.document_id: one for one in self._written}

    def of(self, document_id: str, revision: int) -> Written | None:
        """Return a document in this revision; None where it is not held."""
        known = self._by_document.get(document_id)
        return known if known is not None and known.revision == revision else None

    def find(self, ids: Sequence[int]) -> list[tuple[int, str, str, str, Passage]] | None:
        """Return passages in the order of ``ids`` as ``Written.at`` does; None where one is not held."""
        written = [one for one in self._written if one.passages]
        firsts = [one.first for one in written]
        found = []
        for number in ids:
            at = bisect_right(firsts, number) - 1
            if at < 0 or number - firsts[at] >= len(written[at].passages):
                return None
            found.append(written[at].at(number - firsts[at]))
        return found
