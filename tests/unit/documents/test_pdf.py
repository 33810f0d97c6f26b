"""PDF files: paragraphs, headings, tables and columns as they were written; what is locked, broken or hostile."""

import io
import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from bot.documents.formats import Extract, IsolatedFormat, Options, find_format
from bot.documents.formats.extract import Block, compose
from bot.documents.layout.composing import compose_sheets
from bot.documents.layout.sheet import Place, Run, Sheet
from bot.documents.outline import outline
from bot.documents.parser import parse, read_file
from bot.documents.sandbox import Sandbox
from bot.types import DocumentError
from tests.parts import OpenBot
from tests.pdf_bombs import HOSTILE

FILES = Path(__file__).parents[2] / "files" / "pdf"
SONG = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(SONG))
WIDTH, HEIGHT = 595, 842


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture
def extract(sandbox: Sandbox) -> Callable[..., Extract]:
    def extract(data: bytes, password: str = "", name: str = "a.pdf") -> Extract:
        known = find_format(name)
        assert isinstance(known, IsolatedFormat)
        return sandbox.extract(known, name, data, Options(password))

    return extract


def drawn(draw: Callable[[Canvas], object], encrypt: StandardEncryption | None = None) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT), encrypt=encrypt)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def shown(blocks: tuple[Block, ...]) -> list[tuple[int, int | None, str]]:
    return [(-1 if block.row else block.level, block.page, block.text) for block in blocks]


def wrapped(canvas: Canvas, text: str, top: float) -> float:
    """Draw a Chinese paragraph with an indent; return the height below it."""
    canvas.setFont(SONG, 12)
    for index, line in enumerate([text[:36], *(text[start : start + 38] for start in range(36, len(text), 38))]):
        canvas.drawString(70 if index else 94, top, line)
        top -= 18
    return top


def test_a_page_of_a_browser(extract: Callable[..., Extract]) -> None:
    read = extract((FILES / "chromium.pdf").read_bytes())
    assert read.title == "图书馆开放时间"
    assert read.pages == 2
    blocks = shown(read.blocks)
    assert blocks[:8] == [
        (1, 1, "图书馆开放时间"),
        (
            0,
            1,
            "图书馆每天九时开放，二十一时闭馆。读者可以借图书八册，时间三十天；三十天以后不还的图书，每册每天一角。"
            "读者不还图书，不可以借图书。",
        ),
        (2, 1, "一、阅览"),
        (-1, 1, "阅览 | 楼 | 册"),
        (-1, 1, "图书 | 一楼 | 8120"),
        (-1, 1, "读者 | 二楼一 | 80"),
        (-1, 1, "读者 | 二楼二 | 64"),
        (2, 1, "二、借阅"),
    ]
    # Two columns, one read after the other.
    assert [text[:6] for _, _, text in blocks[8:12]] == ["读者可以一时", "每天二十一时", "三楼的图书不", "图书馆的图书"]
    assert blocks[12] == (2, 2, "Notes for foreign readers")
    assert blocks[13][2].endswith("and may renew each of them once unless another reader is waiting for it.")
    assert "  " not in "".join(text for _, _, text in blocks)
    assert len(blocks) == 15
    assert [notice.en[:40] for notice in read.notices] == ["Left out at the head or foot of pages: #"]


def test_every_line_has_its_place(extract: Callable[..., Extract]) -> None:
    for name in ("chromium.pdf", "libreoffice.pdf"):
        for block in extract((FILES / name).read_bytes()).blocks:
            assert block.pieces[0].start == 0
            assert block.pieces[-1].end == len(block.text)
            assert block.page == block.pieces[0].box.page
            for piece in block.pieces:
                box = piece.box
                assert 0 <= piece.start < piece.end <= len(block.text)
                assert 0 < box.left < box.right <= 1000
                assert 0 < box.top < box.bottom <= 1000
                assert box.bottom - box.top < 50


