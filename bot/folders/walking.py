"""What stands in a folder: files that can be read, with size and time of change, and what could not be looked at."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bot.documents.formats import USUAL, suffix_of
from bot.folders.ignoring import IGNORE_FILE, Ignored, is_left_out
from bot.folders.naming import is_text
from bot.types import DocumentError, IngestReport


@dataclass(frozen=True, slots=True)
class Found:
    """A file: its size in bytes and its time of change in nanoseconds."""

    size: int
    mtime_ns: int


@dataclass(slots=True)
class Walked:
    """What stands in a folder on the disk ``device``: files by path within it, with slashes, in order.

    ``unseen`` are paths that could not be looked at, each with a slash behind it, whatever stands there; ``problems``
    says so of each, and of rules that are none. ``other`` counts files that cannot be read by their kind.
    """

    device: int
    files: dict[str, Found] = field(default_factory=dict)
    unseen: list[str] = field(default_factory=list)
    problems: list[IngestReport] = field(default_factory=list)
    other: int = 0


def walk(root: Path, without: Path | None = None) -> Walked:
    """Look at all files in ``root`` and below, but for what is left out (``bot.folders.ignoring``) and ``without``.

    A link is followed where it leads to something inside that is not met otherwise: no file is met twice.

    Raises:
        DocumentError: ``root`` is not there, is no folder, or cannot be looked at.
    """
    try:
        real = root.resolve(strict=True)
        walker = _Walker(real, without and without.resolve())
        walker.walk()
    except OSError as error:
        raise DocumentError(
            f"{root}: the folder is not there or cannot be looked at ({error.strerror}). Nothing was changed; is its "
            "disk connected?",
            f"{root}：文件夹不在，或无法查看（{error.strerror}）。没有做任何改动；请检查磁盘是否已连接。",
        ) from error
    walked = walker.walked
    walked.files = dict(sorted(walked.files.items(), key=lambda file: file[0].split("/")))
    return walked


def walk_to_add(folder: Path, without: Path) -> Walked:
    """Look at a folder that is to be added: ``walk``, where there is a file that can be read.

    Raises:
        DocumentError: as ``walk``, and where there is none.
    """
    walked = walk(folder, without)
    if not walked.files:
        known = ", ".join(USUAL)
        raise DocumentError(
            f"{folder} holds no file that can be read ({known}): choose another folder or convert the files.",
            f"{folder} 中没有可以读取的文件（{known}）：请另选文件夹，或先转换文件格式。",
        )
    return walked


class _Walker:
    def __init__(self, root: Path, without: Path | None) -> None:
        self._root = root
        self._without = without and str(without)
        found = root.stat()
        self.walked = Walked(found.st_dev)
        self._seen = {(found.st_dev, found.st_ino)}
        self._by_link = False
        self._links: list[tuple[os.DirEntry[str], str, Ignored | None]] = []

    def walk(self) -> None:
        self._visit(str(self._root), "", None)
        # Last: what is met without a link counts under its own name.
        self._by_link = True
        while self._links:
            entry, path, rules = self._links.pop(0)
            real = os.path.realpath(entry.path)
            if Path(real).is_relative_to(self._root):
                self._look(entry, path, rules, follow=True)

    def _visit(self, folder: str, prefix: str, outer: Ignored | None) -> None:
        """Look at a folder and all below; ``prefix`` is its path within the whole, with a slash behind, or ``""``."""
        waiting = [(folder, prefix, outer)]
        while waiting:
            folder, prefix, outer = waiting.pop()
            try:
                entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
            except OSError as error:
                if not prefix:
                    raise
                self._unseen(prefix, error)
                continue
            rules = self._rules(folder, prefix, outer)
            waiting.extend(self._folders(entries, prefix, rules))

    def _folders(
        self, entries: list[os.DirEntry[str]], prefix: str, rules: Ignored | None
    ) -> Iterator[tuple[str, str, Ignored | None]]:
        """Note the files and links of one folder; yield the folders in it."""
        for entry in entries:
            if is_left_out(entry.name) or entry.path == self._without:
                continue
            if not is_text(entry.name):
                shown = (prefix + entry.name).encode(errors="backslashreplace").decode()
                self._problem(shown, "its name is no text; rename it", "文件名不是文本；请重命名")
                continue
            if entry.is_symlink():
                self._links.append((entry, prefix + entry.name, rules))
            elif (below := self._note(entry, prefix + entry.name, rules)) is not None:
                yield below

    def _look(self, entry: os.DirEntry[str], path: str, rules: Ignored | None, *, follow: bool) -> None:
        below = self._note(entry, path, rules, follow=follow)
        if below is not None:
            self._visit(*below)

    def _note(
        self, entry: os.DirEntry[str], path: str, rules: Ignored | None, *, follow: bool = False
    ) -> tuple[str, str, Ignored | None] | None:
        """Note a file that can be read; return a folder that is to be looked at."""
        try:
            found = Path(entry.path).stat() if follow else entry.stat(follow_symlinks=False)
        except FileNotFoundError:  # gone meanwhile, or a link to nothing
            return None
        except OSError as error:
            self._unseen(path + "/", error)
            return None
        folder = stat.S_ISDIR(found.st_mode)
        if not folder and not stat.S_ISREG(found.st_mode):
            return None
        if rules is not None and rules.names(path + "/" * folder):
            return None
        if not folder and not suffix_of(entry.name):
            self.walked.other += 1
            return None
        place = (found.st_dev, found.st_ino)
        if found.st_ino:  # 0 where the system does not tell
            if place in self._seen and (folder or self._by_link):
                return None
            self._seen.add(place)
        if folder:
            return entry.path, path + "/", rules
        self.walked.files[path] = Found(found.st_size, found.st_mtime_ns)
        return None

    def _rules(self, folder: str, prefix: str, outer: Ignored | None) -> Ignored | None:
        path = Path(folder, IGNORE_FILE)
        try:
            rules = Ignored.read(path, prefix, outer)
        except FileNotFoundError:
            return outer
        except OSError as error:
            self._problem(prefix + IGNORE_FILE, f"cannot be read ({error.strerror})", f"无法读取（{error.strerror}）")
            return outer
        for number, line in rules.bad:
            self._problem(
                prefix + IGNORE_FILE,
                f"line {number} is no rule ({line}); correct it",
                f"第 {number} 行不是规则（{line}）；请改正",
            )
        return rules

    def _unseen(self, path: str, error: OSError) -> None:
        self.walked.unseen.append(path)
        self._problem(
            path.rstrip("/"),
            f"cannot be looked at ({error.strerror}); what is known of it stays as it is. Check its permissions",
            f"无法查看（{error.strerror}）；已有的内容保持原样。请检查权限",
        )

    def _problem(self, path: str, en: str, zh: str) -> None:
        self.walked.problems.append(IngestReport(path, "failed", error_en=f"{path}: {en}.", error_zh=f"{path}：{zh}。"))
