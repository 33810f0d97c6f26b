"""The expressions that addresses are found by, built from named parts; those that make something are rules.

All stand in folded text.
"""

import re
from dataclasses import dataclass

from bot.language.lexicon import (
    BINDING,
    DIVISIONS,
    ENGLISH_PAPERS,
    HOW,
    REQUESTS,
    WHAT,
    WHAT_COLLOQUIAL,
    WHICH_OF_ALL,
    any_of,
)
from bot.language.numerals import NUMBER, numeral
from bot.language.rules import Rule

_LARGE = DIVISIONS[: DIVISIONS.index("款")]
"""Units that an address may begin with."""
_AND = r"(?:(?:、|,|;|以?及|和|与|或者?|跟|还有|and\b|or\b|&)\s*)+"
_TO = r"(?:至|到|-|—+|–|~|to\b|through\b)"
_BRACKETED_NUMBER = rf"\(?\s*{NUMBER}\s*\)?"
_TITLE = r"《[^》]+(?:《[^》]*》[^》]*)*》"
ENGLISH_UNITS = {
    "part": "编", "chapter": "章", "article": "条", "paragraph": "款",
    "item": "项", "subparagraph": "项", "point": "项",
}  # fmt: skip
_ENGLISH_JOINT = r"(?:\s*,\s*|\s*(?:,\s*)?(?:and|or|to|through)\s+|\s*[-–&]\s*)"

FIRST = re.compile(rf"第\s*{NUMBER}\s*[{_LARGE}]")
"""Where addresses begin."""
ENGLISH = re.compile(r"\b(?:part|chapter|article)s?\s+\d{1,4}\b")
"""That a question names an address in English."""
JOINT = re.compile(rf"[\s的]*(?:(?P<to>{_TO})|(?P<more>{_AND}))?\s*")
"""What stands between two numbers of addresses."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number with its unit ("" where it has none: "(2)") and where both end in the text.

    ``inserted`` is M of "第N条之M", 0 without.
    """

    unit: str
    number: int
    end: int
    inserted: int = 0


NUMBERED = Rule(
    "numbered",
    re.compile(
        rf"""
        第\s* \(?\s* (?P<number>{NUMBER}) \s*\)? \s*
        (?P<unit> [编章节条款项] | 目(?!标|录|前|的[是在]) )
        (?: 之 (?P<inserted>{NUMBER}) )?
        """,
        re.VERBOSE,
    ),
    lambda m: Number(m["unit"], numeral(m["number"]), m.end(), numeral(m["inserted"]) if m["inserted"] else 0),
    examples=(
        ("第三十条", Number("条", 30, 4)),
        ("第3条之一", Number("条", 3, 5, 1)),
        ("第(二)项", Number("项", 2, 5)),
        ("第2目的内容", Number("目", 2, 3)),
    ),
    counterexamples=("第二目标", "第二目的是什么", "三十条"),
)
BRACKETED = Rule(
    "bracketed",
    re.compile(rf"\(\s*(?P<number>{NUMBER})\s*\)\s*项?"),
    lambda m: Number("", numeral(m["number"]), m.end()),
    examples=(("(二)", Number("", 2, 3)), ("( 1 )项", Number("", 1, 6))),
    counterexamples=("二", "(x)"),
)
NEXT_LAW = Rule(
    "law of a later address",
    re.compile(rf"(?P<law>{_TITLE}|[^\s,。;:?!、第]{{2,40}}?)[的中]?\s*(?=第\s*{NUMBER}\s*[{_LARGE}])"),
    lambda m: m["law"],
    examples=(("公司法第五条", "公司法"), ("《公司法》的第五条", "《公司法》")),
    counterexamples=("第五条", "公司法"),
)


def _each_with_unit(match: re.Match[str]) -> str:
    return re.sub(rf"第?\s*({_BRACKETED_NUMBER})", rf"第\1{match['unit']}", match["numbers"])


def _english_step(match: re.Match[str]) -> str:
    """The numbers behind an English unit, and those in brackets behind the last of them with the units below it."""
    unit = ENGLISH_UNITS[match["unit"]]
    form = re.sub(r"\(?(\d+)\)?", rf"第\1{unit}", match["numbers"])
    deeper = DIVISIONS[DIVISIONS.index(unit) + 1 :]
    inner = re.findall(r"\d+", match["inner"])
    return form + "".join(f"第{number}{below}" for number, below in zip(inner, deeper, strict=False))


