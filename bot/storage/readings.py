"""How a file was read, and where its text stands on its pages: a row a document that has more to tell than its text."""

import json
import zlib
from collections.abc import Sequence

from bot.pages import PLAIN, Box, FileReading, Notice
from bot.storage.contract import Connection
from bot.storage.outlines import compact

COLUMNS = "pages, tables, recognised, notices"
"""The columns of ``readings`` that stand in the list of documents, all NULL where there is no row."""


def put_reading(connection: Connection, revision: int, reading: FileReading, boxes: Sequence[Box]) -> None:
    """Keep how a document's file was read, in place of what was kept; nothing where there is nothing to tell."""
    connection.execute("DELETE FROM readings WHERE revision = ?", (revision,))
    if reading == PLAIN and not boxes:
        return
    rows = [(b.page, b.left, b.top, b.right, b.bottom, b.start, b.end) for b in boxes]
    notices = compact([(notice.en, notice.zh) for notice in reading.notices])
    values = (
        revision,
        reading.pages,
        reading.tables,
        reading.recognised,
        notices,
        zlib.compress(compact(rows).encode(), 1),
    )
    connection.execute("INSERT INTO readings VALUES (?, ?, ?, ?, ?, ?)", values)


def as_reading(row: Sequence[object]) -> FileReading:
    """Return what ``COLUMNS`` of a row tell."""
    pages, tables, recognised, notices = row
    if notices is None:
        return PLAIN
    lines = tuple(Notice(en, zh) for en, zh in json.loads(str(notices)))
    return FileReading(int(str(pages)), int(str(tables)), int(str(recognised)), lines)


def boxes_of(connection: Connection, document_id: str) -> list[Box]:
    """Return where a document's text stands on its pages, in its order; none where there are no pages."""
    row = connection.execute(
        "SELECT boxes FROM readings JOIN documents USING (revision) WHERE document_id = ?", (document_id,)
    ).fetchone()
    return [] if row is None else [Box(*box) for box in json.loads(zlib.decompress(row[0]))]


def page_count_of(connection: Connection, document_id: str) -> int:
    """Return how many pages a document has, 0 where it has none."""
    row = connection.execute(
        "SELECT pages FROM readings JOIN documents USING (revision) WHERE document_id = ?", (document_id,)
    ).fetchone()
    return 0 if row is None else int(row[0])
