"""When a question is refused, what a refusal says and shows, and why its passages fall short."""

import re
from dataclasses import replace

import pytest

from bot.answers.refusal import explain, not_there, refusal
from bot.documents.parser import parse
from bot.evidence.judge import Evidence, RankedPassage, Verdict
from bot.language.languages import language_of
from bot.storage.store import StoredPassage
from bot.structure.places import whole
from bot.types import Answer, Hit, Passage, Trace
from tests.parts import read
from tests.unit.answers.home import Home

ZOO = parse("zoo.txt", "动物\n猫在屋顶。\n狗在院子。\n兔在洞里。\n鸟在树上。\n“三种颜色”是红、黄、蓝。\n".encode())


def judged(*paragraphs: int, answered: bool = True) -> Verdict:
    passages = []
    for place in (whole(ZOO, paragraph) for paragraph in paragraphs):
        passage = Passage(place.paragraph, place.start, place.end, (), place.text)
        passages.append(
            (StoredPassage(place.paragraph, ZOO.document_id, "zoo.txt", "动物", passage), -float(len(passages)))
        )
    evidence = tuple(Evidence(stored, stored.passage.start, stored.passage.end, score) for stored, score in passages)
    return Verdict(tuple(passages), evidence, 0.75 if answered else 0.125, answered)


@pytest.fixture
def zoo(home: Home) -> Home:
    home.add(ZOO)
    home.verdict = judged(1, 2, 3, 4, answered=False)
    return home


def test_a_refusal_has_no_number_and_shows_the_nearest_apart(zoo: Home) -> None:
    refused = zoo.ask(refusal, "有哪些动物？")
    assert refused is not None and refused.abstained
    assert (refused.citations, refused.sentences, refused.confidence) == ((), (), 0.125)
    assert refused.text and not re.search(r"\d|\[", refused.text)
    assert [hit.text for hit in refused.nearest] == ["猫在屋顶。", "狗在院子。", "兔在洞里。"]
    assert [hit.score for hit in refused.nearest] == [0.0, -1.0, -2.0]
    assert (refused.trace.way, refused.trace.rule) == ("evidence", "too little evidence")


def test_only_what_is_close_is_shown(zoo: Home) -> None:
    far = zoo.ask(refusal, "火星探测器有多重？")
    assert far is not None and far.nearest == ()
    near = zoo.ask(refusal, "狗，有多重？")
    assert near is not None and near.nearest == ()  # a dog is no word of two characters
    zoo.verdict = replace(judged(1, answered=False), related=True)
    related = zoo.ask(refusal, "火星探测器有多重？")
    assert related is not None and [hit.text for hit in related.nearest] == ["猫在屋顶。"]


def test_a_refusal_speaks_the_askers_language(zoo: Home) -> None:
    chinese, english = zoo.ask(refusal, "動物？"), zoo.ask(refusal, "Which animals?")
    assert chinese is not None and language_of(chinese.text) == "zh"
    assert english is not None and english.text.isascii()
    assert [language_of(text) for text in ("what is 猫", "𠮷", "cat 12", "", "🙂？")] == ["zh", "zh", "en", "en", "en"]


def test_what_may_help_is_said_to_be_related_and_no_answer(zoo: Home) -> None:
    zoo.verdict = replace(judged(1, 2, answered=False), related=True)
    related = zoo.ask(refusal, "有哪些动物？")
    assert related is not None and related.abstained
    assert (related.strength, related.citations) == ("related", ())
    assert "可能相关" in related.text
    english = zoo.ask(refusal, "Which animals?")
    assert english is not None and "related" in english.text
    zoo.verdict = judged(1, 2, answered=False)
    none = zoo.ask(refusal, "有哪些动物？")
    assert none is not None and none.strength == "none"


