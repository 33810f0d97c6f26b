"""The ways in which a question may be answered, the surest first: a count, an address or outline, judged evidence."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.absence import prove_absence
from bot.answering import compose
from bot.enumeration import prefer_enumeration
from bot.evidence import Verdict
from bot.lexical import LexicalIndex
from bot.listing import answer_listing, listed_term
from bot.locating import locate
from bot.places import quote
from bot.question import Question
from bot.store import Store
from bot.types import Answer
from embeddings.static import StaticEncoder

Judge = Callable[[Sequence[str] | None], Verdict]
"""Searches the documents of these ids (None: all) and judges what is found."""


class Respondent:
    """Answers questions from a store; ``words`` cuts a question into words."""

    def __init__(self, store: Store, lexical: LexicalIndex, words: StaticEncoder) -> None:
        self._store = store
        self._lexical = lexical
        self._words = words

    def respond(self, question: str, asked: Question, documents: Sequence[str] | None, judge: Judge) -> Answer:
        """Answer ``question``, searched as ``asked``, from ``documents`` (ids; None: all).

        Raises:
            NotFoundError, StoreError: a document was changed or removed meanwhile, or is damaged.
        """
        listing = answer_listing(question, asked.text, self._store.texts(documents), self._store.document)
        if listing is not None:
            return listing
        started = time.perf_counter()
        located = locate(asked, documents, self._store, self._lexical)
        timings = {"locate": milliseconds(started)}
        if located.complete:
            answer = quote(question, asked.text, located.places)
        else:
            verdict = located.settle(judge(located.scope))
            started = time.perf_counter()
            # "Every place of X" with no place at all is a refusal, whatever else was found.
            verdict = replace(
                verdict,
                sentences=prefer_enumeration(asked, verdict.sentences),
                answered=verdict.answered and listed_term(asked.text) is None,
            )
            answer = compose(question, asked, verdict, self._store.document)
            if answer.abstained:
                texts = self._store.texts(documents)
                answer = prove_absence(answer, asked, texts, self._words, scoped=documents is not None)
            timings["answer"] = milliseconds(started)
        answer.timings.update(timings)
        return answer


def milliseconds(started: float) -> float:
    """Return the time since ``started`` (of ``time.perf_counter``)."""
    return round((time.perf_counter() - started) * 1000, 2)
