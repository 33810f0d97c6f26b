"""Make training pairs of token ids: something like a question, and the text that it should find.

Pairs are drawn anew for every batch, so no pair is seen twice. Each batch takes several paragraphs of the same
document: they are one another's hard negatives.
"""

from collections.abc import Sequence

import numpy as np

from embeddings.training.material import BLOCK, Ids, Material, Pair, Passage

LONGEST_TEXT = 140


class PairMaker:
    """Draws batches of pairs from the material; the same seed draws the same pairs."""

    def __init__(self, material: Material, seed: int) -> None:
        self._material = material
        self._random = np.random.default_rng(seed)
        self._cumulative = np.cumsum(material.weights)

    def batch(self, size: int) -> list[Pair]:
        """Return ``size`` pairs: paragraphs of documents, sentences, synonyms and people's questions."""
        pairs: list[Pair] = []
        questions, sentences, synonyms = int(size * 0.03), int(size * 0.16), int(size * 0.08)
        chosen = self._random.choice(len(self._material.questions), questions, replace=False)
        pairs.extend(self._question(int(i)) for i in chosen)
        chosen = self._random.integers(len(self._material.sentence_pairs), size=sentences)
        pairs.extend(self._sentence(int(i)) for i in chosen)
        chosen = self._random.choice(len(self._material.synonyms), synonyms, replace=False)
        pairs.extend(self._synonym(int(i)) for i in chosen)
        while len(pairs) < size:
            pairs.extend(self._block(min(BLOCK, size - len(pairs))))
        return pairs

    def _question(self, index: int) -> Pair:
        question, sentence, paragraph = self._material.questions[index]
        text = sentence if self._random.random() < 0.4 else paragraph
        return self._thin(question, 0.1), text[: 2 * LONGEST_TEXT]

    def _sentence(self, index: int) -> Pair:
        classical, modern = self._material.sentence_pairs[index]
        if self._random.random() < 0.6:
            return classical, modern
        return self._ask(modern), modern

    def _synonym(self, index: int) -> Pair:
        words = self._material.synonyms[index]
        first, second = self._random.choice(len(words), 2, replace=False)
        return words[first], words[second]

    def _block(self, size: int) -> list[Pair]:
        """Make pairs from different paragraphs of one document."""
        drawn = self._random.random() * self._cumulative[-1]
        group = self._material.groups[int(np.searchsorted(self._cumulative, drawn, side="right"))]
        size = min(size, len(group))
        chosen = self._random.choice(len(group), size, replace=False)
        sections: set[bytes] = set()
        pairs: list[Pair] = []
        for i in chosen:
            passage = group[int(i)]
            heading = passage.section.tobytes()
            if heading not in sections and self._random.random() < 0.2:
                sections.add(heading)
                above = (passage.title, passage.section) if self._random.random() < 0.7 else (passage.section,)
                query = np.concatenate(above)
                if len(query):
                    pairs.append((query, self._join(passage.sentences)))
                    continue
            pairs.append(self._inside(passage))
        return pairs

    def _inside(self, passage: Passage) -> Pair:
        """Make a pair from a paragraph: a sentence, or a question about it, and the paragraph with or without it."""
        at = int(self._random.integers(len(passage.sentences)))
        sentence = passage.sentences[at]
        alone = len(passage.sentences) == 1
        kind = self._random.random()
        if kind < 0.3 and not alone:
            rest = passage.sentences[:at] + passage.sentences[at + 1 :]
            return sentence, self._join(rest, max(at - 1, 0))
        query = self._ask(sentence)
        if kind < 0.45 and not alone:
            rest = passage.sentences[:at] + passage.sentences[at + 1 :]
            return query, self._join(rest, max(at - 1, 0))
        if kind < 0.6:
            return query, sentence
        text = self._join(passage.sentences, at)
        if self._random.random() < 0.3:
            text = np.concatenate([passage.title, passage.section, text])
        return query, text

    def _ask(self, sentence: Ids) -> Ids:
        """Crop a span, drop and replace words of it, and put question words around it."""
        length = int(self._random.integers(2, 13))
        start = int(self._random.integers(max(len(sentence) - length, 0) + 1))
        parts = [self._replace(self._thin(sentence[start : start + length], 0.25))]
        kind = self._random.random()
        if kind < 0.3:
            parts.insert(0, self._material.before[int(self._random.integers(len(self._material.before)))])
        elif kind < 0.75:
            parts.append(self._material.after[int(self._random.integers(len(self._material.after)))])
        return np.concatenate(parts)

    def _thin(self, ids: Ids, rate: float) -> Ids:
        kept = ids[self._random.random(len(ids)) >= rate]
        return kept if len(kept) else ids

    def _replace(self, ids: Ids) -> Ids:
        parts: list[Ids] = []
        for i, drawn in zip(ids.tolist(), self._random.random(len(ids)).tolist(), strict=True):
            others = self._material.replacements.get(i)
            if others and drawn < 0.2:
                parts.append(others[int(drawn * 5 * len(others))])
            else:
                parts.append(np.array([i], dtype=np.int32))
        return np.concatenate(parts)

    def _join(self, sentences: Sequence[Ids], around: int = 0) -> Ids:
        """Join sentences, as many as fit, beginning at or before ``around``."""
        lengths = [len(s) for s in sentences]
        start = around
        total = lengths[start]
        while start > 0 and total + lengths[start - 1] <= LONGEST_TEXT // 2:
            start -= 1
            total += lengths[start]
        end = around + 1
        while end < len(sentences) and total + lengths[end] <= LONGEST_TEXT:
            total += lengths[end]
            end += 1
        return np.concatenate(sentences[start:end])[: 2 * LONGEST_TEXT]
