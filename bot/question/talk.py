"""Talk: what people type that asks nothing of the documents: a greeting, thanks, "what can you do", a mere "嗯"."""

import re
from typing import Literal

from bot.language.folding import runs
from bot.language.lexicon import HOW_SPOKEN, WHAT, WHAT_COLLOQUIAL, WHICH_OF_ALL, WHO, any_of
from bot.language.rules import Rule

Talk = Literal["greeting", "thanks", "goodbye", "ability", "nothing"]

_WHAT = any_of((WHAT, WHAT_COLLOQUIAL))
_CLAUSE = re.compile(r"[,.;:!?。、~…\"“”'‘’()\n]+")


def _rule(name: Talk, pattern: str, examples: tuple[str, ...], counterexamples: tuple[str, ...]) -> Rule[Talk]:
    """Return a rule that a clause, or a whole message, must match from end to end."""

    def make(match: re.Match[str]) -> Talk:
        return name

    return Rule(name, re.compile(rf"^(?:{pattern})$"), make, tuple((text, name) for text in examples), counterexamples)


RULES: tuple[Rule[Talk], ...] = (
    _rule(
        "ability",
        rf"你(?:是|叫)(?:{WHO}|{WHAT}(?:名字|东西|人)?)|你(?:都|还)?(?:能|会|可以)(?:够|为我|帮我|给我)*(?:做|干|回答|查|问)?(?:些)?"
        rf"(?:{_WHAT}|{WHICH_OF_ALL})(?:事|事情|问题|忙)?|你有{_WHAT}(?:用|功能)|{HOW_SPOKEN}(?:用|使用|提问)(?:你|这个)?"
        rf"|(?:这个?)?{HOW_SPOKEN}用|(?:使用)?帮助|功能(?:介绍)?|(?:请)?(?:介绍|说说)(?:一下)?(?:你)?自己|自我介绍"
        r"|help(?: me)?|who are you|what are you|what can you do(?: for me)?|what can i ask|how does (?:this|it) work",
        examples=("你是谁", "你能做什么", "你可以帮我做些什么", "怎么用", "帮助", "what can you do", "who are you"),
        counterexamples=("你能做什么运动", "局长是谁", "怎么用水泵", "法律帮助"),
    ),
    _rule(
        "greeting",
        r"(?:你|您|大家|各位|同志们|老师)?们?好(?:呀|啊|哇|吗|哦)|(?:你|您|大家|各位|同志们|老师)们?好|早(?:上好|安)?|(?:上午|中午|下午|晚上)好"
        r"|在(?:吗|不在)|有人吗|哈[喽啰罗]|嗨+|(?:hi|hello|hey)(?: there)?|good (?:morning|afternoon|evening|day)",
        examples=("你好", "您好呀", "早上好", "在吗", "hello", "Good morning"),
        counterexamples=("你好公司的地址", "好", "早班几点"),
    ),
    _rule(
        "thanks",
        r"(?:非常|多么?|十分|太|真是?)?(?:谢谢|感谢|多谢|谢)(?:你|您|大家)?(?:们)?(?:了|啦|啊|哦|的?(?:帮助|回答|解答))?|辛苦(?:你|您)?了"
        r"|(?:many )?thanks(?: a lot| very much)?|thank you(?: so much| very much)?|thx",
        examples=("谢谢", "谢谢你", "非常感谢", "辛苦了", "thank you", "Thanks"),
        counterexamples=("感谢信写什么", "谢谢你的信在哪"),
    ),
    _rule(
        "goodbye",
        r"再见|拜拜|回头见|下次见|晚安|(?:good)?bye(?: bye)?|see you(?: later)?",
        examples=("再见", "拜拜", "bye"),
        counterexamples=("再见面是什么时候",),
    ),
    _rule(
        "nothing",
        r"[嗯哦噢啊呃额唔哈呵嘿]+|好(?:的|吧|嘞|呀)?|行(?:吧)?|可以|对(?:的)?|是的?|不是|没有了?|知道了|明白了?|收到|懂了|测试(?:一下)?"
        r"|ok(?:ay)?|yes|no|fine|sure|test|hmm+|well",
        examples=("嗯", "嗯嗯", "好的", "ok", "知道了", "测试"),
        counterexamples=("测试服的地址", "对外开放时间"),
    ),
)  # fmt: skip
"""What a clause of talk is."""
_ORDER: tuple[Talk, ...] = ("ability", "greeting", "thanks", "goodbye", "nothing")
"""Of several clauses, the one that counts."""


def talk_of(folded: str) -> Talk | None:
    """Return what a folded message is where it asks nothing of the documents; None where any part of it may."""
    if not runs(folded):
        return "nothing"
    said = [_kind(clause.strip()) for clause in _CLAUSE.split(folded) if runs(clause)]
    return None if None in said else next(kind for kind in _ORDER if kind in said)


def _kind(clause: str) -> Talk | None:
    return next((kind for rule in RULES if (kind := rule.first(clause)) is not None), None)
