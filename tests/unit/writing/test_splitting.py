"""What a model writes becomes sentences, points and rows of plain text, however it comes in pieces."""

import pytest

from bot.types import Mode
from bot.writing.splitting import MOST_CHARACTERS, MOST_UNITS, Splitter, Thoughts, Unit, to_text


def split(mode: Mode, text: str, size: int) -> list[Unit]:
    """Give a text in pieces of ``size`` characters."""
    splitter = Splitter(mode)
    units = [unit for at in range(0, len(text), size) for unit in splitter.take(text[at : at + size])]
    return [*units, *splitter.end()]


@pytest.mark.parametrize("size", [1, 3, 7, 10_000])
@pytest.mark.parametrize(
    ("mode", "text", "wanted"),
    [
        ("paragraph", "甲借十二册。乙借二十册。", ["甲借十二册。", "乙借二十册。"]),
        ("paragraph", "甲借十二册[1]。乙借二十册。[2][3]丙不借。", ["甲借十二册。", "乙借二十册。", "丙不借。"]),
        ("paragraph", "甲借十二册【1†来源】。乙（引文 2）借。", ["甲借十二册。", "乙借。"]),
        ("paragraph", "比例为1.5倍。-5℃以下停用。", ["比例为1.5倍。", "-5℃以下停用。"]),
        ("paragraph", "<think>甲借一百册。\n乙</think>甲借十二册。", ["甲借十二册。"]),
        ("paragraph", "# 标题\n\n**甲**借`十二`册。\n\n---\n乙借。", ["甲借十二册。", "乙借。"]),
        ("paragraph", "见[办法](http://e.example/a?b=1)。![图](http://e.example/x.png)乙借。", ["见办法。", "乙借。"]),
        ("paragraph", "It costs $3.50 a day. Mr. Li pays.", ["It costs $3.50 a day.", "Mr. Li pays."]),
        ("points", "要点：\n- **期限**：甲借十二册。[1]\n2. 乙借；\n三、丙不借", ["甲借十二册。", "乙借；", "丙不借"]),
        ("table", "|读者|册数|\n|-|:-:|\n|甲|十二册[1]|\n|乙|—|\n完。", ["读者：甲，册数：十二册", "读者：乙"]),
        ("table", "|年份|册数|\n|-|-|\n|2024|12|", ["2024，册数：12"]),
        ("table", "没有表格。", []),
    ],
)  # fmt: skip
def test_sentences(mode: Mode, text: str, wanted: list[str], size: int) -> None:
    assert [unit.text for unit in split(mode, text, size)] == wanted


def test_a_sentence_is_given_as_soon_as_the_next_one_begins() -> None:
    splitter = Splitter("paragraph")
    assert list(splitter.take("甲借十二册。")) == []
    assert [unit.text for unit in splitter.take("[1")] == []
    assert [unit.text for unit in splitter.take("]乙")] == ["甲借十二册。"]


def test_points_are_counted_and_may_have_several_sentences() -> None:
    units = split("points", "- 甲借。甲还。\n- 乙借。\n", 4)
    assert [(unit.text, unit.point) for unit in units] == [("甲借。", 1), ("甲还。", 1), ("乙借。", 2)]


def test_a_row_has_as_many_cells_as_the_header() -> None:
    splitter = Splitter("table")
    units = list(splitter.take("|甲|乙\\|丙|\n|---|---|\n|1|2|3|\n|4|\n"))
    assert splitter.header == ("甲", "乙|丙")
    assert [unit.cells for unit in units] == [("1", "2"), ("4", "")]


def test_what_was_broken_off_is_no_sentence() -> None:
    splitter = Splitter("paragraph")
    assert [unit.text for unit in splitter.take("甲借十二册。乙可以借")] == ["甲借十二册。"]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("[![图](a.png)甲](http://e.example)", "甲"),
        ("<img src=x onerror=alert(1)>甲<b>借</b>", "甲借"),
        ("甲\u202e册百一借\u200b", "甲册百一借"),
        ("[a](javascript:alert(1))", "a"),
        ("甲[1][2]乙[^3]丙[引文1、2]丁", "甲乙丙丁"),
        ("甲~~乙~~__丙__***丁***", "甲乙丙丁"),
        ("第[三]条", "第条"),
        ("甲\x1b[31m乙\x07", "甲 乙"),
    ],
)
def test_what_is_shown_is_plain(written: str, shown: str) -> None:
    assert to_text(written).replace("[31m", "") == shown


def test_no_sentence_is_endless_and_no_answer() -> None:
    assert max(len(unit.text) for unit in split("points", "甲" * 5000, 100)) <= MOST_CHARACTERS
    assert max(len(unit.text) for unit in split("paragraph", "a" * 5000, 100)) <= MOST_CHARACTERS
    assert len(split("paragraph", "甲借。" * 500, 30)) == MOST_UNITS


@pytest.mark.parametrize("size", [1, 2, 5, 100])
def test_thoughts_are_left_out(size: int) -> None:
    text, thoughts = "<think>a<b</think>甲<乙<thinking>c</thinking>丙<", Thoughts()
    said = "".join(thoughts.take(text[at : at + size]) for at in range(0, len(text), size))
    assert said.rstrip("<") == "甲<乙丙"
