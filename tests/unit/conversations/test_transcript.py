"""A conversation written down: footnotes are the citations, and document text stays text."""

import re
from dataclasses import replace
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import docx
import pytest
from markdown_it import MarkdownIt

from bot.conversations.transcript import to_markdown, transcribe
from bot.conversations.word import to_word
from bot.structure.imprints import UNNAMED, Imprint
from bot.types import Answer, AnswerSentence, Citation, Conversation, DocumentInfo, Lack, Turn, Written, WrittenSentence

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NOON = "2026-03-05T12:00:00+00:00"
HOSTILE = "# 甲<script>alert(1)</script>\n- *乙* ![x](http://a.example/b.png) [^1] `c` \x00\x1b\ufffe&amp; $d$ 1. 😀"


def citation(number: int, quote: str, source: str = "water.txt", **more: object) -> Citation:
    given = {"section": ("水经", "二、江水"), "paragraph": 4, "start": 0, "end": len(quote), **more}
    return Citation(number, source[:5], source, "水经", quote=quote, **given)  # type: ignore[arg-type]


def turn(question: str, *citations: Citation, lead: str = "", query: str | None = None) -> Turn:
    sentences = tuple(AnswerSentence(c.quote, (c.number,), 1.0, (place,)) for place, c in enumerate(citations))
    message, note = ("", lead) if citations else ("没有找到依据：文档里没有。", "“火星”出现 0 次。")
    text = "\n".join(filter(None, (message, note, *(f"{s.text}[{s.citations[0]}]" for s in sentences))))
    said = Answer(
        question, query or question, text, not citations, 0.9, sentences, citations, note=note, message=message
    )
    return Turn(1, question, said, NOON)


def conversation(*turns: Turn) -> Conversation:
    return Conversation("c", "论水", NOON, turns)


def info(source: str, added_at: str) -> DocumentInfo:
    return DocumentInfo(source[:5], source, "水经", "UTF-8", 9, 9, 1, 1, 9, added_at)


TALK = conversation(
    turn("水以何为上？", citation(1, "山水上。"), citation(2, "江水中。", page=3), lead="共 2 处。"),
    turn("火星上有水吗？"),
    turn("第二点呢？", citation(1, "井水下。", "well.txt", address="《井法》第三条"), query="水 第二点呢？"),
)
LIBRARY = [info("water.txt", "2026-01-02T12:00:00+00:00"), info("well.txt", "2026-04-01T12:00:00+00:00")]


def imprint(document_id: str) -> Imprint:
    return UNNAMED


def word_parts(data: bytes) -> tuple[list[ElementTree.Element], ElementTree.Element]:
    """Return the footnotes apart from the separators, and the body."""
    with ZipFile(BytesIO(data)) as package:
        notes = ElementTree.fromstring(package.read("word/footnotes.xml"))
        body = ElementTree.fromstring(package.read("word/document.xml"))
    assert [note.get(f"{W}type") for note in notes[:2]] == ["separator", "continuationSeparator"]
    return list(notes)[2:], body


def runs(element: ElementTree.Element) -> list[str]:
    """Return the text of each run, as Word shows it."""
    shown = {f"{W}br": "\n", f"{W}tab": "\t"}
    return ["".join(shown.get(part.tag, part.text or "") for part in run) for run in element.iter(f"{W}r")]


def test_markdown_has_a_footnote_a_citation_and_a_reference_a_document() -> None:
    written = to_markdown(transcribe(TALK, LIBRARY, "zh", imprint))
    assert written == (
        "# 论水\n\n## 水以何为上？\n\n共 2 处。\n\n山水上。[^1]\n\n江水中。[^2]\n\n"
        "[^1]: 《水经》，二、江水，第 5 段：“山水上。”\n\n"
        "[^2]: 《水经》，二、江水，第 5 段，第 3 页：“江水中。”\n\n"
        "## 火星上有水吗？\n\n> 没有找到依据：文档里没有。\n> \n> “火星”出现 0 次。\n\n"
        "## 第二点呢？\n\n*按“水 第二点呢？”查找*\n\n井水下。[^3]\n\n[^3]: 《井法》第三条：“井水下。”\n\n"
        "## 参考文献\n\n"
        "\\[1\\] 水经\\[Z/DK\\]. \\[2026-03-05\\]. 文件：water.txt（文中未见发布者和日期；2026-01-02 收录）.\n\n"
        # It was replaced after it was cited, so the date of its present version is not that of the cited one.
        "\\[2\\] 水经\\[Z/DK\\]. \\[2026-03-05\\]. 文件：well.txt（引用后文档已更换，不知当时的发布者和日期）.\n"
    )