def test_paragraphs_go_on_over_pages_and_running_heads_go(extract: Callable[..., Extract]) -> None:
    read = extract((FILES / "libreoffice.pdf").read_bytes())
    line = (
        "读者可以借图书八册，时间三十天，三十天以后不还的图书，每册每天一角，"
        "读者不还图书，不可以借图书，不可以阅览图书。"
    )
    texts = [block.text for block in read.blocks]
    numerals = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一"]
    expected = ["图书馆规则"]
    for count, numeral in enumerate(numerals, 1):
        expected += [f"第{numeral}章 读者", line * count, "每天九时开放，二十一时闭馆。"]
    assert texts == expected
    over = next(block for block in read.blocks if block.text == line * 7)
    assert [over.pieces[0].box.page, over.pieces[-1].box.page] == [2, 3]
    assert read.notices[0].zh == "略去页眉、页脚和页码：图书馆 #; #。"
    document = parse("a.pdf", (FILES / "libreoffice.pdf").read_bytes())
    assert document.title == "图书馆规则"
    assert document.pages[0] == (0, 1)
    assert document.page_at(document.text.index(line * 7) + 7 * len(line) - 2) == 3
    assert [section.heading for section in document.outline.children[0].children][:2] == ["第一章 读者", "第二章 读者"]


def test_columns_that_lines_do_not_part(extract: Callable[..., Extract]) -> None:
    def draw(canvas: Canvas) -> None:
        for row, cells in enumerate([("项目", "数量", "单价"), ("椅子", "12", "80.00"), ("桌子", "3", "260.50")]):
            for column, cell in enumerate(cells):
                canvas.setFont(SONG, 12)
                canvas.drawString(70 + 150 * column, 700 - 20 * row, cell)

    assert [block.text for block in extract(drawn(draw)).blocks] == [
        "项目 | 数量 | 单价",
        "椅子 | 12 | 80.00",
        "桌子 | 3 | 260.50",
    ]


def test_english_words_broken_at_line_ends_are_joined(extract: Callable[..., Extract]) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Times-Roman", 12)
        lines = (
            "Readers who ask for infor-",
            "mation on well-known au-",
            "thors find well-",
            "known ones at once, “and”",
            "soon.",
        )
        for row, line in enumerate(lines):
            canvas.drawString(70, 700 - 15 * row, line)

    assert extract(drawn(draw)).blocks[0].text == (
        "Readers who ask for information on well-known authors find well-known ones at once, “and” soon."
    )


def test_notes_at_the_foot_stand_behind_their_paragraph(extract: Callable[..., Extract]) -> None:
    def draw(canvas: Canvas) -> None:
        text = (
            "图书馆每天九时开放，二十一时闭馆，周一不开放，读者可以在三十天以内归还借阅的图书，逾期每天收取一角的费用。"
        )
        for page in range(2):
            top = 780.0
            for _ in range(6):
                top = wrapped(canvas, text if page else text[::-1], top)
            if page == 0:
                canvas.setFont(SONG, 9)
                canvas.drawString(70, 90, "① 周一指每周的第一天。")
                canvas.showPage()

    texts = [block.text for block in extract(drawn(draw)).blocks]
    assert texts.index("[注①] 周一指每周的第一天。") == 6
    assert len(texts) == 13


def test_upright_chinese_and_turned_pages(extract: Callable[..., Extract]) -> None:
    columns = ("竖排的文字从上往下读，读到头", "再从右往左接着读。", "第二段。")

    def upright(canvas: Canvas) -> None:
        canvas.setFont(SONG, 14)
        for column, text in enumerate(columns):
            for row, char in enumerate(text):
                canvas.drawString(500 - 24 * column, 700 - 14 * (row + 2 * (column != 1)), char)

    assert [block.text for block in extract(drawn(upright)).blocks] == [columns[0] + columns[1], columns[2]]

    def turned(canvas: Canvas) -> None:
        canvas.setPageRotation(90)
        canvas.rotate(90)
        canvas.setFont(SONG, 14)
        canvas.drawString(100, -100, "横放的表格页，转过来读。")

    block = extract(drawn(turned)).blocks[0]
    assert block.text == "横放的表格页，转过来读。"
    assert (
        block.pieces[0].box.bottom - block.pieces[0].box.top < 40 < block.pieces[0].box.right - block.pieces[0].box.left
    )


