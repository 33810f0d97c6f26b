"""Features of a question against each sentence of the candidate passages: what the evidence model sees.

All of them are ratios or logarithms, so that they mean the same on one page and on a hundred thousand paragraphs.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from bot.question import KINDS, Question

Array = npt.NDArray[np.float32]


class WordVectors(Protocol):
    """Words of a text and a vector for each, for soft matching."""

    def tokenize(self, texts: Sequence[str]) -> list[npt.NDArray[np.int32]]:
        """Return the word ids of each text."""

    @property
    def word_vectors(self) -> npt.NDArray[np.floating]:
        """``(vocabulary, dimension)``: the vector of each word id; its norm says how much the word matters."""


@dataclass(frozen=True, slots=True)
class View:
    """A passage to be judged: folded sentences, folded context (title, section path) and the searches' scores."""

    sentences: tuple[str, ...]
    title: str
    section: str
    lexical: float
    dense: float
    document: float


# What an answer of a kind looks like; for "number" and "date" only what the question does not say itself counts.
_NUMERAL = r"(?:\d[\d,.]*|[一二三四五六七八九十百千万亿两零〇]+)"
_SHAPES: dict[str, re.Pattern[str]] = {
    "number": re.compile(
        rf"\d[\d,.]*|{_NUMERAL}(?=[个种类项名人次元万亿%％年月日天家所部条款章点座台辆只件份套岁米里吨倍成分])|百分之"
    ),
    "date": re.compile(
        rf"{_NUMERAL}[年月日号时点]|世纪|年代|\b(?:1\d|20)\d\d\b|(?:今|明|去|前|当)[年天日]|周[一二三四五六日]"
    ),
    "person": re.compile(
        r"[^\s，。]{1,6}(?:同志|先生|女士|教授|主任|书记|市长|省长|局长|主席|总理|院长|博士)|[一-鿿]·[一-鿿]|由[^，。]{2,12}"
    ),
    "place": re.compile(r"[一-鿿](?:省|市|县|区|镇|乡|村|街|路|州|国|岛|山|河|湖|城|港|站|馆|楼|厅|园|号)|位于|地处"),
    "list": re.compile(r"[^、]+、[^、]+、|(?:一|二)是|①|；.*；|以及|\d[.)）].*\d[.)）]"),
    "reason": re.compile(r"因为|由于|因此|因而|所以|为了|以便|原因|鉴于|导致|致使|旨在|的目的|because|due to|since"),
    "manner": re.compile(
        r"通过|采取|采用|利用|运用|按照|依照|以[^，。]{2,20}方式|加强|建立|健全|推进|应当|必须|要|可以|by "
    ),
    "definition": re.compile(r"是指|指的是|所称|即|称为|是一[种个项位部座]|意思|定义|\bis an?\b|means|refers to"),
    "yesno": re.compile(r"不得|不能|可以|应当|禁止|必须|没有|不予|允许|不"),
    "organisation": re.compile(r"(?:部|局|委|厅|院|会|办|公司|机构|机关|中心|单位|集团|大学|学校|政府|处|署|行)"),
}
_ENDED = re.compile(r"[。！？；….!?;][”’」』）】》\"')\]]*\s*$")
_KIND_NAMES = tuple(name for name, _ in KINDS)

_SOFT = ("soft_sentence", "soft_passage", "soft_context", "soft_minimum", "soft_missing", "dense_sentence")
NAMES: tuple[str, ...] = (
    "pairs_sentence", "pairs_passage", "pairs_context", "pairs_around", "pairs_title", "pairs_section",
    "chars_sentence", "chars_passage", "chars_context",
    "words_sentence", "words_context", "words_asked",
    "triples_sentence", "fours_sentence", "triples_context",
    "rarest_missing_sentence", "rarest_missing_context",
    "focus_sentence", "focus_context", "focus_asked",
    *_SOFT,
    "dense", "dense_relative", "lexical_relative", "lexical_level", "document_relative",
    "pairs_previous", "pairs_following", "pairs_before", "novelty", "novel_length", "echo", "length",
    "question_length", "passage_sentences", "first_sentence", "open_end", "ends_colon", "ends_question",
    *(f"{name}_{what}" for name in _KIND_NAMES for what in ("asked", "met")),
)  # fmt: skip


def _presence(needles: Sequence[str], texts: Sequence[str]) -> Array:
    return np.array([[needle in text for needle in needles] for text in texts], np.float32).reshape(
        len(texts), len(needles)
    )


def _share(presence: Array, weights: Array) -> Array:
    total = float(weights.sum())
    if total == 0:
        return np.zeros(len(presence), np.float32)
    # Not ``@``: with few columns some builds of BLAS warn of invalid values that are not there.
    shares: Array = (presence * (weights / np.float32(total))).sum(axis=1, dtype=np.float32)
    return shares


def _grams(question: Question, size: int) -> list[str]:
    parts = question.content.split()
    return list(dict.fromkeys(part[i : i + size] for part in parts for i in range(len(part) - size + 1)))


def _relative(values: Array) -> Array:
    top = float(values.max(initial=0.0))
    return values / top if top > 0 else values


