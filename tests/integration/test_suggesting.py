"""Proposed questions are answered by the engine from where they were made; an answer tells how it was found."""

import json
import re
from collections.abc import Sequence
from dataclasses import asdict
from itertools import pairwise

import pytest

from bot import Bot
from bot.documents.parser import document_id
from bot.suggestions.suggester import Suggester
from bot.types import Answer, NotFoundError, as_json
from tests.integration.serving import GARDEN, MANUAL
from tests.parts import OpenBot
from tests.unit.suggestions.test_phrasing import SPEECH, STATUTE

STATUTE_ID, SPEECH_ID = document_id("statute.txt"), document_id("speech.txt")
UNKNOWN = "登记证书上的琵琶协奏曲是谁写的？"


@pytest.fixture
def bot(open_bot: OpenBot) -> Bot:
    bot = open_bot()
    bot.add_bytes("statute.txt", STATUTE.encode())
    bot.add_bytes("speech.txt", SPEECH.encode())
    return bot


@pytest.fixture
def refusing(open_bot: OpenBot) -> Bot:
    """A bot that is never sure enough."""
    bot = open_bot("refusing", threshold=1.0)
    bot.add_bytes("statute.txt", STATUTE.encode())
    bot.add_bytes("speech.txt", SPEECH.encode())
    return bot


def test_a_document_that_was_removed_meanwhile_begins_nothing(bot: Bot) -> None:
    listed = bot.documents()
    bot.remove(SPEECH_ID)
    found = Suggester(lambda question, documents: bot.ask(question), bot.document, lambda: listed).starters(2)
    assert {bot.ask(question).citations[0].document_id for question in found} == {STATUTE_ID}


def assert_answered(bot: Bot, questions: Sequence[str], documents: Sequence[str] | None = None) -> None:
    for question in questions:
        answer = bot.ask(question, documents=documents)
        assert not answer.abstained and answer.citations, question
    assert len(set(questions)) == len(questions)


def test_after_an_answer_the_neighbourhood_is_proposed(bot: Bot) -> None:
    answer = bot.ask("登记证书有效期是多少年？")
    found = bot.suggest(answer)
    assert len(found) == 3
    assert_answered(bot, found)
    assert {bot.ask(question).citations[0].document_id for question in found} == {STATUTE_ID}
    assert answer.question not in found
    cited = [bot.ask(question).citations[0].paragraph for question in found]
    assert max(abs(paragraph - answer.citations[0].paragraph) for paragraph in cited) <= 12


def test_after_a_refusal_there_are_questions_too(bot: Bot, refusing: Bot) -> None:
    refusal = refusing.ask(UNKNOWN)
    assert refusal.abstained and refusal.nearest
    found = bot.suggest(refusal)
    assert found
    assert_answered(bot, found)
    # A bot that answers less proposes less: a number is judged evidence, a list stands there as it is asked for.
    number = "收到申请后多少日内作出决定？"
    asked = [question for question in bot.suggest(refusal, limit=8) if question != number]
    assert number in bot.suggest(refusal, asked=asked) and number not in refusing.suggest(refusal, asked=asked)
    assert_answered(refusing, refusing.suggest(refusal))


def test_what_was_asked_is_not_proposed_again(bot: Bot) -> None:
    answer = bot.ask("登记证书有效期是多少年？")
    asked: list[str] = []
    while found := bot.suggest(answer, asked=asked):
        assert not {*found} & {*asked}
        asked += found
        assert len(asked) < 40
    assert len(asked) > 3


def test_limit_and_scope_hold(bot: Bot) -> None:
    answer = bot.ask("如何改善码头设施？", documents=[SPEECH_ID])
    assert bot.suggest(answer, [SPEECH_ID], 0) == []
    assert bot.suggest(answer, [SPEECH_ID], 1) == bot.suggest(answer, [SPEECH_ID], 3)[:1]
    assert_answered(bot, bot.suggest(answer, [SPEECH_ID]), [SPEECH_ID])
    # Nothing of a document that is not asked can be verified.
    assert bot.suggest(answer, [STATUTE_ID]) == []


