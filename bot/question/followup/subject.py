"""What a question is about: its topic, the thing that a pronoun stands for, the phrases that it is made of."""

import re
from collections.abc import Iterator

from bot.language.folding import fold
from bot.language.lexicon import (
    BINDING,
    HOW,
    HOW_FEW,
    HOW_MANY,
    MAY,
    MUST,
    OFFICES,
    SIDES,
    SINGLE_VERBS,
    SPEECHES,
    WHAT,
    WHICH,
    WHO,
    any_of,
)
from bot.language.numerals import NUMBER
from bot.question.light_words import ASKING, ASKS, TERM

ORDINAL = re.compile(rf"(?:第[（(]?{NUMBER}[）)]?|最后一)(?P<unit>部分|方面|[编章节条款项点个])?")
"""A place in a text: "第三条", "第（二）项", "最后一部分"."""
_BEHIND_A_LAW = rf"第|[一总]?共?[分有讲][{WHICH}{HOW_FEW}多为成了]|[一总]共|由{WHICH}|包括"
LAW = re.compile(rf"《[^》]+》|[\u4e00-\u9fff]{{0,20}}?{any_of(BINDING, SPEECHES)}(?={_BEHIND_A_LAW})")
"""The name of what a place stands in, before the place or the question for its parts."""
SIDE = re.compile(rf"(?:{any_of(SIDES)})$")
"""A side of a thing at the end of a phrase: "那期限呢" asks for another side, "那教师呢" for that of another thing."""
OPENING = re.compile(r"^(?:对于?|关于|在|从|按照|根据|给|向)(?=..)")
"""A preposition before a phrase."""

_STOP = (
    rf"{ASKING}|[\s，。？！、；：,.?!;:《》“”「」]+|{any_of(MUST, MAY, ('不得', '属于', '负责'))}|"
    r"(?<![主重需摘纪])要(?![求点素件])|(?<![所没国公具拥享私])有(?![关效限权])|(?<![行因作认成])为|"
    r"(?<![自理])由(?!于)|(?<!但)是|被(?!告)|须|"
    r"(?<![反响供对效])应(?!用)|(?<![功职智性产])能(?![力源量])|(?<![大社机员协工委董监商学例年班晚])会(?![议计员])|"
    r"(?:处罚|罚款?|赔偿?|收费|缴纳?|支付|处理|规定|办理|申请)"
    rf"(?={any_of(HOW, (HOW_MANY, HOW_FEW, WHAT))})"
)
CUT = re.compile(_STOP)
"""What ends a subject."""
_BREAK = re.compile(rf"{_STOP}|的")
# A predicate or adverb left at the end of a subject, as in "…灯塔建于", "…读者一次".
_PREDICATE = re.compile(
    r"(?:[建位始处死毁][于在成]|(?:(?:[出诞发]|起)[生源]|逝世|去世|成立|设立|创立|创建|建立|建成|建造|修建|坐落|举行|召开|"
    r"开始|结束|开放|施行|实施|生效|出版|发表|发布|公布|设计|制定|毕业|占地|分布|生活|持续|讲|规定|一次|[一每]个?[年月天日周次晚人]|"
    r"全长|最[长高多大]|目前|现在|最早|主要|[于在了从的]|(?<!迟)到)+)$"
)
_WHO_ASKED = re.compile(rf"[由是]?(?:{WHO}|{WHICH}一?[位个](?:{any_of(OFFICES, '人')})?)")
_AMOUNTS = (HOW_MANY, HOW_FEW)
_NOUN = 2
_PLACED_IN = re.compile(rf"(?:{LAW.pattern})(?:{ORDINAL.pattern})+")


def topic(last: str) -> str:
    """What a question is about: the question without its interrogatives, all of it where nothing else is left."""
    spans = [match.span() for match in ASKS.finditer(fold(last))]
    rest = "".join(char for at, char in enumerate(last) if not any(start <= at < end for start, end in spans))
    once = re.sub(r"(.{2,})\1", r"\1", rest.strip(" ，,"))  # "…制度是什么制度"
    return re.sub(r"^是(?=..)|(?:[建位始处][于在]|[在是为有到从于的了])+$", "", once) or last


def subject(last: str) -> str:
    """What a pronoun stands for: the place in a law, the quoted term or title before, else the subject or the topic."""
    place = _PLACED_IN.search(last) or TERM.search(last)
    if place:
        return place.group()
    cut = CUT.search(fold(last))
    head = _PREDICATE.sub("", OPENING.sub("", last[: cut.start()] if cut else last))
    owner, _, side = head.rpartition("的")
    if len(owner) > 1 and SIDE.search(fold(side)):
        head = owner
    return head if len(head) > 2 else _PREDICATE.sub("", topic(last)) or topic(last)


def person(last: str, answer: str) -> str | None:
    """Who the answer says it was, where that was asked: what stands there before the verb or behind the noun."""
    asked = _WHO_ASKED.search(fold(last))
    if asked is None or not re.search(r"\[\d", answer):  # a refusal cites nothing
        return None
    before, after = fold(last)[: asked.start()][-3:], fold(last)[asked.end() :].strip("的了？?")[:2]
    form = r"(?P<who>[^\s，。；、]{2,14}"
    form = f"{form}?){re.escape(after)}" if after else f"{re.escape(before)}[是为由叫]?{form})"
    there = re.search(form, fold(answer)) if len(after or before) > 1 else None
    return re.sub(r"^.*[由是被]", "", answer[slice(*there.span("who"))]) or None if there else None


def phrases(text: str) -> Iterator[slice]:
    """Yield where the phrases between interrogatives, modals and punctuation stand."""
    start = 0
    for match in [*_BREAK.finditer(fold(text)), None]:
        end = match.start() if match else len(text)
        opening = OPENING.match(text[start:end])
        start += opening.end() if opening else 0
        length = len(_PREDICATE.sub("", text[start:end]))
        if length > _NOUN and match and match[0].startswith(_AMOUNTS) and text[start + length - 1] in SINGLE_VERBS:
            length -= 1  # "迟到|扣多少钱"
        if length > 1:
            yield slice(start, start + length)
        start = match.end() if match else end
