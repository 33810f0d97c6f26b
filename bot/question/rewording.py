"""Rules that write in one way what questions say in several, and take away what never changes what is asked."""

import re
from collections.abc import Callable
from functools import partial

from bot.language.lexicon import (
    ASKING_PARTICLES,
    COUNTED_UNITS,
    DIGITS,
    DIVISIONS,
    FUNCTION_CHARACTERS,
    HOW,
    HOW_COLLOQUIAL,
    HOW_FEW,
    HOW_IS_IT,
    HOW_LONG,
    HOW_MANY,
    LISTED,
    MEASURES,
    PERSONS_ASKED,
    REQUESTS,
    SERIES,
    SIDES,
    TENS,
    TWO,
    UNITS,
    VERBS,
    WHAT,
    WHAT_COLLOQUIAL,
    WHAT_FORMAL,
    WHAT_SORT,
    WHEN,
    WHEN_COLLOQUIAL,
    WHERE,
    WHERE_FORMAL,
    WHERE_NEAR,
    WHETHER,
    WHICH,
    WHICH_OF_ALL,
    WHICH_OF_FEW,
    WHY,
    WHY_COLLOQUIAL,
    ZEROS,
    any_of,
)
from bot.language.numerals import han_numeral, numeral
from bot.language.rules import Rule

Make = Callable[[re.Match[str]], str]


def _written(made: str, match: re.Match[str]) -> str:
    return match.expand(made)


def _rule(
    name: str, pattern: str, made: str | Make, *examples: tuple[str, str], but: tuple[str, ...] = ()
) -> Rule[str]:
    """Return a rule that writes ``made``, a template or a function, for what matches; ``but`` are counter-examples."""
    return Rule(name, re.compile(pattern), partial(_written, made) if isinstance(made, str) else made, examples, but)


def _number(match: re.Match[str]) -> str:
    """Write a numeral in digits; "三四天" is not 34 days."""
    number = match[0].replace(TWO, DIGITS[1])
    plain = set(number).isdisjoint(TENS) and len(number) != 2
    return str(numeral(number)) if plain or han_numeral(numeral(number)) == number else match[0]


def _how_many(match: re.Match[str]) -> str:
    return f"<how many:{re.sub('^(?:块?钱|块)$', '元', match['many'] or match['few'] or '')}>"


def _noun_first(match: re.Match[str]) -> str:
    """Write "员工有几天年假" as "员工年假几天"; what is more than the name of a thing stays where it is."""
    rest = re.sub(any_of(LISTED, SIDES), "", match["noun"])
    if re.search(any_of(VERBS, FUNCTION_CHARACTERS), rest):
        return match[0]
    return f"{match['of']}{match['noun']}{match['asks']}"


_WHAT = any_of((WHAT, WHAT_COLLOQUIAL))
_MEASURE = any_of(MEASURES, COUNTED_UNITS, UNITS)
_COUNTED = any_of(MEASURES, COUNTED_UNITS, UNITS, SERIES, DIVISIONS)
_TELL = r"(?:告诉我?|(?:说|说明|解释|介绍|查|看)一?下)"
_OPENING = (
    rf"{any_of(REQUESTS, ('你好', '您好'))}(?:一?下)?|关于|(?:请教|咨询|问|查询?)一?下"
    r"|(?:我?想要?|我要)(?:知道|请?问|了解|咨询|请教|查询?|打听)(?:一?下)?"
    rf"|(?:请|麻烦|劳驾)[你您]?(?:帮忙|帮我|给我)?{_TELL}|[你您]?(?:帮忙|帮我){_TELL}"
)
_CAN_YOU = rf"[你您]?(?:能不能|能否|能|可不可以|可以|可否)(?:帮忙|帮我|给我)?{_TELL}|[你您](?:知道|知不知道)"

