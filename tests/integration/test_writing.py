"""A model writes of an answer's quotes: what stands, what does not, and everything that can go wrong with a server."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot import Bot, Settings
from bot.stopping import until
from bot.types import Answer, Mode, Outcome, WriterError, Written
from bot.writing.chosen import KEY_FILE
from bot.writing.desk import unwritten
from tests.integration.model_server import StandIn, standing_in
from tests.integration.serving import make_home
from tests.parts import OpenBot

ASKED = "普通读者每次可以借多少册？"
UNKNOWN = "馆长的手机号是多少？"
SAID = "普通读者每次可以借阅图书十二册，借期为四十五天。"
FALSE = "普通读者每次可以借阅图书一百册。"


@pytest.fixture
def stand() -> Iterator[StandIn]:
    with standing_in() as stand:
        yield stand


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return make_home(tmp_path / "home")


def opened(home: Path, stand: StandIn, model: str = "good", **more: object) -> Bot:
    given = {"home": home, "seeds": None, "reader": "off", "llm": stand.url, "llm_model": model, **more}
    return Bot.open(settings=Settings(**given))  # type: ignore[arg-type]


def written(bot: Bot, mode: Mode = "paragraph", question: str = ASKED) -> Written:
    answer = bot.ask(question, mode=mode)
    assert answer.written is not None
    return answer.written


def test_every_sentence_is_held_to_the_quotes(home: Path, stand: StandIn) -> None:
    stand.says = lambda prompt: f"{SAID}[7]普通读者的借期为四十五天。{FALSE}"
    with opened(home, stand) as bot:
        answer = bot.ask(ASKED, mode="paragraph")
        plain = bot.ask(ASKED, mode="quotes")
    assert answer.written is not None
    first, second, third = answer.written.sentences
    assert (first.text, first.standing, first.citations, first.evidence) == (SAID, "verbatim", (1,), (0,))
    assert (second.standing, second.citations) == ("supported", (1,))
    assert (third.text, third.standing, third.citations, third.evidence) == (FALSE, "unsupported", (), ())
    assert [(lack.kind, lack.text) for lack in third.lacks] == [("number", "一百册")]
    assert (answer.written.supported, answer.written.unsupported, answer.written.left_out) == (2, 1, 0)
    assert (answer.written.outcome, answer.written.message, answer.written.here) == ("whole", "", True)
    assert (answer.written.model, answer.written.host) == ("good", stand.url.split("/")[2])
    assert unwritten(answer).citations == plain.citations and answer.sentences == plain.sentences
    assert (answer.text, plain.written) == (plain.text, None)


def test_what_is_sent_is_the_question_and_the_quotes(home: Path, stand: StandIn) -> None:
    with opened(home, stand, llm_key="sk-1") as bot:
        answer = bot.ask(ASKED, mode="paragraph")
    [body] = stand.asked
    assert body["model"] == "good" and body["stream"] is True and body["max_tokens"] == 2000
    assert [message["role"] for message in body["messages"]] == ["system", "user"]
    assert all(citation.quote in stand.prompts()[0] for citation in unwritten(answer).citations)
    assert "滞纳金" not in stand.prompts()[0] and "orchid" not in stand.prompts()[0]
    assert set(stand.headers[0]) == {
        *("host", "accept", "accept-encoding", "authorization", "connection", "content-length", "content-type"),
    }  # fmt: skip
    assert stand.headers[0]["authorization"] == "Bearer sk-1"


def test_nothing_of_the_environment_for_openai_is_sent(
    home: Path, stand: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    secrets = {"OPENAI_API_KEY": "sk-other", "OPENAI_ORG_ID": "org-other", "OPENAI_PROJECT_ID": "p-other"}
    custom = {"OPENAI_CUSTOM_HEADERS": "X-Other: other", "OPENAI_BASE_URL": "http://other.invalid/v1"}
    for name, value in {**secrets, **custom, "HTTP_PROXY": "http://other.invalid:1"}.items():
        monkeypatch.setenv(name, value)
    with opened(home, stand) as bot:
        assert written(bot).outcome == "nothing"
    assert "other" not in str(stand.headers)
    assert "authorization" not in stand.headers[0]


def test_a_refusal_asks_no_model(home: Path, stand: StandIn) -> None:
    with opened(home, stand) as bot:
        for question in (UNKNOWN, "你好", "有哪些文档？"):
            answer = bot.ask(question, mode="paragraph")
            assert answer.written is None
        assert bot.ask(UNKNOWN, mode="points").abstained
    assert stand.asked == []


def test_without_a_model_nothing_changes(open_bot: OpenBot) -> None:
    bot = open_bot()
    with pytest.raises(WriterError):
        bot.ask(ASKED, mode="paragraph")
    assert bot.ask(ASKED).written is None


ENDS: list[tuple[str, Outcome, int]] = [
    ("good", "whole", 1), ("newer", "whole", 1), ("cut", "too_long", 1), ("broken", "broken", 1),
    ("ends", "broken", 1), ("error", "failed", 1), ("nothing", "nothing", 0), ("html", "garbage", 0),
    ("whole", "garbage", 0), ("odd", "garbage", 0), ("nonsense", "garbage", 0), ("zipped", "garbage", 0),
    ("line", "garbage", 0), ("moved", "failed", 0), ("endless", "too_long", 0), ("401", "key", 0), ("403", "key", 0),
    ("404", "no_model", 0), ("429", "busy", 0), ("500", "failed", 0), ("503", "busy", 0),
]  # fmt: skip


@pytest.mark.parametrize(("model", "outcome", "stands"), ENDS)
def test_whatever_the_server_does_the_quotes_stand(
    home: Path, stand: StandIn, model: str, outcome: Outcome, stands: int
) -> None:
    stand.says = lambda prompt: f"{SAID}尚未写"
    with opened(home, stand, model) as bot:
        answer, plain = bot.ask(ASKED, mode="paragraph"), bot.ask(ASKED)
    assert answer.written is not None
    assert (answer.written.outcome, answer.written.supported) == (outcome, stands)
    assert bool(answer.written.message) == (outcome != "whole")
    assert "secret" not in str(answer.written)  # of the server's own words nothing is shown
    assert "尚未写" not in str([s for s in answer.written.sentences if outcome != "whole"])
    assert (answer.text, answer.sentences, answer.abstained) == (plain.text, plain.sentences, False)
    assert answer.citations == plain.citations


def test_a_server_that_is_not_there(home: Path, stand: StandIn) -> None:
    with opened(home, stand, llm="http://127.0.0.1:9/v1") as bot:
        made = written(bot)
    assert (made.outcome, made.host) == ("unreachable", "127.0.0.1:9")
    assert made.message == "连不上 127.0.0.1:9：请启动模型服务，或检查地址。"


@pytest.mark.parametrize("model", ["waiting", "silent"])
def test_who_goes_stops_the_model(home: Path, stand: StandIn, model: str) -> None:
    stand.says = lambda prompt: f"{SAID}普通读者"
    told: list[Answer] = []
    with opened(home, stand, model) as bot:
        quoted = bot.ask(ASKED)
        with until(stand.writing.is_set):
            answer = bot.writing.write(quoted, "paragraph", told.append)
    assert stand.gone.wait(30)
    assert answer.written is not None and answer.written.outcome == "stopped"
    assert [one.written.outcome for one in told if one.written] == ["writing"] * len(told)
    assert answer.sentences == quoted.sentences


def test_time_is_limited(home: Path, stand: StandIn) -> None:
    stand.says = lambda prompt: f"{SAID}普通读者"
    with opened(home, stand, "waiting", llm_seconds=5) as bot:
        made = written(bot)
    assert (made.outcome, made.supported) == ("slow", 1)
    assert "5 秒" in made.message and "此前写出的部分保留" in made.message
    assert stand.gone.wait(30)


def test_unsupported_sentences_are_left_out_where_that_is_chosen(home: Path, stand: StandIn) -> None:
    stand.says = lambda prompt: f"{FALSE}{SAID}"
    with opened(home, stand) as bot:
        bot.writing.choose(replace(bot.writing.choice(), unsupported="left_out", mode="paragraph"))
        answer = bot.ask(ASKED)  # the home's own mode
    assert answer.written is not None
    assert [sentence.text for sentence in answer.written.sentences] == [SAID]
    assert (answer.written.supported, answer.written.unsupported, answer.written.left_out) == (1, 1, 1)


def test_modes_and_what_is_answered_again_at_once(home: Path, stand: StandIn) -> None:
    table = "| 读者 | 借期 |\n|---|---|\n| 普通读者 | 四十五天 |\n| 普通读者 | 九十天 |\n"
    asked = {"写成一段": SAID, "写成要点": f"- {SAID}\n- {FALSE}\n", "表格": table}

    with opened(home, stand) as bot:
        stand.says = lambda prompt: next(text for name, text in asked.items() if name in str(stand.asked[-1]))
        points = written(bot, "points")
        rows = written(bot, "table")
        assert bot.ask(ASKED).written is None
        paragraph = written(bot)
    assert [(one.point, one.standing) for one in points.sentences] == [(1, "verbatim"), (2, "unsupported")]
    assert rows.header == ("读者", "借期")
    assert [(one.cells, one.standing) for one in rows.sentences] == [
        (("普通读者", "四十五天"), "supported"), (("普通读者", "九十天"), "unsupported"),
    ]  # fmt: skip
    assert [one.text for one in paragraph.sentences] == [SAID]
    assert [one.mode for one in (points, rows, paragraph)] == ["points", "table", "paragraph"]


def test_no_turn_is_held_while_a_model_writes(home: Path, stand: StandIn) -> None:
    stand.says = lambda prompt: SAID
    with opened(home, stand, "waiting", questions_at_work=1, questions_waiting=0) as bot:
        made: list[Written] = []
        gone = threading.Event()

        def ask() -> None:
            with until(gone.is_set):
                made.append(written(bot))

        asking = threading.Thread(target=ask)
        asking.start()
        assert stand.writing.wait(60)
        assert not bot.ask("图书逾期未还每天收取多少滞纳金？", mode="quotes").abstained
        gone.set()
        asking.join()
    assert made[0].outcome == "stopped"


def test_the_key_of_the_home(home: Path, stand: StandIn) -> None:
    (home / KEY_FILE).write_text("sk-home\n", encoding="utf-8")
    with opened(home, stand) as bot:
        written(bot)
    assert stand.headers[0]["authorization"] == "Bearer sk-home"


def test_a_follow_up_is_written_as_it_was_searched(home: Path, stand: StandIn) -> None:
    with opened(home, stand) as bot:
        answer = bot.ask("借期呢？", [(ASKED, "")], mode="paragraph")
    assert answer.query != answer.question
    assert answer.query in stand.prompts()[0] and "借期呢？" in stand.prompts()[0]


def test_a_long_document_is_summed_up_by_sections_and_then_in_all(home: Path, stand: StandIn) -> None:
    parts = "".join(
        f"\n## 第{number}章\n\n"
        + "".join(f"第{number}处水库第{n}号闸门由管理站每日检查并登记在册。" for n in range(1, 41))
        for number in range(1, 5)
    )

    def says(prompt: str) -> str:
        first = next(line for line in prompt.splitlines() if line.endswith("在册。"))
        return f"{first}第9处水库已经拆除。"

    stand.says = says
    with opened(home, stand) as bot:
        bot.add_bytes("水库.md", f"# 水库管理办法\n{parts}".encode())
        answer = bot.ask("总结《水库管理办法》", mode="paragraph")
        for citation in answer.citations:
            assert bot.document(citation.document_id).text[citation.start : citation.end] == citation.quote
    assert answer.written is not None
    made = answer.written
    assert (made.outcome, made.requests, made.supported, made.unsupported) == ("whole", 5, 5, 5)
    standing = [one for one in made.sentences if one.standing == "verbatim"]
    assert [one.part for one in standing] == [*(one.part for one in standing[:4]), ""] and len(
        {one.part for one in standing}
    ) == 5
    assert all(answer.citations[one.evidence[0]].quote == one.text for one in standing)
    assert all(prompt.count("在册。") <= 24 for prompt in stand.prompts())
    last = stand.prompts()[-1]
    assert all(one.text in last for one in standing) and "拆除" not in last  # of what was written nothing is evidence


def proposing(bot: Bot) -> None:
    bot.writing.choose(replace(bot.writing.choice(), proposing=True))


def test_other_wordings_are_proposed_searched_shown_and_undone(home: Path, stand: StandIn) -> None:
    stand.says = lambda prompt: "1. 一次最多借几本书\n- 借阅册数上限\n\n普通读者每次可以借多少册？\n第四种说法是什么\n"
    with opened(home, stand, reader="builtin") as bot:
        with pytest.raises(WriterError):
            bot.wordings(ASKED)
        proposing(bot)
        wordings = bot.wordings(ASKED)
        assert wordings == ["一次最多借几本书", "借阅册数上限", "第四种说法是什么"]
        assert "引文" not in stand.prompts()[0] and "十二册" not in stand.prompts()[0]
        with_them, without = bot.ask(ASKED, wordings=wordings), bot.ask(ASKED)
        assert (with_them.trace.wordings, without.trace.wordings) == (tuple(wordings), ())
        assert with_them.citations == without.citations
        assert bot.ask(UNKNOWN, wordings=["馆长的联系方式"]).abstained
    assert len(stand.asked) == 1


def test_other_wordings_find_what_the_question_does_not(home: Path, stand: StandIn) -> None:
    with opened(home, stand, reader="builtin") as bot:
        reading = bot._reading("How long may a pupil keep a volume?", wordings=["学生读者的借期为多少天？"])
        found = bot._assessor._otherwise(reading.query, None)
    assert "六十天" in found[0].passage.text


def test_questions_are_proposed_and_tried(home: Path, stand: StandIn) -> None:
    stand.says = lambda prompt: "图书遗失的怎么赔偿？\n火星探测器的发射质量是多少吨？\n"
    with opened(home, stand) as bot:
        proposing(bot)
        assert bot.suggest(bot.ask(ASKED), by_model=True) == ["图书遗失的怎么赔偿？"]
        assert bot.suggest(bot.ask(UNKNOWN), by_model=True) == []
    assert len(stand.asked) == 1


def test_a_model_that_cannot_propose_says_why(home: Path, stand: StandIn) -> None:
    with opened(home, stand, "500") as bot:
        proposing(bot)
        with pytest.raises(WriterError) as raised:
            bot.wordings(ASKED)
    assert "返回了错误" in raised.value.zh
