"""What a document says in the main, in its own words and order."""

from bot.documents.parser import parse
from bot.structure.gist import LIMIT, gist

PARTS = (
    "差旅规定\n一、总则\n为加强管理，制定本规定。适用于全体员工。\n二、交通\n按下表乘坐。\n三、附则\n自公布之日起施行。"
)
FLAT = "雨水花园\n雨水花园是一种下凹的绿地，用来净化雨水。\n它的好处有三。\n维护主要是清理落叶。"


def texts(text: str, title: str, *, decisions: bool = False) -> tuple[list[str], int]:
    made = gist(parse("a.txt", text.encode(), title), decisions=decisions)
    return [place.text for place in made.places], made.parts


def test_headings_with_how_each_part_begins() -> None:
    assert texts(PARTS, "差旅规定") == (
        ["一、总则", "为加强管理，制定本规定。", "二、交通", "按下表乘坐。", "三、附则", "自公布之日起施行。"], 3
    )  # fmt: skip


def test_all_headings_are_shown_though_their_text_has_no_room() -> None:
    long = "\n".join(f"{n}、第{n}项工作\n{'做好这项工作' * 30}。" for n in "一二三四五六")
    said, parts = texts(f"方案\n{long}", "方案")
    assert parts == 6
    assert [line for line in said if len(line) < 20] == [f"{n}、第{n}项工作" for n in "一二三四五六"]
    assert sum(map(len, said)) <= LIMIT + 60


def test_without_headings_sentences_are_chosen_the_first_always() -> None:
    said, parts = texts(FLAT, "雨水花园")
    assert parts == 0
    assert said[0].startswith("雨水花园是一种")
    assert said == sorted(said, key=FLAT.index)


def test_what_was_decided() -> None:
    minutes = "例会纪要\n会议听取了汇报。会议同意延期。\n会议决定改用谈判方式。下次会议另行通知。"
    assert texts(minutes, "例会纪要", decisions=True)[0] == ["会议同意延期。", "会议决定改用谈判方式。"]


def test_a_title_alone_has_no_gist() -> None:
    assert texts("只有题目", "只有题目") == ([], 0)
