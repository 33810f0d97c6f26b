"""Fit the learned part of the check of written sentences: ``python -m bot.training.entailment --corpus FOLDER``.

Sentences of documents are reworded and falsified by rule (``written_rows.py``); the reader reads each with its quotes
and stays as it is; a small network learns to point at what the quotes do not say. Texts are held out as for the reader.
"""

import argparse
import logging
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from bot.training.written_rows import Maker, WrittenRow
from bot.writing.entailment import FEATURES, LENGTHS, WEIGHTS, token_features
from embeddings.contextual import ContextReader

_WIDTH, _INNER, _LAYERS, _HEADS = 160, 320, 2, 4
_STATES = 3 * 384


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row as it was read: ``states`` and ``features`` of its tokens; of each whether it is wrong, -1 for no token."""

    states: npt.NDArray[np.float16]
    features: npt.NDArray[np.float16]
    wrong: npt.NDArray[np.int8]
    false: bool


class Network(nn.Module):
    """What ``bot/writing/entailment.py`` runs in numpy."""

    def __init__(self) -> None:
        super().__init__()
        self.input = nn.Linear(_STATES + FEATURES, _WIDTH)
        self.layers = nn.ModuleList(
            nn.ModuleDict(
                {
                    "norm1": _Scale(), "norm2": _Scale(),
                    "attention": nn.Linear(_WIDTH, 3 * _WIDTH, bias=False), "out": nn.Linear(_WIDTH, _WIDTH, bias=False),
                    "up": nn.Linear(_WIDTH, _INNER), "down": nn.Linear(_INNER, _WIDTH),
                }
            )
            for _ in range(_LAYERS)
        )  # fmt: skip
        self.norm = _Scale()
        self.token = nn.Linear(_WIDTH, 1)
        self.whole = nn.Linear(_WIDTH + 2, 1)
        self.dropout = nn.Dropout(0.1)

    def forward(
        self, states: torch.Tensor, features: torch.Tensor, mask: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the logits of the doubt about tokens ``(rows, tokens)`` and rows; ``mask`` is true for tokens."""
        parts = [nn.functional.layer_norm(part, part.shape[-1:]) for part in states.split(_STATES // 3, dim=-1)]
        x = self.input(self.dropout(torch.cat([*parts, features], dim=-1)))
        rows, tokens, _ = x.shape
        for layer in self.layers:
            mixed = layer["attention"](layer["norm1"](x)).view(rows, tokens, 3, _HEADS, -1).permute(2, 0, 3, 1, 4)
            seen = nn.functional.scaled_dot_product_attention(*mixed, attn_mask=mask[:, None, None, :])
            x = x + self.dropout(layer["out"](seen.transpose(1, 2).reshape(rows, tokens, _WIDTH)))
            x = x + self.dropout(layer["down"](torch.relu(layer["up"](layer["norm2"](x)))))
        x = self.norm(x)
        logits = self.token(x).squeeze(-1)
        own = features[..., 4] > 0
        most = logits.masked_fill(~own, -9.0).max(dim=1).values
        mean = (logits * own).sum(dim=1) / own.sum(dim=1).clamp(min=1)
        return logits, self.whole(torch.cat([x[:, 0], most[:, None], mean[:, None]], dim=1)).squeeze(-1)

    def arrays(self) -> dict[str, npt.NDArray[np.float16]]:
        """Return the weights by the names that the numpy side gives them, matrices as (in, out)."""
        named: dict[str, torch.Tensor] = {"norm": self.norm.weight}
        linears: list[tuple[str, nn.Linear]] = [("input", self.input), ("token", self.token), ("whole", self.whole)]
        for number, layer in enumerate(self.layers):
            named |= {f"{number}.{name}": layer[name].weight for name in ("norm1", "norm2")}
            linears += [(f"{number}.{name}", layer[name]) for name in ("attention", "out", "up", "down")]
        for name, linear in linears:
            named[name] = linear.weight.T
            if linear.bias is not None:
                named[f"{name}.bias"] = linear.bias
        return {name: tensor.detach().numpy().astype(np.float16) for name, tensor in named.items()}


class _Scale(nn.Module):
    """Layer normalisation without a shift."""

    def __init__(self) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(_WIDTH))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return ``x`` normalised."""
        return nn.functional.layer_norm(x, x.shape[-1:], self.weight)


def read_rows(reader: ContextReader, rows: Iterable[WrittenRow]) -> list[ReadRow]:
    """Read the rows once: what they are learned from."""
    found = []
    for number, row in enumerate(rows):
        quotes = "\n".join(row.quotes)
        read = reader.read_tokens(row.sentence, quotes, LENGTHS)
        wrong = np.full(len(read.states), -1, np.int8)
        for place, (start, end) in enumerate(read.question, 1):
            wrong[place] = any(a < end and b > start for a, b in row.wrong)
        features = token_features(read, row.sentence, quotes).astype(np.float16)
        found.append(ReadRow(read.states.astype(np.float16), features, wrong, not row.true))
        if number % 2000 == 1999:
            logging.info("%d rows read", number + 1)
    return found


def _batch(rows: Sequence[ReadRow]) -> tuple[torch.Tensor, ...]:
    longest = max(len(row.states) for row in rows)
    states = np.zeros((len(rows), longest, _STATES), np.float32)
    features = np.zeros((len(rows), longest, FEATURES), np.float32)
    wrong = np.full((len(rows), longest), -1, np.float32)
    mask = np.zeros((len(rows), longest), np.bool_)
    for number, row in enumerate(rows):
        length = len(row.states)
        states[number, :length], features[number, :length] = row.states, row.features
        wrong[number, :length], mask[number, :length] = row.wrong, True
    false = np.array([row.false for row in rows], np.float32)
    return tuple(torch.from_numpy(array) for array in (states, features, mask, wrong, false))


def fit(rows: Sequence[ReadRow], held_out: Sequence[ReadRow], seed: int, epochs: int) -> Network:
    """Fit the network: cross-entropy of the tokens and of the whole."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    net = Network()
    size = 32
    steps = epochs * (len(rows) // size)
    optimiser = torch.optim.AdamW(net.parameters(), lr=1e-3, weight_decay=1e-2)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 1.2e-3, total_steps=steps + 1, pct_start=0.1)
    for epoch in range(epochs):
        begun, losses = time.monotonic(), []
        net.train()
        order = rng.permutation(len(rows))
        # Rows of about the same length together, in an order of chance.
        batches = []
        for start in range(0, len(order), size * 50):
            part = sorted(order[start : start + size * 50], key=lambda number: len(rows[number].states))
            batches += [part[at : at + size] for at in range(0, len(part) - size + 1, size)]
        for place in rng.permutation(len(batches)):
            states, features, mask, wrong, false = _batch([rows[number] for number in batches[place]])
            tokens, whole = net(states, features, mask)
            known = wrong >= 0
            loss = nn.functional.binary_cross_entropy_with_logits(
                tokens[known], wrong[known], pos_weight=torch.tensor(2.0)
            ) + nn.functional.binary_cross_entropy_with_logits(whole, false)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            losses.append(float(loss))
        logging.info(
            "epoch %d: loss %.4f, %.0f s; held out %s",
            epoch,
            np.mean(losses),
            time.monotonic() - begun,
            measure(net, held_out),
        )
    return net.eval()


def measure(net: Network, rows: Sequence[ReadRow]) -> dict[str, float]:
    """Return which share of false rows is found where one or two or five of a hundred true ones are taken for false."""
    net.eval()
    scores = []
    with torch.inference_mode():
        for start in range(0, len(rows), 64):
            states, features, mask, _, _ = _batch(rows[start : start + 64])
            scores.append(net(states, features, mask)[1].numpy())
    logits, false = np.concatenate(scores), np.array([row.false for row in rows])
    return {
        f"at {share}": round(float((logits[false] > np.quantile(logits[~false], 1 - share)).mean()), 3)
        for share in (0.01, 0.02, 0.05, 0.1)
    }


def main() -> None:
    """Run the recipe's step."""
    parser = argparse.ArgumentParser(
        prog="python -m bot.training.entailment", description="Fit the check of sentences."
    )
    parser.add_argument("--corpus", type=Path, required=True, help="folder with the training text (*.jsonl.xz)")
    parser.add_argument("--reader", type=Path, required=True, help="folder of the reader; the weights go there")
    parser.add_argument("--rows", type=int, default=20000)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    torch.set_num_threads(2)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    reader = ContextReader.load(arguments.reader, threads=2)
    maker = Maker(arguments.corpus, arguments.seed)
    held_out = read_rows(reader, maker.rows(1500, held_out=True))
    rows = read_rows(reader, maker.rows(arguments.rows, held_out=False))
    net = fit(rows, held_out, arguments.seed, arguments.epochs)
    np.savez_compressed(arguments.reader / WEIGHTS, allow_pickle=False, **net.arrays())  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
