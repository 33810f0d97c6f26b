"""What a rule for follow-ups is: its name, its pattern, how it completes a question, and the dialogues that show it."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.language.folding import fold

_SAME = 4
"""So many characters at their ends are the same where two questions ask the same of two things."""
ANYTHING = re.compile("")
"""The pattern of a rule that looks at the question as a whole."""


@dataclass(frozen=True, slots=True)
class Completion:
    """A question as it is searched; ``rule`` names the rule that completed it, None where none did.

    ``said`` is the last answer of those that it leans on which cites something; "" where none does. ``parts`` are the
    questions that it compares the answers of, to be asked again.
    """

    text: str
    rule: str | None = None
    said: str = ""
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """A question ``asked`` after ``last``, which was answered with ``answer``; ``last`` has no mark at its end.

    ``earlier`` is the question before ``last``.
    """

    last: str
    answer: str
    asked: str
    earlier: str = ""

    @property
    def folded(self) -> str:
        """The question asked, folded: as long as it is typed, so that spans hold."""
        return fold(self.asked)

    @property
    def said(self) -> str:
        """The question and the answer before, folded."""
        return fold(f"{self.last} {self.answer}")

    @property
    def parallel(self) -> tuple[str, ...]:
        """The two questions before where they ask the same of two things: "A10的亮度是多少", "B20的亮度是多少"."""
        same = self.earlier[-_SAME:] == self.last[-_SAME:] and self.earlier != self.last
        return (f"{self.earlier}？", f"{self.last}？") if same else ()


@dataclass(frozen=True, slots=True)
class FollowUpRule:
    """A named row of a table of rules, which are tried in order.

    ``pattern`` is searched in the folded question (in the question as typed where ``typed``); ``make`` turns a match
    into the completed question, None where on a closer look the rule does not hold, the question itself where it is
    to be left alone. ``examples`` are (turn, completed question), ``counterexamples`` turns of which it makes nothing.
    ``again``: it compares what the parallel questions before were about, which are asked again.
    """

    name: str
    pattern: re.Pattern[str]
    make: Callable[[re.Match[str], Turn], str | None]
    examples: tuple[tuple[Turn, str], ...]
    counterexamples: tuple[Turn, ...] = ()
    typed: bool = False
    again: bool = False

    def complete(self, turn: Turn) -> str | None:
        """Return the completed question, None where the rule does not hold."""
        match = self.pattern.search(turn.asked if self.typed else turn.folded)
        return None if match is None else self.make(match, turn)
