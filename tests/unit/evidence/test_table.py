"""What stands in which of many texts, against plain loops."""

from random import Random

import pytest

from bot.evidence.table import Letters

ALPHABET = "甲乙丙ab🙂"


def made_up(random: Random, longest: int) -> str:
    return "".join(random.choices(ALPHABET, k=random.randint(0, longest)))


@pytest.mark.parametrize("seed", range(8))
def test_everything_is_what_loops_say(seed: int) -> None:
    random = Random(seed)
    texts = [made_up(random, 12) for _ in range(30)]
    letters = Letters.of(texts)
    assert len(letters) == 30 and letters.lengths.tolist() == [len(text) for text in texts]
    needles = [needle for needle in (made_up(random, 4) for _ in range(40)) if needle]
    assert letters.presence(needles).tolist() == [[needle in text for needle in needles] for text in texts]
    chars = set(random.sample(ALPHABET, 3))
    assert letters.number_besides(chars).tolist() == [sum(char not in chars for char in text) for text in texts]
    assert letters.last_is("甲🙂").tolist() == [text.endswith(("甲", "🙂")) for text in texts]
    for _ in range(20):
        whole, before = made_up(random, 7), random.choice(ALPHABET)
        ends = [whole[-n:] for n in range(len(whole), 1, -1)]
        beginnings = [whole[:n] for n in range(len(whole), 1, -1)]
        assert letters.longest_end(whole).tolist() == [longest(ends, text) for text in texts]
        assert letters.longest_beginning(whole).tolist() == [longest(beginnings, text) for text in texts]
        turned = [before + end for end in ends]
        assert letters.longest_end(whole, before).tolist() == [longest(turned, text) for text in texts]


def longest(parts: list[str], text: str) -> int:
    return max((len(part) for part in parts if part in text), default=0)


def test_nothing_stands_across_two_texts() -> None:
    letters = Letters.of(["甲乙", "", "丙", "乙"])
    assert not letters.presence(["乙丙", "\0", "乙\0", "丙\0乙", "甲乙丙丁甲乙丙丁"]).any()
    assert letters.last_is("丙").tolist() == [0, 0, 1, 0]
    assert letters.holding([1, 4]).tolist() == [1, 0, 1, 0]
    assert letters.holding([]).tolist() == [0, 0, 0, 0]


def test_of_no_text_there_is_nothing() -> None:
    none = Letters.of([])
    assert len(none) == 0 and none.presence(["甲"]).shape == (0, 1)
    assert none.longest_end("甲乙").shape == none.longest_beginning("甲乙").shape == none.last_is("甲").shape == (0,)
