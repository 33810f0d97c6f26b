"""Completes a question that leans on the one before it, by rule; a question that stands alone is left as it is."""

import re
from functools import reduce

from bot.text import fold
from bot.types import History

_LONGEST = 24
"""A longer question (in characters) says enough itself; English takes about three times as many."""
_LONGEST_ENGLISH = 70
_ENOUGH = 200
"""Characters of the last question that are searched again: the limit on a question does not hold for the history."""
_TURNS = 12

_ASKING = (
    r"什么时[候间]|什么地方|什么样|是?为什么|是什么|什么是|什么|是?为何|何[时地人种]|由?哪个?(?:部门|单位|机关|机构)|"
    r"(?:一共|总共)?(?:分为?|有|包括)?(?:哪?几|多少)[个大]?(?:部分|方面|[点条章节款项])|"
    r"[从自]?哪一?[年月日天]起?|哪一?[些个里儿位种类项首部]?|多[少大长高久]|几[个种天次年月日条位]|"
    r"如何|怎么样|怎么办(?!理)|怎么|怎样|[由被向归]?谁|是否|是不是|有没有|能不能|可不可以|请问|告诉我|[吗呢么]"
)
# Words that every question may use: what is made of them and of interrogatives alone says nothing of its topic.
_LIGHT = (
    r"具体|一共|总共|分别|主要|负责|主管|办理|处理|处罚|申请|执行|实施|规定|要求|需要|应当|应该|可以|必须|依据|理由|原因|"
    r"答复|公布|施行|生效|提交|支付|缴纳|赔偿|审核|审批|批准|修订|解释|制定|开始|结束|开放|"
    r"材料|条件|手续|后果|期限|标准|时间|以内|之内|内|每次|一次|用来|用于|别的|其他|其它|其余|其中|另外|然后|还有|还|再|又|接着|继续|更多|来|由|做|办|管|罚|交|缴|付|钱|"
    r"要|须|会|能|是|有|为|的|了|在|到|从|才|就|都|也|那么|那|这样|这么"
)
_ENGLISH = (
    r"\b(?:what|which|when|where|who|whom|whose|why|how|many|much|long|often|is|are|was|were|do|does|did|can|could|may|"
    r"must|should|will|would|the|a|an|of|in|on|to|for|by|and|or|but|so|then|please|tell|me|more|else|anything|any|"
    r"other|others|about|one|ones|be|with|at|from|as|not|exactly|there|responsible|happens|cost)\b"
)
_EMPTY = re.compile(rf"{_ASKING}|{_LIGHT}|{_ENGLISH}|[\W_]", re.IGNORECASE)
_ASKED = re.compile(_ASKING)

_MORE = re.compile(r"还有|另外|其他|其它|其余|继续|接着|更多")
_BEYOND = re.compile(r"还[有会要能]|其中|此外|除此之外|除了这些")
_PRONOUN = re.compile(
    r"(?<![其吉利排])(?:它们?|他们|她们|他(?![人乡国杀])|她)|(?<![尤极与])其(?![他它中余实次间])|"
    r"[这那此](?=[是由会能怎如何吗？?]|要(?!求)|有(?![效关限])|为[什何]|$)|[这那]个(?=[是由要有会能怎如何吗？?]|为[什何]|$)|[前后]者"
)
_DEMONSTRATIVE = re.compile(
    r"(?:(?:[该此这]|上述)[个项种类些条份篇座款部张次首家所]?|那[个项种类些条份篇座款部张次首家所])([\u4e00-\u9fff]{2,6})"
)
_GENERIC = frozenset({"行为", "情况", "情形", "费用", "规定", "要求", "工作", "问题"})
_WHAT_OF = re.compile(r"^(?:那么?|而|如果是?|要是)?[，, ]*(.{1,20}?)[又则]?呢[?？。!！]*$")
_THEN = re.compile(r"^那(?:么[，, ]*|[，, ]+|(?!么))(?=.{1,10}$)")
_ORDINAL = re.compile(r"第[（(]?[一二三四五六七八九十百零〇两\d]+[）)]?(部分|方面|[编章节条款项点个])?")
_ORDINALS = re.compile(rf"(?:{_ORDINAL.pattern})+")
_PLACE_ASKED = re.compile(r"第|的?(?:是|有|讲|说|规定|内容|要求|提|怎么|什么|主要|具体)|[？?。]|$")
_LAW = re.compile(r"《[^》]+》|[\u4e00-\u9fff]{1,20}(?:法|条例|办法|规定|细则|规则|章程)(?=第)")
_RANK = {"编": 0, "部分": 0, "方面": 0, "章": 1, "节": 2, "点": 2, "个": 2, None: 2, "条": 3, "款": 4, "项": 5}
_TERM = re.compile(r"《[^》]+》|“[^”]+”|「[^」]+」|\"[^\"]+\"")
_TIME = re.compile(
    r"(?:\d{4}|[今明去前后当])年|上半年|下半年|周[一二三四五六日末]|星期[一二三四五六日天]|节假日|工作日|[\d一二三四五六七八九十]+月"
)
_BREAK = re.compile(
    rf"{_ASKING}|[\s，。？！、；：,.?!;:《》“”「」]+|应当|应该|可以|必须|需要|不得|属于|允许|负责|"
    r"(?<![主重需摘纪])要(?![求点素件])|(?<![所没国公具拥享私])有(?![关效限权])|(?<![行因作认成])为|"
    r"(?<![自理])由(?!于)|(?<!但)是|的|[须应能会]|"
    r"(?:处罚|罚款?|赔偿?|收费|缴纳?|支付|处理|规定|办理|申请)(?=多少|几|怎|如何|什么)"
)
# "那期限呢" asks for another side of the same thing, "那教师呢" for the same side of another thing.
_ASPECT = re.compile(
    r"(?:期|期限|时间|地[点址]|电话|费用?|金额|标准|条件|材料|手续|原因|目的|依据|责任|后果|比例|数量|人数|面积|程序|流程|步骤)$"
)
_OPENING = re.compile(r"^(?:对于?|关于|在|从|按照|根据|给|向)(?=..)")