ONE_UNIT = Rule(
    "several numbers of one unit, which is written once",
    re.compile(
        rf"""
        第\s* (?P<numbers> {_BRACKETED_NUMBER} (?: \s*(?:、|和|与|及|或|至|到|-|—|~)\s* 第?\s* {_BRACKETED_NUMBER} )+ )
        \s* (?P<unit>[条款项])
        """,
        re.VERBOSE,
    ),
    _each_with_unit,
    examples=(("第三、五条", "第三条、第五条"), ("第(一)至(三)项", "第(一)项至第(三)项")),
    counterexamples=("第三条、第五条", "第三条"),
)
ENGLISH_STEP = Rule(
    "English unit with its numbers",
    re.compile(
        rf"""
        \b (?P<unit>{any_of(ENGLISH_UNITS)}) s? \s+
        (?P<numbers> \(?\d{{1,4}}\)? (?: {_ENGLISH_JOINT} \(?\d{{1,4}}\)? )* )
        (?P<inner> (?: \s?\(\d{{1,3}}\) )* )
        """,
        re.VERBOSE,
    ),
    _english_step,
    examples=(("article 5(2)", "第5条第2款"), ("articles 3 and 5", "第3条 and 第5条"), ("item (3)", "第3项")),
    counterexamples=("an article", "5 articles"),
)
INNER_OF_OUTER = Rule(
    "inner of outer",
    re.compile(
        rf"(?P<inner>(?:第{NUMBER}[款项])+)\s+of\s+(?:the\s+)?(?P<outer>(?:第{NUMBER}[编章条款])+)",
    ),
    lambda m: m["outer"] + m["inner"],
    examples=(("第2项 of 第3条", "第3条第2项"), ("第3项 of the 第2款", "第2款第3项")),
    counterexamples=("第3条 of the law",),
)

OPENING = Rule(
    "what may open a question for an address",
    re.compile(
        rf"^(?:{any_of(REQUESTS)}|请|帮我|给我|我想|知道|根据|依据|按照|依照|查找|查一?下?|查看|看看|看一?下?|打开|引用|列出|显示|"
        r"翻到|在|what (?:does|do|is|are)\b|show me\b|show\b|open\b|quote\b|under\b|in\b|the\b|\s)+"
    ),
    lambda m: m.string[m.end() :],
    examples=(("请问根据公司法", "公司法"), ("show me the company law", "company law")),
    counterexamples=("公司法",),
)
NOTHING_ELSE = Rule(
    "what may end a question for nothing but an address",
    re.compile(
        rf"^(?:{any_of(HOW, (WHICH_OF_ALL, WHAT, WHAT_COLLOQUIAL))}|"
        r"规定|内容|条文|原文|全文|意思|具体|主要|到底|究竟|分别|说|讲|写|"
        r"有|是|都|各|的|了|呢|吗|为|请|列出|给出|显示|查看|中|里|say|mean|provide|state|about|"
        r"of th(?:e|is) (?:law|document|contract|text)|[\s?!.。,:])*\Z"
    ),
    lambda m: m[0],
    examples=(("规定了什么?", "规定了什么?"), ("", "")),
    counterexamples=("规定的罚款是多少",),
)
THIS_LAW = Rule(
    "the document itself",
    re.compile(
        rf"^(?:(?:[本该此]|这[部份个篇项]?|上述)(?:{any_of(BINDING, ('法律', '文件'))})?"
        rf"|(?:th(?:is|e)\s+)?{any_of(ENGLISH_PAPERS)})$"
    ),
    lambda m: m[0],
    examples=(("本法", "本法"), ("这份合同", "这份合同"), ("this law", "this law")),
    counterexamples=("公司法",),
)
NAME = Rule(
    "name before an address",
    re.compile(rf"{_TITLE}$|[^\s,。;:?!]{{2,100}}$"),
    lambda m: m[0],
    examples=(("请打开 《树木法》", "《树木法》"), ("再看,公司法", "公司法")),
    counterexamples=("法",),
)
ENGLISH_NAME = Rule(
    "name behind an English address",
    re.compile(
        r"^\s*,?\s*(?:of|in|under|from)\s+(?:the\s+)?(?P<name>[^?!.,;:]+?)"
        r"(?=\s+(?:says?|means?|provides?|states?|stipulates?|about)\b|\s*[?!.,;:]|\s*$)"
    ),
    lambda m: m["name"],
    examples=((" of the company law?", "company law"), (" of the act says", "act")),
    counterexamples=(" says",),
)
POINT = Rule(
    "point of an outline",  # its 条 are no articles: "第二点第一条"
    re.compile(rf"第\s*{NUMBER}\s*个?(?:大?部分|[大小]?点|方面|问题)$"),
    lambda m: m[0],
    examples=(("讲话第二点", "第二点"), ("第一大部分", "第一大部分")),
    counterexamples=("第二章",),
)

TEXT_RULES = (
    *(NEXT_LAW, ONE_UNIT, ENGLISH_STEP, INNER_OF_OUTER, OPENING, NOTHING_ELSE),
    *(THIS_LAW, NAME, ENGLISH_NAME, POINT),
)
NUMBER_RULES = (NUMBERED, BRACKETED)
"""Tried in order at each number."""