class Featuriser:
    """Computes ``NAMES`` for the sentences of candidate passages."""

    def __init__(self, words: WordVectors) -> None:
        self._words = words
        self._norms = np.sqrt(np.einsum("ij,ij->i", words.word_vectors, words.word_vectors, dtype=np.float32))

    def __call__(
        self, question: Question, views: Sequence[View], rarity: Mapping[str, float]
    ) -> tuple[Array, npt.NDArray[np.int64]]:
        """Return ``(features, owner)``: a row a sentence, ``(n, len(NAMES))``, and the candidate it belongs to.

        ``rarity`` gives a weight >= 0 for every term of the question.
        """
        sentences = [sentence for view in views for sentence in view.sentences]
        counts = np.array([len(view.sentences) for view in views])
        owner = np.repeat(np.arange(len(views)), counts)
        starts = np.concatenate([[0], np.cumsum(counts)[:-1]]).astype(np.int64)
        context = [f"{view.title}\n{view.section}" for view in views]
        columns: dict[str, Array] = {}

        def per_passage(name: str, values: Sequence[float] | Array) -> None:
            columns[name] = np.asarray(values, np.float32)[owner]

        self._overlap(columns, question, sentences, views, context, owner, starts, rarity)
        self._soft(columns, question, sentences, context, owner, starts)
        lexical = np.array([view.lexical for view in views], np.float32)
        dense = np.array([view.dense for view in views], np.float32)
        per_passage("dense", dense)
        per_passage("dense_relative", dense - dense.max(initial=0.0))
        per_passage("lexical_relative", _relative(lexical))
        total = sum(rarity.get(term, 0.0) for term in question.terms)
        per_passage("lexical_level", lexical / max(total, 1e-6))
        per_passage("document_relative", _relative(np.array([c.document for c in views], np.float32)))
        per_passage("passage_sentences", np.log1p(counts))
        first = np.zeros(len(sentences), np.float32)
        first[starts] = 1.0
        columns["first_sentence"] = first
        columns["question_length"] = np.full(len(sentences), np.log1p(len(question.content)) / 4, np.float32)
        columns["open_end"] = np.array([not _ENDED.search(sentence) for sentence in sentences], np.float32)
        columns["ends_colon"] = np.array([sentence.endswith((":", "：")) for sentence in sentences], np.float32)
        columns["ends_question"] = np.array([sentence.endswith(("?", "？")) for sentence in sentences], np.float32)
        self._kinds(columns, question, sentences)
        return np.stack([columns[name] for name in NAMES], axis=1), owner

    def _overlap(
        self,
        columns: dict[str, Array],
        question: Question,
        sentences: Sequence[str],
        views: Sequence[View],
        context: Sequence[str],
        owner: npt.NDArray[np.int64],
        starts: npt.NDArray[np.int64],
        rarity: Mapping[str, float],
    ) -> None:
        """Rarity-weighted shares of the question's terms found in the sentence, its passage, and with its context."""
        missing_sentence = np.zeros(len(sentences), np.float32)
        missing_context = np.zeros(len(sentences), np.float32)
        top = max((rarity.get(term, 0.0) for term in question.terms), default=0.0) or 1.0
        for name, group in (("pairs", question.pairs), ("chars", question.characters), ("words", question.words)):
            weights = np.array([rarity.get(term, 0.0) for term in group], np.float32)
            here = _presence(group, sentences)
            passage = np.maximum.reduceat(here, starts, axis=0) if len(group) else here[starts]
            around = np.maximum(passage, _presence(group, context)) if len(group) else passage
            columns[f"{name}_sentence"] = _share(here, weights)
            columns[f"{name}_passage"] = _share(passage, weights)[owner]
            columns[f"{name}_context"] = _share(around, weights)[owner]
            if name == "pairs":
                self._neighbours(columns, here, weights, starts)
                columns["pairs_around"] = _share(np.maximum(here, _presence(group, context)[owner]), weights)
                columns["pairs_title"] = _share(_presence(group, [view.title for view in views]), weights)[owner]
                columns["pairs_section"] = _share(_presence(group, [view.section for view in views]), weights)[owner]
            if name != "chars" and len(group):
                missing_sentence = np.maximum(missing_sentence, ((1 - here) * weights).max(axis=1) / top)
                missing_context = np.maximum(missing_context, (((1 - around) * weights).max(axis=1) / top)[owner])
        columns["words_asked"] = np.full(len(sentences), bool(question.words), np.float32)
        columns["rarest_missing_sentence"] = missing_sentence
        columns["rarest_missing_context"] = missing_context
        known = set(question.folded)
        fresh = np.array([sum(char not in known for char in sentence) for sentence in sentences], np.float32)
        lengths = np.array([len(sentence) for sentence in sentences], np.float32)
        columns["novelty"] = (fresh / np.maximum(lengths, 1)).astype(np.float32)
        columns["novel_length"] = (np.log1p(fresh) / 5).astype(np.float32)
        columns["length"] = (np.log1p(lengths) / 5).astype(np.float32)
        # A heading or a lead that only repeats the question: what answers it comes after.
        columns["echo"] = columns["pairs_sentence"] * np.exp(-fresh / 3)
        triples, fours = _grams(question, 3), _grams(question, 4)
        here = _presence(triples, sentences)
        columns["triples_sentence"] = _share(here, np.ones(len(triples), np.float32))
        columns["triples_context"] = _share(
            np.maximum(here, _presence(triples, context)[owner]), np.ones(len(triples), np.float32)
        )
        columns["fours_sentence"] = _share(_presence(fours, sentences), np.ones(len(fours), np.float32))
        focus = sorted(question.focus)
        weights = np.array([rarity.get(term, 1.0) for term in focus], np.float32)
        here = _presence(focus, sentences)
        columns["focus_sentence"] = _share(here, weights)
        columns["focus_context"] = _share(np.maximum(here, _presence(focus, context)[owner]), weights)
        columns["focus_asked"] = np.full(len(sentences), bool(focus), np.float32)

    def _neighbours(
        self, columns: dict[str, Array], here: Array, weights: Array, starts: npt.NDArray[np.int64]
    ) -> None:
        """What the sentence before, the one after, and all before it in the passage say of the question."""
        nothing = np.zeros_like(here[:1])
        previous, following = np.vstack([nothing, here[:-1]]), np.vstack([here[1:], nothing])
        ends = np.append(starts[1:], len(here))
        previous[starts] = 0
        following[ends - 1] = 0
        before = [np.maximum.accumulate(previous[start:end]) for start, end in zip(starts, ends, strict=True)]
        columns["pairs_previous"] = _share(previous, weights)
        columns["pairs_following"] = _share(following, weights)
        columns["pairs_before"] = _share(np.concatenate(before), weights)

    def _soft(
        self,
        columns: dict[str, Array],
        question: Question,
        sentences: Sequence[str],
        context: Sequence[str],
        owner: npt.NDArray[np.int64],
        starts: npt.NDArray[np.int64],
    ) -> None:
        """MaxSim over words: for each word of the question its closest word, weighed by the norm of its vector."""
        distinct = list(dict.fromkeys(context))
        ids = self._words.tokenize([question.content, *sentences, *distinct])
        asked, said = ids[0], ids[1 : 1 + len(sentences)]
        around = dict(zip(distinct, self._closest(asked, ids[1 + len(sentences) :]), strict=True))
        weights = self._norms[asked]
        if not len(asked):
            columns.update((name, np.zeros(len(sentences), np.float32)) for name in _SOFT)
            return
        near = self._closest(asked, said)
        passage = np.maximum.reduceat(near, starts, axis=0)
        full = np.maximum(passage, np.stack([around[text] for text in context]))
        columns["soft_sentence"] = _share(near, weights)
        columns["soft_passage"] = _share(passage, weights)[owner]
        columns["soft_context"] = _share(full, weights)[owner]
        columns["soft_minimum"] = near.min(axis=1)
        heavy = weights / weights.max()
        columns["soft_missing"] = ((1 - full) * heavy).max(axis=1)[owner]
        columns["dense_sentence"] = self._mean(said) @ self._mean([asked])[0]

    def _mean(self, texts: Sequence[npt.NDArray[np.int32]]) -> Array:
        """``(texts, dimension)``: the direction of the sum of a text's word vectors."""
        vectors = self._words.word_vectors
        sums = np.stack([vectors[ids].sum(axis=0, dtype=np.float32) for ids in texts])
        means: Array = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-6)
        return means

    def _closest(self, asked: npt.NDArray[np.int32], texts: Sequence[npt.NDArray[np.int32]]) -> Array:
        """``(texts, asked words)``: the cosine of each asked word with its closest word of the text, at least 0."""
        near = np.zeros((len(texts), len(asked)), np.float32)
        filled = [row for row, ids in enumerate(texts) if len(ids)]
        if filled:
            vocabulary, inverse = np.unique(np.concatenate([texts[row] for row in filled]), return_inverse=True)
            similar = (self._unit(vocabulary) @ self._unit(asked).T)[inverse]
            cuts = np.concatenate([[0], np.cumsum([len(texts[row]) for row in filled])[:-1]]).astype(np.int64)
            near[filled] = np.maximum(np.maximum.reduceat(similar, cuts, axis=0), 0)
        return near

    def _unit(self, ids: npt.NDArray[np.int32]) -> Array:
        unit: Array = self._words.word_vectors[ids].astype(np.float32) / np.maximum(self._norms[ids], 1e-6)[:, None]
        return unit

    def _kinds(self, columns: dict[str, Array], question: Question, sentences: Sequence[str]) -> None:
        """Whether the sentence holds what an answer of the kind asked for looks like."""
        for name in _KIND_NAMES:
            asked = name in question.kinds
            columns[f"{name}_asked"] = np.full(len(sentences), asked, np.float32)
            met = np.zeros(len(sentences), np.float32)
            if asked:
                shape = _SHAPES[name]
                for row, sentence in enumerate(sentences):
                    met[row] = any(match.group() not in question.folded for match in shape.finditer(sentence))
            columns[f"{name}_met"] = met
