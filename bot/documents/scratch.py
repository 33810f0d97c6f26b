"""Folders for what is unpacked while a file is read: each named by its process, cleared when that was killed."""

import os
import shutil
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

_PREFIX = "youju-"


def new_scratch() -> Path:
    """Make a folder that nobody else can read, under the system's temporary one."""
    return Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))


def clear_scratch(folder: Path) -> None:
    """Delete a folder with what is in it."""
    shutil.rmtree(folder, ignore_errors=True)


def clear_killed() -> None:
    """Delete the folders of this user's processes that are no more."""
    if sys.platform == "win32":  # there a signal to a process, even none, ends it
        return
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*-*"):
        pid = folder.name.removeprefix(_PREFIX).partition("-")[0]
        with suppress(OSError):
            if pid.isdecimal() and folder.stat().st_uid == os.getuid() and not lives(int(pid)):
                clear_scratch(folder)


def lives(pid: int) -> bool:
    """Tell whether a process is there; where that cannot be told, it is."""
    if sys.platform == "win32":
        return True
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True
