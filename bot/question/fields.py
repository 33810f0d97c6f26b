"""Questions for a labelled value: "预约电话是多少？", "投标截止到什么时候？", "Where is the meeting?"."""

import re
from dataclasses import dataclass

from bot.language.fields import (
    ACCOUNT,
    ADDRESS,
    AMOUNT,
    DEADLINE,
    EMAIL,
    FAX,
    NUMBER,
    PERSON,
    PHONE,
    POSTCODE,
    TIME,
    TOPICS,
    WEB,
    FieldKind,
    Topic,
)
from bot.language.lexicon import HOW, HOW_FEW, HOW_MANY, PERSONS_ASKED, WHAT, WHEN, WHERE, WHICH, WHICH_DATE, any_of
from bot.language.rules import Rule, first_made
from bot.question.light_words import EMPTY
from bot.question.query import Query

Kinds = tuple[FieldKind, ...]
_WHAT = rf"(?:{any_of((WHAT, HOW_MANY, WHICH, HOW_FEW))})"
_ASKED = rf"(?:号码?)?(?:[是为有]?{_WHAT}\w{{0,2}}|呢|是|$|\W*$)"
_WHEN = any_of(WHEN, WHICH_DATE, (f"{HOW_FEW}点", f"{HOW_FEW}号", f"{HOW_FEW}月{HOW_FEW}日", f"{HOW_FEW}月{HOW_FEW}号"))

