"""Which files of a folder are left out: those no person means, and those that a ``.youjuignore`` names."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from pathspec import GitIgnoreSpec

IGNORE_FILE = ".youjuignore"
_LEFT_OUT = frozenset(
    {
        "node_modules",
        "__pycache__",
        "thumbs.db",
        "desktop.ini",
        "$recycle.bin",
        "system volume information",
        "@eadir",
        "__macosx",
    }
)
"""Made by programs, in lower case."""
_PREFIXES = (".", "~$")
"""Hidden files (.git, ._x, .DS_Store), and what Office keeps beside a file that is open."""


def is_left_out(name: str) -> bool:
    """Tell whether a file or folder of this name is left out everywhere."""
    return name.startswith(_PREFIXES) or name.lower() in _LEFT_OUT


@dataclass(frozen=True, slots=True)
class Ignored:
    """The rules of one ``.youjuignore``, in gitignore's syntax, for what stands in its folder and below.

    ``outer`` are those of the folders above: they hold where these say nothing. ``bad`` are the lines that are no rule.
    """

    folder: str
    spec: GitIgnoreSpec
    outer: "Ignored | None"
    bad: tuple[tuple[int, str], ...] = ()

    @classmethod
    def read(cls, path: Path, folder: str, outer: "Ignored | None") -> Self:
        """Read the rules at ``path`` for ``folder``, a path within the whole that ends with a slash, or ``""``.

        Raises:
            OSError: it cannot be read.
        """
        good: list[str] = []
        bad: list[tuple[int, str]] = []
        for number, line in enumerate(path.read_text(encoding="utf-8-sig", errors="replace").splitlines(), 1):
            try:
                GitIgnoreSpec.from_lines([line])
                good.append(line)
            except ValueError:
                bad.append((number, line))
        return cls(folder, GitIgnoreSpec.from_lines(good), outer, tuple(bad))

    def names(self, path: str) -> bool:
        """Tell whether a path within the whole is left out; that of a folder ends with a slash."""
        rules: Ignored | None = self
        while rules is not None:
            said = rules.spec.check_file(path[len(rules.folder) :]).include
            if said is not None:
                return said
            rules = rules.outer
        return False
