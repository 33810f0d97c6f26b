import json
import re
from dataclasses import asdict, fields, replace

import pytest

from bot.answers.best_sentence import compose
from bot.answers.citations import as_hit
from bot.evidence.judge import Evidence, Verdict
from bot.language.languages import language_of
from bot.storage.store import StoredPassage
from bot.types import Answer, Citation, Document, Hit, Passage, Timings, as_json
from tests.parts import read

LINES = ("第一章 𠮷野家", "猫在屋顶🙂。狗在院子。", "兔子在洞里。", "猫在屋顶🙂。", "Birds sing [3].")
TEXT = "\n".join(LINES)
WHICH, WHAT = "有哪些动物？", "猫在屋顶吗"


def document(document_id: str) -> Document:
    return Document(document_id, f"{document_id}.txt", "标题", TEXT, (), "UTF-8")


def evidence(line: int, score: float, sentence: str | None = None) -> Evidence:
    """The whole of a line, or the part of it that is ``sentence``."""
    start = sum(len(before) + 1 for before in LINES[:line])
    passage = Passage(line, start, start + len(LINES[line]), (LINES[0],), LINES[line])
    text = sentence or LINES[line]
    begin = start + LINES[line].index(text)
    return Evidence(StoredPassage(line + 10, "d", "d.txt", "标题", passage), begin, begin + len(text), score)


EVIDENCE = (
    evidence(1, 5.0, "猫在屋顶🙂。"),
    evidence(3, 5.0),
    evidence(2, 5.0),
    evidence(1, 5.0, "狗在院子。"),
    evidence(4, -50.0),
)


def verdict(answered: bool, *sentences: Evidence) -> Verdict:
    passages = {e.stored.passage_id: (e.stored, e.score) for e in reversed(sentences)}
    return Verdict(tuple(reversed(passages.values())), sentences, 0.75 if answered else 0.125, answered)


def answer(question: str = WHICH, *, answered: bool = True) -> Answer:
    return compose(read(question), verdict(answered, *EVIDENCE), document)


def test_a_refusal_has_no_number_and_shows_the_nearest_apart() -> None:
    refused = answer(answered=False)
    assert refused.abstained
    assert (refused.citations, refused.sentences, refused.confidence) == ((), (), 0.125)
    assert refused.text and not re.search(r"\d|\[", refused.text)
    assert not any(line in refused.text for line in LINES)
    assert 1 <= len(refused.nearest) <= 4
    assert [hit.score for hit in refused.nearest] == sorted((hit.score for hit in refused.nearest), reverse=True)
    for hit in refused.nearest:
        assert TEXT[hit.start : hit.end] == hit.text


def test_a_refusal_speaks_the_askers_language() -> None:
    assert language_of(answer("動物？", answered=False).text) == "zh"
    assert answer("Which animals?", answered=False).text.isascii()
    assert [language_of(text) for text in ("what is 猫", "𠮷", "cat 12", "", "🙂？")] == ["zh", "zh", "en", "en", "en"]


def test_nothing_found_is_a_refusal_too() -> None:
    refused = compose(read(WHICH), Verdict((), (), 0.0, False), document)
    assert (refused.abstained, refused.nearest, refused.confidence) == (True, (), 0.0)


@pytest.mark.parametrize("question", [WHICH, WHAT, "如何养猫？", "cats"])
def test_every_sentence_is_quoted_with_its_number_in_order(question: str) -> None:
    given = answer(question)
    assert not given.abstained
    assert given.nearest == ()
    paragraphs = list(dict.fromkeys((c.document_id, c.paragraph) for c in given.citations))
    assert [c.number for c in given.citations] == [
        paragraphs.index((c.document_id, c.paragraph)) + 1 for c in given.citations
    ]
    assert [number for s in given.sentences for number in s.citations] == [c.number for c in given.citations]
    for sentence in given.sentences:
        assert [given.citations[place].quote for place in sentence.evidence] == [sentence.text]
        assert [given.citations[place].number for place in sentence.evidence] == [*sentence.citations]
        assert 0 <= sentence.support <= given.confidence
    assert given.text == "\n".join(f"{s.text}[{s.citations[0]}]" for s in given.sentences)
    assert given.sentences[0].support == pytest.approx(given.confidence) == 0.75
    for citation in given.citations:
        assert TEXT[citation.start : citation.end] == citation.quote


def test_one_sentence_where_one_is_asked_for() -> None:
    assert [c.quote for c in answer(WHAT).citations] == ["猫在屋顶🙂。"]


def test_a_list_takes_close_rivals_and_says_nothing_twice() -> None:
    quotes = [c.quote for c in answer(WHICH).citations]
    assert quotes[0] == "猫在屋顶🙂。"
    assert set(quotes) >= {"兔子在洞里。", "狗在院子。"}
    assert len(set(quotes)) == len(quotes)
    assert "Birds sing [3]." not in quotes


def test_what_was_typed_and_what_was_searched() -> None:
    given = compose(replace(read("猫在哪里 那狗呢？"), question="那狗呢？"), verdict(True, *EVIDENCE), document)
    assert (given.question, given.query) == ("那狗呢？", "猫在哪里 那狗呢？")


@pytest.mark.parametrize("answered", [True, False])
def test_json_gives_the_same_answer_back(answered: bool) -> None:
    given = replace(answer(answered=answered), timings=Timings(search=1.5))
    read = json.loads(json.dumps(as_json(given), ensure_ascii=False))
    assert list(read) == [field.name for field in fields(Answer)]
    citations = tuple(Citation(**{**c, "section": tuple(c["section"])}) for c in read["citations"])
    nearest = tuple(Hit(**{**h, "section": tuple(h["section"]), "lacks": tuple(h["lacks"])}) for h in read["nearest"])
    assert (citations, nearest) == (given.citations, given.nearest)
    assert read["timings"] == asdict(given.timings)
    for name in ("question", "query", "text", "abstained", "confidence", "note", "message"):
        assert read[name] == getattr(given, name)
    for sentence, written in zip(given.sentences, read["sentences"], strict=True):
        assert written == {
            "text": sentence.text,
            "citations": [*sentence.citations],
            "support": sentence.support,
            "evidence": [*sentence.evidence],
        }


def test_a_hit_is_the_passage_with_its_place() -> None:
    stored = EVIDENCE[2].stored
    hit = as_hit(stored, 1.5)
    assert (hit.document_id, hit.source, hit.title, hit.score, hit.page) == ("d", "d.txt", "标题", 1.5, None)
    assert (hit.section, hit.paragraph, hit.text) == ((LINES[0],), 2, LINES[2])
    assert TEXT[hit.start : hit.end] == hit.text
