"""What follows from a breach: which articles a sentence cites, and what cites an article."""

import pytest

from bot.documents.parser import parse
from bot.structure.breaches import breaches, broken, follow
from bot.structure.places import whole

LAW = parse(
    "a.txt",
    """市容条例
第一章 总则
第一条 为了市容整洁，制定本条例。
第二条 单位和个人应当分类投放垃圾。
禁止下列行为：
（一）在树上刻字；
（二）向河中倾倒污水。
第三条 犬只出户应当拴绳。
违反本条第一款规定的，处五十元罚款。
第二章 法律责任
第四条 违反本条例第二条第一款规定，未分类投放的，处二百元罚款。
违反本条例第二条第二款第（二）项、第三条规定的，处五百元罚款。情节严重的，从重处罚。
第五条 违反国家规定的，依法追究责任。
第六条 违反《水法》第三条规定的，从其规定。
""".encode(),
)
LINES = [LAW.text[paragraph.start : paragraph.end] for paragraph in LAW.paragraphs]


def at(beginning: str) -> int:
    (index,) = (number for number, line in enumerate(LINES) if line.startswith(beginning))
    return index


def test_the_articles_that_are_cited() -> None:
    assert dict(breaches(LAW)) == {
        at("违反本条第一款"): {3},
        at("第四条"): {2},
        at("违反本条例第二条第二款"): {2, 3},
    }


@pytest.mark.parametrize(
    ("beginning", "expected"),
    [
        ("第四条", ["第二条 单位和个人应当分类投放垃圾。"]),
        ("违反本条例第二条第二款", []),
        ("违反本条第一款", ["第三条 犬只出户应当拴绳。"]),
        ("第五条", []),
        ("第六条", []),
        ("第二条", []),
    ],
)
def test_what_a_sentence_says_is_broken(beginning: str, expected: list[str]) -> None:
    assert [place.text for place in broken(whole(LAW, at(beginning)))] == expected


@pytest.mark.parametrize(
    ("beginning", "expected"),
    [
        (
            "第二条",
            ["第四条 违反本条例第二条第一款规定，未分类投放的，处二百元罚款。"],
        ),
        ("（一）", []),
        ("（二）", ["违反本条例第二条第二款第（二）项、第三条规定的，处五百元罚款。"]),
        (
            "第三条",
            ["违反本条第一款规定的，处五十元罚款。", "违反本条例第二条第二款第（二）项、第三条规定的，处五百元罚款。"],
        ),
        ("第一条", []),
        ("市容条例", []),
    ],
)
def test_what_follows_where_a_paragraph_is_broken(beginning: str, expected: list[str]) -> None:
    assert [place.text for place in follow(LAW, at(beginning))] == expected
