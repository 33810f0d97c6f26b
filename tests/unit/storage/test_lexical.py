import math
import os
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path

import pytest
from filelock import FileLock

from bot.language.folding import fold, terms
from bot.storage import lexical, manifest
from bot.storage.indexed import indexed_terms
from bot.storage.lexical import Addition, LexicalIndex
from bot.storage.store import StoredPassage
from bot.types import Passage, StoreError

TEXTS = {
    "a": ["猫在屋顶晒太阳", "狗在院子里睡觉", "猫和狗"],
    "b": ["太阳从东边升起", "版本 3.5 发布于 2020 年"],
    "c": ["The cat's roof", "猫猫猫"],
}


def addition(document_id: str, revision: int, texts: Sequence[str]) -> Addition:
    passages = [
        StoredPassage(revision * 100 + i, document_id, "s", f"标题{document_id}", Passage(i, 0, 0, ("第一章",), text))
        for i, text in enumerate(texts)
    ]
    return Addition(document_id, revision, passages)


def additions() -> list[Addition]:
    return [addition(name, revision, texts) for revision, (name, texts) in enumerate(TEXTS.items(), 1)]


def query(text: str) -> list[str]:
    return terms(fold(text))


def bm25(entries: dict[int, list[str]], weights: dict[str, float]) -> dict[int, float]:
    """Robertson's BM25 as Lucene and tantivy count it, k1 = 1.2, b = 0.75."""
    mean = sum(map(len, entries.values())) / len(entries)
    scores: dict[int, float] = {}
    for number, entry in entries.items():
        counts = Counter(entry)
        for term, weight in weights.items():
            frequency = sum(term in other for other in entries.values())
            idf = math.log(1 + (len(entries) - frequency + 0.5) / (frequency + 0.5))
            share = counts[term] / (counts[term] + 1.2 * (0.25 + 0.75 * len(entry) / mean))
            if counts[term]:
                scores[number] = scores.get(number, 0) + weight * idf * share * 2.2
    return dict(sorted(scores.items(), key=lambda item: (-item[1], item[0])))


def passage_entries() -> dict[int, list[str]]:
    return {
        stored.passage_id: indexed_terms(stored.title, stored.passage.section, stored.passage.text)
        for added in additions()
        for stored in added.passages
    }


@pytest.fixture
def index(tmp_path: Path) -> LexicalIndex:
    index = LexicalIndex.open(tmp_path / "lexical")
    index.update(7, [], additions())
    return index


def assert_same(found: dict[int, float], expected: dict[int, float]) -> None:
    assert [*found] == [*expected]
    assert [*found.values()] == pytest.approx([*expected.values()], rel=1e-4)


@pytest.mark.parametrize("text", ["猫", "太阳在屋顶", "第一章 狗", "3.5 2020", "CAT'S"])
def test_passages_score_as_the_formula_says(index: LexicalIndex, text: str) -> None:
    assert_same(index.search(query(text), 10), bm25(passage_entries(), dict(Counter(query(text)))))


def test_weights_scale_a_term(index: LexicalIndex) -> None:
    weights = {"猫": 0.5, "狗": 3.0}
    assert_same(index.search(weights, 10), bm25(passage_entries(), weights))
    assert index.search({"猫": 0.0}, 10) == {}


def test_whole_documents_score_as_the_formula_says(index: LexicalIndex) -> None:
    entries = {
        added.revision: [
            *query(added.passages[0].title),
            *(term for stored in added.passages for term in query(stored.passage.text)),
        ]
        for added in additions()
    }
    names = dict(zip(range(1, 4), TEXTS, strict=True))
    found = index.search_documents(query("猫太阳"), 10)
    assert_same(
        {"abc".index(name) + 1: score for name, score in found.items()}, bm25(entries, dict(Counter(query("猫太阳"))))
    )
    assert [*index.search_documents(query("猫"), 10, ["c", "b", "none"])] == [names[3]]


