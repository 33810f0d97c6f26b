"""A long document is summed up section by section, each request with a few sentences of one."""

import pytest

from bot import Bot
from bot.types import Document
from bot.writing.chosen import SECTION_QUOTES
from bot.writing.summaries import MOST_SECTIONS, sections_of
from tests.parts import OpenBot

ASKED = "总结《水库管理办法》"


def text(sections: int, sentences: int = 12) -> str:
    """Return a document of so many sections, each with sentences of its own."""
    parts = [
        f"## 第{number}部分\n\n"
        + "".join(f"第{number}处水库第{n}号闸门由管理站每日检查并登记在册。" for n in range(sentences))
        for number in range(1, sections + 1)
    ]
    return "# 水库管理办法\n\n" + "\n\n".join(parts) + "\n"


def opened(open_bot: OpenBot, content: str) -> tuple[Bot, Document]:
    bot = open_bot()
    report = bot.add_bytes("水库.md", content.encode())
    assert report.document is not None
    return bot, bot.document(report.document.document_id)


@pytest.mark.parametrize(("sections", "wanted"), [(11, 11), (30, 10)])
def test_sections(open_bot: OpenBot, sections: int, wanted: int) -> None:
    bot, document = opened(open_bot, text(sections))
    found = sections_of(bot.ask(ASKED), "paragraph", bot.document)
    assert len(found) == wanted <= MOST_SECTIONS
    assert found[0].heading == "第1部分"
    for section in found:
        assert 0 < len(section.quotes) <= SECTION_QUOTES
        for quote in section.quotes:
            assert document.text[quote.start : quote.end] == quote.quote
        assert list(section.quotes) == sorted(section.quotes, key=lambda quote: quote.start)
    sent = sum(len(quote.quote) for section in found for quote in section.quotes)
    assert sent < len(document.text) * 0.8  # never the whole document


def test_what_is_short_or_a_table_or_no_summary_is_written_at_once(open_bot: OpenBot) -> None:
    bot, _ = opened(open_bot, text(2, sentences=4))
    assert sections_of(bot.ask(ASKED), "paragraph", bot.document) == ()
    bot.add_bytes("水库.md", text(12).encode())
    summary = bot.ask(ASKED)
    assert summary.trace.way == "summary"
    assert sections_of(summary, "table", bot.document) == ()
    assert sections_of(bot.ask("第1处水库第1号闸门由谁检查？"), "paragraph", bot.document) == ()
    bot.remove(summary.citations[0].document_id)
    assert sections_of(summary, "paragraph", bot.document) == ()
