"""Text in an encoding that a person names, as UTF-8 with its mark: it cannot be taken for another then."""

import codecs
from pathlib import PurePosixPath

from bot.types import DocumentError

MARK = b"\xef\xbb\xbf"
TEXTS = (".txt", ".text", ".md", ".markdown", ".csv", ".tsv", ".html", ".htm", ".xhtml")
"""Files that are text in one encoding: all others say in theirs how they are written."""
_LOST_SHARE = 0.01
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def is_text(source: str) -> bool:
    """Tell whether a file of this name is read in the encoding that a person names."""
    return PurePosixPath(source).suffix.lower() in TEXTS


def recode(source: str, data: bytes, encoding: str) -> bytes:
    """Return a file of text, which is in ``encoding``, in UTF-8.

    Raises ``DocumentError`` where there is no such encoding, or more than one character of a hundred is not in it.
    """
    try:
        text = data.decode(codecs.lookup(encoding).name, "replace")
    except (LookupError, ValueError) as error:
        raise DocumentError(
            f"{source}: there is no text encoding {encoding}; give one such as gb18030, big5 or utf-16.",
            f"{source}：没有名为 {encoding} 的文字编码；请给出 gb18030、big5、utf-16 等。",
        ) from error
    lost = text.count(_REPLACEMENT)
    if lost > _LOST_SHARE * len(text):
        raise DocumentError(
            f"{source}: is not in {encoding}: {lost:,} characters cannot be read; name another encoding, or none.",
            f"{source}：不是 {encoding} 编码：有 {lost:,} 个字符无法读出；请换一种编码，或不指定编码。",
        )
    return MARK + text.removeprefix("\ufeff").encode("utf-8", "replace")
