"""Questions for the items of a numbered term, answered with the sentence that lists just so many."""

import pytest

from bot.answers.counted_items import counted_items
from bot.documents.parser import parse
from bot.evidence.judge import Evidence, Verdict
from bot.storage.store import StoredPassage
from bot.structure.places import whole
from bot.types import Passage
from tests.unit.answers.home import Home

BOOK = parse("book.txt", "颜料\n三种颜色很美。\n三种颜色是红、黄、蓝。\n颜料有红、黄、蓝、绿。\n".encode())


@pytest.fixture
def book(home: Home) -> Home:
    home.add(BOOK)
    home.verdict = judged(answered=True)
    return home


def judged(*, answered: bool) -> Verdict:
    evidence = []
    for place in (whole(BOOK, paragraph) for paragraph in (1, 2, 3)):
        passage = Passage(place.paragraph, place.start, place.end, (), place.text)
        stored = StoredPassage(place.paragraph, BOOK.document_id, "book.txt", "颜料", passage)
        evidence.append(Evidence(stored, place.start, place.end, -float(place.paragraph)))
    return Verdict(tuple((e.stored, e.score) for e in evidence), tuple(evidence), 0.75, answered)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("“三种颜色”是哪三种？", "三种颜色是红、黄、蓝。[1]"),
        ("“四种颜料”是什么？", None),
        ("三种颜色很美吗？", None),
        ("有哪些颜色？", None),
    ],
)
def test_the_sentence_that_lists_as_many_answers(book: Home, question: str, said: str | None) -> None:
    answer = book.ask(counted_items, question)
    assert (None if answer is None else answer.text.split("\n")[0]) == said
    if answer is not None:
        assert (answer.trace.way, answer.trace.rule) == ("list", "as many items as asked for")
        assert (answer.confidence, answer.sentences[0].support) == (0.75, 0.75)


def test_evidence_that_is_not_enough_is_left_to_a_refusal(book: Home) -> None:
    book.verdict = judged(answered=False)
    assert book.ask(counted_items, "“三种颜色”是哪三种？") is None
