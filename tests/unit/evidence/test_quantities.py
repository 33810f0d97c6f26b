"""What is asked for by its amount is answered by an amount, whatever else is said of the same thing."""

import pytest

from bot.evidence.quantities import Asked, quantity_asked, says_how_much
from bot.evidence.sides import other_side
from bot.language.folding import fold_plain


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("在楼道停车罚多少？", "money"),
        ("装修押金要多少", "money"),
        ("体检费是多少？", "money"),
        ("How much is the deposit?", "money"),
        ("大修能报百分之几", "share"),
        ("空置率是多少", "share"),
        ("What percentage is covered?", "share"),
        ("护照多久能拿到？", "span"),
        ("借书能借几天", "span"),
        ("产假休几个月", "span"),
        ("How long does the warranty last?", "span"),
        ("一个班多少人", "count"),
        ("机器多重？", "count"),
        ("How many rooms are there?", "count"),
        ("护照在哪里办？", None),
        ("他是几年级的", None),
        ("什么时候开门", None),
        ("有哪几种补贴", None),
        ("这份工作要几月份开始", None),
    ],
)
def test_what_amount_a_question_asks_for(question: str, asked: Asked | None) -> None:
    assert quantity_asked(fold_plain(question)) == asked


@pytest.mark.parametrize(
    ("asked", "line"),
    [
        ("money", "违反的，处二百元以下罚款。"),
        ("money", "老年人凭证免费入园。"),
        ("money", "按两个月工资支付。"),
        ("money", "A deposit of €300 is held."),
        ("money", "| 押金 | 300 |"),
        ("money", "收费标准如下："),
        ("share", "住院费用报销七成。"),
        ("share", "超出部分由单位全额承担。"),
        ("span", "自受理之日起十五个工作日内发证。"),
        ("span", "材料齐全的，当场办结。"),
        ("span", "The warranty runs for two years."),
        ("span", "每人每次借阅不超过30天。"),
        ("count", "每班不超过四十五人。"),
        ("count", "一人不得饲养犬只。"),
        ("count", "There are no rooms on this floor."),
    ],
)
def test_what_says_how_much(asked: Asked, line: str) -> None:
    assert says_how_much(asked, [line])


@pytest.mark.parametrize(
    ("asked", "line"),
    [
        ("money", "第二十八条 楼道内不得停放车辆。"),
        ("money", "遛犬须使用不超过1.5米的牵引绳。"),
        ("money", "举报电话0871-6655 2190，2024年3月1日起开通。"),
        ("money", "费用由承租人承担。"),
        ("share", "人口出生率有所降低。"),
        ("share", "按规定的比例报销。"),
        ("span", "第七条 发现死亡的，应当及时报告主管部门。"),
        ("span", "The certificate is issued by the office."),
        ("count", "参加人员由各单位推荐。"),
    ],
)
def test_what_says_nothing_of_it(asked: Asked, line: str) -> None:
    assert not says_how_much(asked, [line])


def test_an_item_says_what_its_introduction_says() -> None:
    item = "（二）在楼道停放车辆的；"
    assert says_how_much("money", ["有下列行为之一的，处五十元罚款：", item])
    assert not says_how_much("money", ["处五十元罚款。", item])
    assert not says_how_much("money", ["禁止在楼内：", item])


def test_the_other_side_is_not_what_was_asked() -> None:
    exports, both = "出口合同自许可证颁发之日起生效。", "进口、出口合同自许可证颁发之日起生效。"
    for asked in ("进口合同什么时候生效", "when does an import contract take effect"):
        assert other_side(asked, [exports])
        assert not other_side(asked, [both])
        assert not other_side(asked, ["进口合同的登记：", exports])
        assert not other_side(asked, ["合同自许可证颁发之日起生效。"])
    assert not other_side("进口和出口有什么不同", [exports])
    assert not other_side("房东要修吗", ["由承租人负责维修。"])
