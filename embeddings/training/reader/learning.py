"""Learns to read: listwise, over the sentences of right passages, hard wrong ones, and "none of these answers"."""

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import torch
from torch.utils.data import DataLoader

from embeddings.contextual import SOFTNESS
from embeddings.training.reader.batches import Batch, Batches, Chunk, Rows
from embeddings.training.reader.groups import Group
from embeddings.training.reader.model import SentenceScorer

logger = logging.getLogger(__name__)

_WARM = 0.05
"""The share of a run in which the rate rises: twelve layers that begin at once at 2e-4 forget all that they knew."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a run is made of: ``options`` a group, groups a ``batch``; ``minutes`` or ``steps`` end it.

    Only the last ``tune`` layers learn: what lies below is the base's, and costs one pass instead of three. ``taught``
    is how much of the loss is the distance from a teacher, where there is one. ``workers`` make the batches.
    ``compiled``: a step takes half the time on a CPU, the first ones some two minutes more; it needs a C++ compiler.
    """

    seed: int = 0
    minutes: float = 40.0
    steps: int = 100_000
    options: int = 6
    batch: int = 16
    rate: float = 1e-4
    head_rate: float = 1e-3
    tune: int = 12
    taught: float = 0.7
    device: str = "cpu"
    workers: int = 0
    compiled: bool = False


def score(model: Callable[..., torch.Tensor], batch: Batch, device: str) -> torch.Tensor:
    """Return the logits of a batch's sentences, float32: of the clauses of each the soft maximum."""
    read = []
    for chunk in batch.chunks:
        ids, kinds, mask, pool, filled = _tensors(chunk, device)
        with torch.autocast(device, torch.bfloat16):
            read.append(model(ids, kinds, mask, pool).float()[filled])
    shares, sentence = (torch.from_numpy(array).to(device) for array in (batch.shares, batch.sentence))
    return SOFTNESS * _log_sums(shares + torch.cat(read) / SOFTNESS, sentence, len(batch.group))


def _tensors(chunk: Chunk, device: str) -> tuple[torch.Tensor, ...]:
    arrays = (chunk.ids, chunk.kinds, chunk.mask, chunk.spans)
    ids, kinds, mask, spans = (torch.from_numpy(array).to(device, non_blocking=True).long() for array in arrays)
    start, end = spans[..., :1], spans[..., 1:]
    token = torch.arange(ids.shape[1], device=device)
    inside = (token >= start) & (token < end)
    return ids, kinds, mask, inside / (end - start).clamp(min=1), (end > start).squeeze(-1)


def _log_sums(values: torch.Tensor, owner: torch.Tensor, owners: int) -> torch.Tensor:
    """Return the logarithm of the sum of exponentials of the values of each owner, of whom each has one at least."""
    most = values.new_full((owners,), -torch.inf).scatter_reduce(0, owner, values.detach(), "amax")
    return most + torch.log(values.new_zeros(owners).index_add(0, owner, torch.exp(values - most[owner])))


def losses(scores: torch.Tensor, batch: Batch, taught: torch.Tensor | None = None) -> tuple[torch.Tensor, torch.Tensor]:
    """Return for each question the negative log-probability of its right sentences, or of none where there are none.

    The second tensor is the cross-entropy with what a teacher's logits ``taught`` make probable (without one: zeros).
    """
    device = scores.device
    group, right = torch.from_numpy(batch.group).to(device), torch.from_numpy(batch.right).to(device)
    none = torch.arange(batch.groups, device=device)
    owner = torch.cat([group, none])
    every = torch.cat([scores, scores.new_zeros(batch.groups)])  # the last are "none"
    answerable = torch.zeros(batch.groups, dtype=torch.bool, device=device).index_fill(0, group[right], True)
    wanted = torch.cat([right, ~answerable])
    total = _log_sums(every, owner, batch.groups)
    own = total - _log_sums(every[wanted], owner[wanted], batch.groups)
    if taught is None:
        return own, torch.zeros_like(own)
    said = torch.cat([taught, taught.new_zeros(batch.groups)])
    shares = torch.exp(said - _log_sums(said, owner, batch.groups)[owner])
    return own, total - scores.new_zeros(batch.groups).index_add(0, owner, shares * every)


def learn(
    model: SentenceScorer, groups: Sequence[Group], rows: Rows, recipe: Recipe, keep: Callable[[], None],
    teacher: SentenceScorer | None = None,
) -> int:  # fmt: skip
    """Train until the recipe's end; ``keep`` is called now and then. Returns how many groups were seen."""
    model.train()
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
    batches = iter(_batches(groups, rows, recipe))
    read = torch.compile(model, dynamic=True) if recipe.compiled else model
    started, steps, kept, recent = time.monotonic(), 0, 0.0, 0.0
    while True:
        done = max((time.monotonic() - started) / (60 * recipe.minutes), steps / recipe.steps)
        if done >= 1:
            return steps * recipe.batch
        warm = min(1.0, 0.01 + done / _WARM)
        for part, rate in zip(optimiser.param_groups, rates, strict=True):
            part["lr"] = rate * warm * max(0.02, 1 - done)
        batch = next(batches)
        taught = None
        if teacher is not None:
            with torch.inference_mode():
                taught = score(teacher, batch, recipe.device)
        own, distance = losses(score(read, batch, recipe.device), batch, taught)
        loss = own.mean() if teacher is None else ((1 - recipe.taught) * own + recipe.taught * distance).mean()
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        steps += 1
        recent += 0.02 * (own.detach().mean() - recent) / (1 - 0.98**steps)  # type: ignore[assignment]
        if done - kept > 0.05:
            logger.info("%.0f %%: %d groups, recent loss %.3f", 100 * done, steps * recipe.batch, float(recent))
            kept = done
            keep()


def _batches(groups: Sequence[Group], rows: Rows, recipe: Recipe) -> Iterator[Batch]:
    every = Batches(groups, rows, recipe.batch, recipe.options, recipe.seed)
    if not recipe.workers:
        return iter(every)
    return iter(DataLoader(every, batch_size=None, num_workers=recipe.workers, prefetch_factor=4))
