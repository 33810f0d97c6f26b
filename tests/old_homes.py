"""Homes as older versions of Youju left them, written by SQL alone."""

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bot.documents.parser import parse
from bot.documents.passages import split_passages
from bot.storage.database import _APPLICATION
from bot.storage.schema import MIGRATIONS
from bot.storage.store import DATABASE

ADDED_AT = "2024-01-02T03:04:05+00:00"


@dataclass(frozen=True, slots=True)
class OldFile:
    """A file that was added: ``title`` is the one that was given with it."""

    source: str
    data: bytes
    title: str | None = None


def write_home(home: Path, files: Sequence[OldFile], version: int) -> None:
    """Write the database of a home of schema version 1 (which keeps no originals) or 2."""
    with closing(sqlite3.connect(home / DATABASE)) as connection, connection:
        for statements in MIGRATIONS[:version]:
            for statement in statements:
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {_APPLICATION}")
        connection.execute(f"PRAGMA user_version = {version}")
        for file in files:
            _write(connection, file, version)
        connection.execute("UPDATE meta SET value = 1 WHERE name = 'generation'")


def _write(connection: sqlite3.Connection, file: OldFile, version: int) -> None:
    document = parse(file.source, file.data, file.title)
    passages = split_passages(document)
    levels = [p.level for p in document.paragraphs if p.level]
    outline = _compact([(p.start, p.end, p.section, p.level) for p in document.paragraphs])
    digest = hashlib.sha256((file.title or "").encode() + b"\0" + file.data).hexdigest()
    counts = (len(document.text), len(document.paragraphs), len(levels), len(set(levels)), len(passages))
    text_hash = _hash("\n".join((file.source, document.title, outline, document.text)))
    revision = connection.execute(
        f"INSERT INTO documents VALUES (NULL{', ?' * 14})",
        (
            *(document.document_id, file.source, document.title, document.encoding, *counts, ADDED_AT),
            *(digest, text_hash, outline, document.text),
        ),
    ).lastrowid
    for passage in passages:
        section, place = _compact(passage.section), (passage.paragraph, passage.start, passage.end)
        content_hash = _hash("\n".join((document.title, section, passage.text)))
        fields = (file.source, document.title, section, passage.text, *place)
        crc = zlib.crc32("\n".join(map(str, fields)).encode())
        row = (revision, *place, section, passage.text, content_hash, crc)
        connection.execute(f"INSERT INTO passages VALUES (NULL{', ?' * 8})", row)
    if version > 1:
        data = zlib.compress(file.data, level=1)
        connection.execute("INSERT INTO originals VALUES (?, 0, ?, ?)", (revision, zlib.crc32(data), data))


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _hash(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()[:16]
