"""Documents, their sentences and what is asked of them: what written sentences are made from."""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.documents.passages import split_sentences
from bot.training.corpus import rows
from bot.training.held_out import office_held_out, people_held_out, rule_held_out


@dataclass(frozen=True, slots=True)
class Source:
    """A document's sentences, of which some are asked for (``evidence``: each a list of sentences)."""

    title: str
    sentences: tuple[str, ...]
    evidence: tuple[tuple[str, ...], ...]
    held_out: bool


@dataclass(frozen=True, slots=True)
class WrittenRow:
    """A written sentence with its quotes; ``wrong`` are the half-open spans of it that the quotes do not say."""

    sentence: str
    quotes: tuple[str, ...]
    wrong: tuple[tuple[int, int], ...]
    true: bool
    kind: str
    title: str
    held_out: bool


@dataclass(slots=True)
class Draft:
    """A sentence while it is changed: its characters, and of each whether it is wrong."""

    text: str
    wrong: list[bool] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.wrong = self.wrong or [False] * len(self.text)

    def put(self, start: int, end: int, new: str, wrong: bool = False) -> None:
        """Put ``new`` in the place of a span."""
        self.text = self.text[:start] + new + self.text[end:]
        self.wrong[start:end] = [wrong] * len(new)

    def mark(self, start: int, end: int) -> None:
        """Mark a span as wrong."""
        for at in range(max(0, start), min(end, len(self.wrong))):
            self.wrong[at] = True

    def spans(self) -> tuple[tuple[int, int], ...]:
        """Return the spans that are wrong."""
        return tuple(m.span() for m in re.finditer("1+", "".join("01"[flag] for flag in self.wrong)))


def read_sources(folder: Path, rng: random.Random) -> Iterator[Source]:
    """Yield the documents."""
    for number, row in enumerate(rows(folder, "office")):
        evidence = tuple(
            tuple(text for _, text in question["evidence"]) for question in row["questions"] if question["evidence"]
        )
        texts = [paragraph["text"] for paragraph in row["paragraphs"]]
        held_out = office_held_out(row["writer"], number) or rule_held_out(row["title"])
        yield Source(row["title"], _sentences(texts), evidence, held_out)
    for number, row in enumerate(rows(folder, "questions")):
        sentences = _sentences([row["text"]])
        answers = [answer for question in row["questions"] for answer in question["answers"]]
        evidence = tuple((s,) for s in sentences if any(answer in s for answer in answers))
        if sentences:
            yield Source(row["title"], sentences, evidence, people_held_out(number) or rule_held_out(row["title"]))
    for name, share in (("laws", 0.12), ("reports", 0.4), ("guides", 0.1)):
        for row in rows(folder, name):
            if rng.random() < share:
                sentences = _sentences([paragraph["text"] for paragraph in row["paragraphs"][:60]])
                evidence = tuple((s,) for s in sentences if 12 < len(s) < 120)
                if len(sentences) > 3:
                    yield Source(row["title"], sentences, evidence[:30], rule_held_out(row["title"]))


def _sentences(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(
        text[start:end] for text in texts for start, end in split_sentences(text, 0, len(text)) if end - start > 5
    )
