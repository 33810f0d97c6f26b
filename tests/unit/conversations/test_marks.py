"""A complaint with its right paragraph answers the question from then on; other questions stay as they were."""

import pytest

from bot import Bot
from bot.conversations.feedback import RightParagraph
from bot.conversations.transcript import to_markdown, transcribe
from bot.documents.parser import document_id
from bot.types import NotFoundError, Turn
from tests.integration.serving import GARDEN, MANUAL
from tests.parts import OpenBot

LIBRARY = document_id("library.md")
GARDENS = document_id("garden.txt")
FINE = "图书逾期未还每天收取多少滞纳金？"
LOST = "图书遗失的，读者应当按照原价的三倍赔偿。"
NEAR = "请问，图书逾期未还每天收取多少滞纳金呢"
OTHERS = ("图书逾期未还每月收取多少滞纳金？", "图书遗失的怎么赔偿？", "图书逾期已还每天收取多少滞纳金？")


@pytest.fixture
def bot(open_bot: OpenBot) -> Bot:
    bot = open_bot()
    bot.add_bytes("library.md", MANUAL.encode())
    bot.add_bytes("garden.txt", GARDEN.encode())
    return bot


def paragraph(bot: Bot, text: str, document: str = LIBRARY) -> RightParagraph:
    found = bot.document(document)
    return RightParagraph(document, next(p.index for p in found.paragraphs if text in found.text[p.start : p.end]))


def complain(
    bot: Bot, question: str, right: RightParagraph, *, guest: bool = False, documents: tuple[str, ...] = ()
) -> tuple[str, Turn]:
    """Ask in the chat, say that the answer is wrong and which paragraph is right; return the conversation and turn."""
    answer = bot.ask(question, documents=documents or None)
    kept = bot.conversations.append("v", None, answer)
    bot.rate("v", kept.conversation_id, kept.turn.turn_id, "bad", right, guest=guest)
    return kept.conversation_id, kept.turn


def quotes(bot: Bot, question: str, documents: list[str] | None = None) -> list[str]:
    return [citation.quote for citation in bot.ask(question, documents=documents).citations]


def test_the_question_is_answered_so_from_then_on_and_no_other(bot: Bot, open_bot: OpenBot) -> None:
    before = {question: quotes(bot, question) for question in (FINE, NEAR, *OTHERS)}
    assert LOST not in before[FINE]
    complain(bot, FINE, paragraph(bot, "遗失"))
    [mark] = bot.feedback.marks()
    for question in (FINE, NEAR):
        answer = bot.ask(question)
        assert answer.citations[0].quote == LOST
        assert {citation.mark for citation in answer.citations} == {mark.mark_id}
        assert (answer.trace.way, answer.note) == ("marked", "据你的标注。")
    assert {question: quotes(bot, question) for question in OTHERS} == {q: before[q] for q in OTHERS}
    assert quotes(open_bot(), FINE)[0] == LOST  # another process, the same home

    bot.feedback.take_back(mark.mark_id)
    assert {question: quotes(bot, question) for question in before} == before
    assert bot.feedback.ratings()[0].right == ()
    with pytest.raises(NotFoundError, match="no mark"):
        bot.feedback.take_back(mark.mark_id)


def test_the_judge_chooses_in_a_long_paragraph(bot: Bot) -> None:
    long = "馆内设有自习室。" * 20 + "还书箱设在东门外，全天可用。" + "馆员会定期整理书架。" * 12
    bot.add_bytes("long.txt", f"服务说明\n\n{long}\n".encode())
    complain(bot, "还书箱在哪里？", paragraph(bot, "还书箱", document_id("long.txt")))
    assert quotes(bot, "还书箱在哪儿") == ["还书箱设在东门外，全天可用。"]


