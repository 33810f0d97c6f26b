import numpy as np
import pytest

from bot.documents.passages import split_sentences
from bot.documents.sentences import PARTING, Sentences, compared, parts_of, places
from bot.language.folding import fold_plain
from embeddings.static import StaticEncoder

TEXTS = [
    "第一条　办理《住房補貼》的，应当：（一）提交申请；（二）审核。逾期不予受理！",
    "ＡＢＣ Company's fee is 3.5%. Call us!\nThen wait.",
    "上一行没有写完，\n  下一行接着写。\u200b看不见的\u00ad字也一样。",
    "😀𠮷野家。",
    "坏的\0字符。",
    "",
    "没有句号",
]


def plainly(text: str) -> list[str]:
    return [fold_plain(text[start:end].replace(PARTING, " ")) for start, end in split_sentences(text, 0, len(text))]


def arrays(found: Sentences) -> list[list[int]]:
    return [a.tolist() for a in (found.counts, found.starts, found.ends, found.sizes, found.tokens)]


def test_sentences_stand_where_they_are_split_and_read_as_they_are_compared(builtin: StaticEncoder) -> None:
    found = Sentences.of(TEXTS, builtin.tokens)
    spans = [split_sentences(text, 0, len(text)) for text in TEXTS]
    assert found.counts.tolist() == [len(own) for own in spans]
    assert list(zip(found.starts.tolist(), found.ends.tolist(), strict=True)) == [s for own in spans for s in own]
    said = [sentence for text in TEXTS for sentence in plainly(text)]
    assert parts_of(compared(TEXTS, found.counts, found.starts, found.ends)) == said
    tokens = builtin.tokenize(said)
    assert found.sizes.tolist() == [len(ids) for ids in tokens]
    assert found.tokens.tolist() == np.concatenate(tokens).tolist()
    assert all(getattr(found, name).dtype == np.int32 for name in ("counts", "starts", "ends", "sizes", "tokens"))


@pytest.mark.parametrize("order", [[], [5], [3, 1], [6, 5, 4, 3, 2, 1, 0], [0, 0, 2]])
def test_some_of_them_in_another_order_are_the_same(builtin: StaticEncoder, order: list[int]) -> None:
    taken = Sentences.of(TEXTS, builtin.tokens).take(np.array(order, np.int64))
    assert arrays(taken) == arrays(Sentences.of([TEXTS[place] for place in order], builtin.tokens))


def test_several_in_a_row_are_those_of_all(builtin: StaticEncoder) -> None:
    parts = [Sentences.of(some, builtin.tokens) for some in (TEXTS[:2], [], TEXTS[2:])]
    assert arrays(Sentences.joined(parts)) == arrays(Sentences.of(TEXTS, builtin.tokens))


def test_places_are_those_of_the_runs() -> None:
    assert places(np.array([7, 3, 0]), np.array([2, 0, 3])).tolist() == [7, 8, 0, 1, 2]
