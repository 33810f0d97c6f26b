"""The terms that a refusal may say occur nowhere: cut as a person would, or none."""

import pytest

from embeddings.static import StaticEncoder
from tests.parts import read


@pytest.mark.parametrize(
    ("question", "terms"),
    [
        # A verb at the edge of a term belongs to none.
        ("抢劫罪判几年？", ["抢劫罪"]),
        ("电梯坏了找谁修", ["电梯"]),
        ("工会会费怎么交", ["工会"]),
        ("市长是谁", ["市长"]),
        ("哪家公司中标的？", ["公司"]),
        ("湖北支援了多少血液？", ["湖北", "血液"]),
        # Words that belong together stay together.
        ("量子计算机什么时候能用", ["量子计算机"]),
        ("量子计算和航空航天哪个投资更多", ["量子计算", "航空航天", "投资"]),
        ("居住证怎么办", ["居住证"]),
        ("王小明住在哪个房间", ["王小明", "房间"]),
        ("Who won the World Cup in 2018?", ["World Cup"]),
        # A year is one with its number, other numbers take their units along.
        ("2020年赤字率是多少", ["2020年", "赤字率"]),
        ("QR-9000型打印机多少钱", ["QR-9000", "打印机"]),
        ("三十天内提交报告吗", ["报告"]),
        # A number counts what comes behind it.
        ("出差住酒店一晚最多报多少", ["出差", "酒店"]),
        ("四个专业一共招多少人", ["专业"]),
        ("高一新生怎么报到", ["高一新生"]),
        # A place ends a term.
        ("北京市房屋建筑怎么验收", ["北京市", "房屋建筑", "验收"]),
        ("异地就医备案流程", ["异地就医", "备案流程"]),
        # Of what is not plain, and of words of every question, nothing is said.
        ("怎么办理？", []),
        ("有哪些方面的要求？", []),
        ("光伏发电上网电价是多少", []),
        ("新员工能在家上班吗", ["新员工"]),
    ],
)
def test_terms_are_cut_as_a_person_would(builtin: StaticEncoder, question: str, terms: list[str]) -> None:
    assert list(read(question, builtin).terms) == terms


def test_no_term_is_a_verb_or_half_a_word(builtin: StaticEncoder) -> None:
    for question in ("密码错误账号会被锁吗", "撞了人跑掉以后还能考驾照吗", "样品没带会怎么样"):
        for term in read(question, builtin).terms:
            assert term in question and len(term) > 1 and term[-1] not in "会被没了"