def by_model(*sentences: WrittenSentence, **more: object) -> Conversation:
    """A conversation whose answer a model wrote of, too."""
    asked = turn("水以何为上？", citation(1, "山水上。"), citation(2, "江水中。"))
    written = Written("paragraph", "m", "h", True, sentences, **more)  # type: ignore[arg-type]
    return conversation(replace(asked, answer=replace(asked.answer, written=written)))


STANDS = WrittenSentence("以山水为上。", "supported", (1, 2), (0, 1))
FALLS = WrittenSentence("海水~~第三~~。", "unsupported", lacks=(Lack("number", "第三"),))


def test_what_a_model_wrote_stands_before_the_quotes_with_its_marks() -> None:
    talk = by_model(STANDS, FALLS, supported=1, unsupported=1, outcome="slow", message="太慢。")
    written = to_markdown(transcribe(talk, LIBRARY, "zh", imprint))
    assert written.startswith(
        "# 论水\n\n## 水以何为上？\n\n*由 m 写成：2 句中 1 句有据，1 句无据*\n\n以山水为上。[^1][^2]\n\n"
        "~~海水\\~\\~第三\\~\\~。~~（无据：引文里没有数字“第三”）\n\n*太慢。*\n\n"
        "*所据原文*\n\n山水上。[^1]\n\n江水中。[^2]\n\n[^1]: "
    )
    document = docx.Document(BytesIO(to_word(transcribe(talk, LIBRARY, "en", imprint))))
    struck = [run.text for paragraph in document.paragraphs for run in paragraph.runs if run.font.strike]
    assert struck == ["海水~~第三~~。"]
    told = [paragraph.text for paragraph in document.paragraphs]
    assert "Written by m: 1 of 2 sentences are supported, 1 not" in told
    assert "海水~~第三~~。 (not supported: no quote has the number “第三”)" in told
    notes, _ = word_parts(to_word(transcribe(talk, LIBRARY, "en", imprint)))
    assert len(notes) == 2


def test_rows_and_the_sections_of_a_summary_are_lines() -> None:
    row = replace(STANDS, cells=("山水", "上"))
    table = transcribe(by_model(row, header=("水", "等"), supported=1), [], "zh", imprint).exchanges[0].lines
    assert [line.text for line in table[1:3]] == ["水 | 等", "山水 | 上"]
    parts = [replace(STANDS, part="一、山水"), replace(STANDS, part="一、山水"), STANDS]
    said = transcribe(by_model(*parts, supported=3), [], "zh", imprint).exchanges[0].lines
    assert [line.text for line in said[1:6]] == ["一、山水", STANDS.text, STANDS.text, "全文", STANDS.text]
    nothing = transcribe(by_model(outcome="unreachable", message="连不上。"), [], "zh", imprint).exchanges[0].lines
    assert [line.text for line in nothing[:3]] == ["连不上。", "所据原文", "山水上。"]


def test_english_readers_get_english_words() -> None:
    written = to_markdown(transcribe(TALK, [], "en", imprint))
    assert "[^2]: 水经, 二、江水, paragraph 5, page 3: “江水中。”" in written
    assert "*Searched for “水 第二点呢？”*" in written
    gone = " (the document is no longer here, so issuer and date are not known)"
    assert written.endswith(f"## References\n\n\\[1\\] 水经\\[Z/DK\\]. \\[2026-03-05\\]. File: water.txt{gone}.\n\n"
                            f"\\[2\\] 水经\\[Z/DK\\]. \\[2026-03-05\\]. File: well.txt{gone}.\n")  # fmt: skip


