"""Train the word vectors with sentence-transformers' own losses, on pairs of token ids."""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.losses import MatryoshkaLoss, MultipleNegativesRankingLoss
from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding
from tokenizers import Tokenizer

from embeddings.training.material import Ids, Pair
from embeddings.training.pairs import PairMaker

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a training run is made of; ``minutes`` bounds it where ``steps`` does not."""

    seed: int = 0
    dimension: int = 256
    matryoshka: tuple[int, ...] = (256, 64)
    matryoshka_weights: tuple[float, ...] = (1.0, 0.3)
    batch: int = 1024
    temperature: float = 0.05
    learning_rate: float = 0.006
    warmup: int = 50
    steps: int = 5000
    minutes: float = 25.0
    threads: int = 2


@dataclass(frozen=True, slots=True)
class Run:
    """What a training run came to."""

    steps: int
    seconds: float
    loss: float


def build_model(tokenizer: Tokenizer, vectors: npt.NDArray[np.floating]) -> SentenceTransformer:
    """Return a model of one StaticEmbedding, with unit vectors as output; ``vectors`` are (vocabulary, dimension)."""
    return SentenceTransformer(
        modules=[StaticEmbedding(tokenizer, embedding_weights=vectors), Normalize()], device="cpu"
    )


def features(texts: Sequence[Ids]) -> dict[str, torch.Tensor]:
    """Return the module's input for texts that are already token ids."""
    lengths = [len(ids) for ids in texts]
    offsets = np.concatenate([[0], np.cumsum(lengths[:-1])]).astype(np.int64)
    return {
        "input_ids": torch.from_numpy(np.concatenate(texts).astype(np.int64)),
        "offsets": torch.from_numpy(offsets),
    }


def _embedding(model: SentenceTransformer) -> StaticEmbedding:
    module = model[0]
    assert isinstance(module, StaticEmbedding)
    return module


def _keep_touched_rows(weight: torch.Tensor, batch: Sequence[dict[str, torch.Tensor]]) -> None:
    """Make the gradient sparse, so that Adam moves only the words of this batch.

    The dense backward pass and this cut are three times as quick as the embedding's own sparse gradient, whose
    repeated rows must be sorted and summed.
    """
    assert weight.grad is not None
    rows = torch.unique(torch.cat([part["input_ids"] for part in batch]))
    values = weight.grad[rows]
    weight.grad = torch.sparse_coo_tensor(rows[None], values, weight.shape, is_coalesced=True, check_invariants=False)


def train(
    model: SentenceTransformer, maker: PairMaker, recipe: Recipe, checkpoint: Callable[[int], None] | None = None
) -> Run:
    """Train in place; the learning rate falls to a twentieth at the last step, or when the minutes are over."""
    torch.set_num_threads(recipe.threads)
    torch.manual_seed(recipe.seed)
    weight = _embedding(model).embedding.weight
    ranking = MultipleNegativesRankingLoss(
        model,
        scale=1 / recipe.temperature,
        directions=("query_to_doc", "doc_to_query"),
        partition_mode="per_direction",
    )
    loss = MatryoshkaLoss(model, ranking, list(recipe.matryoshka), list(recipe.matryoshka_weights))
    optimizer = torch.optim.SparseAdam([weight], lr=recipe.learning_rate)
    labels = torch.zeros(recipe.batch)
    begin, mean, step, progress = time.monotonic(), 0.0, 0, 0.0
    while progress < 1.0:
        rate = recipe.learning_rate * min(1.0, (step + 1) / recipe.warmup) * (1 - 0.95 * progress)
        optimizer.param_groups[0]["lr"] = rate
        pairs: list[Pair] = maker.batch(recipe.batch)
        batch = [features([query for query, _ in pairs]), features([text for _, text in pairs])]
        weight.grad = None
        value = loss(batch, labels)
        value.backward()
        _keep_touched_rows(weight, batch)
        optimizer.step()  # type: ignore[no-untyped-call]
        step += 1
        mean = float(value.detach()) if step == 1 else 0.98 * mean + 0.02 * float(value.detach())
        seconds = time.monotonic() - begin
        progress = max(step / recipe.steps, seconds / (60 * recipe.minutes))
        if step % 100 == 0:
            logger.info("step %d of %d, %.0f s, loss %.4f", step, recipe.steps, seconds, mean)
        if checkpoint is not None and step % 500 == 0:
            checkpoint(step)
    return Run(steps=step, seconds=time.monotonic() - begin, loss=mean)


def save(model: SentenceTransformer, folder: Path) -> None:
    """Save in sentence-transformers' folder format, 16-bit; the unknown word, row 0, says nothing."""
    folder.mkdir(parents=True, exist_ok=True)
    module = _embedding(model)
    vectors = module.embedding.weight.detach().numpy().copy()
    vectors[0] = 0
    build_model(module.tokenizer, vectors.astype(np.float16)).save(str(folder), create_model_card=False)
    # Without the white space that the library adds, half the size.
    (folder / "tokenizer.json").write_text(module.tokenizer.to_str(), encoding="utf-8")
    # The library writes it for the owner only; the other files can be read by everybody.
    (folder / "model.safetensors").chmod(0o644)
