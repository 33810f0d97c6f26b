"""First word vectors: the co-occurrence counts of words, as positive pointwise mutual information, factorised.

Source: Levy and Goldberg, "Neural Word Embedding as Implicit Matrix Factorization" (2014), with the context
distribution smoothed by 0.75 (Levy, Goldberg and Dagan, 2015).
"""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
from scipy import sparse  # type: ignore[import-untyped]
from sklearn.utils.extmath import randomized_svd

from embeddings.training.material import Ids, Material

WINDOW = 5
_LENGTH = 2.0


def sentences_of(material: Material) -> Iterable[Ids]:
    """Yield every sentence of the material."""
    for group in material.groups:
        for passage in group:
            yield from passage.sentences
    for classical, modern in material.sentence_pairs:
        yield classical
        yield modern


def cooccurrences(sentences: Iterable[Ids], vocabulary: int) -> sparse.csr_matrix:
    """Count words at most ``WINDOW`` apart in a sentence, each by 1 / distance: ``(vocabulary, vocabulary)``."""
    gap = np.full(WINDOW, -1, dtype=np.int32)
    parts: list[Ids] = []
    for sentence in sentences:
        parts.append(sentence)
        parts.append(gap)
    ids = np.concatenate(parts)
    counts = sparse.csr_matrix((vocabulary, vocabulary), dtype=np.float32)
    for distance in range(1, WINDOW + 1):
        left, right = ids[:-distance], ids[distance:]
        inside = (left >= 0) & (right >= 0)
        weights = np.full(int(inside.sum()), 1.0 / distance, dtype=np.float32)
        shape = (vocabulary, vocabulary)
        counts = counts + sparse.coo_matrix((weights, (left[inside], right[inside])), shape=shape).tocsr()
    return (counts + counts.T).tocsr()


def positive_pmi(counts: sparse.csr_matrix, least: float = 1.0) -> sparse.csr_matrix:
    """Turn counts into positive pointwise mutual information; counts under ``least`` are noise and go."""
    words = np.asarray(counts.sum(axis=1)).ravel()
    contexts = words**0.75
    found = counts.tocoo()
    kept = found.data >= least
    row, column, data = found.row[kept], found.col[kept], found.data[kept]
    values = np.log(data * contexts.sum() / (words[row] * contexts[column]))
    positive = values > 0
    return sparse.csr_matrix(
        (values[positive].astype(np.float32), (row[positive], column[positive])), shape=counts.shape
    )


def initial_vectors(material: Material, vocabulary: int, dimension: int, seed: int) -> npt.NDArray[np.float32]:
    """Return ``(vocabulary, dimension)``; words without neighbours get random rows, frequent words shorter ones."""
    counts = cooccurrences(sentences_of(material), vocabulary)
    left, values, _ = randomized_svd(positive_pmi(counts), dimension, n_oversamples=16, n_iter=2, random_state=seed)
    vectors = left * np.sqrt(values)
    random = np.random.default_rng(seed)
    # A rotation spreads the leading directions over all dimensions, so that a step counts the same in each.
    rotation = np.linalg.qr(random.standard_normal((dimension, dimension)))[0]
    lengths = np.linalg.norm(vectors, axis=1)
    lonely = lengths < 1e-3
    vectors[lonely] = random.standard_normal((int(lonely.sum()), dimension))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    frequency = np.asarray(counts.sum(axis=1)).ravel()
    weight = 1e-3 / (1e-3 + frequency / frequency.sum())
    scaled: npt.NDArray[np.float32] = ((vectors @ rotation) * (_LENGTH * weight)[:, None]).astype(np.float32)
    return scaled
