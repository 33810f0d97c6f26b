"""Names of Latin script in a question: the documents that hold them."""

import pytest

from bot.retrieval.names import documents_named
from tests.parts import OpenBot


@pytest.mark.parametrize(
    ("question", "sources"),
    [
        ("Brightfield规定密码几位", {"b.txt"}),
        ("Who is the officer of Brightfield?", {"b.txt"}),
        ("Brightfield has how many offices?", None),  # the first word may have its capital from there
        ("How long must a Password be?", None),  # other texts write it small
        ("Who is the officer of Nowhere?", None),
        ("What is the GDP?", None),
        ("密码几位", None),
    ],
)
def test_a_name_leads_to_the_documents_that_hold_it(open_bot: OpenBot, question: str, sources: set[str] | None) -> None:
    bot = open_bot()
    bot.add_bytes("a.txt", "密码至少八位。The password has eight characters. GDP grew.".encode())
    bot.add_bytes("b.txt", b"Rules of Brightfield. The password has nine characters.")
    found = documents_named(question, bot._indexes.lexical, bot._store)
    names = {info.document_id: info.source for info in bot.documents()}
    assert (found if found is None else {names[one] for one in found}) == sources
