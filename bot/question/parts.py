"""Several questions in one message: "住宿标准是多少？报销期限是多久？", a numbered list, "A和B分别是什么"."""

import re

from bot.language.designators import designators
from bot.language.lexicon import (
    DIGITS,
    ENGLISH_INTERROGATIVES,
    HOW,
    HOW_FEW,
    HOW_FORMAL,
    HOW_MANY,
    HOW_MUCH,
    HOW_STEM,
    INTERROGATIVE_STEMS,
    SIDES,
    WHAT,
    WHETHER,
    WHICH,
    WHICH_ONES,
    WHICH_PLACE,
    WHO,
    any_of,
)

MOST = 6
_SHORTEST = 3
_CIRCLES = "①②③④⑤⑥⑦⑧⑨⑩"
_NUMBERED = re.compile(
    rf"(?:^|(?<=[\s,;。?!；？！，]))\s*(?:\(?(?P<number>\d{{1,2}})[.、)](?!\d)|(?P<circle>[{_CIRCLES}])"
    rf"|(?P<first>第?[{DIGITS}][、,，:：]|其[{DIGITS}][、,，]))\s*"
)
_END = re.compile(r"[?？!！;；\n]+")
_ASKS = re.compile(
    rf"{any_of(INTERROGATIVE_STEMS, HOW_MUCH, WHETHER)}|[吗呢么]$"
    rf"|^(?:{any_of(ENGLISH_INTERROGATIVES)}|is|are|do|does|did|can|must|may|should)\b"
)
_JOINS = re.compile(
    rf"[,，]\s*(?:以及|并且|还有|另外|同时|那么?|又|再|and)?|、|以及|并且|还有|顺便(?:再?问一下)?|(?<!总)[和与](?!谁)"
    rf"|\s+and\s+(?=(?:{any_of(ENGLISH_INTERROGATIVES)})\b)"
)
"""What may stand between two questions."""
_OPENS = re.compile(r"(?:另外|还有|此外|再就是|顺便(?:再?问一下)?|然后|其次|最后)[,，:：]\s*")
_ORDER = "(?:步骤|流程|程序|手续|环节)"
_ONE_QUESTION = re.compile(
    r"^(?:有没有|有无|有什么|是否有|有)?例外|\beach\b|^(?:是|对)[吗么不]|^为什么$"
    rf"|^(?:需?要|得)?(?:走|经过|办)?有?(?:{any_of(WHICH_ONES, (WHAT,))}|{HOW_FEW}个?){_ORDER}$"
    rf"|^(?:具体)?{_ORDER}(?:是?{any_of(INTERROGATIVE_STEMS)}\w{{1,3}}|有{WHICH}些)$"
    r"|^(?:那|你)?(?:觉得|认为)"
)
"""What asks on within the same question: the rule is told with its exception."""
_ASKED_AT_THE_BEGINNING = re.compile(rf"^(?:由?{WHO}|{any_of(WHETHER)}|(?:{any_of(ENGLISH_INTERROGATIVES)})\b)")
_ASKED_AT_THE_END = re.compile(
    rf"(?:{any_of(HOW_MUCH, WHICH_PLACE, INTERROGATIVE_STEMS)}\w{{0,2}}|{any_of(HOW)}\w{{1,4}}|[吗呢])$"
)
_WHICH_ONES = re.compile(rf"{WHICH}些\w{{1,4}}$")
_ONLY_NOUNS = "、和与"
"""These join two nouns as well: "什么时间和什么地点"."""
_ASKED_OF_A_THING = re.compile(
    rf"(?:{any_of(HOW_MUCH)}[元钱天]?|{HOW_FEW}(?![内何])\w{{1,2}}|是{WHAT}|{any_of(HOW)}\w{{0,2}}|是{WHO}|{any_of(WHICH_PLACE)}|[吗呢])$"
)
_EACH = re.compile(
    r"^(?P<first>[^,，、和与及]{2,20}?)(?P<more>(?:(?:、|和|与|以及|及)[^,，、和与及]{2,20}?){1,3})(?:分别|各自?)"
    rf"(?P<asked>(?:是|为|有|要|在|找|由|归|去|能|{any_of((HOW_STEM, HOW_FORMAL))})\w{{1,12}}"
    rf"|{any_of(HOW_MUCH)}\w{{0,3}})$"
)
_SIDE = any_of([side for side in SIDES if len(side) > 1])
_BOTH = re.compile(
    rf"^(?P<first>[^,，、和与及的]{{0,12}}(?:的[^,，、和与及的]{{0,6}})?{_SIDE})(?P<more>(?:和|与|以及|及)[^,，、和与及]{{0,12}}?{_SIDE})"
    rf"(?P<asked>(?:各?是|为)(?:{WHAT}|{HOW_MANY}|{HOW_FEW}\w)\w?)$"
)
"""Two sides, each asked for: "住宿标准和报销期限是什么"."""
_AND = re.compile(r"、|和|与|以及|及")


