"""What has two names everywhere: the table itself, and that questions are read with it."""

from collections import Counter

from bot.language.abbreviations import ABBREVIATIONS
from bot.language.folding import fold
from bot.language.synonyms import group_of
from tests.parts import OpenBot


def test_every_line_is_a_group_and_no_term_stands_in_two() -> None:
    assert [group_of(group) for group in ABBREVIATIONS] == list(ABBREVIATIONS)
    counts = Counter(fold(term) for group in ABBREVIATIONS for term in group)
    assert [term for term, count in counts.items() if count > 1] == []


def test_a_question_may_use_the_other_name(open_bot: OpenBot) -> None:
    bot = open_bot()
    bot.add_bytes("a.txt", "全年国内生产总值增长百分之五。\n\n居民消费价格上涨百分之二。".encode())
    answer = bot.ask("GDP增长了多少？")
    assert [citation.quote for citation in answer.citations] == ["全年国内生产总值增长百分之五。"]
