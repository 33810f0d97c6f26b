"""Questions made by rule: what a text says is asked for, and nothing clumsy."""

import re

import pytest

from bot.documents.parser import parse
from bot.suggestions.phrasing import Proposal, answers, outline_question, places_question, proposals
from bot.types import Document, Language

STATUTE = """青溪市渡船管理条例
第一章 总则
第一条 为了规范渡船营运，保障乘客安全，制定本条例。
第二条 本条例所称渡船，是指在渡口之间往返载客的机动船舶。
第三条 市交通主管部门负责本行政区域内的渡船监督管理工作。
第二章 渡船登记
第四条 申请渡船登记的，应当提交下列材料：
（一）船舶证书；
（二）船员名册。
第五条 登记机关应当自收到申请之日起十五日内作出决定。
第六条 渡船有下列情形之一的，不得载客：
（一）未经检验；
（二）船体漏水。
第七条 登记证书有效期为三年。
第八条 违反本条例规定，擅自改装渡船的，由交通主管部门处二千元以上一万元以下罚款。
第九条 船员应当每年参加培训，并随身携带证书。
第三章 附则
第十条 本条例自2031年5月1日起施行。
"""
SPEECH = """在渔港工作会上的讲话
一、加快渔港建设
一要切实改善码头设施。要更换护栏，要修好灯塔，防止夜间搁浅。
二要在提高渔获质量上下功夫。必须一船一检，冷链入库。
三要建好“三个中心”。要办好交易中心、冷链中心、培训中心，让渔民少跑路。
四要推进XXX工程。要抓紧开工。
二、保护与管理
“三个不变”要记牢。“休渔制度”年年讲，“休渔制度”天天抓。
"""


def document(text: str) -> Document:
    return parse("own.txt", text.encode(), None)


def made(text: str, language: Language = "zh") -> dict[str, str]:
    """The questions of all paragraphs, each with its rule."""
    own = document(text)
    return {proposal.text: proposal.rule for p in own.paragraphs for proposal in proposals(own, p, language)}


def test_a_statute_is_asked_for_what_it_settles() -> None:
    assert made(STATUTE) == {
        "为什么制定《青溪市渡船管理条例》？": "purpose",
        "什么是渡船？": "definition",
        "谁负责渡船监督管理工作？": "who",
        "渡船登记有哪些规定？": "heading",
        "申请渡船登记应当提交哪些材料？": "list",
        "登记机关应当做什么？": "duty",
        "收到申请后多少日内作出决定？": "number",
        "哪些情形不得载客？": "list",
        "登记证书有效期是多少年？": "number",
        "擅自改装渡船处多少罚款？": "number",
        "船员应当做什么？": "duty",
        "《青溪市渡船管理条例》什么时候施行？": "date",
    }


def test_a_speech_is_asked_how_things_are_to_be_done() -> None:
    assert made(SPEECH) == {
        "如何加快渔港建设？": "how",
        "如何改善码头设施？": "how",
        "在提高渔获质量上有哪些要求？": "how",
        "“三个中心”是哪三个？": "items",
    }


def test_english_forms() -> None:
    text = (
        "Harbour Rules\n\nThe Old Pier opened in 1954.\n\nThe lighthouse was built in 1871.\n\n"
        "The shed holds 40 kinds of rope.\n\nThe fee must be paid within 30 days.\n"
    )
    assert made(text, "en") == {
        "When did the Old Pier open?": "date",
        "When was the lighthouse built?": "date",
        "How many kinds of rope are there?": "number",
        "When must the fee be paid?": "date",
    }
    assert list(made("Harbour Rules\n\nBerth means a place where a boat lies.\n", "en")) == ["What does “Berth” mean?"]


@pytest.mark.parametrize(
    "line",
    [
        "该办法所称其期限，是指前款规定的期限。",  # leans on what stands before
        "××港口有效期为三年。",  # a placeholder
        "现提出下列措施：",  # says not who
        "有效期为2031年。",  # a date, no length of time
        "为人民服务。",
        "申请在本市沿海各渔港从事海上渔业捕捞辅助活动的，应当提交下列材料：",  # too long
        "“未闭合的引号，是指没有另一半的引号。",
        "罚款三万元以上十万元以下的：",
    ],
)
def test_no_question_is_better_than_a_clumsy_one(line: str) -> None:
    assert made(f"说明\n{line}\n") == {}


def test_every_question_is_short_and_whole() -> None:
    for text in (*made(STATUTE), *made(SPEECH)):
        assert len(text) <= 24 and re.fullmatch(r"[\u4e00-\u9fff“”《》]+？", text)


def test_an_answer_may_stand_in_what_belongs_to_the_paragraph() -> None:
    own = document(STATUTE)
    found = {proposal.text: proposal for p in own.paragraphs for proposal in proposals(own, p, "zh")}
    lines = [own.text[p.start : p.end] for p in own.paragraphs]

    def reach(text: str) -> list[str]:
        return [lines[i][:4] for i in found[text].paragraphs]

    assert reach("申请渡船登记应当提交哪些材料？") == ["第四条 ", "（一）船", "（二）船"]
    assert reach("登记证书有效期是多少年？") == ["第七条 "]
    assert reach("渡船登记有哪些规定？")[0] == "第四条 "  # not the heading itself
    assert len(reach("渡船登记有哪些规定？")) == 10


def test_terms_that_come_again_are_asked_for_by_their_places() -> None:
    own = document(SPEECH)
    found = [proposal.text for p in own.paragraphs for proposal in places_question(own, p)]
    assert found == ["“休渔制度”出现在哪些地方？"] * 2


def test_parts_are_asked_for_by_number() -> None:
    assert outline_question(2, "二、保护", "zh") == "第二部分讲什么？"
    assert outline_question(3, "第三章 渡船", "zh") == "第三章规定了什么？"
    assert outline_question(3, "第三章　附　则", "zh") is None
    assert outline_question(3, "III. Berths", "en") == "What does part 3 say?"


def test_what_a_rule_asks_for_must_be_in_the_answer() -> None:
    def holds(rule: str, text: str, quote: str) -> bool:
        return answers(Proposal(text, rule, "d", range(1)), quote)

    assert holds("number", "有效期是多少年？", "有效期为三年。")
    assert not holds("number", "有效期是多少年？", "有效期另行规定。")
    assert holds("how", "如何改善码头？", "要更换护栏。") and not holds("how", "如何改善码头？", "码头很旧。")
    assert holds("items", "“两个中心”是哪两个？", "交易中心、冷链中心。")
    assert not holds("items", "“两个中心”是哪两个？", "“两个中心”是交易中心。")