def test_a_document_that_is_gone_gives_nothing(bot: Bot) -> None:
    answer = bot.ask("如何改善码头设施？")
    assert answer.citations[0].document_id == SPEECH_ID
    bot.remove(SPEECH_ID)
    assert bot.suggest(answer) == []


def test_an_english_question_goes_on_in_english(open_bot: OpenBot) -> None:
    bot = open_bot()
    bot.add_bytes("garden.txt", GARDEN.encode())
    assert bot.suggest(bot.ask("How many kinds of orchid does the glass house hold?")) == [
        "When did the Linden Garden open?"
    ]


def test_questions_to_begin_with_come_from_each_of_the_newest_documents(bot: Bot) -> None:
    found = bot.starters()
    assert len(found) == 3
    assert_answered(bot, found)
    assert {bot.ask(question).citations[0].document_id for question in found} == {STATUTE_ID, SPEECH_ID}
    only = bot.starters(2, [SPEECH_ID])
    assert len(only) == 2
    assert_answered(bot, only, [SPEECH_ID])


def test_questions_stay_within_a_folder_or_a_tag(bot: Bot) -> None:
    bot.upload("港口/garden.txt", GARDEN.encode())
    bot.collections.tag(SPEECH_ID, ["讲话"])
    for asked in (bot.starters(tag="讲话"), bot.starters(collection="讲话")):
        assert asked == bot.starters(documents=[SPEECH_ID]) != []
    garden = bot.starters(collection="港口")
    assert garden and {bot.ask(one).citations[0].source for one in garden} == {"港口/garden.txt"}
    assert bot.starters(collection="港口", tag="讲话") == []
    answer = bot.ask("如何改善码头设施？")
    assert bot.suggest(answer, tag="讲话") == bot.suggest(answer, [SPEECH_ID]) != []
    assert bot.suggest(answer, collection="港口") == []
    for missing in (lambda: bot.starters(collection="无"), lambda: bot.suggest(answer, tag="无")):
        with pytest.raises(NotFoundError):
            missing()


LIBRARY = """青石图书馆规则

一、证件

办理借书证应当携带下列材料：

- 身份证
- 照片

二、借期

| 读者 | 借期 | 册数 |
| --- | --- | --- |
| 成人 | 30天 | 10 |
| 儿童 | 45天 | 15 |

借书证有效期为三年。
"""


def test_they_are_of_different_kinds_and_each_was_answered(open_bot: OpenBot) -> None:
    bot = open_bot()
    bot.add_bytes("library.md", LIBRARY.encode())
    found = bot.starters(4)
    assert found == [
        "借书证有效期是多少年？",
        "办理借书证应当携带哪些材料？",
        "成人和儿童的借期分别是多少？",
        "《青石图书馆规则》主要讲了什么？",
    ]
    assert_answered(bot, found)
    assert bot.starters(2) == found[:2]


def test_they_are_of_what_was_added_last(bot: Bot) -> None:
    bot.starters(4)
    bot.add_bytes("library.md", LIBRARY.encode())
    assert bot.starters(4)[2] == "成人和儿童的借期分别是多少？"
    assert all("青石" not in question and "借" not in question for question in bot.starters(4, [STATUTE_ID]))


def test_who_reads_english_gets_english_ones(open_bot: OpenBot) -> None:
    bot = open_bot()
    bot.add_bytes("渡船管理条例.txt", STATUTE.encode())
    found = bot.starters(4, language="en")  # of a Chinese document what is answered in English
    assert "Summarize 《青溪市渡船管理条例》." in found and all(question.isprintable() for question in found)
    assert re.fullmatch(r"What does Article \d+ of 《青溪市渡船管理条例》 say\?", found[0])
    assert_answered(bot, found)
    bot.add_bytes("harbour.md", HARBOUR.encode())  # where there is an English one, of that
    found = bot.starters(4, language="en")
    assert found[0] == "When did the Old Pier open?"
    assert "What is the fee of the rowing boat? What is the fee of the motor boat?" in found
    assert "Summarize “Harbour Handbook”." in found
    assert_answered(bot, found)
    assert "How many euros are there?" not in bot.starters(10, language="en")


