"""Which documents have a name, looked up one by one: of a store that holds far more than is asked for."""

from collections.abc import Sequence

from bot.storage.database import Database


class NameTable:
    """The names and ids of documents, and of those that wait for their files."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def documents(self, sources: Sequence[str]) -> list[tuple[str, str]]:
        """Return the document_id of each document of these sources, and the digest that it was put with."""
        with self._database.read() as connection:
            among, values = connection.among(sources)
            query = f"SELECT document_id, digest FROM documents WHERE source {among}"
            return [(identity, digest) for identity, digest in connection.execute(query, (values,)).fetchall()]

    def waiting(self, sources: Sequence[str]) -> list[str]:
        """Return the ids that documents of these sources are to have again."""
        with self._database.read() as connection:
            among, values = connection.among(sources)
            query = f"SELECT document_id FROM waiting WHERE source {among}"
            return [identity for (identity,) in connection.execute(query, (values,)).fetchall()]

    def holds(self, document_id: str) -> bool:
        """Tell whether an id is a document's, or is to be one's again."""
        query = """SELECT 1 FROM documents WHERE document_id = ? UNION ALL
            SELECT 1 FROM waiting WHERE document_id = ?"""
        with self._database.read() as connection:
            return connection.execute(query, (document_id, document_id)).fetchone() is not None
