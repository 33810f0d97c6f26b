"""The ways in which a question is answered, the surest first, and what is added to whatever one of them says."""

import time
from dataclasses import replace

from bot.answers.absence import prove_absence
from bot.answers.at_address import at_address
from bot.answers.best_sentence import best_sentence
from bot.answers.collection import collection
from bot.answers.comparison import comparison
from bot.answers.contract import Answerer, Draft, Material
from bot.answers.counted_items import counted_items
from bot.answers.dating import with_years
from bot.answers.definition import definition
from bot.answers.effective import effective
from bot.answers.every_place import every_place
from bot.answers.fields import fields
from bot.answers.finishing import finish
from bot.answers.headed import headed
from bot.answers.keywords import keywords
from bot.answers.laid_out import tables_of
from bot.answers.marked import marked
from bot.answers.outline_part import outline_part
from bot.answers.plain_fact import plain_fact
from bot.answers.refusal import explain, not_there, refusal
from bot.answers.several_questions import several_questions
from bot.answers.steps import steps
from bot.answers.summary import summary
from bot.answers.table import table
from bot.answers.talk import talk
from bot.answers.whole_list import whole_list
from bot.question.query import is_name
from bot.question.reading import Reading
from bot.stopping import go_on
from bot.structure.articles import with_places
from bot.types import Answer, Timings

WAYS: tuple[Answerer, ...] = (
    marked,
    talk,
    collection,
    several_questions,
    every_place,
    at_address,
    outline_part,
    summary,
    comparison,
    not_there,
    definition,
    effective,
    table,
    fields,
    steps,
    headed,
    whole_list,
    counted_items,
    best_sentence,
    plain_fact,
    keywords,
    refusal,
)
"""Each is asked in turn until one makes a draft; the last one always does."""
_NOTHING_TO_PROVE = ("talk", "several", "summary")
"""Who greets looks for nothing; of several questions each says for itself what is not there."""


def respond(reading: Reading, material: Material) -> Answer:
    """Answer a question: with the addresses of what is cited, and a refusal with its proof.

    Raises:
        NotFoundError, StoreError: a document was changed or removed meanwhile, or is damaged.
        Stopped: nobody waits for it any more.
    """
    material.tell(reading)
    reading = _in_their_language(reading, material)
    answer = attempt(reading, material)
    answer = replace(answer, citations=with_years(with_places(answer.citations, material.load), material.load))
    material.tell(answer)
    if answer.abstained and answer.trace.way not in _NOTHING_TO_PROVE:
        started = time.perf_counter()
        proved = prove_absence(
            explain(answer, reading),
            reading,
            material.texts,
            scoped=material.documents is not None,
            load=material.load,
        )
        answer = replace(proved, timings=replace(answer.timings, prove=Timings.since(started)))
    return replace(
        answer,
        trace=replace(answer.trace, scope=material.scope, wordings=tuple(w.text for w in reading.query.reworded)),
        nearest=with_years(with_places(answer.nearest, material.load), material.load),
        tables=tables_of(answer, material.load),
    )


def _in_their_language(reading: Reading, material: Material) -> Reading:
    """Return a question that is a mere name as one to be answered in Chinese where all documents are Chinese."""
    if reading.language == "zh" or not is_name(reading.question) or not material.chinese:
        return reading
    return replace(reading, language="zh")


def attempt(reading: Reading, material: Material) -> Answer:
    """Answer as ``respond`` does, but leave a refusal bare: no proof of absence, no word on why a passage fails.

    Raises:
        NotFoundError, StoreError: a document was changed or removed meanwhile, or is damaged.
    """
    started = time.perf_counter()
    draft = next(draft for way in WAYS if (draft := _tried(way, reading, material)) is not None)
    answer = finish(reading, draft)
    timings = material.timings
    spent = timings.locate + timings.search + timings.judge + timings.read
    return replace(answer, timings=replace(timings, answer=round(max(0.0, Timings.since(started) - spent), 2)))


def _tried(way: Answerer, reading: Reading, material: Material) -> Draft | None:
    go_on()
    return way(reading, material)
