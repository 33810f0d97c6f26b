"""The tags that people give to documents."""

from collections.abc import Iterable, Mapping

from bot.storage.contract import Connection
from bot.storage.database import Database


class TagTable:
    """Which documents have which tags."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def counts(self) -> dict[str, int]:
        """Return how many documents have each tag."""
        with self._database.read() as connection:
            return dict(
                connection.execute(
                    "SELECT tag, count(*) FROM tags JOIN documents USING (document_id) GROUP BY tag ORDER BY tag"
                )
            )

    def documents(self, tag: str) -> list[str]:
        """Return the ids of the documents that have ``tag``, by source."""
        with self._database.read() as connection:
            rows = connection.execute(
                "SELECT document_id FROM tags JOIN documents USING (document_id) WHERE tag = ? ORDER BY source", (tag,)
            )
            return [row[0] for row in rows]

    def of(self, document_id: str) -> list[str]:
        """Return the tags of a document, in order."""
        with self._database.read() as connection:
            rows = connection.execute("SELECT tag FROM tags WHERE document_id = ? ORDER BY tag", (document_id,))
            return [row[0] for row in rows]

    def put_many(self, tags: Mapping[str, Iterable[str]]) -> None:
        """Give documents (by id) these tags, in place of those that they have; all or none."""
        with self._database.write() as connection:
            for document_id, given in tags.items():
                connection.execute("DELETE FROM tags WHERE document_id = ?", (document_id,))
                connection.executemany("INSERT INTO tags VALUES (?, ?)", ((document_id, tag) for tag in given))


def tags_by_document(connection: Connection) -> dict[str, tuple[str, ...]]:
    """Return the tags of each document that has some, in order."""
    found: dict[str, tuple[str, ...]] = {}
    for document_id, tag in connection.execute("SELECT document_id, tag FROM tags ORDER BY document_id, tag"):
        found[document_id] = (*found.get(document_id, ()), tag)
    return found
