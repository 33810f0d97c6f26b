"""What a refusal says was looked for, and how often it is there."""

from collections.abc import Sequence

from bot.answers.absence import absence_line, prove_absence
from bot.language.folding import fold
from bot.structure.counting import Texts
from bot.structure.occurrences import occurrences
from bot.types import Answer, Hit, Language, TermCount, Text
from embeddings.static import StaticEncoder
from tests.parts import read

TEXTS: list[Text] = [Text("a", "a.txt", "水庫在山里。水库很大，水库很深。"), Text("b", "b.txt", "Ｄam of the valley.")]
NEAREST = Hit("a", "a.txt", "水利志", ("第一章", "第二条"), 3, 0, 4, "水庫在山", 1.0)


def texts(given: Sequence[Text]) -> Texts:
    listed = [(text.document_id, number, text.source) for number, text in enumerate(given)]
    return Texts(listed, lambda ids: [text for text in given if text.document_id in ids])


def line(terms: list[str], language: Language = "zh", *, scoped: bool = False, nearest: Hit | None = None) -> str:
    return absence_line(occurrences(terms, TEXTS), nearest, language, scoped=scoped)


def test_lines_in_both_languages() -> None:
    assert line(["碳关税"], nearest=NEAREST) == (
        "全部 2 个文件中“碳关税”出现 0 次；最接近的是《水利志 › 第一章 › 第二条》。"
    )
    assert line(["水库", "库容"]) == "全部 2 个文件中“水库”出现 3 次，但没有说到“库容”（0 次）。"
    assert line(["水库", "dam"], scoped=True) == (
        "所选 2 个文件中“dam”出现 1 次，“水库”出现 3 次，但没有一处能回答这个问题。"
    )
    assert line(["capacity"], "en", nearest=NEAREST) == (
        "In all 2 files, “capacity” occurs 0 times; the closest is in “水利志 › 第一章 › 第二条”."
    )
    assert line(["DAM", "capacity"], "en") == "In all 2 files, “DAM” occurs 1 time, but “capacity” occurs 0 times."
    assert line(["dam"], "en", scoped=True) == (
        "In the 2 chosen files, “dam” occurs 1 time, but no place answers this question."
    )


def test_the_rarest_three_are_named() -> None:
    assert line(["水", "水库", "深", "大", "无"]) == (
        "全部 2 个文件中“深”出现 1 次，“大”出现 1 次，但没有说到“无”（0 次）。"
    )


def test_nothing_to_say_without_terms_or_documents() -> None:
    assert line([]) == ""
    assert absence_line(occurrences(["猫"], []), None, "zh", scoped=False) == ""


def test_words_of_one_language_prove_nothing_of_texts_in_the_other(builtin: StaticEncoder) -> None:
    chinese = TEXTS[:1]
    question = "What is the capacity of the reservoir?"
    refusal = Answer(question, question, "No evidence found.", True, 0.1)
    assert prove_absence(refusal, read(question, builtin), texts(chinese), scoped=False) == refusal
    both = prove_absence(refusal, read(question, builtin), texts(TEXTS), scoped=False)
    assert both.note == "In all 2 files, “reservoir” occurs 0 times, “capacity” occurs 0 times."
    name = prove_absence(
        Answer("WiFi", "WiFi", "没有。", True, 0.1), read("WiFi", builtin), texts(chinese), scoped=False
    )
    assert [(count.term, count.total) for count in name.term_counts] == [("WiFi", 0)]


def test_a_refusal_is_proved_by_the_true_counts(builtin: StaticEncoder) -> None:
    question = "水库的库容是多少？"
    refusal = Answer(question, question, "没有找到依据。", True, 0.1, nearest=(NEAREST,))
    proved = prove_absence(refusal, read(question, builtin), texts(TEXTS), scoped=False)
    assert fold("".join(given.text for given in TEXTS)).count("水库") == 3
    assert proved.text == (
        "没有找到依据。\n全部 2 个文件中“水库”出现 3 次，但没有说到“库容”（0 次）；"
        "最接近的是《水利志 › 第一章 › 第二条》。"
    )
    assert (proved.abstained, proved.nearest, proved.citations) == (True, (NEAREST,), ())
    assert proved.note == proved.text.split("\n")[1]
    assert proved.term_counts == (TermCount("水库", 3, 1, 2), TermCount("库容", 0, 0, 2))
    nothing = Answer("什么？", "什么？", "没有。", True, 0.0)
    assert prove_absence(nothing, read("什么？", builtin), texts(TEXTS), scoped=False) == nothing
