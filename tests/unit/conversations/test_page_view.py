"""Pages as pictures, and where on them a citation stands."""

import io
from pathlib import Path

import pytest
from PIL import Image
from starlette.testclient import TestClient

from bot.documents.parser import document_id
from bot.engine import Bot
from bot.types import DocumentError, NotFoundError
from bot.web.api import create_app
from tests.parts import OpenBot

FILES = Path(__file__).parents[2] / "files" / "pdf"
SENTENCE = "三楼的图书不可以借，读者可以阅览三楼的图书，每天九时开放，二十时闭馆。"
PDF = document_id("规则.pdf")


@pytest.fixture
def bot(open_bot: OpenBot) -> Bot:
    bot = open_bot()
    bot.add_bytes("规则.pdf", (FILES / "chromium.pdf").read_bytes())
    bot.add_bytes("文.txt", "会议在九点开始。".encode())
    return bot


def picture(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png), formats=("PNG",)).convert("L")


def test_a_page_is_drawn_as_wide_as_asked_for(bot: Bot) -> None:
    drawn = [picture(bot.pages.show(PDF, page, 800)) for page in (1, 2)]
    assert [image.width for image in drawn] == [800, 800]
    assert drawn[0].height == round(800 * 210 / 148) or abs(drawn[0].height - 800 * 210 / 148) < 3
    assert drawn[0].tobytes() != drawn[1].tobytes()
    bot.add_bytes("规则.pdf", (FILES / "libreoffice.pdf").read_bytes())
    assert picture(bot.pages.show(PDF, 1, 800)).tobytes() != drawn[0].tobytes()


def test_what_has_no_such_page_says_so(bot: Bot) -> None:
    with pytest.raises(DocumentError) as caught:
        bot.pages.show(PDF, 3, 800)
    assert caught.value.zh == "规则.pdf：没有第 3 页；请打开其他页。"
    for document in ("0" * 16, document_id("文.txt")):
        with pytest.raises(NotFoundError):
            bot.pages.show(document, 1, 800)


def test_the_cited_sentence_stands_in_its_boxes(bot: Bot) -> None:
    citation = bot.ask("三楼的图书可以借吗？").citations[0]
    assert citation.quote == SENTENCE
    view = bot.reader.view("cite-" + citation.target)
    assert (view.pages, view.page) == (2, 1)
    assert len(view.boxes) >= 2
    assert {box.page for box in view.boxes} == {1}
    page = picture(bot.pages.show(PDF, 1, 1000))
    for box in view.boxes:
        inside = page.crop((box.left, box.top * page.height // 1000, box.right, box.bottom * page.height // 1000))
        dark = sum(count for level, count in enumerate(inside.histogram()) if level < 128)
        assert 0.05 < dark / (inside.width * inside.height) < 0.5  # letters, and little else
    assert bot.reader.view("cite-" + bot.ask("会议几点开始？").citations[0].target).pages == 0


def test_pages_over_http(bot: Bot) -> None:
    client = TestClient(create_app(bot), base_url="http://127.0.0.1:7860")
    client.get("/api/documents")  # the first answer gives the visitor a cookie, and is kept by nobody
    found = client.get(f"/api/documents/{PDF}/pages/1?width=300")
    assert (found.status_code, found.headers["content-type"]) == (200, "image/png")
    assert found.headers["cache-control"] == "private, max-age=86400"
    assert picture(found.content).width == 300
    missing = (f"{'0' * 16}/pages/1", f"{document_id('文.txt')}/pages/1")
    wrong = (f"{PDF}/pages/3", f"{PDF}/pages/0", f"{PDF}/pages/1?width=9000", *missing)
    codes = [client.get(f"/api/documents/{path}").status_code for path in wrong]
    assert codes == [422, 422, 422, 404, 404]
    locked = client.post("/api/documents", files={"files": ("a.pdf", b"%PDF-1.7")}, data={"password": "x"})
    assert locked.status_code == 422
