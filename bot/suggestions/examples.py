"""The questions that stand beside the sample documents: what to begin with while nothing else is there."""

import json
from dataclasses import dataclass
from pathlib import Path

from bot.types import DocumentInfo

FILE = "examples.json"
"""Beside the documents in the seeds' folder."""


@dataclass(frozen=True, slots=True)
class Examples:
    """Questions about the document that was added as ``source``; ``english`` ones need the reader to be answered."""

    source: str
    questions: tuple[str, ...]
    english: tuple[str, ...] = ()

    def fit(self, infos: list[DocumentInfo]) -> bool:
        """Tell whether theirs is the only document there is."""
        return [info.source for info in infos] == [self.source]


def read_examples(seeds: Path | None) -> Examples | None:
    """Return the examples of a folder of seeds; None where it has none."""
    path = None if seeds is None else seeds / FILE
    if path is None or not path.is_file():
        return None
    written = json.loads(path.read_text(encoding="utf-8"))
    return Examples(written["source"], tuple(written["questions"]), tuple(written.get("english", ())))
