"""The contract that every encoder keeps."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]


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
