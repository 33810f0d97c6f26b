"""What a sentence that nearly repeats its quotes puts in the place of their words, or between them.

Who words a thing freely changes much; who changes one name, one noun, one verb in a sentence that is else the quote's
own says something else. So only where the rest of a clause stands in a quote, a change is weighed: words that mean the
same, that share a character, or that only hold a sentence together change nothing.
"""

import re
from functools import cache

from bot.language.everyday import everyday_words
from bot.language.folding import is_han
from bot.language.lexicon import GENERAL, words
from bot.writing.alignment import NUMBER, WIDE, WORD, Edit
from bot.writing.alike import ENGLISH_GROUPS, GROUPS, IDLE
from bot.writing.quantities import quantities
from bot.written import LackKind

_REST = 0.85
"""The share of the rest of a clause that stands in the quote in pieces of two characters and more."""
_REST_OF_ONE = 0.95
"""The same where one character is changed."""
_BOUND = re.compile(r"不超过|以内|以上|以下|至少|最多|至多|最少|超过|不足|不满|不少于|不低于|不高于|不多于")
_LEFT_OUT = re.compile(r"[^\W\d]{2}等")
_LONGER = 3
_LEAST, _MANY = 5, 15
"""Characters of a clause that stand in the quote; of so many what is changed may hold a comma."""
_MORE = 3
"""So many characters beside a word that means the same say something else."""
_STEM = 5
"""Letters by which English words are compared."""
_ENGLISH = frozenset(
    words(
        "the and for are was were with from that this which its their they you your have has been will not any all each"
        " per who when than then also only must may can shall should would could does did into onto upon about such"
        " these those"
    )
)
_FUNCTION = frozenset(
    "的了是在由和与及或并且以为对于从向到给把被将让要应须需可能会就才都也还又再其该此这那些个一来去着过得地之所而则即若如果"
    "因当时候后前内中上下里间各每按照据依有无不未没您你我他它们自己请至等经使用进行达通过相者凡均共且使便已曾正很更最仅只"
    "但虽既非勿能够"
)
_NUMERIC = re.compile(r"[\d一二三四五六七八九十百千万亿两〇零半年月日天号时点分秒个元块角%％.,:~-]")
_MARK = re.compile(r"[，,；;。：:！？!?]")


def another(edit: Edit) -> bool:
    """Tell whether a change puts something else in the place of what the quote says."""
    said, given = _content(edit.said), _content(edit.given)
    changed = (edit.said, edit.given)
    numeric = [NUMBER in text or _numeric(wide, text) for wide, text in zip(edit.wide, changed, strict=True)]
    if numeric[0] or (numeric[1] and (len(said) < 2 or len(edit.given) > len(edit.said) + _LONGER)):
        return False
    marked = _MARK.search(edit.said) or _MARK.search(edit.given)
    if (marked and (edit.matched < _MANY or edit.rest < _REST_OF_ONE)) or not said or not given or said & given:
        return False
    if _LEFT_OUT.search(edit.around[0]) or _BOUND.search(edit.said) or _BOUND.search(edit.given):
        return False  # what a list leaves out, what bounds a number: told elsewhere
    short = len(said) < 2 or len(given) < 2
    if short and len(edit.given) > len(edit.said) + _LONGER and "、" not in edit.given:
        return False
    if edit.rest < (_REST_OF_ONE if short else _REST) or edit.matched < (_LEAST if edit.said.isascii() is False else 3):
        return False
    if edit.said in GENERAL or edit.said in IDLE or _moved(edit):
        return False
    return not _alike(*edit.around)


_OR = "或"


def _moved(edit: Edit) -> bool:
    """Tell whether a whole clause is said that stands as a whole elsewhere in the quote."""
    said = edit.said.strip("，, ")
    return len(said) > 2 and said in _MARK.split(edit.clause) and said in _MARK.split(edit.window)


def _numeric(wide: str, changed: str) -> bool:
    """Tell whether a change is part of a number or of its unit."""
    at = wide.find(changed, max(0, min(WIDE, len(wide) - len(changed) - WIDE)))
    return any(one.start < at + len(changed) and one.end > at for one in quantities(wide))


_JOINED = re.compile("并且|且|同时")
_LONE = frozenset("不未没非")
_WIDEST_TURN = 5
_DENIED = re.compile(r"不(?:得|能|准|许|应|要|会|可(?!抗|避))|未(?![来经])|没有|禁止|严禁")
_NEGATION = re.compile(
    r"不(?![断同仅但论管超少低高足满])|未(?!来)|没(?!收)|无(?!论)|非(?!常)|勿|禁|免|\b(?:not|no|never|cannot|neither|nor)\b|n't\b"
)
_BOUNDED = re.compile(rf"最[高低多少长短]|{_BOUND.pattern}")
_TURNS: tuple[tuple[LackKind, str, str], ...] = (
    ("negation", r"可(?!能)|能|允许|有权", r"应|须|必|需"),
    ("condition", _OR, r"和|及|并|且|与|同时"),
    ("scope", r"超过|高于|多于|大于", r"低于|少于|小于|不足|不满"),
    ("condition", r"以上|之上", r"以下|之下|以内"),
    ("condition", r"以内|之内|(?<=[天日月年时米])内", r"以外|之外|(?<=[天日月年时米])外"),
    ("condition", r"前", r"后"),
    (
        "scope",
        r"所有|全部|一切|全体|一律|各|每|均|都|任何|凡|始终|几乎",
        r"部分|某|有的|有些|个别|少数|多数|大多|主要|原则上|一般|多半|一些|首次|偶尔|常",
    ),
)
"""What turns a sentence round: a word of the first kind where the quote has one of the second, or the other way."""


