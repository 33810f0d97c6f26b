"""Follows the folders while the server runs: what changes in one is brought into step within seconds."""

import threading
from collections.abc import Callable
from pathlib import Path

from watchfiles import Change, watch

from bot.folders.ignoring import IGNORE_FILE, is_left_out
from bot.folders.manager import Folders
from bot.folders.syncing import Stopped
from bot.types import StoreError, YoujuError

Say = Callable[[str, str], None]
"""Called as ``say(english, chinese)`` with each line that the person is to see."""

_TICK = 2000
"""Milliseconds after which the list of folders, and whether each is there, is looked at anyway."""
_SETTLE = 400
"""Milliseconds that changes are gathered for: a file is rarely written in one go."""


class Watcher:
    """A thread that brings all folders into step; with ``follow`` it keeps them so, those named later too."""

    def __init__(self, folders: Folders, say: Say, *, follow: bool) -> None:
        self._folders = folders
        self._say = say
        self._follows = follow
        self._stopping = threading.Event()
        self._told: dict[str, str] = {}
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End; what was done is kept."""
        self._stopping.set()
        self._folders.stop()
        if self._thread.ident is not None:
            self._thread.join()

    def _run(self) -> None:
        places: dict[str, tuple[str, int]] = {}
        while not self._stopping.is_set():
            try:
                now = self._places()
                for name in sorted(set(now) - set(places) | {name for name in now if now[name] != places.get(name)}):
                    self._sync(name)
                if not self._follows:
                    return
                places = self._places()
                self._follow(places)
            except StoreError:  # a database that starts anew
                self._stopping.wait(_TICK / 1000)

    def _follow(self, places: dict[str, tuple[str, int]]) -> None:
        """Bring into step what changes, until the list of folders is another, or one is gone or there again."""
        roots = {name: Path(path) for name, (path, there) in places.items() if there}
        if not roots:
            self._stopping.wait(_TICK / 1000)
            return
        first = True  # what has changed before it was watched shows no more
        try:
            for changes in watch(
                *roots.values(), watch_filter=self._counts, stop_event=self._stopping, debounce=_SETTLE, step=100,
                rust_timeout=_TICK, yield_on_timeout=True, raise_interrupt=False, ignore_permission_denied=True,
            ):  # fmt: skip
                for name, root in roots.items():
                    if first or any(Path(path).is_relative_to(root) for _, path in changes):
                        self._sync(name)
                first = False
                if self._stopping.is_set() or self._places() != places:
                    return
        except FileNotFoundError:  # gone in this moment: the list is made anew
            return
        except OSError:  # the system watches no more folders for us: look for ourselves
            self._stopping.wait(_TICK / 1000)
            for name in sorted(roots):
                self._sync(name)

    def _places(self) -> dict[str, tuple[str, int]]:
        """Return of each folder its path and which it is on the disk: 0 where it is not there."""
        return {folder.name: (folder.path, _inode(folder.path)) for folder in self._folders.all()}

    def _counts(self, change: Change, path: str) -> bool:
        """Tell whether a change may change what is answered: not in the home itself, nor in what is left out."""
        name = Path(path).name
        return (name == IGNORE_FILE or not is_left_out(name)) and not Path(path).is_relative_to(self._folders.home)

    def _sync(self, name: str) -> None:
        """Bring a folder into step; a line is said once, until there is another to say."""
        try:
            report = self._folders.sync(name)
        except YoujuError as error:
            if self._told.get(name) != error.en:
                self._say(error.en, error.zh)
            self._told[name] = error.en
            return
        except Stopped:
            return
        self._told.pop(name, None)
        counts = (len(report.added), len(report.changed), len(report.moved), len(report.removed))
        if any(counts):
            en = "{}: added {}, changed {}, moved {}, removed {}".format(name, *counts)
            self._say(en, "{}：新增 {}，更新 {}，移动 {}，移除 {}".format(name, *counts))


def _inode(path: str) -> int:
    try:
        found = Path(path).stat()
    except OSError:
        return 0
    return found.st_ino or 1
