"""MCP over standard input and output, for a program that starts Youju itself."""

import asyncio

from mcp.server.stdio import stdio_server

from bot.engine import Bot
from bot.types import Language
from bot.web.mcp_server import mcp_server


def serve_stdio(bot: Bot, language: Language, *, write: bool) -> None:
    """Answer until standard input ends. ``write``: documents may be added and removed."""
    server = mcp_server(bot, lambda _: write, lambda _: language)

    async def run() -> None:
        async with stdio_server() as (reading, writing):
            await server.run(reading, writing, server.create_initialization_options())

    asyncio.run(run())
