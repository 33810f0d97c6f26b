"""Answers as JSON: written, and read back whichever version of Youju wrote them."""

import json
from dataclasses import asdict, replace
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from bot.types import Answer, AnswerSentence, Citation, Hit, StoreError, as_json

_BLANK = asdict(Answer("", "", "", False, 0.0))
_BLANK_ITEMS = {
    "sentences": asdict(AnswerSentence("", (), 0.0)),
    "citations": asdict(Citation(0, "", "", "", (), 0, 0, 0, "")),
    "nearest": asdict(Hit("", "", "", (), 0, 0, 0, "", 0.0)),
}
"""What stands for a field that an older version did not write."""


def answer_to_json(answer: Answer) -> str:
    """Write an answer."""
    return json.dumps(as_json(answer), ensure_ascii=False, separators=(",", ":"))


def answer_from_json(written: str) -> Answer:
    """Read what ``answer_to_json`` wrote, of this version or another.

    A field that a newer version wrote is left out; one that an older version did not write is empty, or what can be
    told from the others.

    Raises:
        StoreError: a field holds what this version cannot read.
    """
    value: dict[str, Any] = json.loads(written)
    filled = {**_BLANK, "strength": "none" if value["abstained"] else "direct", **value}
    for name, blank in _BLANK_ITEMS.items():
        filled[name] = [{**blank, **item} for item in filled[name]]
    try:
        answer = _adapter().validate_python(filled)
    except ValidationError as error:
        raise StoreError(
            "This conversation was kept by a newer version of Youju: update Youju to read it, or delete it.",
            "这个对话由更新版本的有据保存：请升级有据后再打开，或删除它。",
        ) from error
    return answer if "note" in value else _with_fields(answer)


@cache
def _adapter() -> TypeAdapter[Answer]:
    return TypeAdapter(Answer)


def _with_fields(answer: Answer) -> Answer:
    """Find the fields that an older version left to be cut out of the text.

    Its own line stood before the first quote, or behind the first line of a refusal. Of citations with one number, the
    one that quotes the sentence proves it.
    """
    if answer.abstained:
        message, _, note = answer.text.partition("\n")
    else:
        message = ""
        quoted = answer.sentences[0].text.partition("\n")[0] if answer.sentences else answer.text
        first = answer.text.partition("\n")[0]
        note = "" if first.startswith(quoted) else first
    sentences = tuple(replace(s, evidence=_evidence(s, answer.citations)) for s in answer.sentences)
    return replace(answer, note=note, message=message, sentences=sentences)


def _evidence(sentence: AnswerSentence, citations: tuple[Citation, ...]) -> tuple[int, ...]:
    positions: list[int] = []
    for number in sentence.citations:
        own = [place for place, citation in enumerate(citations) if citation.number == number]
        positions += [place for place in own if citations[place].quote == sentence.text][:1] or own[:1]
    return tuple(positions)
