"""Measure a model on the questions that were kept from training."""

from dataclasses import dataclass

import numpy as np
from sentence_transformers import SentenceTransformer

from embeddings.training.corpus import Corpus
from embeddings.training.material import held_out

_EVERY = 20
_DISTRACTORS = 12_000


@dataclass(frozen=True, slots=True)
class Figures:
    """Search by vectors alone: the part of ``questions`` whose paragraph comes first, or among the first 5."""

    questions: int
    paragraphs: int
    hit_1: float
    hit_5: float
    mrr: float


def measure(model: SentenceTransformer, corpus: Corpus) -> Figures:
    """Search each held-out question's paragraph among all paragraphs of questions and some of laws and handbooks."""
    texts = [paragraph.text for paragraph in corpus.question_texts]
    others = [paragraph.text for document in corpus.documents[::_EVERY] for paragraph in document.paragraphs]
    texts += others[:_DISTRACTORS]
    asked = [question for question in corpus.questions if held_out(question.paragraph)]
    passages = np.asarray(model.encode_document(texts, show_progress_bar=False), dtype=np.float32)
    queries = model.encode_query([question.text for question in asked], show_progress_bar=False)
    scores = np.asarray(queries, dtype=np.float32) @ passages.T
    own = scores[np.arange(len(asked)), [question.paragraph for question in asked]]
    ranks = (scores > own[:, None]).sum(axis=1)
    return Figures(
        questions=len(asked),
        paragraphs=len(texts),
        hit_1=float((ranks < 1).mean()),
        hit_5=float((ranks < 5).mean()),
        mrr=float((1 / (ranks + 1)).mean()),
    )
