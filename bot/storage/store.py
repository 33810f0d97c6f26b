"""SQLite, the one source of truth: documents, their originals, passages, vectors.

Readers take a connection of their own from a pool, so a question is answered while a long write goes on (write-ahead
logging lets them); writers take turns. A passage's text is kept beside its document's: cutting it out of the document
would mean reading whole documents to rank a few dozen passages. Passage numbers and document revisions are never used
twice, so an index derived from the store catches up by what has changed since (``bot.storage.changes``), or by
comparing the numbers it has with the numbers there are.
"""

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Self

import numpy as np
import numpy.typing as npt

from bot.documents.identity import PARSER_VERSION
from bot.documents.passages import indexed_text
from bot.pages import Box
from bot.storage import records
from bot.storage.changes import Change, changes_since
from bot.storage.checks import damaged_documents, damaged_others, structural_faults
from bot.storage.contract import Connection, narrowed
from bot.storage.database import Database, damaged, not_found
from bot.storage.fresh import Fresh, Written
from bot.storage.home import DATABASE, prepare_home
from bot.storage.likeness import alike
from bot.storage.listed import Listed, Listing
from bot.storage.numbers import Ids, listed
from bot.storage.outlines import load_section, load_structure
from bot.storage.readings import COLUMNS, as_reading, boxes_of, page_count_of
from bot.storage.records import INFO, PutItem, PutStatus
from bot.storage.tags import tags_by_document
from bot.storage.unlocked import unlocked_of
from bot.types import Document, DocumentInfo, Likeness, Original, Passage, Progress, Text

Vectors = npt.NDArray[np.float32]

_LOST = "coalesce(lost, 0)"  # a home of version 1 keeps no originals; what it took lost nothing
_DOCUMENTS = "documents LEFT JOIN originals USING (revision)"
_DOCUMENT = f"SELECT document_id, source, title, encoding, {_LOST}, outline, text, text_hash FROM {_DOCUMENTS}"
_PASSAGE = """SELECT passage_id, p.crc, d.document_id, d.source, d.title, p.section, p.text, p.paragraph, p.start, p.end
    FROM passages p JOIN documents d USING (revision)"""


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with its number (never used twice) and the document that holds it."""

    passage_id: int
    document_id: str
    source: str
    title: str
    passage: Passage

    @property
    def name(self) -> str:
        """The document's title, or the name of its file where that says more: "枫桥路8号租赁合同" of "租赁合同"."""
        stem = PurePosixPath(self.source).stem
        return stem if self.title in stem else self.title


def vector_key(encoder: str) -> str:
    """Name the vectors that ``encoder`` makes of ``indexed_text``: another name where either is another."""
    return f"{encoder} {records.short_hash(indexed_text('title', ('section', 'subsection'), 'text')).hex()[:8]}"