def parts_of(text: str, folded: str) -> tuple[str, ...]:
    """Return the questions of a message one by one, as typed; none where it is a single one.

    ``folded`` is ``text`` folded.
    """
    # Folding makes mere digits of ①, ②.
    circled = "".join(a if a in _CIRCLES else b for a, b in zip(text, folded, strict=True))
    spans = _numbered(circled) or _sentences(folded) or _clauses(folded)
    if spans:
        return tuple(text[start:end].strip() for start, end in spans[:MOST])
    return _of_each(text, folded)


def _numbered(folded: str) -> list[tuple[int, int]]:
    """Return what follows each number of a list that begins with 1."""
    marks = list(_NUMBERED.finditer(folded))
    if len(marks) < 2 or not (
        marks[0]["number"] == "1" or marks[0]["circle"] == "①" or "一" in (marks[0]["first"] or "")
    ):
        return []
    ends = [mark.start() for mark in marks[1:]] + [len(folded)]
    spans = [_trimmed(folded, mark.end(), end) for mark, end in zip(marks, ends, strict=True)]
    return [span for span in spans if span[1] - span[0] >= _SHORTEST]


def _sentences(folded: str) -> list[tuple[int, int]]:
    """Return the sentences that ask; one that only tells goes with the next."""
    spans: list[tuple[int, int]] = []
    start = 0
    for end in [*(match.start() for match in _END.finditer(folded)), len(folded)]:
        span = _trimmed(folded, start, end)
        if span[1] - span[0] >= _SHORTEST and _ASKS.search(folded[slice(*span)]):
            spans.append(span)
            start = end + 1
    return spans if len(spans) > 1 else []


def _clauses(folded: str, start: int = 0) -> list[tuple[int, int]]:
    """Return what stands between joints of which each side asks, the one before it at its end."""
    for match in _JOINS.finditer(folded, start):
        left, right = _trimmed(folded, start, match.start()), _trimmed(folded, match.end(), len(folded))
        before, behind = folded[slice(*left)], folded[slice(*right)].rstrip("?？。 ")
        if len(before) <= _SHORTEST or len(behind) < _SHORTEST or _ONE_QUESTION.search(behind):
            continue
        asked = _ASKED_AT_THE_END.search(before) or (match[0][0] in ",，" and _WHICH_ONES.search(before))
        first = _ASKED_AT_THE_BEGINNING.search(before)
        if not _ASKS.search(behind) or not (asked or (first and (match[0][0] in ",，" or "and" in match[0]))):
            continue
        if match[0] in _ONLY_NOUNS and not _ASKED_OF_A_THING.search(before):
            continue
        return [left, *(_clauses(folded, right[0]) or [right])]
    return []


def _of_each(text: str, folded: str) -> tuple[str, ...]:
    """Return a question for each of the things that "A和B分别是什么" names; years are compared instead."""
    asked_of = folded.rstrip("?？。 ")
    match = _EACH.match(asked_of) or _BOTH.match(asked_of)
    if match is None or any(one.family == "年" for one in designators(match["first"])):
        return ()
    asked = text[match.start("asked") : match.end("asked")]
    start, end = match.span("more")
    things = [text[: match.end("first")], *(piece for piece in _AND.split(text[start:end]) if piece)]
    # "开标的|时间和地点": what the first is of, they all are; "A10和B20|的价格": what is asked of the last, of all.
    owner, of, first = things[0].rpartition("的")
    _, side_of, side = things[-1].partition("的")
    if of and not side_of:
        things[1:] = [f"{owner}的{thing}" for thing in things[1:]]
    elif side_of and not of:
        things[:-1] = [thing if "的" in thing else f"{thing}的{side}" for thing in things[:-1]]
    elif re.fullmatch(_SIDE, things[-1]) and (side_of_first := re.search(rf"(?<=..){_SIDE}$", first)):
        things[1:] = [f"{things[0][: side_of_first.start()]}{thing}" for thing in things[1:]]  # "开标|时间和地点"
    return tuple(f"{thing}{asked}？" for thing in things)


def _trimmed(folded: str, start: int, end: int) -> tuple[int, int]:
    """Return a span without the marks and white space around it."""
    while start < end and folded[start] in " \t\n?？!！;；。，,":
        start += 1
    opens = _OPENS.match(folded, start, end)
    start = opens.end() if opens else start
    while end > start and folded[end - 1] in " \t\n;；。，,":
        end -= 1
    return start, end
