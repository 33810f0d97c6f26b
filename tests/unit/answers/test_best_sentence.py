"""The best sentence of the judged evidence, quoted."""

from dataclasses import replace

import pytest

from bot.answers.best_sentence import best_sentence
from bot.evidence.judge import Evidence, Verdict
from bot.question.reading import Reading
from bot.storage.store import StoredPassage
from bot.types import Answer, Document, Paragraph, Passage
from tests.parts import read
from tests.unit.answers.home import Home

LINES = ("第一章 𠮷野家", "猫在屋顶🙂。狗在院子。", "兔子在洞里。", "猫在屋顶🙂。", "Birds sing [3].")
TEXT = "\n".join(LINES)
WHICH, WHAT = "有哪些动物？", "猫在屋顶吗"


STARTS = [sum(len(before) + 1 for before in LINES[:line]) for line in range(len(LINES))]
PARAGRAPHS = tuple(Paragraph(n, start, start + len(LINES[n]), ()) for n, start in enumerate(STARTS))
DOCUMENT = Document("d", "d.txt", "标题", TEXT, PARAGRAPHS, "UTF-8")


def evidence(line: int, score: float, sentence: str | None = None) -> Evidence:
    """The whole of a line, or the part of it that is ``sentence``."""
    start = sum(len(before) + 1 for before in LINES[:line])
    passage = Passage(line, start, start + len(LINES[line]), (LINES[0],), LINES[line])
    text = sentence or LINES[line]
    begin = start + LINES[line].index(text)
    return Evidence(StoredPassage(line + 10, "d", "d.txt", "标题", passage), begin, begin + len(text), score)


EVIDENCE = (
    evidence(1, 5.0, "猫在屋顶🙂。"),
    evidence(3, 5.0),
    evidence(2, 5.0),
    evidence(1, 5.0, "狗在院子。"),
    evidence(4, -50.0),
)


def verdict(answered: bool, *sentences: Evidence) -> Verdict:
    passages = {e.stored.passage_id: (e.stored, e.score) for e in reversed(sentences)}
    return Verdict(tuple(reversed(passages.values())), sentences, 0.75 if answered else 0.125, answered)


@pytest.fixture
def animals(home: Home) -> Home:
    home.add(DOCUMENT)
    home.verdict = verdict(True, *EVIDENCE)
    return home


def answer(animals: Home, question: Reading | str = WHICH) -> Answer:
    given = animals.ask(best_sentence, question)
    assert given is not None
    return given


def test_evidence_that_is_not_enough_is_left_to_a_refusal(animals: Home) -> None:
    animals.verdict = verdict(False, *EVIDENCE)
    assert animals.ask(best_sentence, WHICH) is None


@pytest.mark.parametrize("question", [WHICH, WHAT, "如何养猫？", "cats"])
def test_every_sentence_is_quoted_with_its_number_in_order(animals: Home, question: str) -> None:
    given = answer(animals, question)
    assert not given.abstained
    assert given.nearest == ()
    paragraphs = list(dict.fromkeys((c.document_id, c.paragraph) for c in given.citations))
    assert [c.number for c in given.citations] == [
        paragraphs.index((c.document_id, c.paragraph)) + 1 for c in given.citations
    ]
    assert [number for s in given.sentences for number in s.citations] == [c.number for c in given.citations]
    for sentence in given.sentences:
        assert [given.citations[place].quote for place in sentence.evidence] == [sentence.text]
        assert [given.citations[place].number for place in sentence.evidence] == [*sentence.citations]
        assert 0 <= sentence.support <= given.confidence
    assert given.text == "\n".join(f"{s.text}[{s.citations[0]}]" for s in given.sentences)
    assert given.sentences[0].support == pytest.approx(given.confidence) == 0.75
    for citation in given.citations:
        assert TEXT[citation.start : citation.end] == citation.quote


def test_one_sentence_where_one_is_asked_for(animals: Home) -> None:
    assert [c.quote for c in answer(animals, WHAT).citations] == ["猫在屋顶🙂。"]


def test_a_list_takes_close_rivals_and_says_nothing_twice(animals: Home) -> None:
    quotes = [c.quote for c in answer(animals, WHICH).citations]
    assert quotes[0] == "猫在屋顶🙂。"
    assert set(quotes) >= {"兔子在洞里。", "狗在院子。"}
    assert len(set(quotes)) == len(quotes)
    assert "Birds sing [3]." not in quotes


def test_what_was_typed_and_what_was_searched(animals: Home) -> None:
    given = answer(animals, replace(read("猫在哪里 那狗呢？"), question="那狗呢？"))
    assert (given.question, given.query) == ("那狗呢？", "猫在哪里 那狗呢？")