_NOT = re.compile(r"\b(?:not|no|never|cannot|neither|nor)\b|n't\b")
_ROUND = ([True, False, False, True], [False, True, True, False])


def turned(edit: Edit) -> LackKind | None:
    """Return of which kind a change is that turns the sentence round; None where it does not.

    Of what is denied, "or" and "and" say the same.
    """
    short = edit.matched < _LEAST and edit.rest < 1
    wide = max(len(edit.said), len(edit.given)) > _WIDEST_TURN and not (edit.said + edit.given).isascii()
    if edit.rest < _REST or short or wide:
        return None
    if _denies_otherwise(edit):
        return "negation"
    around = tuple(_SOFT.sub("", text) for text in edit.around)
    for kind, one, other in _TURNS:
        if one == _OR and not _JOINED.search(edit.said + edit.given) and _denied(edit):
            continue
        # Alone, where what stands around it hides it: 并或者 for 并同时.
        for said, given in (around, (edit.said, edit.given)):
            if [re.search(pattern, text) is not None for text in (said, given) for pattern in (one, other)] in _ROUND:
                return kind
    return None


def _denied(edit: Edit) -> bool:
    """Tell whether what is changed is denied."""
    return _DENIED.search(edit.clause, 0, edit.clause.find(edit.around[0]) + 1) is not None


def _denies_otherwise(edit: Edit) -> bool:
    """Tell whether one of the two denies and the other does not; of a bound that is told elsewhere."""
    if edit.said + edit.given in _LONE:
        return True
    said, given = (_NEGATION.search(_SOFT.sub("", text)) is not None for text in edit.around)
    if said == given or any(map(_EXCEPTED.search, edit.around)) or any(map(_BOUNDED.search, edit.wide)):
        return False
    # The English "not" may have moved.
    return not (edit.said + edit.given).isascii() or bool(edit.said and edit.given) or not _NOT.search(edit.window)


_EXCEPTED = re.compile(r"除|外|仅|只|否则|此限|except|unless|only")
_SOFT = re.compile(r"逾期|除外|以外(?=的)|不过|目前|之前款|前款|前述|最后|然后|随后")


_REFERS = re.compile(r"这|该|此|其|它|他|她|那")


def inserted(edit: Edit, quotes: str) -> bool:
    """Tell whether a change says something more, of which nothing stands in the quotes."""
    said = _content(edit.said)
    if edit.given or edit.rest < _REST or edit.matched < _LEAST or edit.said.isascii() or len(said) < 2:
        return False
    if edit.said in GENERAL or edit.said in IDLE or _REFERS.match(edit.said):
        return False
    if any(word in edit.said for word in IDLE if len(word) > 2):
        return False
    return not any(edit.said[at : at + 2] in quotes for at in range(len(edit.said) - 1))


def shown(text: str) -> str:
    """Return what is changed as a person reads it: without the mark of a number, without what stands around it."""
    return text.replace(NUMBER, "").strip(" ，,、。.；;：:")


def says_something(text: str) -> bool:
    """Tell whether a text is more than what holds a sentence together; a negation and a number say something."""
    return bool(_content(text) or _DENIAL.search(text) or _NUMERIC.search(text))


_DENIAL = re.compile(r"[不未没无非勿]")


def _content(text: str) -> frozenset[str]:
    """Return what of a text says something: characters, of English words."""
    if any(map(is_han, text)):
        return frozenset(char for char in _NUMERIC.sub("", text) if is_han(char) and char not in _FUNCTION)
    return frozenset(word[:_STEM] for word in WORD.findall(text) if len(word) > 2 and word not in _ENGLISH)


def means_one_of(around: str, words: str, text: str) -> bool:
    """Tell whether a text (all folded) has another word that means the same as ``words``, or as these with one of the
    characters ``around`` them.
    """
    return any(other in text for word in (words, around[:-1], around[1:], around) for other in _groups().get(word, ()))


def _alike(said: str, given: str) -> bool:
    """Tell whether two pieces mean the same, or words in them do."""
    known = _groups()
    if not any(map(is_han, said)):
        return any(known.get(word, frozenset()) & set(given.split()) for word in said.split())
    pieces = {said[start:end] for start in range(len(said)) for end in range(start + 1, len(said) + 1)}
    # What stands in both is what the change stands between.
    same = [
        piece
        for piece in pieces
        if piece not in given and any(other in given and other not in said for other in known.get(piece, ()))
    ]
    return bool(same) and len(_content(said) - _content(given) - _content("".join(same))) < _MORE


@cache
def _groups() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    everyday = ((word.rstrip("*?"), *terms) for word, terms in everyday_words().items())
    for group in (*GROUPS, *ENGLISH_GROUPS, *everyday):
        for word in group:
            found.setdefault(word, set()).update(other for other in group if other != word)
    return {word: frozenset(others) for word, others in found.items()}
