"""Who issued a document and when, by what it says itself."""

import pytest

from bot.documents.parser import parse
from bot.structure.imprints import ISSUERS, Imprint, IssuerRule, date_in, find_imprint

BODY = "\n\n".join(f"第{number}段写的是别的事情，这里没有日期。" for number in "甲乙丙丁戊己庚辛壬癸")


@pytest.mark.parametrize("rule", ISSUERS, ids=lambda rule: rule.name)
def test_a_rule_finds_its_examples_and_no_counterexample(rule: IssuerRule) -> None:
    assert [rule.issuer(line) for line, _ in rule.examples] == [issuer for _, issuer in rule.examples]
    assert [rule.issuer(line) for line in rule.counterexamples] == [""] * len(rule.counterexamples)


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("二〇二四年十月八日", "2024-10-08"),
        ("2007年6月29日通过，2012年12月28日修正", "2012-12-28"),
        ("（2024年8月更新）", "2024-08"),
        ("Issued on 12 May 2023", "2023-05-12"),
        ("March 5th, 2024", "2024-03-05"),
        ("2024-03-05", "2024-03-05"),
        ("三年以内", ""),
    ],
)
def test_a_date_as_far_as_it_is_said(line: str, date: str) -> None:
    assert date_in(line) == date


@pytest.mark.parametrize(
    ("text", "imprint"),
    [
        (f"关于防汛的通知\n\n{BODY}\n\n青溪市水利局\n\n2024年3月18日", Imprint("2024-03-18", "青溪市水利局")),
        (f"防汛须知\n\n{BODY}\n\n青溪市水利局 2024年3月18日", Imprint("2024-03-18", "青溪市水利局")),
        (f"社區通告\n\n日期：二〇二四年十月八日\n\n{BODY}\n\n翠湖社區管理處 謹啟",
         Imprint("2024-10-08", "翠湖社區管理處")),
        (f"星河科技有限公司\n\n考勤管理办法\n\n（2023年2月15日审议通过）\n\n{BODY}",
         Imprint("2023-02-15", "星河科技有限公司")),
        (f"星河大学图书馆借阅规则\n\n发布日期：2024年3月\n\n{BODY}", Imprint("2024-03", "星河大学")),
        (f"讲话\n\n——2017年3月5日在第十二届全国人民代表大会第五次会议上\n\n{BODY}", Imprint("2017-03-05")),
        ("Acme Ltd.\n\nTravel Policy\n\nUpdated: 3 June 2024\n\nAll staff.", Imprint("2024-06-03", "Acme Ltd.")),
        # What is only told of is not the document's own.
        (f"会议纪要\n\n时间：2024年9月12日14:00\n\n灯塔于2019年5月1日建成。\n\n{BODY}", Imprint()),
        (f"中国人民银行\n\n成立于1948年12月1日，总部在北京。\n\n{BODY}", Imprint()),
    ],
)  # fmt: skip
def test_what_a_document_says_of_itself(text: str, imprint: Imprint) -> None:
    assert find_imprint(parse("a.txt", text.encode(), None)) == imprint
