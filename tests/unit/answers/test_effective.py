"""The day from which a document is in force."""

import pytest

from bot.answers.effective import effective
from bot.documents.parser import parse
from tests.unit.answers.home import Home

FERRY = "渡口管理条例\n2019年1月31日通过\n第一条 渡船应当登记。\n第二条 本条例自2019年7月1日起施行。\n"
DOGS = "养犬办法\n第一条 养犬应当登记。\n第二条 本办法自发布之日起施行。\n"


@pytest.mark.parametrize(
    ("question", "documents", "quote"),
    [
        ("渡口条例是哪天开始实行的？", (FERRY, DOGS), "第二条 本条例自2019年7月1日起施行。"),
        ("养犬办法什么时候生效", (FERRY, DOGS), "第二条 本办法自发布之日起施行。"),
        ("什么时候开始施行？", (FERRY, DOGS), None),
        ("什么时候开始施行？", (FERRY,), "第二条 本条例自2019年7月1日起施行。"),
        ("垃圾条例什么时候生效", (FERRY, DOGS), None),
        ("渡口条例什么时候通过", (FERRY, DOGS), None),
    ],
)
def test_the_sentence_that_says_from_when(
    home: Home, question: str, documents: tuple[str, ...], quote: str | None
) -> None:
    home.add(*(parse(f"{number}.txt", text.encode()) for number, text in enumerate(documents)))
    answer = home.ask(effective, question)
    assert (answer and [citation.quote for citation in answer.citations]) == (quote and [quote])
