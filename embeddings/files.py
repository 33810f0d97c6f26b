"""Files that are replaced whole: after a crash there is the old content or the new, never half of it."""

import os
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any


def replace_file(path: Path, *parts: Any) -> None:
    """Write ``parts`` (bytes, or anything with a buffer) to a temporary file, put it on disk, rename it to ``path``."""
    write_parts(path, parts)


def write_parts(path: Path, parts: Iterable[Any]) -> int:
    """Do as ``replace_file`` does with parts that are made one after the other; return the CRC-32 of all."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        crc = _write(temporary, parts)
    except OSError:
        temporary.unlink(missing_ok=True)  # a full disk needs the room
        raise
    put_in_place(temporary, path)
    return crc


def settle_file(temporary: Path, path: Path) -> int:
    """Put what another program has written to ``temporary`` on disk, as ``path``; return its CRC-32."""
    with temporary.open("rb+") as file:
        crc = checksum(file)
        os.fsync(file.fileno())
    temporary.chmod(0o600)
    put_in_place(temporary, path)
    return crc


def put_in_place(temporary: Path, path: Path) -> None:
    """Rename a finished file to ``path``; on disk when this returns."""
    temporary.replace(path)
    # A rename is not on disk until its folder is. Windows opens no folders, and needs not.
    if os.name != "nt":
        handle = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _write(path: Path, parts: Iterable[Any]) -> int:
    crc = 0
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        for part in parts:
            file.write(part)
            crc = zlib.crc32(part, crc)
        file.flush()
        os.fsync(file.fileno())
    return crc


def checksum_of(path: Path) -> int | None:
    """Return the CRC-32 of a file's content; None where it cannot be read."""
    try:
        with path.open("rb") as file:
            return checksum(file)
    except OSError:
        return None


def checksum(file: IO[bytes]) -> int:
    """Return the CRC-32 of the rest of ``file``: meant against damage, not malice, and twice as fast as a digest."""
    value = 0
    while chunk := file.read(1 << 20):
        value = zlib.crc32(chunk, value)
    return value
