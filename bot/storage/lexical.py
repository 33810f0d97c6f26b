"""BM25 over passages and over whole documents by tantivy, the one file that imports it; and where each text says what.

Terms come from ``bot.language.folding.terms`` and queries are built of terms, never parsed: nothing in a question is an
operator.
The index is derived from the store. Its manifest holds the home's id, a checksum of every file, the store's generation,
and which revision of which document is in it; an index that does not match its manifest is started anew, empty.
"""

import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

import tantivy
from filelock import FileLock, Timeout

from bot.storage.home import make_private
from bot.storage.indexed import joined_bodies, terms_mark
from bot.storage.manifest import MANIFEST, PARTS, TEXTS, Manifest, checksums, is_whole, read_manifest, small_segments
from bot.storage.positions import Filling, Positions
from bot.storage.searching import Terms, highest
from bot.storage.store import StoredPassage
from bot.types import StoreError

_SCHEMA = (
    tantivy.SchemaBuilder()
    .add_unsigned_field("revision", indexed=True, fast=True)
    .add_unsigned_field("passage", fast=True)
    .add_text_field("body", tokenizer_name="terms", index_option="freq")
    .build()
)
_WRITER_BYTES = 64_000_000
_TELLING = 200_000
"""A term in more passages costs most and tells least: among a million, the best 50 are the same without it."""
_SEGMENTS = 7
"""One segment more, and tantivy makes one of them all, however large they are: it counts documents."""
_DOCUMENTS, _BESIDE, _BEFORE = PARTS[1], "gathered", "scattered"
"""Folders: of whole documents, of those put together, and of those before."""
_LATE, _LEAST = 300_000, 1000
"""Characters of documents that are written anew together, in 0.2 s, so that there are fewer segments; and those that
each counts for at least."""
_FEW = 50_000
"""Passages whose whole documents are put together in less time than an update takes anyway."""
_Parts = tuple[tantivy.Index, tantivy.Index]
"""The index of passages, and that of documents."""


PassagesOf = Callable[[str], Sequence[StoredPassage]]


@dataclass(frozen=True, slots=True)
class Addition:
    """A document to index, with all its passages; without its ``text`` its words can be searched, and not counted."""

    document_id: str
    revision: int
    passages: Sequence[StoredPassage]
    text: str | None = None