def test_of_a_series_the_others_are_named(zoo: Home) -> None:
    numbered = parse("rooms.txt", "房间101住周先生。\n房间1010住吴先生。\n".encode("utf-8-sig"), "登记")
    passages = [
        (StoredPassage(n, numbered.document_id, "rooms.txt", "登记", Passage(n, p.start, p.end, (), p.text)), -float(n))
        for n, p in enumerate(whole(numbered, index) for index in range(2))
    ]
    evidence = tuple(Evidence(stored, stored.passage.start, stored.passage.end, score) for stored, score in passages)
    zoo.verdict = Verdict(tuple(RankedPassage(*ranked) for ranked in passages), evidence, 0.1, answered=False)
    refused = zoo.ask(refusal, "房间10住的是谁？")
    assert refused is not None
    assert "没有“房间10”，有房间101、房间1010" in refused.text
    english = zoo.ask(refusal, "Who lives in 房间10?")
    assert english is not None and "房间101" in english.text


def test_nothing_found_is_a_refusal_too(home: Home) -> None:
    refused = home.ask(refusal, "有哪些动物？")
    assert refused is not None
    assert (refused.abstained, refused.nearest, refused.confidence) == (True, (), 0.0)


@pytest.mark.parametrize(
    ("question", "way", "rule", "confidence"),
    [
        ("“虎”出现在哪些地方？", "listing", "no place of the term", 0.75),
        ("动物园条例第九条", "address", "nothing at the address", 0.0),
        ("“虎”在第九条出现在哪里？", None, "", 0.0),
        ("猫在哪里？", None, "", 0.0),
    ],
)
def test_nothing_answers_instead_of_what_is_named_and_not_there(
    zoo: Home, question: str, way: str | None, rule: str, confidence: float
) -> None:
    zoo.verdict = judged(1, 2)
    refused = zoo.ask(not_there, question)
    if way is None:
        assert refused is None
    else:
        assert refused is not None and refused.abstained
        assert (refused.trace.way, refused.trace.rule, refused.confidence) == (way, rule, confidence)


def test_a_refusal_whose_best_sentence_lists_the_items_says_so(zoo: Home) -> None:
    zoo.verdict = judged(1, 5, answered=False)
    refused = zoo.ask(refusal, "“三种颜色”是哪三种？")
    assert refused is not None and refused.trace.way == "list"


def explained(question: str, text: str, *terms: tuple[str, float], section: tuple[str, ...] = ()) -> Hit:
    hit = Hit("d", "d.txt", "渡口", section, 0, 0, len(text), text, -1.0)
    refusal = Answer(question, question, "", True, 0.0, nearest=(hit,), trace=Trace(terms=terms))
    (found,) = explain(refusal, read(question)).nearest
    return found


def test_words_that_are_nowhere_around_are_named_the_rarest_first() -> None:
    hit = explained(
        "渡口，渡船，票价，学生？", "渡船每天开船。", ("渡口", 0.5), ("渡船", 0.6), ("票价", 0.7), ("学生", 0.9)
    )
    assert (hit.lacks, hit.why) == (("学生", "票价"), "lacks_words")  # 渡口 is the title
    under = explained("渡口的票价多少", "每人两元。", ("票价", 0.7), section=("票價",))
    assert (under.lacks, under.why) == ((), "weak")


@pytest.mark.parametrize(
    ("question", "text", "why"),
    [
        ("渡船票价多少元", "渡船票价另行公布。", "other_kind"),
        ("渡船票价多少元", "渡船票价二元。", "weak"),
        ("渡船什么时候开", "渡船不开。", "other_kind"),
        ("渡船什么时候开", "渡船今年开。", "weak"),
        ("渡船为什么停开", "渡船停开。", "weak"),
    ],
)
def test_a_passage_of_another_kind_is_told_from_a_weak_one(question: str, text: str, why: str) -> None:
    hit = explained(question, text, ("渡船", 0.5))
    assert (hit.lacks, hit.why) == ((), why)


def test_a_refusal_says_when_the_languages_differ(zoo: Home) -> None:
    english = zoo.ask(refusal, "Which animals?")
    assert english is not None and english.text.endswith("(The documents are in Chinese.)")
    chinese = zoo.ask(refusal, "有哪些动物？")
    assert chinese is not None and "语言" not in chinese.text
