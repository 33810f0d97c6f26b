"""Pages of a document as pictures, for those formats that have such."""

import threading
from collections.abc import Callable

from bot.documents.formats import IsolatedFormat, find_format
from bot.documents.sandbox import Sandbox
from bot.types import NotFoundError, Original

_IDLE_SECONDS = 600.0
"""A process that draws pages is kept for so long after the last one: to start one takes a second."""


class PageView:
    """Draws pages one at a time, in a process of its own.

    ``load`` gives a document's file by its id; ``generation`` tells when any document has changed.
    """

    def __init__(self, load: Callable[[str], Original], generation: Callable[[], int]) -> None:
        self._load = load
        self._generation = generation
        self._held: tuple[tuple[str, int], Original] | None = None
        """The file whose pages were asked for last: people turn over leaves."""
        self._lock = threading.Lock()
        self._sandbox = Sandbox()
        self._idle: threading.Timer | None = None

    def show(self, document_id: str, page: int, width: int) -> bytes:
        """Return a page (from 1) as PNG, ``width`` pixels wide.

        Raises:
            NotFoundError: there is no such document, or it has no pages that could be shown.
            DocumentError: it has no such page, or that cannot be drawn.
        """
        original = self._original(document_id)
        known = shown_format(original.source)
        if known is None:
            raise NotFoundError(
                "This document has no pages to show; read its text.", "这个文档没有可以显示的页面；请阅读其文字。"
            )
        with self._lock:
            self._wait()
            return self._sandbox.show(known, original.source, original.data, page, width)

    def close(self) -> None:
        """End the process."""
        with self._lock:
            if self._idle is not None:
                self._idle.cancel()
            self._sandbox.close()
            self._held = None

    def _original(self, document_id: str) -> Original:
        key, held = (document_id, self._generation()), self._held
        if held is None or held[0] != key:
            held = self._held = key, self._load(document_id)
        return held[1]

    def _wait(self) -> None:
        """End the process when no further page is asked for."""
        if self._idle is not None:
            self._idle.cancel()
        self._idle = threading.Timer(_IDLE_SECONDS, self.close)
        self._idle.daemon = True
        self._idle.start()


def shown_format(source: str) -> IsolatedFormat | None:
    """Return the format of a file whose pages can be shown; None where they cannot."""
    known = find_format(source)
    return known if isinstance(known, IsolatedFormat) and known.show is not None else None
