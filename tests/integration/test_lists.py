"""Whole lists and proof of absence through the engine: what was planted is found, each time, where it was planted."""

import random

import pytest

from bot import Bot
from bot.text import fold
from tests.parts import OpenBot

FORMS = ("碳关税", "碳關稅")
FILLER = ("园里的树很高。", "我们在山上看雪。", "工人修好了桥。", "书放在桌子上。", "关税和碳各说各的。")


@pytest.fixture
def planted(open_bot: OpenBot) -> Bot:
    """Ten files with 17 places of one term, among 30 sentences each."""
    bot = open_bot()
    chosen = random.Random(17)
    owners = [*range(10), *chosen.choices(range(10), k=7)]
    for number in range(10):
        sentences = chosen.choices(FILLER, k=30)
        for _ in range(owners.count(number)):
            sentences.insert(chosen.randrange(30), f"文件里说到{chosen.choice(FORMS)}的事🙂。")
        lines = ["".join(sentences[i : i + 12]) for i in range(0, len(sentences), 12)]
        bot.add_bytes(f"{number}.txt", "\n".join(lines).encode())
    return bot


def total(bot: Bot, term: str) -> int:
    return sum(fold(bot.document(info.document_id).text).count(fold(term)) for info in bot.documents())


@pytest.mark.parametrize(
    "question", ["“碳关税”出现在哪些地方？", "列出所有提到碳關稅的句子", "List all mentions of “碳关税”"]
)
def test_seventeen_places_in_ten_files(planted: Bot, question: str) -> None:
    answer = planted.ask(question)
    assert total(planted, "碳关税") == 17
    assert not answer.abstained
    assert len(answer.citations) == len(answer.sentences) == 17
    assert len({c.document_id for c in answer.citations}) == 10
    for citation in answer.citations:
        text = planted.document(citation.document_id).text
        assert text[citation.start : citation.end] == citation.quote
        assert fold(citation.quote).count("碳关税") == 1
    assert ("共 17 处，显示 17 处" in answer.text) or ("17 places, 17 shown; in 10 files" in answer.text)


def test_a_scope_narrows_the_list(planted: Bot) -> None:
    chosen = [info.document_id for info in planted.documents()[:3]]
    answer = planted.ask("“碳关税”出现了几次？", documents=chosen)
    assert {c.document_id for c in answer.citations} == set(chosen)
    expected = sum(fold(planted.document(i).text).count("碳关税") for i in chosen)
    assert f"共 {expected} 处" in answer.text


@pytest.mark.parametrize("question", ["“碳汇”出现了几次？", "哪些文件提到碳汇", "列出所有提到“碳汇”的句子"])
def test_what_is_absent_is_refused_with_its_count(planted: Bot, question: str) -> None:
    answer = planted.ask(question)
    assert total(planted, "碳汇") == 0
    assert answer.abstained
    assert "全部 10 个文件中“碳汇”出现 0 次；最接近的是《" in answer.text
    assert answer.citations == ()
