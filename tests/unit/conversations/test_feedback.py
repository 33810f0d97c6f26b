"""Ratings, and the test set that is made of them."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot import Bot, Settings
from bot.conversations.feedback import RightParagraph
from bot.documents.parser import document_id
from bot.evaluation import evaluate
from bot.storage.ratings import Quote
from bot.types import Answer, NotFoundError, Rating, StoreError
from tests.integration.serving import GARDEN, MANUAL
from tests.parts import OpenBot

FINE = "图书逾期未还每天收取多少滞纳金？"
FINE_SAID = "图书逾期未还的，每册每天收取滞纳金二角。"
UNKNOWN = "火星探测器的发射质量是多少吨？"
LIBRARY = document_id("library.md")


@pytest.fixture
def bot(open_bot: OpenBot) -> Bot:
    bot = open_bot()
    bot.add_bytes("library.md", MANUAL.encode())
    bot.add_bytes("garden.txt", GARDEN.encode())
    return bot


def rate(
    bot: Bot, question: str, rating: Rating | None, right: RightParagraph | None = None
) -> tuple[str, int, Answer]:
    """Ask, keep the turn and rate it."""
    answer = bot.ask(question)
    kept = bot.conversations.append("v", None, answer)
    bot.rate("v", kept.conversation_id, kept.turn.turn_id, rating, right)
    return kept.conversation_id, kept.turn.turn_id, answer


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def paragraph(bot: Bot, text: str) -> int:
    document = bot.document(LIBRARY)
    return next(p.index for p in document.paragraphs if text in document.text[p.start : p.end])


def test_the_last_word_counts(bot: Bot) -> None:
    conversation, turn, answer = rate(bot, FINE, "bad", RightParagraph(LIBRARY, paragraph(bot, "开放")))
    assert [(item.rating, len(item.right)) for item in bot.feedback.ratings()] == [("bad", 1)]
    bot.rate("v", conversation, turn, "good", RightParagraph(LIBRARY, 0))
    (item,) = bot.feedback.ratings()
    assert (item.turn_id, item.rating, item.question, item.refused, item.right) == (
        turn,
        "good",
        answer.query,
        False,
        (),
    )
    assert item.quotes == (Quote(LIBRARY, FINE_SAID),)
    assert bot.conversations.turns("v", conversation)[0].rating == "good"
    bot.rate("v", conversation, turn, None)
    assert bot.feedback.ratings() == []
    assert bot.conversations.turns("v", conversation)[0].rating is None


def test_only_a_turn_of_ones_own_and_a_paragraph_that_is_there(bot: Bot) -> None:
    conversation, turn, _ = rate(bot, FINE, "good")
    before = bot.feedback.ratings()
    count = len(bot.document(LIBRARY).paragraphs)
    for call in (
        lambda: bot.rate("w", conversation, turn, "bad"),
        lambda: bot.rate("v", "none", turn, "bad"),
        lambda: bot.rate("v", conversation, turn + 1, "bad"),
        lambda: bot.rate("v", conversation, turn, "bad", RightParagraph("none", 0)),
        lambda: bot.rate("v", conversation, turn, "bad", RightParagraph(LIBRARY, count)),
        lambda: bot.rate("v", conversation, turn, "bad", RightParagraph(LIBRARY, -1)),
    ):
        with pytest.raises(NotFoundError):
            call()
    assert bot.feedback.ratings() == before
    assert bot.conversations.turns("v", conversation)[0].rating == "good"


def test_a_complaint_outlives_its_conversation(bot: Bot) -> None:
    conversation, _, _ = rate(bot, FINE, "good")
    before = bot.feedback.ratings()
    bot.conversations.remove("v", conversation)
    assert bot.feedback.ratings() == before


def test_the_export_is_a_folder_in_the_layout(bot: Bot, tmp_path: Path) -> None:
    rate(bot, FINE, "good")
    rate(bot, UNKNOWN, "good")
    two = paragraph(bot, "遗失")
    rate(bot, "丢了书怎么办？", "bad", RightParagraph(LIBRARY, two))
    rate(bot, "How many kinds of orchid does the glass house hold?", "bad")
    folder = tmp_path / "deep" / "set"
    report = bot.feedback.export(folder)
    assert (report.folder, report.documents, report.questions, report.skipped) == (str(folder), 2, 3, 1)
    corpus = {row["_id"]: row for row in rows(folder / "corpus.jsonl")}
    assert set(corpus) == {LIBRARY + ".md", document_id("garden.txt")}
    library = bot.document(LIBRARY)
    assert (corpus[LIBRARY + ".md"]["text"], corpus[LIBRARY + ".md"]["title"]) == (library.text, library.title)
    assert [(row["text"], row["metadata"]) for row in rows(folder / "queries.jsonl")] == [
        (FINE, {"answerable": True, "answers": [FINE_SAID]}),
        (UNKNOWN, {"answerable": False, "answers": []}),
        ("丢了书怎么办？", {"answerable": True, "answers": ["图书遗失的，读者应当按照原价的三倍赔偿。"]}),
    ]
    assert (folder / "qrels" / "test.tsv").read_text().splitlines() == [
        "query-id\tcorpus-id\tscore", f"0\t{LIBRARY}.md\t1", f"2\t{LIBRARY}.md\t1",
    ]  # fmt: skip


def test_eval_runs_the_export_on_the_very_documents(bot: Bot, tmp_path: Path) -> None:
    rate(bot, FINE, "good")
    rate(bot, UNKNOWN, "good")
    rate(bot, "图书馆星期几不开门？", "bad", RightParagraph(LIBRARY, paragraph(bot, "周一闭馆")))
    bot.feedback.export(tmp_path / "set")
    figures = evaluate(tmp_path / "set", Settings(), lambda done, total, label: None)
    assert (figures.documents, figures.questions, figures.answerable) == (2, 3, 2)
    assert figures.passages == sum(info.passages for info in bot.documents())
    assert (figures.hit_at_10, figures.wrong_answers, figures.broken_citations) == (1.0, 0.0, 0)
    assert figures.answer_at_1 is not None
    assert figures.answer_at_1 >= 0.5  # the liked answer is given again


def test_a_wrong_right_paragraph_lowers_the_figures(bot: Bot, tmp_path: Path) -> None:
    rate(bot, FINE, "bad", RightParagraph(document_id("garden.txt"), 0))
    bot.feedback.export(tmp_path / "set")
    figures = evaluate(tmp_path / "set", Settings(), lambda done, total, label: None)
    assert (figures.hit_at_1, figures.answer_at_1) == (0.0, 0.0)


def test_what_the_documents_say_no_more_is_skipped(bot: Bot, tmp_path: Path) -> None:
    rate(bot, FINE, "good")
    rate(bot, UNKNOWN, "good")
    bot.add_bytes("library.md", MANUAL.replace("二角", "五角").encode())
    report = bot.feedback.export(tmp_path / "set")
    assert (report.questions, report.skipped) == (1, 1)
    bot.remove(LIBRARY)
    assert bot.feedback.export(tmp_path / "set").documents == 1
    assert [row["text"] for row in rows(tmp_path / "set" / "queries.jsonl")] == [UNKNOWN]


def test_nothing_to_export_says_what_to_do(bot: Bot, tmp_path: Path) -> None:
    rate(bot, FINE, "bad")
    with pytest.raises(NotFoundError, match="click the right paragraph") as error:
        bot.feedback.export(tmp_path / "set")
    assert "正确的段落" in error.value.zh
    assert not (tmp_path / "set").exists()


def test_a_folder_that_cannot_be_written(bot: Bot, tmp_path: Path) -> None:
    rate(bot, FINE, "good")
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="choose another folder"):
        bot.feedback.export(tmp_path / "file" / "set")
