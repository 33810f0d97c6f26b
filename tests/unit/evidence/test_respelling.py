"""Words that stand nowhere, and those that sound alike."""

from dataclasses import replace

import pytest

from bot.evidence.respelling import respellings
from bot.language.synonyms import Synonym
from bot.question.query import query_of
from tests.parts import OpenBot

TEXTS = ["病假要医院证明。年假有五天。", "返回后办理报销。销售部在二楼。", "贵重物品自行保管，名单要公示。"]
WORDS = {"宠物", "公式", "公示", "报销", "年假"}


def known(term: str) -> bool:
    return any(term in text for text in TEXTS)


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("病价要什么证明？", (Synonym("病价", ("病假",)),)),
        ("年价有几天？", (Synonym("年价", ("年假",)),)),
        ("几天内抱销", (Synonym("抱销", ("报销",)),)),
        ("病假要什么证明？", ()),
        ("停车费多少？", ()),
        ("可以养宠物吗", ()),  # a word that stands nowhere, and 贵重物品 holds no other word
        ("名单要公式吗", (Synonym("公式", ("公示",)),)),
        ("年假修不到", ()),
        ("公交车的钱谁出", ()),  # 的钱 is no word, whatever sounds alike
        ("有哪些事情", ()),
        ("病床有几张", ()),
    ],
)
def test_a_homophone_is_found_in_what_was_found(question: str, found: tuple[Synonym, ...]) -> None:
    assert respellings(query_of(question), TEXTS, known, WORDS) == found


def test_an_everyday_word_is_not_typed_wrong() -> None:
    asked = replace(query_of("病价要什么证明？"), everyday=(Synonym("病价", ("医药费",)),))
    assert respellings(asked, TEXTS, known, WORDS) == ()


def test_an_answer_says_what_was_read_for_what(open_bot: OpenBot) -> None:
    bot = open_bot(threshold=0.45)
    bot.add_bytes("手册.txt", "病假要提供医院的证明。\n\n年假有五天。\n\n加班要先申请。".encode())
    answer = bot.ask("病价要提供哪里的证明？")
    assert [citation.quote for citation in answer.citations] == ["病假要提供医院的证明。"]
    assert "按“病假”查找" in answer.note
    assert "查找" not in bot.ask("停车要提供哪里的证明？").note