def test_watermarks_shadows_and_hidden_text_are_left_out(extract: Callable[..., Extract]) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(SONG, 12)
        canvas.drawString(70, 700, "会议在九点开始。")
        canvas.drawString(70.4, 700, "会议在九点开始。")
        hidden = canvas.beginText(70, 600)
        hidden.setTextRenderMode(3)
        hidden.textLine("看不见的文字。")
        hidden.setTextRenderMode(0)
        canvas.drawText(hidden)
        canvas.rotate(45)
        canvas.drawString(500, 100, "内部资料")

    read = extract(drawn(draw))
    assert [block.text for block in read.blocks] == ["会议在九点开始。"]
    assert [notice.zh for notice in read.notices] == ["略去斜排的文字（水印）4 字。"]


def test_a_locked_file_asks_for_its_password(extract: Callable[..., Extract], open_bot: OpenBot) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(SONG, 12)
        canvas.drawString(70, 700, "会议在九点开始。")

    data = drawn(draw, StandardEncryption("秘密".encode().hex(), ownerPassword="owner", strength=128))
    for password, said in (("", "--password"), ("wrong", "the password does not open it")):
        with pytest.raises(DocumentError) as caught:
            extract(data, password)
        assert said in caught.value.en
        assert caught.value.zh.startswith("a.pdf：")
    assert extract(data, "秘密".encode().hex()).blocks[0].text == "会议在九点开始。"
    bot = open_bot()
    assert bot.upload("a.pdf", data)[0].status == "failed"
    added = bot.upload("a.pdf", data, password="秘密".encode().hex())[0]
    assert added.document is not None
    assert [notice.en[:22] for notice in added.document.reading.notices] == ["The file stays locked;"]
    identity = added.document.document_id
    assert bot.pages.show(identity, 1, 600).startswith(b"\x89PNG")
    assert bot.original(identity).data == data
    bot.close()
    with closing(sqlite3.connect(bot.settings.home / "youju.db")) as connection, connection:
        connection.execute("UPDATE parsed SET parser = 0")
    bot = open_bot()  # It is read again, from the copy that needs no password.
    assert [len(info.reading.notices) for info in bot.documents()] == [1]
    assert bot.pages.show(identity, 1, 600).startswith(b"\x89PNG")
    assert all(check.ok for check in bot.check())


def test_a_question_is_answered_with_the_page(open_bot: OpenBot) -> None:
    bot = open_bot()
    bot.add_bytes("规则.pdf", (FILES / "chromium.pdf").read_bytes())
    citation = bot.ask("三楼的图书可以借吗？").citations[0]
    assert "三楼的图书不可以借" in citation.quote
    assert (citation.page, citation.recognised) == (1, None)
    report = bot.documents()[0].reading
    assert (report.pages, report.tables, report.recognised) == (2, 1, 0)


def test_there_are_hostile_files_of_many_kinds() -> None:
    assert len(HOSTILE) >= 40


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_its_own_report(name: str, sandbox: Sandbox) -> None:
    try:
        read = read_file("坏.pdf", HOSTILE[name], None, sandbox)
    except DocumentError as error:
        assert error.zh.startswith("坏.pdf：")
        assert "\n" not in error.zh + error.en
    else:
        assert read.document is None or read.document.text


