"""RTF: text in the encodings of its fonts, headings by style, the numbers of lists, tables, notes, text boxes."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from bot.documents.formats.counting import Label, labelled
from bot.documents.formats.extract import Block, Extract, IsolatedFormat, Options
from bot.documents.formats.prose import BREAK, heading_level, joined, left_out, lines_of, note_block, raised
from bot.documents.formats.rtf_tables import CellLook, Tables
from bot.documents.formats.rtf_tokens import Token, charset, code_page, tokens
from bot.documents.formats.symbols import is_symbols, symbol
from bot.documents.formats.word_styles import Style, level_by_name
from bot.pages import Notice

_TEXT, _SKIP, _FONTS, _STYLES, _LABEL, _CODE = "text", "skip", "fonts", "styles", "label", "code"
_SKIPPED = frozenset(
    {"colortbl", "info", "nonshppict", "shprslt", "listoverridetable", "listtable", "filetbl", "nonesttables", "tc",
     "xe", "rxe", "txe", "ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "comment", "shpinst", "do"}
)  # fmt: skip
_MARGINS = frozenset({"header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf"})
_STARRED = frozenset(
    {"shpinst", "shppict", "fldinst", "moMath", "moMathPara", "do", "annotation", "result", "footnote"}
)
"""Destinations that are looked into though older programs may leave them out."""
_CHARACTERS = {
    "tab": "\t", "line": BREAK, "page": BREAK, "column": BREAK, "emdash": "—", "endash": "–", "bullet": "•",
    "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "emspace": " ", "enspace": " ", "qmspace": " ",
}  # fmt: skip
_SIGNS = {"~": " ", "_": "-", "-": "", "\\": "\\", "{": "{", "}": "}", "\t": "\t", "\n": "\n", "\r": "\n"}
_MUTED = frozenset({"TOC", "PAGE", "NUMPAGES", "INDEX"})
"""Fields whose result is no text of the document's own."""


@dataclass(slots=True)
class _Field:
    code: str = ""


@dataclass(frozen=True, slots=True)
class _State:
    """What holds inside a group: where its text goes, how it looks, what its paragraph is."""

    target: str = _TEXT
    skipped: int = 1
    font: int | None = None
    hidden: bool = False
    deleted: bool = False
    high: bool = False
    style: int = 0
    level: int | None = None
    in_table: bool = False
    depth: int = 1
    field: _Field | None = None
    ends: str = ""


@dataclass(slots=True)
class _Sink:
    """Where paragraphs go: the document, a note, a text box. ``beside`` waits for the end of the paragraph."""

    tables: Tables = field(default_factory=Tables)
    text: list[str] = field(default_factory=list)
    label: list[str] = field(default_factory=list)
    beside: list[Block] = field(default_factory=list)


