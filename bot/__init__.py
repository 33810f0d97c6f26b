"""Youju: answers from your own documents, every sentence with its exact place in the original."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.engine import Bot
    from bot.settings import Settings

__all__ = ["Bot", "Settings"]

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """Load the engine when it is asked for: the process that reads files needs none of it."""
        if name == "Bot":
            from bot.engine import Bot

            return Bot
        if name == "Settings":
            from bot.settings import Settings

            return Settings
        raise AttributeError(f"module 'bot' has no attribute {name!r}")
