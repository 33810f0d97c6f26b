"""The ways in which a question may be answered, the surest first: a count, an address or outline, judged evidence."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from bot.answers.absence import prove_absence
from bot.answers.best_sentence import compose
from bot.answers.counted_items import lists_items, prefer_enumeration
from bot.answers.every_place import answer_listing, listed_terms
from bot.answers.locating import locate
from bot.answers.quoting import quote
from bot.answers.tracing import explain, trace
from bot.answers.whole_list import gather
from bot.evidence.judge import Verdict
from bot.question.reading import Question
from bot.storage.lexical import LexicalIndex
from bot.storage.store import Store
from bot.structure.articles import with_addresses
from bot.types import Answer, NotFoundError, StoreError, Timings, Trace, Way
from embeddings.static import StaticEncoder

T = TypeVar("T")
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
        answer = self.attempt(question, asked, documents, judge)
        if answer.abstained:
            started = time.perf_counter()
            texts = self._store.texts(documents)
            answer = prove_absence(explain(answer, asked), asked, texts, self._words, scoped=documents is not None)
            answer = replace(answer, timings=replace(answer.timings, prove=milliseconds(started)))
        return replace(
            answer,
            citations=with_addresses(answer.citations, self._store.document),
            nearest=with_addresses(answer.nearest, self._store.document),
        )

    def attempt(self, question: str, asked: Question, documents: Sequence[str] | None, judge: Judge) -> Answer:
        """Answer as ``respond`` does, but leave a refusal bare: no proof of absence, no word on why a passage fails.

        Raises:
            NotFoundError, StoreError: a document was changed or removed meanwhile, or is damaged.
        """
        terms = listed_terms(asked.text)
        listing = answer_listing(question, asked.text, self._store.texts(documents), self._store.document)
        if listing is not None:
            return replace(listing, trace=Trace("listing", tuple((term, 1.0) for term in terms)))
        started = time.perf_counter()
        located = locate(asked, documents, self._store, self._lexical)
        timings = Timings(locate=milliseconds(started))
        if located.complete:
            answer = replace(
                quote(question, asked.text, located.places, located.note, located.items), trace=Trace(located.way)
            )
        else:
            verdict = located.settle(judge(located.scope))
            started = time.perf_counter()
            ordered = prefer_enumeration(asked, verdict.sentences)
            way: Way = "list" if ordered and lists_items(asked, ordered[0]) else located.way
            # "Every place of X" with no place at all is a refusal, whatever else was found.
            verdict = replace(verdict, sentences=ordered, answered=verdict.answered and not terms)
            absent = located.absent or bool(terms)
            gathered = None if absent else gather(question, asked, verdict, self._store.document)
            answer = gathered or compose(question, asked, verdict, self._store.document)
            way = "listing" if terms else "list" if gathered else way
            answer = replace(answer, trace=trace(asked, verdict, self._words, way))
            timings = replace(verdict.timings, locate=timings.locate, answer=milliseconds(started))
        return replace(answer, timings=timings)


def settled(store: Store, attempt: Callable[[], T]) -> T:
    """Return what ``attempt`` does; it begins anew where a document that it read of was replaced or removed meanwhile.

    Raises:
        NotFoundError, StoreError: it failed, and no document has changed since it began.
    """
    while True:
        generation = store.generation
        try:
            return attempt()
        except (NotFoundError, StoreError):
            if store.generation == generation:
                raise


def milliseconds(started: float) -> float:
    """Return the time since ``started`` (of ``time.perf_counter``)."""
    return round((time.perf_counter() - started) * 1000, 2)
