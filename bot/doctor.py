"""What Youju stands on, looked at piece by piece: versions, home folder, documents, indexes, encoder."""

import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryFile

from bot.storage.bilingual import BilingualIndex
from bot.storage.indexes import Indexes
from bot.storage.store import Store
from bot.types import Check
from embeddings.contract import Encoder

_PACKAGES = ("faiss-cpu", "tantivy", "model2vec", "sentence-transformers", "torch", "gradio", "fastapi")


def checks(
    home: Path, store: Store, indexes: Indexes, encoder: Encoder, bilingual: BilingualIndex | None
) -> Iterator[Check]:
    """Yield a check for each piece, in the order in which they stand on one another."""
    versions = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    yield Check("versions", True, f"Python {sys.version.split()[0]}, {versions}")
    yield _home(home)
    damaged = store.damaged()
    yield Check("store", not damaged, ", ".join(damaged) or f"{len(store.documents())} documents")
    yield from indexes.check()
    yield Check("encoder", True, f"{encoder.name}, {encoder.dimension} dimensions")
    if bilingual is not None:
        made = bilingual.made
        still = "" if made.done == made.total else "; the rest is made while the server runs"
        yield Check("across languages", True, f"{made.done} of {made.total} passages{still}")


def _home(home: Path) -> Check:
    try:
        with TemporaryFile(dir=home):
            return Check("home", True, f"{home} can be written")
    except OSError as error:
        return Check("home", False, f"{home} cannot be written: {error.strerror}")
