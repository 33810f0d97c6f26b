"""Counts of a term against a search by brute force over folded text."""

import random

import pytest

from bot.documents.parser import parse
from bot.language.folding import fold
from bot.structure.occurrences import MOST_PLACES, cite_places, in_words, occurrences
from bot.types import Document, QuestionError, StoreError, Text

# Width, case, traditional, compatibility ideographs, astral letters and ideographs, what regular expressions treat
# specially, and white space.
ALPHABET = "国國關关稅税Ａａaab𝐀🙂𠮷樂\uf914乐兔㍿ﬁK\u212ak-^]\\.*+?()[|·，。！；\n 　1１①"


def texts(seed: int) -> list[Text]:
    chosen = random.Random(seed)
    return [Text(f"id{n}", f"{n}.txt", "".join(chosen.choices(ALPHABET, k=chosen.randrange(0, 400)))) for n in range(8)]


def brute(term: str, text: str) -> list[tuple[int, int]]:
    """The places of ``fold(text).count(fold(term))``, from left to right, none overlapping."""
    folded, wanted, at, found = fold(text), fold(term), 0, []
    while (at := folded.find(wanted, at)) >= 0:
        found.append((at, at + len(wanted)))
        at += len(wanted)
    return found


@pytest.mark.parametrize("seed", range(60))
def test_places_are_those_of_brute_force(seed: int) -> None:
    chosen = random.Random(seed + 1000)
    given = texts(seed)
    wanted = ["".join(chosen.choices(ALPHABET, k=chosen.choice((1, 1, 2, 3)))) for _ in range(12)]
    for term, found in zip(wanted, occurrences(wanted, given, limit=10_000), strict=True):
        expected = [(each.document_id, *span) for each in given for span in brute(term, each.text)]
        assert [(p.document_id, p.start, p.end) for p in found.places] == expected
        assert found.total == len(expected) == sum(fold(each.text).count(fold(term)) for each in given)
        assert {c.document_id: c.total for c in found.documents} == {
            each.document_id: len(brute(term, each.text)) for each in given if brute(term, each.text)
        }
        assert (found.term, found.searched) == (term, 8)


def test_every_character_that_folds_to_another_is_found_by_it() -> None:
    every = "".join(map(chr, (*range(0x20, 0xD800), *range(0xE000, 0x110000, 7))))
    changed = "".join(char for char, folded in zip(every, fold(every), strict=True) if char != folded)
    assert len(changed) > 5000
    chosen = random.Random(1).sample(changed, 400)
    for char, found in zip(
        chosen, occurrences([fold(c) for c in chosen], [Text("d", "d.txt", changed)], 0), strict=True
    ):
        assert found.total == fold(changed).count(fold(char)) >= 1


@pytest.mark.parametrize(
    ("term", "text", "total"),
    [
        ("碳关税", "碳關稅、碳关税，碳关 税", 2),
        ("ai", "AI and ＡＩ said", 3),
        ("人人", "人人人", 1),
        ("—", "——", 2),
        ("𠮷", "𠮷野家🙂𠮷", 2),
        (".", "a.b。c．", 2),
    ],
)
def test_counts_by_hand(term: str, text: str, total: int) -> None:
    assert occurrences([term], [Text("d", "d.txt", text)])[0].total == total


def test_more_places_than_are_kept_are_counted_all_the_same() -> None:
    (found,) = occurrences(["的"], [Text("a", "a", "的" * 150), Text("b", "b", "的" * 150)])
    assert (found.total, len(found.places)) == (300, MOST_PLACES)
    assert [c.total for c in found.documents] == [150, 150]


def test_no_document_and_no_term() -> None:
    (found,) = occurrences(["猫"], [])
    assert (found.total, found.searched, found.places, found.documents) == (0, 0, (), ())
    assert occurrences([], [Text("a", "a", "猫")]) == []
    with pytest.raises(QuestionError, match="no term"):
        occurrences([""], [Text("a", "a", "猫")])


def document(text: str) -> Document:
    return parse("a.md", text.encode(), None)


def quotes(term: str, given: Document) -> list[str]:
    (found,) = occurrences([term], [Text(given.document_id, given.source, given.text)])
    citations = cite_places(found, {given.document_id: given}.__getitem__)
    assert [c.number for c in citations] == list(range(1, len(citations) + 1))
    for citation in citations:
        assert given.text[citation.start : citation.end] == citation.quote
        paragraph = given.paragraphs[citation.paragraph]
        assert (paragraph.section, paragraph.index) == (citation.section, citation.paragraph)
        assert paragraph.start <= citation.end and citation.start <= paragraph.end
    return [c.quote for c in citations]


