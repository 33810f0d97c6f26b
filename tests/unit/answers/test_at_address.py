"""Questions that point at an address: which are answered from there, and what the others make of the search."""

import pytest

from bot.answers.at_address import at_address
from bot.answers.contract import Focus
from bot.answers.outline_part import outline_part
from bot.documents.parser import parse
from bot.evidence.judge import Verdict
from bot.types import Answer
from tests.unit.answers.home import Home

RULES = "星桥市{}条例\n第一条 {}由市政府管理。\n第二条 违反规定的，处{}元罚款。\n"
NAMES = ("公园", "树木", "河道", "桥梁", "路灯", "广场", "堤防", "温泉", "苗圃", "花卉", "草地", "水库")


@pytest.fixture
def rules(home: Home) -> Home:
    texts = [RULES.format(name, name, 100 + n) for n, name in enumerate(NAMES * 2)]
    home.add(
        *(
            parse(f"{n:02}.txt", text.encode(), f"甲市{NAMES[n % 12]}条例" if n > 11 else None)
            for n, text in enumerate(texts)
        )
    )
    home.add(parse("speech.txt", "一、形势\n形势很好。\n二、任务\n任务很重。".encode(), "讲话"))
    return home


def said(answer: Answer | None) -> list[str]:
    assert answer is not None and not answer.abstained and answer.confidence == 1.0
    return [sentence.text for sentence in answer.sentences]


def test_an_address_alone_is_the_whole_answer(rules: Home) -> None:
    answer = rules.ask(at_address, "《星桥市树木条例》第2条规定了什么？")
    assert said(answer) == ["第二条 违反规定的，处101元罚款。"]
    assert answer is not None and (answer.trace.way, answer.trace.rule, answer.note) == ("address", "address alone", "")
    assert rules.weighed == []


def test_an_address_in_a_longer_question_narrows_the_search(rules: Home) -> None:
    question = "星桥市河道条例第二条规定的罚款是多少？"
    assert rules.ask(at_address, question) is None
    material = rules.material(question)
    focus = material.focus
    assert [place.text for place in focus.places] == ["第二条 违反规定的，处102元罚款。"]
    assert (focus.absent, focus.way) == (False, "address")
    assert material.verdict == rules.verdict
    assert rules.weighed == [focus.scope] == [(focus.places[0].document.document_id,)]


def test_what_a_violation_leads_to_is_sought_in_the_whole_document(rules: Home) -> None:
    (chosen,) = (info.document_id for info in rules.store.documents() if info.source == "02.txt")
    assert rules.material("违反星桥市河道条例第一条处多少罚款？").focus == Focus((chosen,), way="address")


@pytest.mark.parametrize("question", ["星桥市河道条例第九条", "海域法第一条是什么"])
def test_what_is_not_at_its_address_is_absent(rules: Home, question: str) -> None:
    assert rules.ask(at_address, question) is None
    assert rules.ask(outline_part, question) is None
    assert rules.material(question).focus == Focus(None, absent=True, way="address")


def test_an_address_that_names_no_document_is_answered_from_ten_and_counted_in_all(rules: Home) -> None:
    answer = rules.ask(at_address, "第二条")
    assert said(answer) == [f"第二条 违反规定的，处{100 + n}元罚款。" for n in range(10)]
    assert answer is not None
    assert answer.note == "共 24 个文件有第二条，显示 10 个；只要其中一个，请写出法律名称。"
    english = rules.ask(at_address, "article 2")
    assert english is not None and english.note.startswith("24 documents have Article 2, 10 shown; ")


def test_a_longer_question_that_names_no_document_is_searched_everywhere(rules: Home) -> None:
    assert rules.ask(at_address, "违反第二条怎么处理") is None
    assert rules.material("违反第二条怎么处理").focus == Focus(None)


def test_an_article_that_no_document_has_is_absent(rules: Home) -> None:
    assert rules.material("第八十八条").focus.absent
    assert not rules.material("第八十八条的罚款是多少").focus.absent


def test_the_scope_holds(rules: Home) -> None:
    chosen = [info.document_id for info in rules.store.documents() if info.source == "03.txt"]
    assert said(rules.ask(at_address, "第二条", chosen)) == ["第二条 违反规定的，处103元罚款。"]
    assert rules.material("星桥市树木条例第二条", chosen).focus.absent


def test_any_other_question_points_nowhere(rules: Home) -> None:
    rules.verdict = Verdict((), (), 0.9, True)
    material = rules.material("谁管理公园？")
    assert (material.resolution, material.outline, material.focus) == (None, (), Focus(None))
    assert material.verdict == rules.verdict
    assert rules.ask(at_address, "谁管理公园？") is None


def test_every_part_of_the_material_is_found_once(rules: Home) -> None:
    material = rules.material("星桥市河道条例第二条规定的罚款是多少？")
    assert material.timings.locate == 0.0
    assert material.verdict is material.verdict and material.resolution is material.resolution
    assert len(rules.weighed) == 1
    assert material.timings.locate > 0.0