def test_of_two_marks_the_newer_counts(bot: Bot) -> None:
    complain(bot, FINE, paragraph(bot, "遗失"))
    complain(bot, NEAR, paragraph(bot, "周一闭馆"))
    assert len(bot.feedback.marks()) == 1
    assert "周一闭馆" in quotes(bot, FINE)[0]
    bot.feedback.take_back(bot.feedback.marks()[0].mark_id)
    assert LOST not in quotes(bot, FINE)  # the older one does not come back


def test_a_mark_in_a_scope_leaves_that_of_another_alone(bot: Bot) -> None:
    complain(bot, FINE, paragraph(bot, "遗失"), documents=(LIBRARY,))
    complain(bot, FINE, RightParagraph(GARDENS, 0), documents=(GARDENS,))
    assert [mark.scope for mark in bot.feedback.marks()] == [(GARDENS,), (LIBRARY,)]
    assert quotes(bot, FINE, [LIBRARY])[0] == LOST
    assert bot.ask(FINE, documents=[GARDENS]).citations[0].document_id == GARDENS


def test_another_word_on_the_turn_takes_the_mark_back(bot: Bot) -> None:
    conversation, turn = complain(bot, FINE, paragraph(bot, "遗失"))
    for rating in ("good", None):
        bot.rate("v", conversation, turn.turn_id, "bad", paragraph(bot, "遗失"))
        assert len(bot.feedback.marks()) == 1
        bot.rate("v", conversation, turn.turn_id, rating)
        assert bot.feedback.marks() == []


def test_a_mark_outlives_the_conversation_and_goes_with_its_document(bot: Bot) -> None:
    conversation, _ = complain(bot, FINE, paragraph(bot, "遗失"))
    bot.conversations.remove("v", conversation)
    assert quotes(bot, FINE)[0] == LOST
    bot.remove(LIBRARY)
    assert bot.feedback.marks() == []


def test_what_a_guest_says_is_kept_and_changes_no_answer(bot: Bot) -> None:
    before = quotes(bot, FINE)
    complain(bot, FINE, paragraph(bot, "遗失"), guest=True)
    assert [quote.text for quote in bot.feedback.ratings()[0].right] == [LOST]
    assert bot.feedback.marks() == []
    assert quotes(bot, FINE) == before


def test_a_part_of_a_message_is_answered_by_its_mark(bot: Bot) -> None:
    complain(bot, FINE, paragraph(bot, "遗失"))
    answer = bot.ask(f"{FINE}周一开馆吗？")
    assert answer.trace.way == "several"
    assert answer.citations[answer.parts[0].sentences[0]].mark == bot.feedback.marks()[0].mark_id
    assert all(answer.citations[place].mark is None for place in answer.parts[1].sentences)


def test_a_follow_up_is_marked_as_it_was_searched(bot: Bot) -> None:
    asked = bot.ask("那遗失的呢？", history=[(FINE, bot.ask(FINE).text)])
    kept = bot.conversations.append("v", None, asked)
    bot.rate("v", kept.conversation_id, kept.turn.turn_id, "bad", paragraph(bot, "周一闭馆"))
    assert bot.feedback.marks()[0].question == asked.query != "那遗失的呢？"
    assert "周一闭馆" in quotes(bot, asked.query)[0]


def test_an_export_tells_whose_word_it_is(bot: Bot) -> None:
    complain(bot, FINE, paragraph(bot, "遗失"))
    kept = bot.conversations.append("v", None, bot.ask(FINE))
    conversation = bot.conversations.conversation("v", kept.conversation_id)
    assert conversation.turns[0].answer.citations[0].mark == bot.feedback.marks()[0].mark_id
    assert "据你的标注" in to_markdown(transcribe(conversation, bot.documents(), "zh", bot.reader.imprint))


def test_a_question_of_nothing_but_asking_marks_nothing_else(bot: Bot) -> None:
    complain(bot, "为什么？", paragraph(bot, "遗失"))
    assert bot.ask("为什么？").trace.way != "marked"