class _Reader:
    """Reads the signs of a document in order; ``counts`` has what was left out."""

    def __init__(self, data: bytes) -> None:
        self.title = ""
        self.counts: Counter[str] = Counter()
        self.sinks = [_Sink()]
        self._encoding = code_page(data)
        self._state = _State()
        self._outer: list[_State] = []
        self._fonts: dict[int, tuple[str, str]] = {}
        self._styles: dict[int, Style] = {}
        self._named: list[str] = []
        self._star = False
        self._skip = 0
        self._bytes = bytearray()
        self._high = 0
        self._noted: Counter[str] = Counter()
        for token in tokens(data, self._encoding):
            self._read(token)
        self._flush()
        self._end_paragraph()

    def _read(self, token: Token) -> None:
        if token.text:
            text = token.text[self._skip :]
            self._skip = max(0, self._skip - len(token.text))
            self._bytes += text
            return
        if token.sign and token.sign != "*" and self._skip:
            self._skip -= 1
            return
        if token.sign in ("\\", "{", "}"):
            self._bytes += token.sign.encode()
            return
        self._flush()
        if token.brace:
            self._skip = 0
            self._open() if token.brace == "{" else self._close()
        elif token.sign == "*":
            self._star = True
        elif token.sign in ("\n", "\r"):
            self._word("par", None)
        elif token.sign:
            self._say(_SIGNS.get(token.sign, ""))
        else:
            self._skip = 0
            star, self._star = self._star, False
            if star and token.word not in _STARRED:
                self._change(target=_SKIP)  # what describes a nested row is left out too, but for its end
            else:
                self._word(token.word, token.number)

    def _open(self) -> None:
        self._star = False
        self._outer.append(self._state)
        self._change(ends="")

    def _close(self) -> None:
        ends, target = self._state.ends, self._state.target
        if target in (_FONTS, _STYLES):
            self._name()
        if ends:
            self._end_paragraph()
            sink = self.sinks.pop()
            inside = sink.tables.blocks()
            if ends == "box":
                self.sinks[-1].beside.extend(inside)
            else:
                self._noted[ends] += 1
                beside = "".join(self.sinks[-1].text)
                self.sinks[-1].beside.extend(note_block(ends, self._noted[ends], inside, beside))
        self._state = self._outer.pop() if self._outer else self._state

    def _change(self, **what: object) -> None:
        self._state = replace(self._state, **what)  # type: ignore[arg-type]

    def _word(self, word: str, number: int | None) -> None:
        if word == "u" and number is not None:
            self._skip = self._state.skipped
            self._unit(number % 0x10000)
        elif word in _SKIPPED or word in _MARGINS:
            self.counts["margins"] += word in _MARGINS
            self._change(target=_SKIP)
        elif word in _DESTINATIONS:
            _DESTINATIONS[word](self)
        elif word in _LOOKS:
            self._change(**_LOOKS[word](number))
        elif word == "nestrow":
            self.sinks[-1].tables.end_row(nested=True)
        elif self._state.target == _SKIP:
            return
        elif word in _CHARACTERS:
            self._say(_CHARACTERS[word])
        elif word in ("par", "sect"):
            self._end_paragraph()
        elif word == "ftnalt" and self._state.ends:
            self._change(ends="endnote")
        elif word == "fcharset" and self._state.target == _FONTS:
            name = self._fonts.get(self._state.font or 0, ("", ""))[0]
            self._fonts[self._state.font or 0] = name, charset(number or 0, self._encoding)
        elif word == "revised" and number != 0:
            self.counts["changes"] += 1
        else:
            self._tabular(word, number or 0)

    def _tabular(self, word: str, number: int) -> None:
        tables = self.sinks[-1].tables
        if word in ("cell", "nestcell"):
            self._end_paragraph(in_table=True)
            tables.end_cell(nested=word == "nestcell")
        elif word == "row":
            tables.end_row(nested=False)
        elif word == "trowd":
            tables.looks = []
            tables.look = CellLook()
        elif word == "cellx":
            tables.looks.append(replace(tables.look, right=number))
            tables.look = CellLook()
        elif word == "clvmrg":
            tables.look = replace(tables.look, goes_on=True)
        elif word == "clmrg":
            tables.look = replace(tables.look, merged=True)

    def _unit(self, unit: int) -> None:
        """Take a unit of UTF-16; a character may be made of two."""
        if 0xD800 <= unit < 0xDC00:
            self._high = unit
        elif 0xDC00 <= unit < 0xE000:
            high, self._high = self._high, 0
            if high:
                self._say(chr(0x10000 + ((high - 0xD800) << 10) + unit - 0xDC00))
        elif 0xE000 <= unit <= 0xF8FF:
            self._say(symbol(self._font()[0], unit) or ("•" if self._state.target == _LABEL else ""))
        else:
            self._say(chr(unit))

    def _font(self) -> tuple[str, str]:
        font = self._state.font
        return self._fonts.get(-1 if font is None else font, ("", self._encoding))

    def _flush(self) -> None:
        """Decode the bytes that have come; a font may say in another encoding than the document."""
        if not self._bytes:
            return
        data, self._bytes = bytes(self._bytes), bytearray()
        if self._state.target == _SKIP:
            return
        name, encoding = self._font() if self._state.target != _FONTS else ("", self._encoding)
        if is_symbols(name):
            self._say("".join(symbol(name, code) for code in data))
            return
        for known in (encoding or self._encoding, self._encoding, "cp1252"):
            try:
                self._say(data.decode(known))
                return
            except UnicodeDecodeError:
                continue
        text = data.decode(encoding or self._encoding, "replace")
        self.counts["unreadable"] += text.count("\ufffd")
        self._say(text)

    def _say(self, text: str) -> None:
        state = self._state
        if state.target in (_FONTS, _STYLES):
            self._named.append(text)
            if ";" in text:
                self._name()
        elif state.target == _CODE and state.field is not None:
            state.field.code += text
        elif state.target == _LABEL:
            self.sinks[-1].label.append(text)
        elif state.target == _TEXT:
            kind = (state.field.code.split() or [""])[0].upper() if state.field else ""
            if kind in _MUTED:
                self.counts["contents"] += kind == "TOC"
            elif state.deleted:
                self.counts["changes"] += 1
            elif state.hidden:
                self.counts["hidden"] += len(text)
            else:
                self.sinks[-1].text.append(raised(text) if state.high else text)

    def _name(self) -> None:
        """Take the name of a font or of a style, which stands at its end."""
        name, self._named = "".join(self._named).rstrip("; ").strip(), []
        if name and self._state.target == _FONTS:
            self._fonts[self._state.font or 0] = name, self._fonts.get(self._state.font or 0, ("", ""))[1]
        elif name:
            level = self._state.level
            self._styles[self._state.style] = Style(name, level_by_name(name) if level is None else level)

    def _end_paragraph(self, in_table: bool = False) -> None:
        sink, state = self.sinks[-1], self._state
        if state.target == _SKIP:
            return
        style = self._styles.get(state.style, Style())
        level = style.level if state.level is None else state.level
        text, label = "".join(sink.text), "".join(sink.label)
        sink.text, sink.label = [], []
        lines = lines_of(text.split(BREAK), whole=level > 0)
        if style.is_contents and not level and lines:
            self.counts["contents"] += 1
            lines = []
        if lines:
            mark = label.strip() if any(char.isalnum() for char in label) else "-" if label.strip() else ""
            lines[0] = labelled(Label(mark, apart=label != label.rstrip()), lines[0])
            if style.is_title and not self.title and len(self.sinks) == 1:
                self.title = joined(lines)
        beside, sink.beside = sink.beside, []
        depth = max(1, state.depth) if in_table or state.in_table else 0
        sink.tables.add([Block(line, heading_level(line, level)) for line in lines], beside, depth=depth)

    def begin(self, ends: str) -> None:
        """Begin a note or a text box, whose paragraphs stand beside the one that is being read."""
        if self._state.target == _SKIP and ends != "box":
            return
        self.sinks.append(_Sink())
        self._change(target=_TEXT, ends=ends, in_table=False, style=0, level=None, field=None)

    def aim(self, target: str) -> None:
        """Let the text of a group go elsewhere, unless it is left out anyway."""
        if self._state.target != _SKIP:
            self._change(target=target, font=None if target == _FONTS else self._state.font)

    def field(self) -> None:
        """Begin a field."""
        self._change(field=_Field())

    def leave_out(self, kind: str) -> None:
        """Leave a group out and count it, unless it is left out anyway."""
        self.counts[kind] += self._state.target != _SKIP
        self._change(target=_SKIP)


