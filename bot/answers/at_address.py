"""Questions for nothing but what stands at addresses ("行政处罚法第三十条第二款"): the paragraphs there, whole."""

from bot.answers.citations import cite_sentences
from bot.answers.contract import Draft, Material
from bot.question.reading import Reading


def at_address(reading: Reading, material: Material) -> Draft | None:
    """Answer with every sentence that stands at the addresses, where the question asks for nothing else."""
    resolution = material.resolution
    if resolution is None or not resolution.alone or not resolution.places:
        return None
    return Draft(
        way="address",
        rule="address alone",
        citations=cite_sentences(resolution.places),
        note=resolution.note(reading.language),
    )
