"""What a home's people have chosen for everybody who asks there."""

import json
from dataclasses import asdict, dataclass
from typing import Literal, get_args

from bot.storage.database import Database
from bot.types import Mode, Unsupported

Strictness = Literal["lenient", "usual", "strict"]
"""How sure an answer must be; the most willing first."""

_NOTE = "preferences"
_WRITER = "writer"


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


@dataclass(frozen=True, slots=True)
class WriterChoice:
    """What is chosen of the model that writes: the address of its server ("" where there is none) and its name.

    ``mode`` is how answers are given that are asked for in none, ``unsupported`` what is done with sentences that no
    quote carries, ``proposing`` whether the model may propose searches and questions.
    """

    url: str = ""
    model: str = ""
    mode: Mode = "quotes"
    unsupported: Unsupported = "struck"
    proposing: bool = False


class WriterTable:
    """What one home has chosen of the model that writes, as ``PreferenceTable``. No key is ever kept here."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def now(self) -> WriterChoice:
        """Return it as it is now, whichever process has changed it."""
        kept = json.loads(self._database.note(_WRITER) or "{}")
        blank = WriterChoice()
        return WriterChoice(
            url=str(kept.get("url") or ""),
            model=str(kept.get("model") or ""),
            mode=kept["mode"] if kept.get("mode") in get_args(Mode) else blank.mode,
            unsupported=kept["unsupported"] if kept.get("unsupported") in get_args(Unsupported) else blank.unsupported,
            proposing=kept.get("proposing") is True,
        )

    def keep(self, choice: WriterChoice) -> None:
        """Keep it, in place of that of before."""
        self._database.keep_note(_WRITER, json.dumps(asdict(choice)))
