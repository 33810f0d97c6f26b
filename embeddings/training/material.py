"""The training text as token ids, ready for making pairs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from embeddings.training.corpus import Corpus
from embeddings.training.vocabulary import UNKNOWN

Ids = npt.NDArray[np.int32]
Pair = tuple[Ids, Ids]

BLOCK = 8
SHORTEST_TEXT = 6
_SENTENCE = re.compile(r"[^。！？；!?;\n]+[。！？；!?;]*")
# Question words only: a word of substance put around every span would come to say nothing.
_BEFORE = ("请问", "什么是", "如何", "怎么", "为什么", "哪些", "是否", "关于", "谁", "哪个", "有没有", "能不能", "什么")
_AFTER = (
    *("是什么", "是多少", "有哪些", "怎么办", "吗", "是谁", "在哪里", "什么时候", "如何", "是怎样的", "有什么", "呢"),
    *("为什么", "由谁", "怎么样", "可以吗", "哪一年", "多久", "几个", "哪个", "的是什么", "于何时", "何处", "多少"),
)
# What part of the pairs from paragraphs comes from each kind of text.
_SHARES = {"laws": 0.56, "reports": 0.2, "guides": 0.2, "questions": 0.04}


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph's sentences and the headings over it, as token ids."""

    title: Ids
    section: Ids
    sentences: tuple[Ids, ...]


@dataclass(frozen=True, slots=True)
class Material:
    """All that pairs are made of. ``groups`` are the passages of one document each, with a weight for drawing it."""

    groups: tuple[tuple[Passage, ...], ...]
    weights: npt.NDArray[np.float64]
    sentence_pairs: tuple[Pair, ...]
    synonyms: tuple[tuple[Ids, ...], ...]
    replacements: dict[int, tuple[Ids, ...]]
    questions: tuple[tuple[Ids, Ids, Ids], ...]
    before: tuple[Ids, ...]
    after: tuple[Ids, ...]


def held_out(paragraph: int) -> bool:
    """Tell whether a paragraph of people's questions is kept from training, for measuring and for the ranker."""
    return paragraph % 2 == 1


def split_sentences(text: str) -> list[str]:
    """Split a paragraph at sentence ends and semicolons."""
    return _SENTENCE.findall(text)


class _Encoder:
    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._unknown = tokenizer.token_to_id(UNKNOWN)

    def __call__(self, texts: Sequence[str]) -> list[Ids]:
        out: list[Ids] = []
        for start in range(0, len(texts), 10_000):
            for encoding in self._tokenizer.encode_batch_fast(list(texts[start : start + 10_000])):
                ids = np.array(encoding.ids, dtype=np.int32)
                out.append(ids[ids != self._unknown])
        return out


def _groups(corpus: Corpus, encode: _Encoder) -> tuple[list[tuple[Passage, ...]], list[str]]:
    """Return each document's passages and its kind."""
    documents = [(document.kind, document.title, document.paragraphs) for document in corpus.documents]
    documents += [("questions", p.section, (p,)) for i, p in enumerate(corpus.question_texts) if not held_out(i)]
    titles = encode([title for _, title, _ in documents])
    sections = iter(encode(["" if p.section == title else p.section for _, title, ps in documents for p in ps]))
    split = [split_sentences(p.text) for _, _, ps in documents for p in ps]
    sentences = iter(encode([sentence for parts in split for sentence in parts]))
    counts = iter([len(parts) for parts in split])
    groups: list[tuple[Passage, ...]] = []
    kinds: list[str] = []
    for (kind, _, paragraphs), title in zip(documents, titles, strict=True):
        passages: list[Passage] = []
        for section, count in islice(zip(sections, counts, strict=True), len(paragraphs)):
            texts = tuple(ids for ids in islice(sentences, count) if len(ids) > 1)
            if sum(map(len, texts)) >= SHORTEST_TEXT:
                passages.append(Passage(title, section, texts))
        if passages:
            groups.append(tuple(passages))
            kinds.append(kind)
    return groups, kinds


def _weights(groups: Sequence[tuple[Passage, ...]], kinds: Sequence[str]) -> npt.NDArray[np.float64]:
    """Return the probability of drawing each document, so that the pairs come in ``_SHARES``."""
    sizes = np.array([min(len(group), 40) for group in groups], dtype=np.float64)
    weights = sizes**0.75
    names = np.array(kinds)
    for kind, share in _SHARES.items():
        weights[names == kind] *= share / weights[names == kind].sum()
    weights /= np.minimum(sizes, BLOCK)
    shares: npt.NDArray[np.float64] = weights / weights.sum()
    return shares


def prepare(corpus: Corpus, tokenizer: Tokenizer) -> Material:
    """Turn the corpus into token ids."""
    encode = _Encoder(tokenizer)
    groups, kinds = _groups(corpus, encode)
    classical, modern = encode([a for a, _ in corpus.pairs]), encode([b for _, b in corpus.pairs])
    words = encode([word for sense in corpus.synonyms for word in sense])
    synonyms: list[tuple[Ids, ...]] = []
    replacements: dict[int, tuple[Ids, ...]] = {}
    at = 0
    for sense in corpus.synonyms:
        ids = tuple(w for w in words[at : at + len(sense)] if len(w))
        at += len(sense)
        if len(ids) > 1:
            synonyms.append(ids)
            for word in ids:
                if len(word) == 1:
                    others = tuple(other for other in ids if other is not word)
                    replacements[int(word[0])] = replacements.get(int(word[0]), ()) + others
    sentences, owners = [], []
    asked = [question for question in corpus.questions if not held_out(question.paragraph)]
    for question in asked:
        parts = split_sentences(corpus.question_texts[question.paragraph].text)
        answer = question.answers[0] if question.answers else ""
        sentences.append(next((p for p in parts if answer and answer in p), parts[0]))
        owners.append(corpus.question_texts[question.paragraph].text)
    questions = zip(encode([q.text for q in asked]), encode(sentences), encode(owners), strict=True)
    return Material(
        groups=tuple(groups),
        weights=_weights(groups, kinds),
        sentence_pairs=tuple((a, b) for a, b in zip(classical, modern, strict=True) if len(a) > 1 and len(b) > 1),
        synonyms=tuple(synonyms),
        replacements=replacements,
        questions=tuple(questions),
        before=tuple(encode(_BEFORE)),
        after=tuple(encode(_AFTER)),
    )
