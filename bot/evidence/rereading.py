"""The foremost passages read again, in context: a small transformer says of each sentence whether it answers.

The small networks see overlaps; this sees the question. Neither alone is best on every kind of text, and their sum is
better than both: each is the logarithm of a share. A logistic regression over what both say of the whole tells how
probable it is that the sentence which they put first answers; ``bot/training/rereading.py`` fits it.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt

from bot.documents.passages import split_sentences
from bot.evidence.exactness import PENALTY, Standing, standing
from bot.evidence.holders import office_asked, says_who
from bot.evidence.judge import Evidence, Network, RankedPassage, Verdict, logistic, rank_passages
from bot.evidence.quantities import quantity_asked, says_how_much
from bot.evidence.sanctions import Consequence
from bot.evidence.sides import other_side
from bot.evidence.table import Array
from bot.evidence.versions import are_versions
from bot.language.designators import Designator
from bot.language.folding import fold, mostly_han
from bot.question.query import Query
from bot.storage.store import StoredPassage
from bot.structure.tables import cells
from embeddings.contextual import ContextReader, Excerpt
from embeddings.contract import EncoderLoadError

WEIGHTS = "rereading.npz"
"""Stands beside the reader's own weights: it was fitted to that reader."""
DEPTH = 16
"""Passages that are read; those behind them stay behind."""
SUMMARY = ("best_logit", "logit_gap", "chosen_logit", "chosen_gap", "none_in_passage", "none_at_all")
"""Inputs of the judge: the best logit and how far the next passage's falls behind; the logit of the sentence that is
chosen and how far the next passage falls behind that; how much less likely than the sentences of its passage, or all
that were read, "none of these" is. The networks' own judge adds nothing to them."""
_THE_SAME, _MUCH_THE_SAME = 0.9, 0.6
"""Shares of the pairs of characters of the shorter of two sentences from which on they say the same, and from which on
two versions of a document do."""
_WEIGHT = 0.7
"""Of the reader's logit, beside the networks' score. Held-out questions of offices gain up to 1, encyclopaedic ones
lose from here on."""
_ABROAD = 1.0
"""How far a sentence in another language, of which words say nothing, falls behind the networks' best one."""
_LEAST = -20.0
_EASED = 2.0
"""How far what does not say how much it is stands behind, where the judge compares: held out, anything from 0 to 4 is
better than to leave it out, which makes what is left look sure."""
_BACKGROUND = 0.8
"""Of the logits of passages in another language but the best, this quantile is what the reader says of any such
passage: what answers stands out from it. Of questions asked across languages, held out, it takes away an eighth of the
wrong answers and no right one."""
_MOSTLY_OWN, _DOUBT = 1.0, 1.0
"""The ``rareness`` from which on the documents are mostly in the question's own language, and the log-odds by which an
answer in another is doubted there. Held out it leaves a third of such answers, of which two in five were right."""


@dataclass(frozen=True, slots=True)
class Foreign:
    """Passages in another language than the question's; the answer stands in its own by ``rareness`` of log-odds."""

    passages: tuple[StoredPassage, ...] = ()
    rareness: float = 0.0


NOTHING_FOREIGN = Foreign()

Above = Callable[[StoredPassage], Sequence[str]]
"""Gives the lines that a passage needs above it, besides its headings: see ``bot.structure.stems``."""

Silent = Callable[[Evidence], bool]
"""Tells of a sentence that it answers nothing: see ``bot.structure.labels``."""


def never(evidence: Evidence) -> bool:
    """Tell of no sentence that it answers nothing."""
    return False


Ask = Callable[[StoredPassage], str]
"""Gives the words in which a passage is asked."""


def nothing_above(stored: StoredPassage) -> Sequence[str]:
    """Give no line."""
    return ()


@dataclass(frozen=True, slots=True)
class Reread:
    """The sentences of the ``passages`` that were read, ``(n,)`` each: the reader's ``logits``, the networks' scores
    (``own``), the places of their passages (``owner``).

    ``missing``: the likeliest one speaks of another than what is named, and none of the very one; or none says
    who holds the office, or how much it is, that is asked for. ``above`` holds the lines above each passage, see
    ``Above``. ``eased`` is added to the logits, ``(n,)``, where a sentence is compared with the chosen one: what does
    not say how much it is still speaks of the thing, and its rival is no surer for that.
    """

    evidence: tuple[Evidence, ...]
    logits: Array
    own: Array
    owner: npt.NDArray[np.int64]
    passages: tuple[StoredPassage, ...] = ()
    missing: bool = False
    above: tuple[tuple[str, ...], ...] = ()
    eased: Array | None = None

    @property
    def scores(self) -> Array:
        """What both say of each sentence, ``(n,)``."""
        return self.own + np.float32(_WEIGHT) * self.logits


