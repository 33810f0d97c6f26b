"""Counts by the index of places against those of reading every text."""

from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest

from bot.documents.parser import parse
from bot.storage.grams import Segment
from bot.storage.positions import Filling, Positions
from bot.structure.counting import Texts
from bot.structure.occurrences import occurrences
from bot.types import Document, QuestionError, Text
from tests.unit.structure.test_occurrences import ALPHABET

# Beside what folds alike: line ends within and between paragraphs, and what is not seen.
SIGNS = ALPHABET + "\n\n\t\r\u200b\xad\ufeff\u3000\xa0\u2028" + "国家 关税ab" * 3
WORDS = (
    "国家",
    "國家",
    "关税",
    "關稅",
    "的",
    "人民代表大会",
    "New York",
    "tax",
    "ＴＡＸ",
    "3.5%",
    "。",
    "第三条",
    "人人",
)


def made(seed: int) -> list[str]:
    """Texts of signs, of words, and of words in wrapped lines, some with marks that are not seen."""
    chosen = Random(seed)
    signs = ["".join(chosen.choices(SIGNS, k=chosen.randrange(0, 300))) for _ in range(8)]
    words = ["".join(chosen.choices((*WORDS, " ", "\n", "\n\n"), k=chosen.randrange(1, 120))) for _ in range(8)]
    wrapped = []
    for text in words[:4]:
        cuts = sorted(chosen.sample(range(len(text) + 1), min(len(text), 6)))
        between = chosen.choices(("\n", "\n  ", " \n", "\u200b", "\xad\n", "\n\u200b"), k=len(cuts))
        pieces = [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]
        wrapped.append("".join(piece + sign for piece, sign in zip(pieces, [*between, ""], strict=True)))
    return signs + words + wrapped


def wanted(seed: int, texts: Sequence[str]) -> list[str]:
    """Terms of one character and of many, cut out of the texts, and of what stands in none."""
    chosen = Random(seed + 1000)
    terms = [*WORDS, "".join(chosen.choices(SIGNS.strip(), k=2)), "人人人", " a", "a ", "a  b", "\n", "国\n家"]
    for text in filter(None, chosen.choices(texts, k=20)):
        start = chosen.randrange(len(text))
        terms.append(text[start : start + chosen.choice((1, 1, 2, 3, 5, 9))])
    return terms


def assert_same(found: Texts, given: Sequence[Text], terms: Sequence[str], documents: dict[str, Document]) -> None:
    also = dict.fromkeys(terms[::9], ("国家", "tax"))

    def others(term: str) -> Sequence[str]:
        return also.get(term, ())

    for limit in (3, 10_000):
        exact = occurrences(terms, given, limit, others, documents.__getitem__)
        # Each by itself: of several, one that no index has lets all texts be read.
        alone = [found.occurrences([term], limit, others, documents.__getitem__)[0] for term in terms]
        assert alone == exact


@pytest.mark.parametrize("seed", range(24))
def test_counts_and_places_are_those_of_reading_everything(seed: int, tmp_path: Path) -> None:
    chosen = Random(seed)
    documents = {f"d{n}": parse(f"{n:02}.txt", text.encode()) for n, text in enumerate(made(seed))}
    given = [Text(name, document.source, document.text) for name, document in documents.items()]
    listed = [(text.document_id, 100 + 7 * n, text.source) for n, text in enumerate(given)]
    terms = wanted(seed, [text.text for text in given])
    reads: list[str] = []

    def read(ids: Sequence[str]) -> list[Text]:
        reads.extend(ids)
        return [text for text in given if text.document_id in ids]

    positions, written = Positions(), [(row[1], text.text) for row, text in zip(listed, given, strict=True)]
    chosen.shuffle(written)
    while written:  # a few at a time, one of them removed again: files are taken up by others
        taking = Filling(positions, tmp_path)
        for revision, text in [*written[:3], (1000 + len(written), "国家关税tax" * 9)]:
            taking.add(revision, text)
        written = written[3:]
        positions = taking.finish({revision for _, revision, _ in listed} | {1000})
    assert_same(Texts(listed, read, positions), given, terms, documents)
    again = Positions.open(tmp_path, positions.names)
    scope = sorted(chosen.sample(range(len(listed)), 5))
    assert_same(Texts([listed[n] for n in scope], read, again), [given[n] for n in scope], terms, documents)
    assert_same(Texts(listed, read), given, terms, documents)
    known = Texts(listed, read, again)
    reads.clear()
    assert known.languages() == Texts(listed, read).languages()
    assert known.occurrences(["碳排放权"])[0].total == 0
    assert len(reads) == len(given)  # those of the one that knows nothing


def test_a_text_without_line_ends_in_a_term_is_not_read() -> None:
    texts = [(1, "国家关税。\n国家税务，关税。"), (2, "人人人人"), (3, "")]
    positions = Positions((("", Segment.of(texts)),))

    def read(ids: Sequence[str]) -> list[Text]:
        raise AssertionError(ids)

    found = Texts([("a", 1, "a"), ("b", 2, "b"), ("c", 3, "c")], read, positions)
    counted = [
        (one.total, len(one.documents)) for one in found.occurrences(["关税", "國家", "人人", "家", "税务关", "x"])
    ]
    assert counted == [(2, 1), (2, 1), (2, 1), (2, 1), (0, 0), (0, 0)]
    with pytest.raises(QuestionError, match="no term"):
        Texts([], lambda ids: [], positions).occurrences([""])


def test_removed_documents_leave_the_files_when_they_are_most_of_one(tmp_path: Path) -> None:
    filling = Filling(Positions(), tmp_path)
    for revision in range(10):
        filling.add(revision, f"第{revision}号文件，国家")
    positions = filling.finish(range(10))
    kept = Filling(positions, tmp_path).finish([0, 1, 2, 3, 4, 5, 6])
    assert kept.names == positions.names
    left = Filling(kept, tmp_path).finish([3])
    assert left.names != kept.names
    assert left.find("国家").revisions.tolist() == [3]
    assert left.find("第3号").starts.tolist() == [0]
    assert Filling(left, tmp_path).finish([]).segments == ()
