"""Vectors that were begun before they are asked for are the encoder's own, as the store keeps them."""

from collections.abc import Sequence

import numpy as np
import pytest

from bot.storage.ahead import _BATCH, _FEWEST, Ahead
from embeddings.contract import Vectors
from embeddings.loading import BUILTIN_FOLDER
from embeddings.static import StaticEncoder

TEXTS = [f"办法\n第{number % 40}章\n第{number}号仓库存放沙袋{number * 7}个。" for number in range(_BATCH + _FEWEST)]


class Counting(StaticEncoder):
    """The built-in encoder; it counts the texts that it is given."""

    count = 0

    def encode_document(self, texts: Sequence[str]) -> Vectors:
        self.count += len(texts)
        return super().encode_document(texts)


@pytest.fixture
def encoder() -> Counting:
    given = StaticEncoder.load(BUILTIN_FOLDER)
    return Counting(given._tokenizer, given._table, given._unknown, given.name)


def halves(vectors: Vectors) -> list[list[float]]:
    found: list[list[float]] = vectors.astype(np.float16).tolist()
    return found


def test_what_was_begun_is_made_once_and_is_the_same(encoder: Counting) -> None:
    expected = halves(encoder.encode_document(TEXTS))
    encoder.count = 0
    with Ahead(encoder) as ahead:
        ahead.begin(TEXTS)
        across = slice(_BATCH - 10, _BATCH + 10)
        assert halves(ahead.encode_document(TEXTS[across])) == expected[across]
        assert halves(ahead.encode_document(TEXTS[::-1])) == expected[::-1]
        assert halves(ahead.encode_document(TEXTS[::3])) == expected[::3]
        assert encoder.count == len(TEXTS)


def test_what_was_not_begun_is_made_when_it_is_asked_for(encoder: Counting) -> None:
    with Ahead(encoder) as ahead:
        ahead.begin(TEXTS[: _FEWEST - 1])  # too few to begin with
        assert encoder.count == 0
        ahead.begin(TEXTS[:_FEWEST])
        assert halves(ahead.encode_document(["别的", TEXTS[0]])) == halves(encoder.encode_document(["别的", TEXTS[0]]))
        assert ahead.encode_document([]).shape == (0, encoder.dimension)
        ahead.encode_document(TEXTS[:_FEWEST])
    begun = encoder.count
    ahead.encode_document(TEXTS[:3])
    assert encoder.count == begun + 3
