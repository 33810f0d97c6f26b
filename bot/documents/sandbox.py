"""Reads files that can do harm in a process of its own, with limits: what happens there, the program outlives.

A document of a hostile or broken kind can take any amount of memory or time, or end the interpreter with a library's
fault. The child is started with the first such file, reads one file after the other, and is replaced where it dies.
"""

import os
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from functools import lru_cache
from multiprocessing.connection import Connection
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Self

from pydantic import TypeAdapter

from bot.documents.formats import IsolatedFormat, Options, find_format
from bot.documents.formats.extract import NO_OPTIONS, Extract
from bot.documents.scratch import clear_scratch, new_scratch
from bot.types import DocumentError

_WALL = 4
"""Times the processor's seconds that a file may take: a busy machine is slow."""
_TEN_MEGABYTES = 10_000_000
_MOST_CHARACTERS = 50_000_000
"""A file that unpacks to more text than this is no document; it would weigh on the process that keeps it."""
_MOST_BYTES = 600_000_000
"""What the child may answer: the files of an archive, each byte of which takes four thirds of one."""
_LIMITS = ("SIGKILL", "SIGXCPU", "SIGTERM", "SIGINT", "SIGHUP")
"""What ends a child from outside: its limits, the system's memory, a person."""
_ENDING_SECONDS = 1.0
_DONE, _REFUSED, _FAILED = b"d", b"r", b"f"
_SHOWING_SECONDS = 10
"""Of the processor, for a page that is drawn."""


@dataclass(frozen=True, slots=True)
class _Request:
    """What the child is asked: to read a file, or to draw a ``page`` of it (0: none)."""

    source: str
    seconds: int
    megabytes: int
    options: Options
    page: int = 0
    width: int = 0


class Sandbox:
    """A child process that reads files. Use it as a context; one file at a time."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None
        self._scratch: Path | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the child."""
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.wait()
            for pipe in (child.stdin, child.stdout):
                if pipe is not None:
                    pipe.close()
        scratch, self._scratch = self._scratch, None
        if scratch is not None:
            clear_scratch(scratch)

    def extract(self, known: IsolatedFormat, source: str, data: bytes, options: Options) -> Extract:
        """Return what is read of a file.

        Raises:
            DocumentError: it cannot be read, or took more memory or time than it may.
        """
        seconds = _seconds(known, len(data))
        return _extracts().validate_json(self._ask(known, _Request(source, seconds, known.megabytes, options), data))

    def show(self, known: IsolatedFormat, source: str, data: bytes, page: int, width: int) -> bytes:
        """Return a page of a file as PNG, ``width`` pixels wide.

        Raises:
            DocumentError: there is no such page, or it cannot be drawn, or took more memory or time than it may.
        """
        request = _Request(source, _SHOWING_SECONDS, known.megabytes, NO_OPTIONS, page, width)
        return self._ask(known, request, data)

    def _ask(self, known: IsolatedFormat, request: _Request, data: bytes) -> bytes:
        scratch = self._scratch = self._scratch or new_scratch()
        child = self._child = self._child if self._child and self._child.poll() is None else _start(scratch)
        assert child.stdin is not None
        assert child.stdout is not None
        alarm = threading.Timer(_WALL * request.seconds, child.kill)
        alarm.start()
        to, back = (
            Connection(os.dup(child.stdin.fileno()), readable=False),
            Connection(os.dup(child.stdout.fileno()), writable=False),
        )
        try:
            to.send_bytes(_requests().dump_json(request))
            to.send_bytes(data)
            answer = back.recv_bytes(_MOST_BYTES)
        except (EOFError, OSError) as error:
            ended = _how_ended(child)
            self.close()
            raise (_crashed(request.source, ended) if ended else _too_much(request.source, known)) from error
        finally:
            alarm.cancel()
            to.close()
            back.close()
        return _outcome(request.source, known, answer)


def _outcome(source: str, known: IsolatedFormat, answer: bytes) -> bytes:
    kind, said = answer[:1], answer[1:]
    if kind == _DONE:
        return said
    if kind == _REFUSED:
        en, zh = said.decode().split("\0")
        raise DocumentError(en, zh)
    if said == b"MemoryError":
        raise _too_much(source, known)
    en, zh = known.name[1], known.name[0]
    raise DocumentError(
        f"{source}: is damaged, or no {en} file ({said.decode()}); open it in the program that made it, save it again "
        "and add that.",
        f"{source}：文件已损坏，或不是{zh}文件（{said.decode()}）；请用原来的程序打开、另存后重新添加。",
    )


