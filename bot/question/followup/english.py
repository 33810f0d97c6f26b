"""The rules for English follow-ups, in the order in which they are tried: the question before comes in front."""

import re

from bot.language.lexicon import ENGLISH_BE, ENGLISH_DO, ENGLISH_MODALS, ENGLISH_PREPOSITIONS, any_of
from bot.question.followup.rules import ANYTHING, FollowUpRule, Turn
from bot.question.light_words import says

_WORDS = 3
"""A question with a pronoun and at most this many words of its own, the pronoun among them, leans."""
_OPENING = re.compile(
    r"^(?:(?:what about|how about|same for)\b|(?:and|but|or|then|so)\b(?=.{1,30}$)|.{1,30}\b(?:too|as well)\W*$)"
)
_FRAGMENT = re.compile(
    rf"^(?:{any_of(ENGLISH_PREPOSITIONS)}|the (?:first|second|third|next|last|other))\b"
    rf"(?!.*\b{any_of(ENGLISH_BE, ENGLISH_DO, ENGLISH_MODALS)}\b).{{1,30}}$"
)
_PRONOUN = re.compile(
    r"""
      \b(?:
        # not the IT department, nor "is it legal to"
        (?! IT\b | (?i:it)\s+\w+\s+(?:to|that)\b ) (?i:it)
      | its | they | them | their | he | she | his | her | him
      )\b
    | \b(?:this|that|these|those)\b (?: \s+ (?P<noun>\w+) )?
    """,
    re.VERBOSE,
)


def _behind(turn: Turn) -> str:
    return f"{turn.last}? {turn.asked}"


def _for_pronoun(match: re.Match[str], turn: Turn) -> str | None:
    own = [word for word in re.findall(r"\w+", turn.asked) if says(word)]
    if says(turn.asked[: match.start()]) and len(own) > _WORDS:
        return None
    noun = match["noun"]
    known = noun is None or not says(noun) or noun.lower() in f"{turn.last} {turn.answer}".lower()
    return _behind(turn) if known else None


_KEPT = "How long may a book be kept"

ENGLISH = (
    FollowUpRule(
        "nothing of its own",
        ANYTHING,
        lambda _, turn: None if says(turn.asked) else _behind(turn),
        examples=((Turn(_KEPT, "", "Why?"), "How long may a book be kept? Why?"),),
        counterexamples=(Turn(_KEPT, "", "late fee?"),),
    ),
    FollowUpRule(
        "opening",
        _OPENING,
        lambda _, turn: _behind(turn),
        examples=(
            (Turn(_KEPT, "", "and the fee?"), "How long may a book be kept? and the fee?"),
            (Turn(_KEPT, "", "What about films?"), "How long may a book be kept? What about films?"),
        ),
        counterexamples=(Turn(_KEPT, "", "How many books may a reader borrow?"),),
    ),
    FollowUpRule(
        "fragment",
        _FRAGMENT,
        lambda _, turn: _behind(turn),
        examples=(
            (Turn(_KEPT, "", "For students?"), "How long may a book be kept? For students?"),
            (Turn(_KEPT, "", "the second time?"), "How long may a book be kept? the second time?"),
        ),
        counterexamples=(Turn(_KEPT, "", "In which year was the library founded?"), Turn(_KEPT, "", "late fee?")),
    ),
    FollowUpRule(
        "pronoun",
        _PRONOUN,
        _for_pronoun,
        examples=(
            (Turn(_KEPT, "", "How do I renew it?"), "How long may a book be kept? How do I renew it?"),
            (Turn("Which card do I need", "", "that one?"), "Which card do I need? that one?"),
            (
                Turn("Which books may I keep", "", "Are these books free?"),
                "Which books may I keep? Are these books free?",
            ),
        ),
        counterexamples=(
            Turn(_KEPT, "", "Is it legal to record a phone call?"),
            Turn(_KEPT, "", "What is the IT department responsible for?"),
            Turn(_KEPT, "", "How does a company protect its trade secrets?"),
            Turn(_KEPT, "", "Who founded the library and when did it open to everyone?"),
            Turn(_KEPT, "", "Is this bridge the longest in the city?"),
        ),
        typed=True,
    ),
)
"""A question that none of these completes stands alone."""
