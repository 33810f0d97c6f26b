"""Counts of terms in many texts: by an index of places where that is exact, by reading where it is not."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from bot.language.folding import fold
from bot.stopping import go_on
from bot.storage.grams import Found, is_chinese, is_counted
from bot.storage.positions import Positions
from bot.structure.occurrences import MOST_PLACES, Occurrence, Occurrences, occurrences
from bot.structure.places import Load
from bot.types import FileCount, Text

_Also = Callable[[str], Sequence[str]]


class Texts:
    """The texts of documents, of which ``listed`` gives id, revision and source, in order.

    ``read`` gives those of some ids, in the same order. What ``positions`` does not hold is read.
    """

    def __init__(
        self,
        listed: Sequence[tuple[str, int, str]],
        read: Callable[[Sequence[str]], Iterable[Text]],
        positions: Positions | None = None,
    ) -> None:
        self._positions = positions or Positions()
        self._ids = {revision: (document_id, source) for document_id, revision, source in listed}
        self._revisions = frozenset(self._ids)
        self._rank = {document_id: number for number, (document_id, _, _) in enumerate(listed)}
        self._read_some = read

    def occurrences(
        self, terms: Sequence[str], limit: int = MOST_PLACES, also: _Also = lambda term: (), load: Load | None = None
    ) -> list[Occurrences]:
        """Find each of ``terms``: exactly what ``bot.structure.occurrences.occurrences`` finds in all the texts.

        Raises:
            QuestionError: a term is empty.
            StoreError: a text that had to be read is damaged.
        """
        indexed = [self._look_up([term, *also(term)]) for term in terms]
        known = self._positions.languages
        reading = {revision for revision in self._revisions if revision not in known}
        for one in indexed:
            reading |= set(self._revisions) if one is None else one.unsure & self._revisions
        if reading or None in indexed:
            read = occurrences(terms, self._read(reading), limit, also, load)
        else:  # what reads need not be made
            read = [Occurrences(term, 0, 0, (), ()) for term in terms]
        return [
            self._joined(each, one, reading, limit) if one is not None else replace(each, searched=len(self._revisions))
            for each, one in zip(read, indexed, strict=True)
        ]

    def languages(self) -> set[bool | None]:
        """Return whether texts are mostly Chinese: what is true of any of them; None for one without words."""
        known = self._positions.languages
        found = {known[revision] for revision in self._revisions if revision in known}
        unknown = {revision for revision in self._revisions if revision not in known}
        return found | {is_chinese(text.text) for text in self._read(unknown)}

    def _read(self, revisions: set[int]) -> Iterator[Text]:
        if revisions:
            for text in self._read_some([self._ids[revision][0] for revision in revisions]):
                go_on()
                yield text

    def _look_up(self, words: Sequence[str]) -> Found | None:
        """Return where the first of ``words`` stands; None where all texts must be read.

        Of several, one may be part of another: the texts that hold any are read.
        """
        folded = [fold(word) for word in words]
        if not all(map(is_counted, folded)):
            return None
        found = [self._positions.find(word) for word in folded]
        if len(found) == 1:
            return found[0]
        none = Positions().find("")
        return replace(none, unsure=frozenset().union(*(one.unsure.union(one.revisions.tolist()) for one in found)))

    def _joined(self, read: Occurrences, found: Found, without: set[int], limit: int) -> Occurrences:
        """Return what was read with what was found in the texts that were not, ``without`` these."""
        begins = (np.cumsum(found.counts) - found.counts).tolist()
        hits = {
            self._ids[revision][0]: (revision, count, begin)
            for revision, count, begin in zip(found.revisions.tolist(), found.counts.tolist(), begins, strict=True)
            if revision in self._revisions and revision not in without
        }
        counts = [FileCount(name, self._ids[revision][1], count) for name, (revision, count, _) in hits.items()]
        documents = sorted((*read.documents, *counts), key=lambda count: self._rank[count.document_id])
        places: list[Occurrence] = []
        for counted in documents:
            if len(places) >= limit:
                break
            if counted.document_id not in hits:
                places += (place for place in read.places if place.document_id == counted.document_id)
                continue
            _, count, begin = hits[counted.document_id]
            starts = found.starts[begin : begin + min(count, limit)].tolist()
            places += (Occurrence(counted.document_id, start, start + len(read.term)) for start in starts)
        total = read.total + sum(count.total for count in counts)
        return replace(
            read, total=total, searched=len(self._revisions), documents=tuple(documents), places=tuple(places[:limit])
        )
