"""Learns to read: listwise, over the sentences of right passages, hard wrong ones, and "none of these answers"."""

import logging
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import torch
from tokenizers import Encoding, Tokenizer

from embeddings.contextual import Lengths, Row, build_row
from embeddings.training.reader.groups import Group, Option
from embeddings.training.reader.misses import near_miss
from embeddings.training.reader.model import SentenceScorer, as_tensors

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a run is made of: ``options`` a group, groups a step and a part of it; ``minutes`` or ``steps`` end it.

    Only the last ``tune`` layers learn: what lies below is the base's, and costs one pass instead of three.
    """

    seed: int = 0
    minutes: float = 40.0
    steps: int = 100_000
    options: int = 6
    batch: int = 16
    part: int = 4
    rate: float = 1e-4
    head_rate: float = 1e-3
    tune: int = 12
    device: str = "cpu"


class Rows:
    """Makes rows of groups, each text tokenised once."""

    def __init__(self, tokenizer: Tokenizer, lengths: Lengths) -> None:
        self._tokenizer = tokenizer
        self._lengths = lengths
        self._known: dict[str, Encoding] = {}

    def __call__(self, question: str, option: Option) -> Row:
        """Return the row of a question with an option."""
        excerpt = option.excerpt
        asked, context, text = (self._encoded(part) for part in (question, excerpt.context, excerpt.text))
        return build_row(asked, context, text, excerpt, self._lengths)

    def _encoded(self, text: str) -> Encoding:
        if text not in self._known:
            self._known[text] = self._tokenizer.encode(text, add_special_tokens=False)
        return self._known[text]


def choose(group: Group, most: int, rng: random.Random) -> list[Option]:
    """Return at most two right options and wrong ones, the three that were found first always among them."""
    right = [option for option in group.options if any(option.right)][:2]
    wrong = [option for option in group.options if not any(option.right)]
    hard, rest = wrong[:3], wrong[3:]
    others = hard + rng.sample(rest, min(len(rest), most))
    return right + others[: most - len(right)]


def losses(
    model: SentenceScorer, rows: Rows, picked: Sequence[tuple[str, Sequence[Option]]], device: str
) -> list[torch.Tensor]:
    """Return for each question the negative log-probability of its right sentences, or of none where there are none."""
    logits = score(model, [rows(question, option) for question, options in picked for option in options], device)
    found: list[torch.Tensor] = []
    start = 0
    for _, options in picked:
        own = logits[start : start + len(options)]
        start += len(options)
        scores = torch.cat([*own, own[0].new_zeros(1)])  # the last is "none"
        labels = [flag for option in options for flag in option.right]
        right = torch.tensor([*labels, not any(labels)], device=scores.device)
        found.append(torch.logsumexp(scores, 0) - torch.logsumexp(scores[right], 0))
    return found


def score(model: SentenceScorer, rows: Sequence[Row], device: str, size: int = 8) -> list[torch.Tensor]:
    """Return the logits of each row's sentences, float32; rows of about the same length are read together."""
    order = sorted(range(len(rows)), key=lambda number: len(rows[number].ids))
    logits: dict[int, torch.Tensor] = {}
    for start in range(0, len(order), size):
        part = order[start : start + size]
        tensors = as_tensors([rows[number] for number in part])
        with torch.autocast(device, torch.bfloat16):
            read = model(*(tensor.to(device) for tensor in tensors)).float()
        logits.update((number, read[n, : len(rows[number].sentences)]) for n, number in enumerate(part))
    return [logits[number] for number in range(len(rows))]


def learn(model: SentenceScorer, groups: Sequence[Group], rows: Rows, recipe: Recipe, keep: Callable[[], None]) -> int:
    """Train until the recipe's end; ``keep`` is called now and then. Returns how many groups were seen."""
    rng = random.Random(recipe.seed)
    model.bert.embeddings.word_embeddings.requires_grad_(False)  # rare words would drift from those never seen
    layers = model.bert.encoder.layer
    if recipe.tune < len(layers):
        model.bert.embeddings.requires_grad_(False)
        layers[: len(layers) - recipe.tune].requires_grad_(False)
    body = [weight for weight in model.bert.parameters() if weight.requires_grad]
    head = [*model.head.parameters(), model.none]
    rates = (recipe.rate, recipe.head_rate)
    optimiser = torch.optim.AdamW(
        [{"params": part, "lr": rate} for part, rate in zip((body, head), rates, strict=True)], weight_decay=0.01
    )
    queue = _endless(groups, rng)
    started, seen, kept, total = time.monotonic(), 0, 0.0, 0.0
    while True:
        steps = seen // recipe.batch
        done = max((time.monotonic() - started) / (60 * recipe.minutes), steps / recipe.steps)
        if done >= 1:
            return seen
        warm = min(1.0, (seen + recipe.batch) / (40 * recipe.batch))
        for part, rate in zip(optimiser.param_groups, rates, strict=True):
            part["lr"] = rate * warm * max(0.02, 1 - done)
        optimiser.zero_grad()
        for _ in range(0, recipe.batch, recipe.part):
            batch = [near_miss(next(queue), rng) for _ in range(recipe.part)]
            picked = [(group.question, choose(group, recipe.options, rng)) for group in batch]
            loss = torch.stack(losses(model, rows, picked, recipe.device)).sum() / recipe.batch
            loss.backward()  # type: ignore[no-untyped-call]
            total += loss.item()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        seen += recipe.batch
        if done - kept > 0.05:
            logger.info("%.0f %%: %d groups, mean loss %.3f", 100 * done, seen, total / (steps + 1))
            kept = done
            keep()


def _endless(groups: Sequence[Group], rng: random.Random) -> Iterator[Group]:
    while True:
        yield from rng.sample(groups, len(groups))
