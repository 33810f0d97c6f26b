"""The rows of a document, its passages and its original, with the checksums that tell when one is damaged."""

import hashlib
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain, islice
from typing import Literal

from bot.documents.identity import PARSER_VERSION
from bot.pages import PLAIN, Box, FileReading
from bot.storage.changes import Change, note_change, note_removed
from bot.storage.contract import Connection, upsert
from bot.storage.folders import forget_file
from bot.storage.fresh import Written
from bot.storage.likeness import put_sketch
from bot.storage.outlines import dump_section, dump_structure
from bot.storage.readings import put_reading
from bot.storage.unlocked import put_unlocked
from bot.storage.waiting import note_arrived, note_waiting
from bot.types import Document, Passage

PutStatus = Literal["added", "replaced", "unchanged"]
INFO = "document_id, source, title, encoding, characters, paragraphs, headings, levels, passages, added_at"
"""The columns of ``documents`` that stand in the list of documents, in the order of ``DocumentInfo``."""


CHANGED = "documents"
"""On this channel it is told that documents have changed."""
_TOLD = 2000
_TOGETHER = 200
"""Rows that one statement writes."""


@dataclass(frozen=True, slots=True)
class PutItem:
    """A document to keep: with its passages, the digest of what it was made from, the file itself where it is kept.

    ``reading`` tells how the file was read, ``boxes`` where the text stands on its pages. ``unlocked`` is a file that
    is locked without its lock, empty of others.
    """

    document: Document
    passages: Sequence[Passage]
    digest: str
    original: bytes | None = None
    reading: FileReading = PLAIN
    boxes: Sequence[Box] = ()
    unlocked: bytes = b""


def put_document(
    connection: Connection,
    item: PutItem,
    told: Callable[[int], None] = lambda count: None,
    written: Callable[[Written], None] = lambda written: None,
) -> PutStatus:
    """Add or replace a document; nothing is written where ``digest`` is the one it was put with.

    ``told`` is called with the count of its passages that are written, now and then; ``written`` with all of them.
    """
    identity = item.document.document_id
    row = connection.execute("SELECT digest FROM documents WHERE document_id = ?", (identity,)).fetchone()
    if row == (item.digest,):
        return "unchanged"
    replaced = delete_document(connection, identity)
    written(_insert(connection, item, datetime.now(UTC).isoformat(timespec="seconds"), told))
    # After the new passages are in, so that content which stayed keeps its vectors.
    delete_unused_vectors(connection, replaced or [])
    return "added" if replaced is None else "replaced"


def renew_document(connection: Connection, item: PutItem) -> bool:
    """Put what a document is read as now in the place of what it was read as; tell whether its passages changed.

    It keeps its date. Where its text and passages stay, so do their numbers, and no index needs to know.
    """
    document = item.document
    old = connection.execute(
        "SELECT revision, title, added_at, text FROM documents WHERE document_id = ?", (document.document_id,)
    ).fetchone()
    if old is None:
        return False
    revision, title, added_at, text = old
    columns = 'SELECT paragraph, start, "end", section, text FROM passages WHERE revision = ? ORDER BY passage_id'
    before = connection.execute(columns, (revision,)).fetchall()
    now = [(p.paragraph, p.start, p.end, dump_section(p.section), p.text) for p in item.passages]
    if (title, text, before) != (document.title, document.text, now):
        hashes = delete_document(connection, document.document_id)
        _insert(connection, item, added_at, lambda count: None)
        delete_unused_vectors(connection, hashes or [])
        return True
    outline, levels = dump_structure(document), [p.level for p in document.paragraphs if p.level]
    connection.execute(
        "UPDATE documents SET text_hash = ?, outline = ?, text = ?, encoding = ?, characters = ?, paragraphs = ?, "
        "headings = ?, levels = ? WHERE revision = ?",
        (
            document_hash(document.source, title, outline, document.text),
            outline,
            document.text,
            document.encoding,
            len(document.text),
            len(document.paragraphs),
            len(levels),
            len(set(levels)),
            revision,
        ),
    )
    _note_parser(connection, revision)
    put_sketch(connection, revision, document.text)
    put_reading(connection, revision, item.reading, item.boxes)
    return False


