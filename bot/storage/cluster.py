"""A home's passages and documents in a Milvus, with what is known of them there: one truth for all servers.

Three collections: passages (vector and BM25 weights), whole documents (weights), and the state: one row that says to
which generation of the store they were brought, and rows with how often each term occurs. One server writes at a time;
what it writes counts from the moment that the state says so (``commit``), so that one that is killed is gone on from.
"""

import base64
import json
import secrets
import zlib
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import TypeVar

from bot.storage.bm25 import NONE, Statistics
from bot.storage.milvus import Column, Milvus, Row, among

Item = TypeVar("Item")
Levels = tuple[Statistics, Statistics]
"""Of passages, and of whole documents."""
_STATE = (
    Column("name", "text", 64), Column("number", "number", indexed=True), Column("content", "text", 65_535),
    Column("nothing", "weights"),
)  # fmt: skip
_DOCUMENTS = (
    Column("revision", "number"), Column("document", "text", 64, indexed=True), Column("number", "number"),
    Column("length", "number"), Column("words", "weights"),
)  # fmt: skip
_CHUNK = 60_000
_FOLDED = 32
"""Rows of statistics, one a commit, that are read by whoever starts; more are put together."""
_READ = 16
_NAMED = 500
"""Revisions that one request names."""


@dataclass(frozen=True, slots=True)
class State:
    """What the collections hold.

    ``mark`` says how it was made, ``made`` when: it is another each time. Up to ``commit`` it counts; statistics stand
    in the rows from ``base`` on. ``averages`` are the terms of a passage and of a document that the stored weights were
    made with; while ``whole`` is false, some were made with others.
    """

    mark: str = ""
    made: str = ""
    generation: int = 0
    commit: int = 0
    base: int = 1
    averages: tuple[float, float] = (0.0, 0.0)
    whole: bool = True


