"""Searching in one document."""

from bot.conversations.finding import find_in
from bot.documents.parser import parse
from bot.pages import Box

TEXT = "# 圖書館\n\n😀图书八册，ＡＢＣ与abc。\n\n別的圖書。\n"


def test_width_case_and_traditional_characters_make_no_difference() -> None:
    document = parse("a.md", TEXT.encode(), None)

    def found(words: str) -> list[tuple[int, str]]:
        texts = [document.text[p.start : p.end] for p in document.paragraphs]
        places = find_in(document, words, ()).places
        return [(place.paragraph, texts[place.paragraph][place.start : place.end]) for place in places]

    assert found(" 图书 ") == [(0, "圖書"), (1, "图书"), (2, "圖書")]
    assert found("Abc") == [(1, "ＡＢＣ"), (1, "abc")]
    assert found("# 圖") == found("没有") == found("  ") == []
    assert find_in(document, "圖書", ()).total == 3


def test_a_place_on_a_page() -> None:
    document = parse("a.txt", "图书八册".encode(), None)
    box = Box(1, 0, 0, 400, 100, 0, 4)
    [place] = find_in(document, "八册", (box,)).places
    assert [(b.left, b.right) for b in place.boxes] == [(200, 400)]
