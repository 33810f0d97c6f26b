"""Questions for the steps of something ("怎么报名？"), for one of them ("第三步是什么"), for the one behind another."""

import re
from dataclasses import dataclass

from bot.language.folding import is_han
from bot.language.lexicon import HOW, HOW_FEW, HOW_SPOKEN, WHAT, WHICH, any_of, words
from bot.language.numerals import NUMBER, numeral
from bot.language.rules import Rule, first_made
from bot.question.query import Query, query_of

LAST = -1
_ENGLISH_ORDINALS = words("first second third fourth fifth sixth")
_STEPS = words("步骤 流程 程序 环节 顺序 手续")
_NO_DOING = words("样 回事 看 说 算 了 办呢 理解 看待 规定 处罚 处理 处分 赔 罚 收费 收 计算 定义 界定")
RULES: tuple[Rule[int], ...] = (
    Rule(
        "step by its number", re.compile(rf"第(?P<number>{NUMBER})(?:步|个步骤|个环节)"),
        lambda m: numeral(m["number"]),
        (("报名的第三步是什么", 3), ("第2个步骤", 2)), ("第三条是什么", "第一部分"),
    ),
    Rule(
        "last step", re.compile(r"最后一?(?:步|个步骤)|\blast step\b"), lambda m: LAST,
        (("最后一步做什么", LAST),), ("最后",),
    ),
    Rule(
        "step by its English number",
        re.compile(rf"\b(?P<number>{any_of(_ENGLISH_ORDINALS)}) step\b|\bstep (?P<digits>\d+)\b"),
        lambda m: int(m["digits"]) if m["digits"] else _ENGLISH_ORDINALS.index(m["number"]) + 1,
        (("what is the second step", 2), ("what is step 3", 3)), ("steps to take",),
    ),
    Rule(
        "all steps",
        re.compile(
            rf"{any_of(_STEPS)}|{any_of(HOW)}(?!{any_of(_NO_DOING)})(?<!了{HOW_SPOKEN})|[分{WHICH}]{HOW_FEW}步"
            r"|\bsteps\b|\bhow (?:do|can|should|to)\b"
        ),
        lambda m: 0,
        (("报名流程有哪些步骤", 0), ("怎么报名", 0), ("how do i register", 0)),
        ("怎么处罚", "怎么样", "下一步", "停车怎么收费", "过号了怎么办"),
    ),
)  # fmt: skip
"""Which step is asked for, in folded text: its number, ``LAST``, 0 for all."""
_AFTER = re.compile(
    r"(?P<before>.{2,20}?)(?:的|之后的?|以后的?|后的?|完的?)(?:下一步|接下来|然后)"
    rf"|(?P<done>.{{2,20}}?)(?:之后|以后|完)(?:再|还|要|该|应)?(?:[做干办]{WHAT}|{HOW_SPOKEN}做)"
)
_ASKED = re.compile(rf"{any_of(_STEPS)}|第{NUMBER}个?步?|步|最后|[的做走要]|\b(?:step|steps|first|last|register for)\b")


@dataclass(frozen=True, slots=True)
class StepsAsked:
    """Steps that are asked for.

    ``number`` is that of the one asked for, ``LAST`` for the last, 0 for all. ``after`` is what comes before the one
    asked for, if that is said. ``about`` are the words of the question that say of what: pairs of characters, words.
    """

    number: int
    after: str
    about: tuple[str, ...]


def steps_asked(query: Query) -> StepsAsked | None:
    """Return the steps that a question asks for; None where it asks for none."""
    after = _AFTER.search(query.folded)
    found = first_made(RULES, query.folded)
    if found is None and after is None:
        return None
    before = (after["before"] or after["done"]) if after else ""
    content = query_of(before).content if before else query.content
    rest = _ASKED.sub(" ", content).split()
    pairs = [piece[at : at + 2] for piece in rest if is_han(piece) for at in range(len(piece) - 1)]
    return StepsAsked(
        number=found[1] if found and not before else 0,
        after=before,
        about=tuple(dict.fromkeys([*pairs, *(piece for piece in rest if not is_han(piece))])),
    )
