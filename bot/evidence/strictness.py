"""How strict refusing is: three steps, and what each costs on questions that the judge was not fitted to.

No step is tuned to a set of questions. The usual one is the threshold that the recipe has fitted. The lenient one
answers what would else be shown as possibly related, from the recipe's other threshold on. The strict one answers what
is more likely right than wrong: the confidence is a probability, and its error is told beside the weights.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from bot.storage.preferences import Strictness

RELIABILITY = "reliability.json"
"""Stands beside the weights of a judge: ten bins of held-out questions for each kind."""
_EVEN = 0.5


@dataclass(frozen=True, slots=True)
class Scale:
    """From which confidence (0..1) on a judge answers as it was fitted, and from which on what it read may help."""

    usual: float
    related: float

    def at(self, strictness: Strictness) -> float:
        """Return the confidence from which on to answer."""
        if strictness == "usual":
            return self.usual
        return min(self.related, self.usual) if strictness == "lenient" else max(_EVEN, self.usual)


@dataclass(frozen=True, slots=True)
class Step:
    """A strictness, and of the held-out questions the shares (0..1) ``answered`` from its ``threshold`` on.

    ``right`` is the share of all that is answered rightly; ``None`` both where nothing was measured. Many of the
    questions have no answer in their texts.
    """

    name: Strictness
    threshold: float
    answered: float | None = None
    right: float | None = None


@dataclass(frozen=True, slots=True)
class Strictnesses:
    """The steps, the most willing first, and how many held-out ``questions`` their shares were measured on."""

    steps: tuple[Step, ...]
    questions: int


@dataclass(frozen=True, slots=True)
class HomeSettings:
    """What is chosen for everybody who asks; ``reader`` tells whether passages are read in context.

    ``fixed`` names what was set where the program was started, and cannot be chosen. The steps are those of the judge
    that decides as things are now. A visitor's last ``max_conversations`` conversations are kept, until they have not
    been here for ``conversation_days``.
    """

    strictness: Strictness
    reader: bool
    fixed: tuple[str, ...]
    strictnesses: Strictnesses
    conversation_days: int
    max_conversations: int


def strictnesses(scale: Scale, reliability: Path | None) -> Strictnesses:
    """Return the steps of ``scale`` with what they cost by ``reliability``: a bin is answered or refused as a whole."""
    bins = _bins(reliability) if reliability is not None else ()
    total = sum(count for count, _, _ in bins)
    steps: list[Step] = []
    for name in get_args(Strictness):
        threshold = scale.at(name)
        answered = [(count, right) for count, confidence, right in bins if confidence >= threshold]
        shares = (
            sum(count for count, _ in answered) / total, sum(count * right for count, right in answered) / total
        ) if total else (None, None)  # fmt: skip
        steps.append(Step(name, threshold, *shares))
    return Strictnesses(tuple(steps), total)


def _bins(path: Path) -> tuple[tuple[int, float, float], ...]:
    """Return (questions, mean confidence, share right) of each bin; none where the weights came without figures."""
    try:
        kinds = json.loads(path.read_text(encoding="utf-8"))
    except OSError:
        return ()
    return tuple(
        (bin["count"], bin["confidence"], bin["answerable"]) for kind in kinds.values() for bin in kind["bins"]
    )
