"""What a template for a question is: its name, what it asks for, its pattern, and how it phrases a match."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """What templates are tried on: a sentence, a paragraph without its marker, or a clause of a heading or lead.

    ``title`` is that of the document; ``heading`` the whole heading that a clause comes from, empty for a lead.
    """

    text: str
    title: str = ""
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """A named row of a table of templates.

    ``rule`` says what it asks for ("date", "list", …: one word for several templates). ``phrase`` turns a match of
    ``pattern`` into a question without its mark, empty where on a closer look there is none. ``examples`` are
    (source, question), ``counterexamples`` sources of which no question is made.
    """

    name: str
    rule: str
    pattern: re.Pattern[str]
    phrase: Callable[[re.Match[str], Source], str]
    examples: tuple[tuple[Source, str], ...]
    counterexamples: tuple[Source, ...] = ()

    def questions(self, source: Source) -> Iterator[str]:
        """Yield the question for each match, in order."""
        for match in self.pattern.finditer(source.text):
            text = self.phrase(match, source)
            if text:
                yield text
