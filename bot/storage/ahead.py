"""Vectors of passages that are still being written, made meanwhile in a thread of their own."""

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self

import numpy as np
import numpy.typing as npt

from embeddings.contract import Encoder, Vectors
from embeddings.static import StaticEncoder

_BATCH = 4096
_FEWEST, _MOST = 512, 1 << 17
"""Texts for which a thread is worth while, and those whose vectors are held: 64 MB."""
_Halves = npt.NDArray[np.float16]


class Ahead:
    """An encoder of passages that may have begun before it is asked; what it makes are the encoder's own vectors.

    What was begun is held until the end of the block. With the built-in encoder alone something is begun: another may
    take minutes for a batch, and nobody could stop it.
    """

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self.name = encoder.name
        self.dimension = encoder.dimension
        self.encode_query = encoder.encode_query
        self._begun: dict[str, tuple[Future[_Halves], int]] = {}
        self._thread = ThreadPoolExecutor(1, "ahead")

    def begin(self, texts: Sequence[str]) -> None:
        """Begin with texts that are to be asked for soon."""
        if not self.is_fast or len(texts) < _FEWEST:
            return
        for start in range(0, min(len(texts), _MOST - len(self._begun)), _BATCH):
            some = texts[start : start + _BATCH]
            made = self._thread.submit(self._halves, some)
            self._begun.update((text, (made, row)) for row, text in enumerate(some))

    @property
    def is_fast(self) -> bool:
        """Whether it makes vectors as fast as documents are written."""
        return isinstance(self._encoder, StaticEncoder)

    def forget(self, texts: Sequence[str]) -> None:
        """Forget texts that are not asked for any more."""
        for text in texts:
            self._begun.pop(text, None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Forget what was begun, and leave what was not."""
        for made, _ in self._begun.values():
            made.cancel()
        self._begun = {}

    def encode_document(self, texts: Sequence[str]) -> Vectors:
        """Encode passages: ``(len(texts), dimension)`` float32, rows of unit length, of float16's precision."""
        begun = [self._begun[text] for text in texts if text in self._begun]
        if len(begun) < len(texts) or not texts:
            return self._encoder.encode_document(texts)
        batches = list(dict.fromkeys(made for made, _ in begun))
        whole = np.concatenate([made.result() for made in batches])
        firsts = dict(zip(batches, np.cumsum([0, *(len(made.result()) for made in batches)]).tolist(), strict=False))
        return whole[[firsts[made] + row for made, row in begun]].astype(np.float32)

    def _halves(self, texts: Sequence[str]) -> _Halves:
        return self._encoder.encode_document(texts).astype(np.float16)
