"""Hits: ranked passages, and before them the places that a question points at."""

from bot.answers.hits import as_hit, put_first, rank_hits
from bot.documents.parser import parse
from bot.evidence.judge import Verdict
from bot.storage.store import StoredPassage
from bot.structure.places import whole
from bot.types import Passage
from tests.unit.answers.home import Home

RULES = parse("rules.txt", "树木条例\n第一条 树木由市民爱护。\n第二条 禁止在树上刻划。\n".encode())


def stored(paragraph: int) -> StoredPassage:
    place = whole(RULES, paragraph)
    section = RULES.paragraphs[paragraph].section
    return StoredPassage(
        paragraph,
        RULES.document_id,
        "rules.txt",
        RULES.title,
        Passage(paragraph, place.start, place.end, section, place.text),
    )


def test_a_hit_is_the_passage_with_its_place() -> None:
    hit = as_hit(stored(1), 1.5)
    assert (hit.document_id, hit.source, hit.title, hit.score, hit.page) == (
        RULES.document_id, "rules.txt", "树木条例", 1.5, None,
    )  # fmt: skip
    assert (hit.section, hit.paragraph, hit.text) == (RULES.paragraphs[1].section, 1, "第一条 树木由市民爱护。")
    assert RULES.text[hit.start : hit.end] == hit.text


def test_places_come_before_hits_each_paragraph_once() -> None:
    hits = put_first([whole(RULES, 2)], [as_hit(stored(1), 2.0), as_hit(stored(2), 1.9)])
    assert [hit.paragraph for hit in hits] == [2, 1]
    assert hits[0].text == "第二条 禁止在树上刻划。"
    assert hits[0].score > hits[1].score


def test_a_search_shows_what_stands_at_the_address_first(home: Home) -> None:
    home.add(RULES)
    verdict = Verdict(((stored(1), 2.0), (stored(2), 1.0)), (), 0.5, True)
    hits = rank_hits(home.material("树木条例第二条的规定是谁提出的"), verdict, 2)
    assert [hit.paragraph for hit in hits] == [2, 1]
    assert [hit.address for hit in hits] == ["《树木条例》第二条", "《树木条例》第一条"]
    assert [hit.paragraph for hit in rank_hits(home.material("谁爱护树木"), verdict, 1)] == [1]
