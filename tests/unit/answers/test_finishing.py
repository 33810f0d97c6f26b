"""From a draft to an answer, and an answer as JSON."""

import json
from dataclasses import asdict, fields, replace

import pytest

from bot.answers.citations import cite_sentences
from bot.answers.contract import Draft
from bot.answers.finishing import finish
from bot.answers.hits import put_first
from bot.documents.parser import parse
from bot.structure.places import whole
from bot.types import Answer, Citation, Hit, ItemCount, Timings, Trace, as_json
from tests.parts import read

RULES = parse("rules.txt", "树木条例\n第一条 树木由市民爱护。养护由单位负责。\n第二条 禁止在树上刻划。\n".encode())
PLACES = [whole(RULES, 2), whole(RULES, 1)]
SAID = Draft("list", "a rule", cite_sentences(PLACES), (0.5, 0.4, 0.3), 0.5, "共 2 项。", items=ItemCount(2, 2))
REFUSED = Draft("evidence", "a rule", confidence=0.25, message="没有。", nearest=tuple(put_first(PLACES, [])))


def test_each_sentence_has_the_number_of_its_paragraph() -> None:
    answer = finish(replace(read("树木由谁爱护"), question="由谁？"), SAID)
    assert (answer.question, answer.query, answer.abstained) == ("由谁？", "树木由谁爱护", False)
    assert answer.text.split("\n") == [
        "共 2 项。", "第二条 禁止在树上刻划。[1]", "第一条 树木由市民爱护。[2]", "养护由单位负责。[2]",
    ]  # fmt: skip
    assert [citation.number for citation in answer.citations] == [1, 2, 2]
    assert [(s.citations, s.evidence, s.support) for s in answer.sentences] == [
        ((1,), (0,), 0.5), ((2,), (1,), 0.4), ((2,), (2,), 0.3),
    ]  # fmt: skip
    assert (answer.note, answer.message, answer.items) == ("共 2 项。", "", ItemCount(2, 2))
    assert answer.trace == Trace("list", rule="a rule")


def test_without_supports_each_sentence_is_as_sure_as_the_answer() -> None:
    answer = finish(read("树木由谁爱护"), replace(SAID, supports=()))
    assert {sentence.support for sentence in answer.sentences} == {answer.confidence} == {0.5}


def test_without_citations_it_is_a_refusal() -> None:
    answer = finish(read("树木由谁爱护"), REFUSED)
    assert (answer.text, answer.message, answer.abstained) == ("没有。", "没有。", True)
    assert (answer.citations, answer.sentences, answer.nearest) == ((), (), REFUSED.nearest)


@pytest.mark.parametrize("draft", [SAID, REFUSED])
def test_json_gives_the_same_answer_back(draft: Draft) -> None:
    given = replace(finish(read("树木由谁爱护"), draft), timings=Timings(search=1.5))
    back = json.loads(json.dumps(as_json(given), ensure_ascii=False))
    assert list(back) == [field.name for field in fields(Answer)]
    citations = tuple(Citation(**{**c, "section": tuple(c["section"])}) for c in back["citations"])
    nearest = tuple(Hit(**{**h, "section": tuple(h["section"]), "lacks": tuple(h["lacks"])}) for h in back["nearest"])
    assert (citations, nearest) == (given.citations, given.nearest)
    assert back["timings"] == asdict(given.timings)
    for name in ("question", "query", "text", "abstained", "confidence", "note", "message"):
        assert back[name] == getattr(given, name)
    for sentence, written in zip(given.sentences, back["sentences"], strict=True):
        assert written == {
            "text": sentence.text,
            "citations": [*sentence.citations],
            "support": sentence.support,
            "evidence": [*sentence.evidence],
        }
