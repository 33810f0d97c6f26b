"""Youju: answers from your own documents, every sentence with its exact place in the original."""

from bot.engine import Bot
from bot.settings import Settings

__all__ = ["Bot", "Settings"]