ENGLISH: tuple[Rule[str], ...] = (
    _rule(
        "not", r"\bcan(?:'t|not)\b|\bwon't\b", lambda m: "will not" if m[0] == "won't" else "can not",
        ("can't", "can not"),
    ),
    _rule("not", r"n't\b", " not", ("doesn't", "does not")),
    _rule(
        "is", r"(?<=[a-z])'s(?= (?:the|an?|my|our|your|this|that|there|it)\b)", " is",
        ("what's the fee", "what is the fee"), but=("the tenant's fee",),
    ),
    _rule(
        "opening",
        r"^(?:(?:hi|hello|please|kindly|excuse me|(?:can|could|would) you(?: please)? (?:tell me|explain)|tell me|"
        r"do you know|i (?:want|would like|need) to (?:know|ask)|i wonder|may i (?:know|ask)) )+(?=\w)",
        "", ("could you please tell me who signs", "who signs"), but=("tell the tenant", "who can tell me"),
    ),
    _rule(
        "closing", r" (?:please|thanks|thank you)$", "", ("who signs please", "who signs"),
        but=("say please politely",),
    ),
    _rule("article", r"\bthe ", "", ("what is the fee", "what is fee"), but=("other fee", "vitamin a")),
    _rule(
        "indirect",
        r"^(what|who|where|when|why|how(?: (?:long|much|many|old|far|often|big))?) ((?!is |are ).+) (is|are)$",
        r"\1 \3 \2", ("what deadline is", "what is deadline"), but=("what is it", "i know what it is"),
    ),
)  # fmt: skip
"""Spellings, courtesies and the order of words, in this order, each on what the one before has made."""

