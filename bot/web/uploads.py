"""How far the uploads are that are being read, each under the name that its sender gave it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from fastapi import Form, Path

from bot.folders.reports import Going, going
from bot.types import Progress

_LONGEST = 40
UploadName = Annotated[
    str, Form(max_length=_LONGEST, description="Under `/uploads/` and this it is told how far it is.")
]
NamedUpload = Annotated[str, Path(max_length=_LONGEST)]


class Uploads:
    """What is going on. Usable from several threads."""

    def __init__(self) -> None:
        self._going: dict[str, Going] = {}

    def find(self, name: NamedUpload) -> Going | None:
        """Tell how far the upload is that was given this name; null where nothing is known of it."""
        return self._going.get(name)

    @contextmanager
    def telling(self, name: str) -> Iterator[Progress]:
        """Give what is to be told while the upload is read."""

        def tell(done: int, total: int, label: str) -> None:
            if name:
                self._going[name] = going(done, total, label)

        try:
            yield tell
        finally:
            self._going.pop(name, None)
