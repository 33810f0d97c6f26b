"""Mails as Outlook saves them (.msg): olefile opens the container, whose streams are named by number."""

import struct
from datetime import UTC, datetime, timedelta
from email.header import Header
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from io import BytesIO
from typing import TYPE_CHECKING

from bot.documents.formats.extract import Attachment, Extract, IsolatedFormat, Options, clean
from bot.documents.formats.letters import Body, Letter, file_name, read_letter, without_key
from bot.documents.formats.markup_charset import read_bytes, read_markup

if TYPE_CHECKING:
    from olefile import OleFileIO

_PROPERTIES = "__properties_version1.0"
_UNICODE, _BYTES, _BINARY, _MESSAGE, _WHOLE, _TIME = "001F", "001E", "0102", "000D", 0x0003, 0x0040
_CLASS, _SUBJECT, _TO, _COPIED = "001A", "0037", "0E04", "0E03"
_NAMES, _ADDRESSES = ("0C1A", "0042"), ("5D01", "0C1F", "5D02", "0065")
"""Of the sender: where one or the other program writes them."""
_TEXT, _PAGE = "1000", "1013"
_FILE_DATA, _FILE_NAMES, _FILE_TYPE, _FILE_ID = "3701", ("3707", "3704", "3001"), "370E", "3712"
_SENT, _RECEIVED, _CODE_PAGE, _TEXT_CODE_PAGE = 0x0039, 0x0E06, 0x3FFD, 0x3FDE
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
_CODE_PAGES = {936: "gb18030", 54936: "gb18030", 950: "big5", 65001: "utf-8", 932: "cp932", 949: "cp949"}
_ENTRY = struct.Struct("<HHI8s")
_DEEPEST = 3


def _extract(data: bytes, options: Options) -> Extract:
    from olefile import OleFileIO

    with OleFileIO(BytesIO(data)) as ole:
        if not ole.exists(_PROPERTIES):
            raise ValueError("no mail in it")
        return read_letter(_Mail(ole, "", header=32).letter())


