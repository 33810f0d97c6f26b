"""What a term means: the sentence that defines it, not one that mentions it."""

import pytest

from bot.answers.definition import definition
from bot.documents.parser import parse
from tests.unit.answers.home import Home

LAW = """渡口条例
第一条 渡船应当登记。渡船的船员应当持证。
第二条 本条例所称渡船，是指往返两岸载客的机动船舶。
第三条 城市渡口的设置由市人民政府决定。
附则
第九条 本条例下列用语的含义：
（一）“渡口”，是指供渡船停靠的场所；
（二）城市渡口：位于城市规划区以内的渡口。
第十条 渡工是渡船上的工作人员。
"""
OTHER = "港口规则\n第一条 本规则所称渡船，是指港内载人的船舶。\n"
ENGLISH = (
    'Policy\n"Breach" means any loss of data.\nA breach is reported at once.\nRecord: any document that is kept.\n'
)


@pytest.mark.parametrize(
    ("question", "quotes"),
    [
        ("什么是渡口？", ["（一）“渡口”，是指供渡船停靠的场所；"]),
        ("城市渡口指的是什么", ["（二）城市渡口：位于城市规划区以内的渡口。"]),
        ("渡口条例里渡船怎么定义？", ["第二条 本条例所称渡船，是指往返两岸载客的机动船舶。"]),
        ("什么船算渡船", None),
        (
            "哪些东西算渡船？",
            ["第一条 本规则所称渡船，是指港内载人的船舶。", "第二条 本条例所称渡船，是指往返两岸载客的机动船舶。"],
        ),
        ("What is a breach?", ['"Breach" means any loss of data.']),
        ("what does record mean", ["Record: any document that is kept."]),
        ("什么是渡工？", ["第十条 渡工是渡船上的工作人员。"]),
        ("什么是船员？", None),
        ("什么是渡", None),
        ("渡船要登记吗", None),
    ],
)
def test_the_sentence_that_defines_answers(home: Home, question: str, quotes: list[str] | None) -> None:
    home.add(*(parse(name, text.encode()) for name, text in (("a.txt", LAW), ("b.txt", OTHER), ("c.txt", ENGLISH))))
    answer = home.ask(definition, question)
    found = None if answer is None else [c.quote for c in answer.citations if not c.quote.startswith("第九条")]
    assert found == quotes
