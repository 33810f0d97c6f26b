"""Tables in text files: encodings, signs between the cells, quotes that are none."""

import csv
import io
import random

import pytest

from bot.documents.formats.delimited import FORMAT
from bot.documents.formats.extract import NO_OPTIONS
from bot.documents.parser import parse
from tests.parts import OpenBot

TABLE = [["姓名", "部门", "工资"], ["张三", "财务部,一科", "8,000"], ["李四", "技术部", "9500"]]


def written(sign: str, table: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=sign).writerows(table)
    return out.getvalue()


def lines(data: bytes) -> list[str]:
    return [block.text for block in FORMAT.extract(data, NO_OPTIONS).blocks]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("sign", [",", "\t", ";", "|", "，"])
def test_encodings_and_signs(encoding: str, sign: str) -> None:
    document = parse("工资.csv", written(sign, TABLE).encode(encoding))
    assert document.text == "姓名 | 部门 | 工资\n张三 | 财务部,一科 | 8,000\n李四 | 技术部 | 9500"
    assert document.encoding == {"gb18030": "GB18030", "utf-16": "UTF-16"}.get(encoding, "UTF-8")
    assert document.title == "工资"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024年工资表\n姓名;工资\n张三;5\n李四;6\n", ["2024年工资表", "姓名 | 工资", "张三 | 5", "李四 | 6"]),
        ("sep=;\n甲;乙\n1,5;2\n", ["甲 | 乙", "1,5 | 2"]),
        ('甲,乙\n"第一行\n第二行",2\n', ["甲 | 乙", "第一行 第二行 | 2"]),
        ('甲,乙\n"快"字,2\n"说""是""",3\n', ["甲 | 乙", '"快"字 | 2', '说"是" | 3']),
        ('甲,乙\n"没有结尾,2\n丙,3\n', ["甲 | 乙", '"没有结尾 | 2', "丙 | 3"]),
        ("甲\t乙\nA, B\tC\n", ["甲 | 乙", "A, B | C"]),
        ("只有一列\n第二行\n", ["只有一列", "第二行"]),
        ("a,b\n1,2\n3\n", ["a | b", "1 | 2", "| 3 |  |"]),
    ],
)
def test_files_as_people_have_them(text: str, expected: list[str]) -> None:
    assert lines(text.encode()) == expected


def test_random_tables_come_back() -> None:
    rng = random.Random(5)
    for _ in range(200):
        width = rng.randint(2, 6)
        table = [[f"列{n}" for n in range(width)]]
        table += [[_cell(rng) for _ in range(width)] for _ in range(rng.randint(1, 8))]
        expected = [" | ".join(" ".join(cell.split()) for cell in cells) for cells in table]
        assert lines(written(rng.choice(",\t;"), table).encode()) == expected


def _cell(rng: random.Random) -> str:
    return "".join(rng.choices("甲乙丙丁ab12,;\t\"' \n", k=rng.randint(1, 9))) + "。"


def test_a_cell_answers(open_bot: OpenBot) -> None:
    bot = open_bot()
    bot.add_bytes("工资.csv", written(",", TABLE).encode("gb18030"))
    assert bot.ask("李四在哪个部门？").citations[0].quote == "李四 | 技术部 | 9500"


def test_many_broken_quotes_take_no_long_time() -> None:
    text = "甲,乙\n" + '"x"y,2\n' * 30_000
    assert len(lines(text.encode())) == 30_001
