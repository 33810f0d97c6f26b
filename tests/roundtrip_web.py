"""How much of a known text comes back from web pages, books and mails that real programs have made of it.

    python -m tests.roundtrip_web FOLDER [--most 30]

FOLDER holds .txt files or a corpus.jsonl. Each text is written by every program that is installed (pandoc, LibreOffice,
Chromium, Python's own mail writer) and read back: the share of characters (by difflib's measure, of rapidfuzz), and
of paragraphs and headings that are the very same, in order.
"""

import html
import re
import shutil
import subprocess
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

from bot.documents.formats.extract import CELLS, clean
from bot.structure.tables import cells
from bot.types import Document
from tests.roundtrip import lines, run

_SITE = """<header><a href="/">首页</a><a href="/a">政务公开</a><a href="/c">互动交流</a></header>
<div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="/a">政务公开</a></div>"""
_FOOT = '<div class="footer"><a href="/m">网站地图</a> 版权所有：某市人民政府 某ICP备12345678号</div>'


def page(document: Document, around: bool = False) -> str:
    """Return a document as a simple page; ``around`` puts it into a site's page."""
    body, table = [], ""
    raw = (document.text[p.start : p.end] for p in document.paragraphs)
    rows = {CELLS.join(cells(clean(line))) for line in raw if line.startswith("|")}
    for level, text in lines(document):
        parts = text.split(CELLS) if text in rows else []
        table_row = "".join(f"<td>{html.escape(part)}</td>" for part in parts)
        if table and not table_row:
            body.append(f"<table border=1>{table}</table>")
            table = ""
        if table_row:
            table += f"<tr>{table_row}</tr>"
        else:
            tag = f"h{min(6, level)}" if level else "p"
            body.append(f"<{tag}>{html.escape(text)}</{tag}>")
    body.append(f"<table border=1>{table}</table>" if table else "")
    inside = "\n".join(body)
    whole = f"{_SITE}<div class=content>{inside}</div>{_FOOT}" if around else inside
    head = f'<meta charset="utf-8"><title>{html.escape(document.title)}</title>'
    return f"<!DOCTYPE html><html><head>{head}</head><body>{whole}</body></html>"


def pandoc(to: str, suffix: str) -> Callable[[Document, Path], Path]:
    """Return a writer by pandoc."""

    def write(document: Document, folder: Path) -> Path:
        # Without its title, which pandoc would write above the text once more.
        source = re.sub("<title>.*?</title>", "", page(document))
        (folder / "in.html").write_text(source, encoding="utf-8")
        out = folder / f"out{suffix}"
        command = ["pandoc", "-s", "-f", "html", "-t", to, "-M", "pagetitle=x"]
        subprocess.run([*command, "-o", out, folder / "in.html"], check=True, stderr=subprocess.DEVNULL)
        return out

    return write


def office(to: str, suffix: str) -> Callable[[Document, Path], Path]:
    """Return a writer by LibreOffice; it gets the text as a Word file, which pandoc makes."""

    def write(document: Document, folder: Path) -> Path:
        source = pandoc("docx", ".docx")(document, folder)
        command = ["soffice", f"-env:UserInstallation=file://{folder.parent}/profile", "--headless", "--convert-to", to]
        subprocess.run([*command, "--outdir", folder, source], check=True, stdout=subprocess.DEVNULL)
        return folder / f"out{suffix}"

    return write


def chromium(document: Document, folder: Path) -> Path:
    """Write what Chromium saves of a site's page."""
    from playwright.sync_api import sync_playwright

    (folder / "in.html").write_text(page(document, around=True), encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        tab = browser.new_page()
        tab.goto(f"file://{folder}/in.html")
        saved = tab.context.new_cdp_session(tab).send("Page.captureSnapshot")["data"]
        browser.close()
    out = folder / "out.mhtml"
    out.write_text(saved, encoding="utf-8", newline="")
    return out


def site(charset: str) -> Callable[[Document, Path], Path]:
    """Return a writer of a site's page in a charset."""

    def write(document: Document, folder: Path) -> Path:
        out = folder / "out.html"
        out.write_bytes(page(document, around=True).replace("utf-8", charset, 1).encode(charset, "xmlcharrefreplace"))
        return out

    return write


def mail(charset: str, as_page: bool) -> Callable[[Document, Path], Path]:
    """Return a writer of mails."""

    def write(document: Document, folder: Path) -> Path:
        message = EmailMessage()
        message["Subject"], message["From"] = document.title, "zhang@example.org"
        message.set_content("\n".join(text for _, text in lines(document)), charset=charset)
        if as_page:
            message.add_alternative(page(document), subtype="html", charset=charset)
        out = folder / "out.eml"
        out.write_bytes(message.as_bytes())
        return out

    return write


WRITERS: dict[str, Callable[[Document, Path], Path]] = {
    "html, pandoc": pandoc("html5", ".html"),
    "html, LibreOffice": office("html:HTML (StarWriter):EmbedImages", ".html"),
    "html of a site, GB2312": site("gb18030"),
    "mhtml of a site, Chromium": chromium,
    "epub, pandoc": pandoc("epub3", ".epub"),
    "epub, LibreOffice": office("epub", ".epub"),
    "eml, web page": mail("utf-8", as_page=True),
    "eml, plain GB18030": mail("gb18030", as_page=False),
}


if __name__ == "__main__":
    run(__doc__, WRITERS, levels=False)
