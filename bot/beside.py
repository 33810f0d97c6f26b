"""What a ``Bot`` has beside asking and adding: loaded when it is used, for who asks by command would wait for it."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import ExitStack
from typing import TYPE_CHECKING

from bot.parts import made_once
from bot.settings import Settings
from bot.storage.store import Store
from bot.types import Document, DocumentInfo, Original, Progress, silent

if TYPE_CHECKING:
    from bot.conversations.page_view import PageView
    from bot.conversations.permalinks import Permalinks
    from bot.conversations.reading_view import Reader
    from bot.folders.manager import Folders
    from bot.writing.desk import Desk
    from bot.writing.writer import SentenceCheck


class Beside(ABC):
    """The documents of a home, and parts over them: ``_store``, which is written under the locks of ``_writing``."""

    settings: Settings
    _store: Store
    _writing: Callable[[], ExitStack]

    @abstractmethod
    def _index(self, progress: Progress = silent) -> None:
        """Bring the indexes up to date."""

    @abstractmethod
    def _checker(self) -> "SentenceCheck":
        """Return what holds written sentences against their quotes."""

    def documents(self) -> list[DocumentInfo]:
        """List the documents by source."""
        return self._store.documents()

    @property
    def generation(self) -> int:
        """Grows with each change of the documents, whichever process makes it."""
        return self._store.generation

    def document(self, document_id: str) -> Document:
        """Return a document with its text and outline.

        Raises:
            NotFoundError: there is no such document.
        """
        return self._store.document(document_id)

    def original(self, document_id: str) -> Original:
        """Return a document's file as it was added; in a home of version 1, its text as UTF-8.

        Raises:
            NotFoundError: there is no such document.
        """
        return self._store.original(document_id)

    @made_once
    def links(self) -> "Permalinks":
        """Links to citations."""
        from bot.conversations.permalinks import Permalinks
        from bot.storage.cited import CitedTable

        return Permalinks(self._store.document, CitedTable(self._store.database))

    @made_once
    def reader(self) -> "Reader":
        """Documents as the reading pane shows them."""
        from bot.conversations.reading_view import Reader

        return Reader(self._store.document, self.links, self._store.page_places)

    @made_once
    def writing(self) -> "Desk":
        """The model that writes."""
        from bot.writing.desk import Desk

        return Desk(self.settings, self._store.database, self._store.document, self._checker)

    @made_once
    def folders(self) -> "Folders":
        """The folders that are kept in step."""
        from bot.folders.manager import Folders
        from bot.folders.syncing import Home

        return Folders(Home(self._store, self.settings, self._writing, self._index))

    @made_once
    def pages(self) -> "PageView":
        """Pages of documents, as pictures."""
        from bot.conversations.page_view import PageView

        return PageView(self._store.pages, lambda: self._store.generation)

    def _stop_beside(self) -> None:
        """End what of these is at work."""
        made = vars(self)
        if "folders" in made:
            self.folders.stop()
        if "pages" in made:
            self.pages.close()
