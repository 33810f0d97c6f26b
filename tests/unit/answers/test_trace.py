"""How an answer was found: counted by hand."""

from bot.answers.contract import Draft
from bot.answers.trace import trace
from bot.evidence.judge import Verdict
from bot.retrieval.retriever import Candidate
from bot.storage.store import StoredPassage
from bot.types import Passage, TermCount, Trace
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
    found = trace(read(QUESTION, builtin), Draft("list", "introduced list", verdict=verdict()))
    assert (found.way, found.rule, found.threshold) == ("list", "introduced list", 0.125)
    assert [passage.paragraph for passage in found.passages] == [6, 5, 4, 3, 2]
    first = found.passages[0]
    assert (first.document_id, first.title, first.section, first.text) == ("d", "渡口", ("班次",), "第6班渡船。")
    assert (first.lexical, first.dense, first.document, first.evidence) == (0.25, 0.75, 1.0, -6.0)


def test_words_are_whole_and_weigh_what_their_rarest_pair_does(builtin: StaticEncoder) -> None:
    terms = dict(trace(read(QUESTION, builtin), Draft("evidence", "", verdict=verdict())).terms)
    assert all(len(word) > 1 and word in QUESTION for word in terms)
    assert next(weight for word, weight in terms.items() if "渡船" in word) == 0.75
    assert next(weight for word, weight in terms.items() if "开船" in word) == 0.5


def test_without_candidates_there_is_nothing_to_show(builtin: StaticEncoder) -> None:
    assert trace(read("什么？", builtin), Draft("evidence", "", verdict=Verdict((), (), 0.0, False))) == Trace()


def test_what_was_counted_is_shown_with_its_terms(builtin: StaticEncoder) -> None:
    draft = Draft("listing", "all term", term_counts=(TermCount("猫", 4, 2, 3),))
    assert trace(read("列出所有“猫”", builtin), draft) == Trace("listing", (("猫", 1.0),), rule="all term")
