"""What opens a line: every row of the tables against its examples, and what a marker says."""

import pytest

from bot.documents.markers import RULES, MarkerRule, find_marker
from bot.documents.openings import ITEM_RULES, find_opening
from bot.tree import ANY, Kind, Opening

TABLE = [*RULES, *ITEM_RULES]
EXAMPLES = [(rule, *example) for rule in TABLE for example in rule.examples]
COUNTEREXAMPLES = [(rule, line) for rule in TABLE for line in rule.counterexamples]


@pytest.mark.parametrize(("rule", "line", "marker"), EXAMPLES, ids=[f"{r.name}: {line}" for r, line, _ in EXAMPLES])
def test_a_rule_opens_its_examples(rule: MarkerRule, line: str, marker: str) -> None:
    opening = find_opening(line)
    assert opening is not None
    assert (opening.rank, line[: opening.length]) == (rule.rank, marker)
    found = find_marker(line)
    assert (found is None) == (rule in ITEM_RULES)
    assert found is None or (found.rank, found.length) == (rule.rank, len(marker))


@pytest.mark.parametrize(("rule", "line"), COUNTEREXAMPLES, ids=[f"{r.name}: {line}" for r, line in COUNTEREXAMPLES])
def test_a_rule_does_not_open_its_counterexamples(rule: MarkerRule, line: str) -> None:
    opening = find_opening(line)
    assert opening is None or opening.rank != rule.rank or (rule.name, opening.series) == ("roman", "letter")


def test_every_rule_has_a_name_and_examples_of_its_own() -> None:
    names = [rule.name for rule in TABLE]
    assert len(set(names)) == len(names)
    assert all(rule.examples and rule.counterexamples for rule in TABLE)


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("第三条之一 禁止", (3, 1)),
        ("（十二）盆栽", (12, 0)),
        ("③ 行道树", (3, 0)),
        ("1.3 Scope", (3, 0)),
        ("第٣条 养护", (3, 0)),
        ("第一千二百六十条 本法", (1260, 0)),
        ("Article 30. Trees", (30, 0)),
        ("首先，养护", (None, 0)),
        ("Chapter IV", (None, 0)),
        ("- trees", (None, 0)),
    ],
)
def test_the_number_that_opens_a_line(line: str, number: tuple[int | None, int]) -> None:
    opening = find_opening(line)
    assert opening is not None
    assert (opening.number, opening.inserted) == number


@pytest.mark.parametrize(
    ("line", "item"),
    [
        ("（一）古树；", ("21", 1)),
        ("1. 名人种植的树木；", ("23", 1)),
        ("二是书写“答卷”！", ("99", 2)),
        ("第三，巩固成果。", ("99第", 3)),
        ("其二，查清原因。", ("99其", 2)),
        ("首先，查清原因。", ("word", 1)),
        ("其次，处理。", ("word", 2)),
        ("最后，总结经验。", ("word", ANY)),
        ("Third, dry it.", ("word", 3)),
        ("- shelving books", ("-", ANY)),
        ("(b) yards", ("letter", 2)),
        ("(v) yards", ("letter", 22)),
        ("(iv) yards", ("roman", 4)),
        ("第三条 期限", ("", ANY)),
        ("第一章 总则", ("", ANY)),
        ("问1：怎么报名？", ("", ANY)),
        ("【适用1】", ("", ANY)),
    ],
)
def test_what_makes_a_line_an_item(line: str, item: tuple[str, int]) -> None:
    opening = find_opening(line)
    assert opening is not None
    assert (opening.series, opening.place) == item


def test_what_opens_nothing() -> None:
    assert find_opening("树木") is None
    assert find_opening("") is None
    assert find_opening("第十二条 ") == Opening(Kind.ARTICLE, 5, 12)
