"""Where an earlier answer stands, and whether a follow-up may be looked for there."""

from pathlib import Path

import pytest

from bot.documents.parser import parse
from bot.question.reading import read_question
from bot.retrieval.sources import source_of, speaks_of
from tests.parts import TinyWords
from tests.unit.answers.home import Home

LEASE = parse("lease.txt", "租赁合同\n押金为三个月租金。\n退租后十日内无息退还押金。\n".encode())
RULES = parse("rules.txt", "会议制度\n会议每月召开一次。\n".encode())


def test_the_document_of_the_first_sentence_cited(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.add(LEASE, RULES)
    for said, document in (
        ("押金为三个月租金。[1]", LEASE.document_id),
        ("据 2024 年的版本。\n会议每月召开一次。[1] 押金为三个月租金。[2]", RULES.document_id),
        ("没有找到依据。", None),
        ("此处没有的句子。[1]", None),
    ):
        assert source_of(said, home.lexical, home.store) == document
    home.store.close()


@pytest.mark.parametrize(
    ("question", "spoken_of"), [("什么时候退还？", True), ("为什么？", True), ("那停车费呢？", False)]
)
def test_a_document_speaks_of_what_it_says_half_of(question: str, spoken_of: bool) -> None:
    follow_up = read_question(question, [("押金是多少？", "押金为三个月租金。[1]")], vocabulary=TinyWords(""))
    assert speaks_of(follow_up.own_terms, LEASE.text) == spoken_of
