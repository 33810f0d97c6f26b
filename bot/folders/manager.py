"""All folders that are kept in step: named by the settings, on the command line or on the page."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from filelock import Timeout

from bot.folders.naming import check_text
from bot.folders.reports import Folder, Going, SyncReport, going
from bot.folders.syncing import FolderSync, Home, Stopped
from bot.storage.folders import FolderTable, OriginTable, StoredFolder, no_folder
from bot.storage.home import sync_lock_of
from bot.storage.waiting import WaitingTable
from bot.types import DocumentError, Progress, YoujuError, silent

_LONGEST_NAME = 100


@dataclass(slots=True)
class _State:
    """What is being done with a folder, or why it could not be the last time."""

    going: Going | None = None
    error: YoujuError | None = None


class Folders:
    """The folders of a home. One is brought into step at a time, whichever thread or process does it."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self.home = home.settings.home.expanduser().resolve()
        self._table = FolderTable(home.store.database)
        self._lock = threading.RLock()
        self._process_lock = sync_lock_of(self.home)
        self._states: dict[str, _State] = {}
        self._stopping = threading.Event()
        self._threads: list[threading.Thread] = []

    def all(self) -> list[Folder]:
        """Return the folders by name, with those of the settings."""
        kept = {folder.name: folder for folder in self._table.all()}
        paths = {folder.path for folder in kept.values()}
        named = {name: path for name, path in self._named() if str(path) not in paths and name not in kept}
        kept |= {name: StoredFolder(name, str(path)) for name, path in named.items()}
        set_paths = {str(path) for _, path in self._named()}
        counts = self._table.counts()
        return [self._told(kept[name], counts.get(name, (0, 0)), set_paths) for name in sorted(kept)]

    def paths(self) -> dict[str, str]:
        """Return the path of each folder by its name."""
        return {folder.name: folder.path for folder in self._table.all()}

    def keep(self, path: str | Path, name: str | None = None) -> Folder:
        """Keep a folder in step from now on, under ``name`` or its own; nothing is read yet.

        A name that is known for a folder that is no longer there is that folder's at its new place.

        Raises:
            DocumentError: it is no folder, or cannot have that name, or is part of one that is in step.
        """
        root = Path(path).expanduser()
        if not root.is_dir():
            raise DocumentError(
                f"{root} is no folder that is there: check its path.", f"{root} 不是现有的文件夹：请检查路径。"
            )
        root = root.resolve()
        check_text(root)
        known = self._table.all()
        same = next((folder for folder in known if folder.path == str(root)), None)
        if same is not None and name in (None, same.name):
            return self._one(same.name)
        called = _name(name if name is not None else root.name)
        for folder in known:
            _check_apart(root, called, folder)
        if called not in {folder.name for folder in known}:
            self._check_free(root, called)
        self._table.put(called, str(root))
        return self._one(called)

    def sync(self, name: str, progress: Progress = silent) -> SyncReport:
        """Bring a folder into step; what cannot be read is in the report, all else is done.

        Raises:
            NotFoundError: there is no folder of that name.
            DocumentError: the folder is not there; nothing was removed.
        """
        self._take_named(name)
        state = self._states.setdefault(name, _State())

        def tell(done: int, total: int, label: str) -> None:
            state.going = going(done, total, label)
            progress(done, total, label)

        with self._holding():
            folder = self._table.find(name)
            try:
                report = FolderSync(self._home, folder, tell, self._stopping.is_set).run()
                state.error = None
            except YoujuError as error:
                state.error = error
                raise
            finally:
                state.going = None
        return report

    def forget(self, name: str, *, documents: bool = True) -> int:
        """Keep a folder in step no longer; its documents go too, unless told otherwise. Return how many went.

        Raises:
            NotFoundError: there is no folder of that name.
            DocumentError: the settings name it.
        """
        folder = self._one(name)
        if folder.set:
            raise DocumentError(
                f"{name} is named by the setting YOUJU_FOLDERS: take it out there, and then forget it here.",
                f"“{name}”由设置 YOUJU_FOLDERS 指定：请先从设置中去掉，再在这里移除。",
            )
        with self._holding():
            files = self._table.files(name)
            self._table.forget(name)
            self._states.pop(name, None)
            if not documents:  # they are as if they had been added
                paths = {f"{name}/{path}": f"{folder.path}/{path}" for path in files}
                OriginTable(self._home.store.database).keep(paths)
                return 0
            start = f"{name}/"
            with self._home.writing():
                WaitingTable(self._home.store.database).forget([name])
                names = self._home.store.names()
                gone = self._home.store.remove_many(names[source] for source in names if source.startswith(start))
                self._home.index(silent)
        return gone

    # In the background

    def start(self, name: str) -> Folder:
        """Begin to bring a folder into step in a thread of its own; ``all`` tells how far it is.

        Raises:
            NotFoundError: there is no folder of that name.
        """
        self._take_named(name)
        folder = self._one(name)
        state = self._states.setdefault(name, _State())
        if state.going is None:
            state.going = Going(0, 0)
            thread = threading.Thread(target=self._sync_quietly, args=(name,), name=f"sync {name}", daemon=True)
            self._threads = [*filter(threading.Thread.is_alive, self._threads), thread]
            thread.start()
        return replace(folder, going=state.going)

    def stop(self) -> None:
        """Stop what goes on in the background; what was done is kept."""
        self._stopping.set()
        for thread in self._threads:
            thread.join()

    def _sync_quietly(self, name: str) -> None:
        with suppress(YoujuError, Stopped):  # ``all`` tells of the error
            self.sync(name)

    # Within

    @contextmanager
    def _holding(self) -> Iterator[None]:
        """Hold both locks; give up waiting when told to stop."""
        with ExitStack() as stack:
            stack.enter_context(self._lock)
            while True:
                if self._stopping.is_set():
                    raise Stopped
                with suppress(Timeout):
                    stack.enter_context(self._process_lock.acquire(timeout=1))
                    break
            yield

    def _named(self) -> list[tuple[str, Path]]:
        """Return the folders that the settings name, with their names."""
        return [(name or path.name, path) for name, path in self._home.settings.named_folders()]

    def _take_named(self, wanted: str) -> None:
        """Keep the folder ``wanted`` where it is only named by the settings."""
        paths = set(self.paths().values())
        for name, path in self._named():
            if name == wanted and str(path) not in paths:
                self.keep(path, name)

    def _check_free(self, root: Path, name: str) -> None:
        """Refuse a name under which there are documents of other files: they would leave as files that are gone."""
        origins, start = OriginTable(self._home.store.database).all(), f"{name}/"
        for source in self._home.store.names():
            if not source.startswith(start) or Path(origins.get(source, "/")).is_relative_to(root):
                continue
            path = PurePosixPath(source[len(start) :])
            if not any((root / one).is_file() for one in (path, *path.parents)):
                raise DocumentError(
                    f"{source} was added before and is no file of {root}: give the folder another name with --name, "
                    f"or remove what was added: python -m bot collections remove {name!r}.",
                    f"{source} 是以前添加的，{root} 中没有这个文件：请用 --name 为文件夹另起名称，"
                    f"或先移除以前添加的内容：python -m bot collections remove {name!r}。",
                )

    def _one(self, name: str) -> Folder:
        found = next((folder for folder in self.all() if folder.name == name), None)
        if found is None:
            raise no_folder(name)
        return found

    def _told(self, folder: StoredFolder, counts: tuple[int, int], set_paths: set[str]) -> Folder:
        state = self._states.get(folder.name, _State())
        there, error = Path(folder.path).is_dir(), state.error
        return Folder(
            name=folder.name,
            path=folder.path,
            there=there,
            set=folder.path in set_paths,
            files=counts[0],
            failed=counts[1],
            synced_at=folder.synced_at,
            going=state.going,
            error_en=None if error is None else error.en,
            error_zh=None if error is None else error.zh,
        )


def _name(name: str) -> str:
    name = name.strip()
    if (
        not name
        or len(name) > _LONGEST_NAME
        or name in (".", "..")
        or "/" in name
        or "\\" in name
        or not name.isprintable()
    ):
        raise DocumentError(
            f"{name!r} cannot be the name of a folder: give one of up to {_LONGEST_NAME} characters without slashes.",
            f"“{name}”不能作为文件夹的名称：请给出不含斜杠、不超过 {_LONGEST_NAME} 个字的名称。",
        )
    return name


def _check_apart(root: Path, name: str, folder: StoredFolder) -> None:
    """Refuse a name that is another folder's, and a folder of which a part would be read twice."""
    other = Path(folder.path)
    if folder.name == name:
        if other.is_dir() and other != root:
            raise DocumentError(
                f"{other} is called {name} already: give this one another name with --name.",
                f"“{name}”已经是 {other} 的名称：请用 --name 另起一个名称。",
            )
        return
    if root == other or root.is_relative_to(other) or other.is_relative_to(root):
        raise DocumentError(
            f"{root} and {other}, which is in step as {folder.name}, have files in common: forget that one first.",
            f"{root} 与已同步的 {other}（{folder.name}）有共同的文件：请先移除后者。",
        )
