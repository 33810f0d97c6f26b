"""Documents as people and programs name them: by id, path or title."""

from collections.abc import Callable, Iterable, Sequence

from bot.types import DocumentInfo, NotFoundError


def ids_of(documents: Callable[[], Iterable[DocumentInfo]], names: Sequence[str] | None) -> list[str] | None:
    """Return the ids of all documents that are named; None, which is all documents, where no list is given.

    Raises:
        NotFoundError: one of the names is no document's; it says which.
    """
    if names is None:
        return None
    known = list(documents())
    return [document_id for name in names for document_id in named_documents(known, name)]


def named_documents(documents: Iterable[DocumentInfo], name: str) -> list[str]:
    """Return the ids of the documents that ``name`` names: of that id, else path, else title.

    They are several where several have one title.

    Raises:
        NotFoundError: there is none; it says which.
    """
    wanted = name.strip()
    known = list(documents)
    for names in (
        [(info.document_id, info.document_id) for info in known],
        [(info.source, info.document_id) for info in known],
        [(info.title, info.document_id) for info in known],
    ):
        if found := [document_id for given, document_id in names if given == wanted]:
            return found
    raise NotFoundError(
        f"There is no document {wanted!r}: list the documents to see their ids, paths and titles.",
        f"没有文档“{wanted}”：请查看文档列表里的编号、路径和标题。",
    )
