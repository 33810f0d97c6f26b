"""All that a database holds, moved to another: rows are counted by hashes on both sides before anything is kept."""

import hashlib
from collections.abc import Iterator
from typing import Any

from bot.storage.contract import Connection
from bot.storage.database import Database
from bot.types import StoreError

TABLES = {
    "meta": "", "documents": "revision", "passages": "passage_id", "vectors": "", "originals": "", "cited": "",
    "conversations": "", "turns": "turn_id", "feedback": "", "parsed": "", "marks": "mark_id", "readings": "",
    "synonyms": "group_id", "sketches": "", "folders": "", "folder_files": "", "origins": "", "tags": "",
    "unlocked": "", "waiting": "", "keys": "", "visitors": "", "changes": "number", "jobs": "job_id",
}  # fmt: skip
"""Each table, those first that others refer to, with the column whose numbers are never used twice."""
_ALWAYS = ("meta",)
_MODULUS = 1 << 256


class Hash:
    """A hash of rows in any order, and their count."""

    def __init__(self) -> None:
        self.count, self._sum = 0, 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Hash) and (self.count, self._sum) == (other.count, other._sum)

    __hash__ = None  # type: ignore[assignment]

    def of(self, rows: Iterator[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
        """Pass rows on, each taken into the hash."""
        for row in rows:
            self.count += 1
            digest = hashlib.sha256(repr(row).encode("utf-8", "surrogatepass")).digest()
            self._sum = (self._sum + int.from_bytes(digest)) % _MODULUS
            yield row


def move(source: Database, target: Database) -> int:
    """Copy every row of ``source`` to ``target``, which must be new, in one transaction; return how many rows.

    Nobody writes to ``source`` meanwhile, and nothing of it is changed.

    Raises:
        StoreError: ``target`` holds something already, or what it holds afterwards is not the same (nothing is kept).
    """
    with source.write() as old, target.write() as new:
        for table in TABLES:
            if table not in _ALWAYS and new.execute(f"SELECT count(*) FROM {table}").fetchone()[0]:
                raise StoreError(
                    "Where it is to be moved to, there are documents or conversations already: choose a new place.",
                    "目标位置已有文档或对话：请另选一个空的位置。",
                )
        new.execute("DELETE FROM meta")
        return sum(_move_table(old, new, table, key) for table, key in TABLES.items())


def _move_table(old: Connection, new: Connection, table: str, key: str) -> int:
    width = len(next(iter(old.execute(f"SELECT * FROM {table} LIMIT 1").fetchall()), ()))
    if not width:
        _go_on_behind(old, new, table, key)
        return 0
    sent, kept = Hash(), Hash()
    new.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * width)})", sent.of(_rows(old, table)))
    for _ in kept.of(_rows(new, table)):
        pass
    if sent != kept:
        raise StoreError(
            f"{table}: {kept.count} rows of {sent.count} arrived as they were; nothing was moved. Try again, and run "
            "`python -m bot doctor` if it happens again.",
            f"{table}：写入 {sent.count} 行后核对不一致（{kept.count} 行），没有移动任何内容。请重试；"
            "若再次发生，请运行 python -m bot doctor。",
        )
    _go_on_behind(old, new, table, key)
    return sent.count


def _rows(connection: Connection, table: str) -> Iterator[tuple[Any, ...]]:
    for row in connection.stream(f"SELECT * FROM {table}"):
        # Its column of any type is one of text in PostgreSQL.
        yield (row[0], str(row[1])) if table == "meta" else tuple(row)


def _go_on_behind(old: Connection, new: Connection, table: str, key: str) -> None:
    if key:
        new.number_behind(table, key, old.reserve(table, key, 1) - 1)
