"""Fits the two networks of ``bot/evidence/judge.py`` with torch and writes them for numpy."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch

from bot.evidence.crossing import DenseModel
from bot.evidence.features import NAMES
from bot.evidence.judge import Network, summary
from bot.evidence.table import Array
from bot.training.collection import Labelled

Flags = npt.NDArray[np.bool_]


def fit_ranker(groups: Sequence[Labelled], seed: int, hidden: Sequence[int] = (48, 24), epochs: int = 9) -> Network:
    """Fit the ranker: the softmax over a question's sentences should fall on the right ones (listwise cross-entropy).

    Questions with no right sentence among their candidates teach nothing here and are left out.
    """
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    groups = [group for group in groups if group.right.any()]
    sizes = np.array([len(group.features) for group in groups])
    ends = np.cumsum(sizes)
    features = np.concatenate([group.features for group in groups])
    mean, scale = _standard(features)
    inputs = torch.from_numpy((features - mean) / scale)
    right = torch.from_numpy(np.concatenate([group.right for group in groups]))
    net = _perceptron(features.shape[1], hidden)
    optimiser = torch.optim.AdamW(net.parameters(), lr=2e-3, weight_decay=1e-2)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, epochs)
    for _ in range(epochs):
        for batch in np.array_split(rng.permutation(len(groups)), max(1, len(groups) // 64)):
            rows = torch.from_numpy(np.concatenate([np.arange(ends[i] - sizes[i], ends[i]) for i in batch]))
            group = torch.repeat_interleave(torch.arange(len(batch)), torch.from_numpy(sizes[batch]))
            optimiser.zero_grad()
            _listwise(net(inputs[rows])[:, 0], right[rows], group, len(batch)).backward()  # type: ignore[no-untyped-call]
            optimiser.step()
        schedule.step()
    return _as_network(net, mean, scale)


def fit_judge(rows: Array, answered: Flags, seed: int, epochs: int = 20) -> Network:
    """Fit a logistic regression: the log-odds that a question is answered, from ``summary`` rows ``(n, inputs)``."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    mean, scale = _standard(rows)
    inputs = torch.from_numpy((rows - mean) / scale)
    wanted = torch.from_numpy(answered.astype(np.float32))
    net = _perceptron(rows.shape[1], ())
    optimiser = torch.optim.AdamW(net.parameters(), lr=2e-3, weight_decay=3e-2)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, epochs)
    loss = torch.nn.BCEWithLogitsLoss()
    for _ in range(epochs):
        for batch in np.array_split(rng.permutation(len(rows)), max(1, len(rows) // 128)):
            optimiser.zero_grad()
            loss(net(inputs[batch])[:, 0], wanted[batch]).backward()
            optimiser.step()
        schedule.step()
    return _as_network(net, mean, scale)


def mean_network(networks: Sequence[Network]) -> Network:
    """Return one network whose output is the mean of those of ``networks``: same inputs and number of layers."""
    first = networks[0]
    layers: list[tuple[Array, Array]] = []
    for number in range(len(first.layers)):
        weights = [network.layers[number][0] for network in networks]
        bias = np.concatenate([network.layers[number][1] for network in networks])
        joined = np.concatenate(weights, axis=1) if number == 0 else _block_diagonal(weights)
        layers.append((joined, bias))
    weight, bias = layers[-1]
    layers[-1] = (weight.mean(axis=1, keepdims=True), bias.mean(keepdims=True))
    return Network(first.mean, first.scale, tuple(layers))


def summaries(groups: Sequence[Labelled], ranker: Network) -> tuple[Array, Flags]:
    """Return the judge's input for each question and whether the collection answers it."""
    rows = [summary(group.features, ranker(group.features), group.owner) for group in groups]
    return np.concatenate(rows), np.array([group.answerable for group in groups])


def save(path: Path, ranker: Network, judge: Network, threshold: float, dense: DenseModel) -> None:
    """Write what ``EvidenceModel.load`` and ``DenseModel.load`` read."""
    arrays: dict[str, npt.NDArray[np.generic]] = {
        "names": np.frombuffer("\n".join(NAMES).encode(), np.uint8),
        "threshold": np.array(threshold, np.float32),
        "dense.threshold": np.array(dense.threshold, np.float32),
    }
    networks = {"ranker": ranker, "judge": judge, "dense.ranker": dense.ranker, "dense.judge": dense.judge}
    np.savez_compressed(path, allow_pickle=False, **arrays, **network_arrays(networks))


def network_arrays(networks: Mapping[str, Network]) -> dict[str, Array]:
    """Return the arrays that ``Network.read`` takes, by their names."""
    arrays: dict[str, Array] = {}
    for prefix, network in networks.items():
        arrays[f"{prefix}.mean"], arrays[f"{prefix}.scale"] = network.mean, network.scale
        for number, (weight, bias) in enumerate(network.layers):
            arrays[f"{prefix}.weight{number}"], arrays[f"{prefix}.bias{number}"] = weight, bias
    return arrays


def _listwise(scores: torch.Tensor, right: torch.Tensor, group: torch.Tensor, groups: int) -> torch.Tensor:
    """Mean over groups of the negative log-probability that a softmax over the group gives to its right rows."""
    top = torch.full((groups,), -1e9).scatter_reduce(0, group, scores.detach(), "amax")
    mass = torch.exp(scores - top[group])
    whole = torch.zeros(groups).index_add(0, group, mass)
    good = torch.zeros(groups).index_add(0, group, mass * right)
    return (torch.log(whole) - torch.log(good + 1e-9)).mean()


def _perceptron(inputs: int, hidden: Sequence[int]) -> torch.nn.Sequential:
    layers: list[torch.nn.Module] = []
    for size in hidden:
        layers += [torch.nn.Linear(inputs, size), torch.nn.ReLU()]
        inputs = size
    return torch.nn.Sequential(*layers, torch.nn.Linear(inputs, 1))


def _as_network(net: torch.nn.Sequential, mean: Array, scale: Array) -> Network:
    linear = [layer for layer in net if isinstance(layer, torch.nn.Linear)]
    layers = tuple((layer.weight.detach().numpy().T.copy(), layer.bias.detach().numpy().copy()) for layer in linear)
    return Network(mean, scale, layers)


def _standard(rows: Array) -> tuple[Array, Array]:
    return rows.mean(axis=0), rows.std(axis=0) + np.float32(1e-3)


def _block_diagonal(weights: Sequence[Array]) -> Array:
    out = np.zeros((sum(len(w) for w in weights), sum(w.shape[1] for w in weights)), np.float32)
    row = column = 0
    for weight in weights:
        out[row : row + len(weight), column : column + weight.shape[1]] = weight
        row, column = row + len(weight), column + weight.shape[1]
    return out
