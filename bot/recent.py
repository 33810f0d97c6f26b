"""Answers that were given a moment ago: the same question of the same documents has the same answer.

People ask what is proposed to them, and programs ask again; half a second of reading is saved each time.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from typing import Self

from bot.types import Answer, History, Timings

_MOST = 256
_OF_THE_MOMENT = ("talk", "collection")
"""Ways of answering that tell of more than the documents: what may be asked, when something was added, tags."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what was said before, the documents that were asked (None: all), and its other wordings.

    How the answer is given is no part of it: what is kept are the quotes, and what a model writes of them never is.
    """

    question: str
    history: tuple[tuple[str, str], ...]
    documents: tuple[str, ...] | None
    wordings: tuple[str, ...] = ()

    @classmethod
    def of(
        cls, question: str, history: History, documents: Sequence[str] | None, wordings: Sequence[str] = ()
    ) -> Self:  # fmt: skip
        """Return a question as it can be found again."""
        turns = tuple((said, answer) for said, answer in history)
        return cls(question, turns, None if documents is None else tuple(documents), tuple(wordings))


class RecentAnswers:
    """Keeps the answers to the ``most`` questions that were asked last. Thread-safe."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._answers: OrderedDict[tuple[Asked, Hashable], Answer] = OrderedDict()
        self._lock = threading.Lock()

    def answer(
        self, asked: Asked, state: Callable[[], Hashable], attempt: Callable[[], Answer],
        stands: Callable[[Answer], bool],
    ) -> Answer:  # fmt: skip
        """Return the answer that is kept, without times, where it still ``stands``; else what ``attempt`` makes.

        ``state`` gives what changes whenever an answer may: one that came while it changed is not kept.
        """
        before = state()
        with self._lock:
            kept = self._answers.get((asked, before))
            if kept is not None:
                self._answers.move_to_end((asked, before))
        if kept is not None and stands(kept):
            return kept
        answer = attempt()
        if answer.trace.way not in _OF_THE_MOMENT and state() == before:
            with self._lock:
                self._answers[asked, before] = replace(answer, timings=Timings())
                while len(self._answers) > self._most:
                    self._answers.popitem(last=False)
        return answer
