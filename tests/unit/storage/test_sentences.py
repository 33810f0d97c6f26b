"""Sentences of passages: what the files say is what splitting and tokenising say, whatever happened to them."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from bot.documents.parser import parse
from bot.documents.passages import split_passages
from bot.documents.sentences import Numbers, Places, Sentences
from bot.storage.home import SENTENCES
from bot.storage.records import PutItem
from bot.storage.sentences import SentenceIndex
from bot.storage.store import Store
from embeddings.static import StaticEncoder

Open = Callable[[], SentenceIndex]


class Counting:
    """Tokenises; counts the texts."""

    def __init__(self, words: StaticEncoder) -> None:
        self._words = words
        self.read = 0

    def __call__(self, texts: Sequence[str]) -> tuple[Numbers, Places]:
        self.read += len(texts)
        return self._words.tokens(texts)


@pytest.fixture
def counting(builtin: StaticEncoder) -> Counting:
    return Counting(builtin)


@pytest.fixture
def opened(store: Store, tmp_path: Path, counting: Counting, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    for name, value in (("_FEWEST", 3), ("_BATCH", 2), ("_FILE", 5)):
        monkeypatch.setattr(f"bot.storage.sentences.{name}", value)
    made: list[SentenceIndex] = []

    def open_index() -> SentenceIndex:
        made.append(SentenceIndex(tmp_path / "home", store, counting, "words", nullcontext))
        return made[-1]

    (tmp_path / "home").mkdir(exist_ok=True)
    yield open_index
    for index in made:
        index.stop()


def add(store: Store, name: str, lines: int) -> None:
    text = "\n".join(f"{name}{n}号仓库每天{n}点开门。周{n % 7}不开门；The fee is {n}%." for n in range(lines))
    document = parse(f"{name}.txt", text.encode(), name)
    store.put_many([PutItem(document, split_passages(document), "")])


def follow(index: SentenceIndex) -> None:
    index.start()
    index.wait()


def as_lists(found: Sentences) -> list[Any]:
    return [array.tolist() for array in (found.counts, found.starts, found.ends, found.sizes, found.tokens)]


def assert_right(index: SentenceIndex, store: Store, builtin: StaticEncoder) -> None:
    ids = store.passage_ids()[::-1]
    stored = store.passages([*ids[::2], *ids[1::2]])
    assert as_lists(index.of(stored)) == as_lists(Sentences.of([s.passage.text for s in stored], builtin.tokens))
    assert as_lists(index.of([])) == [[], [], [], [], []]


def test_few_passages_have_no_file(opened: Open, store: Store, builtin: StaticEncoder, tmp_path: Path) -> None:
    add(store, "a", 2)
    index = opened()
    follow(index)
    assert len(index) == 0 and not (tmp_path / "home" / SENTENCES).exists()
    assert_right(index, store, builtin)


def test_what_is_in_the_files_is_not_tokenised_again(
    opened: Open, store: Store, builtin: StaticEncoder, counting: Counting
) -> None:
    add(store, "a", 13)
    index = opened()
    assert_right(index, store, builtin)  # nothing need be there yet
    follow(index)
    assert len(index) == 13
    before = counting.read
    assert_right(index, store, builtin)
    assert counting.read == before
    add(store, "b", 2)  # too few for a file
    follow(index)
    assert len(index) == 13
    assert_right(index, store, builtin)
    assert counting.read == before + 6 + 1  # three sentences each, and the rules are asked for


def test_numbers_need_not_follow_each_other(opened: Open, store: Store, builtin: StaticEncoder) -> None:
    for name in ("a", "b", "c", "d"):
        add(store, name, 4)
    for document in store.documents():
        if document.source in ("a.txt", "c.txt"):
            store.remove(document.document_id)
    index = opened()
    follow(index)
    assert len(index) == 8
    assert_right(index, store, builtin)


def test_a_disk_that_takes_nothing_costs_no_answer(
    opened: Open, store: Store, builtin: StaticEncoder, counting: Counting, tmp_path: Path
) -> None:
    add(store, "a", 5)
    (tmp_path / "home" / SENTENCES).write_text("a file in the place of the folder")
    index = opened()
    follow(index)
    assert_right(index, store, builtin)
    before = counting.read
    follow(index)  # nothing has changed
    assert len(index) == 0 and counting.read == before


def test_another_process_takes_up_the_files(
    opened: Open, store: Store, builtin: StaticEncoder, counting: Counting
) -> None:
    add(store, "a", 7)
    one, other = opened(), opened()
    follow(one)
    before = counting.read
    follow(other)
    assert len(other) == 7 and counting.read < before + 7
    assert_right(other, store, builtin)
    add(store, "b", 9)
    follow(other)
    follow(one)
    assert len(one) == len(other) == 16
    assert_right(one, store, builtin)


def test_few_files_are_left_and_what_is_gone_goes_in_the_end(
    opened: Open, store: Store, builtin: StaticEncoder, tmp_path: Path
) -> None:
    index = opened()
    for number in range(12):
        add(store, f"d{number}", 3)
        follow(index)
        assert_right(index, store, builtin)
    assert len(index) == 36
    assert len(list((tmp_path / "home" / SENTENCES).iterdir())) <= 5
    for document in store.documents()[:9]:
        store.remove(document.document_id)
    add(store, "more", 3)
    follow(index)
    assert len(index) == store.passage_count() == 12
    assert_right(index, store, builtin)


@pytest.mark.parametrize("at", [0, 40, -1])
def test_a_damaged_file_is_made_again(
    opened: Open, store: Store, builtin: StaticEncoder, tmp_path: Path, at: int
) -> None:
    add(store, "a", 5)
    follow(opened())
    (path,) = (path for path in (tmp_path / "home" / SENTENCES).iterdir() if path.suffix != ".json")
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)
    again = opened()
    follow(again)
    assert len(again) == 5
    assert_right(again, store, builtin)


def test_another_home_or_vocabulary_has_its_own(
    opened: Open, store: Store, builtin: StaticEncoder, counting: Counting, tmp_path: Path
) -> None:
    add(store, "a", 5)
    index = opened()
    follow(index)
    other = SentenceIndex(tmp_path / "home", store, counting, "other words", nullcontext)
    follow(other)
    assert len(other) == 5
    other.stop()
    for document in store.documents():
        store.remove(document.document_id)
    add(store, "b", 4)
    with store.database.write() as connection:
        connection.execute("UPDATE meta SET value = 'another' WHERE name = 'home'")
        connection.execute("UPDATE passages SET passage_id = passage_id - 5")
    assert_right(index, store, builtin)
    follow(index)
    assert_right(index, store, builtin)


def test_files_of_a_later_state_than_the_database_are_made_again(
    opened: Open, store: Store, builtin: StaticEncoder, counting: Counting
) -> None:
    add(store, "a", 5)
    follow(opened())
    with store.database.write() as connection:  # as where an older file was put in the place of the database
        connection.execute("UPDATE meta SET value = '0' WHERE name = 'generation'")
    again, before = opened(), counting.read
    follow(again)
    assert len(again) == 5 and counting.read > before + 5