@pytest.mark.parametrize(
    ("said", "entry"),
    [
        (Imprint("2024-03-05", "水利局"), "水利局. 水经[Z/DK]. (2024-03-05)[2026-03-05]. 文件：water.txt."),
        (Imprint("2024-03"), "水经[Z/DK]. (2024-03)[2026-03-05]. 文件：water.txt（文中未见发布者）."),
        (
            Imprint("", "Acme Ltd."),
            "Acme Ltd. 水经[Z/DK]. [2026-03-05]. 文件：water.txt（文中未见日期；2026-01-02 收录）.",
        ),
    ],
)
def test_a_reference_has_the_documents_own_issuer_and_date(said: Imprint, entry: str) -> None:
    asked: list[str] = []

    def of(document_id: str) -> Imprint:
        asked.append(document_id)
        return said

    assert transcribe(TALK, LIBRARY, "zh", of).references[0] == f"[1] {entry}"
    assert asked == ["water"]  # the other was replaced since: what it says now is not of what was cited


def test_a_refusal_alone_has_neither_notes_nor_references() -> None:
    transcript = transcribe(conversation(turn("火星？")), LIBRARY, "zh", imprint)
    assert transcript.references == () and "[^" not in to_markdown(transcript)
    assert word_parts(to_word(transcript))[0] == []


@pytest.mark.parametrize(
    "text", [HOSTILE, "    code\n---\n===\n> q\n+ a\n12) b\n| c |\n|---|", "~~a~~ ==b== {#c} \\*d\\"]
)
def test_document_text_is_no_markup_in_markdown(text: str) -> None:
    hostile = turn(text, replace(citation(1, text), title=text))
    written = to_markdown(transcribe(conversation(hostile), [], "zh", imprint))
    plain = re.sub(r"\[\^\d+\]:? ?", "", written)  # CommonMark has no footnotes
    blocks = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(plain)
    kinds = {token.type for token in blocks} | {child.type for token in blocks for child in token.children or []}
    assert kinds <= {
        *("heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline"),
        *("text", "text_special", "softbreak", "hardbreak"),
    }
    said = "".join(child.content or "\n" for child in blocks[7].children or [])
    assert said == "\n".join(line.strip(" \t") for line in re.sub("[\x00\x1b\ufffe]", "\ufffd", text).split("\n"))


def test_word_has_real_footnotes_with_the_very_quotes() -> None:
    data = to_word(transcribe(TALK, LIBRARY, "zh", imprint))
    notes, body = word_parts(data)
    cited = [c for kept in TALK.turns for c in kept.answer.citations]
    assert [runs(note)[2] for note in notes] == [c.quote for c in cited]
    assert runs(notes[1]) == ["", " 《水经》，二、江水，第 5 段，第 3 页：“", "江水中。", "”"]
    assert all(next(note.iter(f"{W}footnoteRef")) is not None for note in notes)
    references = [mark.get(f"{W}id") for mark in body.iter(f"{W}footnoteReference")]
    assert references == [note.get(f"{W}id") for note in notes] == ["1", "2", "3"]


def test_word_opens_again_with_its_paragraphs_and_styles() -> None:
    document = docx.Document(BytesIO(to_word(transcribe(TALK, LIBRARY, "zh", imprint))))
    assert [(p.style.name, p.text) for p in document.paragraphs if p.style is not None] == [
        ("Title", "论水"),
        ("Heading 1", "水以何为上？"),
        ("Normal", "共 2 处。"),
        ("Normal", "山水上。"),
        ("Normal", "江水中。"),
        ("Heading 1", "火星上有水吗？"),
        ("Quote", "没有找到依据：文档里没有。"),
        ("Quote", "“火星”出现 0 次。"),
        ("Heading 1", "第二点呢？"),
        ("Caption", "按“水 第二点呢？”查找"),
        ("Normal", "井水下。"),
        ("Heading 1", "参考文献"),
        ("Normal", "[1] 水经[Z/DK]. [2026-03-05]. 文件：water.txt（文中未见发布者和日期；2026-01-02 收录）."),
        ("Normal", "[2] 水经[Z/DK]. [2026-03-05]. 文件：well.txt（引用后文档已更换，不知当时的发布者和日期）."),
    ]
    fonts = {name: document.styles[name].element.rPr.rFonts for name in ("Normal", "Quote", "Heading 1", "Title")}
    assert {name: font.get(f"{W}eastAsia") for name, font in fonts.items()} == {
        "Normal": "宋体", "Quote": "宋体", "Heading 1": "黑体", "Title": "黑体",
    }  # fmt: skip
    assert not any(name.endswith("Theme") for font in fonts.values() for name in font.attrib)
    assert document.core_properties.title == "论水"
    by_id = {style.style_id: style for style in document.styles}
    assert by_id["FootnoteText"].name == "footnote text" and by_id["FootnoteReference"].font.superscript
    order = [child.tag.removeprefix(W) for child in document.settings.element]
    assert order.index("characterSpacingControl") < order.index("footnotePr") < order.index("compat")


