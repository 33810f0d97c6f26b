"""Quote or silence: what is cited stands in the file, character by character, whatever the file is made of."""

import random
import sqlite3
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.answers.citations import cite, cite_sentences
from bot.documents.parser import parse
from bot.documents.passages import split_sentences
from bot.engine import Bot
from bot.evidence.judge import Evidence
from bot.settings import Settings
from bot.storage.store import DATABASE, StoredPassage
from bot.structure.places import whole
from bot.types import Document, Passage, StoreError
from tests.parts import OpenBot

ASTRAL = "𠮷野家🙂开业了。🐱🐱在屋顶，👩‍👩‍👧一家三口看见了它们🐱！\n\n🏳️‍🌈旗子有𠀋丈长。𪚥是四个龍字。\n"
COMBINING = unicodedata.normalize(
    "NFD", "Le café est fermé à Noël. Žižek đã ở Việt Nam.\nこのガラスは美しい。プールも。\n"
)
TRADITIONAL = "第一章　總則\n圖書館每週一閉館。讀者應當愛護圖書，逾期歸還的，每冊每日收取滯納金二角。\n"
LINE_ENDS = (
    "第一条　猫在屋顶。\r\n\r\n  第二条　狗在院子里；\t兔子在洞里。  \r第三条 鸟在树上\u2028第四条 鱼在水里。\r\n"
)
LONG = "一、" + "，".join(f"第{n}项工作由第{n}组🙂负责" for n in range(400)) + "。\n"
PLAIN = "二、绩效考核每年十二月进行。一是考核出勤；二是考核业绩。考核结果分为优秀、合格、不合格三等。\n"

FILES = {
    "astral.txt": ASTRAL.encode(),
    "combining.md": b"\xef\xbb\xbf# Combining\n\n" + COMBINING.encode(),
    "traditional.txt": TRADITIONAL.encode("big5"),
    "ends.txt": LINE_ENDS.encode("utf-16"),
    "long.txt": LONG.encode("gb18030"),
    "plain.md": ("# 考核办法\r\n\r\n" + PLAIN * 3).encode("gb18030"),
}


def fill(bot: Bot) -> Bot:
    assert {report.status for report in bot.add_files((name, data, None) for name, data in FILES.items())} == {"added"}
    return bot


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    # Everything that is found is answered.
    with Bot.open(settings=Settings(home=tmp_path_factory.mktemp("home"), seeds=None, threshold=0.0)) as bot:
        yield fill(bot)


def questions(bot: Bot) -> list[str]:
    """Ask for each sentence by pieces of it, with and without interrogatives, and by pieces of two."""
    rng = random.Random(0)
    sentences = []
    for info in bot.documents():
        text = bot.document(info.document_id).text
        lines = [split_sentences(text, p.start, p.end) for p in bot.document(info.document_id).paragraphs]
        spans = [span for line in lines for span in line]
        sentences += [text[start:end] for start, end in rng.sample(spans, min(8, len(spans)))]
    asked = []
    for sentence in sentences:
        at = rng.randrange(max(1, len(sentence) - 6))
        piece = sentence[at : at + 12]
        asked += [piece, f"{piece}有哪些？", f"为什么{rng.choice(sentences)[:8]}{piece}"]
    return [question for question in asked if question.strip()]


def test_every_quote_stands_in_its_file(bot: Bot) -> None:
    cited = set()
    for question in questions(bot):
        answer = bot.ask(question)
        assert not answer.abstained
        for citation in answer.citations:
            document = bot.document(citation.document_id)
            paragraph = document.paragraphs[citation.paragraph]
            assert document.text[citation.start : citation.end] == citation.quote != ""
            assert paragraph.start <= citation.start < citation.end <= paragraph.end
            assert (citation.source, citation.title) == (document.source, document.title)
            assert citation.section == paragraph.section
            assert "\n" not in citation.quote
            cited.add(citation.source)
        for hit in (*answer.nearest, *bot.search(question)):
            assert bot.document(hit.document_id).text[hit.start : hit.end] == hit.text
    assert cited == set(FILES)


