"""What is wrong with a database: its structure, each document's rows, and all else that is kept, each by name."""

import json
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from bot.language.folding import fold
from bot.storage.contract import Connection
from bot.storage.folder_checks import damaged_folders, damaged_tags
from bot.storage.outlines import load_structure
from bot.storage.readings import as_reading
from bot.storage.records import checksum, document_hash, original_checksum, short_hash
from bot.types import digest

_MOST_FAULTS = 20
_LONGEST = 200
_HASHES = 8
"""A sketch holds whole numbers of so many bytes."""
_BROKEN = (sqlite3.Error, ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, zlib.error)
"""What reading a damaged row may raise."""


@dataclass(frozen=True, slots=True)
class _Row:
    """What stands in ``documents`` of one document."""

    revision: int
    source: str
    title: str
    counts: tuple[int, ...]
    text_hash: bytes
    outline: str
    text: str


def structural_faults(connection: Connection) -> list[str]:
    """Return what the database itself finds wrong with its structure, each with its table where there is one."""
    if not isinstance(connection, sqlite3.Connection):
        from bot.storage.postgres import faults  # here: few have that database

        return faults(connection)
    found = _pragma(connection, "integrity_check")
    if found:
        tables = [name for (name,) in _rows(connection, "SELECT name FROM sqlite_schema WHERE type = 'table'")]
        by_table = [
            f"{table}: {line}" for table in tables for line in _pragma(connection, f"integrity_check('{table}')")
        ]
        found = by_table or found
    for table, row, parent, _ in _rows(connection, "PRAGMA foreign_key_check"):
        found.append(f"{table}: row {row} belongs to no row of {parent}")
    return found[:_MOST_FAULTS]


def damaged_documents(connection: Connection) -> list[str]:
    """Check each document, with all that is kept of it; return the sources of those that are not what was written."""
    damaged: set[str] = set()
    for revision, identity in _identities(connection).items():
        name = identity
        try:
            row = _read_row(connection, revision)
            name = str(row.source)
            sound = all(check(connection, row) for check in _OF_DOCUMENTS)
        except _BROKEN:
            sound = False
        if not sound:
            damaged.add(name)
    return sorted(damaged)


def damaged_others(connection: Connection) -> list[str]:
    """Check what is kept beside the documents; return a line for each table that holds damage."""
    found = []
    for table, check, mend in _OTHERS:
        names: list[str] = []
        try:
            names = list(check(connection))
        except _BROKEN as error:
            names = [str(error) or type(error).__name__]
        if names:
            shown = ", ".join(str(name)[:_LONGEST] for name in dict.fromkeys(names[:_MOST_FAULTS]))
            found.append(f"{table} ({shown}): {mend}")
    return found


def _pragma(connection: Connection, name: str) -> list[str]:
    try:
        rows = connection.execute(f"PRAGMA {name}").fetchall()
    except sqlite3.Error as error:
        return [str(error)]
    return [" ".join(str(line).split())[:_LONGEST] for (line,) in rows if line != "ok"]


def _rows(connection: Connection, query: str) -> Iterator[tuple[object, ...]]:
    """Yield the rows of a query as far as they can be read."""
    with suppress(sqlite3.Error):
        yield from connection.execute(query)


def _identities(connection: Connection) -> dict[int, str]:
    """Return the id of each document by its revision, from the table and from its index: one of them may be broken."""
    found: dict[int, str] = {}
    hints = ("NOT INDEXED", "INDEXED BY sqlite_autoindex_documents_1")
    for hint in hints if isinstance(connection, sqlite3.Connection) else ("",):
        for revision, identity in _rows(connection, f"SELECT revision, document_id FROM documents {hint}"):
            if isinstance(revision, int):
                found.setdefault(revision, str(identity))
    return found


def _read_row(connection: Connection, revision: int) -> _Row:
    source, title, *counts, text_hash, outline, text = connection.execute(
        "SELECT source, title, characters, paragraphs, headings, levels, passages, text_hash, outline, text "
        "FROM documents WHERE revision = ?",
        (revision,),
    ).fetchone()
    return _Row(revision, source, title, tuple(counts), text_hash, outline, text)


def _text_is_whole(connection: Connection, row: _Row) -> bool:
    if document_hash(row.source, row.title, row.outline, row.text) != row.text_hash:
        return False
    levels = [p.level for p in load_structure(row.outline, row.text).paragraphs]
    headings = [level for level in levels if level]
    return row.counts[:4] == (len(row.text), len(levels), len(headings), len(set(headings)))


def _passages_are_whole(connection: Connection, row: _Row) -> bool:
    rows = connection.execute(
        'SELECT paragraph, start, "end", section, text, content_hash, crc FROM passages WHERE revision = ?',
        (row.revision,),
    ).fetchall()
    return row.counts[4] == len(rows) and all(
        checksum(row.source, row.title, section, text, paragraph, start, end) == crc
        and short_hash("\n".join((row.title, section, text))) == content_hash
        for paragraph, start, end, section, text, content_hash, crc in rows
    )


def _original_is_whole(connection: Connection, row: _Row) -> bool:
    kept = connection.execute("SELECT lost, crc, data FROM originals WHERE revision = ?", (row.revision,)).fetchone()
    if kept is None:  # a home of version 1
        return True
    lost, crc, data = kept
    if original_checksum(lost, data) != crc:
        return False
    zlib.decompress(data)
    return True


