"""What the reading pane is given for a link."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from bot.documents.parser import document_id
from bot.engine import Bot
from bot.page.source import source_of
from bot.settings import Settings
from bot.types import Answer, Citation
from tests.parts import OpenBot

TEXT = "# 𠮷题\n\n第一段。\n\n## 一、小节\n\n😀前句。要找的一句话在这里。后句。\n\n第二段。\n"
QUOTE = "要找的一句话在这里。"


def cite(bot: Bot, quote: str, source: str = "a.md") -> Citation:
    document = bot.document(document_id(source))
    start = document.text.index(quote)
    return Citation(1, document.document_id, source, "t", (), 0, start, start + len(quote), quote)


def shown(bot: Bot, target: str) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(json.dumps(source_of(bot, target)))
    return value


def marked(source: dict[str, Any]) -> str:
    text: str = source["paragraphs"][source["at"]]["text"]
    return text[source["from"] : source["to"]]


@pytest.fixture
def bot(open_bot: OpenBot) -> Bot:
    bot = open_bot()
    bot.add_bytes("a.md", TEXT.encode())
    return bot


def test_the_cited_sentence_at_its_place(bot: Bot) -> None:
    target = cite(bot, QUOTE).target
    source = shown(bot, "cite-" + target)
    assert marked(source) == QUOTE
    assert (source["number"], source["total"], source["at"]) == (4, 5, 3)
    assert (source["state"], source["changed"], source["moved"], source["cut"]) == ("same", False, False, False)
    assert (source["document_id"], source["source"], source["title"]) == (document_id("a.md"), "a.md", "𠮷题")
    assert source["section"] == list(bot.document(document_id("a.md")).paragraphs[3].section)
    assert [p["level"] for p in source["paragraphs"]] == [1, 0, 2, 0, 0]
    near = shown(bot, "near-" + target)
    assert (near["at"], near["from"], near["to"]) == (3, 0, 0)


def test_the_outline_leads_into_the_document(bot: Bot) -> None:
    identity = document_id("a.md")
    outline = shown(bot, "read-" + identity)["outline"]
    assert outline == [
        {"level": 1, "text": "𠮷题", "at": 0, "paragraph": 0},
        {"level": 2, "text": "一、小节", "at": 2, "paragraph": 2},
    ]
    there = shown(bot, f"read-{identity}.{outline[1]['paragraph']}")
    assert (there["at"], there["from"], there["to"], there["number"]) == (2, 0, 0, 3)
    whole = shown(bot, "read-" + identity)
    assert (whole["at"], whole["number"], whole["section"]) == (None, None, [])
    assert shown(bot, f"read-{identity}.999999999999999")["at"] == 4


def test_what_moved_changed_or_went(bot: Bot) -> None:
    cited = cite(bot, QUOTE)
    target = "cite-" + cited.target
    bot.conversations.append("v", None, Answer("问", "问", QUOTE, False, 1.0, citations=(cited,)))

    def after(text: str) -> dict[str, Any]:
        bot.add_bytes("a.md", text.encode())
        return shown(bot, target)

    moved = after("新的开头。\n\n" + TEXT)
    assert (marked(moved), moved["state"], moved["changed"], moved["moved"]) == (QUOTE, "moved", False, True)
    changed = after(TEXT.replace("在这里", "在那里"))
    assert (marked(changed), changed["state"]) == (QUOTE.replace("在这里", "在那里"), "changed")
    assert (changed["changed"], changed["moved"], changed["quote"]) == (True, False, QUOTE)
    gone = after(TEXT.replace(QUOTE, "别的。"))
    assert (marked(gone), gone["state"], gone["changed"], gone["at"], gone["quote"]) == ("", "gone", True, 3, QUOTE)
    bot.remove(cited.document_id)
    lost = shown(bot, target)
    assert set(lost) == {"error", "quote"}
    assert (set(lost["error"]), lost["quote"]) == ({"zh", "en"}, QUOTE)


def test_words_that_no_conversation_kept(bot: Bot) -> None:
    target = "cite-" + cite(bot, QUOTE).target
    bot.add_bytes("a.md", TEXT.replace("在这里", "在那里").encode())
    source = shown(bot, target)
    assert (source["state"], source["at"], source["from"], source["to"], source["quote"]) == ("gone", 3, 0, 0, None)
    bot.remove(document_id("a.md"))
    assert shown(bot, target)["quote"] is None


@pytest.mark.parametrize(
    "target", ["", "cite-x", "cite-", "other-thing", "read-none", "card-a.1", "read-{id}.x", "read-{id}.-1"]
)
def test_a_broken_link_says_so_in_both_languages(bot: Bot, target: str) -> None:
    error = shown(bot, target.format(id=document_id("a.md")))["error"]
    assert set(error) == {"zh", "en"}
    assert all(error.values())


def test_a_card_has_the_sentences_around(bot: Bot) -> None:
    card = shown(bot, "card-" + cite(bot, QUOTE).target)
    assert (card["before"], card["sentence"], card["after"]) == ("😀前句。", QUOTE, "后句。")
    assert (card["title"], card["paragraph"], card["address"], card["state"]) == ("𠮷题", 3, None, "same")
    last = shown(bot, "card-" + cite(bot, "第二段。").target)
    assert (last["before"], last["after"]) == ("后句。", "")
    first = shown(bot, "card-" + cite(bot, "𠮷题").target)
    assert (first["before"], first["after"]) == ("", "第一段。")
    two = shown(bot, "card-" + cite(bot, "😀前句。" + QUOTE).target)
    assert (two["before"], two["after"]) == ("一、小节", "后句。")


def test_a_card_names_the_article(open_bot: OpenBot) -> None:
    bot = open_bot()
    law = "湖泊保护条例\n\n第一条 为了保护湖泊，制定本条例。\n\n第二条 湖泊实行名录管理。\n\n名录由市政府公布。\n"
    bot.add_bytes("law.txt", law.encode())
    card = shown(bot, "card-" + cite(bot, "名录由市政府公布。", "law.txt").target)
    assert card["address"] == "《湖泊保护条例》第二条第二款"
    assert shown(bot, "cite-" + cite(bot, "名录由市政府公布。", "law.txt").target)["address"] == card["address"]


LINE = "这是{:03}号，" + "一句共有十个字在此。" * 14


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    """A document of 400 chapters of 1,500 characters, and one of 200,000 characters."""
    chapters = (f"第{number}章 题\n" + f"{LINE.format(number)}\n" * 10 for number in range(1, 401))
    with Bot.open(settings=Settings(home=tmp_path_factory.mktemp("long"), seeds=None)) as bot:
        bot.add_bytes("长.txt", "".join(chapters).encode())
        bot.add_bytes("whole.txt", (("字" * 99 + "\n") * 2_000).encode())
        yield bot


@pytest.mark.parametrize("number", [1, 2_200, 4_399])
def test_a_very_long_document_is_cut_around_the_citation(long: Bot, number: int) -> None:
    document = long.document(document_id("长.txt"))
    assert len(document.text) > 550_000
    paragraph = document.paragraphs[number]
    quote = document.text[paragraph.start : paragraph.start + 6]
    cited = Citation(1, document.document_id, "长.txt", "t", (), 0, paragraph.start, paragraph.start + 6, quote)
    source = shown(long, "cite-" + cited.target)
    assert source["cut"]
    assert marked(source) == quote
    assert source["number"] == paragraph.index + 1
    assert 190_000 < sum(len(p["text"]) + 1 for p in source["paragraphs"]) <= 200_100
    outline = source["outline"]
    assert len(outline) == 400
    assert {entry["at"] is None for entry in outline} == {True, False}
    for entry in outline:
        if entry["at"] is not None:
            assert source["paragraphs"][entry["at"]]["text"] == entry["text"]
    far = next(entry for entry in outline if entry["at"] is None)
    there = shown(long, f"read-{document.document_id}.{far['paragraph']}")
    assert there["paragraphs"][there["at"]]["text"] == far["text"]


def test_a_document_of_200_000_characters_is_whole(long: Bot) -> None:
    assert len(long.document(document_id("whole.txt")).text) == 200_000
    source = shown(long, "read-" + document_id("whole.txt"))
    assert not source["cut"]
    assert len(source["paragraphs"]) == source["total"] == 2_000