def _insert(connection: Connection, item: PutItem, added_at: str, told: Callable[[int], None]) -> Written:
    """Write the rows of a document that is not there."""
    document, passages = item.document, item.passages
    title, levels = document.title, [p.level for p in document.paragraphs if p.level]
    outline = dump_structure(document)
    revision = connection.execute(
        f"INSERT INTO documents (digest, text_hash, outline, text, {INFO}) VALUES (?{', ?' * 13}) RETURNING revision",
        (
            item.digest,
            document_hash(document.source, title, outline, document.text),
            outline,
            document.text,
            document.document_id,
            document.source,
            title,
            document.encoding,
            len(document.text),
            len(document.paragraphs),
            len(levels),
            len(set(levels)),
            len(passages),
            added_at,
        ),
    ).fetchone()[0]
    first = connection.reserve("passages", "passage_id", len(passages))
    rows = _passage_rows(first, revision, item, told)
    while some := list(islice(rows, _TOGETHER)):
        _insert_passages(connection, some)
    if item.original is not None:
        data = zlib.compress(item.original, level=1)  # 6 takes twice as long for a tenth less
        values = (revision, document.lost, original_checksum(document.lost, data), data)
        connection.execute("INSERT INTO originals (revision, lost, crc, data) VALUES (?, ?, ?, ?)", values)
    note_change(connection, Change(document.document_id, revision or 0, first, len(passages), added=True))
    note_arrived(connection, document.document_id)
    _note_parser(connection, revision)
    put_sketch(connection, revision, document.text)
    put_reading(connection, revision, item.reading, item.boxes)
    put_unlocked(connection, revision, item.unlocked)
    return Written(document.document_id, revision, document.source, title, document.text, first, passages)


def _insert_passages(connection: Connection, rows: Sequence[tuple[object, ...]]) -> None:
    """Write rows of passages; many in one statement, for which other threads are given way once, and not a row."""
    row = "(?, ?, ?, ?, ?, ?, ?, ?, ?)"
    columns = 'passage_id, revision, paragraph, start, "end", section, text, content_hash, crc'
    insert = f"INSERT INTO passages ({columns}) VALUES"
    if len(rows) == _TOGETHER:
        connection.execute(f"{insert} {', '.join([row] * _TOGETHER)}", list(chain.from_iterable(rows)))
    else:
        connection.executemany(f"{insert} {row}", rows)


def _note_parser(connection: Connection, revision: int) -> None:
    connection.execute(upsert("parsed", "revision, parser", "revision"), (revision, PARSER_VERSION))


def delete_document(connection: Connection, document_id: str) -> list[bytes] | None:
    """Delete a document; return the content hashes of its passages, or None where there is no such document."""
    row = connection.execute("SELECT revision FROM documents WHERE document_id = ?", (document_id,)).fetchone()
    if row is None:
        return None
    hashes = [h for (h,) in connection.execute("SELECT content_hash FROM passages WHERE revision = ?", row)]
    note_removed(connection, document_id, row[0])
    connection.execute("DELETE FROM documents WHERE revision = ?", row)
    return hashes


def forget_document(connection: Connection, document_id: str, *, marks: bool = True) -> bool:
    """Delete a document with its vectors and what people said of it; tell whether it was there.

    Without ``marks`` marks and tags stay, and its id is kept for the document that is to come back.
    """
    row = connection.execute("SELECT source FROM documents WHERE document_id = ?", (document_id,)).fetchone()
    hashes = delete_document(connection, document_id)
    if hashes is None:
        return False
    delete_unused_vectors(connection, hashes)
    connection.execute("DELETE FROM origins WHERE source = ?", row)
    if not marks:
        note_waiting(connection, row[0], document_id)
        return True
    forget_file(connection, *row)
    for table in ("marks", "tags"):
        connection.execute(f"DELETE FROM {table} WHERE document_id = ?", (document_id,))
    return True


