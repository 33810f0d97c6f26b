"""Several questions in one message: each is answered once."""

from tests.parts import OpenBot

TEXT = "The clerk keeps the records for each village.\n\nThe registration office is on Lake Road."


def test_a_part_that_is_not_answered_ends_there(open_bot: OpenBot) -> None:
    bot = open_bot()
    bot.add_bytes("a.txt", TEXT.encode())
    # Behind the topic of the first, the second part reads as two questions again.
    for question, quote in (
        ("Who keeps the records for each village and where is the data entered?", TEXT.split("\n")[0]),
        ("Where is the registration office and what are its hours?", TEXT.split("\n")[-1]),
    ):
        answer = bot.ask(question)
        assert [citation.quote for citation in answer.citations] == [quote]
        assert [bool(part.sentences) for part in answer.parts] == [True, False]