def test_a_scope_narrows_the_search_and_keeps_the_scores(index: LexicalIndex) -> None:
    everywhere = [*index.search(query("猫太阳"), 10).items()]
    narrow = index.search(query("猫太阳"), 10, ["b", "c"])
    assert [*narrow.items()] == [hit for hit in everywhere if hit[0] >= 200]
    assert index.search(query("猫太阳"), 10, []) == {}
    assert index.search(query("猫太阳"), 1) == dict(everywhere[:1])


def test_frequencies_are_those_of_passages(index: LexicalIndex) -> None:
    assert index.passages == 7
    assert [index.document_frequency(term) for term in ("猫", "猫和", "第一", "无")] == [3, 1, 7, 0]


def test_traditional_characters_and_width_make_no_difference(index: LexicalIndex) -> None:
    assert [*index.search(query("太陽從東邊升起"), 5).items()] == [*index.search(query("太阳从东边升起"), 5).items()]
    assert index.search(query("ＣＡＴ'Ｓ"), 5) == index.search(query("cat's"), 5) != {}


@pytest.mark.parametrize("text", ["", "AND OR NOT", '"猫" -狗 +"', "body:* [a TO b] (((", "\\ / ^ ~2 '", "\x00"])
def test_nothing_in_a_question_is_an_operator(index: LexicalIndex, text: str) -> None:
    assert_same(index.search(query(text), 10), bm25(passage_entries(), dict(Counter(query(text)))))


def test_long_terms_and_rare_characters(index: LexicalIndex) -> None:
    long, enormous = "x" * 10_000, "y" * 1_000_000
    index.update(8, [], [addition("d", 4, [f"{long} 𠮷野家 naïve", enormous])])
    for text in (long, "𠮷野", "naïve"):
        assert [*index.search(query(text), 5)] == [400]
    assert index.search(query(enormous), 5) == {}
    assert index.passages == 9


def test_removed_and_replaced_documents(index: LexicalIndex) -> None:
    index.update(8, ["b", "a"], [addition("a", 5, ["兔子"])])
    assert index.revisions == {"a": 5, "c": 3}
    assert index.generation == 8
    assert [*index.search(query("太阳"), 5)] == []
    assert [*index.search(query("兔子"), 5)] == [500]
    assert [*index.search_documents(query("标题"), 5)] == ["a", "c"]
    assert index.search(query("兔子"), 5, ["c"]) == {}


def test_reopened_it_answers_the_same(index: LexicalIndex, tmp_path: Path) -> None:
    again = LexicalIndex.open(tmp_path / "lexical")
    assert (again.generation, again.revisions) == (7, {"a": 1, "b": 2, "c": 3})
    assert [*again.search(query("猫太阳"), 10).items()] == [*index.search(query("猫太阳"), 10).items()]


def test_refresh_takes_up_what_another_wrote(index: LexicalIndex, tmp_path: Path) -> None:
    other = LexicalIndex.open(tmp_path / "lexical")
    other.update(8, ["a"], [])
    assert (index.generation, index.passages) == (7, 7)
    index.refresh()
    assert (index.generation, index.passages, index.revisions) == (8, 4, {"b": 2, "c": 3})


def test_many_small_updates_keep_one_whole_index(index: LexicalIndex, tmp_path: Path) -> None:
    for i in range(12):
        index.update(8 + i, [f"d{i - 2}"] if i > 1 else [], [addition(f"d{i}", 10 + i, ["松鼠"])])
    again = LexicalIndex.open(tmp_path / "lexical")
    assert again.generation == 19
    assert [*again.search(query("松鼠"), 30)] == [2000, 2100]
    assert len(list((tmp_path / "lexical").rglob("*.term"))) < 20