@dataclass(frozen=True, slots=True)
class RereadingModel:
    """The fitted part.

    Under ``threshold`` (0..1) of confidence the question is not answered; from ``related`` on what was read may help.
    """

    judge: Network
    threshold: float
    related: float

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read the weights; raises EncoderLoadError where they are missing or damaged."""
        path = folder / WEIGHTS
        try:
            with np.load(path) as file:
                arrays = {name: file[name] for name in file.files}
            return cls(Network.read(arrays, "judge"), float(arrays["threshold"]), float(arrays["related"]))
        except (OSError, ValueError, KeyError) as error:
            raise EncoderLoadError(
                f"{path} is missing or damaged ({error}): fit it with `python -m bot.training.rereading`.",
                f"{path} 缺失或已损坏（{error}）：请用 `python -m bot.training.rereading` 重新生成。",
            ) from error


def reread(
    reader: ContextReader, query: Query, verdict: Verdict, named: Sequence[Designator] = (),
    foreign: Foreign = NOTHING_FOREIGN, above: Above = nothing_above, sure: Collection[str] = (),
    ask: Ask | None = None, follows: Sequence[Consequence] = (), silent: Silent = never,
) -> Reread:  # fmt: skip
    """Read the foremost passages of ``verdict`` and those in another language, one of which at least has a sentence.

    What speaks of others of a series than those ``named`` is read as if it said little; ``sure`` as for ``standing``.
    ``ask`` gives the words that a passage is asked in, where they are not those of ``query``. ``follows`` are read too,
    each under its duty. ``silent`` sentences are read as if they said little.
    """
    near = verdict.passages[:DEPTH]
    duties = {one.stored.passage_id: one for one in follows}
    near += tuple(RankedPassage(one.stored, 0.0) for one in follows)
    near = tuple({ranked.stored.passage_id: ranked for ranked in near}.values())
    there = {stored.passage_id for stored, _ in near}
    passages = [stored for stored, _ in near] + [p for p in foreign.passages if p.passage_id not in there]
    known = {(e.stored.passage_id, e.start): e.score for e in verdict.sentences}
    abroad = {stored.passage_id for stored in foreign.passages} - there
    rare = {stored.passage_id for stored in passages if _is_rare(query, stored)} if foreign.rareness else set()
    usual = max(known.values(), default=0.0) - _ABROAD - foreign.rareness
    over = [[duties[p.passage_id].duty] if p.passage_id in duties else above(p) for p in passages]
    excerpts = [excerpt(stored, lines) for stored, lines in zip(passages, over, strict=True)]
    said = [as_read(read, query, _is_foreign(query, p)) for read, p in zip(excerpts, passages, strict=True)]
    questions = [ask(stored) if ask else query.text for stored in passages]
    evidence: list[Evidence] = []
    rows: list[tuple[float, float, int]] = []
    stands: list[Standing] = []
    office, says_less = office_asked(query.folded), _saying_less(query.folded)
    told: list[bool | None] = []
    short: list[bool] = []
    for number, (logits, read) in enumerate(zip(reader.read(questions, said), excerpts, strict=True)):
        stored = passages[number]
        offset = stored.passage.start
        for (start, end), logit in zip(read.sentences, logits.tolist(), strict=True):
            own = known.get((stored.passage_id, offset + start), usual if stored.passage_id in abroad else _LEAST)
            if stored.passage_id in duties:
                own = max(own, duties[stored.passage_id].score)
            evidence.append(Evidence(stored, offset + start, offset + end, own))
            stands.append(standing(named, evidence[-1], sure))
            told.append(None if office is None else says_who(office, evidence[-1].text))
            short.append(says_less((*over[number], evidence[-1].text)))
            rows.append((logit - foreign.rareness * (stored.passage_id in rare), own, number))
    raw, own_scores, owner = (np.array(column) for column in zip(*rows, strict=True))
    if foreign.passages:
        raw -= _background(raw, owner, [number for number, p in enumerate(passages) if _is_foreign(query, p)])
    other = [stand.other or who is False for stand, who in zip(stands, told, strict=True)]
    little = [one or less or silent(each) for one, less, each in zip(other, short, evidence, strict=True)]
    missing = other[int(np.argmax(raw))] and not any(stand.same for stand in stands)
    missing = all(short) or (missing if office is None else True not in told)
    return Reread(
        evidence=tuple(evidence),
        logits=(raw - PENALTY * np.array(little)).astype(np.float32),
        own=own_scores.astype(np.float32),
        owner=owner.astype(np.int64),
        passages=tuple(passages),
        missing=missing,
        above=tuple(map(tuple, over)),
        eased=(PENALTY - _EASED) * (np.array(short) & ~np.array(other)).astype(np.float32),
    )


def _saying_less(asked: str) -> Callable[[Sequence[str]], bool]:
    """Return what tells of a sentence, behind the lines above it, that it does not say how much it is that a folded
    question asks for, or speaks of the other side.
    """
    much = quantity_asked(asked)
    return lambda lines: (much is not None and not says_how_much(much, lines)) or other_side(asked, lines)


def _background(logits: Array, owner: npt.NDArray[np.int64], abroad: Sequence[int]) -> Array:
    """Return what is taken from each logit, ``(n,)``: of passages ``abroad``, what is said of nearly any of them."""
    others = sorted(logits[owner == number].max() for number in abroad if (owner == number).any())[:-1]
    said = max(0.0, float(np.quantile(others, _BACKGROUND))) if others else 0.0
    return np.where(np.isin(owner, abroad), said, 0.0)


def _is_rare(query: Query, stored: StoredPassage) -> bool:
    """Tell whether a passage is in another language than the question, and shares no name with it."""
    names = [word for word in query.words if word.isalpha()]
    return _is_foreign(query, stored) and not any(name in fold(stored.passage.text) for name in names)


def _is_foreign(query: Query, stored: StoredPassage) -> bool:
    return (mostly_han(stored.passage.text) is not False) != (query.written_in == "zh")


def summarise(reading: Reread) -> Array:
    """Return the judge's input, ``(1, len(SUMMARY))``."""
    logits, scores = reading.logits, reading.scores
    chosen = int(np.argmax(scores))
    row = (
        logits.max(),
        _gap(logits, reading),
        logits[chosen],
        _gap(scores, reading, _WEIGHT),
        _log_odds(logits[reading.owner == reading.owner[chosen]]),
        _log_odds(logits),
    )
    return np.array([row], np.float32)


