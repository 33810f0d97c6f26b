"""Several questions in one message: "住宿标准是多少？报销期限是多久？", a numbered list, "A和B分别是什么"."""

import re

from bot.language.designators import designators
from bot.language.lexicon import (
    ENGLISH_INTERROGATIVES,
    HOW_FORMAL,
    HOW_MUCH,
    HOW_STEM,
    INTERROGATIVE_STEMS,
    WHETHER,
    WHICH_PLACE,
    any_of,
)

MOST = 6
_SHORTEST = 3
_CIRCLES = "①②③④⑤⑥⑦⑧⑨⑩"
_NUMBERED = re.compile(
    rf"(?:^|(?<=[\s,;。?!；？！，]))\s*(?:\(?(?P<number>\d{{1,2}})[.、)](?!\d)|(?P<circle>[{_CIRCLES}]))\s*"
)
_END = re.compile(r"[?？!！;；\n]+")
_ASKS = re.compile(
    rf"{any_of(INTERROGATIVE_STEMS, HOW_MUCH, WHETHER)}|[吗呢么]$"
    rf"|^(?:{any_of(ENGLISH_INTERROGATIVES)}|is|are|do|does|did|can|must|may|should)\b"
)
_ASKED_AT_THE_END = re.compile(rf"(?:{any_of(HOW_MUCH, WHICH_PLACE, INTERROGATIVE_STEMS)}\w{{0,2}}|[吗呢])$")
_EACH = re.compile(
    r"^(?P<first>[^,，、和与及]{2,20}?)(?P<more>(?:(?:、|和|与|以及|及)[^,，、和与及]{2,20}?){1,3})(?:分别|各自?)"
    rf"(?P<asked>(?:是|为|有|要|{any_of((HOW_STEM, HOW_FORMAL))})\w{{1,12}})$"
)
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
    if len(marks) < 2 or not (marks[0]["number"] == "1" or marks[0]["circle"] == "①"):
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


def _clauses(folded: str) -> list[tuple[int, int]]:
    """Return both sides of a comma where the one before it asks at its end, and the one behind asks too."""
    for match in re.finditer("[,，]", folded):
        left, right = _trimmed(folded, 0, match.start()), _trimmed(folded, match.end(), len(folded))
        before, behind = folded[slice(*left)], folded[slice(*right)].rstrip("?？。 ")
        if min(len(before), len(behind)) > _SHORTEST and _ASKED_AT_THE_END.search(before) and _ASKS.search(behind):
            return [left, right]
    return []


def _of_each(text: str, folded: str) -> tuple[str, ...]:
    """Return a question for each of the things that "A和B分别是什么" names; years are compared instead."""
    match = _EACH.match(folded.rstrip("?？。 "))
    if match is None or designators(match["first"]):
        return ()
    asked = text[match.start("asked") : match.end("asked")]
    start, end = match.span("more")
    more = [piece for piece in _AND.split(text[start:end]) if piece]
    return tuple(f"{thing}{asked}？" for thing in (text[: match.end("first")], *more))


def _trimmed(folded: str, start: int, end: int) -> tuple[int, int]:
    """Return a span without the marks and white space around it."""
    while start < end and folded[start] in " \t\n?？!！;；。，,":
        start += 1
    while end > start and folded[end - 1] in " \t\n;；。，,":
        end -= 1
    return start, end