def _unlocked_is_whole(connection: Connection, row: _Row) -> bool:
    kept = connection.execute("SELECT crc, data FROM unlocked WHERE revision = ?", (row.revision,)).fetchone()
    return kept is None or zlib.crc32(kept[1]) == kept[0]


def _reading_is_whole(connection: Connection, row: _Row) -> bool:
    kept = connection.execute(
        "SELECT pages, tables, recognised, notices, boxes FROM readings WHERE revision = ?", (row.revision,)
    ).fetchone()
    if kept is not None:
        as_reading(kept[:4])
        return all(len(box) == 7 for box in json.loads(zlib.decompress(kept[4])))
    return True


def _sketch_is_whole(connection: Connection, row: _Row) -> bool:
    kept = connection.execute("SELECT sketch FROM sketches WHERE revision = ?", (row.revision,)).fetchone()
    return kept is None or (isinstance(kept[0], bytes) and len(kept[0]) >= _HASHES and len(kept[0]) % _HASHES == 0)


def _vectors_are_whole(connection: Connection, row: _Row) -> bool:
    rows = connection.execute(
        "SELECT vector, v.crc FROM passages JOIN vectors v USING (content_hash) WHERE revision = ?", (row.revision,)
    )
    return all(zlib.crc32(vector) == crc for vector, crc in rows)


_OF_DOCUMENTS: tuple[Callable[[Connection, _Row], bool], ...] = (
    _text_is_whole,
    _passages_are_whole,
    _original_is_whole,
    _unlocked_is_whole,
    _reading_is_whole,
    _sketch_is_whole,
    _vectors_are_whole,
)
"""What is looked at of each document."""


def _turns(connection: Connection) -> Iterator[str]:
    for turn, question, folded, crc, answer in connection.execute(
        "SELECT turn_id, question, folded, crc, answer FROM turns"
    ):
        said = json.loads(answer) if zlib.crc32(answer.encode()) == crc else {}
        if said.get("question") != question or fold(f"{said['question']}\n{said['text']}") != folded:
            yield f"turn {turn}: {question}"


def _cited(connection: Connection) -> Iterator[str]:
    for document_id, quote, kept in connection.execute("SELECT document_id, quote, digest FROM cited"):
        if digest(quote) != kept:
            yield f"{document_id}: {quote}"


def _feedback(connection: Connection) -> Iterator[str]:
    for question, rating, *quotes in connection.execute('SELECT question, rating, quotes, "right" FROM feedback'):
        if rating not in ("good", "bad") or not all(_is_list(stored, pairs=True) for stored in quotes):
            yield question


def _marks(connection: Connection) -> Iterator[str]:
    for question, scope, start, end in connection.execute('SELECT question, scope, start, "end" FROM marks'):
        if not 0 <= start <= end or not (scope is None or _is_list(scope)):
            yield question


def _synonyms(connection: Connection) -> Iterator[str]:
    for number, terms in connection.execute("SELECT group_id, terms FROM synonyms"):
        if not _is_list(terms):
            yield f"group {number}"


def _loose_vectors(connection: Connection) -> Iterator[str]:
    for content_hash, encoder, vector, crc in connection.execute(
        "SELECT content_hash, encoder, vector, crc FROM vectors "
        "WHERE content_hash NOT IN (SELECT content_hash FROM passages)"
    ):
        if zlib.crc32(vector) != crc:
            yield f"{encoder} {content_hash.hex()}"


def _jobs(connection: Connection) -> Iterator[str]:
    for source, crc, data in connection.stream("SELECT source, crc, data FROM jobs WHERE error_en IS NULL"):
        if zlib.crc32(data) != crc:
            yield source


def _notes(connection: Connection) -> Iterator[str]:
    notes = dict(connection.execute("SELECT name, value FROM meta"))
    if not isinstance(notes.get("home"), str):
        yield "home"
    if not str(notes.get("generation")).isdecimal():
        yield "generation"


_RESTORE = "bring back a backup with `python -m bot restore FILE --force`"
_SYNC = "run `python -m bot sync`; where that does not help, `python -m bot folders remove NAME --keep` first"
_OTHERS: tuple[tuple[str, Callable[[Connection], Iterator[str]], str], ...] = (
    ("conversations", _turns, "delete these conversations and ask again"),
    ("links to citations", _cited, f"these links lead nowhere; {_RESTORE}"),
    ("ratings", _feedback, "rate these answers again"),
    ("marks", _marks, "take them back and mark again"),
    ("synonyms", _synonyms, "remove them and add them again"),
    ("vectors of no document", _loose_vectors, _RESTORE),
    ("queued files", _jobs, "send them again"),
    ("notes of the home", _notes, _RESTORE),
    ("folders in step", damaged_folders, _SYNC),
    ("tags", damaged_tags, "take them away with `python -m bot tag ID`, and give the document its own again"),
)
"""What is kept beside the documents: its name, what finds damage in it, how that is mended."""


def _is_list(stored: str, *, pairs: bool = False) -> bool:
    try:
        read = json.loads(stored)
    except ValueError:
        return False
    return isinstance(read, list) and all(
        (isinstance(item, list) and len(item) == 2) if pairs else isinstance(item, str) for item in read
    )
