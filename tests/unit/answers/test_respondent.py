"""The ways in their order, and what is added to whatever one of them says."""

from dataclasses import replace

from bot.answers.respondent import WAYS, attempt, respond
from bot.documents.parser import parse
from bot.evidence.judge import Verdict
from bot.types import Timings
from tests.parts import read
from tests.unit.answers.home import Home

RULES = parse("rules.txt", "树木条例\n第一条 树木由市民爱护。\n第二条 禁止在树上刻划。\n".encode())


def test_the_surest_ways_are_asked_first() -> None:
    assert [way.__name__ for way in WAYS] == [
        *("marked", "talk", "collection", "several_questions", "every_place", "at_address", "outline_part"),
        *("summary", "comparison", "not_there", "definition", "effective", "table", "fields", "steps", "headed"),
        *("whole_list", "counted_items", "best_sentence", "plain_fact", "keywords", "refusal"),
    ]


def test_what_is_cited_has_its_address_and_nothing_is_weighed_where_text_answers(home: Home) -> None:
    home.add(RULES)
    reading = read("树木条例第二条")
    answer = respond(reading, home.material(reading))
    assert answer.text == "第二条 禁止在树上刻划。[1]"
    assert [citation.address for citation in answer.citations] == ["《树木条例》第二条"]
    assert home.weighed == []
    assert answer.timings.locate > 0 and answer.timings.search == answer.timings.judge == answer.timings.prove == 0


def test_a_mere_name_is_refused_in_the_documents_language(home: Home) -> None:
    home.add(RULES)
    home.verdict = Verdict((), (), 0.1, answered=False)
    name, question = read("WiFi"), read("Where is the park?")
    assert respond(name, home.material(name)).text.startswith("没有找到依据")
    assert respond(question, home.material(question)).text.startswith("No evidence found")


def test_a_refusal_is_proved_and_an_attempt_is_left_bare(home: Home) -> None:
    home.add(RULES)
    home.verdict = replace(Verdict((), (), 0.1, False), timings=Timings(search=2.0, judge=3.0))
    reading = read("“碳汇”由谁负责？")
    bare, proved = attempt(reading, home.material(reading)), respond(reading, home.material(reading))
    assert bare.abstained and bare.text == bare.message
    assert proved.text == f"{bare.message}\n全部 1 个文件中“碳汇”出现 0 次。"
    assert (proved.timings.search, proved.timings.judge) == (2.0, 3.0)
    assert bare.timings.prove == 0.0