class Store:
    """Everything the bot knows, in one file of the home folder. Usable from several threads.

    Any method raises StoreError where the file cannot be read or written, or its content is damaged.
    """

    def __init__(self, database: Database) -> None:
        self.database = database
        self.fresh = Fresh()
        self.listing = Listing()

    @classmethod
    def open(cls, home: Path, url: str = "") -> Self:
        """Open the store in ``home``, a folder that is made where there is none, or in the PostgreSQL at ``url``.

        Raises:
            StoreError: the folder cannot be made or read, or its database is damaged, gone, foreign or of a newer
                version.
        """
        prepare_home(home, holds_all=not url)
        if not url:
            return cls(Database(home / DATABASE))
        from bot.storage.postgres import PostgresDatabase  # here: few have one

        return cls(PostgresDatabase(url))

    def close(self) -> None:
        """Close every connection; a read that is still going on ends first."""
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def generation(self) -> int:
        """Grows by one with each transaction that changes documents: what was derived at this number is up to date."""
        with self.database.read() as connection:
            return int(connection.execute("SELECT value FROM meta WHERE name = 'generation'").fetchone()[0])

    @property
    def read_only(self) -> bool:
        """Whether nothing can be written at present."""
        return self.database.read_only

    @property
    def home_id(self) -> str:
        """What tells this home from any other."""
        return self.database.note("home") or ""

    # Documents

    def put(
        self, document: Document, passages: Sequence[Passage], digest: str, original: bytes | None = None
    ) -> PutStatus:
        """Add or replace one document; on disk when this returns. ``digest`` unchanged: nothing is written."""
        return self.put_many([PutItem(document, passages, digest, original)])[0]

    def put_many(self, items: Iterable[PutItem], progress: Progress | None = None) -> list[PutStatus]:
        """Add or replace documents in one transaction: all of them or, after an error, none.

        ``progress`` is told how many of a long document's passages are written.
        """
        written: list[Written] = []
        with self.database.write() as connection:
            statuses = [records.put_document(connection, item, _told(progress, item), written.append) for item in items]
            if statuses.count("unchanged") < len(statuses):
                records.advance(connection)
        self.fresh.keep(written)
        return statuses

    def outdated(self) -> list[str]:
        """Return the ids of the documents that an older version of the parser has read."""
        with self.database.read() as connection:
            rows = connection.execute(
                "SELECT document_id FROM documents WHERE revision NOT IN "
                "(SELECT revision FROM parsed WHERE parser >= ?)",
                (PARSER_VERSION,),
            )
            return [document_id for (document_id,) in rows]

    def renew_many(self, items: Iterable[PutItem]) -> None:
        """Put what documents are read as now in the place of what they were read as, in one transaction."""
        self.fresh.clear()
        self.listing.forget()
        with self.database.write() as connection:
            renewed = [records.renew_document(connection, item) for item in items]
            if any(renewed):
                records.advance(connection)

    def remove(self, document_id: str) -> None:
        """Remove a document with its passages, marks and tags, and the vectors that no other passage uses.

        Raises:
            NotFoundError: there is no such document.
        """
        if not self.remove_many([document_id]):
            raise not_found(document_id)

    def remove_many(self, document_ids: Iterable[str]) -> int:
        """Remove documents as ``remove`` does, in one transaction; return how many were there."""
        self.fresh.clear()
        with self.database.write() as connection:
            removed = [records.forget_document(connection, document_id) for document_id in document_ids]
            if any(removed):
                records.advance(connection)
        return sum(removed)

    def change_many(
        self,
        remove: Iterable[str],
        put: Iterable[PutItem],
        renew: Iterable[PutItem],
        also: Callable[[Connection], None],
        progress: Progress | None = None,
    ) -> None:
        """Remove documents whose marks and tags stay, put others, renew others, and do ``also``, in one transaction."""
        self.fresh.clear()
        with self.database.write() as connection:
            changed = [records.forget_document(connection, document_id, marks=False) for document_id in remove]
            changed += [records.put_document(connection, item, _told(progress, item)) != "unchanged" for item in put]
            changed += [records.renew_document(connection, item) for item in renew]
            if any(changed):
                records.advance(connection)
            also(connection)

    def rename_many(self, sources: Mapping[str, str], also: Callable[[Connection], None] = lambda _: None) -> None:
        """Give documents (by id) other sources: they keep id, date, passages and marks.

        What is ``also`` done is done in the same transaction.
        """
        self.fresh.clear()
        with self.database.write() as connection:
            renamed = [records.rename_document(connection, *item) for item in sources.items()]
            if any(renamed):
                records.advance(connection)
            also(connection)

    def documents(self, sources: Sequence[str] | None = None) -> list[DocumentInfo]:
        """List the documents by source, or those of ``sources``."""
        with self.database.read() as connection:
            among, values = ("", ()) if sources is None else connection.among(sources)
            narrow = "" if sources is None else f"WHERE source {among}"
            columns = f"SELECT {INFO}, {_LOST}, {COLUMNS} FROM {_DOCUMENTS} LEFT JOIN readings USING (revision)"
            given = () if sources is None else (values,)
            rows = connection.execute(f"{columns} {narrow} ORDER BY source", given).fetchall()
            tags = tags_by_document(connection)
        return [DocumentInfo(*(*row[:-4], as_reading(row[-4:]), tags.get(row[0], ()))) for row in rows]

    def document(self, document_id: str) -> Document:
        """Return a document with its text and outline.

        Raises:
            NotFoundError: there is no such document.
        """
        with self.database.read() as connection:
            row = connection.execute(f"{_DOCUMENT} WHERE document_id = ?", (document_id,)).fetchone()
        if row is None:
            raise not_found(document_id)
        _, source, title, encoding, lost, outline, text, text_hash = row
        if records.document_hash(source, title, outline, text) != text_hash:
            raise damaged(source)
        read = load_structure(outline, text)
        return Document(
            document_id, source, title, text, read.paragraphs, encoding, lost, read.outline, read.lists, read.pages,
            read.recognised,
        )  # fmt: skip

    def alike(self, document_ids: Sequence[str]) -> dict[str, list[Likeness]]:
        """Return, of each document, those kept before it that have a fifth of its text at least, the likest first."""
        with self.database.read() as connection:
            return alike(connection, document_ids)

    def boxes(self, document_id: str) -> list[Box]:
        """Return where a document's text stands on its pages, in its order; none where it has none."""
        with self.database.read() as connection:
            return boxes_of(connection, document_id)

    def page_places(self, document_id: str) -> tuple[int, list[Box]]:
        """Return how many pages a document has, and where its text stands on them."""
        with self.database.read() as connection:
            return page_count_of(connection, document_id), boxes_of(connection, document_id)

    def original(self, document_id: str) -> Original:
        """Return a document's file; its text as UTF-8 where no file was kept.

        Raises:
            NotFoundError: there is no such document.
        """
        source, data = self._original(document_id)
        if data is None:
            data = self.document(document_id).text.encode("utf-8", "surrogatepass")
        return Original(source, data)

    def original_file(self, document_id: str) -> bytes | None:
        """Return a document's file, byte for byte; None where it was not kept, as in a home of version 1.

        Raises:
            NotFoundError: there is no such document.
        """
        return self._original(document_id)[1]

    def unlocked_file(self, document_id: str) -> bytes:
        """Return a document's file without its lock; empty where it had none, or no password opened it."""
        with self.database.read() as connection:
            return unlocked_of(connection, document_id)

    def pages(self, document_id: str) -> Original:
        """Return the file from which a document's pages are drawn: as ``original``, without its lock.

        Raises:
            NotFoundError: there is no such document.
        """
        original = self.original(document_id)
        return replace(original, data=self.unlocked_file(document_id) or original.data)

    def _original(self, document_id: str) -> tuple[str, bytes | None]:
        with self.database.read() as connection:
            row = connection.execute(
                f"SELECT source, lost, crc, data FROM {_DOCUMENTS} WHERE document_id = ?", (document_id,)
            ).fetchone()
        if row is None:
            raise not_found(document_id)
        source, lost, crc, data = row
        if data is not None and records.original_checksum(lost, data) != crc:
            raise damaged(source)
        return source, None if data is None else zlib.decompress(data)

    def texts(self, document_ids: Sequence[str] | None = None) -> Iterator[Text]:
        """Yield the text of each document, or of those of ``document_ids``, by source."""
        with self.database.read() as connection:
            narrow, values = narrowed(connection, document_ids)
            rows = connection.stream(f"{_DOCUMENT} {narrow} ORDER BY source", values)
            for document_id, *row, text, text_hash in rows:
                if records.document_hash(row[0], row[1], row[4], text) != text_hash:
                    raise damaged(row[0])
                yield Text(document_id, row[0], text)

    def digests(self) -> dict[str, str]:
        """Return the digest each document was put with, by document_id."""
        with self.database.read() as connection:
            return dict(connection.execute("SELECT document_id, digest FROM documents"))

    def names(self) -> dict[str, str]:
        """Return the document_id of each document by its source."""
        with self.database.read() as connection:
            return dict(connection.execute("SELECT source, document_id FROM documents"))

    def revisions(self) -> dict[str, int]:
        """Return the revision of each document by document_id; a replaced document has a new one."""
        with self.database.read() as connection:
            return dict(connection.execute("SELECT document_id, revision FROM documents"))

    def listed(self) -> Listed:
        """Return the documents as they were when one came or went last: see ``Listed``."""
        return self.listing.at(self.home_id, self.generation, self.documents, self.revisions)

    def changes(self, generation: int) -> list[Change] | None:
        """Return which documents came and went after ``generation``, in order; None where that is not known."""
        with self.database.read() as connection:
            return changes_since(connection, generation)

    def damaged(self) -> list[str]:
        """Check each document with all that is kept of it; return the sources of those that are damaged."""
        with self.database.read() as connection:
            return damaged_documents(connection)

    def faults(self) -> list[str]:
        """Return what SQLite finds wrong with the structure of the database."""
        with self.database.read() as connection:
            return structural_faults(connection)

    def damaged_others(self) -> list[str]:
        """Return a line for each kind of thing beside the documents that is damaged: which, and how to mend it."""
        with self.database.read() as connection:
            return damaged_others(connection)

    # Passages

    def passages(self, ids: Sequence[int] | Ids) -> list[StoredPassage]:
        """Return passages in the order of ``ids``; one that is no longer there is left out."""
        with self.database.read() as connection:
            among, values = connection.among(listed(ids))
            rows = connection.execute(f"{_PASSAGE} WHERE passage_id {among}", (values,)).fetchall()
        found = {row[0]: _stored_passage(row) for row in rows}
        return [found[int(i)] for i in ids if int(i) in found]

    def passages_of(self, document_id: str) -> list[StoredPassage]:
        """Return the passages of one document in its order; none where there is no such document."""
        with self.database.read() as connection:
            rows = connection.execute(f"{_PASSAGE} WHERE d.document_id = ? ORDER BY passage_id", (document_id,))
            return [_stored_passage(row) for row in rows]

    def passage_ids(self, document_ids: Sequence[str] | None = None) -> Ids:
        """Return the numbers of all passages, or of those of ``document_ids``, ascending, as int64."""
        with self.database.read() as connection:
            narrow, values = narrowed(connection, document_ids)
            join = f"JOIN documents USING (revision) {narrow}" if narrow else ""
            return connection.numbers(f"SELECT passage_id FROM passages {join} ORDER BY passage_id", values)

    def passage_ids_after(self, passage_id: int) -> Ids:
        """Return the numbers of all passages above ``passage_id``, ascending, as int64."""
        with self.database.read() as connection:
            query = "SELECT passage_id FROM passages WHERE passage_id > ? ORDER BY passage_id"
            return connection.numbers(query, (passage_id,))

    def passage_count(self) -> int:
        """Return how many passages there are."""
        with self.database.read() as connection:
            return int(connection.execute("SELECT count(*) FROM passages").fetchone()[0])

    def documents_of(self, ids: Sequence[int] | Ids) -> dict[int, str]:
        """Return the document_id of each passage of ``ids`` that is still there."""
        query = "SELECT passage_id, document_id FROM passages JOIN documents USING (revision) WHERE passage_id"
        with self.database.read() as connection:
            among, values = connection.among(listed(ids))
            return dict(connection.execute(f"{query} {among}", (values,)).fetchall())

    # Vectors

    def missing_vectors(self, encoder: str, among: Ids | None = None) -> Ids:
        """Return one passage for each content without a vector of ``encoder``, ``among`` these, ascending, as int64."""
        with self.database.read() as connection:
            narrow, values = ("", None) if among is None else connection.among(listed(among))
            return connection.numbers(
                f"""SELECT min(passage_id) AS passage_id FROM passages p WHERE NOT EXISTS
                (SELECT 1 FROM vectors v WHERE v.content_hash = p.content_hash AND v.encoder = ?)
                {narrow and f"AND passage_id {narrow}"} GROUP BY content_hash ORDER BY 1""",
                (vector_key(encoder), *([values] if narrow else ())),
            )

    def save_vectors(self, encoder: str, ids: Sequence[int] | Ids, vectors: npt.NDArray[np.floating]) -> None:
        """Keep ``vectors`` (a row a passage of ``ids``), as float16, for every passage of the same content."""
        key = vector_key(encoder)
        halves = np.ascontiguousarray(vectors, np.float16)
        with self.database.write() as connection:
            connection.put_vectors(key, listed(ids), halves)

    def vectors(self, encoder: str, ids: Sequence[int] | Ids) -> tuple[Ids, Vectors]:
        """Return those of ``ids`` that have a vector, ascending, and the vectors, float32, a row each.

        A damaged vector is left out and forgotten, so that it counts as missing and is made again.
        """
        key = vector_key(encoder)
        with self.database.read() as connection:
            among, values = connection.among(listed(ids))
            rows = connection.execute(
                f"""SELECT passage_id, vector, v.crc, content_hash FROM passages JOIN vectors v USING (content_hash)
                WHERE encoder = ? AND passage_id {among} ORDER BY passage_id""",
                (key, values),
            ).fetchall()
        damaged = [row for row in rows if zlib.crc32(row[1]) != row[2]]
        if damaged:
            if not self.read_only:
                with self.database.write() as connection:
                    connection.executemany(
                        "DELETE FROM vectors WHERE encoder = ? AND content_hash = ?", [(key, row[3]) for row in damaged]
                    )
            rows = [row for row in rows if row not in damaged]
        halves = np.frombuffer(b"".join(row[1] for row in rows), np.float16)
        found = np.array([row[0] for row in rows], np.int64)
        return found, halves.astype(np.float32).reshape(len(rows), -1 if rows else 0)


def _stored_passage(row: tuple[int, int, str, str, str, str, str, int, int, int]) -> StoredPassage:
    passage_id, crc, document_id, source, title, section, text, paragraph, start, end = row
    if records.checksum(source, title, section, text, paragraph, start, end) != crc:
        raise damaged(source)
    passage = Passage(paragraph, start, end, load_section(section), text)
    return StoredPassage(passage_id, document_id, source, title, passage)


def _told(progress: Progress | None, item: PutItem) -> Callable[[int], None]:
    """Return what tells how many of an item's passages are written."""
    return lambda count: progress(count, len(item.passages), "store") if progress else None
