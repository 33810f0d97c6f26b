"""Asking within a kept conversation."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from bot import Bot
from bot.conversations.chat import Chat, ChatQuestion, nobody
from bot.types import Answer, History, Mode, NotFoundError, QuestionError, Written
from tests.integration.serving import MANUAL
from tests.parts import OpenBot

TEXT = "# 海宁灯塔\n\n海宁灯塔建于1907年，由石匠周海生设计。\n\n灯塔每周三开放，门票十五元。\n"
YEAR = "海宁灯塔建于哪一年？"
TICKET = "它的门票是多少元？"


@pytest.fixture
def bot(open_bot: OpenBot) -> Bot:
    bot = open_bot()
    bot.add_bytes("灯塔.md", TEXT.encode())
    return bot


def ask(bot: Bot, question: ChatQuestion) -> list[str]:
    """Ask and return the questions of the conversation as they were searched."""
    kept = bot.chat.ask("v", question)
    assert kept is not None
    assert bot.conversations.conversation("v", kept.conversation_id) == kept
    return [turn.answer.query for turn in kept.turns]


def begun(bot: Bot, *questions: str) -> str:
    identity = None
    for question in questions:
        kept = bot.chat.ask("v", ChatQuestion(question, identity))
        assert kept is not None
        identity = kept.conversation_id
    assert identity is not None
    return identity


def test_the_turns_before_complete_a_question_unless_it_is_as_typed(bot: Bot) -> None:
    identity = begun(bot, YEAR)
    completed = ask(bot, ChatQuestion(TICKET, identity))
    assert completed[0] == YEAR and "海宁灯塔" in completed[1]
    assert ask(bot, ChatQuestion(TICKET, identity, at=1, as_typed=True)) == [YEAR, TICKET]
    assert ask(bot, ChatQuestion(TICKET, identity, at=0)) == [TICKET]


def test_the_last_six_turns_complete_a_question(bot: Bot) -> None:
    histories: list[int] = []

    def counting(
        question: str, history: History, documents: Sequence[str] | None, *, mode: Mode, wordings: Sequence[str]
    ) -> Answer:
        histories.append(len(history))
        return bot.ask(question, history, documents, mode=mode, wordings=wordings)

    identity = begun(bot, *([YEAR] * 8))
    chat = Chat(counting, bot.suggest, bot.conversations, lambda: bot.writing)
    chat.ask("v", ChatQuestion(YEAR, identity))
    chat.ask("v", ChatQuestion(YEAR, identity, at=2))
    assert histories == [6, 2]


def test_a_question_is_asked_of_the_documents_chosen(bot: Bot) -> None:
    [known] = bot.documents()
    bot.add_bytes("别的.md", "# 别的\n\n这里没有灯。\n".encode())
    [other] = [info for info in bot.documents() if info != known]
    for document_id, refused in ((known.document_id, False), (other.document_id, True)):
        kept = bot.chat.ask("v", ChatQuestion(YEAR, documents=(document_id,)))
        assert kept is not None
        assert kept.turns[0].answer.abstained is refused


def test_what_was_stopped_leaves_no_turn(bot: Bot) -> None:
    identity = begun(bot, YEAR)
    bot.chat.stop("v", "t")
    assert bot.chat.ask("v", ChatQuestion(TICKET, identity, ticket="t")) is None
    assert len(bot.conversations.turns("v", identity)) == 1
    assert bot.chat.ask("w", ChatQuestion(YEAR, ticket="t")) is not None  # nobody stops another's question


class Meanwhile:
    """Writes of an answer, while the visitor takes away what was written of it."""

    def __init__(self, bot: Bot, conversation_id: str) -> None:
        self.chat = Chat(bot.ask, bot.suggest, bot.conversations, lambda: self)
        self._conversation_id = conversation_id

    def mode(self, asked: Mode | None) -> Mode:
        return asked or "quotes"

    def write(self, answer: Answer, mode: Mode, tell: Callable[[Answer], None] = nobody) -> Answer:
        turn = self.chat.write("v", self._conversation_id, 1, "quotes")
        assert turn.answer.written is None
        return replace(answer, written=Written(mode, "m", "h", True))


def test_of_two_writings_of_one_turn_the_last_counts(bot: Bot) -> None:
    identity = begun(bot, YEAR)
    [turn] = bot.conversations.turns("v", identity)
    assert turn.turn_id == 1
    assert Meanwhile(bot, identity).chat.write("v", identity, 1, "paragraph").answer == turn.answer
    assert bot.conversations.turns("v", identity) == (turn,)


def test_questions_to_go_on_with_follow_the_last_turn(bot: Bot) -> None:
    bot.add_bytes("library.md", MANUAL.encode())
    question = "图书逾期未还每天收取多少滞纳金？"
    identity = begun(bot, YEAR, question)
    last = bot.conversations.turns("v", identity)[-1]
    assert bot.chat.suggest("v", identity) == bot.suggest(last.answer, asked=[YEAR, question]) != []
    assert bot.chat.suggest("v", identity, ["none"]) == []


def test_only_a_conversation_of_ones_own(bot: Bot) -> None:
    identity = begun(bot, YEAR)
    for call in (
        lambda: bot.chat.ask("w", ChatQuestion(YEAR, identity)),
        lambda: bot.chat.suggest("w", identity),
    ):
        with pytest.raises(NotFoundError):
            call()
    with pytest.raises(QuestionError):
        bot.chat.ask("v", ChatQuestion(YEAR, identity, at=-1))
