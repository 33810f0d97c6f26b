"""The small words on which a sentence turns: not, may, must, only, all, except, before, or; compared clause by clause.

A clause of a written sentence is laid beside the clauses of its quotes that share most with it. Where each of these
turns another way, the sentence says something else.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from bot.language.folding import is_han
from bot.writing.opposites import ENGLISH_OPPOSITES, OPPOSITES
from bot.written import Lack, LackKind

_BOUNDS = re.compile(
    r"不得?(?:应|能|可|会)?(?:超过?|多于|高于|大于|晚于|超出|少于|低于|小于|早于|短于)"
    r"|没有?超过|未超过|不足|不满|未满|不到|尚?未达到?"
    r"|no (?:more|later|less|fewer|earlier) than|not (?:more|less|later|earlier|exceed(?:ing)?)(?: than)?"
)
"""Said of numbers, and compared with them."""
_IDLE = re.compile(
    r"不仅|不但|不过|不同|不断|不论|不管|无论|不少|不可抗力|不动产|未来|非常|非洲|无锡|南无"
    r"|不然|不一|不久|不只|不由得|不免|不禁|差不多"
    r"|不愧|不妨|不时|莫不|不在此限|不受此限|(?:或者?|还是|与)不|无不|不可或缺|是否|能否|可否"
    r"|与否|否则|no\.|not only|non-profit"
)
"""Here a negation negates nothing."""
_NOT = re.compile(
    r"不|未|没(?!收|落|入)|无(?=[^锡线机])|非(?!常|洲|物质|遗)|勿|禁止|严禁|谢绝|拒绝|免(?=收"
    r"|交|缴|予|于|除|费|征|试|检|票|考|押|息|税|责|提)|莫(?=[要能得])"
    r"|\b(?:not|no|never|none|nor|neither|without|cannot|nobody|nothing)\b|n't\b|n’t\b|\bnon-"
    r"|\b(?:un(?:able|less|paid|used|available|likely|necessary)|prohibit\w*|forbid\w*"
    r"|forbidden|refus\w+)\b"
)
_SOFT = re.compile(
    r"不在此限|不受此限|逾期|超期|过期|超时|逾时|缺|除外|例外|取消|停止|失效|作废|避免|防止"
    r"|阻止|阻隔|终止|只|仅|才|方可|以外|之外|除|限|拒|免|禁|难|独自|擅自|否|少|降|零|休(?!假|息)|停(?!车|放|靠|留)|耐(?!心)|抗(?!议|战)"
    r"|\bonly\b|\bexcept\b|\bunless\b|\bother than\b|\bfree\b|\blate\b|\bfail\w*|\black\w*"
    r"|\bavoid\w*|\bprevent\w*|\bexclu\w*"
)
"""Of these one text may say with a negation what the other says without."""
_ELSE = re.compile(r"否则|不然|otherwise")
_MUST = re.compile(
    r"应当|应该|必须|须|必需|务必|需要|需(?!求)|(?<![不适反对响相供效])应(?![用急对聘邀])"
    r"|(?<![主重必只首纲概摘提扼])要(?!求|点|闻|素|是|么)|\b(?:must|shall|has to|have to"
    r"|required to|needs? to|obliged)\b"
)
_STRICT = re.compile(r"应当|应该|必须|务必|(?<!无)(?<!不)须|\b(?:must|shall|has to|have to|required to)\b")
_MAY = re.compile(
    r"可以|(?<![许认不方无])可(?![能靠见行是口以持])|能够|(?<![功职性智可不产])能(?!力|源|否"
    r"|量|级|耗)|允许|许可|准许|有权|得以|得(?=[由以依填申向请委])|自愿|\b(?:may|can|could"
    r"|allowed|permitted|entitled)\b"
)
_PERMIT = re.compile(r"可以(?![看说想])|(?<![许认不方无])可(?![能靠见行是口以持])|有权|允许|\b(?:may|can|allowed to)\b")
_ONLY = re.compile(
    r"(?<!不)仅(?!仅?供)|(?<!不)只(?!要|不过)|唯一|独家|专门|限于|仅限|方可|方能"
    r"|才[能可会有是]|才|限(?=本|于)|\b(?:only|solely|exclusively|just)\b"
)
_STRICTLY_ONLY = re.compile(r"仅限|只限|只能|只有|(?<!不)仅(?!仅?供)|唯一|\b(?:only|solely)\b")
_ALL = re.compile(
    r"所有|全部|全面|完全|彻底|一切|任何|全体|一律|凡|均|都(?!市|会)|各|每|无论|不论|不管|全(?!国|年|市|省|县"
    r"|文|称|球|新|面|职|程)|始终|总是|\b(?:all|every|any|each|always|whatever|entire|both)\b"
)
_STRICTLY_ALL = re.compile(r"所有|全部|一切|全体|一律|无一例外|\b(?:all|every|always)\b")
_SOME = re.compile(
    r"部分(?!组成)|有的|有些|一些|个别|某些|少数|多数|大部分|大多|一半|若干|几个|之一|等"
    r"|\b(?:some|part of|partly|most|half|several|certain|few)\b"
)
_STRICTLY_SOME = re.compile(
    r"(?<!组成)(?<![一二三四五六七八九各两多大])部分(?!组成)|有的|有些|个别|某些|少数|大多数"
    r"|一半|\b(?:some|part of|partly|most of|half of|few)\b"
)
_EXCEPT = re.compile(
    r"除(?!了?.{0,12}外[，,]?[还也])(?=[^，。]{1,40}(?:外|除外))|除外|例外|不包括|不含"
    r"|不在此限|不受.{0,8}限|\b(?:except|unless|excluding|other than|exclusive of)\b"
)
_ELSEWHERE = re.compile(r"另有(?:规定|约定)|法律.{0,8}规定的除外|otherwise (?:provided|agreed|stated)")
_EVEN = re.compile(r"即使|即便|哪怕|无论|不论|不管|\b(?:even if|regardless|no matter)\b")
_STILL = re.compile(r"仍|依然|也|均|任何|无论|不论|不管|不受|都|但|一律|even|still|any|regardless|however")
_BEFORE = re.compile(
    r"之前|以前"
    r"|(?<=[\u4e00-\u9fff])(?<![目以之当空提从此面眼年])前(?=[，,、；。的应须要必可不由即向将]"
    r"|$)|\b(?:before|prior to)\b|提前|事先|预先|先"
)
_AFTER = re.compile(
    r"之后|以后"
    r"|(?<=[\u4e00-\u9fff])(?<![最然随先以之此前落善背])后(?=[，,、；。的应须要必可不由即方才再向将]"
    r"|$)|\b(?:after|following|once)\b|事后|届满|期满|随后|然后|再|起"
)
_JOINT = re.compile(
    r"(?P<left>[\u4e00-\u9fff]{2})[，,]?(?P<joint>或者?|和|及|以及|与|并且?|且)(?P<right>[\u4e00-\u9fff]{2})"
)
_OR = "或"
_CLAUSE_END = re.compile(r"[，,；;。！？!?：:\n]|(?<=[a-z])\.(?=\s|$)")
_NEAR = 0.85
"""Clauses that share at least this share of what the best one does may be the ones that are meant."""
_SINGLE = 0.65
"""So much of it is enough for a clause alone."""
_LEAST = 0.3
_WIDEST = 4


@dataclass(frozen=True, slots=True)
class Turns:
    """How a text turns: how many negations it has, and whether each of the other words stands in it."""

    text: str
    nots: int
    soft: bool

    @classmethod
    def read(cls, text: str) -> "Turns":
        """Read folded text."""
        rest = _IDLE.sub("#", _BOUNDS.sub("#", text))
        return cls(text, len(_NOT.findall(rest)), bool(_SOFT.search(rest)) or _ELSE.search(text) is not None)

    def has(self, pattern: re.Pattern[str]) -> bool:
        """Tell whether one of a kind stands in it."""
        return pattern.search(_IDLE.sub("#", self.text) if pattern is not _EVEN else self.text) is not None


def operator_lacks(sentence: str, quotes: Sequence[str]) -> list[Lack]:
    """Return where a folded sentence turns another way than each of the clauses of its quotes that it may be from."""
    given = [window for quote in quotes for window in windows(quote)]
    lacks: list[Lack] = []
    whole = "\n".join(quotes)
    for clause in clauses(sentence):
        lacks += _opposite(clause, sentence, whole)
        near = nearest(clause, given)
        if not near:
            continue
        said = Turns.read(clause)
        for kind, holds in _TESTS:
            found = [holds(said, Turns.read(window)) for window in near]
            if all(found) and not (holds is _only and _OTHER_SIDE.search(sentence)):
                lacks.append(Lack(kind, found[0] or clause))
    lacks += _negated_elsewhere(sentence, quotes)
    lacks += left_out(sentence, quotes)
    return list({lack.kind: lack for lack in reversed(lacks)}.values())[::-1]


_OTHER_SIDE = re.compile(r"(?:不[能得可外准许]|禁止)[^，,]*[^的，,][，,]\s*(?:只|仅)")
"""不能外借，只能在馆内看: says "only" of the other side of what is denied."""


def clauses(text: str) -> list[str]:
    """Return the clauses of a text; a short one goes with the next."""
    parts: list[str] = []
    held = ""
    for part in _CLAUSE_END.split(text):
        held = f"{held}，{part.strip()}" if held else part.strip()
        if len(held) >= (6 if any(map(is_han, held)) else 20):
            parts.append(held)
            held = ""
    if held and parts:
        parts[-1] = f"{parts[-1]}，{held}"
    elif held:
        parts.append(held)
    return parts


def windows(quote: str) -> Iterator[str]:
    """Yield each run of up to four clauses of a quote."""
    parts = [part.strip() for part in _CLAUSE_END.split(quote) if part.strip()]
    for size in range(1, _WIDEST + 1):
        for at in range(len(parts) - size + 1):
            yield "，".join(parts[at : at + size])


def _grams(text: str) -> set[str]:
    if any(map(is_han, text)):
        return {a + b for a, b in pairwise(text) if a.isalnum() and b.isalnum()} | {c for c in text if c.isalnum()}
    return set(re.findall(r"[a-z0-9]+", text)) - _ENGLISH_IDLE


_ENGLISH_IDLE = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "to",
        "in",
        "on",
        "for",
        "by",
        "is",
        "are",
        "be",
        "and",
        "or",
        "with",
        "at",
        "from",
        "as",
        "it",
        "this",
        "that",
    ]
)


def nearest(clause: str, windows: Sequence[str]) -> list[str]:
    """Return the windows that share most with a clause, and are not much wider than it."""
    own = _grams(clause)
    if not own or not windows:
        return []
    scores = []
    for window in windows:
        theirs = _grams(window)
        shared = len(own & theirs)
        scores.append(shared / len(own) * 0.75 + shared / max(len(theirs), 1) * 0.25)
    best = max(scores)
    if best < _LEAST:
        return []
    order = np.argsort([-score for score in scores], kind="stable")
    near = [windows[place] for place in order if scores[place] >= _NEAR * best][:6]
    single = [
        windows[place] for place in order if _SINGLE * best <= scores[place] and not _CLAUSE_END.search(windows[place])
    ]
    return list(dict.fromkeys([*near, *single[:3]]))


def _negation(said: Turns, given: Turns) -> str:
    """A negation more than is given; one less is looked for in the whole sentence."""
    if said.nots <= given.nots or (said.nots - given.nots) % 2 == 0 or said.soft or given.soft:
        return ""
    match = _NOT.search(said.text)
    return said.text[max(0, match.start() - 2) : match.end() + 6] if match else said.text


_NEGATED = re.compile(
    rf"(?:{_NOT.pattern})(?:[得能可应会予许准再必需曾经有要以将是在]|随意|擅自|任意|允许|\s(?:is|are|was|were|be|been"
    rf"|to)\b)*\s*(?P<what>[\u4e00-\u9fff]{{2,3}}|[a-z]{{4,}})"
)


def _negated_elsewhere(sentence: str, quotes: Sequence[str]) -> Iterator[Lack]:
    """Yield what is denied in the sentence and said in the quotes, and what is denied there and said here."""
    whole = "\n".join(quotes)
    own, theirs = (_IDLE.sub("#", _BOUNDS.sub("#", text)) for text in (sentence, whole))
    denied, denied_there = (
        {m["what"][:2] if is_han(m["what"]) else m["what"] for m in _NEGATED.finditer(text)} for text in (own, theirs)
    )
    said, said_there = (_NEGATED.sub("#", text) for text in (own, theirs))
    for what in denied - denied_there:
        if what in said_there and what not in said and not _SOFT.search(theirs) and not _denies(what, theirs):
            yield Lack("negation", what)
    if _SOFT.search(own) or _ELSE.search(sentence):
        return
    for what in denied_there - denied:
        if what in said and what not in said_there and _speaks_of(sentence, what, whole):
            at = sentence.find(what)
            yield Lack("negation", sentence[max(0, at - 2) : at + 4])


def _speaks_of(sentence: str, what: str, text: str) -> bool:
    """Tell whether a clause of a text that has a word shares more with a sentence than that word."""
    own = _grams(sentence) - _grams(what)
    return any(len(_grams(clause) & own) > 1 for clause in _CLAUSE_END.split(text) if what in clause)


def _denies(what: str, text: str) -> bool:
    """Tell whether a clause of a text denies a word further on: 无重大事故和失信记录."""
    return any(_NOT.search(clause, 0, clause.find(what)) for clause in _CLAUSE_END.split(text) if what in clause)


def _permission(said: Turns, given: Turns) -> str:
    """May where must is said, or the other way round."""
    if said.nots or given.nots:
        return ""
    weaker = said.has(_PERMIT) and not said.has(_STRICT) and given.has(_STRICT) and not given.has(_MAY)
    stronger = (
        said.has(_STRICT)
        and not said.has(_MAY)
        and given.has(_PERMIT)
        and not given.has(_MUST)
        and not given.has(_ONLY)
    )
    if not weaker and not stronger:
        return ""
    match = (_PERMIT if weaker else _STRICT).search(said.text)
    return said.text[match.start() : match.end() + 6] if match else said.text


def _found(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return text[match.start() : match.end() + 6] if match else text


def _only(said: Turns, given: Turns) -> str:
    added = said.has(_STRICTLY_ONLY) and not given.has(_ONLY) and not given.has(_EXCEPT)
    return _found(_STRICTLY_ONLY, said.text) if added else ""


def _all(said: Turns, given: Turns) -> str:
    if said.has(_STRICTLY_ALL) and not given.has(_ALL) and not given.nots:
        return _found(_STRICTLY_ALL, said.text)
    if said.has(_STRICTLY_SOME) and not given.has(_SOME):
        return _found(_STRICTLY_SOME, said.text)
    return ""


def _even(said: Turns, given: Turns) -> str:
    return _found(_EVEN, said.text) if said.has(_EVEN) and not given.has(_STILL) else ""


def _order(said: Turns, given: Turns) -> str:
    """Before where after is said, or the other way round."""
    for own, other in ((_BEFORE, _AFTER), (_AFTER, _BEFORE)):
        if said.has(own) and not said.has(other) and given.has(other) and not given.has(own):
            match = own.search(said.text)
            if match and match[0] not in ("先", "再", "起", "提前", "once"):
                return said.text[max(0, match.start() - 6) : match.end()]
    return ""


def _joint(said: Turns, given: Turns) -> str:
    """Or where and is said between the same words, or the other way round."""
    if said.nots or given.nots or given.has(_ALL):
        return ""
    for match in _JOINT.finditer(said.text):
        pattern = rf"{match['left']}[，,]?(?P<joint>或者?|和|及|以及|与|并且?|且){match['right']}"
        joints = {joint[0] == _OR for joint in re.findall(pattern, given.text)}
        if joints and (match["joint"][0] == _OR) not in joints:
            return match[0]
    return ""


_TESTS: tuple[tuple[LackKind, Callable[[Turns, Turns], str]], ...] = (
    ("negation", _negation),
    ("negation", _permission),
    ("scope", _only),
    ("scope", _all),
    ("condition", _even),
    ("condition", _order),
    ("condition", _joint),
)


def _opposite(clause: str, sentence: str, whole: str) -> Iterator[Lack]:
    """Yield words of which the quotes say the opposite alone."""
    given, said = set(_WORDS.findall(whole)), set(_WORDS.findall(sentence))
    for word in _WORDS.findall(clause):
        if word not in given and any(other in given and other not in said for other in ENGLISH_OPPOSITES.get(word, ())):
            yield Lack("meaning", word)
    for word, others in OPPOSITES.items():
        if word in clause and word not in whole:
            other = next((o for o in others if o in whole and o not in sentence), "")
            if other and not any(word in longer and longer in clause for longer in OPPOSITES if longer != word):
                yield Lack("meaning", word)


_WORDS = re.compile(r"[a-z]+(?:-[a-z]+)*")
_EXCEPTION = re.compile(r"\s*(?:第.{1,6}条)?\s*除(?!了)[^，]{2,30}外")


def _follows_exception(part: str, own: set[str]) -> bool:
    """Tell whether what a sentence says most of stands right behind an exception: 除急诊外，住院须预约."""
    clauses = [clause for clause in _CLAUSE_END.split(part) if clause.strip()]
    best = max(range(len(clauses)), key=lambda place: len(_grams(clauses[place]) & own))
    return best > 0 and _EXCEPTION.match(clauses[best - 1]) is not None


_SENTENCE_END = re.compile(r"[。；;！？!?\n]")


def left_out(sentence: str, quotes: Sequence[str]) -> Iterator[Lack]:
    """Yield an exception, or an "only", that the quotes make of what a sentence says, and it does not."""
    said = Turns.read(sentence)
    if said.has(_EXCEPT) or said.has(_ONLY) or said.soft:
        return
    own = _grams(sentence)
    for quote in quotes:
        for part in _SENTENCE_END.split(quote):
            shared = len(own & _grams(part)) / max(len(own), 1)
            if shared > 0.8 and not _ELSEWHERE.search(part):
                given = Turns.read(part)
                clauses = [c for c in _CLAUSE_END.split(part) if len(_grams(c) & own) > 0.6 * len(_grams(c)) > 0]
                if any(_STRICTLY_ONLY.search(c) for c in clauses):
                    yield Lack("condition", _found(_STRICTLY_ONLY, part))
                elif _follows_exception(part, own) and given.has(_EXCEPT):
                    yield Lack("condition", _found(_EXCEPT, part))