class LexicalIndex:
    """Both levels of the index in one folder. Usable from several threads, by one that updates at a time."""

    def __init__(self, folder: Path, home_id: str) -> None:
        self._folder = folder
        self._mark = f"{terms_mark()} {home_id}"
        self._manifest = Manifest("")
        self._names: dict[int, str] = {}
        self._parts = _in_memory()
        self._positions = Positions()
        self._begun: _Writing | None = None
        self.refresh()

    @classmethod
    def open(cls, folder: Path, home_id: str = "") -> Self:
        """Open the index in ``folder``; where it is missing, damaged, of another format or home, it is empty."""
        return cls(folder, home_id)

    def refresh(self) -> None:
        """Take up what another process has written since, once every file is checked against its checksum."""
        if self._begun:
            return
        manifest = read_manifest(self._folder, self._mark)
        if manifest is not None and manifest == self._manifest:
            return
        if manifest is not None and is_whole(self._folder, manifest, self._manifest.files):
            with suppress(ValueError, OSError):
                self._take(_open_parts(self._folder), Positions.open(self._folder / TEXTS, manifest.texts), manifest)
                return
        # What is in memory goes on being searched while there is nothing whole on disk: another process may be writing
        # it, and only ``update``, which one process does at a time, may begin the folder anew.
        if self._manifest.files:
            self._manifest = Manifest("")

    def begin_anew(self, home_id: str) -> None:
        """Be of another home; what is there is searched until the next update."""
        self._mark = f"{terms_mark()} {home_id}"
        self._manifest = Manifest("")

    @property
    def generation(self) -> int:
        """The store's generation that the index was brought to; 0 for an empty one."""
        return self._manifest.generation

    @property
    def revisions(self) -> dict[str, int]:
        """Which revision of each document is in the index on disk, or begun with, by document_id."""
        if self._begun:
            return dict(self._begun.revisions)
        return dict(self._manifest.revisions) if self._manifest.files else {}

    @property
    def passages(self) -> int:
        """How many passages there are."""
        return int(self._parts[0].searcher().num_docs)

    def holds(self, revisions: Mapping[str, int]) -> bool:
        """Tell whether these documents are in it, in these revisions, and no others."""
        return self._manifest.revisions == revisions

    def document_frequency(self, term: str) -> int:
        """Return in how many passages ``term`` occurs; those removed of late may still count."""
        return int(self._parts[0].searcher().doc_freq("body", term))

    @property
    def positions(self) -> Positions:
        """Where each text says what; those of documents that were removed may be among them."""
        return self._positions

    def begin(self, add: Iterable[Addition]) -> None:
        """Begin with documents before the ``update`` that they belong to: it has that much less to do.

        Call it after ``refresh``, from the process that is to update. Until ``update`` or ``let_go`` others that update
        wait. A document that is in the index is replaced.

        Raises:
            StoreError: the index cannot be written; what was begun is let go.
        """
        with self._told():
            self._begun = self._begun or self._open_writing()
            try:
                for document in add:
                    self._begun.add(document)
            except BaseException:
                self.let_go()
                raise

    def let_go(self) -> None:
        """Forget what was begun, if anything was."""
        begun, self._begun = self._begun, None
        if begun:
            with suppress(ValueError):  # what could not be written is not wanted
                begun.close()

    def update(
        self, generation: int, remove: Iterable[str], add: Iterable[Addition], again: PassagesOf | None = None
    ) -> None:
        """Remove documents, then add documents, and be at ``generation``; on disk when this returns.

        What was begun stays. ``again`` gives the passages of a document that is in the index; without it some of many
        small updates write all documents anew. Call it from one process at a time, after ``refresh``. Searches see the
        index as it was until the end; after an error too, and then the index on disk is started anew by the next
        update.

        Raises:
            StoreError: the index cannot be written.
        """
        with self._told():
            self._take(*self._write(generation, remove, add, again))

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (ValueError, OSError) as error:  # tantivy turns failures of the disk into ValueError
            raise StoreError(
                f"The search index in {self._folder} cannot be written ({error}): check the free space of the disk and "
                "the folder's permissions. The documents are kept, and can be asked.",
                f"无法写入 {self._folder} 中的检索索引（{error}）：请检查磁盘剩余空间和文件夹权限。"
                "文档已保存，可以照常提问。",
            ) from error

    def hold(self, generation: int, add: Iterable[Addition]) -> None:
        """Hold these documents and no others, in memory alone: for a disk that cannot be written."""
        self.let_go()
        writing = _Writing(_in_memory(), Filling(Positions(), None), {}, {})
        writing.finish((), add)
        positions = writing.filling.finish(writing.revisions.values())
        self._take(writing.parts, positions, Manifest(self._mark, generation, writing.revisions))

    # Fewer segments, made behind the scenes

    @property
    def is_scattered(self) -> bool:
        """Whether whole documents stand in so many segments that soon a small update would put all together."""
        try:
            # Those of late documents are put together when they are too many: each has one at most.
            lasting = small_segments(self._folder / _DOCUMENTS) - len(self._manifest.late)
        except OSError:  # there is none, or another process begins it anew
            return False
        return self.passages > _FEW and lasting >= _SEGMENTS - 2

    def gather(self, writing: Callable[[], AbstractContextManager[object]]) -> None:
        """Put whole documents together in a folder beside, while others search and update.

        What was made is taken up under ``writing``, as an update is, unless something has changed meanwhile. Where it
        cannot be made, all stays as it is.
        """
        made, beside = self._manifest, self._folder / _BESIDE
        # One process at a time: whoever comes second finds it done.
        with suppress(Timeout), FileLock(self._folder / f".{_BESIDE}.lock").acquire(timeout=0):
            self._forget(_BESIDE)
            with suppress(ValueError, OSError):  # another process has updated, or the disk is full
                _put_together(self._folder / _DOCUMENTS, beside)
                with writing():
                    self.refresh()
                    if made == self._manifest and not self._begun:
                        self._adopt(beside)
            self._forget(_BESIDE)

    def _adopt(self, documents: Path) -> None:
        self._forget(_BEFORE)
        (self._folder / _DOCUMENTS).rename(self._folder / _BEFORE)
        documents.rename(self._folder / _DOCUMENTS)
        files = checksums(self._folder, self._manifest.files, self._positions.names)
        manifest = replace(self._manifest, files=files, late={})
        manifest.write(self._folder)
        self._take(_open_parts(self._folder), self._positions, manifest)
        self._forget(_BEFORE)

    def _forget(self, name: str) -> None:
        shutil.rmtree(self._folder / name, ignore_errors=True)

    def _open_writing(self) -> "_Writing":
        parts, positions, late = self._parts, self._positions, dict(self._manifest.late)
        if not self._manifest.files:
            shutil.rmtree(self._folder, ignore_errors=True)
            for part in (*PARTS, TEXTS):
                (self._folder / part).mkdir(mode=0o700, parents=True)
            parts, positions, late = _open_parts(self._folder), Positions(), {}
        return _Writing(parts, Filling(positions, self._folder / TEXTS), self.revisions, late)

    def _write(
        self, generation: int, remove: Iterable[str], add: Iterable[Addition], again: PassagesOf | None
    ) -> tuple[_Parts, Positions, Manifest]:
        writing, self._begun = self._begun or self._open_writing(), None

        def unlink() -> None:
            # From here to the new manifest the folder counts as damaged.
            (self._folder / MANIFEST).unlink(missing_ok=True)

        writing.finish(remove, add, again, unlink)
        positions = writing.filling.finish(writing.revisions.values())
        files = checksums(self._folder, self._manifest.files, positions.names)
        manifest = Manifest(self._mark, generation, writing.revisions, files, writing.late)
        manifest.write(self._folder)
        make_private(self._folder.parent)
        for path in (self._folder / TEXTS).iterdir():
            if path.name not in positions.names:
                with suppress(OSError):  # another process still has it open, where that keeps a file
                    path.unlink()
        return writing.parts, positions, manifest

    def search(self, weights: Terms, limit: int, documents: Sequence[str] | None = None) -> dict[int, float]:
        """Return the scores of the best passages by their passage_id, best first.

        ``weights`` are terms, each counted as often as it occurs, or each with its weight. ``documents`` narrows the
        search to these; scores stay as they are without it.
        """
        return self._search(self._parts[0], "passage", weights, limit, documents)

    def search_documents(self, weights: Terms, limit: int, documents: Sequence[str] | None = None) -> dict[str, float]:
        """Return the scores of the best whole documents by their document_id; arguments as in ``search``."""
        names = self._names
        scores = self._search(self._parts[1], "revision", weights, limit, documents)
        return {names[revision]: score for revision, score in scores.items() if revision in names}

    def best(self, queries: Sequence[Terms], limit: int, documents: Sequence[str] | None = None) -> dict[int, float]:
        """Search for each of ``queries``; return the highest score of each passage that any finds, best first."""
        return highest(self.search(query, limit, documents) for query in queries)

    def best_documents(
        self, queries: Sequence[Terms], limit: int, documents: Sequence[str] | None = None
    ) -> dict[str, float]:
        """Search whole documents for each of ``queries``, as ``best``."""
        return highest(self.search_documents(query, limit, documents) for query in queries)

    def best_inside(self, queries: Sequence[Terms], limit: int, documents: Sequence[str]) -> dict[int, float]:
        """Search each of ``documents`` by itself, as ``best``, in any order."""
        found: dict[int, float] = {}
        for document_id in documents:
            found |= self.best(queries, limit, [document_id])
        return found

    def _search(
        self, index: tantivy.Index, number: str, weights: Terms, limit: int, documents: Sequence[str] | None
    ) -> dict[int, float]:
        weighted: Mapping[str, float] = weights if isinstance(weights, Mapping) else Counter(weights)
        searcher = index.searcher()
        if documents is None and searcher.num_docs > _TELLING:
            telling = {term: one for term, one in weighted.items() if searcher.doc_freq("body", term) <= _TELLING}
            weighted = telling or weighted
        query = tantivy.Query.boolean_query(
            [
                (tantivy.Occur.Should, tantivy.Query.boost_query(_term_query(term), float(weight)))
                for term, weight in weighted.items()
                if weight > 0
            ]
        )
        if documents is not None:
            known = self._manifest.revisions
            scope = [known[document_id] for document_id in documents if document_id in known]
            within = tantivy.Query.const_score_query(_revision_query(scope), 0.0)
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, within), (tantivy.Occur.Must, query)])
        hits = searcher.search(query, limit, count=False).hits
        numbers = searcher.fast_field_values(number, [address for _, address in hits])
        scores = {
            int(value): float(score) for value, (score, _) in zip(numbers, hits, strict=True) if value is not None
        }
        return dict(sorted(scores.items(), key=lambda hit: (-hit[1], hit[0])))

    def _take(self, parts: _Parts, positions: Positions, manifest: Manifest) -> None:
        for part in parts:
            part.reload()
        self._parts = parts
        self._positions = positions
        self._names = {revision: document_id for document_id, revision in manifest.revisions.items()}
        self._manifest = manifest


