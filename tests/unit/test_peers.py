"""What is measured beside peers: what each is given, what a step that does not come through becomes, the table."""

import sys
from pathlib import Path

import numpy as np
import pytest

from tests.peers.__main__ import COLUMNS, ENTRANTS, Limits, disk, run, table
from tests.peers.contract import DIMENSION, Row, batches, read_rows, write_rows
from tests.peers.work import is_found


def _row(number: int) -> Row:
    vector = np.zeros(DIMENSION, np.float32)
    vector[number] = 1
    return Row(str(number), f"第{number}条 “树木”\n由单位养护。", "条例", vector)


def test_rows_are_read_as_they_were_written(tmp_path: Path) -> None:
    assert write_rows(tmp_path / "rows.jsonl", map(_row, range(3))) == 3
    read = list(read_rows(tmp_path / "rows.jsonl"))
    assert [(row.key, row.text, row.title) for row in read] == [(r.key, r.text, r.title) for r in map(_row, range(3))]
    assert np.array_equal([row.vector for row in read], np.eye(3, DIMENSION, dtype=np.float32))


def test_the_last_batch_is_shorter() -> None:
    assert [[row.key for row in batch] for batch in batches(map(_row, range(5)), 2)] == [["0", "1"], ["2", "3"], ["4"]]


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (["树木由单位养护。"], True),
        (["由单位养护"], True),
        (["", "别的。"], False),
        (["树木由单位养护。并浇水。"], False),
    ],
)
def test_the_right_passage_is_found_where_it_or_a_sentence_of_it_is_returned(texts: list[str], found: bool) -> None:
    assert is_found("树木由单位养护。", texts) == found


def _run(code: str, minutes: float = 1, *, killed: bool = False) -> dict[str, float | str]:
    return run((sys.executable, "-c", code), Limits(minutes, 10), killed=killed)


def test_a_step_gives_its_last_line() -> None:
    assert _run("print('a warning'); print('{\"p50\": 2.5}')") == {"p50": 2.5}


def test_a_step_that_kills_itself_must_be_killed() -> None:
    code = "import os; print('{\"kept\": 1}', flush=True); os.kill(os.getpid(), 9)"
    assert _run(code, killed=True) == {"kept": 1}
    assert _run(code) == {"failed": "ended with -9"}


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("raise ValueError('no index')", "ValueError: no index"),
        ("raise MemoryError", "needs more than 10 GB"),
        ("import os; os._exit(3)", "ended with 3"),
    ],
)
def test_a_step_that_fails_says_why(code: str, reason: str) -> None:
    assert _run(code) == {"failed": reason}


def test_a_step_that_takes_too_long_is_ended() -> None:
    assert _run("import signal; signal.pause()", minutes=0.001) == {"failed": "not done in 0.001 minutes"}


def test_the_table_leaves_out_what_was_not_measured_and_says_what_failed() -> None:
    rows = [
        {"title": "A", "p50": 1.25, "kept": 1.0, "found": 0.875, "disk": 1234.6},
        {"title": "B", "failed": "adding: not done in 15 minutes"},
    ]
    head, _, first, second, _, note = table(rows).splitlines()
    assert len({line.count("|") for line in (head, first, second)}) == 1
    shown = dict(zip((name for name, _, _ in COLUMNS), (cell.strip() for cell in first.split("|")[1:-1]), strict=True))
    assert {name: text for name, text in shown.items() if text} == {
        "title": "A", "kept": "yes", "disk": "1,235", "p50": "1.2", "found": "88%",
    }  # fmt: skip
    assert second.replace("|", "").strip() == "B"
    assert note == "B: adding: not done in 15 minutes"


def test_the_disk_is_that_of_all_files(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "a").write_bytes(bytes(1_000_000))
    (tmp_path / "in" / "b").write_bytes(bytes(500_000))
    assert disk(tmp_path) == 1.5


def test_what_reads_the_store_of_another_follows_it() -> None:
    names = list(ENTRANTS)
    assert all(names.index(one.of) < names.index(name) for name, one in ENTRANTS.items() if one.of)
