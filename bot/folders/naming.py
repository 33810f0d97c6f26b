"""Under which source a file is added: its path within its folder, told apart from one of that name from elsewhere."""

import os
from collections.abc import Iterable, Mapping
from os.path import realpath
from pathlib import Path, PurePosixPath

from bot.types import DocumentError


def upload_name(name: str) -> str:
    """Return the source of a file that was sent under ``name``: a relative path as it is, of another the last part."""
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".")]
    rooted = name.startswith(("/", "\\")) or ".." in parts or (parts and parts[0].endswith(":"))
    return "/".join(parts[-1:] if rooted else parts)


def is_text(name: str) -> bool:
    """Tell whether a name is text: one in another encoding is read with what nothing could keep."""
    return name.isascii() or name == name.encode(errors="ignore").decode()


def check_text(path: Path) -> None:
    """Raise DocumentError where a path is no text."""
    if not is_text(str(path)):
        shown = os.fsencode(path).decode(errors="backslashreplace")
        raise DocumentError(
            f"{shown}: its name is no text; rename it, and add it again.", f"{shown}：名称不是文本；请重命名后再添加。"
        )


def folder_of(source: str, names: Iterable[str]) -> str | None:
    """Return which of the folders ``names`` a source belongs to; None where to none."""
    first, slash, _ = source.partition("/")
    return first if slash and first in names else None


def name_files(files: Iterable[tuple[str, Path]], origins: Mapping[str, str], synced: Mapping[str, str]) -> list[str]:
    """Return the source of each file, given as its path within what was added and its absolute path.

    A file that was added before keeps its source; one of a folder that is kept in step (``synced``: paths by name) has
    that which it has there. Where the path is that of a file from elsewhere (``origins``: paths by source) which still
    is there, names of the folders above go before it.
    """
    taken = dict(origins)
    held = {path: source for source, path in origins.items()}
    sources = []
    for relative, path in files:
        source = _in_step(path, synced) or held.get(str(path))
        if source is None:
            choices = (relative, *_longer(relative, path))
            free = (choice for choice in choices if _is_free(choice, path, taken) and not folder_of(choice, synced))
            source = next(free, str(path).strip("/"))
        taken[source] = str(path)
        sources.append(source)
    return sources


def named_files(
    files: Iterable[tuple[str, Path]], origins: Mapping[str, str], synced: Mapping[str, str]
) -> list[tuple[str, Path]]:
    """Return the source of each file, as ``name_files`` does, with its absolute path: links above it are followed.

    Raises:
        DocumentError: a path is no text.
    """
    paths = [(name, Path(realpath(path.parent), path.name)) for name, path in files]
    for _, path in paths:
        check_text(path)
    return [(source, path) for source, (_, path) in zip(name_files(paths, origins, synced), paths, strict=True)]


def _in_step(path: Path, synced: Mapping[str, str]) -> str | None:
    for name, folder in synced.items():
        if path.is_relative_to(folder):
            return f"{name}/{path.relative_to(folder).as_posix()}"
    return None


def _longer(relative: str, path: Path) -> Iterable[str]:
    """Yield longer ends of ``path`` than ``relative`` is, the shortest first."""
    parts, own = path.parts, len(PurePosixPath(relative).parts)
    return ("/".join(parts[-count:]) for count in range(own + 1, len(parts)))


def _is_free(source: str, path: Path, taken: Mapping[str, str]) -> bool:
    other = taken.get(source)
    return other is None or other == str(path) or not Path(other).is_file()