@pytest.mark.parametrize("text", [ASTRAL, COMBINING, TRADITIONAL, LINE_ENDS, LONG, PLAIN])
def test_a_quote_is_what_the_file_says_not_a_folded_copy(bot: Bot, text: str) -> None:
    words = max(text.replace("\r", "\n").replace("\u2028", "\n").split("\n"), key=len).strip()
    asked = unicodedata.normalize("NFKC", words[-20:]).replace("歸還", "归还").lower()
    answer = bot.ask(asked)
    assert answer.citations[0].quote in text
    assert answer.citations[0].quote in answer.text


def test_traditional_and_simplified_find_the_same_sentence(bot: Bot) -> None:
    quote = "讀者應當愛護圖書，逾期歸還的，每冊每日收取滯納金二角。"
    for question in ("逾期归还每册每日收取多少滞纳金？", "逾期歸還每冊每日收取多少滯納金？"):
        assert bot.ask(question).citations[0].quote == quote


# Tampering


def evidence() -> Evidence:
    passage = Passage(0, 10, 14, (), "猫在屋顶")
    return Evidence(StoredPassage(1, "d", "d.txt", "t", passage), 10, 14, 1.0)


@pytest.mark.parametrize("text", ["", "0123456789猫在屋", "0123456789狗在屋顶", "012345678猫在屋顶。", "猫在屋顶"])
def test_a_quote_that_is_not_there_is_never_cited(text: str) -> None:
    with pytest.raises(StoreError, match=r"d\.txt.*remove") as error:
        cite([evidence()], lambda _: Document("d", "d.txt", "t", text, (), "UTF-8"))
    assert "d.txt" in error.value.zh


def test_numbers_follow_the_order_given() -> None:
    sentences = [replace(evidence(), start=start) for start in (12, 10, 13)]
    cited = cite(sentences, lambda _: Document("d", "d.txt", "t", "0123456789猫在屋顶。", (), "UTF-8"))
    assert [(c.number, c.quote) for c in cited] == [(1, "屋顶"), (2, "猫在屋顶"), (3, "顶")]
    assert cite([], lambda _: Document("d", "d.txt", "t", "", (), "UTF-8")) == ()


def test_every_sentence_of_places_is_cited() -> None:
    document = parse("a.txt", "第一章\n猫在屋顶。狗在院子。\n兔在洞里。\n".encode())
    cited = cite_sentences([whole(document, 1), whole(document, 2)])
    assert [(c.number, c.paragraph, c.quote) for c in cited] == [
        (1, 1, "猫在屋顶。"), (2, 1, "狗在院子。"), (3, 2, "兔在洞里。"),
    ]  # fmt: skip
    assert all(document.text[c.start : c.end] == c.quote and c.section == ("第一章",) for c in cited)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE documents SET text = replace(text, '滯納金二角', '滯納金九角')",
        "UPDATE passages SET text = replace(text, '滯納金二角', '滯納金九角')",
        "UPDATE passages SET start = start + 1, \"end\" = \"end\" + 1",
        "UPDATE documents SET text = ' ' || text",
    ],
)  # fmt: skip
def test_a_tampered_store_is_caught(open_bot: OpenBot, tmp_path: Path, change: str) -> None:
    bot = fill(open_bot(threshold=0.0))
    question = "逾期歸還每冊每日收取多少滯納金？"
    assert "二角" in bot.ask(question).text
    again = question[:-1]  # the same answer given again is held to its document alone
    with closing(sqlite3.connect(tmp_path / "home" / DATABASE)) as connection, connection:
        connection.execute(f"{change} WHERE text LIKE '%滯納金二角%'")
    with pytest.raises(StoreError, match=r"traditional\.txt"):
        bot.ask(again)
    if "documents" in change:
        with pytest.raises(StoreError, match=r"traditional\.txt"):
            bot.ask(question)