_YES_NO = re.compile(r"吗|是否|是不是|有没有|能不能|可不可以")
_ENGLISH_OPENING = re.compile(
    r"(?:what about|how about|same for)\b|(?:and|but|or|then|so)\b(?=.{1,30}$)", re.IGNORECASE
)
_WORDS = 3
"""An English question with a pronoun and at most this many words of its own, the pronoun among them, leans."""
_ENGLISH_PRONOUN = re.compile(
    r"\b(?:it|its|they|them|their|he|she|his|her|him)\b|\b(?:this|that|these|those)\b(?:\s+(\w+))?", re.IGNORECASE
)


def complete(question: str, history: History) -> str:
    """Return the question as it is searched.

    A question that leans on the one before ("它由谁负责？", "那第二点呢？", "为什么？", "and the fee?") takes the words
    that it lacks from there; earlier follow-ups are completed first, so that a chain keeps its topic. Any other
    question is returned unchanged.
    """
    if not history:
        return question
    turns = history[-_TURNS:]

    def follow(last: tuple[str, str], turn: tuple[str, str]) -> tuple[str, str]:
        return _follow(turn[0], *last), turn[1]

    return reduce(follow, [*turns[1:], (question, "")], turns[0])[0]


def _follow(question: str, last: str, answer: str) -> str:
    """Complete one question from the completed one before it and that one's answer."""
    asked = question.strip()
    last = last.strip()[:_ENOUGH].rstrip("?？。.!！ ")
    chinese = bool(re.search(r"[\u4e00-\u9fff]", asked))
    if not last or not re.search(r"\w", asked) or len(asked) > (_LONGEST if chinese else _LONGEST_ENGLISH):
        return question
    completed = _chinese(asked, last, answer) if chinese else _english(asked, last, answer)
    return question if completed is None else completed


def _chinese(asked: str, last: str, answer: str) -> str | None:
    """The completed question; None where it stands alone. Folded text has the same length, so spans hold."""
    folded = fold(asked)
    if not _says(folded):
        return f"{last} {asked}" if _MORE.search(folded) else f"{_topic(last)} {asked}"
    if _BEYOND.match(folded):
        return f"{last} {asked}"
    pronoun = _PRONOUN.search(folded)
    if pronoun and not _TERM.search(asked) and _bare(folded[: pronoun.start()], folded[pronoun.end() :]):
        owner = "的" if pronoun.group() == "其" else ""
        return f"{asked[: pronoun.start()]}{_subject(last)}{owner}{asked[pronoun.end() :]}"
    pointed = _pointed(asked, folded, last, answer)
    if pointed is not None:
        return pointed
    what = _WHAT_OF.match(asked)
    if what and not _ASKED.search(fold(what.group(1))):
        return _what_of(what.group(1), last)
    ordinal = _ORDINAL.search(folded)
    if ordinal and not _says(folded[: ordinal.start()]) and _PLACE_ASKED.match(folded, ordinal.end()):
        outer = _outer(ordinal, last)
        return f"{outer}{asked[ordinal.start() :]}" if outer else None
    then = _THEN.match(asked)
    if then:
        return f"{_topic(last)} {asked[then.end() :]}"
    # A single character, as in "能退吗", is a verb that lacks its noun; in "什么是河" it is the noun.
    lacks = len(_EMPTY.sub("", folded)) < 2 and "是" not in folded
    return f"{_topic(last)} {asked}" if lacks else None


def _english(asked: str, last: str, answer: str) -> str | None:
    if not _says(asked) or _ENGLISH_OPENING.match(asked):
        return f"{last}? {asked}"
    pronoun = _ENGLISH_PRONOUN.search(asked)
    others = [word for word in re.findall(r"\w+", asked) if _says(word)]
    if pronoun is None or (_says(asked[: pronoun.start()]) and len(others) > _WORDS):
        return None
    noun = pronoun.group(1)
    known = noun is None or not _says(noun) or noun.lower() in f"{last} {answer}".lower()
    return f"{last}? {asked}" if known else None