def test_damaged_files_never_end_the_program(sandbox: Sandbox) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(SONG, 12)
        for row in range(30):
            canvas.drawString(70, 780 - 20 * row, f"第{row}行：会议在九点开始，请准时参加。")

    rng = random.Random(11)
    whole = drawn(draw)
    read = 0
    for turn in range(150):
        data = bytearray(whole)
        if turn % 2 == 0:
            data = data[: rng.randrange(len(data))]
        for _ in range(rng.choice((1, 4, 16))):
            data[rng.randrange(len(data))] = rng.randrange(256)
        try:
            read += read_file("坏.pdf", bytes(data), None, sandbox).document is not None
        except DocumentError as error:
            assert error.zh.startswith("坏.pdf：")
    assert 0 < read < 150


def _grid(canvas: Canvas, top: float, rows: list[tuple[str, ...]]) -> None:
    for at, cells in enumerate(rows):
        for column, text in enumerate(cells):
            canvas.rect(72 + 150 * column, top - 24 * at - 24, 150, 24)
            canvas.drawString(78 + 150 * column, top - 24 * at - 16, text)


def test_a_row_that_the_page_parts_from_its_table_is_one_of_it(extract: Callable[..., Extract]) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(SONG, 12)
        _grid(canvas, 90, [("事项", "责任人", "时限")])
        canvas.showPage()
        canvas.setFont(SONG, 12)
        _grid(canvas, 780, [("图纸", "唐维", "九月"), ("采购", "沈知夏", "十月")])
        _grid(canvas, 500, [("甲方", "乙方")])

    assert [(block.row, block.text) for block in extract(drawn(draw)).blocks] == [
        (True, "事项 | 责任人 | 时限"),
        (True, "图纸 | 唐维 | 九月"),
        (True, "采购 | 沈知夏 | 十月"),
        (False, "甲方 乙方"),
    ]


def test_a_hyphen_that_parts_no_syllables_stays(extract: Callable[..., Extract]) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 11)
        for at, line in enumerate(
            ("Data may be sent only when a signed non-", "disclosure agreement is in the archi-", "ve.")
        ):
            canvas.drawString(72, 700 - 14 * at, line)

    assert [block.text for block in extract(drawn(draw)).blocks] == [
        "Data may be sent only when a signed non-disclosure agreement is in the archive."
    ]


def test_columns_without_lines_may_stand_close_together(extract: Callable[..., Extract]) -> None:
    rows = [
        ("项目", "金额", "占比"),
        ("差旅", "12,000", "12.5%"),
        ("办公", "3,000", "3.0%"),
        ("合计", "15,000", "15.5%"),
    ]

    def draw(canvas: Canvas) -> None:
        canvas.setFont(SONG, 12)
        for index, (name, amount, share) in enumerate(rows):
            canvas.drawString(70, 700 - 20 * index, name)
            canvas.drawRightString(145, 700 - 20 * index, amount)
            canvas.drawRightString(192, 700 - 20 * index, share)

    assert [block.text for block in extract(drawn(draw)).blocks] == [" | ".join(row) for row in rows]


def test_numbered_headings_of_scans_are_of_one_level_whatever_their_height() -> None:
    body = "公司员工每日工作八小时，不得迟到早退，违者按本办法处理。"
    lines = [("考勤管理办法", 26.0), ("一、总则", 19.0), (body, 11.0), ("二、时间", 13.0), (body, 11.0), (body, 11.0)]
    runs = []
    for index, (text, size) in enumerate(lines):
        top = 60.0 + 60 * index
        lefts = tuple(70 + size * at for at in range(len(text)))
        runs.append(Run(text, lefts, Place(70, top, 70 + size * len(text), top + size), size, confidence=0.99))
    blocks = compose_sheets([Sheet(1, WIDTH, HEIGHT, tuple(runs), rough=True)]).blocks
    content = compose(Extract(blocks), "PDF")
    levels = [p.level for p in outline(content.text, content.lines)]
    assert levels == [1, 2, 0, 2, 0, 0]
