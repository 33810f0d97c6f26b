"""What a home's people have chosen for everybody who asks there."""

import json
from dataclasses import asdict, dataclass
from typing import Literal, get_args

from bot.storage.database import Database

Strictness = Literal["lenient", "usual", "strict"]
"""How sure an answer must be; the most willing first."""

_NOTE = "preferences"


@dataclass(frozen=True, slots=True)
class Preferences:
    """``strictness`` of refusing, and whether the foremost passages are read in context (``reader``)."""

    strictness: Strictness = "usual"
    reader: bool = True


class PreferenceTable:
    """The preferences of one home. Usable from several threads and processes; any method raises StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def now(self) -> Preferences:
        """Return them as they are now, whichever process has changed them."""
        kept = json.loads(self._database.note(_NOTE) or "{}")
        strictness = kept.get("strictness")  # a newer version may know others
        return Preferences(
            strictness=strictness if strictness in get_args(Strictness) else "usual",
            reader=kept.get("reader") is not False,
        )

    def keep(self, preferences: Preferences) -> None:
        """Keep them, in place of those of before."""
        self._database.keep_note(_NOTE, json.dumps(asdict(preferences)))