class _Writing:
    """What is written to both parts and to the places, and is in none of them before its end."""

    def __init__(self, parts: _Parts, filling: Filling, revisions: dict[str, int], late: dict[str, int]) -> None:
        self.parts, self.filling, self.revisions, self.late = parts, filling, revisions, late
        self._new: dict[str, int] = {}
        self._passages, self._documents = (part.writer(_WRITER_BYTES, 1) for part in parts)

    def add(self, document: Addition) -> None:
        """Add a document, in the place of another revision of it."""
        if document.document_id in self.revisions:
            self._remove([document.document_id])
        whole, bodies = joined_bodies(document.passages)
        revision = document.revision
        # The whole first: both writers have a thread of their own, and so work at the same time.
        self._documents.add_document(_entry(revision, 0, whole))
        for stored, body in zip(document.passages, bodies, strict=True):
            self._passages.add_document(_entry(revision, stored.passage_id, body))
        if document.text is not None:
            self.filling.add(revision, document.text)
        self.revisions[document.document_id] = revision
        self._new[document.document_id] = max(_LEAST, sum(len(stored.passage.text) for stored in document.passages))

    def finish(
        self, remove: Iterable[str], add: Iterable[Addition], again: PassagesOf | None = None,
        before: Callable[[], None] = lambda: None,
    ) -> None:  # fmt: skip
        """Remove and add documents, and be done. ``before`` is called before anything is final."""
        try:
            self._remove(remove)
            for document in add:
                self.add(document)
            if self._new and sum(self._new.values()) <= _LATE:
                self._gather(again)
            before()
            self._passages.commit()
            self._documents.commit()
        finally:
            self.close()

    def close(self) -> None:
        """Wait until the merges are done: before that files change, and the writers hold their locks."""
        self._passages.wait_merging_threads()
        self._documents.wait_merging_threads()

    def _remove(self, documents: Iterable[str]) -> None:
        revisions = []
        for document_id in documents:
            revisions.append(self.revisions.pop(document_id))
            self.late.pop(document_id, None)
            self._new.pop(document_id, None)
        removed = _revision_query(revisions)
        self._passages.delete_documents_by_query(removed)
        self._documents.delete_documents_by_query(removed)

    def _gather(self, again: PassagesOf | None) -> None:
        """Write documents that came of late anew, with those of this small update, where segments become too many."""
        much = sum(self.late.values()) + sum(self._new.values()) > _LATE
        if again and (much or self.parts[1].searcher().num_segments >= _SEGMENTS):
            for document_id in self.late:
                with suppress(StoreError):  # one that is damaged stays where it is
                    whole, _ = joined_bodies(again(document_id))
                    revision = self.revisions[document_id]
                    self._documents.delete_documents_by_query(_revision_query([revision]))
                    self._documents.add_document(_entry(revision, 0, whole))
        self.late = {} if much else self.late | self._new


