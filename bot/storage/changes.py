"""Which documents came and went, by generation: an index that was up to date once reads what has changed since."""

from dataclasses import dataclass

from bot.storage.contract import Connection

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


def note_change(connection: Connection, change: Change) -> None:
    """Note a change with the generation that the transaction leads to."""
    (generation,) = connection.execute("SELECT value FROM meta WHERE name = 'generation'").fetchone()
    (number,) = connection.execute(
        "INSERT INTO changes (generation, document_id, revision, first, count, added) VALUES (?, ?, ?, ?, ?, ?) "
        "RETURNING number",
        (int(generation) + 1, change.document_id, change.revision, change.first, change.count, int(change.added)),
    ).fetchone()
    if number % _PRUNED == 0:
        oldest = "SELECT max(generation) FROM changes WHERE number <= ?"
        (known_from,) = connection.execute(oldest, (number - _MOST,)).fetchone()
        if known_from is not None:
            connection.execute("UPDATE meta SET value = ? WHERE name = 'changes_from'", (str(known_from),))
        connection.execute("DELETE FROM changes WHERE number <= ?", (number - _MOST,))


def note_removed(connection: Connection, document_id: str, revision: int) -> None:
    """Note, before its rows are deleted, that a document goes."""
    first, count = connection.execute(
        "SELECT min(passage_id), count(*) FROM passages WHERE revision = ?", (revision,)
    ).fetchone()
    note_change(connection, Change(document_id, revision, first or 0, count, added=False))


def changes_since(connection: Connection, generation: int) -> list[Change] | None:
    """Return what has changed after ``generation``, in order; None where that is not known."""
    (known_from,) = connection.execute("SELECT value FROM meta WHERE name = 'changes_from'").fetchone()
    if generation < int(known_from):
        return None
    rows = connection.execute(
        "SELECT document_id, revision, first, count, added FROM changes WHERE generation > ? ORDER BY number",
        (generation,),
    )
    return [Change(document, revision, first, count, bool(added)) for document, revision, first, count, added in rows]
