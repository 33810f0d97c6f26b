"""What a file format gives: the text of a file, and its lines with what opens them."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.documents.markers import Marker
from bot.pages import Box, Notice, Recognised

__all__ = ["Box", "Content", "Format", "Line", "Notice", "Recognised"]


@dataclass(frozen=True, slots=True)
class Line:
    """A line that becomes a paragraph.

    ``start`` to ``end`` is its span, without white space and without the format's own signs. ``opens`` is the marker
    that its words begin with; ``marker`` what the line counts as in the outline, None for text and for what the format
    says is neither heading nor item (code).
    """

    start: int
    end: int
    marker: Marker | None
    opens: Marker | None


@dataclass(frozen=True, slots=True)
class Content:
    """What was read of a file; ``text`` has line ends normalised to ``\\n``.

    ``title`` is the one that the format itself marks as such, empty where it does not. ``encoding``, ``lost``,
    ``pages`` and ``recognised`` as in ``Document``; ``boxes`` tell where
    the text stands on its pages; ``page_count`` and ``tables`` are counts; ``notices`` as in ``FileReading``.
    """

    text: str
    lines: tuple[Line, ...]
    encoding: str
    lost: int
    title: str = ""
    pages: tuple[tuple[int, int], ...] = ()
    boxes: tuple[Box, ...] = ()
    recognised: tuple[Recognised, ...] = ()
    notices: tuple[Notice, ...] = ()
    page_count: int = 0
    tables: int = 0


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: its ``suffixes`` in lower case, and how it is read.

    ``read`` takes the source (for what an error says) and the file's bytes. It raises ``DocumentError`` where these
    are no such file. ``name`` is how people call it (zh, en).
    """

    name: tuple[str, str]
    suffixes: tuple[str, ...]
    read: Callable[[str, bytes], Content]
