"""Questions about structure, answered from the outline."""

import pytest

from bot.answers.outline_part import outline_part
from bot.documents.parser import parse
from bot.structure.resolving import MOST_PLACES
from bot.types import ItemCount
from tests.unit.answers.home import Home

SPEECH = parse("speech.txt", "一、形势\n形势很好。\n二、任务\n任务很重。".encode(), "讲话")


@pytest.mark.parametrize(
    ("question", "text", "rule"),
    [
        ("讲话分哪几部分？", "共 2 项，全部列出。\n一、形势[1]\n二、任务[2]", "parts"),
        ("What are the sections of the text?", "2 items, all listed.\n一、形势[1]\n二、任务[2]", "parts"),
        ("目录", "共 2 项，全部列出。\n一、形势[1]\n二、任务[2]", "contents"),
        ("第二部分讲什么？", "二、任务[1]\n任务很重。[2]", "part"),
        ("第二条", "二、任务[1]\n任务很重。[2]", "part"),
    ],
)
def test_headings_and_what_is_under_them(home: Home, question: str, text: str, rule: str) -> None:
    home.add(SPEECH)
    answer = home.ask(outline_part, question)
    assert answer is not None
    assert (answer.text, answer.trace.way, answer.trace.rule) == (text, "outline", rule)
    assert home.weighed == []


@pytest.mark.parametrize("question", ["形势怎么样？", "第三部分讲什么？", "第二部分由谁负责"])
def test_other_questions_are_left_alone(home: Home, question: str) -> None:
    home.add(SPEECH)
    assert home.ask(outline_part, question) is None


def test_a_long_outline_is_cut_and_counted(home: Home) -> None:
    home.add(parse("plan.txt", "".join(f"{n}. 第{n}件事\n做好它。\n" for n in range(1, 301)).encode(), "规划"))
    answer = home.ask(outline_part, "规划分哪几部分？")
    assert answer is not None
    assert len(answer.citations) == MOST_PLACES
    assert (answer.note, answer.items) == ("共 300 项，显示 200 项。", ItemCount(300, 200))