CHINESE: tuple[Rule[str], ...] = (
    _rule(
        "per cent", rf"百分之(?P<n>[{ZEROS}{DIGITS}{TENS}]+)", lambda m: f"{numeral(m['n'])}%", ("百分之五", "5%"),
        but=("百分之几",),
    ),
    _rule(
        "numeral", rf"[{ZEROS}{DIGITS}{TENS}{TWO}]{{1,9}}(?={_COUNTED})", _number, ("三十天", "30天"),
        ("第三条", "第3条"),
        ("二〇二四年", "2024年"), but=("一般", "3天"),
    ),
    _rule(
        "can you tell", rf"^(?:{_OPENING})*(?:{_CAN_YOU})(?P<asked>.+?){ASKING_PARTICLES[0]}?$", r"\g<asked>",
        ("能告诉我年假几天吗", "年假几天"), ("你知道年假几天吗", "年假几天"), but=("能退押金吗", "谁知道密码"),
    ),
    _rule(
        "opening", rf"^(?:{_OPENING})+(?=.)", "", ("请问年假几天", "年假几天"), ("你好我想知道年假几天", "年假几天"),
        ("麻烦帮我查一下年假几天", "年假几天"),
        but=("请假几天", "咨询电话是多少", "查询费几元", "麻烦事有哪些", "说明书在哪"),
    ),
    _rule(
        "closing", r"(?:谢谢[你您]?|多谢)?[呢吧啊呀嘛哦啦哈呗]+$|(?:谢谢[你您]?|多谢)$", "",
        ("年假几天呢", "年假几天"), but=("呢绒多少钱",),
    ),
    _rule(
        "whether", r"([\u4e00-\u9fff]{2})不\1|(?!是不是)([\u4e00-\u9fff])不\2", r"<whether>\1\2",
        ("能不能退", "<whether>能退"), but=("不能退", "是不是"),
    ),
    _rule("whether", any_of(WHETHER[:2]), "<whether>", ("是否要交", "<whether>要交"), ("是不是要交", "<whether>要交")),
    _rule("whether", WHETHER[2], "<whether>有", ("有没有年假", "<whether>有年假"), but=("没有年假",)),
    _rule("whether", r"([能可])否(?![决认定])", r"<whether>\1", ("能否退", "<whether>能退"), but=("否决",)),
    _rule("whether", rf"{ASKING_PARTICLES[0]}$", "<whether>", ("能退吗", "能退<whether>"), but=("吗啡",)),
    _rule("may", r"可以|能够|(?<=<whether>)可(?!以)", "能", ("可以退", "能退"), ("<whether>可退", "<whether>能退")),
    _rule("when", any_of(WHEN, WHEN_COLLOQUIAL), "<when>", ("何时付款", "<when>付款"), ("啥时候付款", "<when>付款")),
    _rule(
        "how long", any_of(HOW_LONG), "<how long>", ("多久到期", "<how long>到期"),
        ("多长时间到期", "<how long>到期"),
    ),
    _rule(
        "where", any_of(WHERE, (WHERE_FORMAL, WHERE_NEAR)), "<where>", ("在哪儿", "在<where>"),
        ("在何处", "在<where>"),
    ),
    _rule("why", any_of(WHY, WHY_COLLOQUIAL), "<why>", ("为啥停水", "<why>停水"), but=("行为",)),
    _rule("what sort", rf"{_WHAT}{WHAT_SORT.removeprefix(WHAT)}", "<what sort>", ("啥样的人", "<what sort>的人")),
    _rule(
        "how", any_of(HOW, HOW_COLLOQUIAL, (HOW_IS_IT,)), "<how>", ("如何申请", "<how>申请"), ("咋申请", "<how>申请"),
    ),
    _rule(
        "who", any_of([word for word in PERSONS_ASKED if WHICH_OF_ALL not in word]), "<who>",
        ("负责人是谁", "负责人是<who>"),
        ("哪位负责", "<who>负责"), but=("哪些人负责",),
    ),
    _rule(
        "which", rf"{WHICH_OF_ALL}|{WHICH_OF_FEW}[个项种条类点]?|(?<=有)(?:{_WHAT}|{WHAT_FORMAL})", "<which>",
        ("有哪几项措施", "有<which>措施"), ("有什么措施", "有<which>措施"), but=("是什么",),
    ),
    _rule(
        "how many",
        rf"{HOW_MANY}(?P<many>钱|{_MEASURE})?|(?<![好十百千万近]){HOW_FEW}(?!点)(?P<few>块钱|块$|{_MEASURE})",
        _how_many, ("年假几天", "年假<how many:天>"), ("年假多少天", "年假<how many:天>"),
        ("押金多少钱", "押金<how many:元>"),
        but=("几点开门", "十几天", "几乎"),
    ),
    _rule("which one", rf"{WHICH}一?", "<which one>", ("哪一天", "<which one>天"), ("哪天", "<which one>天")),
    _rule("what is", rf"{WHAT_FORMAL}[谓为]", "<what>是", ("何谓年假", "<what>是年假"), but=("任何",)),
    _rule("what", _WHAT, "<what>", ("是啥", "是<what>"), but=("任何",)),
    _rule("particle", r"[的了]", "", ("年假的天数", "年假天数")),
    _rule(
        "to ask at the end", r"^(<(?!whether)[^>]*>)是(.+)$", r"\2\1", ("<what>是年假", "年假<what>"),
        but=("年假是<what>", "<who>管年假"),
    ),
    _rule(
        "thing first",
        r"^(?P<of>[^<>]*?)(?:一共|总共)?有(?P<asks><which>|<how many:[^>]*>)(?P<noun>[^<>]{1,6})(?=$|<whether>$)",
        _noun_first, ("员工有<how many:天>年假", "员工年假<how many:天>"), ("有<which>措施", "措施<which>"),
        but=("住院<how many:天>报销",),
    ),
    _rule(
        "being and having",
        r"(?:一共|总共|到底|究竟|大约|大概|分别)*(?:是|有(?=<which>|<how many)|为(?=<how many[^>]*>$))(?=<(?!whether))"
        r"|(?:一共|总共|到底|究竟|大约|大概|分别)+(?=<(?!whether))",
        "", ("年假是<how many:天>", "年假<how many:天>"), ("年假一共有<how many:天>", "年假<how many:天>"),
        but=("为<who>服务", "含有<what>"),
    ),
)  # fmt: skip
"""Numerals, courtesies, words that ask, particles, in this order, each on what the one before has made."""
