"""How paragraphs are shown; whatever is shown of them, the text stays the text."""

from bot.conversations.looks import Look, inline, looks
from bot.documents.parser import parse
from bot.types import Document

HANDBOOK = """# Handbook

The **Old Pier** opened in *1954*, see [the map](https://a.example/m).

- Bring a `photo`
  - a copy is enough

1. Register
2. Pay

| Boat | Fee |
|------|----:|
| Row **boat** | 12 |
| Sail | 30 |

> Pay in time.

```
    a | b
```
"""


def shown(document: Document) -> list[tuple[str, Look]]:
    return [
        (document.text[p.start : p.end], look)
        for p, look in zip(document.paragraphs, looks(document, document.paragraphs), strict=True)
    ]


def seen(text: str, look: Look) -> str:
    """What a reader sees of a text."""
    unseen = {at for piece in look.pieces if piece.style == "markup" for at in range(piece.start, piece.end)}
    return "".join(char for at, char in enumerate(text) if at not in unseen)


def test_markdown() -> None:
    found = shown(parse("a.md", HANDBOOK.encode(), None))
    assert [(seen(text, look), look.shape) for text, look in found if look.shape != "unseen"] == [
        ("Handbook", "text"),
        ("The Old Pier opened in 1954, see the maphttps://a.example/m.", "text"),
        ("Bring a photo", "item"),
        ("a copy is enough", "item"),
        ("1. Register", "item"),
        ("2. Pay", "item"),
        ("BoatFee", "header"),
        ("Row boat12", "row"),
        ("Sail30", "row"),
        ("Pay in time.", "quote"),
        ("a | b", "code"),
    ]
    by_text = dict(found)
    assert by_text["- a copy is enough"].depth == 1
    assert by_text["a | b"] == Look("code", 4)
    assert len({look.group for _, look in found if look.shape in ("header", "row")}) == 1
    row = by_text["| Row **boat** | 12 |"]
    cells = [piece for piece in row.pieces if piece.style == "cell"]
    assert cells[0].start == 0 and cells[-1].end == len("| Row **boat** | 12 |")
    assert [a.end for a in cells[:-1]] == [b.start for b in cells[1:]]


def test_a_table_and_a_list_of_another_format_keep_their_signs_of_markdown() -> None:
    found = shown(parse("a.txt", "规则\n\n类型 | 天\n成人 | 3*0\n\n- **甲**\n- 乙\n\n2*3*4 是多少\n".encode(), None))
    assert [(seen(text, look), look.shape) for text, look in found] == [
        *(("规则", "text"), ("类型天", "header"), ("成人3*0", "row")),
        *(("**甲**", "item"), ("乙", "item"), ("2*3*4 是多少", "text")),
    ]


def test_signs_within_a_line() -> None:
    def styles(text: str) -> list[tuple[str, str]]:
        return [(piece.style, text[piece.start : piece.end]) for piece in inline(text) if piece.style != "markup"]

    assert styles("必须**立即**做") == [("strong", "立即")]
    assert styles("**a *b* c**") == [("strong", "a *b* c"), ("emphasis", "b")]
    assert styles("`a*b*c` ~~d~~") == [("code", "a*b*c"), ("struck", "d")]
    for plain in ("2*3*4", "snake_case_name", "a * b * c", "** a **", "\\*a\\*", "5 * 3", "[1] (2)"):
        assert styles(plain) == []
