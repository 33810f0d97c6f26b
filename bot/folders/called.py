"""Documents as people and programs call them: by id, by path, by title."""

from collections.abc import Iterable, Sequence

from bot.language.folding import fold, in_one_line
from bot.types import DocumentInfo, NotFoundError, QuestionError

_SHOWN = 3
_LONGEST = 80
"""Characters of a name that are repeated."""

NONE_NAMED = QuestionError(
    "The list of documents is empty: name some, or leave it out to ask all of them.",
    "文档列表是空的：请写上要查的文档；要查全部，就不要写这一项。",
)


def called(names: Sequence[str], infos: Iterable[DocumentInfo]) -> list[str]:
    """Return the ids of the documents that ``names`` call, in their order, each once.

    An id goes before a path (the document's ``source``), a path before a title; of a title neither width, case nor the
    marks 《》 count, and one that several documents have means all of them.

    Raises:
        QuestionError: no name is given.
        NotFoundError: no document is called so; the line says which.
    """
    if not names:
        raise NONE_NAMED
    ids: dict[str, list[str]] = {}
    paths: dict[str, list[str]] = {}
    titles: dict[str, list[str]] = {}
    for info in infos:
        ids[info.document_id] = paths[info.source] = [info.document_id]
        titles.setdefault(_title(info.title), []).append(info.document_id)
    names = [name.strip() for name in names]
    found = [ids.get(name) or paths.get(name) or titles.get(_title(name)) or [] for name in names]
    missing = [name for name, those in zip(names, found, strict=True) if not those]
    if missing:
        raise _unknown(list(dict.fromkeys(missing)))
    return list(dict.fromkeys(one for those in found for one in those))


def _title(title: str) -> str:
    return fold(in_one_line(title)).strip("《》 ")


def _unknown(names: Sequence[str]) -> NotFoundError:
    shown = [" ".join(name[:_LONGEST].split()) for name in names[:_SHOWN]]
    more = len(names) - len(shown)
    en = ", ".join(map(repr, shown)) + (f" (and {more} more)" if more else "")
    zh = "、".join(f"“{name}”" for name in shown) + (f"（还有 {more} 个）" if more else "")
    return NotFoundError(
        f"There is no document {en}: list the documents to see their ids, paths and titles.",
        f"没有文档{zh}：请在文档列表里查看编号、路径和标题。",
    )
