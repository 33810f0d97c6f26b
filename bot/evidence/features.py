"""Features of a question against each sentence of the candidate passages: what the evidence model sees.

All of them are ratios or logarithms, so that they mean the same on one page and on a hundred thousand paragraphs.
"""

import re
from collections.abc import Mapping, Sequence

import numpy as np

from bot.documents.sentences import PARTING, Sentences
from bot.evidence.soft import SOFT, WordVectors, soft_columns
from bot.evidence.table import Array, Rows, Table, Views, share, spread
from bot.language.kinds import KINDS, met_at
from bot.question.query import Query
from bot.storage.store import StoredPassage

_ENDED = re.compile(rf"[。！？；….!?;][”’」』）】》\"')\]]*\s*{PARTING}")
_KIND_NAMES = tuple(name for name, _ in KINDS)

NAMES: tuple[str, ...] = (
    "pairs_sentence", "pairs_passage", "pairs_context", "pairs_around", "pairs_title", "pairs_section",
    "pairs_paragraph", "cloze_left", "cloze_right", "copula",
    "chars_sentence", "chars_passage", "chars_context",
    "words_sentence", "words_context", "words_asked",
    "triples_sentence", "fours_sentence", "triples_context",
    "rarest_missing_sentence", "rarest_missing_context",
    "focus_sentence", "focus_context", "focus_asked",
    *SOFT,
    "dense", "dense_relative", "lexical_relative", "lexical_level", "document_relative",
    "pairs_previous", "pairs_following", "pairs_before", "novelty", "novel_length", "echo", "length",
    "question_length", "passage_sentences", "first_sentence", "open_end", "ends_colon", "ends_question",
    *(f"{name}_{what}" for name in _KIND_NAMES for what in ("asked", "met")),
)  # fmt: skip


def _grams(query: Query, size: int) -> list[str]:
    parts = query.content.split()
    return list(dict.fromkeys(part[i : i + size] for part in parts for i in range(len(part) - size + 1)))


def _relative(values: Array) -> Array:
    top = float(values.max(initial=0.0))
    return values / top if top > 0 else values


class Featuriser:
    """Computes ``NAMES`` for the sentences of candidate passages."""

    def __init__(self, words: WordVectors) -> None:
        self._words = words

    def sentences(self, stored: Sequence[StoredPassage]) -> Sentences:
        """Find the sentences of passages, and their words."""
        return Sentences.of([one.passage.text for one in stored], self._words.tokens)

    def __call__(self, query: Query, views: Views, rarity: Mapping[str, float]) -> tuple[Array, Rows]:
        """Return ``(features, owner)``: a row a sentence, ``(n, len(NAMES))``, and the candidate it belongs to.

        ``rarity`` gives a weight >= 0 for every term of the query.
        """
        table = Table.of(query, views, rarity)
        columns = {
            **_overlap(table),
            **_phrases(table),
            **_shape(table),
            **_searches(table),
            **_cloze(table),
            **_kinds(table),
            **soft_columns(table, self._words),
        }
        # A heading or a lead that only repeats the question: what answers it comes after.
        columns["echo"] = columns["pairs_sentence"] * np.exp(-columns.pop("fresh") / 1.5)
        return np.stack([columns[name] for name in NAMES], axis=1), table.owner


def _overlap(table: Table) -> dict[str, Array]:
    """Rarity-weighted shares of the question's terms found in the sentence, its passage, and with its context."""
    query, owner = table.query, table.owner
    columns: dict[str, Array] = {"words_asked": table.constant(bool(query.words))}
    missing_sentence, missing_context = table.constant(0.0), table.constant(0.0)
    top = max(table.weights(query.terms).max(initial=0.0), 1e-9)
    for name, group in (("pairs", query.pairs), ("chars", query.characters), ("words", query.words)):
        weights = table.weights(group)
        here, above = table.letters.presence(group), table.above(group)
        passage = np.maximum.reduceat(here, table.starts, axis=0) if len(group) else here[table.starts]
        around = np.maximum(passage, above)
        columns[f"{name}_sentence"] = share(here, weights)
        columns[f"{name}_passage"] = share(passage, weights)[owner]
        columns[f"{name}_context"] = share(around, weights)[owner]
        if name == "pairs":
            columns |= _neighbours(table, here, weights)
            columns["pairs_around"] = share(np.maximum(here, above[owner]), weights)
            context = table.views.context[owner]
            columns["pairs_title"] = share(table.title_letters.presence(group), weights)[context]
            columns["pairs_section"] = share(table.section_letters.presence(group), weights)[context]
        if name != "chars" and len(group):
            missing_sentence = np.maximum(missing_sentence, ((1 - here) * weights).max(axis=1) / top)
            missing_context = np.maximum(missing_context, (((1 - around) * weights).max(axis=1) / top)[owner])
    columns["rarest_missing_sentence"] = missing_sentence
    columns["rarest_missing_context"] = missing_context
    return columns


