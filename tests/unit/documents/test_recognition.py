"""Scans and pictures: what is recognised, where it stands, how sure that is; nothing is downloaded."""

import io
from pathlib import Path

import pytest
from PIL import Image

from bot.documents.formats import SUFFIXES
from bot.documents.parser import read_file
from bot.documents.sandbox import Sandbox
from bot.types import DocumentError
from tests.parts import OpenBot

FILES = Path(__file__).parents[2] / "files" / "pdf"
OPENING = (
    "图书馆每天九时开放，二十一时闭馆。读者可以借图书八册，时间三十天；三十天以后不还的图书，每册每天一角。"
    "读者不还图书，不可以借图书。"
)


def test_a_scan_is_read_with_its_places(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")  # whatever would be downloaded fails
    with Sandbox() as sandbox:
        read = read_file("扫描.pdf", (FILES / "scan.pdf").read_bytes(), None, sandbox)
    document = read.document
    assert document is not None
    texts = [document.text[p.start : p.end] for p in document.paragraphs]
    assert texts[:3] == ["图书馆开放时间", OPENING, "一、阅览"]
    assert "阅览 | 楼 | 册" in texts
    assert texts[-1].startswith("Books of the reference collection do not leave the reading room;")
    assert read.reading.pages == 2
    assert read.reading.recognised > 300
    assert any("第 1-2 页" in notice.zh for notice in read.reading.notices)
    start = document.text.index("三十天以后不还")
    assert 0.9 < (document.confidence_at(start, start + 7) or 0) <= 1
    assert document.page_at(start) == 1
    lines = [box for box in read.boxes if box.start < start + 7 and box.end > start]
    assert 1 <= len(lines) <= 2
    assert all(100 < box.left < box.right < 900 and 390 < box.top < box.bottom < 600 for box in lines)


def test_a_picture_answers_and_says_that_it_was_recognised(open_bot: OpenBot) -> None:
    bot = open_bot()
    assert bot.upload("通知.jpg", (FILES / "scan.jpg").read_bytes())[0].status == "added"
    citation = bot.ask("图书馆几时闭馆？").citations[0]
    assert citation.quote.startswith("图书馆每天九时开放，二十一时闭馆。")
    assert citation.page == 1
    assert citation.recognised is not None
    assert citation.recognised > 0.9


def picture(kind: str, size: tuple[int, int] = (200, 100), **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, kind, **options)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("空.png", picture("PNG"), "no text was recognised"),
        ("空.tiff", picture("TIFF"), "no text was recognised"),
        ("空.webp", picture("WEBP"), "no text was recognised"),
        ("断.jpg", picture("JPEG")[:200], "is damaged, or no picture file"),
        ("假.png", b"GIF89a" + bytes(100), "is damaged, or no picture file"),
        ("假.bmp", b"text", "is damaged, or no picture file"),
        ("大.png", picture("PNG", (15_000, 15_000)), "120 million dots"),
    ],
)
def test_what_cannot_be_read_says_so(name: str, data: bytes, said: str) -> None:
    with Sandbox() as sandbox, pytest.raises(DocumentError) as caught:
        read_file(name, data, None, sandbox)
    assert said in caught.value.en
    assert caught.value.zh.startswith(name + "：")


def test_the_suffixes_of_pictures_are_known() -> None:
    assert {".png", ".jpg", ".jpeg", ".tiff", ".tif", ".bmp", ".webp"} <= set(SUFFIXES)
