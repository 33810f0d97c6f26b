"""Groups to learn from: a question, the passages that a search finds for it, and which of their sentences answer."""

import json
import lzma
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from embeddings.contextual import Excerpt


@dataclass(frozen=True, slots=True)
class Option:
    """An excerpt that was found, best first, and which of its sentences answer."""

    excerpt: Excerpt
    right: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A question with its options; where none is right, "none of these answers" is.

    ``topic`` names the text that it was asked of: groups of one topic are learned, or held out, together.
    """

    question: str
    topic: str
    kind: str
    options: tuple[Option, ...]

    @property
    def answerable(self) -> bool:
        """Whether any sentence answers."""
        return any(any(option.right) for option in self.options)


def write_groups(groups: Iterable[Group], path: Path) -> int:
    """Write ``path`` (.jsonl.xz), a group a line; return their number."""
    count = 0
    with lzma.open(path, "wt", encoding="utf-8", preset=1) as lines:
        for group in groups:
            lines.write(json.dumps(asdict(group), ensure_ascii=False) + "\n")
            count += 1
    return count


def read_groups(path: Path) -> Iterator[Group]:
    """Yield the groups of a file."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            options = tuple(
                Option(_excerpt(option["excerpt"]), tuple(option["right"])) for option in row.pop("options")
            )
            yield Group(**row, options=options)


def _excerpt(row: dict[str, object]) -> Excerpt:
    sentences = row["sentences"]
    assert isinstance(sentences, list)
    return Excerpt(str(row["context"]), str(row["text"]), tuple((start, end) for start, end in sentences))
