"""Zip files: what is inside are documents of their own, and what would unpack to too much is not opened."""

import io
import zipfile

import pytest

from bot.types import DocumentError
from tests.parts import OpenBot


def packed(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_what_is_inside_are_documents_of_their_own(open_bot: OpenBot) -> None:
    inner = packed({"深/附件.txt": "附件在三号柜。".encode()})
    data = packed({"通知.txt": "会议在九点开始。".encode(), "里/包.zip": inner, "__MACOSX/x": b"x", "图.xyz": b"x"})
    bot = open_bot()
    reports = bot.add_files([("资料.zip", data, None)])
    assert [(report.source, report.status) for report in reports] == [
        ("资料.zip/通知.txt", "added"),
        ("资料.zip/里/包.zip/深/附件.txt", "added"),
    ]
    assert bot.ask("会议几点开始？").citations[0].source == "资料.zip/通知.txt"
    assert [report.status for report in bot.add_files([("资料.zip", data, None)])] == ["unchanged", "unchanged"]


def test_names_in_the_encoding_of_chinese_windows_are_read(open_bot: OpenBot) -> None:
    data = packed({"ab.txt": "会议在九点开始。".encode()}).replace(b"ab.txt", "通.txt".encode("gb18030"))
    assert [report.source for report in open_bot().add_files([("a.zip", data, None)])] == ["a.zip/通.txt"]


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"a.txt": bytes(50_000_000)}, "far more"),
        ({f"{n}.txt": b"x" for n in range(6_000)}, "far more"),
        ({"../out.txt": b"x", "/etc/out.txt": b"x"}, "empty"),
        ({"a.exe": b"x"}, "no file that can be read"),
        ({}, "empty"),
    ],
)
def test_a_bad_one_is_its_own_report(open_bot: OpenBot, files: dict[str, bytes], said: str) -> None:
    reports = open_bot().add_files([("坏.zip", packed(files), None), ("好.txt", "好。".encode(), None)])
    assert [report.status for report in reports] == ["failed", "added"]
    assert said in str(reports[0].error_en)


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", packed({"a.txt": b"text"})[:-30], b"text"], ids=["none", "head", "cut", "text"]
)
def test_a_damaged_one_says_what_to_do(open_bot: OpenBot, data: bytes) -> None:
    with pytest.raises(DocumentError) as caught:
        open_bot().add_bytes("坏.zip", data)
    assert caught.value.zh.startswith("坏.zip：文件已损坏，或不是压缩包文件（BadZipFile）")