def _neighbours(table: Table, here: Array, weights: Array) -> dict[str, Array]:
    """What the sentence before, the one after, all before it in the passage, and the paragraph say of the question."""
    nothing = np.zeros_like(here[:1])
    previous, following = np.vstack([nothing, here[:-1]]), np.vstack([here[1:], nothing])
    ends = np.append(table.starts[1:], len(here))
    previous[table.starts] = 0
    following[ends - 1] = 0
    so_far = np.cumsum(previous, axis=0)  # none of the first: what was counted up to there is of passages before
    before = (so_far > so_far[table.starts][table.owner]).astype(np.float32)
    return {
        "pairs_previous": share(previous, weights),
        "pairs_following": share(following, weights),
        "pairs_before": share(before, weights),
        "pairs_paragraph": share(spread(here, table.paragraph), weights),
    }


def _phrases(table: Table) -> dict[str, Array]:
    """Shares of the question's longer pieces, and of the words next to its interrogative."""
    triples, fours, focus = _grams(table.query, 3), _grams(table.query, 4), sorted(table.query.focus)
    ones = np.ones(len(triples), np.float32)
    here = table.letters.presence(triples)
    focused, weights = table.letters.presence(focus), table.weights(focus, 1.0)
    return {
        "triples_sentence": share(here, ones),
        "triples_context": share(np.maximum(here, table.above(triples)[table.owner]), ones),
        "fours_sentence": share(table.letters.presence(fours), np.ones(len(fours), np.float32)),
        "focus_sentence": share(focused, weights),
        "focus_context": share(np.maximum(focused, table.above(focus)[table.owner]), weights),
        "focus_asked": table.constant(bool(focus)),
    }


def _shape(table: Table) -> dict[str, Array]:
    """Length, place and end of the sentence, and how much it says that the question does not."""
    fresh = table.letters.number_besides(set(table.query.folded))
    lengths = table.letters.lengths.astype(np.float32)
    first = table.constant(0.0)
    first[table.starts] = 1.0
    return {
        "fresh": fresh,
        "novelty": (fresh / np.maximum(lengths, 1)).astype(np.float32),
        "novel_length": (np.log1p(fresh) / 5).astype(np.float32),
        "length": (np.log1p(lengths) / 5).astype(np.float32),
        "question_length": table.constant(np.log1p(len(table.query.content)) / 4),
        "passage_sentences": np.log1p(np.bincount(table.owner)).astype(np.float32)[table.owner],
        "first_sentence": first,
        "open_end": 1 - table.letters.holding([match.end() - 1 for match in _ENDED.finditer(table.letters.text)]),
        "ends_colon": table.letters.last_is(":："),
        "ends_question": table.letters.last_is("?？"),
    }


def _searches(table: Table) -> dict[str, Array]:
    """The scores of the searches, which are those of the passage."""
    lexical, dense, document = table.views.lexical, table.views.dense, table.views.document
    total = float(table.weights(table.query.terms).sum())
    columns = {
        "dense": dense,
        "dense_relative": dense - dense.max(initial=0.0),
        "lexical_relative": _relative(lexical),
        "lexical_level": lexical / np.float32(max(total, 1e-6)),
        "document_relative": _relative(document),
    }
    return {name: values[table.owner] for name, values in columns.items()}


def _cloze(table: Table) -> dict[str, Array]:
    """How much of what stands right before and right after the interrogative the sentence repeats.

    ``copula`` is for "A是什么" answered by "B是A": how much of A's end follows a 是.
    """
    before, after = table.query.left, table.query.right
    subject = before.removesuffix("是")
    columns = {
        "cloze_left": table.letters.longest_end(before),
        "cloze_right": table.letters.longest_beginning(after),
        "copula": table.letters.longest_end(subject if subject != before else "", "是"),
    }
    return {name: lengths / np.float32(8) for name, lengths in columns.items()}


def _kinds(table: Table) -> dict[str, Array]:
    """Whether the sentence holds what an answer of the kind asked for looks like, and the question does not."""
    columns: dict[str, Array] = {}
    for name in _KIND_NAMES:
        asked = name in table.query.kinds
        columns[f"{name}_asked"] = table.constant(asked)
        met = met_at(name, table.query.folded, table.letters.text) if asked else []
        columns[f"{name}_met"] = table.letters.holding(met)
    return columns
