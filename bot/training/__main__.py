"""Train the evidence model: ``python -m bot.training --corpus FOLDER``.

Reads the training text, asks its questions of throw-away collections, fits ranker and judge, writes ``bot/models``.
The ranker is the mean of several networks. The judge must not see rankings of questions that the ranker was fitted to,
which look too good: each part of the questions is ranked by networks fitted to the other parts.
"""

import argparse
import logging
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from bot.evidence import Network
from bot.table import Array
from bot.training.collection import Labelled
from bot.training.corpus import paragraphs
from bot.training.dataset import labelled
from bot.training.fit import Flags, fit_judge, fit_ranker, mean_network, save, summaries
from bot.training.rarity import write_table
from embeddings.encoder import BUILTIN_FOLDER
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
    args = parser.parse_args()
    torch.set_num_threads(1)  # the batches are small: more threads only wait for one another
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    logging.info("rarity: %d terms", write_table(paragraphs(args.corpus, args.seed), args.out / "rarity.npz"))
    groups: list[Labelled] = []
    natural: list[bool] = []
    for name, found in labelled(args.corpus, StaticEncoder.load(BUILTIN_FOLDER), args.seed, args.most):
        groups += found
        natural += [name.startswith("people")] * len(found)
        logging.info("%s: %d questions, %d in all", name, len(found), len(groups))
    ranker, judge, threshold = fit(groups, np.array(natural), args.seed)
    save(args.out / "evidence.npz", ranker, judge, threshold)
    logging.info("written to %s, threshold %.3f", args.out, threshold)


def fit(groups: Sequence[Labelled], natural: Flags, seed: int) -> tuple[Network, Network, float]:
    """Return (ranker, judge, threshold), the judge fitted and the threshold set on rankings not fitted to.

    The ranker learns from all questions. The judge learns from those that people asked (``natural``): how sure a match
    must be is another matter with questions made by rule, which repeat their source or are worn at random.
    """
    fold = np.random.default_rng(seed).integers(0, _FOLDS, len(groups))
    parts: list[tuple[Array, Flags]] = []
    for number in range(_FOLDS):
        others = fit_ranker([g for g, f in zip(groups, fold, strict=True) if f != number], seed + number)
        judged = (fold == number) & natural
        parts.append(summaries([g for g, use in zip(groups, judged, strict=True) if use], others))
    confidences = []
    for number, (rows, answered) in enumerate(parts):
        rest = [part for other, part in enumerate(parts) if other != number]
        judge = fit_judge(np.concatenate([r for r, _ in rest]), np.concatenate([a for _, a in rest]), seed)
        confidences.append(1 / (1 + np.exp(-judge(rows[answered]))))
    threshold = float(np.quantile(np.concatenate(confidences), _REFUSED))
    judge = fit_judge(np.concatenate([r for r, _ in parts]), np.concatenate([a for _, a in parts]), seed)
    return mean_network([fit_ranker(groups, seed + n) for n in range(_NETWORKS)]), judge, threshold


if __name__ == "__main__":
    main()