class _Mail:
    """A mail in a container, under ``prefix``; mails attached to mails stand in it too, ``depth`` deep."""

    def __init__(self, ole: "OleFileIO", prefix: str, header: int, depth: int = 0) -> None:
        self._ole = ole
        self._prefix = prefix
        self._depth = depth
        self._values = dict(self._numbers(header))

    def letter(self) -> Letter:
        """Return what the mail says."""
        if self._string(_CLASS).upper().startswith("IPM.NOTE.SMIME") and "MULTIPARTSIGNED" not in (
            self._string(_CLASS).upper()
        ):
            raise without_key()
        files, pictures = self._files()
        return Letter(
            subject=self._said(_SUBJECT),
            sender=self._sender(),
            to=self._said(_TO),
            copied=self._said(_COPIED),
            date=self._date(),
            bodies=self._bodies(),
            files=tuple(files),
            pictures=pictures,
        )

    def _sender(self) -> str:
        name = next(filter(None, map(self._said, _NAMES)), "")
        address = next((said for said in map(self._said, _ADDRESSES) if "@" in said), "")
        return f"{name} <{address}>".strip() if address and address != name else name

    def _said(self, number: str) -> str:
        return clean(self._string(number))

    def _date(self) -> str:
        """Return when it was sent; the file does not tell in which zone, so it says UTC."""
        raw = self._values.get((_SENT, _TIME)) or self._values.get((_RECEIVED, _TIME))
        ticks = struct.unpack("<Q", raw)[0] if raw else 0
        return f"{_EPOCH + timedelta(microseconds=ticks // 10):%Y-%m-%d %H:%M} UTC" if 0 < ticks < 1 << 60 else ""

    def _bodies(self) -> tuple[Body, ...]:
        data = self._stream(_PAGE + _BINARY) or self._stream(_PAGE + _BYTES)
        if data:
            page = read_markup(data, self._code_page(_TEXT_CODE_PAGE))
            return (Body(page.text, True, page.encoding, page.lost),)
        if said := self._string(_PAGE):
            return (Body(said, True, "UTF-16"),)
        said = self._string(_TEXT)
        return (Body(said, False, "UTF-16" if self._stream(_TEXT + _UNICODE) else ""),) if said else ()

    def _files(self) -> tuple[list[Attachment], int]:
        found: list[Attachment] = []
        pictures = 0
        for place in self._attached():
            file = _Mail(self._ole, place, header=8, depth=self._depth + 1)
            name = next((said for said in map(file._string, _FILE_NAMES) if said), "")
            kind = file._string(_FILE_TYPE).lower()
            inner = f"{place}/__substg1.0_{_FILE_DATA}{_MESSAGE}"
            if (data := file._stream(_FILE_DATA + _BINARY)) is not None:
                if file._string(_FILE_ID) and kind.startswith("image/"):
                    pictures += 1
                else:
                    found.append(Attachment(file_name(name, kind, len(found) + 1), data))
            elif self._depth < _DEEPEST and self._ole.exists(f"{inner}/{_PROPERTIES}"):
                mail = _Mail(self._ole, inner, header=24, depth=self._depth + 1).letter()
                named = file_name(f"{mail.subject or name}.eml", "message/rfc822", len(found) + 1)
                found.append(Attachment(named, _as_mail(mail)))
        return found, pictures

    def _attached(self) -> list[str]:
        depth = self._prefix.count("/") + 1 if self._prefix else 0
        return sorted(
            "/".join(path)
            for path in self._ole.listdir(streams=False, storages=True)
            if len(path) == depth + 1
            and "/".join(path[:-1]) == self._prefix
            and path[-1].startswith("__attach_version1.0_")
        )

    def _string(self, number: str) -> str:
        if (wide := self._stream(number + _UNICODE)) is not None:
            return wide.decode("utf-16-le", "replace").rstrip("\0")
        data = self._stream(number + _BYTES)
        return read_bytes(data, self._code_page(_CODE_PAGE)).text.rstrip("\0") if data else ""

    def _code_page(self, number: int) -> str:
        raw = self._values.get((number, _WHOLE))
        page = struct.unpack("<I", raw[:4])[0] if raw else 0
        return _CODE_PAGES.get(page, f"cp{page}" if page else "")

    def _stream(self, name: str) -> bytes | None:
        path = f"{self._prefix}/__substg1.0_{name}".lstrip("/")
        if not self._ole.exists(path) or self._ole.get_type(path) != 2:
            return None
        with self._ole.openstream(path) as stream:
            return bytes(stream.read())

    def _numbers(self, header: int) -> list[tuple[tuple[int, int], bytes]]:
        """Return the values that stand in the list of properties itself, by number and type."""
        path = f"{self._prefix}/{_PROPERTIES}".lstrip("/")
        if not self._ole.exists(path):
            return []
        with self._ole.openstream(path) as stream:
            data = bytes(stream.read())[header:]
        entries = _ENTRY.iter_unpack(data[: len(data) - len(data) % _ENTRY.size])
        return [((number, kind), value) for kind, number, _, value in entries]


def _as_mail(letter: Letter) -> bytes:
    """Return a mail in the form that other programs read."""
    message = MIMEMultipart()
    heads = (("From", letter.sender), ("To", letter.to), ("Cc", letter.copied), ("Date", letter.date))
    for name, value in (("Subject", letter.subject), *heads):
        message[name] = Header(value, "utf-8").encode()
    for body in letter.bodies:
        message.attach(MIMEText(body.text, "html" if body.page else "plain", "utf-8"))
    for file in letter.files:
        part = MIMEApplication(file.data)
        part.add_header("Content-Disposition", "attachment", filename=file.name)
        message.attach(part)
    return message.as_bytes()


FORMAT = IsolatedFormat(("Outlook 邮件", "Outlook mail"), (".msg",), _extract)
