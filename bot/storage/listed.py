"""The documents of a home, listed once however many questions ask."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from bot.language.folding import fold, mostly_han
from bot.types import DocumentInfo

_TELLING = 200
"""A word in more titles than these tells none of them."""


@dataclass(frozen=True)
class Listed:
    """The documents by source, as they were when one came or went last: tags may have changed since.

    ``rows`` has id, revision and source of each.
    """

    infos: tuple[DocumentInfo, ...]
    rows: tuple[tuple[str, int, str], ...]

    def naming(self, words: Iterable[str]) -> list[tuple[int, str]]:
        """Return how many of some folded words stand in a document's title and name, and its id; the most first.

        A word of very many titles tells none of them, and does not count.
        """
        text, begins = self._names
        found = Counter[int]()
        for word in filter(None, words):
            own: list[int] = []
            at = text.find(word)
            while at >= 0 and len(own) <= _TELLING:
                own.append(bisect_right(begins, at) - 1)
                at = text.find(word, begins[own[-1] + 1])
            if len(own) <= _TELLING:
                found.update(own)
        ordered = sorted(found.items(), key=lambda item: (-item[1], item[0]))
        return [(count, self.infos[document].document_id) for document, count in ordered]

    @cached_property
    def chinese(self) -> bool:
        """Whether all titles are Chinese."""
        return all_chinese(self.infos)

    @cached_property
    def _names(self) -> tuple[str, list[int]]:
        """All titles and names as one text, a line each, and where each begins: searched in one go."""
        folded = (fold(f"{info.title} {info.source}") for info in self.infos)
        names = [name.replace("\n", " ") + "\n" for name in folded]
        return "".join(names), list(accumulate(map(len, names), initial=0))


def all_chinese(infos: Iterable[DocumentInfo]) -> bool:
    """Tell whether the titles of documents are Chinese, all of them; False where there are none."""
    return {mostly_han(info.title) for info in infos} == {True}


class Listing:
    """Holds the last list."""

    def __init__(self) -> None:
        self._held: tuple[tuple[str, int], Listed] | None = None

    def forget(self) -> None:
        """List anew, whatever the generation: what is told of a document has changed, and its passages stay."""
        self._held = None

    def at(
        self, home_id: str, generation: int,
        documents: Callable[[], Sequence[DocumentInfo]], revisions: Callable[[], Mapping[str, int]],
    ) -> Listed:  # fmt: skip
        """Return the list of a home at a generation; where it is not the one held, it is made of what is given."""
        held = self._held
        if held is not None and held[0] == (home_id, generation):
            return held[1]
        infos, known = tuple(documents()), revisions()
        listed = Listed(infos, tuple((i.document_id, known.get(i.document_id, 0), i.source) for i in infos))
        self._held = (home_id, generation), listed
        return listed
