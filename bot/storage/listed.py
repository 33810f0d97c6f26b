"""The documents of a home, listed once however many questions ask."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.types import DocumentInfo


@dataclass(frozen=True, slots=True)
class Listed:
    """The documents by source, as they were when one came or went last: tags may have changed since.

    ``rows`` has id, revision and source of each.
    """

    infos: tuple[DocumentInfo, ...]
    rows: tuple[tuple[str, int, str], ...]


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