def _log_odds(logits: Array) -> float:
    """Return the logarithm of how often the sentences, and "none" with its logit of 0, are as likely as "none"."""
    return float(np.logaddexp.reduce(logits, initial=0.0))


class Rereader:
    """Puts a verdict's foremost passages in the order of both models, and judges anew whether they answer."""

    def __init__(
        self, reader: ContextReader, model: RereadingModel, threshold: float | None = None,
        above: Above = nothing_above, silent: Silent = never,
    ) -> None:  # fmt: skip
        self._above, self._silent = above, silent
        self._reader = reader
        self._model = model
        self._threshold = model.threshold if threshold is None else threshold

    def judge(
        self, query: Query, verdict: Verdict, named: Sequence[Designator] = (),
        foreign: Foreign = NOTHING_FOREIGN, sure: Collection[str] = (), ask: Ask | None = None,
        follows: Sequence[Consequence] = (),
    ) -> Verdict:  # fmt: skip
        """Return the verdict anew; what stands behind the passages that are read keeps its order."""
        if not (verdict.passages or foreign.passages) or not query.terms:
            return verdict
        reading = reread(self._reader, query, verdict, named, foreign, self._above, sure, ask, follows, self._silent)
        confidence = self._confidence(reading)
        if foreign.passages:  # what answers in the question's own language needs no other
            own = in_own_language(reading, query)
            needed = foreign.rareness or (own is not None and _says_all(own, query))
            if own is not None and needed and (of_own := self._confidence(own)) >= self._threshold:
                reading, confidence = own, of_own
        if foreign.rareness > _MOSTLY_OWN and _is_foreign(
            query, reading.evidence[int(np.argmax(reading.scores))].stored
        ):
            confidence = self._confidence(reading, _DOUBT)
        if reading.missing:
            confidence = min(confidence, self._threshold / 2, self._model.related / 2)
        ranked = sorted(
            (replace(e, score=float(score)) for e, score in zip(reading.evidence, reading.scores, strict=True)),
            key=lambda e: (-e.score, e.stored.passage_id, e.start),
        )
        passages = rank_passages(reading.passages, reading.scores, reading.owner)
        read = {stored.passage_id for stored, _ in passages}
        behind = [ranked for ranked in verdict.passages if ranked.stored.passage_id not in read]
        fall = min(0.0, passages[-1].score - behind[0].score) if behind else 0.0
        return replace(
            verdict,
            passages=(*passages, *(RankedPassage(stored, score + fall) for stored, score in behind)),
            sentences=(*ranked, *(e for e in verdict.sentences if e.stored.passage_id not in read)),
            confidence=confidence,
            answered=confidence >= self._threshold and not reading.missing,
            threshold=self._threshold,
            related=confidence >= self._model.related,
        )

    def _confidence(self, reading: Reread, doubt: float = 0.0) -> float:
        return logistic(float(self._model.judge(summarise(reading))[0]) - doubt)


