"""Files that wait for a worker: each is taken by one, by another when that one is no more, and kept once."""

import threading
from collections.abc import Iterator

import numpy as np
import pytest

from bot.storage.jobs import Encoded, Job, JobTable
from bot.storage.store import Store
from bot.types import NotFoundError
from tests.unit.storage.made import A, B

LONG = 1000
OVER = -1
"""A lease that is over when it begins."""


@pytest.fixture
def jobs(store: Store) -> Iterator[JobTable]:
    yield JobTable(store.database)


def encoded(item: object = A) -> Encoded:
    return Encoded(item, "e", np.eye(len(item.passages), 8, dtype=np.float16))  # type: ignore[arg-type, attr-defined]


def taken(jobs: JobTable, worker: str = "one", seconds: int = LONG) -> Job:
    job = jobs.take(worker, seconds)
    assert job is not None
    return job


def states(jobs: JobTable) -> list[tuple[str, str]]:
    return [(job.source, job.state) for job in jobs.all()]


def test_the_first_that_was_queued_is_taken_first_and_kept_with_its_vectors(store: Store, jobs: JobTable) -> None:
    assert jobs.queue([("a.md", b"one\0"), ("b.md", "二".encode())]) == 2
    job = taken(jobs)
    assert (job.source, job.data, job.tries) == ("a.md", b"one\0", 1)
    assert states(jobs) == [("a.md", "reading"), ("b.md", "waiting")]
    generation = store.generation
    assert jobs.end(job, [encoded()])
    assert states(jobs) == [("b.md", "waiting")]
    assert store.generation == generation + 1
    ids, vectors = store.vectors("e", store.passage_ids())
    assert vectors.tolist() == np.eye(len(ids), 8).tolist() and len(ids) == len(A.passages)


def test_the_file_of_a_worker_that_is_no_more_is_taken_again_and_that_worker_keeps_nothing(
    store: Store, jobs: JobTable
) -> None:
    jobs.queue([("a.md", b"one")])
    late = taken(jobs, "late", OVER)
    job = taken(jobs, "next")
    assert (job.job_id, job.data, job.tries) == (late.job_id, late.data, 2)
    assert not jobs.end(late, [encoded(B)]) and not jobs.end(late, error=("no", "不"))
    assert store.documents() == [] and states(jobs) == [("a.md", "reading")]
    assert jobs.end(job, [encoded()])
    assert not jobs.end(job, [encoded(B)])
    assert [info.document_id for info in store.documents()] == [A.document.document_id]


def test_who_goes_on_reading_keeps_its_file(jobs: JobTable) -> None:
    jobs.queue([("a.md", b"one")])
    taken(jobs, "one", OVER)
    jobs.renew("another", LONG)
    assert states(jobs) == [("a.md", "waiting")]
    jobs.renew("one", LONG)
    assert jobs.take("another", LONG) is None


def test_a_file_that_ends_its_readers_is_given_up(jobs: JobTable) -> None:
    jobs.queue([("a.md", b"one")])
    assert [taken(jobs, seconds=OVER).tries for _ in range(3)] == [1, 2, 3]
    assert jobs.take("one", LONG) is None
    (info,) = jobs.all()
    assert info.state == "failed" and "memory" in (info.error_en or "")
    jobs.queue([("a.md", b"two")])
    assert taken(jobs).data == b"two"


def test_what_is_given_back_was_not_tried(jobs: JobTable) -> None:
    jobs.queue([("a.md", b"one")])
    jobs.give_back(taken(jobs))
    assert taken(jobs, "another").tries == 1


def test_a_file_that_cannot_be_read_stays_with_its_error_until_it_is_sent_again(jobs: JobTable) -> None:
    jobs.queue([("a.md", b"one")])
    assert jobs.end(taken(jobs), error=("a.md: no", "a.md：不"))
    assert [(job.state, job.error_en, job.error_zh) for job in jobs.all()] == [("failed", "a.md: no", "a.md：不")]
    assert jobs.take("one", LONG) is None
    jobs.queue([("a.md", b"two")])
    assert states(jobs) == [("a.md", "waiting")]


def test_a_newer_file_of_that_name_waits_for_the_one_that_is_being_read(jobs: JobTable) -> None:
    jobs.queue([("a.md", b"one"), ("a.md", b"two")])
    first = taken(jobs)
    assert first.data == b"two"
    jobs.queue([("a.md", b"three")])
    assert states(jobs) == [("a.md", "reading"), ("a.md", "waiting")]
    assert jobs.take("another", LONG) is None
    jobs.end(first)
    assert taken(jobs, "another").data == b"three"


def test_a_queued_file_can_be_forgotten(jobs: JobTable) -> None:
    jobs.queue([("a.md", b"one")])
    job = taken(jobs)
    jobs.forget(job.job_id)
    assert not jobs.end(job, [encoded()]) and jobs.all() == []
    with pytest.raises(NotFoundError):
        jobs.forget(job.job_id)


def test_workers_at_the_same_time_take_different_files(jobs: JobTable) -> None:
    jobs.queue((f"{number}.md", b"%d" % number) for number in range(60))
    found: list[list[str]] = [[] for _ in range(4)]

    def work(worker: int) -> None:
        while job := jobs.take(str(worker), LONG):
            found[worker].append(job.source)
            assert jobs.end(job)

    workers = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    assert sorted(name for names in found for name in names) == sorted(f"{number}.md" for number in range(60))
    assert jobs.all() == []


def test_what_another_is_taking_is_passed_over(store: Store, jobs: JobTable) -> None:
    """PostgreSQL: a row that is locked is nobody else's, and nobody waits for it."""
    if not store.database.can_hear:
        pytest.skip("writers take turns")
    jobs.queue([("a.md", b"one"), ("b.md", b"two")])
    with store.database.write(beside=True) as connection:
        first = "SELECT source FROM jobs ORDER BY job_id LIMIT 1"
        assert connection.execute(f"{first} {connection.skipping_locked}").fetchall() == [("a.md",)]
        assert taken(jobs).source == "b.md"


def test_damaged_content_is_not_read(store: Store, jobs: JobTable) -> None:
    jobs.queue([("a.md", b"one"), ("b.md", b"two")])
    with store.database.write() as connection:
        connection.execute("UPDATE jobs SET crc = crc + 1 WHERE source = 'a.md'")
    assert store.damaged_others() == ["queued files (a.md): send them again"]
    assert taken(jobs).source == "b.md"
    assert states(jobs) == [("a.md", "failed"), ("b.md", "reading")]
