"""Youju as a server of the Model Context Protocol, by the official SDK: tools, and the documents as resources.

The SDK takes as long to import as the rest of the program, so this module is imported where MCP is first asked for.
"""

import asyncio
import re
from collections.abc import Callable
from typing import Any

from mcp import MCPError
from mcp.server import Server, ServerRequestContext
from mcp.types import (
    INVALID_PARAMS,
    CallToolRequestParams,
    CallToolResult,
    ListResourcesResult,
    ListResourceTemplatesResult,
    ListToolsResult,
    PaginatedRequestParams,
    ReadResourceRequestParams,
    ReadResourceResult,
    Resource,
    ResourceTemplate,
    TextContent,
    TextResourceContents,
    Tool,
    ToolAnnotations,
)
from pydantic import ValidationError
from starlette.requests import Request

from bot.engine import Bot
from bot.types import Language, NotFoundError, YoujuError
from bot.web.mcp_tools import BotTool, tools_of

PLACE = "youju://documents/"
_URI = re.compile(rf"{PLACE}([^/?#]+)(?:\?(?:start=(\d{{1,12}}))?&?(?:end=(\d{{1,12}}))?)?")
_PAGE = 200
_INSTRUCTIONS = (
    "Youju answers from the person's own documents, in the documents' own words, every sentence with its exact place; "
    "what they do not say it refuses. Use `ask` for questions, and give its sentences with their sources. "
    "有据：用用户自己的文档回答，逐句引用原文并标明出处；文档里没有的，会明确说没有。"
)

MayChange = Callable[[Request | None], bool]
"""Tells whether who makes a request may add and remove documents; None: whoever started the program."""

SpeaksTo = Callable[[Request | None], Language]
"""Gives the language of messages for a request."""


def mcp_server(bot: Bot, may_change: MayChange, speaks: SpeaksTo) -> Server[Any]:
    """Return the server over ``bot``; it is run over HTTP or over standard input and output."""
    on = _Handlers(bot, may_change, speaks)
    return Server(
        "youju", version="1", title="Youju 有据", instructions=_INSTRUCTIONS,
        on_list_tools=on.list_tools, on_call_tool=on.call_tool, on_list_resources=on.list_resources,
        on_list_resource_templates=on.list_templates, on_read_resource=on.read_resource,
    )  # fmt: skip


class _Handlers:
    def __init__(self, bot: Bot, may_change: MayChange, speaks: SpeaksTo) -> None:
        self._bot = bot
        self._may_change = may_change
        self._speaks = speaks
        self._tools = {tool.name: tool for tool in tools_of(bot)}

    async def list_tools(
        self, context: ServerRequestContext[Any], params: PaginatedRequestParams | None
    ) -> ListToolsResult:
        return ListToolsResult(tools=[_described(tool) for tool in self._tools_for(context).values()])

    async def call_tool(self, context: ServerRequestContext[Any], params: CallToolRequestParams) -> CallToolResult:
        tool = self._tools_for(context).get(params.name)
        if tool is None:
            raise MCPError(INVALID_PARAMS, f"There is no tool {params.name!r}.")
        try:
            given = tool.input.model_validate(params.arguments or {})
            result = await asyncio.to_thread(tool.call, given)
        except ValidationError as error:
            first = error.errors()[0]
            return _failed(f"{'.'.join(map(str, first['loc']))}: {first['msg']}.")
        except YoujuError as error:
            return _failed(error.message(self._speaks(context.request)))
        return CallToolResult(content=[TextContent(text=result.text)], structured_content=result.value)

    async def list_resources(
        self, context: ServerRequestContext[Any], params: PaginatedRequestParams | None
    ) -> ListResourcesResult:
        cursor = (params.cursor if params else None) or "0"
        if not re.fullmatch(r"[0-9]{1,9}", cursor):
            raise MCPError(INVALID_PARAMS, "This cursor is none of ours.")
        documents = await asyncio.to_thread(self._bot.documents)
        start = int(cursor)
        shown = [
            Resource(
                uri=f"{PLACE}{info.document_id}", name=info.source, title=info.title, mime_type="text/plain",
                description=f"{info.characters} characters",
            )
            for info in documents[start : start + _PAGE]
        ]  # fmt: skip
        more = str(start + _PAGE) if start + _PAGE < len(documents) else None
        return ListResourcesResult(resources=shown, next_cursor=more)

    async def list_templates(
        self, context: ServerRequestContext[Any], params: PaginatedRequestParams | None
    ) -> ListResourceTemplatesResult:
        template = ResourceTemplate(
            uri_template=f"{PLACE}{{document_id}}{{?start,end}}", name="document",
            title="Text of a document, or a part of it", mime_type="text/plain",
        )  # fmt: skip
        return ListResourceTemplatesResult(resource_templates=[template])

    async def read_resource(
        self, context: ServerRequestContext[Any], params: ReadResourceRequestParams
    ) -> ReadResourceResult:
        found = _URI.fullmatch(params.uri)
        if found is None:
            raise MCPError(INVALID_PARAMS, f"A document's address is {PLACE}ID, with ?start=…&end=… for a part of it.")
        try:
            document = await asyncio.to_thread(self._bot.document, found[1])
        except NotFoundError as error:
            raise MCPError(INVALID_PARAMS, error.message(self._speaks(context.request))) from error
        text = document.text[int(found[2] or 0) : int(found[3]) if found[3] else None]
        return ReadResourceResult(contents=[TextResourceContents(uri=params.uri, mime_type="text/plain", text=text)])

    def _tools_for(self, context: ServerRequestContext[Any]) -> dict[str, BotTool]:
        may = self._may_change(context.request)
        return {name: tool for name, tool in self._tools.items() if may or not tool.changes}


def _described(tool: BotTool) -> Tool:
    schema = tool.input.model_json_schema()
    schema.pop("description", None)  # it speaks of the code
    hints = ToolAnnotations(
        read_only_hint=not tool.changes, destructive_hint=tool.destroys, idempotent_hint=True, open_world_hint=False
    )
    return Tool(name=tool.name, title=tool.title, description=tool.description, input_schema=schema, annotations=hints)


def _failed(line: str) -> CallToolResult:
    return CallToolResult(content=[TextContent(text=line)], is_error=True)
