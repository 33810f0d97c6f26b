"""Every template phrases its examples, and makes nothing of its counter-examples."""

import pytest

from bot.suggestions import chinese, chinese_headings, chinese_sentences, english
from bot.suggestions.templates import Source, Template

TABLES = {
    "Chinese headings": chinese_headings.HEADINGS,
    "Chinese paragraphs": chinese.PARAGRAPHS,
    "Chinese sentences": chinese_sentences.SENTENCES,
    "English headings": english.HEADINGS,
    "English sentences": english.SENTENCES,
}
TEMPLATES = [template for table in TABLES.values() for template in table]
EXAMPLES = [(template, source, text) for template in TEMPLATES for source, text in template.examples]
NONE_MADE = [(template, source) for template in TEMPLATES for source in template.counterexamples]


@pytest.mark.parametrize(("template", "source", "text"), EXAMPLES, ids=[row[2] for row in EXAMPLES])
def test_a_template_phrases_its_examples(template: Template, source: Source, text: str) -> None:
    assert list(template.questions(source)) == [text]


@pytest.mark.parametrize(("template", "source"), NONE_MADE, ids=[row[1].text for row in NONE_MADE])
def test_a_template_makes_nothing_of_its_counterexamples(template: Template, source: Source) -> None:
    assert list(template.questions(source)) == []


@pytest.mark.parametrize("table", TABLES)
def test_every_template_has_its_own_name_and_examples(table: str) -> None:
    assert len({template.name for template in TABLES[table]}) == len(TABLES[table])
    assert all(template.examples and template.counterexamples for template in TABLES[table])


@pytest.mark.parametrize(
    ("heading", "clause"),
    [("渔港建设：要加快进度", "要加快进度"), ("加快渔港建设，改善码头设施", "加快渔港建设"), ("", "")],
)
def test_the_clause_that_tells_what_to_do(heading: str, clause: str) -> None:
    assert chinese_headings.clause(heading) == clause
