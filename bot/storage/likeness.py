"""Which documents have much the same text, told by sketches: the smallest hashes of what stands in each.

A sketch holds the ``SIZE`` smallest hashes of all runs of ``_RUN`` letters and digits, folded, whatever stands between
them; the share of two documents' runs that both have (Jaccard) is estimated from the smallest hashes of both together
(Broder, On the resemblance and containment of documents, 1997). At 128 hashes it is off by 4 points at most in two of
three cases. Line ends, list marks and the format of the file count for nothing.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Self

import numpy as np
import numpy.typing as npt

from bot.language.characters import ByCharacter, codes_of, fold_codes
from bot.storage.contract import Connection, upsert
from bot.types import Likeness

Sketch = npt.NDArray[np.uint64]
SIZE = 128
_RUN = 8
_FEWEST = 24
"""Letters and digits of which a text has at least as many to be compared."""
_LEAST_SHARE = 0.2
_COMPARED = 20
_PRIME, _SPREAD = np.uint64(1_099_511_628_211), np.uint64(0x9E3779B97F4A7C15)
_HIGHEST = np.uint64(2**64 - 1)


def sketch(text: str) -> Sketch:
    """Return the sketch of a text: ascending, at most ``SIZE`` hashes, none of a very short one."""
    return _sketch(_letters(text))


def _letters(text: str) -> bytes:
    codes = fold_codes(codes_of(text))
    return codes[_are_letters().of(codes) > 0].tobytes()


@cache
def _are_letters() -> ByCharacter:
    return ByCharacter(str.isalnum)


def _sketch(letters: bytes) -> Sketch:
    codes = np.frombuffer(letters, np.uint32).astype(np.uint64)
    if len(codes) < _FEWEST:
        return np.empty(0, np.uint64)
    count = len(codes) - _RUN + 1
    hashes = np.zeros(count, np.uint64)
    for place in range(_RUN):
        hashes = hashes * _PRIME + codes[place : place + count]
    hashes ^= hashes >> np.uint64(29)
    hashes *= _SPREAD
    hashes ^= hashes >> np.uint64(32)
    return _smallest(hashes)


def _smallest(hashes: Sketch) -> Sketch:
    """Return the ``SIZE`` smallest, each once: of a long text only a few are sorted."""
    few = hashes
    if len(hashes) > 8 * SIZE:
        few = hashes[hashes < np.uint64(int(_HIGHEST) // len(hashes) * 4 * SIZE)]
    found = _once(few)
    return found[:SIZE] if len(found) >= SIZE else _once(hashes)[:SIZE]


def _once(hashes: Sketch) -> Sketch:
    """Return them ascending, each once: a tenth of the time of ``numpy.unique``, which makes a table of them."""
    ordered: Sketch = np.sort(hashes)
    new = np.append(np.uint64(0), ordered[:-1]) != ordered
    new[:1] = True
    once: Sketch = ordered[new]
    return once


def share(one: Sketch, other: Sketch) -> float:
    """Estimate the part (0..1) of two documents' runs that both have."""
    bounds = [found[-1] if len(found) == SIZE else _HIGHEST for found in (one, other)]
    one, other = one[one <= min(bounds)], other[other <= min(bounds)]
    both = len(np.intersect1d(one, other, assume_unique=True))
    return both / max(1, len(one) + len(other) - both)


def put_sketch(connection: Connection, revision: int, text: str) -> None:
    """Keep the sketch of a document, behind a hash of all its letters and digits."""
    letters = _letters(text)
    kept = hashlib.sha256(letters).digest()[:8] + _sketch(letters).tobytes()
    connection.execute(upsert("sketches", "revision, sketch", "revision"), (revision, kept))


@dataclass(frozen=True, slots=True)
class _Sketched:
    document_id: str
    source: str
    title: str
    whole: bytes
    sketch: Sketch

    def share(self, other: Self) -> float:
        """Return 1.0 where the letters and digits are the very same, else the estimate."""
        return 1.0 if self.whole == other.whole else min(0.99, round(share(self.sketch, other.sketch), 2))


def alike(connection: Connection, document_ids: Sequence[str]) -> dict[str, list[Likeness]]:
    """Return, of each document, those kept before it that have a fifth of its text at least, the likest first."""
    rows = connection.execute("SELECT revision, sketch FROM sketches ORDER BY revision").fetchall()
    revisions = [revision for revision, _ in rows]
    among, values = connection.among(document_ids)
    mine = connection.execute(f"SELECT revision FROM documents WHERE document_id {among}", (values,))
    wanted = np.flatnonzero(np.isin(revisions, [revision for (revision,) in mine]))
    common = _common([data for _, data in rows], wanted)
    chosen = {place for one, others in common.items() for place in (one, *others)}
    kept = {place: _sketched(connection, *rows[place]) for place in chosen}
    found: dict[str, list[Likeness]] = {}
    for place, others in common.items():
        one = kept[place]
        shares = [(one.share(kept[other]), kept[other]) for other in others]
        likest = sorted((pair for pair in shares if pair[0] >= _LEAST_SHARE), key=lambda pair: -pair[0])
        found[one.document_id] = [Likeness(o.document_id, o.source, o.title, part) for part, o in likest]
    return found


def _common(sketches: Sequence[bytes], wanted: npt.NDArray[np.int64]) -> dict[int, list[int]]:
    """Return, for each of the ``wanted`` places, those before it that have the most hashes of its own, most first."""
    values = np.frombuffer(b"".join(sketches), np.uint64)  # the hash of the whole among the others
    owner = np.repeat(np.arange(len(sketches)), [len(data) // 8 for data in sketches])
    some = _is_among(values, _once(np.concatenate([np.zeros(0, np.uint64), *(_numbers(sketches[p]) for p in wanted)])))
    values, owner = values[some], owner[some]
    order = np.argsort(values, kind="stable")
    values, owner = values[order], owner[order]
    found = {}
    for place in wanted.tolist():
        own = _numbers(sketches[place])
        bounds = zip(np.searchsorted(values, own, "left"), np.searchsorted(values, own, "right"), strict=True)
        holders = np.concatenate([owner[first:end] for first, end in bounds])
        others, counts = np.unique(holders[holders < place], return_counts=True)
        found[place] = others[np.argsort(-counts, kind="stable")[:_COMPARED]].tolist()
    return found


def _numbers(sketch: bytes) -> Sketch:
    return np.frombuffer(sketch, np.uint64)


def _is_among(values: Sketch, few: Sketch) -> npt.NDArray[np.bool_]:
    """Tell of each value whether it is among the ascending ``few``: ``numpy.isin`` would sort all of them."""
    if not len(few):
        return np.zeros(len(values), np.bool_)
    found: npt.NDArray[np.bool_] = few[np.minimum(np.searchsorted(few, values), len(few) - 1)] == values
    return found


def _sketched(connection: Connection, revision: int, data: bytes) -> _Sketched:
    query = "SELECT document_id, source, title FROM documents WHERE revision = ?"
    document_id, source, title = connection.execute(query, (revision,)).fetchone()
    return _Sketched(document_id, source, title, data[:8], np.frombuffer(data, np.uint64, offset=8))
