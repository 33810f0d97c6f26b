"""Files that are replaced whole: after a crash there is the old content or the new, never half of it."""

import os
import zlib
from pathlib import Path
from typing import IO, Any


def replace_file(path: Path, *parts: Any) -> None:
    """Write ``parts`` (bytes, or anything with a buffer) to a temporary file, put it on disk, rename it to ``path``."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    with temporary.open("wb") as file:
        for part in parts:
            file.write(part)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    # A rename is not on disk until its folder is. Windows opens no folders, and needs not.
    if os.name != "nt":
        handle = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def checksum(file: IO[bytes]) -> int:
    """Return the CRC-32 of the rest of ``file``: meant against damage, not malice, and twice as fast as a digest."""
    value = 0
    while chunk := file.read(1 << 20):
        value = zlib.crc32(chunk, value)
    return value
