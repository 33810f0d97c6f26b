"""A sentence with what belongs to it: items, stem, exception, header."""

import pytest

from bot.answers.completing import complete
from bot.documents.parser import parse
from bot.structure.places import sentences, whole
from bot.types import Document

RULES = parse(
    "rules.txt",
    """请假办法
员工请假应当提交下列材料：
（一）申请表；
（二）诊断证明。
事假每年不超过十天。但是，经总经理批准的除外。工资照发。
加班应当调休。
前款规定不适用于高级管理人员。
年假五天。
""".encode(),
    "请假办法",
)
LAW = parse(
    "law.txt",
    """养犬条例
第三条 禁止携带犬只进入商场。
盲人携带导盲犬的，不受本条规定的限制。
第四条 遛犬应当牵绳。
烈性犬不受本条规定的限制。
""".encode(),
    "养犬条例",
)
TABLE = parse("t.txt", "门诊指南\n楼层 | 科室\n四层 | 内科\n五层 | 眼科\n".encode(), "门诊指南")


def said(document: Document, text: str) -> list[str]:
    places = (place for p in document.paragraphs for place in sentences(whole(document, p.index)))
    return [place.text for place in complete(next(place for place in places if place.text.startswith(text)))]


NOTICE = parse(
    "notice.txt",
    """关于游泳池开放的通知
各位住户，现将开放安排通知如下：
一、泳池五月开放。
二、访客须登记，每户两名。
""".encode(),
    "关于游泳池开放的通知",
)


def test_what_opens_a_document_is_no_stem() -> None:
    assert said(NOTICE, "二、访客") == ["二、访客须登记，每户两名。"]
    rules = parse("pool.txt", "泳池须知\n请各位遵守以下规定：\n1. 穿泳衣。\n2. 戴泳帽。\n".encode(), "泳池须知")
    assert said(rules, "2.") == ["2. 戴泳帽。"]
    minutes = "会议纪要\n会议研究了有关事项，议定如下：\n一、五月开工。\n二、六月再会。\n"
    assert said(parse("m.txt", minutes.encode(), "会议纪要"), "二、") == ["二、六月再会。"]


def test_a_heading_that_is_a_sentence_is_the_stem_of_its_items() -> None:
    text = "车位管理\n一、租用\n车位按月租。\n二、有下列情形之一的，收回车位：\n（一）转租；\n（二）欠费。\n"
    text += "三、收费\n（一）地上；\n"
    parking = parse("parking.txt", text.encode(), "车位管理")
    assert said(parking, "（二）") == ["（二）欠费。", "二、有下列情形之一的，收回车位："]
    assert said(parking, "（一）地上") == ["（一）地上；"]


TALKS = parse(
    "talks.txt",
    """问答
他问：“何时完工？”工程师答：“九月底。”会后散场。
问：押金能退吗？
答：能退。验收后退。
还有别的问题吗？
二、结语
没有了。
""".encode(),
    "问答",
)


def test_a_question_stands_behind_its_reply() -> None:
    assert said(TALKS, "他问") == ["工程师答：“九月底。”", "他问：“何时完工？”"]
    assert said(TALKS, "问：押金") == ["答：能退。验收后退。", "问：押金能退吗？"]
    assert said(TALKS, "还有") == ["还有别的问题吗？"]
    assert said(TALKS, "工程师") == ["工程师答：“九月底。”"]


def test_an_exception_may_stand_in_a_later_paragraph_of_the_article() -> None:
    exception = "盲人携带导盲犬的，不受本条规定的限制。"
    assert said(LAW, "第三条") == ["第三条 禁止携带犬只进入商场。", exception]
    assert said(LAW, "第四条") == ["第四条 遛犬应当牵绳。", "烈性犬不受本条规定的限制。"]


@pytest.mark.parametrize(
    ("sentence", "together"),
    [
        ("员工请假", ["员工请假应当提交下列材料：", "（一）申请表；", "（二）诊断证明。"]),
        ("（二）", ["（二）诊断证明。", "员工请假应当提交下列材料："]),
        ("事假", ["事假每年不超过十天。", "但是，经总经理批准的除外。"]),
        ("但是", ["事假每年不超过十天。", "但是，经总经理批准的除外。"]),
        ("前款", ["加班应当调休。", "前款规定不适用于高级管理人员。"]),
        ("年假", ["年假五天。"]),
        ("工资", ["工资照发。"]),
    ],
)
def test_they_stand_together_the_rule_first(sentence: str, together: list[str]) -> None:
    assert said(RULES, sentence) == together


def test_a_row_is_said_with_its_header_behind_it() -> None:
    assert said(TABLE, "五层") == ["五层 | 眼科", "楼层 | 科室"]
    assert said(TABLE, "楼层") == ["楼层 | 科室"]
    assert said(TABLE, "门诊指南") == ["门诊指南"]


def test_when_else_a_thing_is_allowed_stands_behind_the_rule() -> None:
    rule = "After twelve months you can cancel at any time."
    narrowed = "You may cancel earlier only if you move."
    terms = parse("terms.txt", f"Terms\n{rule} {narrowed} Fees are due monthly.\n".encode(), "Terms")
    assert said(terms, "After") == [rule, narrowed]
    assert said(terms, "You may") == [narrowed]
