"""A home's own synonyms from end to end: asked, searched, counted, shown; by command line, API and a running server."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from starlette.testclient import TestClient

from bot import Bot
from bot.cli.main import main
from bot.types import Answer, as_json
from bot.web.api import create_app
from bot.web.guard import Access
from tests.integration.serving import make_home, problem, running
from tests.parts import OpenBot

GUIDE = """# 青溪市社会保险经办手册

一、缴费

社会保险的单位缴费比例为百分之十六，由单位每月二十日前缴纳。

住房公积金的个人缴存比例为百分之八。

二、工程

东湖大桥全长3500米，总投资1200万元。

北山隧道长八百米，总投资三百万元。

青溪市于二〇二三年建成第一座图书馆，于二〇一九年建成第一座体育馆。

三、办理

办理社会保险转移的，应当携带下列材料：

（一）身份证；

（二）转移申请表；

（三）缴费凭证。
"""
LAW = "青溪市河道管理条例\n\n第一条 为了保护河道，制定本条例。\n\n第二条 河道内禁止倾倒垃圾。\n"
RATE = "社会保险的单位缴费比例为百分之十六，由单位每月二十日前缴纳。"
QUESTIONS = ("住房公积金的个人缴存比例是多少？", "北山隧道有多长？", "火星上有哪些企鹅？", "手册分几部分？")


@pytest.fixture
def bot(open_bot: OpenBot) -> Bot:
    bot = open_bot()
    bot.add_bytes("手册.md", GUIDE.encode())
    bot.add_bytes("条例.txt", LAW.encode())
    return bot


def untimed(answer: Answer) -> dict[str, object]:
    return {name: value for name, value in as_json(answer).items() if name != "timings"}


def quotes(answer: Answer) -> list[str]:
    return [citation.quote for citation in answer.citations]


def test_a_question_finds_what_means_the_same_both_ways(bot: Bot) -> None:
    assert bot.ask("SB转移要带哪些材料？").abstained
    bot.synonyms.add([["SB", "社会保险", "社保"]])
    bot.add_bytes("通知.txt", "关于社保卡的通知\n\n社保卡的补办费用为二十元。\n".encode())
    rate = bot.ask("社保的单位缴费比例是多少？")
    assert quotes(rate) == [RATE] and rate.trace.synonyms == (("社保", "SB", "社会保险"),)
    assert quotes(bot.ask("SB转移要带哪些材料？")) == [
        "办理社会保险转移的，应当携带下列材料：", "（一）身份证；", "（二）转移申请表；", "（三）缴费凭证。",
    ]  # fmt: skip
    assert quotes(bot.ask("社會保險卡的補辦費用是多少？")) == ["社保卡的补办费用为二十元。"]
    assert bot.search("SB的单位缴费比例")[0].text == RATE
    assert rate.confidence == pytest.approx(bot.ask("社会保险的单位缴费比例是多少？").confidence, abs=0.05)


def test_a_question_without_synonyms_is_answered_as_before(bot: Bot) -> None:
    before = [untimed(bot.ask(question)) for question in QUESTIONS]
    bot.synonyms.add([["社保", "社会保险"], ["河道", "水道"]])
    assert [untimed(bot.ask(question)) for question in QUESTIONS] == before


def test_counts_say_what_was_counted(bot: Bot) -> None:
    bot.synonyms.add([["社保", "社会保险"], ["企鹅", "penguin"]])
    places = bot.ask("列出所有提到“社保”的句子")
    assert places.note.startswith("“社保”（含“社会保险”）共 3 处，显示 3 处")
    assert [(count.term, count.total, count.same) for count in places.term_counts] == [("社保", 3, ("社会保险",))]
    assert RATE in quotes(places)
    refused = bot.ask("企鹅用社保买火箭吗？")
    assert refused.abstained
    assert {count.term: count.total for count in refused.term_counts} == {"企鹅": 0, "火箭": 0}
    assert all("社保" not in hit.lacks for hit in refused.nearest if "社会保险" in hit.text)


def test_a_short_name_of_a_law_leads_to_it(bot: Bot) -> None:
    bot.synonyms.add([["河管条例", "青溪市河道管理条例"]])
    assert quotes(bot.ask("河管条例第二条")) == ["第二条 河道内禁止倾倒垃圾。"]


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("哪座大桥全长3.5公里？", "东湖大桥全长3500米，总投资1200万元。"),
        ("投资一千二百万元的是哪座桥？", "东湖大桥全长3500米，总投资1200万元。"),
        ("投资12,000,000元的是哪座桥？", "东湖大桥全长3500米，总投资1200万元。"),
        ("2023年建成了什么？", "青溪市于二〇二三年建成第一座图书馆，于二〇一九年建成第一座体育馆。"),
        ("哪种保险的单位缴费比例为16%？", RATE),
        ("投资3,000,000元的是什么？", "北山隧道长八百米，总投资三百万元。"),
    ],
)
def test_numbers_agree_in_all_scripts_and_units(bot: Bot, question: str, quote: str) -> None:
    assert quotes(bot.ask(question)) == [quote]


# The command line


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("YOUJU_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("YOUJU_SEEDS", str(tmp_path / "none"))

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(("synonyms", *arguments))
        return code, *capsys.readouterr()

    return run


def test_the_command_line_keeps_synonyms(run: Run, tmp_path: Path) -> None:
    assert run() == (0, "", "")
    assert run("add", "社保", "社会保险", "SI") == (0, "added: 1, there already: 0\n", "")
    assert run("list") == run() == (0, "社保 = 社会保险 = SI\n", "")
    assert run("remove", "si") == (0, "社保 = 社会保险\n", "")
    code, out, err = run("remove", "SI", "--lang", "zh")
    assert (code, out, err) == (1, "", "“SI”没有同义词：请查看列表。\n")
    code, out, err = run("add", "人大")
    assert (code, out) == (1, "") and err.startswith("A line holds 2 to 20 different terms")
    assert json.loads(run("list", "--json")[1]) == [{"group_id": 1, "terms": ["社保", "社会保险"]}]

    file = tmp_path / "词.csv"
    file.write_bytes("人大,人民代表大会\n孤\n公积金,住房公积金\n".encode("gb18030"))
    code, out, err = run("import", str(file), "--lang", "zh")
    assert (code, out) == (1, "已添加 2 组，0 组原来就有，1 行有误\n")
    assert err.startswith("第 2 行：") and err.count("\n") == 1
    assert json.loads(run("import", str(file), "--json")[1])["unchanged"] == 2
    assert run("export")[1] == "社保,社会保险\n人大,人民代表大会\n公积金,住房公积金\n"
    code, out, err = run("import", str(tmp_path / "gone.csv"))
    assert (code, out, err.count("\n")) == (1, "", 1)


# The API


@pytest.fixture
def client(bot: Bot) -> Iterator[TestClient]:
    access = Access()
    access.share("link.example", "x")
    with TestClient(create_app(bot, access), base_url="http://127.0.0.1:7860") as client:
        client.auth = ("anyone", "x")
        yield client


def test_the_api_keeps_synonyms_and_refuses_those_who_only_read(client: TestClient) -> None:
    assert client.get("/api/synonyms").json() == []
    groups = client.post("/api/synonyms", json={"groups": [["社保", "社会保险"], ["河道", "水道"]]}).json()
    assert [group["terms"] for group in groups] == [["社保", "社会保险"], ["河道", "水道"]]
    asked = client.post("/api/ask", json={"question": "社保的单位缴费比例是多少？"}).json()
    assert asked["trace"]["synonyms"] == [["社保", "社会保险"]]
    for body in ({"groups": [["社保"]]}, {"groups": [["社保", 1]]}, {"groups": "x"}, {"group": []}):
        answer = client.post("/api/synonyms", json=body)
        assert problem(answer, 422)
    guest = {"Host": "link.example"}
    assert client.get("/api/synonyms", headers=guest).json() == groups
    path = f"/api/synonyms/{groups[0]['group_id']}"
    assert client.post("/api/synonyms", json={"groups": [["甲乙", "丙丁"]]}, headers=guest).status_code == 403
    assert client.delete(path, headers=guest).status_code == 403
    assert client.delete(path).status_code == 204
    assert client.delete(path).status_code == 404
    assert client.delete("/api/synonyms/0").status_code == client.delete(f"/api/synonyms/{1 << 70}").status_code == 422
    assert client.get("/api/synonyms").json() == groups[1:]


def test_a_running_server_sees_what_the_command_line_changes(tmp_path: Path) -> None:
    home = make_home(tmp_path / "home")
    with running(home) as server, server.client() as http:

        def note() -> str:
            response: httpx.Response = http.post("/api/ask", json={"question": "列出所有提到“迟还金”的句子"})
            line: str = response.json()["note"]
            return line

        assert "0 次" in note()
        assert main(("--home", str(home), "synonyms", "add", "迟还金", "滞纳金")) == 0
        assert note().startswith("“迟还金”（含“滞纳金”）共 1 处")
        assert main(("--home", str(home), "synonyms", "remove", "滞纳金")) == 0
        assert "0 次" in note()
