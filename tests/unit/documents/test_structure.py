"""The tree of sections and the lists that are kept with a document: a law, a speech, a manual, a contract."""

from pathlib import Path

from bot.documents.parser import parse
from bot.tree import ItemList, Section
from bot.types import Document
from tests.laws import CONTRACT, LAW

Tree = tuple[str, int | None, range, tuple[int, ...], list["Tree"]]  # type: ignore[misc]

MANUAL = """# 手册

介绍。

## 安装

1. 下载
2. 解压

```sh
# 注释
1. 命令
```

## 使用

- 打开
- 关闭

### 清洁

首先，断电。其次，擦拭。

## 安装

再装一次。
"""


def tree(section: Section) -> Tree:
    number = section.opening.number if section.opening else None
    inside = [tree(child) for child in section.children]
    return section.heading, number, range(section.first, section.end), section.leads, inside


def lists(document: Document) -> list[list[str]]:
    """The first characters of each item of each list."""
    return [[document.text[start : start + 4].strip() for start in known.starts] for known in document.lists]


def test_a_law() -> None:
    document = parse("law.txt", LAW.encode())
    assert tree(document.outline) == (
        "", None, range(-1, 21), (),
        [
            ("第一章 总则", 1, range(1, 13), (2, 3), []),
            (
                "第二章 保护", 2, range(13, 21), (),
                [
                    ("第一节 日常养护", 1, range(14, 17), (15, 16), []),
                    ("第二节 移植", 2, range(17, 21), (20,), [("第四条", 4, range(18, 20), (), [])]),
                ],
            ),
        ],
    )  # fmt: skip
    assert document.lists == (
        ItemList((4, 5, 8), (55, 62, 94)),
        ItemList((6, 7), (69, 81)),
        ItemList((11, 12), (138, 148)),
    )
    numbers = [(p.opening.number, p.opening.inserted) if p.opening else None for p in document.paragraphs]
    assert numbers == [
        *(None, (1, 0), (1, 0), (2, 0), (1, 0), (2, 0), (1, 0), (2, 0), (3, 0), None, None, (1, 0), (2, 0)),
        *((2, 0), (1, 0), (3, 0), (3, 1), (2, 0), (4, 0), None, (12, 0)),
    ]
    assert [document.text[p.start : p.start + p.lead] for p in document.paragraphs if p.lead] == [
        *("第一条", "第二条", "第三条", "第三条之一", "第十二条"),
    ]


def test_a_speech() -> None:
    path = next((Path(__file__).parents[3] / "seeds").glob("*.txt"))
    document = parse(path.name, path.read_bytes())
    sections = document.outline.children
    assert [(s.first, s.level, s.opening.number if s.opening else None) for s in sections] == [
        (3, 1, 1), (8, 1, 2), (14, 1, 3), (19, 1, 4),
    ]  # fmt: skip
    assert [s.leads for s in sections] == [(5, 6, 7), (10, 11, 12, 13), (16, 17, 18), (21, 22, 23, 24, 25, 26)]
    runs = [known.paragraphs for known in document.lists if not known.inside]
    assert runs[:4] == [(3, 8, 14, 19), (5, 6, 7), (10, 11, 12, 13), (16, 17, 18)]
    for paragraph in document.paragraphs:
        lead = document.text[paragraph.start : paragraph.start + paragraph.lead]
        assert lead == (paragraph.section[-1] if lead else "")


def test_a_manual() -> None:
    document = parse("手册.md", MANUAL.encode())
    assert tree(document.outline)[4] == [
        (
            "手册", None, range(0, 16), (),
            [
                ("安装", None, range(2, 9), (), []),
                ("使用", None, range(9, 14), (), [("清洁", None, range(12, 14), (13,), [])]),
                ("安装", None, range(14, 16), (), []),
            ],
        )
    ]  # fmt: skip
    assert lists(document) == [["1. 下", "2. 解"], ["- 打开", "- 关闭"], ["首先，断", "其次，擦"]]
    assert [known.inside for known in document.lists] == [False, False, True]


def test_an_english_contract() -> None:
    document = parse("contract.txt", CONTRACT.encode())
    assert tree(document.outline) == (
        "", None, range(-1, 9), (8,),
        [("Article 1. Parties", 1, range(1, 4), (), []), ("Article 2. Rent", 2, range(4, 8), (), [])],
    )  # fmt: skip
    assert document.lists == (ItemList((6, 7), tuple(document.paragraphs[n].start for n in (6, 7))),)


def test_items_within_a_paragraph() -> None:
    text = (
        "要求\n做好绿化，一是要节水。推广滴灌。二是要选种；三是要安全。\n第一，看。（一）近看。（二）远看。第二，听。\n"
    )
    document = parse("a.txt", text.encode())
    assert lists(document) == [["一是要节", "二是要选", "三是要安"], ["第一，看", "第二，听"], ["（一）近", "（二）远"]]
    assert [known.paragraphs for known in document.lists] == [(1, 1, 1), (2, 2), (2, 2)]


def test_what_is_no_list() -> None:
    text = "二是要选种。三是要安全。\n得一、二、三等奖。\n（一）只有一项。\n（三）不接续。\n- 单独\n最后，散会。\n"
    assert parse("a.txt", text.encode()).lists == ()


def test_bullets_stand_next_to_each_other_and_numbers_need_not() -> None:
    document = parse("a.txt", "- 猫\n- 狗\n正文\n- 鸟\n1. 猫\n正文\n2. 狗\n".encode())
    assert [known.paragraphs for known in document.lists] == [(0, 1), (4, 6)]


def test_a_line_that_closes_a_section_without_being_a_heading() -> None:
    document = parse("a.txt", "一、目标\n全年不涝。\n二、保障。各单位要落实责任，不得推诿。\n责任到人。\n".encode())
    assert tree(document.outline)[3:] == ((2,), [("一、目标", 1, range(0, 2), (), [])])