def rename_document(connection: Connection, document_id: str, source: str) -> bool:
    """Give a document another source: its passages and their numbers stay. Tell whether it is there."""
    row = connection.execute(
        "SELECT revision, source, title, outline, text FROM documents WHERE document_id = ?", (document_id,)
    ).fetchone()
    if row is None:
        return False
    revision, old, title, outline, text = row
    if connection.execute("SELECT 1 FROM origins WHERE source = ?", (old,)).fetchone() and source != old:
        connection.execute("DELETE FROM origins WHERE source = ?", (source,))
        connection.execute("UPDATE origins SET source = ? WHERE source = ?", (source, old))
    connection.execute(
        "UPDATE documents SET source = ?, text_hash = ? WHERE revision = ?",
        (source, document_hash(source, title, outline, text), revision),
    )
    passages = connection.execute(
        'SELECT passage_id, section, text, paragraph, start, "end" FROM passages WHERE revision = ?', (revision,)
    ).fetchall()
    connection.executemany(
        "UPDATE passages SET crc = ? WHERE passage_id = ?",
        ((checksum(source, title, section, text, *place), number) for number, section, text, *place in passages),
    )
    return True


def delete_unused_vectors(connection: Connection, hashes: Sequence[bytes]) -> None:
    """Delete the vectors of contents that no passage has any more."""
    connection.executemany(
        "DELETE FROM vectors WHERE content_hash = ? AND NOT EXISTS "
        "(SELECT 1 FROM passages p WHERE p.content_hash = vectors.content_hash)",
        ((content_hash,) for content_hash in hashes),
    )


def _passage_rows(
    first: int, revision: int, item: PutItem, told: Callable[[int], None]
) -> Iterator[tuple[object, ...]]:
    source, title = item.document.source, item.document.title
    heads: dict[tuple[str, ...], tuple[str, bytes, int]] = {}
    for count, passage in enumerate(item.passages):
        if count and count % _TOLD == 0:
            told(count)
        if passage.section not in heads:
            section = dump_section(passage.section)
            head = f"{title}\n{section}\n".encode()
            heads[passage.section] = section, head, zlib.crc32(head, zlib.crc32(f"{source}\n".encode()))
        section, head, head_crc = heads[passage.section]
        # As ``short_hash`` and ``checksum`` say, with what many passages have in common read once for all of them.
        text = passage.text
        data, place = text.encode(), (passage.paragraph, passage.start, passage.end)
        content_hash = hashlib.sha256(head + data).digest()[:16]
        crc = zlib.crc32(b"\n%d\n%d\n%d" % place, zlib.crc32(data, head_crc))
        yield first + count, revision, *place, section, text, content_hash, crc


def advance(connection: Connection) -> None:
    """Count one more change of the documents."""
    connection.execute("UPDATE meta SET value = CAST(value AS BIGINT) + 1 WHERE name = 'generation'")
    connection.tell(CHANGED)


def document_hash(source: str, title: str, outline: str, text: str) -> bytes:
    """Return what tells that a document's row is as it was written."""
    return short_hash("\n".join((source, title, outline, text)))


def short_hash(text: str) -> bytes:
    """Return 16 bytes that stand for a text."""
    return hashlib.sha256(text.encode()).digest()[:16]


def original_checksum(lost: int, data: bytes) -> int:
    """Return what tells that an original's row is as it was written."""
    return zlib.crc32(data, lost)


def checksum(source: str, title: str, section: str, text: str, paragraph: int, start: int, end: int) -> int:
    """Return what tells that a passage's row is as it was written."""
    return zlib.crc32(f"{source}\n{title}\n{section}\n{text}\n{paragraph}\n{start}\n{end}".encode())
