"""English terms and Chinese ones: the table itself, and which of its terms a question holds."""

import re

import pytest

from bot.language.folding import fold, is_han
from bot.language.glossary import glossary, inflected, translations
from bot.language.glossary_general import LINES as GENERAL
from bot.language.glossary_office import LINES as OFFICE

HELD = [entry.split(": ") for lines in (OFFICE, GENERAL) for entry in re.split("; |\n", lines.strip())]


def test_every_english_term_stands_once_with_chinese_ones() -> None:
    terms = [term for english, _ in HELD for term in english.split(", ")]
    assert 1000 <= len(terms) == len(set(terms)) == len(glossary())
    for term, same in glossary().items():
        assert term == fold(term).strip() and not any(map(is_han, term)) and len(term) > 2, term
        assert len(set(same)) == len(same) and len(term.split()) <= 4, term
        for other in same:
            assert other == fold(other) and 2 <= len(other) <= 8 and any(map(is_han, other)), other


@pytest.mark.parametrize(
    ("question", "terms"),
    [
        ("How many days of annual leave does the law give?", {"annual leave": "年休假", "law": "法律"}),
        ("Who handles ADOPTION registrations?", {"handles": "办理", "adoption": "收养", "registrations": "登记"}),
        ("Parties, permitted copies: who submitted them?", {"parties": "当事人", "copies": "复印件"}),
        ("the employer's subsidies", {"employer's": "用人单位", "subsidies": "补贴"}),
        ("cancelled, borrowing", {"cancelled": "取消", "borrowing": "借用"}),
        ("an embossed quitclaim of leaves", {}),
        ("没休完的年假可以转让吗", {"年假": "annual leave", "转让": "transfer"}),
        ("劳动合同到期", {"劳动合同": "labour contract", "到期": "expire"}),
        ("GDP API是什么", {}),
        ("用APP登录", {"登录": "log in"}),
        ("张三是谁", {}),
        ("E1003?", {}),
    ],
)
def test_the_terms_of_a_question(question: str, terms: dict[str, str]) -> None:
    found = {synonym.term: synonym.same[0] for synonym in translations(fold(question))}
    assert found.items() >= terms.items()
    assert terms or not found


def test_an_english_term_may_be_inflected() -> None:
    assert {"policy", "policies"} <= set(inflected("policy"))
    assert {"day", "days"} <= set(inflected("day"))
    assert {"approve", "approves", "approved", "approving"} <= set(inflected("approve"))
    assert {"permit", "permits", "permitted", "permitting", "tax", "taxes", "taxed"} <= {
        *inflected("permit"), *inflected("tax")
    }  # fmt: skip
    (leave,) = translations("年假")
    assert {"annual leave", "paid leave"} <= set(leave.same)
