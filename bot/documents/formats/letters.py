"""What mails of every kind have in common: from what is found of one to its blocks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from bot.documents.formats import suffix_of
from bot.documents.formats.contract import Line
from bot.documents.formats.extract import Attachment, Block, Extract, clean
from bot.documents.formats.markup import Reading, parse_markup, read_blocks
from bot.documents.formats.markup_chrome import drop_hidden
from bot.documents.formats.plain import LINE
from bot.documents.formats.prose import joined
from bot.documents.formats.wrapped import join_wrapped
from bot.documents.markers import find_marker
from bot.pages import Notice
from bot.types import DocumentError

_HAN = re.compile("[\u4e00-\u9fff]")
_QUOTED = re.compile(r"[>\s]*>")
_SUFFIXES = {
    "text/plain": ".txt", "text/html": ".html", "message/rfc822": ".eml", "application/pdf": ".pdf",
    "application/msword": ".doc", "application/zip": ".zip",
}  # fmt: skip
_LONGEST_NAME = 120
_NAMES_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Body:
    """A part of a mail's text: a web page where ``page``, else plain. ``lost`` characters could not be read."""

    text: str
    page: bool
    encoding: str
    lost: int = 0


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail: its headers as people read them, empty where it has none; ``pictures`` counts those shown in its text."""

    subject: str
    sender: str
    to: str
    copied: str
    date: str
    bodies: tuple[Body, ...]
    files: tuple[Attachment, ...] = ()
    pictures: int = 0


def read_letter(letter: Letter) -> Extract:
    """Return the blocks of a mail: its subject, its headers, its text."""
    reading = Reading(pictures=0)
    for body in letter.bodies:
        if body.page:
            root = parse_markup(body.text)
            drop_hidden(root)
            read_blocks(root, reading)
        else:
            reading.blocks.extend(_plain(body.text))
    reading.pictures = max(reading.pictures, letter.pictures)
    chinese = _HAN.search(letter.subject + "".join(block.text for block in reading.blocks[:20])) is not None
    blocks = [Block(letter.subject, 1), *_head(letter, chinese), *reading.blocks]
    notices = [*reading.notices(), *_notices(letter)]
    encodings = dict.fromkeys(body.encoding for body in letter.bodies if body.encoding)
    return Extract(
        tuple(blocks), letter.subject, notices=tuple(notices), attachments=_distinct(letter.files),
        encoding=next(iter(encodings), ""),
    )  # fmt: skip


def _head(letter: Letter, chinese: bool) -> Iterator[Block]:
    """Yield the lines of a mail's head."""
    names = ", ".join(file.name for file in letter.files)
    lines = (
        ("发件人：", "From: ", letter.sender), ("收件人：", "To: ", letter.to), ("抄送：", "Cc: ", letter.copied),
        ("日期：", "Date: ", letter.date), ("邮件附件：", "Attachments: ", names),
    )  # fmt: skip
    for zh, en, value in lines:
        if value:
            yield Block((zh if chinese else en) + value)


def _plain(said: str) -> Iterator[Block]:
    """Yield the paragraphs of plain text: lines that were wrapped at a width are one, quoted ones too."""
    text, quoted, signed = "", False, False
    lines: list[Line] = []
    quotes: set[int] = set()
    apart: set[int] = set()
    for written in said.splitlines():
        sign = _QUOTED.match(written)
        bare = written[sign.end() :].removeprefix(" ") if sign else written
        if quoted != (sign is not None):
            text, quoted = f"{text}\n", not quoted  # A blank line: no quotation goes on in an answer.
        signed = signed or bare.rstrip() == "--"
        if (match := LINE.search(bare)) and (words := clean(match[0])):
            start, marker = len(text) + match.start(), find_marker(words)
            lines.append(Line(start, start + len(match[0]), marker, marker))
            quotes |= {start} if quoted else set()
            apart |= {start} if signed else set()
        text += f"{bare}\n"
    for line in join_wrapped(text, lines, apart):
        words = joined([clean(part) for part in text[line.start : line.end].split("\n")])
        yield Block(f"> {words}" if line.start in quotes else words)


def _notices(letter: Letter) -> Iterator[Notice]:
    lost = sum(body.lost for body in letter.bodies)
    if lost:
        yield Notice(f"{lost} characters could not be read.", f"有 {lost} 个字符无法识别。")
    unread = [file.name for file in letter.files if not suffix_of(file.name)]
    if unread:
        named = unread[:_NAMES_SHOWN]
        more = len(unread) - len(named)
        yield Notice(
            f"Attachments that cannot be read: {', '.join(named)}{f' and {more} more' if more else ''}.",
            f"无法读取的附件：{'、'.join(named)}{f' 等 {len(unread)} 个' if more else ''}。",
        )


def _distinct(files: tuple[Attachment, ...]) -> tuple[Attachment, ...]:
    """Return files of which no two have one name."""
    seen: dict[str, int] = {}
    named = []
    for file in files:
        count = seen[file.name] = seen.get(file.name, 0) + 1
        path = PurePosixPath(file.name)
        named.append(file if count == 1 else Attachment(f"{path.stem} ({count}){path.suffix}", file.data))
    return tuple(named)


def file_name(name: str, kind: str, number: int) -> str:
    """Return a name for an attachment of a ``kind`` (MIME) from the one that it came with, without folders."""
    last = clean(re.sub(r'[\\/:*?"<>|]+', "_", name)).strip(". _")
    stem = (last or f"attachment-{number}")[-_LONGEST_NAME:]
    return stem if PurePosixPath(stem).suffix else stem + _SUFFIXES.get(kind, "")


def without_key() -> DocumentError:
    """The error for a mail that only its receiver can open."""
    return DocumentError(
        "{source}: the mail is encrypted; open it in your mail program, save its text as .txt or .html and add that.",
        "{source}：邮件已加密；请在邮件程序中打开，把内容另存为 .txt 或 .html 后添加。",
    )