def _says(text: str) -> bool:
    """Tell whether anything but interrogatives and words of every question stands in ``text``."""
    return bool(_EMPTY.sub("", text))


def _without(pattern: re.Pattern[str], text: str) -> str:
    """``text`` without what ``pattern`` finds in its folded form."""
    kept, start = [], 0
    for match in pattern.finditer(fold(text)):
        kept.append(text[start : match.start()])
        start = match.end()
    return "".join([*kept, text[start:]])


def _bare(before: str, after: str) -> bool:
    """Tell whether nothing that a pronoun could stand for precedes it: "它…", "由谁负责它…", "怎么申请它？"."""
    verb = _EMPTY.match(before) and not re.search(r"\w", after) and len(_EMPTY.sub("", before)) < 4
    return not _says(before) or bool(verb)


def _topic(last: str) -> str:
    """What a question is about: the question without its interrogatives, all of it where nothing else is left."""
    kept = _without(_ASKED, last).strip(" ，,")
    once = re.sub(r"(.{2,})\1", r"\1", kept)  # "…制度是什么制度"
    return once.rstrip("在是为有到从于的了") or last


def _subject(last: str) -> str:
    """What a pronoun stands for: the place in a law, the quoted term or title before, else what that is about."""
    place = re.search(rf"(?:{_LAW.pattern})(?:{_ORDINAL.pattern})+", last) or _TERM.search(last)
    return place.group() if place else _topic(last)


def _pointed(asked: str, folded: str, last: str, answer: str) -> str | None:
    """Complete "该部门", "这个办法": by the phrase before that ends in the noun, which must stand there."""
    match = _DEMONSTRATIVE.search(folded)
    if match is None or _says(folded[: match.start()]):
        return None
    said = match.group(1)
    before = (last, answer[:_ENOUGH])
    for size in range(len(said), 1, -1):
        noun = said[:size]
        rest = asked[match.start(1) + size :]
        for term in _TERM.findall(last):
            if noun in fold(term):
                return f"{asked[: match.start()]}{term}{rest}"
        for text in before:
            for start, end in _parts(text):
                at = fold(text).rfind(noun, start, end)
                if at > start:
                    return f"{asked[: match.start()]}{text[start : at + size]}{rest}"
    known = said[:2] in _GENERIC or any(said[:2] in fold(text) for text in before)
    return f"{_topic(last)} {asked}" if known else None


def _parts(text: str) -> list[tuple[int, int]]:
    """Spans of the phrases between interrogatives, modals and punctuation."""
    spans: list[tuple[int, int]] = []
    start = 0
    for match in [*_BREAK.finditer(fold(text)), None]:
        end = match.start() if match else len(text)
        opening = _OPENING.match(text[start:end])
        start += opening.end() if opening else 0
        if end - start > 1:
            spans.append((start, end))
        start = match.end() if match else end
    return spans


def _what_of(new: str, last: str) -> str:
    """Put ``new`` in the place of what it corresponds to in the question before, or in front of that question."""
    ordinal = _ORDINAL.match(fold(new))
    if ordinal and _ORDINALS.fullmatch(fold(new)):
        same = [m for m in _ORDINAL.finditer(fold(last)) if m.group(1) == ordinal.group(1) or not ordinal.group(1)]
        if not same:
            return f"{_outer(ordinal, last) or _topic(last)}{new}是什么？"
        unit = "" if ordinal.group(1) else same[-1].group(1) or ""
        old = _ORDINALS.match(fold(last), same[-1].start()) or same[-1]
        return f"{last[: old.start()]}{new}{unit}{last[old.end() :]}？"
    place = _place(_OPENING.sub("", new), last)
    if place is None:
        return f"{_topic(last)} {new}" if _ASPECT.search(new) else f"{new}{last}？"
    return f"{last[: place[0]]}{_OPENING.sub('', new)}{last[place[1] :]}？"


def _place(new: str, last: str) -> tuple[int, int] | None:
    """The span of ``last`` that ``new`` replaces: same kind, same head noun, else the first phrase."""
    for kind in (_TERM, _TIME):
        if kind.match(new):
            found = kind.search(last)
            return found.span() if found else None
    parts = _parts(last)
    for size in (2, 1):
        for start, end in parts:
            if last[start:end].endswith(new[-size:]):
                return start, end
    if len(new) < 5 and _ASPECT.search(new):
        return None
    if parts and _TIME.match(last[slice(*parts[0])]):
        return parts[-1] if len(parts) > 1 else None
    if not parts or (_YES_NO.search(last) and not _says(last[: parts[0][0]] + last[parts[0][1] :])):
        return None  # nothing would be left of what was asked
    return parts[0]


def _outer(ordinal: re.Match[str], last: str) -> str:
    """The title and the higher places of ``last`` ("《…》第二章") under which a lower place is to be looked up."""
    rank = _RANK[ordinal.group(1)]
    law = _LAW.search(last)
    higher = [m.group() for m in _ORDINAL.finditer(fold(last)) if m.group(1) and _RANK[m.group(1)] < rank]
    return (law.group() if law else "") + "".join(higher)
