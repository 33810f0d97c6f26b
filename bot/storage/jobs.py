"""Files that wait to be read by a worker: a row a file, with its bytes, until it is a document.

A worker takes a file for a while (its lease), and takes it anew while it reads. The file of a worker that is no more is
taken by another one when that time is over. What a file holds is kept in the transaction that ends its row, and only
by who holds it still: however late a worker comes back, nothing is written twice.
"""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from bot.storage.contract import Connection
from bot.storage.database import Database
from bot.storage.fresh import Written
from bot.storage.numbers import Halves
from bot.storage.records import PutItem, advance, put_document
from bot.storage.store import vector_key
from bot.types import NotFoundError

QUEUED = "jobs"
"""On this channel it is told that files were queued."""
_MOST_TRIES = 3
_DIED = (
    "whoever read it did not come to an end, three times: it may need more memory than there is",
    "读取它的进程三次中途退出：可能内存不够",
)


@dataclass(frozen=True, slots=True)
class Job:
    """A file that was taken to be read: by ``worker``, as its ``tries``-th try."""

    job_id: int
    source: str
    worker: str
    tries: int
    data: bytes


@dataclass(frozen=True, slots=True)
class JobInfo:
    """A file that was queued: it waits, is being read, or could not be (``error_*`` say why and what to do)."""

    job_id: int
    source: str
    state: Literal["waiting", "reading", "failed"]
    queued_at: str
    error_en: str | None = None
    error_zh: str | None = None


@dataclass(frozen=True, slots=True)
class Encoded:
    """A document to keep, with the vectors of its passages (a row each, in their order) by the encoder of this name."""

    item: PutItem
    encoder: str
    halves: Halves


class JobTable:
    """The files that wait. Any method raises StoreError where the database cannot be used."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def queue(self, files: Iterable[tuple[str, bytes]]) -> int:
        """Queue files, given by source and content, on disk when this returns; return how many.

        A file takes the place of one of that source that no worker has taken.
        """
        now = datetime.now(UTC).isoformat(timespec="seconds")
        count = 0
        with self._database.write(beside=True) as connection:
            for source, data in files:
                packed = zlib.compress(data, level=1)
                self._forget_waiting(connection, source)
                connection.execute(
                    "INSERT INTO jobs (source, queued_at, tries, until, crc, data) VALUES (?, ?, 0, 0, ?, ?)",
                    (source, now, zlib.crc32(packed), packed),
                )
                count += 1
            connection.tell(QUEUED)
        return count

    def take(self, worker: str, seconds: int) -> Job | None:
        """Take the file that waits longest, for so many seconds; None where none does.

        Files of one source are read one after the other.
        """
        # Counted, for "not exists" is a join to PostgreSQL, which reads every row while it does not know how many.
        earlier = "SELECT count(*) FROM jobs e WHERE e.source = j.source AND e.job_id < j.job_id AND e.error_en IS NULL"
        with self._database.write(beside=True) as connection:
            while True:
                row = connection.execute(
                    f"""UPDATE jobs SET worker = ?, tries = tries + 1, until = {connection.now} + ? WHERE job_id = (
                        SELECT job_id FROM jobs j WHERE error_en IS NULL AND until <= {connection.now}
                        AND ({earlier}) = 0
                        ORDER BY job_id LIMIT 1 {connection.skipping_locked})
                    RETURNING job_id, source, worker, tries, crc, data""",
                    (worker, seconds),
                ).fetchone()
                if row is None or row[3] <= _MOST_TRIES:
                    break
                # Nobody came back of those who read it, three times.
                failed = "UPDATE jobs SET error_en = ?, error_zh = ?, worker = NULL, until = 0, crc = 0, data = ?"
                connection.execute(f"{failed} WHERE job_id = ?", (*_DIED, b"", row[0]))
        if row is None:
            return None
        job_id, source, worker, tries, crc, packed = row
        if zlib.crc32(packed) != crc:
            job = Job(job_id, source, worker, tries, b"")
            self.end(job, error=("its content is damaged: send it again", "内容已损坏：请重新发送"))
            return self.take(worker, seconds)
        return Job(job_id, source, worker, tries, zlib.decompress(packed))

    def renew(self, worker: str, seconds: int) -> None:
        """Take what a worker holds for so many seconds from now on."""
        with self._database.write(beside=True) as connection:
            connection.execute(
                f"UPDATE jobs SET until = {connection.now} + ? WHERE worker = ? AND error_en IS NULL", (seconds, worker)
            )

    def give_back(self, job: Job) -> None:
        """Let another worker take a file at once; it was not tried."""
        with self._database.write(beside=True) as connection:
            connection.execute(
                "UPDATE jobs SET worker = NULL, until = 0, tries = tries - 1 "
                "WHERE job_id = ? AND worker = ? AND tries = ?",
                (job.job_id, job.worker, job.tries),
            )

    def end(self, job: Job, kept: Sequence[Encoded] = (), error: tuple[str, str] | None = None) -> bool:
        """Keep what a file holds, and end its row in the same transaction; its ``error`` (English, Chinese) stays.

        Returns:
            Whether it was held still: where another has taken it since, nothing is done.
        """
        held = "WHERE job_id = ? AND worker = ? AND tries = ?"
        key = (job.job_id, job.worker, job.tries)
        with self._database.write() as connection:
            if error is None:
                rows = connection.execute(f"DELETE FROM jobs {held}", key)
            else:
                failed = "UPDATE jobs SET error_en = ?, error_zh = ?, worker = NULL, until = 0, crc = 0, data = ?"
                rows = connection.execute(f"{failed} {held}", (*error, b"", *key))
            if not rows.rowcount:
                return False
            changed = [_put(connection, one) for one in kept]
            if any(changed):
                advance(connection)
        return True

    def all(self) -> list[JobInfo]:
        """Return the files that wait, are being read, or could not be, in the order in which they were queued."""
        with self._database.read() as connection:
            rows = connection.execute(
                f"""SELECT job_id, source, CASE WHEN error_en IS NOT NULL THEN 'failed'
                    WHEN until > {connection.now} THEN 'reading' ELSE 'waiting' END, queued_at, error_en, error_zh
                FROM jobs ORDER BY job_id"""
            ).fetchall()
        return [JobInfo(*row) for row in rows]

    def forget(self, job_id: int) -> None:
        """Forget a file that was queued; one that is being read at this moment is not kept either.

        Raises:
            NotFoundError: there is no such file (any more).
        """
        with self._database.write(beside=True) as connection:
            forgotten = connection.execute("DELETE FROM jobs WHERE job_id = ?", (job_id,)).rowcount
        if not forgotten:
            raise NotFoundError(
                f"No queued file has the number {job_id} (any more): list them to see which there are.",
                f"没有编号为 {job_id} 的排队文件（或已处理）：请查看排队列表。",
            )

    def _forget_waiting(self, connection: Connection, source: str) -> None:
        """Forget what of this source is not being read."""
        waiting = f"SELECT job_id FROM jobs WHERE source = ? AND until <= {connection.now} {connection.skipping_locked}"
        rows = connection.execute(waiting, (source,)).fetchall()
        connection.executemany("DELETE FROM jobs WHERE job_id = ?", rows)


def _put(connection: Connection, one: Encoded) -> bool:
    """Keep a document with its vectors; tell whether anything changed."""
    written: list[Written] = []
    put_document(connection, one.item, written=written.append)
    for new in written:
        ids = range(new.first, new.first + len(new.passages))
        connection.put_vectors(vector_key(one.encoder), ids, one.halves)
    return bool(written)
