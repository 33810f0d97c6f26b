"""Answers as JSON: what this version wrote comes back the very same, and what others wrote is read."""

import json
from dataclasses import replace

import pytest

from bot.conversations.answer_json import answer_from_json, answer_to_json
from bot.types import (
    Answer,
    AnswerSentence,
    Citation,
    Lack,
    StoreError,
    Timings,
    Trace,
    Written,
    WrittenSentence,
    as_json,
    digest,
)
from tests.unit.conversations.test_kept import REFUSED, WATER


def test_answers_of_other_versions_are_read() -> None:
    stored = json.loads(answer_to_json(WATER))
    assert stored == json.loads(json.dumps(as_json(WATER)))
    assert answer_from_json(json.dumps(stored)) == WATER
    newer = {**stored, "mood": "calm", "citations": [{**stored["citations"][0], "colour": [1]}]}
    newer["timings"] = {**stored["timings"], "dream": 0.5}
    assert answer_from_json(json.dumps(newer)) == WATER
    del stored["trace"], stored["confidence"], stored["citations"][0]["source"], stored["citations"][0]["section"]
    older = answer_from_json(json.dumps(stored))
    assert (older.trace, older.confidence, older.text) == (Trace(), 0.0, WATER.text)
    citation = older.citations[0]
    assert (citation.source, citation.section, citation.page, citation.quote) == (
        "",
        (),
        None,
        WATER.citations[0].quote,
    )


def test_what_only_a_newer_version_knows_is_refused_in_words() -> None:
    stored = {**json.loads(answer_to_json(WATER)), "trace": {"way": "dream"}}
    with pytest.raises(StoreError, match="newer version"):
        answer_from_json(json.dumps(stored))


def old(answer: Answer) -> str:
    """The JSON of an answer as it was when its own line stood in the text alone and timings were an open object."""
    stored = json.loads(answer_to_json(answer))
    for name in ("note", "message", "items", "term_counts"):
        del stored[name]
    for place in (*stored["citations"], *stored["nearest"]):
        del place["target"]
    for sentence in stored["sentences"]:
        del sentence["evidence"]
    stored["timings"] = {"search": 1.25, "count": 7, "total": 3}
    return json.dumps(stored)


def test_older_answers_get_the_fields_that_were_cut_out_of_their_text() -> None:
    one = Citation(1, "tea", "tea.txt", "茶经", (), 3, 0, 4, "山水上。")
    both = (one, replace(one, start=4, end=8, quote="江水\n中。"))
    said = Answer(
        question="水？",
        query="水？",
        text="共 2 项，全部列出。\n山水上。[1]\n江水\n中。[1]",
        abstained=False,
        confidence=1.0,
        sentences=tuple(AnswerSentence(c.quote, (1,), 1.0, (place,)) for place, c in enumerate(both)),
        citations=both,
        timings=Timings(search=1.25, total=3.0),
        note="共 2 项，全部列出。",
    )
    assert answer_from_json(old(said)) == said
    bare = replace(said, text="山水上。[1]\n江水\n中。[1]", note="")
    assert answer_from_json(old(bare)) == bare
    text = "没有找到依据。\n“火星”出现 0 次。"
    refused = replace(REFUSED, text=text, message="没有找到依据。", note="“火星”出现 0 次。", timings=said.timings)
    assert answer_from_json(old(refused)) == refused
    assert answer_from_json(old(refused)).nearest[0].target == f"tea.90.93.{digest('附录。')}"


def test_what_was_written_is_kept_and_may_be_missing() -> None:
    sentence = WrittenSentence(
        "甲借一百册。", "unsupported", lacks=(Lack("number", "一百册"),), cells=("甲", "一百册"), point=2, part="一"
    )
    made = Written("table", "m", "h", True, (sentence,), ("读者", "册数"), 3, 1, 0, 1, 0, "slow", "慢。", 5.0)
    answer = Answer("q", "q", "t", False, 1.0, written=made)
    assert answer_from_json(answer_to_json(answer)) == answer
    kept = json.loads(answer_to_json(answer))
    del kept["written"]
    assert answer_from_json(json.dumps(kept)).written is None