@pytest.mark.parametrize("late", [300_000, 7_000])
def test_small_updates_do_not_write_all_documents_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, late: int
) -> None:
    """The files of what was there before stay, and those of late documents once they are many."""
    monkeypatch.setattr("bot.storage.lexical._LATE", 1)
    index = LexicalIndex.open(tmp_path / "lexical")
    index.update(7, [], additions())
    monkeypatch.setattr("bot.storage.lexical._LATE", late)
    first = {path.name for path in (tmp_path / "lexical" / "documents").glob("*.idx")}
    held = {f"d{i}": addition(f"d{i}", 10 + i, ["松鼠在树上", f"第{i}棵"]) for i in range(40)}
    broken = "d3"
    asked: list[str] = []

    def again(document_id: str) -> Sequence[StoredPassage]:
        asked.append(document_id)
        if document_id == broken:
            raise StoreError("en", "zh")
        return held[document_id].passages

    for i in range(30):
        gone = [f"d{i - 7}"] if i > 6 and i % 3 == 0 else []
        index.update(8 + i, gone, [held[f"d{i}"]], again)
        for name in gone:
            del held[name]
        index = LexicalIndex.open(tmp_path / "lexical")
        assert index._parts[1].searcher().num_segments < 8
    left = [name for name in held if int(name[1:]) < 30]
    assert first < {path.name for path in (tmp_path / "lexical" / "documents").glob("*.idx")}
    assert broken in left and asked.count("d0") < 8 and "d20" in asked
    assert set(index.search_documents(query("松鼠"), 99)) == set(left)
    assert [*index.search_documents(query("第21棵"), 1)] == ["d21"]
    assert index._parts[1].searcher().num_docs == len(left) + 3


@pytest.fixture
def scattered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LexicalIndex:
    """Six segments of whole documents, none of which came late."""
    monkeypatch.setattr("bot.storage.lexical._FEW", 2)
    late = lexical._LATE
    monkeypatch.setattr("bot.storage.lexical._LATE", 1)
    index = LexicalIndex.open(tmp_path / "lexical")
    for i, text in enumerate(("猫在屋顶", "狗在院子", "松鼠在树上", "猫和松鼠", "太阳", "月亮和猫")):
        assert index.is_scattered == (i >= 5)
        index.update(1 + i, [], [addition(f"d{i}", 1 + i, [text])])
    monkeypatch.setattr("bot.storage.lexical._LATE", late)
    return index


def assert_nothing_is_left_beside(folder: Path) -> None:
    assert {path.name for path in folder.iterdir() if path.is_dir()} == {*manifest.PARTS, manifest.TEXTS}


def test_whole_documents_are_put_together_beside_those_who_search(scattered: LexicalIndex, tmp_path: Path) -> None:
    other = LexicalIndex.open(tmp_path / "lexical")
    before = scattered.search_documents(query("猫和松鼠"), 9)
    held: list[bool] = []

    @contextmanager
    def writing() -> Iterator[None]:
        held.append(scattered.search_documents(query("猫和松鼠"), 9) == before)
        yield

    scattered.gather(writing)
    assert held == [True] and not scattered.is_scattered
    for index in (scattered, LexicalIndex.open(tmp_path / "lexical"), other):
        index.refresh()
        # One document more or less counts a little: what made tantivy begin is gone, and still in the files.
        assert [*index.search_documents(query("猫和松鼠"), 9)] == [*before]
        assert (index.generation, index.passages, len(index.revisions)) == (6, 6, 6)
        assert index._parts[1].searcher().num_segments == 1 and index._parts[1].searcher().num_docs == 6
    scattered.update(7, ["d0"], [addition("d9", 9, ["松鼠"])])
    assert set(LexicalIndex.open(tmp_path / "lexical").search_documents(query("松鼠"), 9)) == {"d2", "d3", "d9"}
    assert {path.name for path in (tmp_path / "lexical").iterdir() if path.is_dir()} == {
        *manifest.PARTS,
        manifest.TEXTS,
    }


def test_what_changed_meanwhile_stays(scattered: LexicalIndex, tmp_path: Path) -> None:
    @contextmanager
    def writing() -> Iterator[None]:
        LexicalIndex.open(tmp_path / "lexical").update(7, ["d0"], [addition("d9", 9, ["松鼠"])])
        yield

    scattered.gather(writing)
    for index in (scattered, LexicalIndex.open(tmp_path / "lexical")):
        assert index.generation == 7
        assert set(index.search_documents(query("松鼠"), 9)) == {"d2", "d3", "d9"}
    assert {path.name for path in (tmp_path / "lexical").iterdir() if path.is_dir()} == {
        *manifest.PARTS,
        manifest.TEXTS,
    }
    with FileLock(tmp_path / "lexical" / ".gathered.lock"):
        scattered.gather(lambda: pytest.fail("another process does it"))
    scattered.gather(nullcontext)
    assert scattered._parts[1].searcher().num_segments == 1


