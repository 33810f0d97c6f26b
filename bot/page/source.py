"""What the reading pane shows for a link: the document's paragraphs, and where the cited sentence stands in them."""

from typing import Any

from bot.engine import Bot
from bot.page.messages import digest
from bot.types import Document, YoujuError

_AROUND = 200_000
"""Characters shown before and after the cited paragraph of a very long document."""


def source_of(bot: Bot, target: str) -> dict[str, Any]:
    """Return the document behind a link (``cite-``, ``near-`` or ``read-`` and what it names) as JSON.

    ``paragraphs`` hold ``text`` and ``level``; ``at`` is the place of the cited one in that list, ``from``/``to`` the
    cited sentence in it (code points, equal where nothing is marked). ``changed``: the text is no longer what was
    cited. ``cut``: only the part around the citation is there. An error is ``{"error": {"zh": ..., "en": ...}}``.
    """
    kind, _, name = target.partition("-")
    document_id, *span = name.split(".")
    try:
        document = bot.document(document_id)
        if kind == "read":
            return _shown(document, kind, 0, 0, "")
        start, end, cited = int(span[0]), int(span[1]), span[2]
    except YoujuError as error:
        return {"error": {"zh": error.zh, "en": error.en}}
    except (ValueError, IndexError):
        return {"error": {"zh": "这个链接不完整，请重新提问。", "en": "This link is damaged; ask the question again."}}
    return _shown(document, kind, start, end, cited)


def _shown(document: Document, kind: str, start: int, end: int, cited: str) -> dict[str, Any]:
    changed = kind != "read" and digest(document.text[start:end]) != cited
    found = [p for p in document.paragraphs if p.start <= start < p.end] if kind != "read" and not changed else []
    middle = found[0].start if found else 0
    shown = [p for p in document.paragraphs if middle - _AROUND <= p.start <= middle + _AROUND]
    paragraph = found[0] if found else None
    marked = paragraph is not None and kind == "cite"
    return {
        "title": document.title,
        "section": list(paragraph.section) if paragraph else [],
        "number": paragraph.index + 1 if paragraph else None,
        "total": len(document.paragraphs),
        "paragraphs": [{"text": document.text[p.start : p.end], "level": p.level} for p in shown],
        "at": shown.index(paragraph) if paragraph else None,
        "from": start - paragraph.start if paragraph and marked else 0,
        "to": end - paragraph.start if paragraph and marked else 0,
        "changed": changed,
        "cut": len(shown) < len(document.paragraphs),
    }
