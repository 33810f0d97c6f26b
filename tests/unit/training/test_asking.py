"""What the reader learns from: questions in everyday words, each with the words that answer it, or none."""

from collections import Counter
from pathlib import Path

from bot.training import asking
from bot.training.collection import bare
from bot.training.corpus import rows
from bot.training.dataset import office_text

ASKED = Path(asking.__file__).parent


def test_each_answer_stands_in_its_document() -> None:
    count = Counter[str]()
    for row in rows(ASKED, "asked"):
        text = bare(office_text(row))
        for question in row["questions"]:
            assert question["text"].strip()
            for paragraph, words in question["evidence"]:
                assert words in row["paragraphs"][paragraph]["text"]
                assert bare(words) in text
            count["answered"] += 1
        count["unanswered"] += len(row["unanswerable"])
        count["documents"] += 1
    assert count == {"answered": 3830, "unanswered": 1643, "documents": 240}


def test_each_document_is_asked_by_itself_too_unless_nothing_learns_from_it() -> None:
    collections = list(asking._office(rows(ASKED, "asked")))
    assert len(collections) == 24
    held_out = [one for one in collections if all(question.held_out for question in one.questions)]
    assert len(held_out) == 3
    assert not any(question.held_out for one in collections if one not in held_out for question in one.questions)
    learned = next(one for one in collections if one not in held_out)
    alone = list(asking._each_alone(learned))
    assert [one.documents for one in alone] == [(document,) for document in learned.documents]
    assert sum(len(one.questions) for one in alone) == len(learned.questions)
    assert not any(one.questions for one in asking._each_alone(held_out[0]))
