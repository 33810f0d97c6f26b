"""What a model is told: what to write, the quotes as data, the question.

Quotes come from documents, and documents from anybody. Each stands between marks that hold a number drawn for this one
request: nothing in a document can end its quote and go on as one who gives orders. That does not make a model obey us;
what is shown is decided by the check alone.
"""

import secrets
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.language.folding import plain
from bot.types import Citation, Language, Mode

_TEXTS = Path(__file__).with_name("prompts.toml")


@dataclass(frozen=True, slots=True)
class Prompt:
    """What one request holds: our rules, and the data."""

    system: str
    user: str


def to_write(mode: Mode, language: Language, question: str, quotes: Sequence[Citation]) -> Prompt:
    """Return what asks for an answer to ``question`` from ``quotes``; the mode is one that a model writes in."""
    return _prompt(language, ("rules", mode), question, quotes)


def to_sum_up(language: Language, question: str, quotes: Sequence[Citation]) -> Prompt:
    """Return what asks for a sentence or two about one section of a document."""
    return _prompt(language, ("rules", "section"), question, quotes)


def to_reword(language: Language, question: str) -> Prompt:
    """Return what asks for other wordings of a question; nothing of the documents is in it."""
    return _prompt(language, ("wordings",), question, ())


def to_ask_on(language: Language, question: str, quotes: Sequence[Citation]) -> Prompt:
    """Return what asks for questions to go on with."""
    return _prompt(language, ("questions",), question, quotes)


def place_of(quote: Citation) -> str:
    """Return the place of a quote in one line: its address, else its document and headings."""
    section = quote.section[1:] if quote.section[:1] == (quote.title,) else quote.section
    return plain(quote.address or " > ".join(filter(None, (quote.title, *section)))).replace("\n", " ")


def _prompt(language: Language, rules: Sequence[str], question: str, quotes: Sequence[Citation]) -> Prompt:
    texts, number = _texts()[language], secrets.token_hex(8)

    def data(tag: str, text: str) -> str:
        return f"<{texts[tag]}-{number}>\n{text}\n</{texts[tag]}-{number}>"

    blocks = [
        data("quote", f"{at}. {texts['place']}{place_of(quote)}\n{plain(quote.quote)}")
        for at, quote in enumerate(quotes, 1)
    ]
    system = "\n".join(texts[rule].strip() for rule in (*rules, "data")).replace("{n}", number)
    return Prompt(system, "\n".join((*blocks, data("question", plain(question)))))


@cache
def _texts() -> dict[str, dict[str, str]]:
    with _TEXTS.open("rb") as file:
        return tomllib.load(file)
