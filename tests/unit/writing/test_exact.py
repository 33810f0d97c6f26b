"""What a sentence says exactly must stand in its quotes: numbers, codes, addresses, names, what they are said of."""

import pytest

from bot.language.folding import fold_plain
from bot.writing.attachment import attachment_lacks
from bot.writing.exact import Said, exact_lacks
from bot.writing.names import name_lacks
from bot.written import Lack

LEAVE = "员工入职满一年后，每年享有5天年休假。"


def lacking(sentence: str, quote: str, titles: str = "") -> list[Lack]:
    return exact_lacks(Said.read(sentence), [Said.read(quote)], Said.read(titles))


@pytest.mark.parametrize(
    ("sentence", "quote", "kind", "text"),
    [
        ("每年享有6天年休假", LEAVE, "number", "6天"),
        ("罚款3000元", "罚款2000元", "amount", "3000元"),
        ("增长6%", "增长5%", "percentage", "6%"),
        ("2024年3月6日施行", "2024年3月5日施行", "date", "2024年3月6日"),
        ("故障代码E3表示缺水", "故障代码E2表示缺水", "code", "e3"),
        ("拨打010-66668888", "拨打010-66668889", "code", "010-66668888"),
        ("依照第十三条办理", "第十二条 住院须预约。", "address", "第13条"),
        ("《档案法》规定如此", "《气象法》规定如此", "name", "《档案法》"),
        ("至少5天", "不超过5天", "scope", "至少5天"),
        ("10日内付款", "10个工作日内付款", "number", "10日"),
    ],
)
def test_what_is_lacking(sentence: str, quote: str, kind: str, text: str) -> None:
    (lack,) = lacking(sentence, quote)
    assert (lack.kind, lack.text) == (kind, text)


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("可以休五天年假", LEAVE),
        ("一千二百万元", "1200万元"),
        ("最多60人", "每批不超过60人"),
        ("5万元到10万元", "五万元以上十万元以下"),
        ("3月有活动", "2024年3月5日的活动"),
        ("包括以下三点：", "须提交：身份证、学历证明、照片"),
        ("按照第3条", "第三条 本办法适用于全市。"),
        ("在第二年领取", "次年1月1日领取"),
        ("once a year", "annual review"),
    ],
)
def test_what_stands_there_in_other_words(sentence: str, quote: str) -> None:
    assert lacking(sentence, quote) == []


def test_a_title_tells_the_year() -> None:
    assert lacking("2024年3月5日开会", "会议于3月5日召开", "2024年会议纪要") == []
    assert [lack.kind for lack in lacking("2023年3月5日开会", "会议于3月5日召开", "2024年会议纪要")] == ["date"]


def test_a_number_of_something_else() -> None:
    quote = Said.read("整机保修一年，水泵保修三年。")
    swapped = list(attachment_lacks(Said.read("整机保修三年，水泵保修一年。"), [quote]))
    assert swapped == [Lack("number", "三年"), Lack("number", "一年")]
    assert list(attachment_lacks(Said.read("水泵保修三年，而整机保修一年。"), [quote])) == []


@pytest.mark.parametrize(
    ("sentence", "quote", "names"),
    [
        ("由民政部门审批", "由财政部门审批", ["民政部门"]),
        ("报省政府审批", "报省人民政府审批", []),
        ("由有关部门审批", "由财政部门审批", []),
        ("运行在 MySQL 上", "运行在 TiDB 上", ["mysql"]),
        ("The report goes to Berlin", "The report goes to Paris", ["Berlin"]),
    ],
)
def test_names(sentence: str, quote: str, names: list[str]) -> None:
    found = name_lacks(sentence, fold_plain(sentence), fold_plain(quote), "")
    assert [lack.text for lack in found] == names
