"""What is shown where a link leads: the document around it, or the sentence between its neighbours."""

import io
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from bot.conversations.reading_view import OutlineLine, ReadingView
from bot.documents.parser import document_id
from bot.engine import Bot
from bot.settings import Settings
from bot.types import Answer, Citation, NotFoundError, QuestionError
from tests.parts import OpenBot
from tests.presentations import report

TEXT = "# 𠮷题\n\n第一段。\n\n## 一、小节\n\n😀前句。要找的一句话在这里。后句。\n\n第二段。\n"
QUOTE = "要找的一句话在这里。"


def cite(bot: Bot, quote: str, source: str = "a.md") -> Citation:
    document = bot.document(document_id(source))
    start = document.text.index(quote)
    return Citation(1, document.document_id, source, "t", (), 0, start, start + len(quote), quote)


def marked(view: ReadingView) -> str:
    if view.mark is None:
        return ""
    assert view.paragraph is not None
    return view.paragraphs[view.paragraph - view.first].text[view.mark.start : view.mark.end]


@pytest.fixture
def bot(open_bot: OpenBot) -> Bot:
    bot = open_bot()
    bot.add_bytes("a.md", TEXT.encode())
    return bot


def test_the_cited_sentence_at_its_place(bot: Bot) -> None:
    target = cite(bot, QUOTE).target
    view = bot.reader.view("cite-" + target)
    assert marked(view) == QUOTE
    assert (view.paragraph, view.first, view.total, len(view.paragraphs)) == (3, 0, 5, 5)
    assert (view.state, view.cited) == ("same", QUOTE)
    assert (view.document_id, view.source, view.title) == (document_id("a.md"), "a.md", "𠮷题")
    assert view.section == bot.document(document_id("a.md")).paragraphs[3].section
    assert [p.level for p in view.paragraphs] == [1, 0, 2, 0, 0]
    assert bot.reader.view(target) == view
    near = bot.reader.view("near-" + target)
    assert (near.paragraph, near.mark) == (3, None)


def test_the_outline_leads_into_the_document(bot: Bot) -> None:
    identity = document_id("a.md")
    whole = bot.reader.view("read-" + identity)
    assert whole.outline == (OutlineLine("𠮷题", 1, 0), OutlineLine("一、小节", 2, 2))
    assert (whole.paragraph, whole.section, whole.address, whole.mark) == (None, (), None, None)
    there = bot.reader.view(f"read-{identity}.{whole.outline[1].paragraph}")
    assert (there.paragraph, there.mark) == (2, None)
    assert bot.reader.view(f"read-{identity}.999999999999").paragraph == 4


def test_a_heading_is_opened_by_its_words(bot: Bot) -> None:
    identity = document_id("a.md")
    there = bot.reader.view(f"read-{identity}.h一、小节")
    assert (there.paragraph, there.mark, there.state) == (2, None, "same")
    gone = bot.reader.view(f"read-{identity}.h没有的一节")
    assert (gone.paragraph, gone.state) == (None, "gone")


def test_slides_sheets_and_pages_are_opened_by_number_or_name(open_bot: OpenBot) -> None:
    bot = open_bot()
    out = io.BytesIO()
    report().save(out)
    bot.add_bytes("a.pptx", out.getvalue())
    slides = document_id("a.pptx")
    document = bot.document(slides)
    for page in (1, 2, 99):
        view = bot.reader.view(f"read-{slides}.p{page}")
        assert view.paragraph is not None
        first = document.paragraphs[view.paragraph]
        assert document.page_at(first.start) == min(page, document.pages[-1][1])
        assert (view.pages, view.boxes) == (0, ())
    bot.add_bytes("b.pdf", (Path(__file__).parents[2] / "files" / "pdf" / "chromium.pdf").read_bytes())
    pages = [bot.reader.view(f"read-{document_id('b.pdf')}.p{page}") for page in (0, 1, 2, 99)]
    assert [(view.page, view.pages, view.boxes) for view in pages] == [(n, 2, ()) for n in (1, 1, 2, 2)]
    assert pages[2].paragraphs[pages[2].paragraph or 0].text == "Notes for foreign readers"
    bot.add_bytes("c.md", "没有页码。".encode())
    assert bot.reader.view(f"read-{document_id('c.md')}.p3").paragraph == 0


def test_what_moved_changed_or_went(bot: Bot) -> None:
    cited = cite(bot, QUOTE)
    bot.conversations.append("v", None, Answer("问", "问", QUOTE, False, 1.0, citations=(cited,)))

    def after(text: str) -> ReadingView:
        bot.add_bytes("a.md", text.encode())
        return bot.reader.view("cite-" + cited.target)

    moved = after("新的开头。\n\n" + TEXT)
    assert (marked(moved), moved.state) == (QUOTE, "moved")
    changed = after(TEXT.replace("在这里", "在那里"))
    assert (marked(changed), changed.state, changed.cited) == (QUOTE.replace("在这里", "在那里"), "changed", QUOTE)
    gone = after(TEXT.replace(QUOTE, "别的。"))
    assert (gone.mark, gone.state, gone.paragraph, gone.cited) == (None, "gone", 3, QUOTE)
    bot.remove(cited.document_id)
    for lost in (bot.reader.view, bot.reader.sentence):
        with pytest.raises(NotFoundError) as error:
            lost(cited.target)
        assert error.value.quote == QUOTE


