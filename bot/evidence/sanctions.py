"""What follows from a breach, for a question that asks it: read under the duty that is broken, wherever it stands."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.evidence.judge import Evidence
from bot.language.lexicon import HOW, HOW_COLLOQUIAL, HOW_FEW, HOW_MUCH, any_of
from bot.storage.store import StoredPassage
from bot.structure.breaches import follow
from bot.types import Document

_MUCH, _HOW = any_of((HOW_FEW,), HOW_MUCH), any_of(HOW, HOW_COLLOQUIAL)
_ASKED = re.compile(
    rf"罚|拘留|坐牢|判刑|吊销|违约金|法律责任|追责|追究|后果|处分|[判关扣赔]{_MUCH}|{_HOW}赔"
    r"|\b(?:punish|penalt|liab|sanction|consequence)|\bfine[sd]?\b"
)
_DUTIES, _MOST = 8, 6
"""Sentences whose breach is looked up, and passages that are read for it."""
_LONGEST = 48
"""Characters of the duty that are read above what follows from its breach."""
_BEHIND = 0.5
"""How far what follows stands behind its duty, in the networks' score: the words of the question are the duty's."""


@dataclass(frozen=True, slots=True)
class Consequence:
    """A passage that says what follows where ``duty`` is broken, and the networks' score that it is read with."""

    stored: StoredPassage
    duty: str
    score: float


def consequences(
    asked: str, sentences: Sequence[Evidence], load: Callable[[str], Document],
    passages_of: Callable[[str], Sequence[StoredPassage]],
) -> list[Consequence]:  # fmt: skip
    """Return what follows from a breach of the best of ``sentences``, where the folded question asks for such."""
    if _ASKED.search(asked) is None:
        return []
    found: dict[int, Consequence] = {}
    documents: dict[str, Document] = {}
    for duty in sentences[:_DUTIES]:
        stored = duty.stored
        if stored.document_id not in documents:
            documents[stored.document_id] = load(stored.document_id)
        places = follow(documents[stored.document_id], stored.passage.paragraph)
        wanted = {place.paragraph for place in places}
        for passage in passages_of(stored.document_id) if wanted else ():
            if passage.passage.paragraph in wanted and passage.passage_id not in found:
                found[passage.passage_id] = Consequence(passage, duty.text[:_LONGEST], duty.score - _BEHIND)
    return list(found.values())[:_MOST]
