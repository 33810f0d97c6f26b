"""What a model may propose: other wordings of a question, and questions to go on with."""

from collections.abc import Sequence

from bot.question.checks import MOST_WORDINGS, is_wording
from bot.types import Citation, Language, WriterError
from bot.writing.chosen import WriterSettings
from bot.writing.model import Ended, Model
from bot.writing.outcomes import line_of
from bot.writing.prompts import Prompt, to_ask_on, to_reword
from bot.writing.splitting import Splitter

_SECONDS = 20
_TOKENS = 400


def wordings(settings: WriterSettings, key: str | None, question: str, language: Language) -> tuple[str, ...]:
    """Return up to three other wordings of a question.

    Raises:
        WriterError: the model cannot be asked.
    """
    return _lines(settings, key, to_reword(language, question), language, question)


def questions(
    settings: WriterSettings, key: str | None, question: str, quotes: Sequence[Citation], language: Language
) -> tuple[str, ...]:
    """Return up to three questions that may follow; raises WriterError as ``wordings``."""
    return _lines(settings, key, to_ask_on(language, question, quotes), language, question)


def _lines(
    settings: WriterSettings, key: str | None, prompt: Prompt, language: Language, question: str
) -> tuple[str, ...]:
    assert settings.server is not None
    seconds, tokens = min(_SECONDS, settings.seconds), min(_TOKENS, settings.tokens)
    splitter, lines = Splitter("points"), []
    try:
        for piece in Model(settings.server, settings.model, key, seconds, tokens).stream(prompt):
            lines += [unit.text for unit in splitter.take(piece)]
        lines += [unit.text for unit in splitter.end()]
    except Ended as ended:
        if ended.outcome not in ("slow", "too_long", "broken") or not lines:
            host, model = settings.server.host, settings.model
            en = line_of(ended.outcome, "en", host=host, model=model, seconds=seconds, tokens=tokens)
            zh = line_of(ended.outcome, "zh", host=host, model=model, seconds=seconds, tokens=tokens)
            raise WriterError(en, zh) from None
    kept = dict.fromkeys(line for line in lines if is_wording(line) and line != question)
    return tuple(kept)[:MOST_WORDINGS]
