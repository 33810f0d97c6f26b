"""How well the model reads: the right passage and sentence first, and telling what has an answer from what has none."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch

from embeddings.training.reader.batches import Rows
from embeddings.training.reader.groups import Group
from embeddings.training.reader.learning import score
from embeddings.training.reader.model import SentenceScorer


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares (0..1) of answerable groups, and the area under the ROC curve of the best logit."""

    answerable: int
    unanswerable: int
    passage_first: float
    sentence_first: float
    auroc: float


def measure(model: SentenceScorer, groups: Sequence[Group], rows: Rows, device: str) -> Figures:
    """Read every option of each group."""
    model.eval()
    passages: list[bool] = []
    sentences: list[bool] = []
    best: dict[bool, list[float]] = {True: [], False: []}
    for group in groups:
        batch = rows.batch([(group.question, [option]) for option in group.options])
        with torch.inference_mode():
            logits = score(model, batch, device).tolist()
        scored = [
            (logit, any(group.options[place].right), bool(right))
            for logit, place, right in zip(logits, batch.group, batch.right, strict=True)
        ]
        logit, passage, sentence = max(scored)
        best[group.answerable].append(logit)
        if group.answerable:
            passages.append(passage)
            sentences.append(sentence)
    positive, negative = np.array(best[True])[:, None], np.array(best[False])[None, :]
    auroc = float((positive > negative).mean() + 0.5 * (positive == negative).mean()) if negative.size else 0.0
    return Figures(
        len(passages), negative.size, float(np.mean(passages or [False])), float(np.mean(sentences or [False])), auroc
    )
