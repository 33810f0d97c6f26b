"""Labelled values of a document, as they are written."""

import pytest

from bot.documents.parser import parse
from bot.language.fields import ADDRESS, DEADLINE, EMAIL, FAX, PERSON, PHONE, POSTCODE, TIME, WEB, FieldKind
from bot.structure.fields import fields_of, names_of, parts_of_label

NOTICE = """星海大学开放日通知
一、时间：2025年5月10日9:00 地点：北校区体育馆
二、联系方式
招生办：0571-8888 1234，8888 1235；传真：0571-88881236
邮箱：zsb@xinghai.example；网址：https://zsb.xinghai.example/open
QQ群：123456789，邮编：310000
学院咨询电话
计算机学院 0571-88880001
活动地点
市民中心三楼会议室
| 报修电话 | 8001 |
2025-03-01 起实行，预算1234567元，共 12345 人。
Contact: Ms. Green, phone +44 20 7946 0958
Venue: Hall 3, City Library
投标截止和开标时间：2025年6月1日9:30
主持人：何小舟（经理）
"""


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (
            PHONE,
            [
                "招生办：0571-8888 1234，8888 1235", "计算机学院 0571-88880001", "| 报修电话 | 8001",
                "Contact: Ms. Green, phone +44 20 7946 0958",
            ],
        ),
        (FAX, ["传真：0571-88881236"]),
        (EMAIL, ["邮箱：zsb@xinghai.example"]),
        (WEB, ["网址：https://zsb.xinghai.example/open"]),
        (POSTCODE, ["QQ群：123456789，邮编：310000"]),
        (ADDRESS, ["地点：北校区体育馆", "市民中心三楼会议室", "Venue: Hall 3, City Library"]),
        (TIME, ["时间：2025年5月10日9:00", "投标截止和开标时间：2025年6月1日9:30"]),
        (DEADLINE, ["投标截止和开标时间：2025年6月1日9:30"]),
        (PERSON, ["Contact: Ms. Green, phone +44 20 7946 0958", "主持人：何小舟（经理）"]),
    ],
    ids=repr,
)  # fmt: skip
def test_fields_of_a_kind(kind: FieldKind, said: list[str]) -> None:
    document = parse("a.txt", NOTICE.encode())
    assert [document.text[f.start : f.end].strip(" |") for f in fields_of(document, [kind])] == [
        s.strip(" |") for s in said
    ]


def test_a_label_on_the_line_above() -> None:
    document = parse("a.txt", NOTICE.encode())
    field = next(f for f in fields_of(document, [ADDRESS]) if f.label_at is not None)
    assert field.label == "活动地点"
    assert field.label_at == field.paragraph - 1


def test_names_for_one_and_the_same() -> None:
    document = parse("a.txt", "租赁合同\n出租人（甲方）：金桥公司\n承租人（乙方）：面包店\n联系人：张三\n".encode())
    assert names_of(document) == (frozenset({"出租人", "甲方", "金桥公司"}), frozenset({"承租人", "乙方", "面包店"}))


def test_parts_of_a_label() -> None:
    assert parts_of_label("投标截止和开标时间") == ["投标截止", "开标时间"]
    assert parts_of_label("服务热线 service hotline:") == ["服务热线", "service hotline"]
