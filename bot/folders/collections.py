"""Documents that are asked together: those of a folder and below, or those with a tag."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from bot.folders.called import called
from bot.folders.naming import folder_of
from bot.folders.reports import Collection
from bot.storage.store import Store
from bot.storage.tags import TagTable
from bot.types import DocumentError, NotFoundError, QuestionError

_LONGEST_TAG = 40
MOST_TAGS = 20


class Collections:
    """The collections of a home. A folder is named by its path, with slashes; ``in_step`` gives those kept in step."""

    def __init__(self, store: Store, in_step: Callable[[], Iterable[str]], remove: Callable[[list[str]], int]) -> None:
        self._store = store
        self._in_step = in_step
        self._remove = remove
        self._tags = TagTable(store.database)

    def all(self) -> list[Collection]:
        """Return the outermost folders by name, then the tags; a folder's own folders are collections too."""
        sources = self._store.names()
        counts = Counter(source.partition("/")[0] for source in sources if "/" in source)
        kept = set(self._in_step())
        folders = [Collection(name, "folder", counts[name], name in kept) for name in sorted({*counts, *kept})]
        return [*folders, *(Collection(name, "tag", count) for name, count in self._tags.counts().items())]

    def documents(self, name: str) -> list[str]:
        """Return the ids of the documents of a folder, or of those with the tag ``name``, by source.

        Raises:
            NotFoundError: there is neither.
        """
        return self._of_folder(name) or self._tags.documents(name) or self._empty(name)

    def tagged(self, tag: str) -> list[str]:
        """Return the ids of the documents with a tag, by source.

        Raises:
            NotFoundError: no document has it.
        """
        found = self._tags.documents(tag)
        if not found:
            raise NotFoundError(
                f"No document has the tag {tag!r}: list the collections to see which there are.",
                f"没有文档带有标签“{tag}”：请查看集合列表。",
            )
        return found

    def named(self, names: Sequence[str] | None) -> list[str] | None:
        """Return the ids of the documents that are named, each by id, path or title; None where ``names`` is None.

        Raises:
            QuestionError: no document is named.
            NotFoundError: one of them is not there; the line says which.
        """
        return None if names is None else called(names, self._store.documents())

    def scope(
        self, documents: Sequence[str] | None, collection: str | None = None, tag: str | None = None
    ) -> Sequence[str] | None:
        """Return the ids of the documents to look in: those in all that is given; None where nothing is.

        Raises:
            NotFoundError: there is no such collection or tag.
        """
        for given in (
            None if collection is None else self.documents(collection), None if tag is None else self.tagged(tag)
        ):  # fmt: skip
            if given is not None:
                wanted = set(given)
                documents = given if documents is None else [one for one in documents if one in wanted]
        return documents

    def tag(self, document_id: str, tags: Iterable[str]) -> tuple[str, ...]:
        """Give a document these tags, in place of those it has; return them in order.

        Raises:
            NotFoundError: there is no such document.
            QuestionError: a tag is empty or too long, or there are too many.
        """
        wanted = _proper(tags)
        if wanted or not self._tags.of(document_id):  # tags of a document that was lost can be taken away
            self._store.document(document_id)
        self._tags.put_many({document_id: wanted})
        return tuple(wanted)

    def retag(self, document_ids: Sequence[str], add: Iterable[str], remove: Iterable[str]) -> None:
        """Give tags to documents, and take others from them, all or none.

        Raises:
            NotFoundError: one of the documents is not there.
            QuestionError: a tag is empty or too long, or a document would have too many.
        """
        known = {info.document_id: info.tags for info in self._store.documents()}
        for document_id in document_ids:
            if document_id not in known:
                self._store.document(document_id)  # raises
        added, taken = _proper(add), set(_proper(remove))
        self._tags.put_many({one: _proper({*known[one], *added} - taken) for one in document_ids})

    def remove(self, name: str) -> int:
        """Remove all documents of a folder, or with a tag; return how many.

        Raises:
            NotFoundError: there is no such collection.
            DocumentError: it is kept in step with a folder, or part of one that is.
        """
        found = self.documents(name)
        folder = folder_of(f"{name.strip('/')}/", self._in_step())
        if folder is not None:
            raise in_step(folder)
        self._remove(found)
        return len(found)

    def _of_folder(self, name: str) -> list[str]:
        start = name.strip("/") + "/"
        names = self._store.names()
        return [names[source] for source in sorted(names) if source.startswith(start)]

    def _empty(self, name: str) -> list[str]:
        if name.strip("/") in self._in_step():
            return []
        raise NotFoundError(
            f"There is no collection {name!r}: list the collections to see which there are.",
            f"没有名为“{name}”的集合：请查看集合列表。",
        )


def _proper(tags: Iterable[str]) -> list[str]:
    """Return tags in order, each once and without white space around; refuse what is none."""
    wanted = sorted({" ".join(tag.split()) for tag in tags})
    if len(wanted) > MOST_TAGS or not all(0 < len(tag) <= _LONGEST_TAG and tag.isprintable() for tag in wanted):
        raise QuestionError(
            f"A document has up to {MOST_TAGS} tags of 1 to {_LONGEST_TAG} characters each.",
            f"每个文档最多 {MOST_TAGS} 个标签，每个 1 到 {_LONGEST_TAG} 个字。",
        )
    return wanted


def in_step(folder: str) -> DocumentError:
    """The error for a change of what is kept in step with a folder."""
    return DocumentError(
        f"{folder} is kept in step with a folder on disk: change the files there, or forget the folder "
        f"(python -m bot folders remove {folder!r}).",
        f"“{folder}”与磁盘上的文件夹保持同步：请在那里改动文件，或移除这个文件夹"
        f"（python -m bot folders remove {folder!r}）。",
    )