HARBOUR = """# Harbour Handbook

The **Old Pier** opened in 1954. A boat costs 12 euros a day.

## Fees

| Boat | Fee | Deposit |
| --- | --- | --- |
| Rowing boat | 12 euros | none |
| Motor boat | 45 euros | 200 euros |

The fee must be paid within 30 days.
"""


def test_an_empty_home_has_nothing_to_begin_with(open_bot: OpenBot) -> None:
    bot = open_bot()
    assert (bot.starters(), bot.suggest(bot.ask(UNKNOWN))) == ([], [])


# How an answer was found


@pytest.mark.parametrize(
    ("question", "way"),
    [
        ("登记证书有效期是多少年？", "evidence"),
        ("第七条规定了什么？", "address"),
        ("第九十条规定了什么？", "address"),
        ("渡船管理条例分为几章？", "outline"),
        ("“休渔制度”出现在哪些地方？", "listing"),
        ("“远洋捕捞”出现在哪些地方？", "listing"),
        ("“三个中心”是哪三个？", "list"),
    ],
)
def test_the_trace_names_the_way(bot: Bot, question: str, way: str) -> None:
    assert bot.ask(question).trace.way == way


def test_the_trace_shows_words_and_passages(bot: Bot) -> None:
    answer = bot.ask("登记证书有效期是多少年？")
    words = dict(answer.trace.terms)
    assert "有效期" in words and all(word in answer.query and 0 < weight <= 1 for word, weight in words.items())
    passages = answer.trace.passages
    assert passages[0].paragraph == answer.citations[0].paragraph
    assert all(one.evidence >= other.evidence for one, other in pairwise(passages))
    assert all(0 <= part <= 1 for passage in passages for part in (passage.lexical, passage.document))
    text = bot.document(STATUTE_ID).text
    assert all(text[p.start : p.end] == p.text for p in passages if p.document_id == STATUTE_ID)
    assert 0 < answer.trace.threshold <= answer.confidence


def test_all_the_stages_are_within_the_total(refusing: Bot) -> None:
    timings = asdict(refusing.ask(UNKNOWN).timings)
    total = timings.pop("total")
    assert timings.keys() == {"locate", "search", "judge", "read", "answer", "prove"}
    assert timings["locate"] == 0  # the question points nowhere
    assert min(timings[stage] for stage in ("search", "judge", "answer", "prove")) > 0
    assert sum(timings.values()) <= total + 0.05  # each is rounded


def test_each_nearest_passage_says_why_it_falls_short(refusing: Bot) -> None:
    refusal = refusing.ask(UNKNOWN)
    assert refusal.abstained and refusal.nearest
    for hit in refusal.nearest:
        assert hit.why == "lacks_words"
        assert "琵琶" in "".join(hit.lacks) and all(word in UNKNOWN and word not in hit.text for word in hit.lacks)
    assert all((hit.lacks, hit.why) == ((), None) for hit in refusing.search(UNKNOWN))


def test_the_trace_survives_json(bot: Bot) -> None:
    def written(answer: Answer) -> object:
        return json.loads(json.dumps(as_json(answer), ensure_ascii=False))["trace"]

    trace = bot.ask("第七条规定了什么？").trace
    assert written(bot.ask("第七条规定了什么？")) == {
        "way": "address", "terms": [], "passages": [], "threshold": trace.threshold, "rule": "address alone",
        "synonyms": [], "scope": None, "wordings": [],
    }  # fmt: skip


def test_own_examples_of_other_documents(open_bot: OpenBot) -> None:
    bot = open_bot()
    bot.add_bytes("library.md", MANUAL.encode())
    found = bot.starters()
    assert "借期是多少天？" in found
    assert_answered(bot, found)
