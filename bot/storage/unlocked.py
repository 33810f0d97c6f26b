"""Copies without their lock of files that a password opens, beside the files themselves: pages are drawn from them."""

import zlib

from bot.storage.contract import Connection


def put_unlocked(connection: Connection, revision: int, data: bytes) -> None:
    """Keep a document's copy without its lock; nothing where ``data`` is empty."""
    if data:
        connection.execute(
            "INSERT INTO unlocked (revision, crc, data) VALUES (?, ?, ?)", (revision, zlib.crc32(data), data)
        )


def unlocked_of(connection: Connection, document_id: str) -> bytes:
    """Return a document's copy without its lock; empty where its file was not locked, or the copy is damaged."""
    row = connection.execute(
        "SELECT crc, data FROM unlocked JOIN documents USING (revision) WHERE document_id = ?", (document_id,)
    ).fetchone()
    return bytes(row[1]) if row is not None and zlib.crc32(row[1]) == row[0] else b""
