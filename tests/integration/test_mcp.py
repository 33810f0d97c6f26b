"""The official MCP client asks a real server, over HTTP and over standard input and output."""

import base64
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import httpx2
import pytest
from mcp import Client, MCPError, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.client.streamable_http import streamable_http_client

from bot.cli.main import parser
from bot.engine import Bot
from bot.settings import Settings
from bot.web.guard import Access
from tests.browser.serving import serving
from tests.integration.serving import MANUAL, ROOT, environment, make_home
from tests.parts import run_apart

FEE = "图书逾期未还每天收多少滞纳金？"
FEE_SAID = "图书逾期未还的，每册每天收取滞纳金二角。"
READING = ["ask", "search", "list_documents", "read_document", "outline"]
WRITING = [*READING, "add_document", "remove_document"]
Asks = Callable[[Client], Awaitable[None]]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_home(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def bot(home: Path) -> Iterator[Bot]:
    with Bot.open(settings=Settings(home=home, seeds=None)) as bot:
        yield bot


@pytest.fixture(scope="module")
def address(bot: Bot) -> Iterator[str]:
    with serving(bot, page=False) as address:
        yield address


def ask(address: str, asks: Asks, mode: str = "auto", **headers: str) -> None:
    """Run ``asks`` with a client of the server at ``address``."""

    async def run() -> None:
        async with (
            httpx2.AsyncClient(trust_env=False, headers=headers, timeout=60) as http,
            Client(streamable_http_client(f"{address}/mcp", http_client=http), mode=mode) as client,
        ):
            await asks(client)

    run_apart(run())


def lines(result: Any) -> str:
    return str(result.content[0].text)


async def names(client: Client) -> list[str]:
    return [tool.name for tool in (await client.list_tools()).tools]


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_tools_over_http(address: str, bot: Bot, mode: str) -> None:
    async def asks(client: Client) -> None:
        tools = (await client.list_tools()).tools
        assert [tool.name for tool in tools] == READING
        assert all(tool.annotations and tool.annotations.read_only_hint for tool in tools)
        assert set(tools[0].input_schema["properties"]) == {
            *("question", "history", "documents", "collection", "mode"),
        }
        answer = bot.ask(FEE)
        cited = answer.citations[0]
        given = await client.call_tool("ask", {"question": FEE})
        assert given.structured_content["text"] == answer.text == f"{FEE_SAID}[1]"
        assert given.structured_content["citations"][0]["quote"] == FEE_SAID
        place = f"library.md; document {cited.document_id}, {cited.start} to {cited.end}"
        assert lines(given) == f"{answer.text}\n\n[1] 青溪图书馆借阅办法 > 二、逾期与赔偿 ({place})"
        given = await client.call_tool(
            "ask", {"question": "那学生读者呢？", "history": [["普通读者可以借多少册？", "…[1]"]]}
        )
        assert "学生读者每次可以借阅图书二十册" in lines(given)
        given = await client.call_tool("ask", {"question": FEE, "documents": ["garden.txt"]})
        assert given.structured_content["abstained"] is True and not given.is_error

    ask(address, asks, mode)


def test_documents_are_found_read_and_outlined(address: str, bot: Bot) -> None:
    async def asks(client: Client) -> None:
        listed = (await client.call_tool("list_documents", {"query": "library"})).structured_content
        assert [one["title"] for one in listed["documents"]] == ["青溪图书馆借阅办法"] and listed["total"] == 1
        hits = (await client.call_tool("search", {"query": "滞纳金", "limit": 1})).structured_content["hits"]
        assert [hit["text"] for hit in hits] == [FEE_SAID]
        span = {"document": hits[0]["document_id"], "start": hits[0]["start"], "end": hits[0]["end"]}
        read = await client.call_tool("read_document", span)
        assert lines(read) == read.structured_content["text"] == FEE_SAID
        assert (read.structured_content["next"], read.structured_content["total"]) == (None, len(MANUAL))
        outline = await client.call_tool("outline", {"document": "library.md"})
        assert [one["text"] for one in outline.structured_content["headings"]] == [
            "青溪图书馆借阅办法", "一、借阅期限", "二、逾期与赔偿", "三、开放时间"
        ]  # fmt: skip
        assert all(MANUAL[one["start"] : one["end"]] == one["text"] for one in outline.structured_content["headings"])

    ask(address, asks)


def test_a_long_document_is_read_in_parts(address: str, bot: Bot) -> None:
    text = "".join(f"第{number}行{'很' * 200}长。\n" for number in range(300))
    long = bot.add_bytes("long.txt", text.encode()).document
    assert long is not None

    async def asks(client: Client) -> None:
        read, start = "", 0
        while start is not None:
            part = (
                await client.call_tool("read_document", {"document": "long.txt", "start": start})
            ).structured_content
            assert len(part["text"]) <= 20_000
            read, start = read + part["text"], part["next"]
        assert read == bot.document(long.document_id).text

    ask(address, asks)
    bot.remove(long.document_id)


def test_documents_are_resources(address: str, bot: Bot) -> None:
    async def asks(client: Client) -> None:
        resources = (await client.list_resources()).resources
        assert [(one.name, one.title, one.mime_type) for one in resources] == [
            ("garden.txt", "garden", "text/plain"), ("library.md", "青溪图书馆借阅办法", "text/plain")
        ]  # fmt: skip
        whole: Any = (await client.read_resource(resources[1].uri)).contents[0]
        assert whole.text == MANUAL
        part: Any = (await client.read_resource(f"{resources[1].uri}?start=2&end=11")).contents[0]
        assert part.text == "青溪图书馆借阅办法"
        templates = (await client.list_resource_templates()).resource_templates
        assert [one.uri_template for one in templates] == ["youju://documents/{document_id}{?start,end}"]
        for wrong in ("youju://documents/nothing", "youju://documents/", "file:///etc/passwd"):
            with pytest.raises(MCPError):
                await client.read_resource(wrong)
        with pytest.raises(MCPError):
            await client.list_resources(cursor="x")

    ask(address, asks)


@pytest.mark.parametrize(
    ("tool", "given", "line"),
    [
        ("ask", {"question": " "}, "空"),
        ("ask", {"question": FEE, "documents": ["nothing.txt"]}, "没有文档“nothing.txt”"),
        ("ask", {"question": FEE, "collection": "法律"}, "法律"),
        ("ask", {"questoin": FEE}, "question: Field required"),
        ("ask", {"question": FEE, "more": 1}, "more: Extra inputs"),
        ("search", {"query": FEE, "limit": 51}, "limit: "),
        ("read_document", {"document": "library.md", "start": 9999}, "正文共"),
        ("read_document", {"document": "library.md", "start": 9, "end": 8}, "正文共"),
        ("outline", {"document": "nothing.txt"}, "没有文档“nothing.txt”"),
    ],
)
def test_an_error_is_told_to_the_model(address: str, tool: str, given: dict[str, Any], line: str) -> None:
    async def asks(client: Client) -> None:
        result = await client.call_tool(tool, given)
        assert result.is_error and line in lines(result)

    ask(address, asks, **{"Accept-Language": "zh-CN"})


def test_what_is_not_there_cannot_be_called(address: str, bot: Bot) -> None:
    async def asks(client: Client) -> None:
        for tool in ("remove_document", "add_document", "nothing"):
            with pytest.raises(MCPError, match=tool):
                await client.call_tool(tool, {"document": "garden.txt"})

    ask(address, asks)
    assert [info.source for info in bot.documents()] == ["garden.txt", "library.md"]


def test_the_password_comes_first(bot: Bot) -> None:
    token = base64.b64encode("x:芝麻".encode()).decode()
    with serving(bot, Access(password="芝麻"), page=False) as address:
        for method in ("GET", "POST", "DELETE"):
            assert httpx.request(method, f"{address}/mcp", trust_env=False).status_code == 401

        async def asks(client: Client) -> None:
            assert await names(client) == READING

        ask(address, asks, Authorization=f"Basic {token}")
        with pytest.raises(BaseExceptionGroup):
            ask(address, asks, Authorization="Basic eDp5")


def test_only_messages_are_taken(address: str) -> None:
    post = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
    with httpx.Client(base_url=address, trust_env=False) as client:
        assert client.get("/mcp").status_code == client.delete("/mcp").status_code == 405
        assert client.post("/mcp", content=b"{}", headers={**post, "Content-Type": "text/plain"}).status_code == 415
        assert client.post("/mcp", content=b"{", headers=post).status_code == 400
        assert client.post("/mcp", content=b" " * 2_000_001, headers=post).status_code == 413
        assert client.post("/mcp", content=b"{}", headers={**post, "Origin": "https://a.test"}).status_code == 403
        assert client.post("/mcp/x", content=b"{}", headers=post).status_code == 404


def test_documents_are_changed_only_where_it_was_started_so(bot: Bot) -> None:
    access = Access(keys=bot.keys)
    access.share("share.test", "芝麻")
    here = {"Authorization": "Basic " + base64.b64encode("x:芝麻".encode()).decode()}

    async def changes(client: Client) -> None:
        assert await names(client) == WRITING
        added = await client.call_tool("add_document", {"name": "notes/plan.md", "text": "会议定在周五。"})
        assert added.structured_content["report"]["status"] == "added"
        assert lines(await client.call_tool("ask", {"question": "会议定在哪天？"})).startswith("会议定在周五。[1]")
        refused = await client.call_tool("add_document", {"name": "a.exe", "text": "x"})
        assert refused.is_error and "a.exe" in lines(refused)
        assert not (await client.call_tool("remove_document", {"document": "notes/plan.md"})).is_error

    async def reads(client: Client) -> None:
        assert await names(client) == READING

    with serving(bot, access, page=False, mcp_write=True) as address:
        ask(address, changes, **here)
        ask(address, reads, **here, Host="share.test")
        ask(address, reads, Authorization=f"Bearer {bot.keys.new('reads', 'reader').secret}")
        ask(address, changes, Authorization=f"Bearer {bot.keys.new('changes', 'editor').secret}")
    assert [info.source for info in bot.documents()] == ["garden.txt", "library.md"]


def test_over_standard_input_and_output(home: Path) -> None:
    command = StdioServerParameters(
        command=sys.executable, args=["-m", "bot", "--home", str(home), "--lang", "zh", "mcp"],
        env=environment(YOUJU_READER="off"), cwd=ROOT,
    )  # fmt: skip

    async def run() -> None:
        async with Client(stdio_client(command)) as client:
            assert await names(client) == READING
            assert lines(await client.call_tool("ask", {"question": FEE})).startswith(f"{FEE_SAID}[1]")
            assert "没有文档" in lines(await client.call_tool("outline", {"document": "nothing"}))

    run_apart(run())
    assert [parser("en").parse_args(["mcp", *options]).write for options in ([], ["--write"])] == [False, True]


def test_nothing_of_it_is_loaded_before_it_is_asked() -> None:
    """The SDK takes as long to import as all of the rest that answers a question."""
    code = "import sys, bot.cli.main, bot.web.api; print(sorted({'mcp', 'openai', 'gradio'} & set(sys.modules)))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert loaded.stdout == "[]\n"
