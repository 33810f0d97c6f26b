"""Fit the learned part of the check of written sentences: ``python -m bot.training.entailment --corpus FOLDER``.

Sentences of documents are reworded and falsified by rule (``written_rows.py``); the reader reads each with its quotes
and stays as it is; a small network learns to point at what the quotes do not say. Texts are held out as for the reader.
"""

import argparse
import logging
import time
from collections.abc import Callable, Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from bot.evidence.table import Array
from bot.training.written_rows import Maker
from bot.training.written_sources import WrittenRow
from bot.writing.entailment import FEATURES, LENGTHS, WEIGHTS, standard, token_features
from embeddings.contextual import ContextReader

_WIDTH, _INNER, _LAYERS, _HEADS = 160, 320, 2, 4
_KEPT = 128
"""Directions of each of the reader's vectors that are kept: those in which they differ most."""
_STATES = 3 * _KEPT
_BASIS_ROWS, _HELD_OUT_ROWS = 300, 700
_FLAGGED = 0.01
"""The share of true sentences made by rule that may be flagged; people's own words are further from the quotes."""


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row as it was read: the tokens of sentence and quotes; whether each of the former is wrong, -1: no word."""

    own: npt.NDArray[np.float16]
    quotes: npt.NDArray[np.float16]
    wrong: npt.NDArray[np.int8]
    false: bool


class Side(NamedTuple):
    """Tokens ``(rows, tokens, inputs)`` of one side of a batch, and which of them there are."""

    tokens: torch.Tensor
    mask: torch.Tensor


class Network(nn.Module):
    """What ``bot/writing/entailment.py`` runs in numpy."""

    def __init__(self) -> None:
        super().__init__()
        self.input = nn.Linear(_STATES + FEATURES, _WIDTH)
        self.layers = [_layer() for _ in range(_LAYERS)]
        self.held = nn.ModuleList(self.layers)
        self.norm = _Scale()
        self.token = nn.Linear(_WIDTH, 1)
        self.whole = nn.Linear(_WIDTH + 2, 1)
        self.dropout = nn.Dropout(0.1)

    def forward(self, own: Side, quotes: Side) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the logits of the doubt about tokens ``(rows, tokens)`` and rows; the first token is no word."""
        x = self.input(self.dropout(own.tokens))
        context = nn.functional.layer_norm(self.input(self.dropout(quotes.tokens)), (_WIDTH,))
        mask = torch.cat([own.mask, quotes.mask], dim=1)[:, None, None, :]
        for layer in self.layers:
            normal = layer["norm1"](x)
            both = torch.cat([normal, context], dim=1)
            parts = (("query", normal), ("key", both), ("value", both))
            query, key, value = (layer[name](y).unflatten(-1, (_HEADS, -1)).transpose(1, 2) for name, y in parts)
            seen = nn.functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
            x = x + self.dropout(layer["out"](seen.transpose(1, 2).flatten(2)))
            x = x + self.dropout(layer["down"](torch.relu(layer["up"](layer["norm2"](x)))))
        x = self.norm(x)
        logits = self.token(x).squeeze(-1)
        words = own.mask.clone()
        words[:, 0] = False
        most = logits.masked_fill(~words, -9.0).max(dim=1).values
        mean = (logits * words).sum(dim=1) / words.sum(dim=1).clamp(min=1)
        return logits, self.whole(torch.cat([x[:, 0], most[:, None], mean[:, None]], dim=1)).squeeze(-1)

    def arrays(self, basis: Sequence[Array]) -> dict[str, npt.NDArray[np.float16]]:
        """Return the weights by the names that the numpy side gives them, matrices as (in, out)."""
        named: dict[str, torch.Tensor] = {"norm": self.norm.weight}
        linears: list[tuple[str, nn.Linear]] = [("input", self.input), ("token", self.token), ("whole", self.whole)]
        for number, layer in enumerate(self.layers):
            for name, part in layer.items():
                if isinstance(part, nn.Linear):
                    linears.append((f"{number}.{name}", part))
                elif isinstance(part, _Scale):
                    named[f"{number}.{name}"] = part.weight
        for name, linear in linears:
            named[name] = linear.weight.T
            if linear.bias is not None:
                named[f"{name}.bias"] = linear.bias
        arrays = {name: tensor.detach().numpy() for name, tensor in named.items()}
        parts = np.split(arrays["input"][:_STATES], 3)
        whole = [directions @ part for directions, part in zip(basis, parts, strict=True)]
        arrays["input"] = np.concatenate([*whole, arrays["input"][_STATES:]])
        return {name: array.astype(np.float16) for name, array in arrays.items()}