def test_what_xml_forbids_is_replaced_and_the_rest_kept() -> None:
    kept = conversation(turn("问\x08？", replace(citation(1, HOSTILE), title="题\x0c", source="a\x01.txt")))
    transcript = transcribe(kept, [], "zh", imprint)
    notes, _ = word_parts(to_word(transcript))
    assert runs(notes[0])[2] == HOSTILE.replace("\x00\x1b\ufffe", "\ufffd\ufffd\ufffd")
    document = docx.Document(BytesIO(to_word(transcript)))
    assert document.paragraphs[1].text == "问\ufffd？"
    assert document.paragraphs[-1].text.startswith("[1] 题\ufffd[Z/DK]. ")


def test_two_marks_of_one_sentence_stand_apart_and_a_note_is_written_once() -> None:
    one, two = citation(1, "甲。"), citation(2, "乙。")
    sentences = (AnswerSentence("甲乙。", (1, 2), 1.0, (0, 1)), AnswerSentence("又甲。", (1,), 1.0, (0,)))
    said = Answer("问", "问", "甲乙。[1][2]\n又甲。[1]", False, 1.0, sentences, (one, two))
    transcript = transcribe(conversation(Turn(1, "问", said, NOON)), [], "zh", imprint)
    assert "甲乙。[^1][^2]\n\n又甲。[^1]\n\n" in to_markdown(transcript)
    notes, body = word_parts(to_word(transcript))
    assert len(notes) == 2
    paragraphs = [runs(paragraph) for paragraph in body.iter(f"{W}p")]
    assert paragraphs[2:4] == [["甲乙。", "", ",", ""], ["又甲。", "1"]]


def test_footnotes_are_numbered_by_what_is_cited() -> None:
    # An answer numbers paragraphs: two sentences of one have the same number, and another paragraph has 2.
    one = [citation(1, "甲。"), citation(1, "乙。", start=2, end=4), citation(2, "丙。", start=8, end=10, paragraph=6)]
    again = [citation(1, "丁。", start=6, end=8), citation(1, "乙。", start=2, end=4)]
    transcript = transcribe(conversation(turn("一问", *one), turn("二问", *again)), [], "zh", imprint)

    written = to_markdown(transcript)
    assert "甲。[^1]\n\n乙。[^2]\n\n丙。[^3]\n\n" in written and "丁。[^4]\n\n乙。[^2]\n\n" in written
    assert re.findall(r"^\[\^(\d)\]: .*“(.)。”$", written, re.M) == [*zip("1234", "甲乙丙丁", strict=True)]

    notes, body = word_parts(to_word(transcript))
    quoted = {note.get(f"{W}id"): runs(note)[2] for note in notes}
    assert quoted == {"1": "甲。", "2": "乙。", "3": "丙。", "4": "丁。"}
    shown = [
        (runs(paragraph)[0], [mark.get(f"{W}id") for mark in paragraph.iter(f"{W}footnoteReference")])
        for paragraph in body.iter(f"{W}p")
    ]
    assert shown[2:5] == [("甲。", ["1"]), ("乙。", ["2"]), ("丙。", ["3"])]
    assert shown[6] == ("丁。", ["4"])
    [field] = body.iter(f"{W}fldSimple")
    assert (runs([*body.iter(f"{W}p")][7]), runs(field)) == (["乙。", "2"], ["2"])
    marked = next(mark for mark in body.iter(f"{W}bookmarkStart") if mark.get(f"{W}name") == "_Note2")
    assert field.get(f"{W}instr") == r" NOTEREF _Note2 \f \h " and marked.get(f"{W}id") == "2"
