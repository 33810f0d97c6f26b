"""What has changed in a folder since it was read: by size and time of change, and only then by content."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from bot.documents.identity import PARSER_VERSION
from bot.folders.walking import Found
from bot.storage.folders import UNREAD, StoredFile


@dataclass(frozen=True, slots=True)
class Move:
    """A file that now stands at ``new``; its content, told by ``digest``, is the same."""

    old: str
    new: str
    digest: str


@dataclass(slots=True)
class Changes:
    """What to do: paths to ``read``, ``moved`` files, ``gone`` ones.

    ``touched`` have another time of change and the same content. ``bad`` could not be read when they were last, and
    have not changed. ``unchanged`` counts the rest.
    """

    unchanged: int = 0
    touched: list[str] = field(default_factory=list)
    bad: list[str] = field(default_factory=list)
    moved: list[Move] = field(default_factory=list)
    read: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)


def compare(
    found: Mapping[str, Found],
    stored: Mapping[str, StoredFile],
    unseen: Collection[str],
    held: Callable[[str], str | None],
    digest: Callable[[str], str | None],
) -> Changes:
    """Compare the files that were ``found`` with those that were ``stored``, both by path.

    Args:
        unseen: paths, each with a slash behind, below which nothing counts as gone.
        held: gives the digest that the document of a path was made from, None where there is no document.
        digest: reads a file and gives the digest of its content; None where it cannot be read.
    """
    changes = Changes()
    new: list[str] = []
    for path, file in found.items():
        known = stored.get(path)
        if known is None:
            new.append(path)
        elif _is_stale(known, held(path)):
            changes.read.append(path)
        elif (file.size, file.mtime_ns) == (known.size, known.mtime_ns):
            if known.error_en is None:
                changes.unchanged += 1
            else:
                changes.bad.append(path)
        elif known.mtime_ns == UNREAD or file.size != known.size or known.error_en is not None:
            changes.read.append(path)
        else:
            (changes.touched if digest(path) == known.digest else changes.read).append(path)
    hidden = tuple(unseen)
    gone = [path for path in stored if path not in found and not (hidden and f"{path}/".startswith(hidden))]
    changes.moved = _moves(new, gone, found, stored, digest)
    arrived, left = {move.new for move in changes.moved}, {move.old for move in changes.moved}
    to_read = {*changes.read, *new} - arrived
    changes.read = [path for path in found if path in to_read]
    changes.gone = [path for path in gone if path not in left]
    return changes


def _is_stale(known: StoredFile, digest: str | None) -> bool:
    """Tell whether a file is to be read whatever it is now: another parser may read it; its document was changed."""
    if not known.is_whole:
        return True
    if known.error_en is not None:
        return known.parser != PARSER_VERSION
    return digest is not None if not known.own else digest != known.digest


def _moves(
    new: list[str],
    gone: list[str],
    found: Mapping[str, Found],
    stored: Mapping[str, StoredFile],
    digest: Callable[[str], str | None],
) -> list[Move]:
    """Pair new paths with gone ones of the same content, those of the same name first."""
    left: dict[str, list[str]] = defaultdict(list)
    for path in gone:
        if stored[path].error_en is None:
            left[stored[path].digest].append(path)
    sizes = {stored[path].size for paths in left.values() for path in paths}
    contents = {path: digest(path) for path in new if found[path].size in sizes}
    moves: dict[str, Move] = {}
    for same_name in (True, False):
        for path, content in contents.items():
            if content is None or path in moves:
                continue
            for old in left[content]:
                if not same_name or PurePosixPath(old).name == PurePosixPath(path).name:
                    left[content].remove(old)
                    moves[path] = Move(old, path, content)
                    break
    return sorted(moves.values(), key=lambda move: move.old)
