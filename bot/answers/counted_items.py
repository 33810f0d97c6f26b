"""Questions for the items of a term that says how many there are: the sentence that lists just so many."""

from bot.answers.best_sentence import say
from bot.answers.contract import Draft, Material
from bot.evidence.enumerations import lists_items
from bot.question.reading import Reading


def counted_items(reading: Reading, material: Material) -> Draft | None:
    """Answer with the sentence that lists as many items as are asked for, where the evidence is enough."""
    verdict = material.verdict
    if not verdict.answered or not lists_items(reading.items, verdict.sentences[0]):
        return None
    return say(reading, material, "list", "as many items as asked for")
