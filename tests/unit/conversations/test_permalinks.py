"""Where a cited sentence stands after its document has changed."""

import pytest

from bot.conversations.kept import Conversations
from bot.conversations.permalinks import CitedPlace, LinkedPlace
from bot.documents.parser import document_id
from bot.types import Answer, Citation, Document, Hit, NotFoundError, QuestionError, digest
from tests.lending import END, FINE, START, TEXT, UNLIKE, document
from tests.parts import OpenBot


def citation(document: Document, quote: str) -> Citation:
    start = document.text.index(quote)
    return Citation(1, document.document_id, "a.txt", "t", (), 0, start, start + len(quote), quote)


def test_a_link_names_place_and_words() -> None:
    cited = citation(document(TEXT), FINE)
    assert cited.target == f"{document_id('a.txt')}.{START}.{END}.{digest(FINE)}"
    hit = Hit(cited.document_id, "a.txt", "t", (), 0, START, END, FINE, 0.5)
    assert hit.target == cited.target
    assert digest("abc") == "ba7816bf"  # the first digits of its SHA-256


def test_a_link_outlives_other_documents_and_a_new_bot(open_bot: OpenBot) -> None:
    bot = open_bot()
    bot.add_bytes("a.txt", TEXT.encode())
    bot.add_bytes("b.txt", b"A cat.")
    target = citation(bot.document(document_id("a.txt")), FINE).target
    found = bot.links.open(target)
    assert found == CitedPlace(
        document_id=document_id("a.txt"),
        source="a.txt",
        title="青溪图书馆借阅办法",
        section=bot.document(document_id("a.txt")).paragraphs[4].section,
        address=None,
        paragraph=4,
        start=START,
        end=END,
        text=FINE,
        cited=FINE,
        state="same",
    )
    bot.add_bytes("c.txt", b"A dog.")
    bot.remove(document_id("b.txt"))
    bot.close()
    again = open_bot()
    assert again.links.open("cite-" + target) == again.links.open(target) == found


@pytest.mark.parametrize("kept", [True, False])
def test_a_changed_text_is_told_and_the_words_help(open_bot: OpenBot, kept: bool) -> None:
    bot = open_bot()
    bot.add_bytes("a.txt", TEXT.encode())
    cited = citation(bot.document(document_id("a.txt")), FINE)
    if kept:
        bot.conversations.append("v", None, Answer("问", "问", FINE, False, 1.0, citations=(cited,)))
    bot.add_bytes("a.txt", TEXT.replace("二角", "五角").encode())
    found = bot.links.open(cited.target)
    assert (found.state, found.text, found.cited, found.paragraph) == (
        ("changed", FINE.replace("二角", "五角"), FINE, 4) if kept else ("gone", "", None, 4)
    )
    bot.remove(cited.document_id)
    with pytest.raises(NotFoundError, match="no longer here") as error:
        bot.links.open(cited.target)
    assert error.value.quote == (FINE if kept else None)
    assert "重新添加" in error.value.zh


def test_the_words_stay_when_the_conversation_goes(open_bot: OpenBot) -> None:
    bot = open_bot()
    bot.add_bytes("a.txt", TEXT.encode())
    cited = citation(bot.document(document_id("a.txt")), FINE)
    kept: Conversations = bot.conversations
    answer = Answer("问", "问", FINE, False, 1.0, citations=(cited,))
    conversation = kept.append("v", None, answer).conversation_id
    kept.remove("v", conversation)
    bot.add_bytes("a.txt", UNLIKE.encode())
    found: LinkedPlace = bot.links.find(cited.target)
    assert (found.cited, found.place.state) == (FINE, "gone")


@pytest.mark.parametrize(
    "target", ["", "x", "a.1.2", "a.1.2.xyz", "a.-1.2.0123abcd", "a.1.2.0123abcd.5", "a.1.2.0123ABCD"]
)
def test_a_broken_link_is_refused(open_bot: OpenBot, target: str) -> None:
    with pytest.raises(QuestionError, match="link is damaged"):
        open_bot().links.open(target)
