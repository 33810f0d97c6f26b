"""Tokens piece by piece: the very same as the tokenizer's own of the whole text."""

from random import Random

import numpy as np
import pytest

from embeddings.loading import BUILTIN_FOLDER
from embeddings.pieces import PieceTokens
from embeddings.static import StaticEncoder

TEXTS = [
    "2020年疫情期间小微企业贷款利息有没有补贴？",
    "臺灣的總統府位於哪裡？ＡＢＣ１２３，３．５％",
    "What is the maximum transaction size of a TiDB cluster? 5 GB/s, naïve café",
    "龘靐齉爨麤，未知的字夹在中间",
    "",
    "。，！？",
    "か゚が゙ é ㎡ ﬁ Ⅳ 々〇 한국어 👍🏽",
    "第一章\n总则\r\n第二条　为了",
    "好",
]


@pytest.fixture(scope="module")
def encoder() -> StaticEncoder:
    return StaticEncoder.load(BUILTIN_FOLDER)


@pytest.fixture
def pieces(encoder: StaticEncoder) -> PieceTokens:
    return PieceTokens(encoder.token_ids, encoder._tokenizer.normalizer.normalize_str, encoder.words)


def check(pieces: PieceTokens, encoder: StaticEncoder, texts: list[str]) -> None:
    flat, counts = pieces.tokens(texts)
    found = np.split(flat, np.cumsum(counts)[:-1])
    assert len(counts) == len(texts)
    for text, ids, expected in zip(texts, found, encoder.tokenize(texts), strict=True):
        assert ids.tolist() == expected.tolist(), text


def test_tokens_are_those_of_the_whole_texts(pieces: PieceTokens, encoder: StaticEncoder) -> None:
    check(pieces, encoder, TEXTS)
    check(pieces, encoder, ["".join(TEXTS), *TEXTS, "\n".join(reversed(TEXTS))])  # what is remembered serves again


def test_any_characters_side_by_side(pieces: PieceTokens, encoder: StaticEncoder) -> None:
    random = Random(7)
    marks = "，。、；：“”（）《》…—·　\n\t｜～々〇é̀ãß\u200d\ufe0f"
    words = [*encoder.words[:4000], *map(chr, range(32, 127)), *marks]
    check(pieces, encoder, ["".join(random.choices(words, k=random.randint(0, 30))) for _ in range(2000)])


@pytest.mark.parametrize("texts", [[], [""], ["", ""], ["。"], ["", "好"], ["好", ""]])
def test_nothing_and_next_to_nothing(pieces: PieceTokens, encoder: StaticEncoder, texts: list[str]) -> None:
    flat, counts = pieces.tokens(texts)
    expected = encoder.tokenize(texts)
    assert counts.tolist() == [len(ids) for ids in expected]
    assert flat.tolist() == [number for ids in expected for number in ids.tolist()]
