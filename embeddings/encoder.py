"""The contract that every encoder keeps, and how one is loaded by name."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]

BUILTIN = "builtin"
BUILTIN_FOLDER = Path(__file__).parent / "models" / "youju-static-zh"


class EncoderLoadError(Exception):
    """An encoder cannot be loaded; says what is wrong and what to do next, in both languages."""

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.en = en
        self.zh = zh


class Encoder(Protocol):
    """Text to unit vectors; the inner product of two is their cosine."""

    @property
    def name(self) -> str:
        """Identifies the vectors: stored ones are used again only under the same name."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        """Encode questions: ``(len(texts), dimension)`` float32, each row of unit length."""

    def encode_document(self, texts: Sequence[str]) -> Vectors:
        """Encode passages: ``(len(texts), dimension)`` float32, each row of unit length."""


def load_encoder(name: str) -> Encoder:
    """Load ``'builtin'``, a model folder, or a model of the hub by its name.

    The module of the chosen kind is imported here, so that the built-in encoder never pays for torch.
    Raises EncoderLoadError where there is no such model or it cannot be had.
    """
    if name == BUILTIN:
        from embeddings.static import StaticEncoder

        return StaticEncoder.load(BUILTIN_FOLDER)
    from embeddings.transformer import TransformerEncoder

    return TransformerEncoder.load(name)