def _how_ended(child: subprocess.Popen[bytes]) -> str:
    """Return how a child ended by itself ("SIGSEGV", "exit 3"); empty where a limit or the parent ended it."""
    try:
        code = child.wait(_ENDING_SECONDS)
    except subprocess.TimeoutExpired:  # it lives, and does not answer
        return ""
    name = signal.Signals(-code).name if -code in set(signal.Signals) else f"exit {code}"
    return "" if name in _LIMITS else name


def _crashed(source: str, ended: str) -> DocumentError:
    return DocumentError(
        f"{source}: the program that reads it crashed on it ({ended}), so it is damaged or unusual; open it in the "
        "program that made it, save it again and add that.",
        f"{source}：读取程序在读它时崩溃（{ended}），文件可能已损坏或很特殊；请用原来的程序打开、另存后重新添加。",
    )


def _too_much(source: str, known: IsolatedFormat) -> DocumentError:
    return DocumentError(
        f"{source}: reading it took more than {known.megabytes} MB of memory or more time than a file may take; "
        "split it, or save it as another format.",
        f"{source}：读取它所用的内存超过 {known.megabytes} MB，或时间过长；请拆分，或另存为其他格式。",
    )


def _seconds(known: IsolatedFormat, size: int) -> int:
    return known.seconds * max(1, -(-size // _TEN_MEGABYTES))


def _start(scratch: Path) -> subprocess.Popen[bytes]:
    # Two threads a library at most: a child that reads must not take every core from who is asked meanwhile.
    environment = {**os.environ, "OMP_NUM_THREADS": "2", "PYTHONUTF8": "1", "TMPDIR": str(scratch)}
    return subprocess.Popen(
        [sys.executable, "-m", "bot.documents.sandbox"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment,
        cwd=_root(),
    )  # fmt: skip


def _root() -> str:
    return str(PurePosixPath(__file__.replace(os.sep, "/")).parent.parent.parent)


@lru_cache
def _requests() -> TypeAdapter[_Request]:
    return TypeAdapter(_Request)


@lru_cache
def _extracts() -> TypeAdapter[Extract]:
    return TypeAdapter(Extract)


def main() -> None:
    """Read what the parent sends until it closes the pipe."""
    # What a library prints must not get between the answers.
    back = Connection(os.dup(1), readable=False)
    os.dup2(2, 1)
    to = Connection(os.dup(0), writable=False)
    while True:
        try:
            request = _requests().validate_json(to.recv_bytes())
            data = to.recv_bytes()
        except EOFError:
            return
        _limit(request.seconds, request.megabytes)
        back.send_bytes(_answer(request, data))


def _answer(request: _Request, data: bytes) -> bytes:
    known = find_format(request.source)
    assert isinstance(known, IsolatedFormat)
    try:
        if request.page:
            assert known.show is not None
            return _DONE + known.show(data, request.options, request.page, request.width)
        extract = known.extract(data, request.options)
        if sum(len(block.text) for block in extract.blocks) > _MOST_CHARACTERS:
            raise _too_long()
        return _DONE + _extracts().dump_json(extract)
    except DocumentError as error:
        lines = (line.replace("{source}", request.source) for line in (error.en, error.zh))
        return _REFUSED + "\0".join(lines).encode()
    except MemoryError:
        return _FAILED + b"MemoryError"
    except BaseException as error:  # whatever a library raises on a file that it does not expect; Rust's panics too
        return _FAILED + type(error).__name__.encode()


def _too_long() -> DocumentError:
    most = f"{_MOST_CHARACTERS:,}"
    return DocumentError(
        f"{{source}}: holds more than {most} characters, more than a document does; split it and add the parts.",
        f"{{source}}：文字超过 {most} 个字符，大得不像文档；请拆分后添加。",
    )


def _limit(seconds: int, megabytes: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; time is limited by the parent everywhere
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime) + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (until, resource.getrlimit(resource.RLIMIT_CPU)[1]))
    resource.setrlimit(resource.RLIMIT_DATA, (megabytes * 1_000_000, resource.getrlimit(resource.RLIMIT_DATA)[1]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
