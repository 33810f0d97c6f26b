"""Answers that were given a moment ago: the same question of the same documents has the same answer.

People ask what is proposed to them, and programs ask again; half a second of reading is saved each time.
"""

import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass

from bot.types import Answer


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with all that its answer depends on: history, scope, and the ``state`` of the home."""

    question: str
    history: tuple[tuple[str, str], ...]
    documents: tuple[str, ...] | None
    state: Hashable


class RecentAnswers:
    """Keeps the answers to the ``most`` questions that were asked last. Thread-safe."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._answers: OrderedDict[Asked, Answer] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, asked: Asked) -> Answer | None:
        """Return the answer; None where it is not kept."""
        with self._lock:
            if asked not in self._answers:
                return None
            self._answers.move_to_end(asked)
            return self._answers[asked]

    def keep(self, asked: Asked, answer: Answer) -> None:
        """Keep an answer in place of the one that was not asked for longest."""
        with self._lock:
            self._answers[asked] = answer
            self._answers.move_to_end(asked)
            while len(self._answers) > self._most:
                self._answers.popitem(last=False)
