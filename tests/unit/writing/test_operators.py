"""Small words on which a sentence turns."""

import pytest

from bot.language.folding import fold_plain
from bot.writing.operators import operator_lacks


def kinds(sentence: str, quote: str) -> list[str]:
    return [lack.kind for lack in operator_lacks(fold_plain(sentence), [fold_plain(quote)])]


@pytest.mark.parametrize(
    ("sentence", "quote", "kind"),
    [
        ("冲洗出的水可以饮用。", "冲洗出的水不得饮用。", "negation"),
        ("访客不得进入厂区。", "访客可以进入厂区。", "negation"),
        ("费用不由甲方承担。", "费用由甲方承担。", "negation"),
        ("申请人应当提交照片。", "申请人可以提交照片。", "negation"),
        ("仅限本人领取证书。", "本人领取证书。", "scope"),
        ("部分员工享有年休假。", "员工享有年休假。", "scope"),
        ("所有访客须登记。", "外国访客须登记。", "scope"),
        ("通水前应当冲洗管路。", "通水后应当冲洗管路。", "condition"),
        ("提交病理报告和诊断证明。", "提交病理报告或者诊断证明。", "condition"),
        ("须提交学历证明原件。", "须提交学历证明复印件。", "meaning"),
        ("You may not leave early.", "You may leave early.", "negation"),
    ],
)
def test_it_says_something_else(sentence: str, quote: str, kind: str) -> None:
    assert kind in kinds(sentence, quote)


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("冲出来的水不能喝。", "冲洗出的水不得饮用。"),
        ("访客须在保安室登记，否则不能进入厂区。", "访客未经保安室登记，不得进入厂区。"),
        ("每批最多60人。", "每批不超过60人。"),
        ("单位和个人都不能擅自改动规划。", "任何单位和个人不得擅自变更规划。"),
        ("要先取得许可，才能签订合同。", "取得许可后，方可签订合同。"),
        ("住院要提前三天预约，急诊除外。", "除急诊外，住院须提前3天预约。"),
        ("是否批准须在30日内决定。", "在30日内作出批准或者不批准的决定。"),
    ],
)
def test_it_says_the_same(sentence: str, quote: str) -> None:
    assert kinds(sentence, quote) == []