def _layer() -> nn.ModuleDict:
    square = {name: nn.Linear(_WIDTH, _WIDTH, bias=False) for name in ("query", "key", "value", "out")}
    inner = {"up": nn.Linear(_WIDTH, _INNER), "down": nn.Linear(_INNER, _WIDTH)}
    return nn.ModuleDict({"norm1": _Scale(), "norm2": _Scale(), **square, **inner})


class _Scale(nn.Module):
    """Layer normalisation without a shift."""

    def __init__(self) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(_WIDTH))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return ``x`` normalised."""
        return nn.functional.layer_norm(x, x.shape[-1:], self.weight)


def find_basis(reader: ContextReader, rows: Iterable[WrittenRow]) -> list[Array]:
    """Return for each of the reader's three vectors the directions in which they differ most, ``(384, 128)``."""
    states = np.concatenate([reader.read_tokens(r.sentence, "\n".join(r.quotes), LENGTHS).states for r in rows])
    basis = []
    for part in np.split(states, 3, axis=1):
        normal = standard(part)
        _, vectors = np.linalg.eigh(normal.T @ normal)
        basis.append(vectors[:, ::-1][:, :_KEPT].astype(np.float32))
    return basis


def read_rows(reader: ContextReader, basis: Sequence[Array], rows: Iterable[WrittenRow]) -> list[ReadRow]:
    """Read the rows once: what they are learned from."""
    found = []
    for number, row in enumerate(rows):
        quotes = "\n".join(row.quotes)
        read = reader.read_tokens(row.sentence, quotes, LENGTHS)
        states = [standard(part) @ own for part, own in zip(np.split(read.states, 3, axis=1), basis, strict=True)]
        tokens = np.concatenate([*states, token_features(read, row.sentence, quotes)], axis=1).astype(np.float16)
        wrong = [any(a < end and b > start for a, b in row.wrong) for start, end in read.question]
        split = len(read.question) + 1
        found.append(ReadRow(tokens[:split], tokens[split:], np.array([-1, *wrong], np.int8), not row.true))
        if number % 2000 == 1999:
            logging.info("%d rows read", number + 1)
    return found


def _side(arrays: Sequence[npt.NDArray[np.float16]]) -> Side:
    longest = max(map(len, arrays))
    tokens = np.zeros((len(arrays), longest, _STATES + FEATURES), np.float32)
    mask = np.zeros((len(arrays), longest), np.bool_)
    for number, array in enumerate(arrays):
        tokens[number, : len(array)], mask[number, : len(array)] = array, True
    return Side(torch.from_numpy(tokens), torch.from_numpy(mask))


def _batch(rows: Sequence[ReadRow]) -> tuple[Side, Side, torch.Tensor, torch.Tensor]:
    own = _side([row.own for row in rows])
    wrong = np.full(own.mask.shape, -1, np.float32)
    for number, row in enumerate(rows):
        wrong[number, : len(row.wrong)] = row.wrong
    false = np.array([row.false for row in rows], np.float32)
    return own, _side([row.quotes for row in rows]), torch.from_numpy(wrong), torch.from_numpy(false)


