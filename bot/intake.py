"""From files to what the store keeps; documents that older rules have read are read again from their files."""

import gc
import hashlib
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from bot.documents.formats import USUAL, Options, suffix_of
from bot.documents.parser import ReadFile, read, read_file
from bot.documents.passages import indexed_text, split_passages
from bot.documents.recoding import MARK, is_text, recode
from bot.documents.sandbox import Sandbox
from bot.evidence.versions import version_of
from bot.known import Known
from bot.pages import Notice
from bot.settings import Settings
from bot.storage.records import PutItem
from bot.storage.store import Store
from bot.types import DocumentError, DocumentInfo, IngestReport, Likeness, Progress, YoujuError

BATCH_BYTES = 4_000_000
"""Files are stored in transactions of about this size, so that memory stays bounded and progress is kept."""

MOST_PASSAGES = 600_000
"""Passages of a file; so many are read and indexed within a minute on two cores."""
_TURN_SECONDS = 0.0005
_DEEPEST = 3
"""Files inside files (a mail in an archive) that are opened."""
_NEARLY_SAME = 0.5
_UNLOCKED = Notice(
    "The file stays locked; a copy without its lock is kept here, from which its pages are shown.",
    "文件本身仍是加密的；这里另存了一份解密的副本，用来显示页面。",
)


@dataclass(frozen=True, slots=True)
class File:
    """A file to add: its source (name), its content or where that is, its title and ``password`` where they are known.

    ``encoding`` is that of its text where a person names one, empty where the file is to show it. ``depth`` counts
    the files that it stands in: an archive, a mail.
    """

    source: str
    content: Path | bytes
    title: str | None = None
    password: str = ""
    encoding: str = ""
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Prepared:
    """What came of reading a file: the ``item`` to keep, None where it only carries others, which are ``inside``."""

    item: PutItem | None
    inside: tuple[File, ...] = ()


def prepare(file: File, known: Known, settings: Settings, sandbox: Sandbox) -> Prepared | None:
    """Read a file; None where the document of its name was made from the very same.

    Raises:
        DocumentError: the file cannot be read.
    """
    data = read(file.source, file.content, settings.max_file_megabytes)
    digest = digest_of(data, file.title)
    named = file.encoding if is_text(file.source) else ""
    if known.digest(file.source) == digest and not named:
        return None
    if named:
        data = recode(file.source, data, named)
    one = _read(file, data, sandbox)
    if named and one.document is not None:
        one = replace(one, document=replace(one.document, encoding=named))
    inside = [
        File(f"{file.source}/{part.name}", part.data, None, file.password, depth=file.depth + 1)
        for part in one.attachments
        if suffix_of(part.name) and file.depth < _DEEPEST
    ]
    if one.document is None and not inside:
        kinds = ", ".join(USUAL)
        raise DocumentError(
            f"{file.source}: holds no file that can be read ({kinds}); add the files themselves.",
            f"{file.source}：里面没有可以读取的文件（{kinds}）；请直接添加这些文件。",
        )
    item = _item(one, data, digest, settings)
    return Prepared(item and _named(item, known.identity(file.source)), tuple(inside))


def prepared(
    files: Iterable[File | IngestReport], known: Known, settings: Settings
) -> Iterator[PutItem | IngestReport]:
    """Read files, and those inside them right after; yield what is to be kept, or the report where there is nothing.

    A report in the place of a file is yielded in its turn.
    """
    with Sandbox() as sandbox:
        for file in files:
            if isinstance(file, IngestReport):
                yield file
            else:
                yield from prepared_one(file, known, settings, sandbox)


def prepared_one(given: File, known: Known, settings: Settings, sandbox: Sandbox) -> Iterator[PutItem | IngestReport]:
    """Read a file, and those inside it right after; yield as ``prepared`` does."""
    waiting = [given]
    while waiting:
        file = waiting.pop(0)
        try:
            result = prepare(file, known, settings, sandbox)
        except DocumentError as error:
            yield IngestReport(file.source, "failed", error_en=error.en, error_zh=error.zh)
            continue
        if result is None:
            yield IngestReport(file.source, "unchanged")
            continue
        if result.item is not None:
            yield result.item
        waiting = [*result.inside, *waiting]


