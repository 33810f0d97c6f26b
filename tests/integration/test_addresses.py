"""Articles asked for by their address, from the question to the command line."""

from collections.abc import Iterator

import pytest

from bot import Bot, Settings
from bot.cli.terminal import answer_lines, hit_lines
from bot.language.numerals import han_numeral
from bot.types import Answer
from tests.laws import CONTRACT, LAW

TOWNS = ("东", "西", "南", "北", "上", "下", "左", "右", "前", "后", "内", "外")
THINGS = ("渡口", "桥梁", "路灯", "水井", "草地", "温泉", "集市")
SPEECH = "在春游会上的讲话\n一、天气\n今天的天气很好，我们可以去河边。\n二、路线\n先过桥，再上山。\n"


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    """Twelve laws of seven articles with two 款 each, a law with items, an English contract, and a speech."""
    with Bot.open(settings=Settings(home=tmp_path_factory.mktemp("home"), seeds=None)) as bot:
        for town in TOWNS:
            lines = [f"{town}镇公共设施条例"]
            for number, thing in enumerate(THINGS, 1):
                lines.append(f"第{han_numeral(number)}条 {town}镇的{thing}由镇政府管理。")
                lines.append(f"{thing}的管理费用不得向居民收取。")
            bot.add_bytes(f"{town}.txt", "\n".join(lines).encode())
        for source, text in ("trees.txt", LAW), ("lease.txt", CONTRACT), ("speech.txt", SPEECH):
            bot.add_bytes(source, text.encode())
        yield bot


def cited(answer: Answer) -> list[tuple[str | None, str]]:
    return [(citation.address, citation.quote) for citation in answer.citations]


@pytest.mark.parametrize("form", ["{name}第{number}条", "《{name}》第{han}条规定了什么？"])
def test_every_article_is_first_and_is_cited_as_it_is_addressed(rules: Bot, form: str) -> None:
    for town in TOWNS[:3]:
        for number, thing in enumerate(THINGS, 1):
            name, han = f"{town}镇公共设施条例", han_numeral(number)
            question = form.format(name=name, number=number, han=han)
            hit = rules.search(question)[0]
            expected = [
                (f"《{name}》第{han}条第一款", f"第{han}条 {town}镇的{thing}由镇政府管理。"),
                (f"《{name}》第{han}条第二款", f"{thing}的管理费用不得向居民收取。"),
            ]
            assert (hit.address, hit.text) == expected[0]
            assert cited(rules.ask(question)) == expected


def test_a_citation_asked_for_again_leads_to_itself(rules: Bot) -> None:
    address = "《星桥市树木保护条例》第二条第一款第（二）项第2目"
    assert cited(rules.ask(f"{address}是什么？")) == [(address, "2. 有纪念意义的树木；")]
    address = "Harbour Lease Contract, Article 2, item (2)"
    assert cited(rules.ask(f"What does {address} say?")) == [(address, "(2) each quarter for yards.")]


def test_several_articles_are_answered_in_order(rules: Bot) -> None:
    answer = rules.ask("东镇公共设施条例第五条第一款、第三条第一款和西镇公共设施条例第六条第一款")
    assert [address for address, _ in cited(answer)] == [
        "《东镇公共设施条例》第五条第一款", "《东镇公共设施条例》第三条第一款", "《西镇公共设施条例》第六条第一款",
    ]  # fmt: skip
    ranged = rules.ask("东镇公共设施条例第二条至第四条")
    assert [c.quote[:3] for c in ranged.citations if c.quote.startswith("第")] == ["第二条", "第三条", "第四条"]


def test_an_article_of_many_laws_is_quoted_from_ten_and_counted_in_all(rules: Bot) -> None:
    answer = rules.ask("第5条")
    assert answer.text.startswith("共 12 个文件有第五条，显示 10 个；只要其中一个，请写出法律名称。\n")
    assert len({citation.document_id for citation in answer.citations}) == 10
    assert {citation.quote[:3] for citation in answer.citations[::2]} == {"第五条"}


def test_what_is_not_there_is_said_or_refused(rules: Bot) -> None:
    answer = rules.ask("东镇公共设施条例第七条和第八条")
    assert answer.text.startswith("没有找到第八条，请核对条号。\n第七条 东镇的集市由镇政府管理。[1]")
    assert rules.ask("东镇公共设施条例第八条").abstained
    assert rules.ask("第九十九条").abstained


def test_the_command_line_prints_the_address_and_the_paragraph_where_there_is_none(rules: Bot) -> None:
    answer = rules.ask("东镇公共设施条例第三条第二款")
    address = "《东镇公共设施条例》第三条第二款"
    assert f"[1] {address} (东.txt)" in list(answer_lines(answer, "zh"))
    assert f"1. ({rules.search(address)[0].score:.3f}) {address} (东.txt)" in list(
        hit_lines(rules.search(address), "zh")
    )
    speech = rules.ask("先过什么，再上哪里？")
    assert [citation.address for citation in speech.citations] == [None]
    assert "(speech.txt, 第 5 段)" in "\n".join(answer_lines(speech, "zh"))
