"""Where words stand after their document has changed."""

import pytest

from bot.structure.relocating import find_digest, find_quote, paragraph_at
from bot.types import digest
from tests.lending import END, FINE, START, TEXT, UNLIKE, document


def quoted(text: str, quote: str = FINE, start: int = START, end: int = END) -> tuple[str, str]:
    """What is found of ``quote`` in ``text``, and the state."""
    found = find_quote(document(text), quote, start, end)
    return text[found.start : found.end], found.state


def digested(text: str, quote: str = FINE, start: int = START, end: int = END) -> tuple[str, str]:
    found = find_digest(document(text), digest(quote), start, end)
    return text[found.start : found.end], found.state


# The words are known


def test_words_in_their_place() -> None:
    assert quoted(TEXT) == (FINE, "same")


@pytest.mark.parametrize(
    "text", ["序言一句。\n\n" + TEXT, TEXT.replace("一、借阅期限\n\n", ""), TEXT.replace("十二册", "册")]
)
def test_words_that_stand_elsewhere(text: str) -> None:
    assert quoted(text) == (FINE, "moved")


def test_of_several_places_the_nearest() -> None:
    text = f"{FINE}\n\n{UNLIKE * 4}\n\n{TEXT}\n{UNLIKE}{FINE}\n"
    found = find_quote(document(text), FINE, START + 120, END + 120)
    assert (found.start, found.state) == (text.index(FINE, 100), "moved")


@pytest.mark.parametrize(
    ("before", "after", "nearest"),
    [
        ("二角", "五角", "图书逾期未还的，每册每天收取滞纳金五角。"),
        (FINE, "图书逾期没有归还的，每册每天收取滞纳金三角。", "图书逾期没有归还的，每册每天收取滞纳金三角。"),
        ("二角。", "二角，", "图书逾期未还的，每册每天收取滞纳金二角，遗失的，按照原价三倍赔偿。"),  # joined
        ("的，每册", "的。每册", "图书逾期未还的。每册每天收取滞纳金二角。"),  # cut in two
    ],
)
def test_words_that_changed(before: str, after: str, nearest: str) -> None:
    assert quoted(TEXT.replace(before, after)) == (nearest, "changed")


def test_of_sentences_as_near_the_one_closest_to_the_place() -> None:
    twins = "图书逾期未还的，每册每天收取滞纳金五角。\n" * 3
    found = find_quote(document(twins), FINE, 25, 45)
    assert (found.start, found.state) == (21, "changed")


@pytest.mark.parametrize("text", [TEXT.replace(FINE, UNLIKE), TEXT[:START].rstrip(), UNLIKE])
def test_words_without_anything_like_them(text: str) -> None:
    assert quoted(text) == ("", "gone")


def test_what_is_gone_leads_to_the_paragraph_in_its_place() -> None:
    text = TEXT.replace(FINE, UNLIKE)
    place = find_quote(document(text), FINE, START + 3, END)
    assert (place.start, place.end) == (text.index(UNLIKE), text.index(UNLIKE))
    beyond = find_quote(document("甲。\n乙。\n"), FINE, START, END)
    assert (beyond.start, beyond.end) == (3, 3)


def test_characters_outside_the_basic_plane_count_once() -> None:
    text = "𠮷野家😀开门。\n" + TEXT
    assert quoted(text) == (FINE, "moved")


# The words are not known


def test_a_digest_in_its_place_or_elsewhere() -> None:
    assert digested(TEXT) == (FINE, "same")
    assert digested("序言一句。\n\n" + TEXT) == (FINE, "moved")


def test_a_digest_of_several_sentences_is_found() -> None:
    both = "普通读者每次可以借阅图书十二册。借期为四十五天。"
    start = TEXT.index(both)
    assert digested("序言一句。\n\n" + TEXT, both, start, start + len(both)) == (both, "moved")


@pytest.mark.parametrize(("start", "end"), [(START, END), (END, START), (10**11, 10**11 + 5)])
def test_a_digest_of_nothing_there(start: int, end: int) -> None:
    text = TEXT.replace("二角", "五角")
    assert digested(text, FINE, start, end) == ("", "gone")


def test_the_paragraph_at_an_offset() -> None:
    made = document("\n\n甲。\n\n乙。\n")
    assert [paragraph_at(made, offset).index for offset in (0, 2, 4, 5, 6, 99)] == [0, 0, 0, 0, 1, 1]
