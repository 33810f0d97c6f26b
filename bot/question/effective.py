"""Questions for the day from which a document is in force ("垃圾条例哪天开始实行？")."""

import re

from bot.language.lexicon import HOW_FEW, WHEN, WHICH, WHICH_DATE, any_of
from bot.language.rules import Rule, first_made

_IN_FORCE = "(?:施行|实施|生效|执行|实行|试行|起效|启用)"
_DAY = rf"(?:从?(?:{any_of(WHEN, WHICH_DATE)}|{WHICH}(?:一)?[天日年]|{HOW_FEW}[月号日]))"
RULES: tuple[Rule[str], ...] = (
    Rule(
        "from when",
        re.compile(rf"(?P<of>.*?)是?{_DAY}(?:起|开始|正式|才)*{_IN_FORCE}|(?P<noun>.*?)的?{_IN_FORCE}(?:日期|时间|日)"),
        lambda m: (m["of"] or m["noun"] or "").strip(),
        (
            ("垃圾条例是哪天开始实行的", "垃圾条例"),
            ("养犬条例什么时候生效", "养犬条例"),
            ("本办法的施行日期", "本办法"),
        ),
        ("什么时候开会", "谁来实施", "执行多久"),
    ),
    Rule(
        "in English",
        re.compile(
            r"\bwhen (?:does|did|do|will|is|was) (?P<of>.+?) "
            r"(?:take effect|come into (?:force|effect)|become effective|effective|in force)"
        ),
        lambda m: m["of"],
        (("when does the policy take effect?", "the policy"),),
        ("when is the meeting",),
    ),
)
"""What a question wants to know the first day of, in folded text; "" where it does not say."""
FORM = re.compile(
    rf"自[^，。；]{{2,24}}?起(?:正式|开始)?{_IN_FORCE}|从[^，。；]{{4,16}}日起{_IN_FORCE}"
    r"|\b(?:takes? effect|comes? into (?:force|effect)|(?:is |becomes )?effective)\b[^.;]{0,12}?\b(?:on|from|as of)\b"
)
"""How a sentence says it, in folded text."""


def effective_asked(folded: str) -> str | None:
    """Return what a question wants to know the first day of; None where it asks for none."""
    found = first_made(RULES, folded)
    return None if found is None else found[1]
