"""Questions that lack their noun: "那怎么退？", "由谁设计？", "借多久？"."""

import re

from bot.language.folding import fold
from bot.language.lexicon import HOW_FEW, HOW_MANY, OFFICES, SINGLE_VERBS, VERBS, WHAT, WHICH, WHO, any_of
from bot.question.followup.rules import Turn
from bot.question.followup.subject import topic
from bot.question.light_words import ASKING, ASKS, EMPTY, own_words

THEN = re.compile(r"^那(?:么[，, ]*|[，, ]+|(?![么时一]))(?=.{1,10}$)")
# Who asks of a verb alone ("由谁设计？", "什么时候建成的？") leaves out what was done to what.
VERB_ALONE = re.compile(
    rf"^(?:(?:是?[由被](?:{WHO}|{WHICH}[一个些家]*{any_of(OFFICES, '人')}))\w{{2}}[的了]?\W*"
    rf"|(?:{ASKING})\w{{1,3}}的\W*"
    rf"|{WHO}(?:来|负责)*{any_of([verb for verb in VERBS if len(verb) > 1])}\W*)$"
)
_WHICH = rf"(?:{HOW_FEW}\w|{WHICH}一?\w|{HOW_MANY}|{WHAT})"


def after_then(match: re.Match[str], turn: Turn) -> str | None:
    """What is asked behind 那 lacks its noun where it begins with no word of its own, or with one of the history."""
    folded = turn.folded
    leans = EMPTY.match(folded, match.end()) or folded[match.end() : match.end() + 2] in turn.said
    return f"{topic(turn.last)} {turn.asked[match.end() :]}" if leans else None


def once_done(match: re.Match[str], turn: Turn) -> str | None:
    """What is asked of a moment lacks its noun where it is nothing, or a verb of one character: "退租后多久退"."""
    own = own_words(match["rest"])
    leans = not own or (len(own) == 1 and own[0] in SINGLE_VERBS)
    return _on_topic(turn) if leans and not ASKS.search(match["when"]) else None


def _on_topic(turn: Turn) -> str:
    """The topic of the question before, and the question."""
    return f"{topic(turn.last)} {turn.asked}"


def _own_word(turn: Turn) -> str:
    """The one word that a question has of its own; empty where it has none or more, or says what something is."""
    own = own_words(turn.folded)
    return own[0] if len(own) == 1 and "是" not in turn.folded else ""


def for_verb(_: re.Match[str], turn: Turn) -> str | None:
    """Put the topic before a question whose only own word is a verb of one character without a noun: "能退吗"."""
    verb = _own_word(turn)
    if len(verb) != 1:
        return None
    lacks = rf"(?:{ASKING}|[能会要才就]|可以){verb}(?:[吗的了多几]|\W|$)|^{verb}[多几谁]"
    return _on_topic(turn) if re.search(lacks, turn.folded) else None


def for_known_word(_: re.Match[str], turn: Turn) -> str | None:
    """Put the topic before a question whose only own word, not its first, stands in the question or answer before."""
    word = _own_word(turn)
    lacks = 1 < len(word) < 4 and word in turn.said and EMPTY.match(turn.folded)
    # What the question before is about itself lacks nothing, nor does what is counted or chosen: "几家门店".
    names = fold(turn.last).startswith(word) or re.search(rf"{_WHICH}{re.escape(word)}", turn.folded)
    return _on_topic(turn) if lacks and not names else None
