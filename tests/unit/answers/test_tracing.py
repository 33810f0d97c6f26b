"""How an answer was found, and why passages fall short: counted by hand."""

import pytest

from bot.answers.tracing import explain, trace
from bot.evidence.judge import Verdict
from bot.retrieval.retriever import Candidate
from bot.storage.store import StoredPassage
from bot.types import Answer, Hit, Passage, Trace
from embeddings.static import StaticEncoder
from tests.parts import read

QUESTION = "渡船每天几点开船？"


def stored(number: int) -> StoredPassage:
    text = f"第{number}班渡船。"
    return StoredPassage(number, "d", "d.txt", "渡口", Passage(number, 0, len(text), ("班次",), text))


def verdict() -> Verdict:
    candidates = tuple(Candidate(stored(n), float(8 - n), n / 8, 2.0) for n in range(7))
    ranked = tuple((c.stored, float(-c.stored.passage_id)) for c in reversed(candidates))
    rarity = {"渡": 0.9, "渡船": 0.75, "船": 0.25, "开船": 0.5}
    return Verdict(ranked, (), 0.5, True, candidates, rarity, 0.125)


def test_a_trace_shows_the_best_five_with_the_parts_of_their_scores(builtin: StaticEncoder) -> None:
    found = trace(read(QUESTION, builtin), verdict(), "list")
    assert (found.way, found.threshold) == ("list", 0.125)
    assert [passage.paragraph for passage in found.passages] == [6, 5, 4, 3, 2]
    first = found.passages[0]
    assert (first.document_id, first.title, first.section, first.text) == ("d", "渡口", ("班次",), "第6班渡船。")
    assert (first.lexical, first.dense, first.document, first.evidence) == (0.25, 0.75, 1.0, -6.0)


def test_words_are_whole_and_weigh_what_their_rarest_pair_does(builtin: StaticEncoder) -> None:
    terms = dict(trace(read(QUESTION, builtin), verdict(), "evidence").terms)
    assert all(len(word) > 1 and word in QUESTION for word in terms)
    assert next(weight for word, weight in terms.items() if "渡船" in word) == 0.75
    assert next(weight for word, weight in terms.items() if "开船" in word) == 0.5


def test_without_candidates_there_is_nothing_to_show(builtin: StaticEncoder) -> None:
    assert trace(read("什么？", builtin), Verdict((), (), 0.0, False), "evidence") == Trace()


def explained(question: str, text: str, *terms: tuple[str, float], section: tuple[str, ...] = ()) -> Hit:
    hit = Hit("d", "d.txt", "渡口", section, 0, 0, len(text), text, -1.0)
    refusal = Answer(question, question, "", True, 0.0, nearest=(hit,), trace=Trace(terms=terms))
    (found,) = explain(refusal, read(question)).nearest
    return found


def test_words_that_are_nowhere_around_are_named_the_rarest_first() -> None:
    hit = explained("渡口的渡船票价多少", "渡船每天开船。", ("渡口", 0.5), ("渡船", 0.6), ("票价", 0.7), ("学生", 0.9))
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
