"""Questions that set things side by side: "2019年和2021年…各是多少", "A和B的规定有什么不同", "历年…"."""

import re
from dataclasses import dataclass

from bot.language.designators import YEAR_RULES
from bot.language.lexicon import HOW, INTERROGATIVE_STEMS, WHAT, WHAT_COLLOQUIAL, WHICH_OF_ALL, WHICH_PLACE, any_of

_BETWEEN = r"(?:、|和|与|跟|同|及|以及|比|较|vs\.?|and|versus)"
_ASKS = re.compile(
    rf"(?:有|存在)?(?:了)?(?:{any_of((WHAT, WHAT_COLLOQUIAL, WHICH_OF_ALL))}|{any_of(HOW)})?的?"
    rf"(?:不同|区别|差异|差别|变化|异同|相同|不一样|调整)(?:之处|的地方|点)?(?:是{WHAT}|在{any_of(WHICH_PLACE)}|吗)?"
    rf"|(?:一样|相同|一致)吗|对比|比较一?下?|相比|分别|各自|各(?=[是有为要达]|{any_of(INTERROGATIVE_STEMS)})|历年|历次|逐年"
    r"|\b(?:differences?|differ|compared?|changed?|versus|vs)\b"
)
_EVERY = re.compile(r"历年|历次|逐年")
_LEFT = re.compile(rf"(?P<left>[^,，。;；:：?？\s]{{2,24}}?){_BETWEEN}(?P<right>[^,，。;；:：?？\s]{{2,30}})")
_TAIL = re.compile(
    rf"(?:的|在|对|里|中|之间|关于|要求|规定|分别|各|有|是|一样|相比|对比|{any_of(INTERROGATIVE_STEMS)}).*$"
)
_VERSION = r"(?:修订|修正|修改)?(?:版|稿|本)?的?"
_QUESTION_END = re.compile(r"[?？。!！\s]+$")


@dataclass(frozen=True, slots=True)
class Comparison:
    """Sides that are set beside one another, folded: ``years``, or ``names`` of documents; ``every`` year there is.

    ``core`` is the question without its sides and without the words that compare, to be asked of each side.
    """

    years: tuple[int, ...] = ()
    names: tuple[str, str] | None = None
    every: bool = False
    core: str = ""


def comparison(folded: str) -> Comparison | None:
    """Return what a folded question compares; None where it compares nothing."""
    asked = _QUESTION_END.sub("", folded)
    compares = _ASKS.search(asked)
    if compares is None:
        return None
    years = tuple(
        dict.fromkeys(
            one.first[0] for rule in YEAR_RULES for made in rule.all(asked) for one in made if one.single
        )
    )  # fmt: skip
    if _EVERY.search(asked):
        return Comparison(every=True, core=_core(asked, [_EVERY.pattern]))
    if len(years) > 1:
        spans = [match[0] for rule in YEAR_RULES for match in rule.pattern.finditer(asked)]
        written = [rf"{re.escape(span)}{_VERSION}" for span in spans]
        return Comparison(years=years, core=_core(asked, [rf"{side}{_BETWEEN}" for side in written] + written))
    sides = _LEFT.search(asked)
    if sides is None:
        return None
    left, right = sides["left"], _TAIL.sub("", sides["right"])
    if len(right) < 2:
        return None
    pattern = re.escape(asked[sides.start() : sides.start("right") + len(right)])
    return Comparison(names=(left, right), core=_core(asked, [pattern]))


def _core(asked: str, sides: list[str]) -> str:
    """Return a question without its sides and its words that compare, ready to be asked of one side."""
    rest = asked
    for pattern in (*sides, _ASKS.pattern):
        rest = re.sub(pattern, "", rest)
    rest = re.sub(r"^[\s,，的]+|[\s,，的]+$", "", rest)
    asks = re.search(rf"{any_of(INTERROGATIVE_STEMS)}|\?", rest)
    return rest if asks or not rest else f"{rest}是{WHAT}"
