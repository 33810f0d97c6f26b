"""Candidates against the two searches that they come from, each asked by itself."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bot.documents.parser import document_id, parse
from bot.documents.passages import indexed_text, split_passages
from bot.language.synonyms import Synonym
from bot.question.query import query_of
from bot.retrieval.rarity import rarities
from bot.retrieval.retriever import Retriever
from bot.storage.indexed import indexed_terms
from bot.storage.lexical import LexicalIndex
from bot.storage.records import PutItem
from bot.storage.store import Store
from bot.storage.synchronise import open_vectors, synchronise_lexical, synchronise_vectors
from embeddings.index import VectorIndex
from embeddings.static import StaticEncoder

FILES = {
    "library.txt": "借阅办法\n\n图书馆每周一闭馆。\n\n逾期未还的，每册每天收取滞纳金二角。\n\n学生可以借二十册。\n",
    "pets.txt": "猫和狗\n\n猫在屋顶晒太阳。\n\n狗在院子里睡觉。\n",
    "garden.txt": "The Garden\n\nThe garden opened in 1987.\n\nIts glass house holds 340 kinds of orchid.\n",
    "many.txt": "仓库记录\n\n" + "\n\n".join(f"第{n}号仓库存放大米{n * 7}吨。" for n in range(60)) + "\n",
}
QUESTIONS = [
    "逾期每天收取多少滞纳金？",
    "猫在哪里？",
    "How many kinds of orchid?",
    "第17号仓库存放什么？",
    "火星的质量",
]


class Parts:
    """A store with its indexes and what searches them."""

    def __init__(self, home: Path, encoder: StaticEncoder) -> None:
        self.store = Store.open(home)
        documents = [parse(name, text.encode()) for name, text in FILES.items()]
        self.store.put_many(PutItem(document, split_passages(document), "") for document in documents)
        self.lexical = LexicalIndex.open(home / "lexical")
        synchronise_lexical(self.store, self.lexical)
        self.vectors: VectorIndex = open_vectors(self.store, home / "v", encoder)
        synchronise_vectors(self.store, home / "v", self.vectors, encoder, lambda done, total, label: None)
        self.retriever = Retriever(self.store, self.lexical, self.vectors, encoder)


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory, builtin: StaticEncoder) -> Iterator[Parts]:
    parts = Parts(tmp_path_factory.mktemp("home"), builtin)
    yield parts
    parts.store.close()


@pytest.mark.parametrize("text", QUESTIONS)
def test_scores_are_those_of_the_searches(parts: Parts, builtin: StaticEncoder, text: str) -> None:
    question = query_of(text)
    found = parts.retriever.candidates(question, 100)
    lexical = dict(parts.lexical.search(question.terms, 1000))
    documents = dict(parts.lexical.search_documents(question.terms, 1000))
    contents = [indexed_text(c.stored.title, c.stored.passage.section, c.stored.passage.text) for c in found]
    cosines = builtin.encode_document(contents) @ builtin.encode_query([question.content])[0]
    assert len({c.stored.passage_id for c in found}) == len(found) > 0
    for candidate, cosine in zip(found, cosines, strict=True):
        assert candidate.lexical == pytest.approx(lexical.get(candidate.stored.passage_id, 0.0), rel=1e-5)
        assert candidate.dense == pytest.approx(float(cosine), abs=3e-3)
        assert candidate.document == pytest.approx(documents.get(candidate.stored.document_id, 0.0), rel=1e-5)


@pytest.mark.parametrize("text", QUESTIONS)
@pytest.mark.parametrize("limit", [1, 5, 100])
def test_the_limit_holds_and_nothing_worse_in_all_stands_before_a_better_one(
    parts: Parts, text: str, limit: int
) -> None:
    found = parts.retriever.candidates(query_of(text), limit)
    assert len(found) <= limit
    for place, before in enumerate(found):
        for after in found[place + 1 :]:
            worse = before.lexical < after.lexical and before.dense < after.dense - 0.01
            assert not (worse and before.document <= after.document)
    assert parts.retriever.candidates(query_of(text), 1000)[0] == found[0]


def test_what_either_search_puts_first_is_a_candidate(parts: Parts, builtin: StaticEncoder) -> None:
    for text in QUESTIONS[:4]:
        question = query_of(text)
        ids = [c.stored.passage_id for c in parts.retriever.candidates(question, 10)]
        assert {*parts.lexical.search(question.terms, 1)} <= {*ids}
        assert parts.vectors.search(builtin.encode_query([question.content]), 1)[1][0, 0] in ids


@pytest.mark.parametrize("text", [*QUESTIONS, "🙂", "为什么"])
def test_a_scope_keeps_the_others_out(parts: Parts, text: str) -> None:
    question = query_of(text)
    for names in (["pets.txt"], ["garden.txt", "many.txt"]):
        ids = [document_id(name) for name in names]
        found = parts.retriever.candidates(question, 100, ids)
        assert {c.stored.document_id for c in found} == set(ids)
        assert sorted(c.stored.passage_id for c in found) == parts.store.passage_ids(ids).tolist()
    assert parts.retriever.candidates(question, 100, []) == []
    assert parts.retriever.candidates(question, 100, ["unknown"]) == []


def test_a_scope_changes_no_lexical_score(parts: Parts) -> None:
    question = query_of(QUESTIONS[0])
    everywhere = {c.stored.passage_id: c.lexical for c in parts.retriever.candidates(question, 100)}
    for candidate in parts.retriever.candidates(question, 100, [document_id("library.txt")]):
        assert candidate.lexical == pytest.approx(everywhere[candidate.stored.passage_id], rel=1e-5)


@pytest.mark.parametrize("text", ["🙂", "？！", "𠮷", "为什么", "龘龘龘", "\x00"])
def test_a_question_that_matches_nothing_is_no_error(parts: Parts, text: str) -> None:
    question = query_of(text)
    assert all(np.isfinite((c.lexical, c.dense, c.document)).all() for c in parts.retriever.candidates(question, 10))


def test_weights_are_those_of_this_collection(parts: Parts) -> None:
    question = query_of(QUESTIONS[3])
    terms = {*question.terms, *question.focus}
    stored = parts.store.passages(parts.store.passage_ids())
    entries = [indexed_terms(p.title, p.passage.section, p.passage.text) for p in stored]
    expected = rarities(terms, lambda term: sum(term in entry for entry in entries), len(entries))
    assert parts.retriever.rarities(question) == pytest.approx(expected)


def test_what_was_removed_meanwhile_is_left_out(tmp_path: Path, builtin: StaticEncoder) -> None:
    parts = Parts(tmp_path, builtin)
    question = query_of(QUESTIONS[0])
    assert any(c.stored.source == "library.txt" for c in parts.retriever.candidates(question, 100))
    parts.store.remove(document_id("library.txt"))  # and the indexes know nothing of it yet
    assert not any(c.stored.source == "library.txt" for c in parts.retriever.candidates(question, 100))
    parts.store.close()


def test_a_question_is_searched_in_each_of_its_wordings(parts: Parts, builtin: StaticEncoder) -> None:
    asked = replace(query_of("逾期每天收取多少迟还金？"), synonyms=(Synonym("迟还金", ("滞纳金", "没有的词")),))
    other = query_of("逾期每天收取多少滞纳金？")
    own, same = (
        {c.stored.passage_id: c for c in parts.retriever.candidates(q, 100)} for q in (query_of(asked.text), other)
    )
    found = parts.retriever.candidates(asked, 100)
    assert {c.stored.passage_id for c in found} == own.keys() | same.keys()
    for candidate in found:
        both = [each[number] for each in (own, same) if (number := candidate.stored.passage_id) in each]
        assert candidate.lexical == pytest.approx(max(c.lexical for c in both), rel=1e-5)
        assert candidate.dense == pytest.approx(max(c.dense for c in both), abs=3e-3)
        assert candidate.document == pytest.approx(max(c.document for c in both), rel=1e-5)
    assert "滞纳金" in found[0].stored.passage.text


def test_a_term_is_no_rarer_than_what_means_the_same(parts: Parts) -> None:
    asked = query_of("迟还金")
    own, same = parts.retriever.rarities(asked), parts.retriever.rarities(query_of("仓库"))
    weights = parts.retriever.rarities(replace(asked, synonyms=(Synonym("迟还金", ("仓库", "滞纳金")),)))
    assert max(same.values()) < own["迟还"]
    assert weights["迟还"] == max(same.values())
    assert weights == parts.retriever.rarities(replace(asked, everyday=(Synonym("迟还金", ("仓库", "滞纳金")),)))


def test_an_everyday_word_is_searched_in_official_ones(parts: Parts) -> None:
    asked = replace(query_of("迟还金"), everyday=(Synonym("迟还金", ("没有的词", "滞纳金")),))
    found, official = parts.retriever.candidates(asked, 100), parts.retriever.candidates(query_of("滞纳金"), 100)
    assert found[0].stored == official[0].stored
    assert found[0].lexical == official[0].lexical > 0
