"""A conversation as a Word document with real footnotes; the one file that imports python-docx.

python-docx has no footnotes of its own: the part is built here (ECMA-376 part 1, 17.11) and given to its package.
"""

from datetime import UTC, datetime
from io import BytesIO

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from bot.conversations.transcript import Note, Transcript

_SONG, _HEI, _LATIN = "宋体", "黑体", "Times New Roman"
_SEPARATORS = {"separator": "-1", "continuationSeparator": "0"}
"""The two notes that Word draws its lines from, with the numbers that it gives them."""


def to_word(transcript: Transcript) -> bytes:
    """Write a .docx: questions as headings, a footnote a citation, refusals set off, references at the end."""
    document = docx.Document()
    _set_up(document, transcript.title)
    notes = _Footnotes(document)
    by_number = {note.number: note for exchange in transcript.exchanges for note in exchange.notes}
    document.add_paragraph(transcript.title, "Title")
    for exchange in transcript.exchanges:
        document.add_paragraph(exchange.question, "Heading 1")
        if exchange.searched:
            document.add_paragraph(exchange.searched, "Caption")
        for line in exchange.lines:
            usual = "Quote" if exchange.refused else "Normal"
            paragraph = document.add_paragraph("", "Caption" if line.own else usual)
            if line.struck:
                paragraph.add_run(line.struck).font.strike = True
            paragraph.add_run(line.text)
            for place, number in enumerate(line.notes):
                if place:  # 1 and 2 side by side would read as 12
                    paragraph.add_run(",", "footnote reference")
                notes.refer(paragraph, by_number[number])
    if transcript.references:
        document.add_paragraph(transcript.heading, "Heading 1")
        for reference in transcript.references:
            document.add_paragraph(reference)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


class _Footnotes:
    """The footnotes part of a document."""

    def __init__(self, document: Document) -> None:
        self._root = OxmlElement("w:footnotes")
        self._written: set[int] = set()
        for kind, identity in _SEPARATORS.items():
            self._add(identity, "Normal", kind).add_run()._r.append(OxmlElement(f"w:{kind}"))
        main = document.part
        part = XmlPart(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, self._root, main.package)
        main.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        listed = OxmlElement("w:footnotePr")
        for identity in _SEPARATORS.values():
            listed.append(_element("w:footnote", id=identity))
        # The schema of the settings fixes the order: before the compatibility settings.
        document.settings.element.find(qn("w:compat")).addprevious(listed)

    def refer(self, paragraph: Paragraph, note: Note) -> None:
        """Put a note's number behind a paragraph, and the note, the first time, at the foot of the page."""
        mark = paragraph.add_run(style="footnote reference")
        identity, bookmark = str(note.number), f"_Note{note.number}"
        if note.number in self._written:  # a field, so that it follows when Word counts anew
            mark.text = identity
            field = _element("w:fldSimple", instr=rf" NOTEREF {bookmark} \f \h ")
            mark._r.addprevious(field)
            field.append(mark._r)
            return
        self._written.add(note.number)
        mark._r.append(_element("w:footnoteReference", id=identity))
        mark._r.addprevious(_element("w:bookmarkStart", id=identity, name=bookmark))
        mark._r.addnext(_element("w:bookmarkEnd", id=identity))
        written = self._add(str(note.number), "FootnoteText")
        own = written.add_run()
        own._r.style = "FootnoteReference"
        own._r.append(OxmlElement("w:footnoteRef"))
        for text in (f" {note.place}“", note.quote, "”"):
            written.add_run(text)

    def _add(self, identity: str, style: str, kind: str | None = None) -> Paragraph:
        """Add a footnote with one empty paragraph. Styles go by their ids: this part has no names for them."""
        footnote, paragraph = _element("w:footnote", id=identity), OxmlElement("w:p")
        if kind:
            footnote.set(qn("w:type"), kind)
        footnote.append(paragraph)
        self._root.append(footnote)
        paragraph.style = style
        return Paragraph(paragraph, self._root)


def _element(tag: str, **attributes: str) -> BaseOxmlElement:
    return OxmlElement(tag, {qn(f"w:{name}"): value for name, value in attributes.items()})


def _set_up(document: Document, title: str) -> None:
    """Set page, fonts, language, the styles of footnotes, and the properties."""
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    styles = document.styles
    text = styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    mark = styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER, builtin=True)
    text.element.styleId, mark.element.styleId = "FootnoteText", "FootnoteReference"
    text.base_style, text.font.size = styles["Normal"], Pt(9)
    text.paragraph_format.space_after = Pt(0)
    mark.font.superscript = True
    styles["Quote"].font.italic = False
    styles["Quote"].paragraph_format.left_indent = Mm(8)
    for name, font in (("Normal", _SONG), ("Quote", _SONG), ("Title", _HEI), ("Heading 1", _HEI), ("Caption", _SONG)):
        _set_font(styles[name], font)
    for language in styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    about = document.core_properties
    about.title, about.author, about.comments = title[:255], "Youju 有据", ""
    about.created = about.modified = datetime.now(UTC)


def _set_font(style: ParagraphStyle, east_asian: str) -> None:
    style.font.name, style.font.color.rgb = _LATIN, RGBColor(0, 0, 0)
    fonts = style.element.rPr.rFonts
    fonts.set(qn("w:eastAsia"), east_asian)
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):  # they would come before the names
        fonts.attrib.pop(qn(f"w:{name}"), None)
