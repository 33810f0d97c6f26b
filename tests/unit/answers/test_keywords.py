"""Mere words: the sentence that holds all of them."""

from dataclasses import replace

import pytest

from bot.answers.keywords import keywords
from bot.documents.parser import parse
from bot.evidence.judge import Evidence, RankedPassage, Verdict
from bot.storage.store import StoredPassage
from bot.types import Passage
from tests.unit.answers.home import Home

TEXT = """补偿办法
补偿有标准。
经济补偿按工作年限，每满一年支付一个月工资的标准支付。
2020年的年限另有标准，经济补偿照发。
档号QB-120存甲库，档号QB-12存乙库。
"""


@pytest.mark.parametrize(
    ("question", "answered", "quote"),
    [
        ("经济补偿 年限 标准", False, "经济补偿按工作年限，每满一年支付一个月工资的标准支付。"),
        ("经济补偿 年限 标准", True, None),  # the evidence answers
        ("2021年 经济补偿 标准", False, None),
        ("经济补偿 天数", False, None),
        ("经济补偿的标准是什么", False, None),
        ("年限 多少", False, None),
        ("补偿", False, None),
        ("QB-12", False, "档号QB-120存甲库，档号QB-12存乙库。"),
        ("QB-1", False, None),
        ("工作年限", False, "经济补偿按工作年限，每满一年支付一个月工资的标准支付。"),
        ("工作年限表", False, None),
    ],
)
def test_the_sentence_that_holds_all_words(home: Home, question: str, answered: bool, quote: str | None) -> None:
    document = parse("a.txt", TEXT.encode())
    home.add(document)
    stored = [
        StoredPassage(p.index, document.document_id, "a.txt", document.title,
                      Passage(p.index, p.start, p.end, p.section, document.text[p.start : p.end]))
        for p in document.paragraphs
    ]  # fmt: skip
    evidence = tuple(Evidence(s, s.passage.start, s.passage.end, -float(n)) for n, s in enumerate(stored))
    verdict = Verdict(tuple(RankedPassage(s, 0.0) for s in stored), evidence, 0.1, answered=False, threshold=0.3)
    home.verdict = replace(verdict, answered=answered)
    answer = home.ask(keywords, question)
    assert (answer and [citation.quote for citation in answer.citations]) == (quote and [quote])
