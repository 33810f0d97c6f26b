"""Train the evidence model: ``python -m bot.training --corpus FOLDER``.

Reads the training text, asks its questions of throw-away collections, fits ranker and judge, writes ``bot/models``.
The ranker is the mean of several networks. The judge must not see rankings of questions that the ranker was fitted to,
which look too good: each part of the questions is ranked by networks fitted to the other parts. How sure the judge is
of people's questions that it was not fitted to is written to ``reliability.json`` beside the weights.
"""

import argparse
import json
import logging
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from bot.evaluation import expected_calibration_error, reliability
from bot.evidence.judge import Network
from bot.evidence.table import Array
from bot.training.collection import Labelled
from bot.training.corpus import paragraphs
from bot.training.dataset import labelled
from bot.training.dense import fit_dense
from bot.training.fit import Flags, fit_judge, fit_ranker, mean_network, save, summaries
from bot.training.rarity import write_table
from embeddings.loading import BUILTIN_FOLDER
from embeddings.static import StaticEncoder

_FOLDS = 4
_NETWORKS = 8
_REFUSED = 0.005
"""Share of the answerable training questions that may be refused: sets the threshold. Low, because people who ask in
words of their own are judged less sure than these."""


def main() -> None:
    """Run the recipe."""
    parser = argparse.ArgumentParser(prog="python -m bot.training", description="Train the evidence model.")
    parser.add_argument("--corpus", type=Path, required=True, help="folder with the training text (*.jsonl.xz)")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent.parent / "models")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--most", type=int, help="questions of each collection, for a quick try")
    parser.add_argument("--office", action="store_true", help="learn from an office's questions too")
    args = parser.parse_args()
    torch.set_num_threads(1)  # the batches are small: more threads only wait for one another
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    logging.info("rarity: %d terms", write_table(paragraphs(args.corpus, args.seed), args.out / "rarity.npz"))
    groups: list[Labelled] = []
    natural: list[bool] = []
    for name, found in labelled(
        args.corpus, StaticEncoder.load(BUILTIN_FOLDER), args.seed, args.most, office=args.office
    ):
        groups += found
        natural += [name.startswith("people")] * len(found)
        logging.info("%s: %d questions, %d in all", name, len(found), len(groups))
    fitted = fit(groups, np.array(natural), args.seed)
    dense = fit_dense(groups, np.array(natural), args.seed)
    save(args.out / "evidence.npz", fitted.ranker, fitted.judge, fitted.threshold, dense)
    logging.info("written to %s, threshold %.3f", args.out, fitted.threshold)
    asked = fitted.answerable
    errors = write_reliability(args.out / "reliability.json", fitted.confidences, asked, ["people"] * len(asked))
    logging.info("held out: %d questions, expected calibration error %s", len(asked), errors)


@dataclass(frozen=True, slots=True)
class Fitted:
    """The trained parts, and of each of people's questions, held out of what judged it: how sure, and whether rightly.

    ``confidences`` (n, 0..1) and ``answerable`` (n) go fold by fold.
    """

    ranker: Network
    judge: Network
    threshold: float
    confidences: Array
    answerable: Flags


def fit(groups: Sequence[Labelled], natural: Flags, seed: int) -> Fitted:
    """Fit ranker and judge, the judge on rankings not fitted to, and set the threshold on confidences not fitted to.

    The ranker learns from all questions. The judge learns from those that people asked (``natural``): how sure a match
    must be is another matter with questions made by rule, which repeat their source or are worn at random.
    """
    fold = folds([group.topic for group in groups], seed)
    parts: list[tuple[Array, Flags]] = []
    for number in range(_FOLDS):
        others = fit_ranker([g for g, f in zip(groups, fold, strict=True) if f != number], seed + number)
        judged = (fold == number) & natural
        parts.append(summaries([g for g, use in zip(groups, judged, strict=True) if use], others))
    confidences = []
    for number, (rows, _) in enumerate(parts):
        rest = [part for other, part in enumerate(parts) if other != number]
        judge = fit_judge(np.concatenate([r for r, _ in rest]), np.concatenate([a for _, a in rest]), seed)
        confidences.append(1 / (1 + np.exp(-judge(rows))))
    held_out, answerable = np.concatenate(confidences).astype(np.float32), np.concatenate([a for _, a in parts])
    return Fitted(
        ranker=mean_network([fit_ranker(groups, seed + n) for n in range(_NETWORKS)]),
        judge=fit_judge(np.concatenate([r for r, _ in parts]), answerable, seed),
        threshold=float(np.quantile(held_out[answerable], _REFUSED)),
        confidences=held_out,
        answerable=answerable,
    )


def folds(topics: Sequence[str], seed: int) -> npt.NDArray[np.int64]:
    """Return the fold of each question, ``(n,)``: one for all of a topic, whose questions are asked more than once."""
    _, topic = np.unique(topics, return_inverse=True)
    fold: npt.NDArray[np.int64] = np.random.default_rng(seed).integers(0, _FOLDS, topic.max() + 1)[topic]
    return fold


def write_reliability(path: Path, confidences: Array, right: Flags, kinds: Sequence[str]) -> dict[str, float]:
    """Write how far ``confidences`` can be trusted, and return their expected calibration error, by kind of question.

    Raises:
        ValueError: the questions of a kind are all right, or none of them is.
    """
    content: dict[str, dict[str, Any]] = {}
    of_kind = np.array(kinds)
    for kind in dict.fromkeys(kinds):
        positive, negative = (confidences[(of_kind == kind) & flags].tolist() for flags in (right, ~right))
        error = expected_calibration_error(positive, negative)
        if error is None:
            raise ValueError(f"{kind}: {len(positive)} right and {len(negative)} wrong questions: both are needed")
        content[kind] = {
            "questions": len(positive) + len(negative),
            "expected_calibration_error": error,
            "bins": [asdict(part) for part in reliability(positive, negative)],
        }
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    return {kind: figures["expected_calibration_error"] for kind, figures in content.items()}


if __name__ == "__main__":
    main()