def test_words_that_no_conversation_kept(bot: Bot) -> None:
    target = cite(bot, QUOTE).target
    bot.add_bytes("a.md", TEXT.replace("在这里", "在那里").encode())
    view = bot.reader.view("cite-" + target)
    assert (view.state, view.paragraph, view.mark, view.cited) == ("gone", 3, None, None)
    bot.remove(document_id("a.md"))
    with pytest.raises(NotFoundError) as error:
        bot.reader.view("cite-" + target)
    assert error.value.quote is None


@pytest.mark.parametrize(
    "target", ["", "cite-x", "cite-", "other-thing", "read-none", "card-a.1", "read-{id}.x", "read-{id}.-1"]
)
def test_a_broken_link_says_so(bot: Bot, target: str) -> None:
    with pytest.raises(NotFoundError if target == "read-none" else QuestionError):
        bot.reader.view(target.format(id=document_id("a.md")))


def test_a_sentence_has_the_sentences_around(bot: Bot) -> None:
    view = bot.reader.sentence(cite(bot, QUOTE).target)
    assert (view.before, view.sentence, view.after) == ("😀前句。", QUOTE, "后句。")
    assert (view.title, view.paragraph, view.address, view.state, view.cited) == ("𠮷题", 3, None, "same", QUOTE)
    last = bot.reader.sentence("cite-" + cite(bot, "第二段。").target)
    assert (last.before, last.after) == ("后句。", "")
    first = bot.reader.sentence(cite(bot, "𠮷题").target)
    assert (first.before, first.after) == ("", "第一段。")
    two = bot.reader.sentence(cite(bot, "😀前句。" + QUOTE).target)
    assert (two.before, two.after) == ("一、小节", "后句。")


def test_a_place_in_a_law_is_named_by_its_article(open_bot: OpenBot) -> None:
    bot = open_bot()
    law = "湖泊保护条例\n\n第一条 为了保护湖泊，制定本条例。\n\n第二条 湖泊实行名录管理。\n\n名录由市政府公布。\n"
    bot.add_bytes("law.txt", law.encode())
    target = cite(bot, "名录由市政府公布。", "law.txt").target
    assert bot.reader.sentence(target).address == bot.reader.view(target).address == "《湖泊保护条例》第二条第二款"


LINE = "这是{:03}号，" + "一句共有十个字在此。" * 14


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    """A document of 400 chapters of 1,500 characters, and one of 200,000 characters."""
    chapters = (f"第{number}章 题\n" + f"{LINE.format(number)}\n" * 10 for number in range(1, 401))
    with Bot.open(settings=Settings(home=tmp_path_factory.mktemp("long"), seeds=None)) as bot:
        bot.add_bytes("长.txt", "".join(chapters).encode())
        bot.add_bytes("whole.txt", (("字" * 99 + "\n") * 2_000).encode())
        yield bot


@pytest.mark.parametrize("number", [1, 2_200, 4_399])
def test_a_very_long_document_is_cut_around_the_citation(long: Bot, number: int) -> None:
    document = long.document(document_id("长.txt"))
    assert len(document.text) > 550_000
    paragraph = document.paragraphs[number]
    quote = document.text[paragraph.start : paragraph.start + 6]
    cited = Citation(1, document.document_id, "长.txt", "t", (), 0, paragraph.start, paragraph.start + 6, quote)
    view = long.reader.view(cited.target)
    assert len(view.paragraphs) < view.total
    assert (marked(view), view.paragraph) == (quote, paragraph.index)
    assert 190_000 < sum(len(p.text) + 1 for p in view.paragraphs) <= 200_100
    assert len(view.outline) == 400
    shown = range(view.first, view.first + len(view.paragraphs))
    inside = [line for line in view.outline if line.paragraph in shown]
    assert 0 < len(inside) < 400
    for line in inside:
        assert asdict(view.paragraphs[line.paragraph - view.first]) == {
            "text": line.text,
            "level": line.level,
            "recognised": None,
            "look": {"shape": "text", "depth": 0, "group": None, "pieces": ()},
        }
    far = next(line for line in view.outline if line.paragraph not in shown)
    there = long.reader.view(f"read-{document.document_id}.{far.paragraph}")
    assert there.paragraphs[far.paragraph - there.first].text == far.text


def test_a_document_of_200_000_characters_is_whole(long: Bot) -> None:
    assert len(long.document(document_id("whole.txt")).text) == 200_000
    view = long.reader.view("read-" + document_id("whole.txt"))
    assert len(view.paragraphs) == view.total == 2_000
