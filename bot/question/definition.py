"""Questions for what a term means ("什么是居住权？", "哪些人算公务员"), and what the documents may call it."""

import re
from dataclasses import dataclass

from bot.language.folding import is_han
from bot.language.lexicon import HOW, WHAT, WHAT_IS, WHICH_ONES, any_of
from bot.language.rules import Rule, first_made

_WORD = r"[^，。？?！!；;：:,\s](?:[^，。？?！!；;：:,]{0,38}[^，。？?！!；;：:,\s])?"
_SHORT_WORD = _WORD.replace("38}", "38}?")
_END = r"[呢啊吗]?[？?。!！\s]*$"
_SETS = any_of(("人", "人员", "单位", "企业", "行为", "情形", "情况", "房屋", "车辆", "收入", "东西", "地方", "费用"))
RULES: tuple[Rule[str], ...] = (
    Rule(
        "what is a term",
        re.compile(rf"(?:^|[，,：:])(?:请问)?(?:{any_of(WHAT_IS)}|{WHAT}叫做?|{any_of(HOW)}(?:定义|界定|理解))(?P<term>{_WORD}){_END}"),
        lambda m: m["term"],
        (("什么是居住权？", "居住权"), ("如何界定商业秘密", "商业秘密")), ("什么时候开门", "为什么是周一"),
    ),
    Rule(
        "a term is what",
        re.compile(
            rf"(?P<term>{_SHORT_WORD})(?:是?(?:{any_of(HOW)})(?:来)?(?:定义|界定)的?|(?:具体)?是?指(?:的是)?{WHAT}(?:意思)?"
            rf"|是?{WHAT}(?:意思|概念|含义)|是{WHAT}|的(?:定义|含义|概念)(?:是{WHAT})?){_END}"
        ),
        lambda m: m["term"],
        (("居住权是什么意思？", "居住权"), ("法里说的“道路”怎么界定", "法里说的“道路”"), ("要约指的是什么", "要约")),
        ("什么时候", "是什么"),
    ),
    Rule(
        "who or what counts as it",
        re.compile(rf"(?:{any_of(WHICH_ONES)}|{WHAT}(?:样的?)?)(?:{_SETS})?才?(?:算是?|属于|称得上|可以?叫做?)(?P<term>{_WORD}){_END}"),
        lambda m: m["term"],
        (("哪些人算公务员？", "公务员"), ("什么样的企业算小微企业", "小微企业")), ("哪些材料要交", "算不算加班"),
    ),
    Rule(
        "in English",
        re.compile(
            rf"^what (?:is|are)(?: meant by)? (?:an? |the )?(?P<what>{_WORD}){_END}"
            rf"|what (?:does|do) (?:the term )?(?P<mean>{_WORD}) mean{_END}"
            rf"|(?:\bdefine|definition of|meaning of) (?:an? |the )?(?P<define>{_WORD}){_END}"
        ),
        lambda m: m["what"] or m["mean"] or m["define"],
        (("what is a confidential record?", "confidential record"), ("what does “breach” mean?", "“breach”")),
        ("what time is it", "who defines it"),
    ),
)  # fmt: skip
"""The term that a question wants the meaning of, in folded text."""
_QUOTED = re.compile(r"[“\"「『'‘](?P<term>[^”\"」』'’]{1,30})[”\"」』'’]")
_BELONGS = re.compile(r"^.*?(?:[里中上](?:所?[说讲称写]|规定|提到)?的?|所称的?|所说的|说的|规定的|的)")
_MOST = 3


@dataclass(frozen=True, slots=True)
class DefinitionAsked:
    """What a term means is asked for.

    ``terms`` are what it may be, the longest first, folded; ``apart`` is what else the question says.
    """

    terms: tuple[str, ...]
    apart: str


def definition_asked(folded: str) -> DefinitionAsked | None:
    """Return what a question wants the meaning of; None where it asks for no meaning."""
    found = first_made(RULES, folded)
    if found is None:
        return None
    written = found[1]
    quoted = _QUOTED.search(written)
    terms = [quoted["term"]] if quoted else [written]
    while not quoted and len(terms) < _MOST and (shorter := _BELONGS.sub("", terms[-1])) != terms[-1]:
        terms.append(shorter)
    kept = tuple(term for term in terms if len(term) > 1 or (term and not is_han(term)))
    return DefinitionAsked(kept, folded.replace(kept[-1], " ")) if kept else None
