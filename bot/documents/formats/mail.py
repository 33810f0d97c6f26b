"""Mails (.eml): subject, who wrote to whom and when, the text with what it quotes; attachments are documents."""

from collections.abc import Iterator
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.parser import BytesParser
from email.utils import parsedate_to_datetime

from bot.documents.formats.extract import Attachment, Extract, IsolatedFormat, Options, clean
from bot.documents.formats.letters import Body, Letter, file_name, read_letter, without_key
from bot.documents.formats.markup_charset import read_bytes, read_markup

_PICTURES = "image/"
_SIGNATURES = ("application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature")
_LOCKED = ("application/pkcs7-mime", "application/x-pkcs7-mime")


def _extract(data: bytes, options: Options) -> Extract:
    message = BytesParser().parsebytes(data)
    if not any(name.lower() in ("from", "subject", "date", "received", "to") for name, _ in message.raw_items()):
        raise ValueError("no header of a mail")
    return read_letter(_letter(message))


def _letter(message: Message) -> Letter:
    content = _Content()
    content.add(message)
    return Letter(
        subject=_header(message, "Subject"),
        sender=_header(message, "From"),
        to=_header(message, "To"),
        copied=_header(message, "Cc"),
        date=_date(_header(message, "Date")),
        bodies=tuple(content.bodies),
        files=tuple(content.files),
        pictures=content.pictures,
    )


class _Content:
    """What is found of a mail, part by part."""

    def __init__(self) -> None:
        self.bodies: list[Body] = []
        self.files: list[Attachment] = []
        self.pictures = 0

    def add(self, part: Message) -> None:
        """Add a part with those inside it."""
        kind = part.get_content_type()
        if kind == "multipart/encrypted" or (kind in _LOCKED and part.get_param("smime-type") != "signed-data"):
            raise without_key()
        if kind == "multipart/alternative":
            self._alternative(_inside(part))
        elif kind == "message/rfc822":
            self._forwarded(part)
        elif part.is_multipart():
            for inner in _inside(part):
                self.add(inner)
        elif kind.startswith(_PICTURES) and (part.get("Content-ID") or not _name(part)):
            self.pictures += 1
        elif kind in ("text/plain", "text/html") and part.get_content_disposition() != "attachment":
            self.bodies.append(_body(part))
        elif kind not in _SIGNATURES:
            self.files.append(Attachment(file_name(_name(part), kind, len(self.files) + 1), _bytes(part)))

    def _alternative(self, parts: list[Message]) -> None:
        """Add the best way in which a mail says the same: as a page, else the last one that has words."""
        ways = []
        for part in parts:
            way = _Content()
            way.add(part)
            ways.append(way)
            self.files += way.files
            self.pictures += way.pictures
        spoken = [way for way in ways if any(clean(body.text) for body in way.bodies)]
        pages = [way for way in spoken if any(body.page for body in way.bodies)]
        self.bodies += next(iter((pages or spoken)[-1:]), _Content()).bodies

    def _forwarded(self, part: Message) -> None:
        for inner in _inside(part):
            name = file_name(_name(part) or f"{_header(inner, 'Subject')}.eml", "message/rfc822", len(self.files) + 1)
            self.files.append(Attachment(name, inner.as_bytes()))


def _inside(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [inner for inner in payload if isinstance(inner, Message)] if isinstance(payload, list) else []


def _bytes(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _body(part: Message) -> Body:
    data, said = _bytes(part), part.get_content_charset("")
    page = part.get_content_type() == "text/html"
    decoded = read_markup(data, said) if page else read_bytes(data, said)
    flowed = str(part.get_param("format", "")).lower() == "flowed"
    delete = str(part.get_param("delsp", "")).lower() == "yes"
    text = decoded.text if page else "\n".join(_unflowed(decoded.text, delete) if flowed else [decoded.text])
    return Body(text, page, decoded.encoding, decoded.lost)


def _unflowed(text: str, delete: bool) -> Iterator[str]:
    """Yield the lines of text that says where a line goes on in the next: with a space at its end (RFC 3676)."""
    open_line = ""
    for line in text.splitlines():
        depth = len(line) - len(line.lstrip(">"))
        words = line[depth:].removeprefix(" ")
        same = open_line and len(open_line) - len(open_line.lstrip(">")) == depth
        if open_line and not same:
            yield open_line
        open_line = open_line + words if same else ">" * depth + (" " if depth else "") + words
        if words.endswith(" ") and words != "-- ":
            open_line = open_line[:-1] if delete else open_line
            continue
        yield open_line
        open_line = ""
    yield open_line


def _header(message: Message, name: str) -> str:
    """Return a header as people read it: encoded words and raw bytes decoded, in one line."""
    raw = next((str(value) for key, value in message.raw_items() if key.lower() == name.lower()), "")
    return clean(_decoded(raw))


def _decoded(raw: str) -> str:
    """Return a header's value decoded; of a damaged one what can be read, for a mail is more than its head."""
    said = raw if raw.isascii() else _text(raw.encode("utf-8", "surrogateescape"))
    if "=?" not in said:
        return said
    try:
        words = decode_header(said)
    except HeaderParseError:
        return said
    return "".join(word if isinstance(word, str) else _text(word, charset or "") for word, charset in words)


def _text(data: bytes, said: str = "") -> str:
    try:
        return read_bytes(data, said).text
    except UnicodeError:
        return data.decode("utf-8", "replace")


def _name(part: Message) -> str:
    """Return the name under which a part was attached, empty where it has none."""
    headers = Message()
    for name in ("Content-Disposition", "Content-Type"):
        raw = next((str(value) for key, value in part.raw_items() if key.lower() == name.lower()), "")
        headers[name] = raw if raw.isascii() else _text(raw.encode("utf-8", "surrogateescape"))
    return clean(_decoded(headers.get_filename("")))


def _date(said: str) -> str:
    try:
        return f"{parsedate_to_datetime(said):%Y-%m-%d %H:%M}"
    except ValueError:
        return said


FORMAT = IsolatedFormat(("邮件", "mail"), (".eml",), _extract)