def _entry(revision: int, passage_id: int, body: str) -> tantivy.Document:
    entry = tantivy.Document()
    entry.add_unsigned("revision", revision)
    entry.add_unsigned("passage", passage_id)
    entry.add_text("body", body)
    return entry


def _term_query(term: str) -> tantivy.Query:
    return tantivy.Query.term_query(_SCHEMA, "body", term, "freq")


def _revision_query(revisions: Sequence[int]) -> tantivy.Query:
    if len(revisions) == 1:  # half the time of a set, which is matched against every revision there is
        return tantivy.Query.term_query(_SCHEMA, "revision", revisions[0])
    return tantivy.Query.term_set_query(_SCHEMA, "revision", revisions)


def _in_memory() -> _Parts:
    return _open_part(None), _open_part(None)


def _open_parts(folder: Path) -> _Parts:
    passages, documents = (_open_part(folder / part) for part in PARTS)
    return passages, documents


def _open_part(folder: Path | None) -> tantivy.Index:
    index = tantivy.Index(_SCHEMA, None if folder is None else str(folder))
    # The terms come joined by spaces, and no term holds one.
    index.register_tokenizer("terms", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    index.config_reader("manual")
    return index


def _put_together(documents: Path, folder: Path) -> None:
    """Make ``folder`` of what is in ``documents``, and let tantivy make one segment of all small ones."""
    # No file is written twice: the same ones under other names are a copy. Locks are the original's own.
    shutil.copytree(documents, folder, ignore=shutil.ignore_patterns(".*.lock"), copy_function=os.link)
    writer = _open_part(folder).writer(_WRITER_BYTES, 1)
    for _ in range(small_segments(folder), _SEGMENTS + 1):  # with so many it begins; no document has the revision 0
        writer.add_document(_entry(0, 0, ""))
        writer.commit()
    writer.wait_merging_threads()
    writer = _open_part(folder).writer(_WRITER_BYTES, 1)  # what is removed while it is put together stays apart
    writer.delete_documents_by_query(_revision_query([0]))
    writer.commit()
    writer.wait_merging_threads()
