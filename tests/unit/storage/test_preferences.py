"""What a home's people have chosen."""

from bot.storage.database import Database
from bot.storage.preferences import Preferences, PreferenceTable


def test_they_are_kept_and_what_is_not_known_is_as_usual(database: Database) -> None:
    table = PreferenceTable(database)
    assert table.now() == Preferences("usual", reader=True)
    table.keep(Preferences("strict", reader=False))
    assert PreferenceTable(database).now() == Preferences("strict", reader=False)
    database.keep_note("preferences", '{"strictness": "of a newer version", "colour": 1}')
    assert table.now() == Preferences()
    database.close()