ASKED: tuple[Rule[Kinds], ...] = (
    Rule("fax", re.compile(r"传真|\bfax\b"), lambda m: (FAX,), (("采购人的传真是多少", (FAX,)),), ("电话是多少",)),
    Rule(
        "postcode", re.compile(r"邮编|邮政编码|\bpost ?code\b|\bzip code\b"), lambda m: (POSTCODE,),
        (("学校邮编是多少", (POSTCODE,)),), ("邮箱",),
    ),
    Rule(
        "account",
        re.compile(rf"(?:[账帐][号户]|银行卡号){_ASKED}|{_WHAT}\w?[账帐][号户]|\baccount number\b|\bbank account\b"),
        lambda m: (ACCOUNT,), (("租金打到哪个账号", (ACCOUNT,)),), ("账号被锁怎么办",),
    ),
    Rule(
        "e-mail",
        re.compile(
            rf"(?:邮箱|电邮|邮件地址|电子邮件)(?:地址)?{_ASKED}|{_WHAT}\w?(?:邮箱|电邮)|\be-?mail(?: address)?\b"
        ),
        lambda m: (EMAIL,), (("简历发到哪个邮箱", (EMAIL,)), ("what is the email of the office", (EMAIL,))),
        ("用邮箱登录",),
    ),
    Rule(
        "web page",
        re.compile(
            rf"(?:网址|官网|网站){_ASKED}|{_WHAT}\w?(?:网址|网站|网页)|\b(?:website|url|web ?page|web address)\b"
        ),
        lambda m: (WEB,), (("报名网址是什么", (WEB,)), ("在哪个网站报名", (WEB,))),
        ("网站公告几天",),
    ),
    Rule(
        "phone",
        re.compile(
            rf"(?:电话|手机|热线|座机|总机|分机号?|专线|客服){_ASKED}|{_WHAT}\w?(?:电话|手机号?|热线|分机|座机)"
            rf"|(?:打|拨打?)(?:电话)?(?:给?{any_of(PERSONS_ASKED)}|{WHICH}个?(?:号|电话|热线|\W|$)"
            rf"|{WHAT}号|{HOW_MANY}(?:\W|$)|{HOW_FEW}号)"
            r"|\b(?:phone|telephone|hotline|mobile)\b(?: numbers?)?|\bnumber\b.*\b(?:call|dial|ring)\b"
            r"|\bwhom?\b.*\bcall\b|\bextension\b"
        ),
        lambda m: (PHONE,),
        (
            ("投诉打什么电话", (PHONE,)), ("净水器坏了打哪个号码", (PHONE,)), ("预约电话是多少", (PHONE,)),
            ("报修电话", (PHONE,)), ("which number do i call", (PHONE,)),
        ),
        ("电话预约怎么操作", "打电话请假可以吗", "电话费怎么报销", "打几次密码会被锁", "打哪种疫苗"),
    ),
    Rule(
        "contact",
        re.compile(
            rf"{any_of(HOW)}(?:才能|可以|能)?(?:联系|找到)|联系方式|\bhow\b.*\b(?:contact|reach|get in touch)\b"
            r"|\bcontact (?:details|information)\b"
        ),
        lambda m: (PHONE, EMAIL),
        (("代理机构怎么联系", (PHONE, EMAIL)), ("how can i contact the landlord", (PHONE, EMAIL))), ("联系业务",),
    ),
    Rule(
        "deadline",
        re.compile(
            rf"(?:截止|截至)(?:到|于|是|在)*(?:[时日][间期]|日)?{_ASKED}|(?:截止|截至)(?:到|于|是|在)*{_WHEN}|最[晚迟].{{0,8}}{_WHEN}"
            rf"|(?:{_WHEN})之?(?:前|截止|结束)|\b(?:deadline|due date|due|closing date|by when|latest)\b"
        ),
        lambda m: (DEADLINE,),
        (("投标截止时间是什么时候", (DEADLINE,)), ("最晚什么时候交", (DEADLINE,)), ("几号之前报名", (DEADLINE,))),
        ("什么时候开标",),
    ),
    Rule(
        "person", re.compile(rf"{any_of(PERSONS_ASKED)}|联系人|\bwho\b|\bcontact person\b"), lambda m: (PERSON,),
        (("会议由谁主持", (PERSON,)), ("联系人是谁", (PERSON,))), ("怎么主持",),
    ),
    Rule(
        "place",
        re.compile(rf"{any_of(WHERE)}|在{WHICH}|(?:地址|地点|位置|会场){_ASKED}|\b(?:where|address|venue|location)\b"),
        lambda m: (ADDRESS,), (("开标地点是哪里", (ADDRESS,)), ("在哪开会", (ADDRESS,))), ("几点开会",),
    ),
    Rule(
        "time", re.compile(rf"{_WHEN}|(?:时间|日期){_ASKED}|\b(?:when|what time|opening hours|what date)\b"),
        lambda m: (TIME, DEADLINE), (("什么时候开标", (TIME, DEADLINE)), ("面试时间", (TIME, DEADLINE))), ("多久办好",),
    ),
    Rule(
        "number",
        re.compile(
            rf"(?:编号|文号|代码|批号|型号|税号|序列号){_ASKED}|\b(?:reference|project|contract) (?:number|no|code)\b"
        ),
        lambda m: (NUMBER,), (("项目编号是多少", (NUMBER,)),), ("编号规则怎么定",),
    ),
    Rule(
        "amount",
        re.compile(
            rf"{HOW_MANY}(?:钱|元|$|\W)|(?:金额|价格?|费用?|押金|保证金|预算){_ASKED}|\bhow much\b|\bbudget\b"
        ),
        lambda m: (AMOUNT,), (("投标保证金是多少", (AMOUNT,)), ("预算多少钱", (AMOUNT,))), ("多少人",),
    ),
)  # fmt: skip
"""Which kinds of value a question asks for, in folded text; the first that matches counts."""
_CHECKS = re.compile(
    r"[上下]一?[次期届批轮回]|\b(?:next|last|previous)\b|吗\W*$|能不能|可不可以|是不是|是否"
    r"|^(?:is|are|was|were|do|does|did|can|must|may)\b"
)
WORDS_OF_LABELS = re.compile(
    r"时候|电话|手机|号码?|热线|座机|分机|联系方式|联系|地址|地点|位置|时间|日期|截止|截至|邮箱|电子邮件|电邮|网址|网站|官网|传真|邮编|邮政编码|"
    r"[账帐][号户]|编号|金额|最[晚迟]|之?前|客服|"
    r"\b(?:phone|telephone|numbers?|hotline|call|dial|ring|contact|reach|e-?mail|address|website|url|fax|deadline|due|"
    r"date|time|details|get in touch|extension|venue|location|latest|code|for|have|there|any|want|need|"
    r"submitting|hold|held)\b"
)
_LIGHT = re.compile(
    r"[里中打拨找问说想我要个给跟与和同人者家咱能该应请叫用去往从对于把被让可需得一下看这那其本各发到寄送]|举行|召开|举办|进行|开会|设在|定在|知道|告诉|"
    r"开(?=[的会在]|\W|$)|出了?事|怎"
)


@dataclass(frozen=True, slots=True)
class FieldAsked:
    """A labelled value that is asked for.

    ``text`` is the folded question, ``asking`` marks for each of its characters whether it only asks. ``topics`` are
    what the value is for, each with the span of what says so.
    """

    kinds: Kinds
    text: str
    asking: tuple[bool, ...]
    topics: tuple[tuple[Topic, int, int], ...]


def field_asked(query: Query) -> FieldAsked | None:
    """Return the labelled value that a question asks for; None where it asks for none, or whether something is so."""
    folded = query.folded
    found = first_made(ASKED, folded)
    if found is None or _CHECKS.search(folded):
        return None
    asking = [not char.isalnum() for char in folded]
    for pattern in (EMPTY, WORDS_OF_LABELS, _LIGHT):
        for match in pattern.finditer(folded):
            asking[match.start() : match.end()] = [True] * (match.end() - match.start())
    topics = tuple((topic, *match.span()) for topic in TOPICS for match in topic.pattern.finditer(folded))
    return FieldAsked(found[1], folded, tuple(asking), topics)
