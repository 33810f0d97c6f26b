"""A question that names a year, asked of what is of that year."""

from dataclasses import replace

import pytest

from bot.evidence.dated import in_its_words, meant_years, of_the_year
from bot.evidence.judge import Evidence, RankedPassage, Verdict
from bot.language.designators import designators
from tests.parts import OpenBot
from tests.unit.evidence.test_exactness import sentences

TEXTS = {
    "2024年工作报告": "过去一年，新增就业一千二百万人。今年的目标是新增就业一千三百万人。",
    "考勤办法（2024版）": "事假每年不超过十天。",
    "说明": "各地都有目标。",
}


def found(title: str) -> list[Evidence]:
    return [replace(e, stored=replace(e.stored, document_id=title)) for e in sentences(TEXTS[title], title)]


EVIDENCE = [evidence for title in TEXTS for evidence in found(title)]
VERDICT = Verdict(tuple(RankedPassage(e.stored, e.score) for e in EVIDENCE), tuple(EVIDENCE), 0.5, answered=True)


@pytest.mark.parametrize(
    ("question", "documents"),
    [
        ("2024年", ["2024年工作报告", "考勤办法（2024版）"]),
        ("2023年", ["2024年工作报告"]),
        ("2010年", []),
        ("2号楼", []),
    ],
)
def test_the_documents_of_a_year_are_those_that_speak_of_it(question: str, documents: list[str]) -> None:
    assert of_the_year(designators(question), VERDICT) == documents


@pytest.mark.parametrize(
    ("question", "this_year", "years"),
    [
        ("今年新增就业多少？", 2024, [2024]),
        ("去年新增就业多少？", 2024, [2023]),
        ("去年新增就业多少？", 2025, [2024]),
        ("今年新增就业多少？", 2030, [2024]),  # nothing is of 2030: the document's own year
        ("今年比去年多多少？", 2024, [2024]),
        ("新增就业多少？", 2024, []),
    ],
)
def test_this_year_is_that_of_the_asking_or_of_the_document(question: str, this_year: int, years: list[int]) -> None:
    assert [one.first[0] for one in meant_years(question, VERDICT, this_year)] == years


@pytest.mark.parametrize(
    ("year", "title", "asked"),
    [
        ("2024年", "2024年工作报告", "今年新增就业多少？"),
        ("2023年", "2024年工作报告", "过去一年新增就业多少？"),
        ("2022年", "2024年工作报告", "新增就业多少？"),
        ("2024年", "考勤办法（2024版）", "新增就业多少？"),
        ("2024年", "说明", "新增就业多少？"),
    ],
)
def test_a_report_is_asked_in_its_own_words(year: str, title: str, asked: str) -> None:
    words = in_its_words("新增就业多少？", designators(year), VERDICT)
    assert words(found(title)[0].stored) == asked


def test_a_year_that_only_the_title_says_is_no_hindrance(open_bot: OpenBot) -> None:
    bot = open_bot()
    for year, days in ((2023, "十五"), (2024, "十")):
        bot.add_bytes(f"考勤办法（{year}版）.txt", f"事假为无薪假，全年累计不得超过{days}天。".encode())
    for year, days in ((2023, "十五"), (2024, "十")):
        answer = bot.ask(f"按{year}版的规定，事假全年累计不得超过多少天？")
        assert [citation.quote for citation in answer.citations] == [f"事假为无薪假，全年累计不得超过{days}天。"]