_DESTINATIONS: dict[str, Callable[[_Reader], None]] = {
    "fonttbl": lambda reader: reader.aim(_FONTS),
    "stylesheet": lambda reader: reader.aim(_STYLES),
    "listtext": lambda reader: reader.aim(_LABEL),
    "pntext": lambda reader: reader.aim(_LABEL),
    "fldinst": lambda reader: reader.aim(_CODE),
    "field": lambda reader: reader.field(),
    "footnote": lambda reader: reader.begin("footnote"),
    "shptxt": lambda reader: reader.begin("box"),
    "dptxbxtext": lambda reader: reader.begin("box"),
    "pict": lambda reader: reader.leave_out("pictures"),
    "annotation": lambda reader: reader.leave_out("comments"),
}
_LOOKS: dict[str, Callable[[int | None], dict[str, object]]] = {
    "uc": lambda number: {"skipped": min(number or 0, 8)},
    "f": lambda number: {"font": number or 0},
    "v": lambda number: {"hidden": number != 0},
    "deleted": lambda number: {"deleted": number != 0},
    "super": lambda number: {"high": number != 0},
    "nosupersub": lambda _: {"high": False},
    "plain": lambda _: {"hidden": False, "deleted": False, "high": False},
    "pard": lambda _: {"style": 0, "level": None, "in_table": False, "depth": 1},
    "s": lambda number: {"style": number or 0},
    "outlinelevel": lambda number: {"level": (number or 0) + 1 if (number or 0) < 9 else 0},
    "intbl": lambda _: {"in_table": True},
    "itap": lambda number: {"depth": number or 0},
}


def _extract(data: bytes, _: Options) -> Extract:
    if not data.lstrip(b"\xef\xbb\xbf \r\n\t\0")[:5] == b"{\\rtf":
        raise ValueError("no RTF")
    reader = _Reader(data)
    notices = list(left_out(reader.counts))
    if lost := reader.counts["unreadable"]:
        notices.append(Notice(f"{lost} characters could not be decoded.", f"有 {lost} 个字无法解码。"))
    blocks = reader.sinks[0].tables.blocks()
    return Extract(tuple(blocks), title=reader.title, notices=tuple(notices))


FORMAT = IsolatedFormat(("RTF", "RTF"), (".rtf",), _extract)
