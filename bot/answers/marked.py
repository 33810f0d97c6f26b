"""Questions whose answer a person has marked: that paragraph answers them, and what is worded nearly the same."""

from dataclasses import replace

from bot.answers.citations import cite_sentences
from bot.answers.completing import complete
from bot.answers.contract import Draft, Material
from bot.question.reading import Reading
from bot.question.wording import wording_of
from bot.storage.marks import Mark
from bot.structure.places import Place, sentences, whole
from bot.structure.relocating import State, find_quote, paragraph_at
from bot.types import Language

_SHORT = 150
"""A paragraph of up to so many characters is said whole."""
_NOTES: dict[Language, dict[bool, str]] = {
    "zh": {False: "据你的标注。", True: "据你的标注；那一段后来改过，这里是现在最接近的一段。"},
    "en": {
        False: "As you marked.",
        True: "As you marked; the paragraph has changed since, and this is the nearest one now.",
    },
}
"""By whether the paragraph has changed since it was marked."""


def marked(reading: Reading, material: Material) -> Draft | None:
    """Answer with the paragraph that was marked last for a question of this wording, where it is in scope.

    What was marked when the very same documents were asked goes first. A paragraph that is no longer there, nor any
    like it, answers nothing.
    """
    marks = [mark for mark in material.marks if wording_of(mark.question) == reading.wording is not None]
    if not marks:
        return None
    there = {info.document_id for info in material.infos}
    for mark in sorted(marks, key=lambda mark: mark.scope != material.scope):
        if mark.document_id not in there:
            continue
        document = material.load(mark.document_id)
        place = find_quote(document, mark.quote, mark.start, mark.end)
        if place.state != "gone":
            return _say(
                reading, material, mark, whole(document, paragraph_at(document, place.start).index), place.state
            )
    return None


def _say(reading: Reading, material: Material, mark: Mark, paragraph: Place, state: State) -> Draft:
    """Return the draft that says a paragraph: whole where it is short, else its best sentence; what belongs to it."""
    top = _best(material, paragraph)
    places = complete(top)
    if len(paragraph.text) <= _SHORT:
        places = [paragraph, *(place for place in places if place.paragraph != paragraph.paragraph)]
    return Draft(
        way="marked",
        rule=f"mark of a person: {state}",
        citations=tuple(replace(citation, mark=mark.mark_id) for citation in cite_sentences(places)),
        note=_NOTES[reading.language][state == "changed"],
    )


def _best(material: Material, paragraph: Place) -> Place:
    """Return the sentence of a paragraph that the judge finds best; the first where it judges none."""
    said = sentences(paragraph)
    if len(said) < 2:
        return next(iter(said), paragraph)
    judged = material.judge_paragraph(paragraph.document.document_id, paragraph.paragraph)
    starts = {place.start: place for place in said}
    return next((starts[sentence.start] for sentence in judged if sentence.start in starts), said[0])
