"""Refusals: what is named is not there, or no evidence is enough. The passages that came nearest say why they fail."""

from dataclasses import replace

from bot.answers.contract import Draft, Material
from bot.answers.hits import as_hit
from bot.documents.passages import indexed_text
from bot.evidence.enumerations import lists_items
from bot.evidence.exactness import missing
from bot.evidence.judge import Verdict
from bot.language.folding import fold, fold_plain, mostly_han
from bot.language.kinds import is_met
from bot.language.lexicon import SIDES
from bot.question.query import is_name
from bot.question.reading import Reading
from bot.storage.store import StoredPassage
from bot.types import Answer, Hit, Language, Shortfall, Way

_NEAREST = 3
_CLOSE = 0.3
"""Such a share of a question's words a passage must say to be shown as coming close to it."""
_TOO_LITTLE = "too little evidence"
_KINDS = ("number", "date", "person", "place", "organisation")
"""Kinds of answer that are told by their form; a list or a reason can take any."""
_MESSAGE: dict[Language, str] = {
    "zh": "没有找到依据：文档中没有能回答这个问题的内容。",
    "en": "No evidence found: the documents do not say.",
}
_RELATED: dict[Language, str] = {
    "zh": "没有找到直接的回答：下面的段落可能相关，但没有直接回答这个问题。",
    "en": "No direct answer found: the passages below may be related, but none of them answers the question.",
}


def not_there(reading: Reading, material: Material) -> Draft | None:
    """Refuse where the terms that every place is wanted of, or what is asked for by its address, are not there.

    Nothing else answers instead, whatever is found.
    """
    if material.focus.absent:
        return replace(_refuse(reading, material, "nothing at the address"), confidence=0.0)
    return _refuse(reading, material, "no place of the term") if reading.everywhere else None


def refusal(reading: Reading, material: Material) -> Draft:
    """Refuse: the last way, which any question is one for."""
    return _refuse(reading, material, _TOO_LITTLE)


def explain(answer: Answer, reading: Reading) -> Answer:
    """Say of each of a refusal's nearest passages why it falls short: by the words of its trace, rarest first."""
    weight = dict(answer.trace.terms)
    words = sorted(reading.looked_for, key=lambda term: -max((weight[w] for w in weight if w in term), default=0.0))
    return replace(answer, nearest=tuple(_fall_short(hit, reading, words) for hit in answer.nearest))


def _refuse(reading: Reading, material: Material, rule: str) -> Draft:
    verdict = material.verdict
    way: Way = "listing" if reading.everywhere else material.focus.way
    if not reading.everywhere and verdict.sentences and lists_items(reading.items, verdict.sentences[0]):
        way = "list"
    # Where what is asked for by its name or address is not there, nothing that is there is what was meant.
    related = verdict.related and rule == _TOO_LITTLE
    return Draft(
        way=way,
        rule=rule,
        confidence=verdict.confidence,
        message=_message(reading, verdict, related=related),
        nearest=tuple(
            as_hit(stored, score)
            for stored, score in verdict.passages[:_NEAREST]
            if verdict.related or _is_close(stored, reading)
        ),
        related=related,
        verdict=verdict,
    )


def _is_close(stored: StoredPassage, reading: Reading) -> bool:
    """Tell whether a passage says, under its headings, a thing that the question is about, or enough of its words."""
    around = fold(indexed_text(stored.title, stored.passage.section, stored.passage.text))
    if any(fold(term) in around for term in reading.looked_for if term not in SIDES):
        return True
    words = (*reading.query.pairs, *reading.query.words)
    return bool(words) and sum(word in around for word in words) >= _CLOSE * len(words)


def _message(reading: Reading, verdict: Verdict, *, related: bool) -> str:
    """Say that there is no evidence; where others of a series are there and not the one that is named, say which."""
    if related:
        return _RELATED[reading.language] + _languages(reading, verdict)
    for one in missing(reading.named, verdict.sentences):
        name = one.named.text.strip()
        if reading.language == "zh":
            return f"没有找到依据：文档中没有“{name}”，有{'、'.join(one.others)}{'等' * one.more}。"
        there = ", ".join((*one.others, "others") if one.more else one.others)
        return f"No evidence found: the documents have no “{name}”; they have {there}."
    return _MESSAGE[reading.language] + _languages(reading, verdict)


def _languages(reading: Reading, verdict: Verdict) -> str:
    """Say that the documents are in another language than the question, where all that was found is."""
    asked = None if is_name(reading.question) else reading.query.written_in
    written = {mostly_han(stored.passage.text) for stored, _ in verdict.passages[:_NEAREST]}
    if asked is None or written != {asked != "zh"}:
        return ""
    return "（问题与文档的语言不同：文档是外文的。）" if asked == "zh" else " (The documents are in Chinese.)"


def _fall_short(hit: Hit, reading: Reading, words: list[str]) -> Hit:
    around = reading.query.as_asked(fold(indexed_text(hit.title, hit.section, hit.text)))
    lacks = tuple(word for word in words if fold(word) not in around)
    kinds = [kind for kind in _KINDS if kind in reading.query.kinds]
    why: Shortfall = "weak"
    if lacks:
        why = "lacks_words"
    elif kinds and not any(is_met(kind, reading.query.folded, fold_plain(hit.text)) for kind in kinds):
        why = "other_kind"
    return replace(hit, lacks=lacks, why=why)
