"""What a store holds already of the files that are to be read: which are new, and which id each gets."""

import unicodedata
from dataclasses import dataclass, field
from typing import Self

from bot.documents.parser import document_id
from bot.storage.folders import same_name
from bot.storage.names import NameTable
from bot.storage.store import Store
from bot.storage.waiting import WaitingTable


@dataclass
class Known:
    """What a store holds: ``digests`` of what its documents were made from, by id; ``names``, their ids by source.

    A document that was moved keeps its id, so a name may be free whose id is taken. ``waiting`` are the ids, by source,
    of documents that are to come back.
    """

    digests: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    waiting: dict[str, str] = field(default_factory=dict)
    _taken: set[str] = field(init=False)

    def __post_init__(self) -> None:
        self.names = {same_name(source): identity for source, identity in self.names.items()}
        self.waiting = {same_name(source): identity for source, identity in self.waiting.items()}
        self._taken = {*self.names.values(), *self.digests, *self.waiting.values()}

    @classmethod
    def of(cls, store: Store) -> Self:
        """Return what ``store`` holds now."""
        return cls(store.digests(), store.names(), WaitingTable(store.database).all())

    def find(self, source: str) -> str | None:
        """Return the id of the document of this source; None where there is none."""
        return self.names.get(same_name(source))

    def digest(self, source: str) -> str | None:
        """Return what the document of this source was made from; None where there is none."""
        return self.digests.get(self.find(source) or "")

    def identity(self, source: str) -> str:
        """Return the id of the document of this source, from now on that which a new one is to have."""
        known = self.find(source)
        if known is not None:
            return known
        new, tried = self.waiting.pop(same_name(source), None), 1
        if new is None:
            new = document_id(source)
            while self._is_taken(new):
                new, tried = document_id(f"{source}\0{tried}"), tried + 1
        self._taken.add(new)
        self.names[same_name(source)] = new
        return new

    def _is_taken(self, identity: str) -> bool:
        return identity in self._taken


class LookedUp(Known):
    """The same of a store that holds far more than is asked for: each name is looked up when it is."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._table = NameTable(store.database)

    def find(self, source: str) -> str | None:
        """Return the id of the document of this source; None where there is none."""
        name = same_name(source)
        if name not in self.names:
            forms = list(dict.fromkeys((source, name, unicodedata.normalize("NFD", source))))
            for identity, digest in self._table.documents(forms):
                self.names[name], self.digests[identity] = identity, digest
            for identity in self._table.waiting(forms):
                self.waiting[name] = identity
        return self.names.get(name)

    def _is_taken(self, identity: str) -> bool:
        return super()._is_taken(identity) or self._table.holds(identity)