def _batches(rows: Sequence[ReadRow], size: int, rng: np.random.Generator) -> list[list[ReadRow]]:
    """Return rows of about the same length together, in an order of chance."""
    order, batches = rng.permutation(len(rows)), []
    for start in range(0, len(order), size * 50):
        part = sorted(order[start : start + size * 50], key=lambda number: len(rows[number].quotes))
        batches += [[rows[number] for number in part[at : at + size]] for at in range(0, len(part), size)]
    return [batches[place] for place in rng.permutation(len(batches))]


def fit(
    rows: Sequence[ReadRow], held_out: Sequence[ReadRow], seed: int, epochs: int, done: Callable[[Network], None]
) -> Network:
    """Fit the network: cross-entropy of the tokens and of the whole; ``done`` is told of it after each epoch."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    net = Network()
    size = 32
    optimiser = torch.optim.AdamW(net.parameters(), lr=1e-3, weight_decay=1e-2)
    steps = epochs * len(_batches(rows, size, rng)) + 1
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 1.5e-3, total_steps=steps, pct_start=0.1)
    for epoch in range(epochs):
        begun, losses = time.monotonic(), []
        net.train()
        for batch in _batches(rows, size, rng):
            own, quotes, wrong, false = _batch(batch)
            tokens, whole = net(own, quotes)
            known = wrong >= 0
            weight = torch.tensor(2.0)
            loss = nn.functional.binary_cross_entropy_with_logits(tokens[known], wrong[known], pos_weight=weight)
            loss = loss + nn.functional.binary_cross_entropy_with_logits(whole, false)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            losses.append(loss.item())
        found = measure(net, held_out)
        logging.info(
            "epoch %d: loss %.4f, %.0f s; held out %s", epoch, np.mean(losses), time.monotonic() - begun, found
        )
        done(net)
    return net.eval()


def measure(net: Network, rows: Sequence[ReadRow]) -> dict[str, float]:
    """Return which share of false rows is found where one, two, five or ten of a hundred true ones are flagged."""
    logits, false = _doubts(net, rows), np.array([row.false for row in rows])
    return {
        f"at {share}": round(float((logits[false] > np.quantile(logits[~false], 1 - share)).mean()), 3)
        for share in (0.01, 0.02, 0.05, 0.1)
    }


def settle(net: Network, rows: Sequence[ReadRow]) -> None:
    """Shift the doubt about the whole so that of true rows that it was not fitted to a small share is over a half."""
    true = _doubts(net, rows)[[not row.false for row in rows]]
    with torch.no_grad():
        net.whole.bias.sub_(float(np.quantile(true, 1 - _FLAGGED)))


def _doubts(net: Network, rows: Sequence[ReadRow]) -> npt.NDArray[np.float32]:
    net.eval()
    scores = []
    with torch.inference_mode():
        for start in range(0, len(rows), 64):
            own, quotes, _, _ = _batch(rows[start : start + 64])
            scores.append(net(own, quotes)[1].numpy())
    return np.concatenate(scores)


def main() -> None:
    """Run the recipe's step."""
    parser = argparse.ArgumentParser(
        prog="python -m bot.training.entailment", description="Fit the check of sentences."
    )
    parser.add_argument("--corpus", type=Path, required=True, help="folder with the training text (*.jsonl.xz)")
    parser.add_argument("--reader", type=Path, required=True, help="folder of the reader; the weights go there")
    parser.add_argument("--rows", type=int, default=12000)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    reader = ContextReader.load(arguments.reader, threads=1)
    maker = Maker(arguments.corpus, arguments.seed)
    basis = find_basis(reader, maker.rows(_BASIS_ROWS, held_out=False))
    held_out = read_rows(reader, basis, maker.rows(_HELD_OUT_ROWS, held_out=True))
    rows = read_rows(reader, basis, maker.rows(arguments.rows, held_out=False))

    def write(net: Network) -> None:
        net = deepcopy(net)
        settle(net, held_out)
        np.savez_compressed(arguments.reader / WEIGHTS, allow_pickle=False, **net.arrays(basis))

    fit(rows, held_out, arguments.seed, arguments.epochs, write)


if __name__ == "__main__":
    main()
