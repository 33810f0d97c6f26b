"""Older files of office programs (.doc, .wps, .et): LibreOffice, where it is installed, saves them as newer ones.

What only bears such a name (a web page, RTF, a newer file: programs write all of these as .doc) is read as what it is.
"""

import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

from bot.documents.formats import find_format, rtf, word
from bot.documents.formats.extract import Extract, IsolatedFormat, Options
from bot.documents.formats.prose import locked
from bot.types import DocumentError

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MARKED = b"\xef\xbb\xbf \r\n\t"
_SECONDS = 100
_PROGRAMS = ("soffice", "libreoffice")
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse">
<value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse">
<value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value>
</prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetProxyType" oor:op="fuse"><value>2</value></prop>
</item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyName" oor:op="fuse">
<value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value>
</prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyName" oor:op="fuse">
<value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>9</value>
</prop></item>
</oor:items>
"""
"""No macro runs and no link is followed, whatever the file asks for."""


def _extract(data: bytes, options: Options) -> Extract:
    start = data[:200].lstrip(_MARKED).lower()
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise locked()
        return word.FORMAT.extract(_saved_as(data, "doc", "docx"), options)
    if data.startswith(_ZIP):
        return word.FORMAT.extract(data, options)
    if start.startswith(b"{\\rtf"):
        return rtf.FORMAT.extract(data, options)
    if start.startswith((b"<!doctype html", b"<html")):
        return _other(".html").extract(data, options)
    if start.startswith(b"mime-version:"):
        return _other(".mht").extract(data, options)
    raise ValueError("no Word file")


def _extract_sheets(data: bytes, options: Options) -> Extract:
    if not data.startswith((_OLE, _ZIP)):
        raise ValueError("no spreadsheet")  # LibreOffice would take any text for one
    known = _other(".xlsx" if data.startswith(_ZIP) else ".xls")
    try:
        return known.extract(data, options)
    except (DocumentError, MemoryError):
        raise
    except Exception:  # what another program's reader takes for no spreadsheet
        return known.extract(_saved_as(data, "xls", "xlsx"), options)


def _other(suffix: str) -> IsolatedFormat:
    """Return the format that reads files of another suffix."""
    known = find_format(f"a{suffix}")
    if not isinstance(known, IsolatedFormat):
        raise ValueError(f"no format for {suffix}")
    return known


def _saved_as(data: bytes, suffix: str, wanted: str) -> bytes:
    """Return a file as LibreOffice saves it.

    Raises:
        DocumentError: LibreOffice is not installed, or takes too long.
        ValueError: it cannot read the file.
    """
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise _save_as(wanted)
    with tempfile.TemporaryDirectory(prefix="youju-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / "profile" / "user").mkdir(parents=True)
        (folder / "profile" / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        (folder / f"in.{suffix}").write_bytes(data)
        _run(program, folder, suffix, wanted)
        saved = folder / "out" / f"in.{wanted}"
        if not saved.is_file():
            raise ValueError("LibreOffice cannot read it")
        return saved.read_bytes()


def _run(program: str, folder: Path, suffix: str, wanted: str) -> None:
    process = subprocess.Popen(
        [
            *(program, "--headless", "--norestore", "--nolockcheck", "--nologo", "--nodefault"),
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            *("--convert-to", wanted, "--outdir", str(folder / "out"), str(folder / f"in.{suffix}")),
        ],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env={**os.environ, "HOME": str(folder)}, start_new_session=True,
    )  # fmt: skip
    try:
        process.wait(_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise DocumentError(
            "{source}: LibreOffice took too long to read it; save it as ." + wanted + " and add that.",
            "{source}：LibreOffice 读取超时；请另存为 ." + wanted + " 后重新添加。",
        ) from error
    finally:
        with suppress(ProcessLookupError, PermissionError):  # it starts others, which must not stay
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _save_as(wanted: str) -> DocumentError:
    return DocumentError(
        "{source}: files of this kind need LibreOffice, which is not installed; open it in the program that made it, "
        f"save it as .{wanted} and add that.",
        f"{{source}}：读取这种文件需要 LibreOffice，但本机没有安装；请用原来的程序打开，另存为 .{wanted} 后重新添加。",
    )


FORMAT = IsolatedFormat(("旧版 Word 或 WPS", "older Word or WPS"), (".doc", ".wps"), _extract)
SHEETS = IsolatedFormat(("WPS 表格", "WPS spreadsheet"), (".et",), _extract_sheets)