class Cluster:
    """The collections of one home. Usable from several threads, of which one writes at a time."""

    def __init__(self, milvus: Milvus, home_id: str, mark: str, dimension: int) -> None:
        self.milvus = milvus
        self.passages, self.documents, self._rows = (
            f"youju_{home_id}_{part}" for part in ("passages", "documents", "state")
        )
        self._columns = (
            Column("passage", "number"), Column("revision", "number", indexed=True),
            Column("document", "text", 64, indexed=True), Column("length", "number"),
            Column("vector", "vector", dimension), Column("words", "weights"),
        )  # fmt: skip
        self._mark = mark
        self.state = State()
        self.said: Levels = (NONE, NONE)
        """How many passages, and how many documents, hold each term."""
        self.refresh()

    @property
    def is_there(self) -> bool:
        """Whether there is anything to search."""
        return self.state.commit > 0

    def refresh(self) -> None:
        """Take up what another server has written since."""
        if not self.milvus.has(self._rows):
            self.state, self.said = State(), (NONE, NONE)
            return
        if not self.is_there:
            self.milvus.open(self._rows, _STATE)
        found = list(self.milvus.rows(self._rows, among("name", ["state"]), ["content"]))
        values = json.loads(found[0]["content"]) if found else {}
        state = State(**{**values, "averages": tuple(values["averages"])}) if values else State()
        parts = (self.passages, self.documents)
        if state.mark != self._mark or not all(map(self.milvus.has, parts)):
            self.state, self.said = State(), (NONE, NONE)
            return
        if state.made != self.state.made:
            self.state, self.said = State(), (NONE, NONE)
        elif state.commit == self.state.commit:
            self.state = state
            return
        if not self.is_there:
            self.milvus.open(self.passages, self._columns)
            self.milvus.open(self.documents, _DOCUMENTS)
        follows = self.state.commit >= state.base
        known, said = (self.state.commit, self.said) if follows else (state.base - 1, (NONE, NONE))
        rows = self._statistics(known, state.commit)
        if len(rows) < state.commit - known:  # they were put together meanwhile
            self.state = State()
            self.refresh()
            return
        self.state, self.said = state, sum_of([said, *rows])

    def begin_anew(self) -> None:
        """Make the collections, without what may stand in them."""
        self.milvus.open(self._rows, _STATE, anew=True)
        self.milvus.open(self.passages, self._columns, anew=True)
        self.milvus.open(self.documents, _DOCUMENTS, anew=True)
        self.state, self.said = State(self._mark, secrets.token_hex(8)), (NONE, NONE)

    # Writing

    def commit(self, change: Levels, **now: object) -> None:
        """Let what was written under the number of the next commit count, and the statistics with it."""
        number = self.state.commit + 1
        said = sum_of([self.said, change])
        state = replace(self.state, commit=number, **now)  # type: ignore[arg-type]
        if number - state.base >= _FOLDED:
            state, change = replace(state, base=number), said
        self.milvus.delete(self._rows, f"number >= {number}")  # of a server that was killed
        data = base64.b64encode(zlib.compress(change[0].dump() + change[1].dump())).decode()
        for place in range(0, len(data), _CHUNK):
            # One a request: a row of each is 60 kB.
            name = f"said {number} {place // _CHUNK:05}"
            self.milvus.put(self._rows, [_row(name, number, data[place : place + _CHUNK])])
        before = self.state.base
        self.note(state)
        self.said = said
        if state.base != before:
            self.milvus.delete(self._rows, f"number > 0 and number < {state.base}")

    def note(self, state: State) -> None:
        """Write the state."""
        self.milvus.put(self._rows, [_row("state", 0, json.dumps(asdict(state)))])
        self.state = state

    def held(self, revisions: Collection[int] | None = None) -> set[int]:
        """Return the revisions of documents that are there, of these or of all."""
        named = [""] if revisions is None else [among("revision", some) for some in _parts(sorted(revisions), _NAMED)]
        return {
            row["revision"] for condition in named for row in self.milvus.rows(self.documents, condition, ["revision"])
        }

    def said_by(self, revisions: Iterable[int]) -> Levels:
        """Count the terms of some revisions, from the weights that are stored of them."""
        return sum_of(
            [
                (self._counted(self.passages, some), self._counted(self.documents, some))
                for some in _parts(sorted(revisions), _READ)
            ]
        )

    def forget(self, revisions: Iterable[int]) -> None:
        """Delete all of some revisions."""
        for some in _parts(sorted(revisions), _NAMED):
            for name in (self.passages, self.documents):
                self.milvus.delete(name, among("revision", some))

    def _counted(self, name: str, revisions: Sequence[int]) -> Statistics:
        rows = list(self.milvus.rows(name, among("revision", revisions), ["length", "words"]))
        return Statistics.of([row["words"] for row in rows], sum(row["length"] for row in rows))

    def clear_unfinished(self) -> None:
        """Delete what was written and does not count: a server was killed before it said so."""
        rows = self.milvus.rows(self.documents, f"number > {self.state.commit}", ["revision"])
        self.forget({row["revision"] for row in rows})

    def sweep(self, present: Callable[[], Collection[int]]) -> None:
        """Where there is more than was counted, delete what is of no revision that is ``present``."""
        if self.milvus.count(self.passages) != self.said[0].texts:
            there = {row["revision"] for row in self.milvus.rows(self.passages, "", ["revision"])}
            self.forget((there | self.held()).difference(present()))

    def _statistics(self, known: int, last: int) -> list[Levels]:
        """Return what each commit behind ``known`` has changed, up to ``last``."""
        rows = self.milvus.rows(self._rows, f"number > {known} and number <= {last}", ["name", "number", "content"])
        contents: dict[int, str] = {}
        for row in sorted(rows, key=lambda row: (row["number"], row["name"])):
            contents[row["number"]] = contents.get(row["number"], "") + row["content"]
        found = []
        for content in contents.values():
            passages, rest = Statistics.load(zlib.decompress(base64.b64decode(content)))
            found.append((passages, Statistics.load(rest)[0]))
        return found


def _row(name: str, number: int, content: str) -> Row:
    return {"name": name, "number": number, "content": content, "nothing": {0: 1.0}}


def sum_of(levels: Sequence[Levels]) -> Levels:
    """Put several counts together."""
    return Statistics.sum([one for one, _ in levels]), Statistics.sum([one for _, one in levels])


def _parts(items: Sequence[Item], size: int) -> Iterable[Sequence[Item]]:
    return (items[start : start + size] for start in range(0, len(items), size))
