"""The page's words, and what its scripts are given."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from starlette.requests import Request
from starlette.testclient import TestClient

from bot import Bot, Settings
from bot.documents.formats import SUFFIXES
from bot.folders.reports import Going
from bot.language.languages import preferred_language
from bot.page.ahead import SAID
from bot.page.handlers import Handlers
from bot.page.words import FOLDER, words
from bot.storage.preferences import Strictness
from bot.types import DocumentInfo, IngestReport, Rating, Shortfall, Way, as_json
from bot.web.access import Caller, note_caller
from bot.web.api import create_app
from bot.web.visitors import COOKIE

SCRIPTS = "".join(path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.js")))
PARTS = "".join(path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.html")))
VISITOR = "0123456789abcdef" * 2
TEXT = "# 海宁灯塔\n\n海宁灯塔建于1907年，由石匠周海生设计。\n\n灯塔每周三开放，门票十五元。\n"
YEAR = "海宁灯塔建于哪一年？"
NOWHERE = "火星企鹅最爱哪种口味的冰淇淋？"


@pytest.mark.parametrize(
    ("header", "language"),
    [("zh-CN,zh;q=0.9,en;q=0.8", "zh"), ("zh", "zh"), ("ZH-tw", "zh"), ("en-US,zh", "en"), ("fr", "en"), (None, "en")],
)
def test_language(header: str | None, language: str) -> None:
    assert preferred_language(header) == language


def test_both_languages_have_the_same_words_with_the_same_names() -> None:
    names = {language: {key: set(re.findall(r"\{(\w+)\}", text)) for key, text in words()[language].items()}
             for language in words()}  # fmt: skip
    assert set(names) == {"zh", "en"}
    assert names["zh"] == names["en"]
    assert list(words()["zh"]) == list(words()["en"])
    assert all(text.strip() for language in words().values() for text in language.values())
    bare = {key for key, text in words()["zh"].items() if not re.search(r"[一-鿿]", text)}
    assert bare == {"api", "title", "article_of", "quoted", "comma", "facts_between", "taken_from"}
    assert not any(re.search(r"[一-鿿]", text) for text in words()["en"].values())


def first_arguments(call: str) -> Iterator[str]:
    """The source of the first argument of each call in the scripts."""
    for start in re.finditer(rf"\b{call}\(", SCRIPTS):
        depth, end, quoted = 0, start.end(), False
        while depth or quoted or SCRIPTS[end] not in ",)":
            quoted ^= SCRIPTS[end] == '"'
            depth += 0 if quoted else (SCRIPTS[end] in "([{") - (SCRIPTS[end] in ")]}")
            end += 1
        yield SCRIPTS[start.end() : end]


def listed(name: str) -> list[str]:
    """The strings of a list that a script names."""
    found = re.search(rf"const {name} = \[([^\]]+)\]", SCRIPTS)
    assert found
    return re.findall(r'"(\w+)"', found[1])


def made_up() -> set[str]:
    """The keys that the scripts put together, or take from what they are given."""
    hints = get_type_hints(IngestReport)
    given = {*get_args(Shortfall), *get_args(Rating), *get_args(hints["status"])} - {"failed"}
    return (
        given
        | {f"way_{way}" for way in get_args(Way)}
        | {f"stage_{stage}" for stage in listed("STAGES")}
        | {f"trace_{score}" for score in ("passage", *listed("SCORES"))}
        | {f"facts_{count}" for count in ("pages", "tables", "recognised")}
        | {f"going_{of}" for of in get_args(get_type_hints(Going)["of"])} - {"going_files"}
        | {f"strictness_{step}" for step in get_args(Strictness)}
        | {f"size_{size}" for size in ("small", "usual", "large", "larger")}
        | {"look", "size", "language", "look_light", "look_dark"}
        | {"export_md", "export_docx", "delete_sure"}
    )


def test_the_scripts_use_these_words_and_no_other() -> None:
    keys = set(words()["zh"])
    shown = set(re.findall(r'data-(?:word|label|hint)="(\w+)"', PARTS))
    asked: set[str] = set()
    for argument in first_arguments("word"):
        chosen = re.findall(r'[?:] "(\w+)"', argument)
        asked |= {*chosen, *re.findall(r'^"(\w+)"$', argument)}
    assert {"send", "stop", "offline"} <= asked
    assert asked | shown | made_up() <= keys
    written = set(re.findall(r'"(\w+)"', SCRIPTS))
    assert keys - shown - made_up() <= written | set(SAID)


def test_no_script_makes_markup_of_text() -> None:
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|\beval\(", SCRIPTS)


def test_all_text_grows_with_the_size_that_is_chosen() -> None:
    styles = "".join(path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.css")))
    sizes = re.findall(r"(?:font-size|font|line-height):[^;]*?\b\d+(?:\.\d+)?px[^;]*;", styles)
    seal = "font: 600 18px / 27px var(--serif);"  # a drawing
    assert [size for size in sizes if "* var(--size)" not in size] == [seal, seal]


# What the scripts are given


@pytest.fixture
def bot(tmp_path: Path) -> Iterator[Bot]:
    with Bot.open(settings=Settings(home=tmp_path, seeds=None)) as bot:
        bot.add_bytes("灯塔.md", TEXT.encode())
        yield bot


@pytest.fixture
def client(bot: Bot) -> Iterator[TestClient]:
    with TestClient(create_app(bot), base_url="http://127.0.0.1:7860") as client:
        client.cookies.set(COOKIE, VISITOR)
        yield client


def of(visitor: str = VISITOR) -> Any:
    """A request that comes from a visitor, as Gradio hands it to a server function."""
    scope = {"type": "http", "headers": [(b"cookie", f"{COOKIE}={visitor}".encode())]}
    return Request(note_caller(scope, Caller("owner")))


def through_json(value: Any) -> Any:
    return json.loads(json.dumps(value))


def without(names: tuple[str, ...], value: Any) -> Any:
    """JSON without these names, at any depth."""
    if isinstance(value, list):
        return [without(names, item) for item in value]
    return {k: without(names, v) for k, v in value.items() if k not in names} if isinstance(value, dict) else value


@pytest.mark.parametrize("question", [YEAR, NOWHERE, "列出所有提到“灯塔”的地方"])
def test_an_answer_is_the_one_of_the_api(bot: Bot, client: TestClient, question: str) -> None:
    shown = through_json(Handlers(bot).ask({"question": question, "conversation": None}, of()))
    [turn] = shown["turns"]
    conversation = client.get(f"/api/conversations/{shown['conversation']}").json()
    assert shown["turns"] == conversation["turns"]
    asked = client.post("/api/ask", json={"question": question}).json()
    assert without(("timings",), turn["answer"]) == without(("timings",), asked)
    assert list(turn["answer"]["timings"]) == [*listed("STAGES"), "total"]


def test_a_link_leads_to_what_the_engine_shows(bot: Bot) -> None:
    on = Handlers(bot)
    cited = bot.ask(YEAR).citations[0]
    assert on.source("cite-" + cited.target) == as_json(bot.reader.view(cited.target))
    assert on.card("cite-" + cited.target) == as_json(bot.reader.sentence(cited.target))
    assert set(on.source("cite-x")) == set(on.card("cite-x")) == {"error"}
    on.ask({"question": YEAR, "conversation": None}, of())
    bot.remove(cited.document_id)
    assert on.source("cite-" + cited.target)["quote"] == cited.quote


def test_lists_are_those_of_the_api(bot: Bot, client: TestClient) -> None:
    on = Handlers(bot)
    on.ask({"question": YEAR, "conversation": None}, of())
    assert through_json(on.conversations("", of())) == client.get("/api/conversations").json() != []
    assert through_json(on.conversations("长颈鹿", of())) == []
    library = through_json(on.library(None))
    documents = client.get("/api/documents").json()
    assert set(documents[0]) == set(get_type_hints(DocumentInfo))
    assert library["megabytes"] == bot.settings.max_file_megabytes
    assert library["suffixes"] == list(SUFFIXES)


def test_a_question_goes_on_is_replaced_and_can_be_stopped(bot: Bot) -> None:
    on = Handlers(bot)
    first = on.ask({"question": YEAR, "conversation": None}, of())
    second = on.ask({"question": "它的门票是多少元？", "conversation": first["conversation"]}, of())
    assert [turn["question"] for turn in second["turns"]] == [YEAR, "它的门票是多少元？"]
    assert "海宁灯塔" in second["turns"][1]["answer"]["query"]
    typed = {"question": "它的门票是多少元？", "conversation": first["conversation"], "at": 1, "as_typed": True}
    assert [turn["answer"]["query"] for turn in on.ask(typed, of())["turns"]] == [YEAR, "它的门票是多少元？"]

    on.stop("t1", of())
    stopped = {"question": NOWHERE, "conversation": first["conversation"], "ticket": "t1"}
    assert on.ask(stopped, of()) == {"stopped": True}
    assert len(bot.conversations.turns(VISITOR, first["conversation"])) == 2
    stranger = on.ask({"question": NOWHERE, "conversation": None, "ticket": "t1"}, of("f" * 32))
    assert len(stranger["turns"]) == 1  # nobody stops another's question


def test_an_error_is_a_line_in_both_languages(bot: Bot) -> None:
    on = Handlers(bot)
    first = on.ask({"question": YEAR, "conversation": None}, of())
    for told in (
        on.ask({"question": " ", "conversation": None}, of()),
        on.ask({"question": "问" * 2_001, "conversation": None}, of()),
        on.ask({"question": YEAR, "conversation": first["conversation"]}, of("f" * 32)),
        on.conversation("nothing", of()),
        on.forget("nothing", of()),
        on.rate({"conversation": first["conversation"], "turn": 10_000, "rating": "good"}, of()),
    ):
        assert set(told) == {"error"}
        assert set(told["error"]) == {"zh", "en"}
        assert re.search(r"[一-鿿]", told["error"]["zh"])
        assert all(line and "\n" not in line for line in told["error"].values())
    assert [turn["question"] for turn in on.conversation(first["conversation"], of())["turns"]] == [YEAR]


def test_a_rating_is_kept_with_the_turn(bot: Bot) -> None:
    on = Handlers(bot)
    first = on.ask({"question": YEAR, "conversation": None}, of())
    [turn] = first["turns"]
    assert turn["rating"] is None
    rated = {"conversation": first["conversation"], "turn": turn["turn_id"]}
    for rating in ("good", "bad", None):
        assert on.rate({**rated, "rating": rating}, of()) is None
        assert on.conversation(first["conversation"], of())["turns"][0]["rating"] == rating
    right = {"document_id": bot.documents()[0].document_id, "paragraph": 0}
    on.rate({**rated, "rating": "bad", "right": right}, of())
    [mark] = bot.feedback.marks()
    second = on.ask({"question": YEAR, "conversation": first["conversation"], "as_typed": True}, of())
    assert second["marks"] == [mark.mark_id]
    assert second["turns"][1]["answer"]["citations"][0]["mark"] == mark.mark_id
    bot.feedback.take_back(mark.mark_id)
    assert on.conversation(first["conversation"], of())["marks"] == []
    kept = as_json(bot.conversations.turns(VISITOR, first["conversation"]))[:1]
    assert [each["turn_id"] for each in kept] == [turn["turn_id"]]
