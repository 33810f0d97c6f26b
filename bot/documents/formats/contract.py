"""What a file format gives: the text of a file, and its lines with what opens them."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.documents.markers import Marker


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

    ``title`` is the one that the format itself marks as such, empty where it does not. ``encoding`` and ``lost`` as in
    ``Document``.
    """

    text: str
    lines: tuple[Line, ...]
    encoding: str
    lost: int
    title: str = ""


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: its ``suffixes`` in lower case, and how it is read.

    ``read`` takes the source (for what an error says) and the file's bytes. It raises ``DocumentError`` where these
    are no such file.
    """

    suffixes: tuple[str, ...]
    read: Callable[[str, bytes], Content]