def test_a_sentence_is_quoted_once_and_equal_sentences_each() -> None:
    given = document("# 猫的书\n\n猫追猫。狗睡。貓來了！\n\n  猫追猫。\n")
    assert quotes("猫", given)[-3:] == ["猫追猫。", "貓來了！", "猫追猫。"]
    assert len(quotes("猫", given)) == 4


def test_a_place_that_runs_over_a_sentence_is_quoted_whole() -> None:
    given = document("天冷。下雪了。出门。\n")
    assert quotes("雪了。出", given) == ["下雪了。出门。"]
    assert quotes("。", given) == ["天冷。", "下雪了。", "出门。"]


def test_a_term_across_two_passages_of_a_paragraph_counts() -> None:
    sentence = "这是一句没有什么内容的话，只是为了凑够字数而写在这里的。"
    given = document(sentence * 30 + "\n")
    assert occurrences(["的。这是"], [Text("d", "a.md", given.text)])[0].total == 29
    assert quotes("的。这是", given) == [sentence * 30]


def test_a_document_that_changed_meanwhile_is_not_quoted() -> None:
    old, new = document("猫在屋顶。\n"), document("狗在屋顶。\n")
    (found,) = occurrences(["猫"], [Text(old.document_id, old.source, old.text)])
    with pytest.raises(StoreError):
        cite_places(found, {new.document_id: new}.__getitem__)


@pytest.mark.parametrize("text", ["a Dam, the ｄam", "a Dam, the 𝐝am", "𠮷野家的dam和ＤＡＭ"])
def test_variants_are_found_in_texts_with_and_without_rare_characters(text: str) -> None:
    assert [found.total for found in occurrences(["dam", "𠮷野家"], [Text("a", "a.txt", text)])] == [
        2,
        text.count("𠮷"),
    ]


def test_other_words_for_a_term_are_counted_once_and_named() -> None:
    given = [Text("a", "a.txt", "社會保險与社保卡，ＳＩ而非 basic。"), Text("b", "b.txt", "社会保险。")]
    also = {"社保": ("社会保险", "SI", "五险"), "保险": ("社会保险",), "卡": ()}
    social, insurance, card = occurrences(list(also), given, also=also.__getitem__)
    assert (social.total, social.same) == (4, ("社会保险", "SI"))
    assert [(place.document_id, place.start, place.end) for place in social.places] == [
        ("a", 0, 4), ("a", 5, 7), ("a", 9, 11), ("b", 0, 4),
    ]  # fmt: skip
    assert (insurance.total, insurance.same) == (2, ("社会保险",))
    assert (card.total, card.same) == (1, ())
    assert in_words(social, "zh") == "“社保”（含“社会保险”、“SI”）"
    assert in_words(social, "en") == "“社保” (with “社会保险”, “SI”)"
    assert in_words(card, "zh") == in_words(card, "en") == "“卡”"
    documents = {each.document_id: parse(each.source, each.text.encode()) for each in given}
    assert [citation.quote for citation in cite_places(social, documents.__getitem__)] == [
        "社會保險与社保卡，ＳＩ而非 basic。",
        "社会保险。",
    ]


@pytest.mark.parametrize(
    ("term", "hidden"), [("合同编号", "\u200b"), ("保证金", "\xad"), ("签约", "\ufeff"), ("deposit", "\xad")]
)
def test_what_is_not_seen_hides_no_word(term: str, hidden: str) -> None:
    text = f"这里有{term[:2]}{hidden}{term[2:] or hidden}。" if len(term) > 2 else f"{term[0]}{hidden}{term[1]}"
    (found,) = occurrences([term], [Text("a", "a", text)])
    assert (found.total, text[found.places[0].start : found.places[0].end].replace(hidden, "")) == (1, term)


def test_a_lines_end_within_a_paragraph_hides_no_word() -> None:
    text = (
        "为方便职工就餐，经研究决\n定，自五月一日起，早餐供应时\n间调整为七点至八点半，供\n应不变。\n\n供应时\n\n间断\n"
    )
    given = parse("a.txt", text.encode())
    load = {given.document_id: given}.__getitem__
    texts = [Text(given.document_id, given.source, given.text)]
    found, apart = occurrences(["供应时间", "间断"], texts, load=load)
    assert (found.total, apart.total) == (1, 1)
    assert [c.quote for c in cite_places(found, load)] == [text[: text.index("\n\n")]]
    assert occurrences(["供应时间"], texts)[0].total == 0
