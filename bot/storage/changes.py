"""Which documents came and went, by generation: an index that was up to date once reads what has changed since."""

import sqlite3
from dataclasses import dataclass

_MOST = 20_000
"""Changes that are kept; an index that is further behind is compared with all there is."""
_PRUNED = 1000


@dataclass(frozen=True, slots=True)
class Change:
    """A document that came (``added``) or went, with the numbers of its passages: from ``first``, ``count`` of them."""

    document_id: str
    revision: int
    first: int
    count: int
    added: bool


def note_change(connection: sqlite3.Connection, change: Change) -> None:
    """Note a change with the generation that the transaction leads to."""
    number = connection.execute(
        "INSERT INTO changes (generation, document_id, revision, first, count, added) "
        "SELECT value + 1, ?, ?, ?, ?, ? FROM meta WHERE name = 'generation'",
        (change.document_id, change.revision, change.first, change.count, change.added),
    ).lastrowid
    if number is not None and number % _PRUNED == 0:
        oldest = "SELECT max(generation) FROM changes WHERE number <= ?"
        connection.execute(
            f"UPDATE meta SET value = max(value, coalesce(({oldest}), 0)) WHERE name = 'changes_from'",
            (number - _MOST,),
        )
        connection.execute("DELETE FROM changes WHERE number <= ?", (number - _MOST,))


def note_removed(connection: sqlite3.Connection, document_id: str, revision: int) -> None:
    """Note, before its rows are deleted, that a document goes."""
    first, count = connection.execute(
        "SELECT min(passage_id), count(*) FROM passages WHERE revision = ?", (revision,)
    ).fetchone()
    note_change(connection, Change(document_id, revision, first or 0, count, added=False))


def changes_since(connection: sqlite3.Connection, generation: int) -> list[Change] | None:
    """Return what has changed after ``generation``, in order; None where that is not known."""
    (known_from,) = connection.execute("SELECT value FROM meta WHERE name = 'changes_from'").fetchone()
    if generation < known_from:
        return None
    rows = connection.execute(
        "SELECT document_id, revision, first, count, added FROM changes WHERE generation > ? ORDER BY number",
        (generation,),
    )
    return [Change(document, revision, first, count, bool(added)) for document, revision, first, count, added in rows]
