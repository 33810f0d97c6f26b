import math

import pytest

from bot.retrieval.rarity import background, rarities

TERMS = ["的", "图书", "滞纳", "龘", "tidb", "从未见过的词"]


@pytest.mark.parametrize("passages", [0, 1, 7, 325_000])
def test_a_weight_is_the_mean_of_both_rarities(passages: int) -> None:
    counts = {"的": passages, "图书": passages // 2, "龘": 1}
    for term, weight in rarities(TERMS, lambda term: counts.get(term, 0), passages).items():
        here = 1 - math.log(1 + min(counts.get(term, 0), passages)) / math.log(2 + passages)
        assert weight == pytest.approx((here + background(term)) / 2)


@pytest.mark.parametrize("frequency", [0, 1, 10, 10**9])
@pytest.mark.parametrize("passages", [0, 1, 10])
def test_weights_stay_between_0_and_1(frequency: int, passages: int) -> None:
    weights = rarities(TERMS, lambda term: frequency, passages)
    assert list(weights) == TERMS
    assert all(0 <= weight <= 1 for weight in weights.values())


def test_what_stands_in_more_passages_says_less() -> None:
    weights = [rarities(["图书"], lambda term: n, 100)["图书"] for n in range(101)]  # noqa: B023
    assert weights == sorted(set(weights), reverse=True)


def test_the_background_knows_common_from_rare() -> None:
    assert background("从未见过的词") == 1
    assert 0 <= background("的") < background("图书") < background("龘") <= 1


def test_no_terms_no_weights() -> None:
    assert rarities([], lambda term: 0, 5) == {}