@contextmanager
def unhindered() -> Iterator[None]:
    """Let the threads that add work side by side, and look for no rings of dead objects meanwhile.

    A thread that comes back from the database or from numpy waits until another gives way, by itself after 5 ms: ten
    times as long as its next step takes. To look for rings among the millions of objects of a long text takes a
    quarter of the time; what is not in a ring is freed as ever.
    """
    collected, turn = gc.isenabled(), sys.getswitchinterval()
    gc.disable()
    sys.setswitchinterval(min(turn, _TURN_SECONDS))
    try:
        yield
    finally:
        sys.setswitchinterval(turn)
        if collected:
            gc.enable()


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
        title = None if digest == digest_of(data) else stored.title
        written = data if kept is not None else MARK + data
        unlocked = store.unlocked_file(identity)
        one = _read(File(stored.source, written, title), unlocked or written, sandbox)
        item = _item(replace(one, unlocked=unlocked), data, digest, settings)
        if item is None:
            return
        if kept is None:
            document = replace(item.document, encoding=stored.encoding, lost=stored.lost)
            item = replace(item, document=document, original=None)
        yield _named(item, identity)
    except (YoujuError, UnicodeError):
        return


def keep(
    store: Store,
    files: Iterable[File | IngestReport],
    settings: Settings,
    progress: Progress,
    total: int | None,
    begin: Callable[[Sequence[str]], None] = lambda texts: None,
) -> list[IngestReport]:
    """Read files and keep what they hold, a batch at a time; return their reports in order.

    Before a batch is written ``begin`` is called with what is to be indexed of documents that were not there.
    """
    reports: list[IngestReport] = []
    batch: list[PutItem | IngestReport] = []
    size = 0
    progress(0, total or 1, "read")
    known = Known.of(store)
    for done, result in enumerate(prepared(files, known, settings), 1):
        batch.append(result)
        if isinstance(result, PutItem):
            size += len(result.original or b"")
        if size > BATCH_BYTES:
            begin(_new_texts(batch, known))
            reports += _put(store, batch, progress)
            batch, size = [], 0
        progress(min(done, total or done), total or done, "read")
    begin(_new_texts(batch, known))
    return reports + _put(store, batch, progress)


def _new_texts(batch: Sequence[PutItem | IngestReport], known: Known) -> list[str]:
    """Return what is to be indexed of the documents that were not there: of others much may stay as it is."""
    return [
        indexed_text(one.document.title, passage.section, passage.text)
        for one in batch
        if isinstance(one, PutItem) and one.document.document_id not in known.digests
        for passage in one.passages
    ]


def _put(store: Store, batch: Sequence[PutItem | IngestReport], progress: Progress) -> list[IngestReport]:
    """Keep a batch in one transaction; return its reports in order, with those that were there already."""
    items = [one for one in batch if isinstance(one, PutItem)]
    statuses = iter(store.put_many(items, progress) if items else [])
    return [
        one if isinstance(one, IngestReport) else IngestReport(one.document.source, next(statuses)) for one in batch
    ]


def _item(one: ReadFile, data: bytes, digest: str, settings: Settings) -> PutItem | None:
    if one.document is None:
        return None
    passages = split_passages(one.document, settings.passage_characters)
    if (count := len(passages)) > MOST_PASSAGES:
        source = one.document.source
        raise DocumentError(
            f"{source}: {count:,} passages are too many for one file (at most {MOST_PASSAGES:,}); split it into "
            "several files and add those.",
            f"{source}：这个文件有 {count:,} 段，超过一个文件的上限（{MOST_PASSAGES:,} 段）；"
            "请拆分成几个文件后再添加。",
        )
    notices = (*one.reading.notices, *([_UNLOCKED] if one.unlocked else []))
    reading = replace(one.reading, notices=notices)
    return PutItem(one.document, passages, digest, data, reading, one.boxes, one.unlocked)


def _named(item: PutItem, identity: str) -> PutItem:
    """Return it under ``identity``, which is not made of its source where the document was moved."""
    return replace(item, document=replace(item.document, document_id=identity))


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


def digest_of(data: bytes, title: str | None = None) -> str:
    """Return what tells that a document was made from the very same: of a file's content and the title given to it."""
    return hashlib.sha256((title or "").encode() + b"\0" + data).hexdigest()