def in_own_language(reading: Reread, query: Query) -> Reread | None:
    """Return the same without the passages that are in another language; None where they are all of one."""
    kept = [place for place, stored in enumerate(reading.passages) if not _is_foreign(query, stored)]
    if not kept or len(kept) == len(reading.passages):
        return None
    rows = np.isin(reading.owner, kept)
    return replace(
        reading,
        evidence=tuple(evidence for evidence, is_kept in zip(reading.evidence, rows, strict=True) if is_kept),
        logits=reading.logits[rows],
        own=reading.own[rows],
        owner=np.searchsorted(kept, reading.owner[rows]),
        passages=tuple(reading.passages[place] for place in kept),
        above=tuple(reading.above[place] for place in kept),
        eased=None if reading.eased is None else reading.eased[rows],
    )


def _says_all(reading: Reread, query: Query) -> bool:
    """Tell whether the best sentence has every word of the question, several of them: it speaks of the very thing."""
    best = fold(reading.evidence[int(np.argmax(reading.scores))].text)
    return len(query.words) > 1 and all(word in best for word in query.words)


def _gap(values: Array, reading: Reread, eased: float = 1.0) -> float:
    """Return how far the best value of any other passage falls behind the best one; 0 where there is no other.

    Others have their values with ``eased`` times what eases them.

    What says the same as the best sentence is no other, in a copy of its document or in another version, where a number
    may differ; nor is the item that belongs to it, or what introduces it, for both are shown together. Where nothing
    else was read, the last counts.
    """
    best = int(np.argmax(values))
    first, others = reading.evidence[best], values if reading.eased is None else values + eased * reading.eased
    seen, gap = {int(reading.owner[best])}, 0.0
    for row in np.argsort(-others, kind="stable"):
        if int(reading.owner[row]) in seen:
            continue
        seen.add(int(reading.owner[row]))
        gap = float(values[best] - others[row])
        if not (_say_the_same(first, reading.evidence[int(row)]) or _belong_together(reading, best, int(row))):
            break
    return gap


def _belong_together(reading: Reread, one: int, other: int) -> bool:
    """Tell whether one of two sentences stands above the other's passage: what introduces a list, or a heading.

    A table's first row is none of these: where it is what answers, no row is shown with it.
    """

    def stands_above(upper: Evidence, lower: int) -> bool:
        stored, place = reading.evidence[lower].stored, int(reading.owner[lower])
        lines = (*stored.passage.section, *(reading.above[place] if reading.above else ()))
        alike = upper.stored.document_id == stored.document_id and len(cells(upper.text)) < 2
        return alike and upper.text.strip() in map(str.strip, lines)

    return stands_above(reading.evidence[one], other) or stands_above(reading.evidence[other], one)


def _say_the_same(one: Evidence, other: Evidence) -> bool:
    shorter, longer = sorted((_pairs(one.text), _pairs(other.text)), key=len)
    enough = _MUCH_THE_SAME if are_versions(one.stored, other.stored) else _THE_SAME
    return len(shorter & longer) >= enough * len(shorter)


def _pairs(text: str) -> set[str]:
    bare = "".join(fold(text).split())
    return {bare[at : at + 2] for at in range(len(bare) - 1)}


def excerpt(stored: StoredPassage, above: Sequence[str] = ()) -> Excerpt:
    """Return what is read of a passage: its text under title, headings and what else stands ``above`` it."""
    passage = stored.passage
    spans = split_sentences(passage.text, 0, len(passage.text))
    return Excerpt("\n".join((stored.name, *passage.section, *above)), passage.text, tuple(spans))


def as_read(read: Excerpt, query: Query, foreign: bool = False) -> Excerpt:
    """Return an excerpt with what means the same put in the question's own words; as many sentences as before.

    ``foreign``: it is in another language than the question.
    """
    said = query.as_translated if foreign else query.as_read
    pieces: list[str] = []
    spans: list[tuple[int, int]] = []
    at = 0
    for start, end in read.sentences:
        between, sentence = said(read.text[at:start]), said(read.text[start:end])
        begin = sum(map(len, pieces)) + len(between)
        pieces += (between, sentence)
        spans.append((begin, begin + len(sentence)))
        at = end
    return Excerpt(said(read.context), "".join((*pieces, said(read.text[at:]))), tuple(spans))
