"""Documents whose files cannot be read at present: they get their ids again, and with these links, marks and tags."""

from collections.abc import Iterable

from bot.storage.contract import Connection, upsert
from bot.storage.database import Database


class WaitingTable:
    """The ids that are to be given again, by source."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> dict[str, str]:
        """Return the id that the document of each source is to have again."""
        with self._database.read() as connection:
            return dict(connection.execute("SELECT source, document_id FROM waiting"))

    def forget(self, sources: Iterable[str]) -> None:
        """Forget what waits for files that are gone, given by source, and for what stood inside them."""
        with self._database.write() as connection:
            for source in sources:
                below, values = "source = ? OR substr(source, 1, ?) = ?", (source, len(source) + 1, f"{source}/")
                rows = connection.execute(f"SELECT document_id FROM waiting WHERE {below}", values).fetchall()
                for (identity,) in rows:
                    for table in ("marks", "tags"):
                        connection.execute(f"DELETE FROM {table} WHERE document_id = ?", (identity,))
                connection.execute(f"DELETE FROM waiting WHERE {below}", values)


def note_waiting(connection: Connection, source: str, document_id: str) -> None:
    """Keep an id for the document that is to come back under ``source``."""
    connection.execute(upsert("waiting", "source, document_id", "source"), (source, document_id))


def note_arrived(connection: Connection, document_id: str) -> None:
    """Note that a document is there (again)."""
    connection.execute("DELETE FROM waiting WHERE document_id = ?", (document_id,))
