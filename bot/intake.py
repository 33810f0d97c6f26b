"""From files to what the store keeps; documents that older rules have read are read again from their files."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from bot.documents.formats import USUAL, Options, find_format
from bot.documents.parser import ReadFile, document_id, read, read_file
from bot.documents.passages import split_passages
from bot.documents.sandbox import Sandbox
from bot.evidence.versions import version_of
from bot.settings import Settings
from bot.storage.records import PutItem
from bot.storage.store import Store
from bot.types import DocumentError, DocumentInfo, IngestReport, Likeness, Progress, YoujuError

BATCH_BYTES = 4_000_000
"""Files are stored in transactions of about this size, so that memory stays bounded and progress is kept."""

_DEEPEST = 3
"""Files inside files (a mail in an archive) that are opened."""
_NEARLY_SAME = 0.5
_MARK = b"\xef\xbb\xbf"  # The byte order mark of UTF-8: what follows cannot be taken for another encoding.


@dataclass(frozen=True, slots=True)
class File:
    """A file to add: its source (name), its content or where that is, its title and ``password`` where they are known.

    ``depth`` counts the files that it stands in: an archive, a mail.
    """

    source: str
    content: Path | bytes
    title: str | None = None
    password: str = ""
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Prepared:
    """What came of reading a file: the ``item`` to keep, None where it only carries others, which are ``inside``."""

    item: PutItem | None
    inside: tuple[File, ...] = ()


def prepare(file: File, digests: dict[str, str], settings: Settings, sandbox: Sandbox) -> Prepared | None:
    """Read a file; None where the document of its name was made from the very same.

    ``digests`` holds, by document_id, what the documents of the store were made from.

    Raises:
        DocumentError: the file cannot be read.
    """
    data = read(file.source, file.content, settings.max_file_megabytes)
    digest = _digest(data, file.title)
    if digests.get(document_id(file.source)) == digest:
        return None
    one = _read(file, data, sandbox)
    inside = [
        File(f"{file.source}/{part.name}", part.data, None, file.password, file.depth + 1)
        for part in one.attachments
        if find_format(part.name) is not None and file.depth < _DEEPEST
    ]
    if one.document is None and not inside:
        known = ", ".join(USUAL)
        raise DocumentError(
            f"{file.source}: holds no file that can be read ({known}); add the files themselves.",
            f"{file.source}：里面没有可以读取的文件（{known}）；请直接添加这些文件。",
        )
    return Prepared(_item(one, data, digest, settings), tuple(inside))


def prepared(files: Iterable[File], digests: dict[str, str], settings: Settings) -> Iterator[PutItem | IngestReport]:
    """Read files, and those inside them right after; yield what is to be kept, or the report where there is nothing."""
    with Sandbox() as sandbox:
        for given in files:
            waiting = [given]
            while waiting:
                file = waiting.pop(0)
                try:
                    result = prepare(file, digests, settings, sandbox)
                except DocumentError as error:
                    yield IngestReport(file.source, "failed", error_en=error.en, error_zh=error.zh)
                    continue
                if result is None:
                    yield IngestReport(file.source, "unchanged")
                    continue
                if result.item is not None:
                    yield result.item
                waiting = [*result.inside, *waiting]


def note_likeness(store: Store, reports: list[IngestReport]) -> list[IngestReport]:
    """Tell of each document that came in whether one that was there before is nearly the same, or another version."""
    new = {r.document.document_id: r.document for r in reports if r.document and r.status in ("added", "replaced")}
    found = store.alike(list(new)) if new else {}
    nearest = {
        identity: next((one for one in others if _tells(new[identity], one)), None)
        for identity, others in found.items()
    }
    return [replace(r, alike=nearest.get(r.document.document_id)) if r.document else r for r in reports]


def _tells(info: DocumentInfo, other: Likeness) -> bool:
    """Tell whether likeness is worth a line: by itself, or since the names differ by their version alone."""
    if other.share >= _NEARLY_SAME:
        return True
    return version_of(info.title, info.source)[0] == version_of(other.title, other.source)[0]


def read_again(store: Store, settings: Settings, progress: Progress) -> None:
    """Read the documents again that an older version of the parser has read.

    Their ids, names, dates and the titles that were given to them stay. One that can no longer be read is left as it
    is, and tried again the next time.
    """
    outdated = store.outdated()
    batch: list[PutItem] = []
    size = 0
    with Sandbox() as sandbox:
        for done, identity in enumerate(outdated, 1):
            for item in _read_again(store, identity, settings, sandbox):
                batch.append(item)
                size += len(item.document.text)
            if batch and (size > BATCH_BYTES or done == len(outdated)):
                store.renew_many(batch)
                batch, size = [], 0
            progress(done, len(outdated), "read")


def _read_again(store: Store, identity: str, settings: Settings, sandbox: Sandbox) -> Iterator[PutItem]:
    """Yield the document as it is read now; nothing where it cannot be."""
    try:
        stored, kept = store.document(identity), store.original_file(identity)
        data = stored.text.encode() if kept is None else kept
        digest = store.digests()[identity]
        title = None if digest == _digest(data, None) else stored.title
        written = data if kept is not None else _MARK + data
        item = _item(_read(File(stored.source, written, title), written, sandbox), data, digest, settings)
        if item is None:
            return
        if kept is None:
            document = replace(item.document, encoding=stored.encoding, lost=stored.lost)
            item = replace(item, document=document, original=None)
        yield item
    except (YoujuError, UnicodeError):
        return


def _item(one: ReadFile, data: bytes, digest: str, settings: Settings) -> PutItem | None:
    if one.document is None:
        return None
    passages = split_passages(one.document, settings.passage_characters)
    return PutItem(one.document, passages, digest, data, one.reading, one.boxes)


def _read(file: File, data: bytes, sandbox: Sandbox) -> ReadFile:
    source = file.source
    try:
        return read_file(source, data, file.title, sandbox, Options(file.password))
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
