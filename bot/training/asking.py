"""Collections to ask, with questions and the words that answer them: what the reader learns from, and what weighs it.

Three kinds: an office's texts with people's questions about them (the corpus's and those of ``asked.jsonl.xz``, of the
same form, each of whose documents is asked by itself too), encyclopaedic paragraphs with people's questions, and
official texts with questions made by rule.
"""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.training.collection import bare
from bot.training.corpus import rows, synonyms
from bot.training.dataset import cutter, office_text, official
from bot.training.held_out import office_held_out, people_held_out, rule_held_out
from bot.training.questions import QuestionMaker
from embeddings.static import StaticEncoder

_HERE = Path(__file__).parent
MADE = "made"
"""The kind of a question that was made by rule; people's have others."""
_PEOPLE_LEFT_OUT = 6
"""Of so many paragraphs one is not in the collection, so that its questions have no answer."""
_MOST_BY_RULE = 1300
"""Questions made by rule that are taken of a collection."""


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question; ``answers`` are words, folded, that stand in the sentences of ``source`` that answer it (none: none).

    ``topic`` names the text that it is about, ``held_out`` tells that the reader does not learn from it.
    """

    text: str
    kind: str
    topic: str
    source: str
    answers: tuple[str, ...]
    held_out: bool


@dataclass(frozen=True, slots=True)
class AskedCollection:
    """Documents, each (source, title, text), and the questions to ask of them."""

    name: str
    documents: tuple[tuple[str, str, str], ...]
    questions: tuple[AskedQuestion, ...]


def asked_collections(corpus: Path, encoder: StaticEncoder, seed: int) -> Iterator[AskedCollection]:
    """Yield the collections of all kinds; ``encoder`` cuts text into words."""
    yield from _office(rows(corpus, "office"))
    for collection in _office(rows(_HERE, "asked")):
        yield collection
        yield from _each_alone(collection)
    yield _people(corpus)
    yield from _by_rule(corpus, encoder, seed)


def _office(texts: Iterable[dict[str, Any]]) -> Iterator[AskedCollection]:
    documents = list(texts)
    for writer in sorted({row["writer"] for row in documents}):
        own = [row for row in documents if row["writer"] == writer]
        questions: list[AskedQuestion] = []
        for number, row in enumerate(own):
            held_out = office_held_out(writer, number)
            source, topic = f"{number}.txt", f"{writer}-{number}"
            questions += [
                AskedQuestion(
                    q["text"], q["kind"], topic, source, tuple(bare(words) for _, words in q["evidence"]), held_out
                )
                for q in row["questions"]
            ]
            questions += [AskedQuestion(q["text"], "absent", topic, source, (), held_out) for q in row["unanswerable"]]
        files = ((f"{number}.txt", row["title"], office_text(row)) for number, row in enumerate(own))
        yield AskedCollection(f"office {writer}", tuple(files), tuple(questions))


def _each_alone(collection: AskedCollection) -> Iterator[AskedCollection]:
    """Yield a collection of each document: what comes near its answers is all its own then."""
    for document in collection.documents:
        source = document[0]
        own = tuple(one for one in collection.questions if one.source == source and not one.held_out)
        yield AskedCollection(f"{collection.name} {source}", (document,), own)


def _people(corpus: Path) -> AskedCollection:
    documents: list[tuple[str, str, str]] = []
    questions: list[AskedQuestion] = []
    for number, row in enumerate(rows(corpus, "questions")):
        left_out = number % _PEOPLE_LEFT_OUT == _PEOPLE_LEFT_OUT - 1
        source = f"{number}.txt"
        if not left_out:
            documents.append((source, row["title"], f"{row['title']}\n{row['text']}"))
        held_out = people_held_out(number)
        for question in row["questions"]:
            if question["text"].strip():
                answers = () if left_out else tuple(bare(answer) for answer in question["answers"])
                questions.append(AskedQuestion(question["text"], "people", f"p{number}", source, answers, held_out))
    return AskedCollection("people", tuple(documents), tuple(questions))


def _by_rule(corpus: Path, encoder: StaticEncoder, seed: int) -> Iterator[AskedCollection]:
    rng = random.Random(seed)
    maker = QuestionMaker(synonyms(corpus), cutter(encoder), seed)
    for name, documents, examples in official(corpus, maker, rng):
        chosen = rng.sample(examples, min(len(examples), _MOST_BY_RULE))
        questions = (
            AskedQuestion(
                example.question, MADE, example.topic, example.source or "",
                tuple(map(bare, example.answers)) if example.source else (),
                rule_held_out(example.topic),
            )
            for example in chosen
        )  # fmt: skip
        yield AskedCollection(f"by rule: {name}", tuple(documents), tuple(questions))
