"""A rule of language as a value: its name, its pattern, what it makes of a match, and the examples that show it.

After eyecite, duckling and Recognizers-Text: rules stand in tables, their examples beside them are the test.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Rule(Generic[Made]):
    """A named row of a table of rules.

    ``pattern`` is searched in folded text; ``make`` turns a match into what the rule yields, None where on a closer
    look it does not hold. ``examples`` are (text, what is made of it), ``counterexamples`` texts of which nothing is.
    """

    name: str
    pattern: re.Pattern[str]
    make: Callable[[re.Match[str]], Made | None]
    examples: tuple[tuple[str, Made], ...]
    counterexamples: tuple[str, ...] = ()

    def all(self, text: str) -> Iterator[Made]:
        """Yield what is made of each match in ``text``, in order."""
        for match in self.pattern.finditer(text):
            made = self.make(match)
            if made is not None:
                yield made

    def first(self, text: str) -> Made | None:
        """Return what is made of the first match in ``text`` that holds, or None."""
        return next(self.all(text), None)


def first_made(rules: Iterable[Rule[Made]], text: str) -> tuple[str, Made] | None:
    """Return the name of the first rule that makes something of ``text``, and what it makes; None where none does."""
    for rule in rules:
        made = rule.first(text)
        if made is not None:
            return rule.name, made
    return None


def rewrite(rule: Rule[str], text: str) -> str:
    """Return ``text`` with what a rule makes of each match in its place."""

    def written(match: re.Match[str]) -> str:
        made = rule.make(match)
        return match[0] if made is None else made

    return rule.pattern.sub(written, text)
