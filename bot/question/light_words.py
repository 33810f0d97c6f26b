"""Which words ask, and which say nothing of a question's topic."""

import re

from bot.language.lexicon import (
    ASKING_PARTICLES,
    COUNTED_DIVISIONS,
    COUNTED_UNITS,
    ENGLISH_ARTICLES,
    ENGLISH_BE,
    ENGLISH_DO,
    ENGLISH_INTERROGATIVES,
    ENGLISH_MODALS,
    ENGLISH_PREPOSITIONS,
    HOW,
    HOW_FEW,
    HOW_IS_IT,
    HOW_MANY,
    HOW_MUCH,
    MUST,
    OFFICES,
    PORTIONS,
    REQUESTS,
    TELLING,
    WHAT,
    WHAT_PLACE,
    WHAT_SORT,
    WHAT_TIME,
    WHAT_TO_DO,
    WHETHER,
    WHICH,
    WHO,
    WHY,
    any_of,
    words,
)

ASKING = "|".join(
    (
        any_of(WHAT_TIME, (WHAT_PLACE, WHAT_SORT)),
        rf"是?{any_of(WHY)}",
        rf"是{WHAT}|{WHAT}是?",
        r"何[时地人种]",
        rf"由?{WHICH}[个些]?{any_of(OFFICES)}",
        # "一共分为几个部分"
        r"(?:一共|总共)?(?:分为?|有|包括)?"
        rf"(?:{WHICH}?{HOW_FEW}|{HOW_MANY})[个大]?{any_of(PORTIONS, COUNTED_DIVISIONS)}",
        rf"[从自]?{WHICH}一?[年月日天起]起?",
        rf"{WHICH}一?[些个里儿位种类项首部]?",
        rf"{any_of(HOW_MUCH)}(?:钱|(?<=多少)元)?",
        rf"{HOW_FEW}[{COUNTED_UNITS}楼层号点步期级页位项周届时分号句]",
        rf"{WHAT_TO_DO}(?!理)",
        any_of(HOW, (HOW_IS_IT,)),
        rf"[由被向归]?{WHO}",
        any_of(WHETHER, REQUESTS, TELLING, ASKING_PARTICLES, "么"),
    )
)
"""Interrogatives with what belongs to them, an expression without groups for folded text."""

# Words that every question may use: what is made of them and of interrogatives alone says nothing of its topic.
# The nouns among them are always those of something ("费用", "上限").
_LIGHT = (
    rf"{any_of(MUST, ('可以',))}|"
    r"具体|一共|总共|分别|主要|负责|主管|办理|处理|处罚|罚款|申请|执行|实施|规定|要求|依据|理由|原因|违反|"
    r"答复|公布|施行|生效|提交|支付|拨付|缴纳|赔偿|审核|审批|批准|修订|制定|开始|结束|开放|完成|牵头|延长|占地|持续|签字|通知|退还|归还|"
    r"保存|终止|变更|撤销|取消|调整|监督|作出|决定|措施|举措|做法|步骤|程序|流程|目的|作用|意义|影响|特点|好处|例外|优惠|折扣|[上下]限|费用|资金|经费|"
    r"最[多少高低长短早晚迟快慢大小]|[至最][多少]|大概|大约|一般|到底|究竟|办[好完]|同比|增长|下降|增加|减少|去|找|"
    r"材料|条件|手续|后果|期限|标准|时间|以内|之内|内|提前|前(?=[要需应必])|每[年月天次日]|一次|一下|的话|举个?例子?|例如|比如|详细|说明|解释|"
    r"用来|用于|别的|其他|其它|其余|其中|另外|然后|后来|还有|还|再|又|接着|继续|更多|来|由|做|办|管|罚|交|缴|付|钱|"
    r"(?<![思理设联幻感猜构料预敢])想要?(?![象法])|给?(?:别|他)人|事情|"
    r"不用|不必|无需|无须|用不着|"
    r"要|须|会|能|是|有|为|的|了|在|到|从|才|就|都|也|那么|那|这样|这么"
)
_ENGLISH_LIGHT = any_of(
    ENGLISH_INTERROGATIVES,
    ENGLISH_BE,
    ENGLISH_DO,
    ENGLISH_MODALS,
    ENGLISH_ARTICLES,
    ENGLISH_PREPOSITIONS,
    words("many much long often and or but so then please tell me more else anything any other others one ones"),
    words("not exactly there responsible happens cost maximum minimum limit exception exceptions"),
    words("give show example examples i we you me us my our your"),
)
EMPTY = re.compile(rf"{ASKING}|{_LIGHT}|\b{_ENGLISH_LIGHT}\b|[\W_]", re.IGNORECASE)
"""What says nothing of a question's topic."""
ASKS = re.compile(ASKING)
TELL = re.compile(rf"^(?:{any_of(REQUESTS, TELLING)}[，, ]*)+(?:关于)?(?=..)")
"""In front of what somebody wants to be told of."""
TERM = re.compile(r"《[^》]+》|“[^”]+”|「[^」]+」|\"[^\"]+\"")
"""A title or a quoted term, as typed."""


def says(text: str) -> bool:
    """Tell whether anything but interrogatives and words of every question stands in ``text``."""
    return bool(EMPTY.sub("", text))


def own_words(folded: str) -> list[str]:
    """Return what stands between interrogatives and words of every question."""
    return EMPTY.sub(" ", folded).split()