def test_where_the_files_are_gone_nothing_is_put_together(scattered: LexicalIndex, tmp_path: Path) -> None:
    for path in (tmp_path / "lexical" / "documents").glob("*.idx"):
        path.unlink()
    scattered.gather(lambda: pytest.fail("there is nothing to take up"))
    assert {path.name for path in (tmp_path / "lexical").iterdir() if path.is_dir()} == {
        *manifest.PARTS,
        manifest.TEXTS,
    }
    (tmp_path / "lexical" / "documents" / "meta.json").unlink()
    assert not scattered.is_scattered


def assert_empty_then_rebuilt(folder: Path) -> None:
    index = LexicalIndex.open(folder)
    assert (index.generation, index.revisions, index.passages) == (0, {}, 0)
    assert index.search(query("猫"), 5) == {}
    index.update(9, [], additions())
    assert_same(LexicalIndex.open(folder).search(query("猫"), 10), bm25(passage_entries(), {"猫": 1}))


def test_a_damaged_or_missing_file_is_noticed(index: LexicalIndex, tmp_path: Path) -> None:
    names = [f.relative_to(tmp_path / "lexical") for f in (tmp_path / "lexical").rglob("*") if f.is_file()]
    checked = [name for name in names if not name.name.startswith(".")]
    assert len(checked) > 10
    for name in checked:
        content = (tmp_path / "lexical" / name).read_bytes()
        damages: list[bytes | None] = [None, content[:-1], b""]
        damages += [
            content[:i] + bytes([content[i] ^ 16]) + content[i + 1 :] for i in (0, len(content) // 2, -1 % len(content))
        ]
        for damage in damages:
            copy = tmp_path / "copy"
            shutil.copytree(tmp_path / "lexical", copy)
            if damage is None:
                (copy / name).unlink()
            else:
                (copy / name).write_bytes(damage)
            broken = LexicalIndex.open(copy)
            assert (broken.generation, broken.passages) == (0, 0), name
            shutil.rmtree(copy)
    (tmp_path / "lexical" / checked[0]).unlink()
    assert_empty_then_rebuilt(tmp_path / "lexical")


def test_files_without_their_manifest_are_not_trusted(index: LexicalIndex, tmp_path: Path) -> None:
    manifest = tmp_path / "lexical" / "manifest.json"
    before = manifest.read_bytes()
    index.update(8, [], [addition("d", 4, ["松鼠"])])
    manifest.write_bytes(before)
    assert_empty_then_rebuilt(tmp_path / "lexical")
    manifest.unlink()
    assert_empty_then_rebuilt(tmp_path / "lexical")


def test_an_error_while_adding_leaves_it_as_it_was(index: LexicalIndex, tmp_path: Path) -> None:
    def failing() -> Iterator[Addition]:
        yield addition("d", 4, ["松鼠"])
        raise StoreError("en", "zh")

    with pytest.raises(StoreError):
        index.update(8, ["a"], failing())
    for one in (index, LexicalIndex.open(tmp_path / "lexical")):
        assert (one.generation, one.passages, one.search(query("松鼠"), 5)) == (7, 7, {})
    index.update(8, [], [addition("d", 4, ["松鼠"])])
    assert [*index.search(query("松鼠"), 5)] == [400]


def test_what_was_begun_counts_from_the_update_on(index: LexicalIndex, tmp_path: Path) -> None:
    index.begin([addition("a", 5, ["兔子"]), addition("d", 6, ["松鼠"])])
    index.begin([addition("d", 7, ["兔子和松鼠"]), addition("e", 8, ["松鼠"])])
    assert (index.generation, index.passages, index.search(query("松鼠"), 5)) == (7, 7, {})
    assert LexicalIndex.open(tmp_path / "lexical").revisions == {"a": 1, "b": 2, "c": 3}
    assert index.revisions == {"a": 5, "b": 2, "c": 3, "d": 7, "e": 8}
    index.update(8, ["e", "b"], [addition("f", 9, ["松鼠"])])
    for one in (index, LexicalIndex.open(tmp_path / "lexical")):
        assert (one.generation, one.revisions) == (8, {"a": 5, "c": 3, "d": 7, "f": 9})
        assert set(one.search(query("松鼠"), 9)) == {700, 900}
        assert set(one.search(query("兔子"), 9)) == {500, 700}
        assert set(one.search(query("猫"), 9)) == {301}
        assert one.search(query("狗"), 9) == {}


def test_what_was_let_go_leaves_it_as_it_was(index: LexicalIndex, tmp_path: Path) -> None:
    index.let_go()
    index.begin([addition("a", 5, ["松鼠"])])
    index.let_go()
    for one in (index, LexicalIndex.open(tmp_path / "lexical")):
        assert (one.generation, one.revisions, one.passages) == (7, {"a": 1, "b": 2, "c": 3}, 7)
    index.update(8, ["b"], [addition("d", 6, ["松鼠"])])
    for one in (index, LexicalIndex.open(tmp_path / "lexical")):
        assert [*one.search(query("松鼠"), 5)] == [600]
        assert (one.revisions, one.passages) == ({"a": 1, "c": 3, "d": 6}, 6)


def test_an_error_while_beginning_lets_all_go(index: LexicalIndex) -> None:
    def failing() -> Iterator[Addition]:
        yield addition("e", 6, ["松鼠"])
        raise StoreError("en", "zh")

    index.begin([addition("d", 5, ["松鼠"])])
    with pytest.raises(StoreError):
        index.begin(failing())
    assert index.revisions == {"a": 1, "b": 2, "c": 3}
    index.update(8, [], [addition("f", 7, ["松鼠"])])
    assert [*index.search(query("松鼠"), 5)] == [700]


def test_what_was_begun_is_not_held_in_memory_alone(index: LexicalIndex) -> None:
    index.begin([addition("d", 5, ["松鼠"])])
    index.hold(8, [addition("e", 6, ["松鼠"])])
    assert [*index.search(query("松鼠"), 5)] == [600]
    index.update(9, [], additions())
    assert (index.revisions, index.search(query("松鼠"), 5)) == ({"a": 1, "b": 2, "c": 3}, {})


KILLED = """
import os, signal, sys
from pathlib import Path
from bot.storage.lexical import Addition, LexicalIndex
from bot.storage import lexical, manifest
from bot.storage.store import StoredPassage
from bot.types import Passage

def additions():
    yield Addition("d", 4, [StoredPassage(400, "d", "s", "t", Passage(0, 0, 0, (), "x"))])
    os.kill(os.getpid(), signal.SIGKILL)

LexicalIndex.open(Path(sys.argv[1])).update(8, ["a"], additions())
"""


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
def test_a_killed_update_leaves_it_as_it_was(index: LexicalIndex, tmp_path: Path) -> None:
    killed = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path / "lexical")], check=False)
    assert killed.returncode == -signal.SIGKILL
    again = LexicalIndex.open(tmp_path / "lexical")
    assert (again.generation, again.passages) == (7, 7)
    again.update(8, ["a"], [])
    assert again.passages == 4


def test_a_folder_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="cannot be written"):
        LexicalIndex.open(tmp_path / "file" / "lexical").update(1, [], additions())


def test_a_term_of_very_many_passages_is_left_out_where_another_tells_more(
    index: LexicalIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, cats, suns = (index.search(query(text), 10) for text in ("猫太阳", "猫", "太阳"))
    assert set(whole) == set(cats) | set(suns)
    monkeypatch.setattr("bot.storage.lexical._TELLING", 2)
    assert index.document_frequency("猫") == 3 and index.document_frequency("太阳") == 2
    assert_same(index.search(query("猫太阳"), 10), suns)
    assert_same(index.search(query("猫"), 10), cats)
    assert set(index.search(query("猫太阳"), 10, ["a", "c"])) == {100, 102, 301}
