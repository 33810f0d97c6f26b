"""Groups of synonyms in a home: kept, joined, removed, read from CSV, seen by another process at once."""

from pathlib import Path

import pytest

from bot.language.synonyms import SynonymError
from bot.storage.store import Store
from bot.storage.synonyms import MOST_GROUPS, BadLine, SynonymReport, SynonymTable, to_csv
from bot.types import NotFoundError


@pytest.fixture
def table(store: Store) -> SynonymTable:
    return SynonymTable(store.database)


def terms(table: SynonymTable) -> list[tuple[str, ...]]:
    return [group.terms for group in table.all()]


def test_a_group_takes_the_place_of_those_that_it_holds(table: SynonymTable) -> None:
    assert table.add([["社保", "社会保险"], ["人大", "人民代表大会"]]) == SynonymReport(2, 0)
    assert table.add([["社會保險", "社保"]]) == SynonymReport(0, 1)
    assert table.add([["五险", "社会保险", "社保"]]) == SynonymReport(1, 0)
    assert table.add([["人大", "中国人民大学"]]) == SynonymReport(1, 0)
    assert terms(table) == [("人大", "人民代表大会"), ("五险", "社会保险", "社保"), ("人大", "中国人民大学")]


def test_all_are_added_or_none(table: SynonymTable) -> None:
    with pytest.raises(SynonymError):
        table.add([["社保", "社会保险"], ["人大"]])
    assert terms(table) == []
    with pytest.raises(SynonymError, match=str(MOST_GROUPS)):
        table.add([f"甲{n}", f"乙{n}"] for n in range(MOST_GROUPS + 1))
    assert terms(table) == []


def test_terms_and_groups_are_removed(table: SynonymTable) -> None:
    table.add([["社保", "社会保险", "五险"], ["社保", "SB"]])
    table.remove_term("社保")
    assert terms(table) == [("社会保险", "五险")]
    with pytest.raises(NotFoundError, match="社保"):
        table.remove_term("社保")
    [group] = table.all()
    table.remove(group.group_id)
    with pytest.raises(NotFoundError, match=str(group.group_id)):
        table.remove(group.group_id)
    table.add([["甲乙", "丙丁"]])
    assert table.all()[0].group_id > group.group_id


CSV = '社保,社会保险\r\n\r\n"人大","人民代表大会, 全国"\n公积金\n甲、乙丙\n"坏,行\nSI，social insurance\n社保\t五险\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_is_read_in_the_encodings_of_documents(table: SynonymTable, encoding: str) -> None:
    report = table.add_csv(CSV.encode(encoding))
    assert (report.added, report.unchanged) == (4, 0)
    assert terms(table) == [
        ("社保", "社会保险"), ("人大", "人民代表大会, 全国"), ("SI", "social insurance"), ("社保", "五险"),
    ]  # fmt: skip
    assert [line.number for line in report.bad] == [4, 5, 6]
    assert report.bad[0] == BadLine(
        4,
        "A line holds 2 to 20 different terms that mean the same, not 1.",
        "一组要有 2 到 20 个不同的同义词，这里有 1 个。",
    )
    assert "“甲”" in report.bad[1].zh and "引号" in report.bad[2].zh
    again = SynonymReport(0, 4, report.bad)
    assert table.add_csv(CSV.encode(encoding)) == again
    exported = "\n".join(to_csv(table.all()))
    assert table.add_csv(exported.encode()) == SynonymReport(0, 4)


def test_what_is_no_text_adds_nothing(table: SynonymTable) -> None:
    for data in (b"\xff\xfe\x00\xd8", b"\x00\x01\xff" * 9):
        with pytest.raises(SynonymError, match="CSV"):
            table.add_csv(data)
    assert table.add_csv(b"") == SynonymReport(0, 0)


def test_another_process_is_seen_at_once(store: Store, store_url: str, tmp_path: Path) -> None:
    with Store.open(tmp_path / "home" / "deep", store_url) as again:
        _is_seen_at_once(SynonymTable(store.database), SynonymTable(again.database))


def _is_seen_at_once(mine: SynonymTable, other: SynonymTable) -> None:
    first = mine.thesaurus()
    assert first.used("星禾") == () and mine.thesaurus() is first
    other.add([["星禾", "星禾公司"]])
    assert [synonym.same for synonym in mine.thesaurus().used("星禾")] == [("星禾公司",)]
    other.remove_term("星禾")
    assert mine.thesaurus().used("星禾") == ()
