"""The ways in which a question may be answered, the surest first: a count, an address or outline, judged evidence."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from bot.answers.absence import prove_absence
from bot.answers.best_sentence import compose
from bot.answers.counted_items import lists_items, prefer_enumeration
from bot.answers.every_place import answer_listing
from bot.answers.locating import locate
from bot.answers.quoting import quote
from bot.answers.tracing import explain, trace
from bot.answers.whole_list import gather
from bot.evidence.judge import Verdict
from bot.question.reading import Reading
from bot.storage.lexical import LexicalIndex
from bot.storage.store import Store
from bot.structure.articles import with_addresses
from bot.types import Answer, NotFoundError, StoreError, Timings, Trace, Way

T = TypeVar("T")
Judge = Callable[[Sequence[str] | None], Verdict]
"""Searches the documents of these ids (None: all) and judges what is found."""


class Respondent:
    """Answers questions from a store."""

    def __init__(self, store: Store, lexical: LexicalIndex) -> None:
        self._store = store
        self._lexical = lexical

    def respond(self, reading: Reading, documents: Sequence[str] | None, judge: Judge) -> Answer:
        """Answer a question from ``documents`` (ids; None: all).

        Raises:
            NotFoundError, StoreError: a document was changed or removed meanwhile, or is damaged.
        """
        answer = self.attempt(reading, documents, judge)
        if answer.abstained:
            started = time.perf_counter()
            texts = self._store.texts(documents)
            answer = prove_absence(explain(answer, reading), reading, texts, scoped=documents is not None)
            answer = replace(answer, timings=replace(answer.timings, prove=milliseconds(started)))
        return replace(
            answer,
            citations=with_addresses(answer.citations, self._store.document),
            nearest=with_addresses(answer.nearest, self._store.document),
        )

    def attempt(self, reading: Reading, documents: Sequence[str] | None, judge: Judge) -> Answer:
        """Answer as ``respond`` does, but leave a refusal bare: no proof of absence, no word on why a passage fails.

        Raises:
            NotFoundError, StoreError: a document was changed or removed meanwhile, or is damaged.
        """
        listing = answer_listing(reading, self._store.texts(documents), self._store.document)
        terms = reading.everywhere.terms if reading.everywhere else ()
        if listing is not None:
            return replace(listing, trace=Trace("listing", tuple((term, 1.0) for term in terms)))
        started = time.perf_counter()
        located = locate(reading, documents, self._store, self._lexical)
        timings = Timings(locate=milliseconds(started))
        if located.complete:
            answer = replace(
                quote(reading.question, reading.query.text, located.places, located.note, located.items),
                trace=Trace(located.way),
            )
        else:
            verdict = located.settle(judge(located.scope))
            started = time.perf_counter()
            ordered = prefer_enumeration(reading.items, verdict.sentences)
            way: Way = "list" if ordered and lists_items(reading.items, ordered[0]) else located.way
            # "Every place of X" with no place at all is a refusal, whatever else was found.
            verdict = replace(verdict, sentences=ordered, answered=verdict.answered and not terms)
            absent = located.absent or bool(terms)
            gathered = None if absent else gather(reading, verdict, self._store.document)
            answer = gathered or compose(reading, verdict, self._store.document)
            way = "listing" if terms else "list" if gathered else way
            answer = replace(answer, trace=trace(reading, verdict, way))
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
