"""How much a question asks for: what holds no amount, no share and no span of time does not answer it."""

import re
from collections.abc import Sequence
from typing import Literal

from bot.language.folding import fold_plain
from bot.language.lexicon import HOW_FEW, HOW_LONG, HOW_MANY, any_of, words

Asked = Literal["money", "share", "span", "count"]

_MUCH = any_of((HOW_MANY, HOW_FEW))
_TIME = rf"个?(?:{any_of(words('工作日 小时 星期 学期 学年'))}|[天日夜周月年秒]|分钟)"
_SPENT = any_of(words("罚 罚款 赔 赔偿 补 补助 补贴 押 押金 奖 奖励 交 交费 收 收费 付 报 报销"))
_SUM = any_of(words("费 费用 金额 工资 价 价格 租金 押金 保证金 罚款 奖金 补贴 津贴 补助 资金 预算"))
_COUNTED = any_of(words("人 名 个 家 件 套 项 条 次 台 辆 间 户 张 份 吨 斤 公斤 亩 平方 公里 米"))
_ASKED: dict[Asked, re.Pattern[str]] = {
    "span": re.compile(
        rf"{any_of(HOW_LONG)}|{_MUCH}{_TIME}(?![份级初代号龄薪会])"
        r"|\bhow long\b|\bhow many (?:\w+ )?(?:day|week|month|year|hour|minute)s\b"
    ),
    "share": re.compile(
        rf"百分之{_MUCH}|几[成折]|多少(?:比例|百分比)|(?:比例|占比|率)[是为有]?多少|增长了?多少"
        r"|\bwhat (?:percentage|percent|share|proportion|rate)\b"
    ),
    "money": re.compile(
        rf"{_MUCH}(?:块|[万亿]?元|[万亿]|钱)|{_SPENT}{_MUCH}(?![天日年个人次份])"
        rf"|{_SUM}(?:标准)?(?:大概)?(?:[是为有要得]|一共|共)*多少"
        r"|\bhow much (?:does|do|is|are|will|must|can|should|money|would)\b|\bhow high (?:is|are) the\b"
        r"|\bwhat does .{2,40} cost\b"
    ),
    "count": re.compile(rf"多少{_COUNTED}|多[重高宽厚远]|多大面积|\bhow many\b"),
}
"""The first that a question meets is what it asks."""

_NUMBER = r"(?:\d[\d,.]*|[〇零一二三四五六七八九十百千万亿两半]+)"
_NAMES = re.compile(
    r"第[〇零一二三四五六七八九十百千万\d]+[条款项章节目编部届期号次]|[(（][一二三四五六七八九十\d]+[)）]"
    r"|^\s*\d+(?:\.\d+)*[.、]?\s|\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?|\d[\d-]{6,}|\d{1,2}:\d\d"
)
"""Numbers that name something: articles, items, days, telephones, times of day."""
_SPELLED = any_of(
    words(
        "a an one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty"
    ),
    words("ninety hundred thousand million billion half dozen twice double"),
)
_ENDED = re.compile(r"[:：]\s*$")
_FOLLOWS = re.compile(rf"{_ENDED.pattern}|下列|如下|\bas follows\b|\bthe following\b")
"""What introduces the items that say it."""
_SAID: dict[Asked, re.Pattern[str]] = {
    "money": re.compile(
        rf"{_NUMBER}[余多]?(?:[元块角万亿]|美元|欧元)|百分之|{_NUMBER}(?:[倍成折]|个百分点)|[%$€£¥]"
        rf"|{_NUMBER}个?月(?:的|本人|工资|租金)"
        rf"|{any_of(words('免费 免收 免交 免缴 不收 不另收 无偿 自费 自理 全额 全部 一半 半价 减半 等额 同等 差额'))}"
        r"|\b(?:yuan|euros?|dollars?|pounds?|percent|free|full)\b|\bno (?:charge|fee|cost)"
    ),
    "share": re.compile(
        rf"%|[百千]分之|{_NUMBER}(?:分之|[成折倍]|个百分点|个点)"
        rf"|{any_of(words('全部 全额 一半 半数 持平 翻番 翻一番'))}"
        r"|\bper ?cent\b|\b(?:half|all|full|third|quarter)\b"
    ),
    "span": re.compile(
        rf"(?:{_NUMBER}|[数多])余?个?多?(?:{_TIME}|周岁|岁|季度)|每[年月周日天]|[^\W\d_]?公?里|米"
        rf"|{any_of(words('半年 当场 当日 当天 次日 即时 即刻 立即 随时 终身 永久 长期 无限期 不限 不定期 届满'))}"
        r"|\b(?:day|week|month|year|hour|minute|second|decade|met(?:er|re))s?\b|\bkm\b"
        r"|\b(?:immediately|permanent|lifelong|indefinite|unlimited)"
    ),
    "count": re.compile(rf"{_NUMBER}|若干|不限|不得|禁止|没有|\b(?:{_SPELLED}|no|none|not|only|unlimited)\b"),
}


def quantity_asked(folded: str) -> Asked | None:
    """Return what a folded question asks the amount of; None where it asks for something else."""
    return next((kind for kind, pattern in _ASKED.items() if pattern.search(folded)), None)


def says_how_much(asked: Asked, lines: Sequence[str]) -> bool:
    """Tell whether the last of ``lines``, or one above that introduces it, may say how much.

    It may with an amount of that kind, in whatever words, and where it introduces what does.
    """
    *above, text = map(fold_plain, lines)
    return _says(asked, text) or any(_says(asked, _ENDED.sub("", line)) for line in above if _ENDED.search(line))


def _says(asked: Asked, folded: str) -> bool:
    if _FOLLOWS.search(folded):
        return True
    if "|" in folded:  # a table's head says the unit
        return re.search(r"\d|[一二三四五六七八九十百]", folded) is not None
    return _SAID[asked].search(_NAMES.sub(" ", folded)) is not None
