"""From files to what the store keeps; documents that older rules have read are read again from their files."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from bot.documents.parser import document_id, parse, read
from bot.documents.passages import split_passages
from bot.settings import Settings
from bot.storage.records import PutItem
from bot.storage.store import Store
from bot.types import DocumentError, Progress, YoujuError

BATCH_BYTES = 4_000_000
"""Files are stored in transactions of about this size, so that memory stays bounded and progress is kept."""

_MARK = b"\xef\xbb\xbf"  # The byte order mark of UTF-8: what follows cannot be taken for another encoding.


@dataclass(frozen=True, slots=True)
class File:
    """A file to add: its source (name), its content or where that is, its title where it is known."""

    source: str
    content: Path | bytes
    title: str | None = None


def prepare(file: File, digests: dict[str, str], settings: Settings) -> PutItem | None:
    """Read a file; None where the document of its name was made from the very same.

    ``digests`` holds, by document_id, what the documents of the store were made from.

    Raises:
        DocumentError: the file cannot be read.
    """
    data = read(file.source, file.content, settings.max_file_megabytes)
    digest = _digest(data, file.title)
    if digests.get(document_id(file.source)) == digest:
        return None
    return _item(file.source, data, file.title, digest, settings)


def read_again(store: Store, settings: Settings, progress: Progress) -> None:
    """Read the documents again that an older version of the parser has read.

    Their ids, names, dates and the titles that were given to them stay. One that can no longer be read is left as it
    is, and tried again the next time.
    """
    outdated = store.outdated()
    batch: list[PutItem] = []
    size = 0
    for done, identity in enumerate(outdated, 1):
        for item in _read_again(store, identity, settings):
            batch.append(item)
            size += len(item.document.text)
        if batch and (size > BATCH_BYTES or done == len(outdated)):
            store.renew_many(batch)
            batch, size = [], 0
        progress(done, len(outdated), "read")


def _read_again(store: Store, identity: str, settings: Settings) -> Iterator[PutItem]:
    """Yield the document as it is read now; nothing where it cannot be."""
    try:
        stored, kept = store.document(identity), store.original_file(identity)
        data = stored.text.encode() if kept is None else kept
        digest = store.digests()[identity]
        title = None if digest == _digest(data, None) else stored.title
        item = _item(stored.source, data if kept is not None else _MARK + data, title, digest, settings)
        if kept is None:
            document = replace(item.document, encoding=stored.encoding, lost=stored.lost)
            item = replace(item, document=document, original=None)
        yield item
    except (YoujuError, UnicodeError):
        return


def _item(source: str, data: bytes, title: str | None, digest: str, settings: Settings) -> PutItem:
    try:
        document = parse(source, data, title)
        return PutItem(document, split_passages(document, settings.passage_characters), digest, data)
    except DocumentError:
        raise
    except Exception as error:  # One file must not end the adding of all; it says so in its own report.
        name = type(error).__name__
        raise DocumentError(
            f"{source}: could not be read ({name}); save its text as a UTF-8 .txt file and add that, and please "
            "report this file.",
            f"{source}：读取时出错（{name}）；请把其中的文字另存为 UTF-8 的 .txt 后添加，并把这个文件反馈给我们。",
        ) from error


def _digest(data: bytes, title: str | None) -> str:
    return hashlib.sha256((title or "").encode() + b"\0" + data).hexdigest()
