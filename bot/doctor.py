"""What Youju stands on, looked at piece by piece: versions, home folder, database, documents, indexes, encoder."""

import sys
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryFile

from bot.storage.bilingual import BilingualIndex
from bot.storage.indexes import Indexes
from bot.storage.store import Store
from bot.types import Check, StoreError
from embeddings.contract import Encoder

_PACKAGES = ("faiss-cpu", "tantivy", "sentence-transformers", "torch", "gradio", "fastapi")
_RESTORE = "Bring back a backup: python -m bot restore FILE --force"


def checks(
    home: Path, store: Store, indexes: Indexes, encoder: Encoder, bilingual: BilingualIndex | None
) -> Iterator[Check]:
    """Yield a check for each piece, in the order in which they stand on one another."""
    versions = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    yield Check("versions", True, f"Python {sys.version.split()[0]}, {versions}")
    yield _home(home)
    yield _check("database", store.faults, "sound", f"; {_RESTORE}, or move the home away and add the documents again.")
    yield _check(
        "store", store.damaged, f"{_count(store)} documents",
        ": damaged. Remove each and add its file again (python -m bot remove ID; list tells the ids).",
    )  # fmt: skip
    yield _check("other records", store.damaged_others, "sound", "")
    yield from _guarded("lexical index", indexes.check)
    yield Check("encoder", True, f"{encoder.name}, {encoder.dimension} dimensions")
    if bilingual is not None:
        yield from _guarded("across languages", lambda: iter([_across(bilingual)]))


def _home(home: Path) -> Check:
    try:
        with TemporaryFile(dir=home):
            return Check("home", True, f"{home} can be written")
    except OSError as error:
        return Check("home", False, f"{home} cannot be written: {error.strerror}")


def _check(name: str, find: Callable[[], list[str]], sound: str, mend: str) -> Check:
    try:
        found = find()
    except StoreError as error:
        found = [error.en]
    return Check(name, not found, ", ".join(found) + mend if found else sound)


def _count(store: Store) -> str:
    try:
        return str(len(store.documents()))
    except StoreError:
        return "unknown"


def _guarded(name: str, find: Callable[[], Iterator[Check]]) -> Iterator[Check]:
    """Yield checks; where the database is too damaged for them, that is the last."""
    try:
        yield from find()
    except StoreError as error:
        yield Check(name, False, error.en)


def _across(bilingual: BilingualIndex) -> Check:
    made = bilingual.made
    still = "" if made.done == made.total else "; the rest is made while the server runs"
    return Check("across languages", True, f"{made.done} of {made.total} passages{still}")
