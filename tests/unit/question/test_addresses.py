import pytest

from bot.language.rules import Rule
from bot.question.addresses import Address, find_addresses
from bot.question.addresses.patterns import NUMBER_RULES, TEXT_RULES, Number


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("行政处罚法第三十条第二款第（一）项", Address("行政处罚法", article=30, paragraph=2, item=1)),
        ("《星桥市树木保护条例》第30条", Address("星桥市树木保护条例", quoted=True, article=30)),
        ("行政處罰法第３０條之一規定了什麼？", Address("行政处罚法", article=30, inserted=1)),
        ("水务局、林业局关于古井的规定第2条", Address("水务局、林业局关于古井的规定", article=2)),
        ("第 三 条", Address(article=3)),
        ("第 3 条", Address(article=3)),
        ("请问本法的第三条是什么？", Address(article=3)),
        ("本规则第三条", Address(article=3)),
        ("劳动合同法中第五条第3项怎么说", Address("劳动合同法", article=5, item=3)),
        ("第3条（二）", Address(article=3, item=2)),
        ("第3条（二）（1）", Address(article=3, item=2, subitem=1)),
        ("第三条第一款第（二）项第1目", Address(article=3, paragraph=1, item=2, subitem=1)),
        ("第三条第二目的内容", Address(article=3, subitem=2)),
        ("第三条第二目的是什么", Address(article=3, alone=False)),
        ("第二编第三章", Address(divisions=((11, 2), (13, 3)))),
        ("第三十条规定的罚款是多少", Address(article=30, alone=False)),
        ("《实施〈树木法〉办法》第一条", Address("实施树木法办法", quoted=True, article=1)),
        ("What does Article 5 say?", Address(article=5)),
        ("Article 5 of the Company Law", Address("companylaw", article=5)),
        ("Company Law, Article 5", Address("companylaw", article=5)),
        ("What does Article 5(2)(3) of this contract provide?", Address(article=5, paragraph=2, item=3)),
        ("Show me item (3) of paragraph 2 of Article 5", Address(article=5, paragraph=2, item=3)),
        ("Company Law, Article 5, paragraph 2, item (3)", Address("companylaw", article=5, paragraph=2, item=3)),
        ("Article 5 of 公司法", Address("公司法", article=5)),
        ("Who pays under Article 5 of the lease?", Address("whopaysunder", article=5, alone=False)),
    ],
)
def test_an_address_is_read(question: str, expected: Address) -> None:
    assert find_addresses(question) == (expected,)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("行政处罚法第三十条和第三十一条", ["第三十条", "第三十一条"]),
        ("第三条、第五条分别规定了什么？", ["第三条", "第五条"]),
        ("第三条，第五条", ["第三条", "第五条"]),
        ("第三、五、十二条", ["第三条", "第五条", "第十二条"]),
        ("第三条至第六条", ["第三条至第六条"]),
        ("第6-3条", ["第三条至第六条"]),
        ("第三条之一到第五条以及第九条", ["第三条之一至第五条", "第九条"]),
        ("第三条第一款和第三款", ["第三条第一款", "第三条第三款"]),
        ("第三条第（一）、（三）项", ["第三条第（一）项", "第三条第（三）项"]),
        ("第三条第二款第（一）至（三）项", [f"第三条第二款第（{n}）项" for n in "一二三"]),
        ("第三条第一款至第三款和第五条", [*(f"第三条第{n}款" for n in "一二三"), "第五条"]),
        ("第二章第三条和第四条", ["第二章第三条", "第二章第四条"]),
        ("第二章和第三条", ["第二章", "第三条"]),
        ("Articles 3, 5 and 7", ["第三条", "第五条", "第七条"]),
        ("Articles 3 to 6 of the Company Law", ["第三条至第六条"]),
    ],
)
def test_several_addresses_are_read_in_order(question: str, expected: list[str]) -> None:
    found = find_addresses(question)
    assert [address.text for address in found] == expected
    assert all(address.alone for address in found)
    assert len({address.law for address in found}) == 1


def test_a_range_without_end_is_cut() -> None:
    found = find_addresses("第一条第1至9999款")
    assert [address.paragraph for address in found] == list(range(1, 21))


def test_each_address_may_name_its_law() -> None:
    assert find_addresses("民法典第三条、第四条和《公司法》第五条第二款规定了什么？") == (
        Address("民法典", article=3),
        Address("民法典", article=4),
        Address("公司法", quoted=True, article=5, paragraph=2),
    )


@pytest.mark.parametrize(
    ("question", "english"),
    [
        ("第三十条之一第二款第（一）项第3目", "Article 30-1, paragraph 2, item (1)(3)"),
        ("第二章第一节", "Chapter 2, Section 1"),
        ("第三条至第六条", "Articles 3 to 6"),
    ],
)
def test_an_address_is_written_in_both_languages(question: str, english: str) -> None:
    (address,) = find_addresses(question)
    assert (address.text, address.english) == (question, english)


@pytest.mark.parametrize(
    "question",
    [
        "第二款",
        "罚款是多少？",
        "三十条",
        "第二点第一条是什么",
        "第三部分讲什么",
        "第0条",
        "第〇条第二款",
        "Article 0",
        "",
    ],
)
def test_what_is_no_address(question: str) -> None:
    assert find_addresses(question) == ()


@pytest.mark.parametrize("rule", [*TEXT_RULES, *NUMBER_RULES], ids=lambda rule: rule.name)
def test_a_rule_makes_its_examples_and_nothing_of_its_counterexamples(rule: Rule[str] | Rule[Number]) -> None:
    assert rule.examples and rule.counterexamples
    for text, made in rule.examples:
        assert rule.first(text) == made
    for text in rule.counterexamples:
        assert rule.first(text) is None, text
