"""What is wrong with what is kept of folders in step, and of tags: rows that are none, rows that name nothing."""

from collections.abc import Iterator

from bot.documents.identity import document_id
from bot.storage.contract import Connection
from bot.storage.folders import UNREAD, StoredFile, same_name


def damaged_folders(connection: Connection) -> Iterator[str]:
    """Yield folders and files whose rows cannot be true, files without their document, documents without their file."""
    synced = {}
    for name, path, device, synced_at in connection.execute("SELECT name, path, device, synced_at FROM folders"):
        synced[name] = synced_at is not None
        if not (_is_text(name, path) and isinstance(device, int | None) and isinstance(synced_at, str | None)):
            yield f"{name}"
    sources = _sources(connection, "documents")
    files = set()
    for name, path, *row in connection.execute(
        "SELECT name, path, size, mtime_ns, digest, own, parser, error_en, error_zh FROM folder_files"
    ):
        source = same_name(f"{name}/{path}")
        files.add(source)
        file = StoredFile(*row)
        if not file.is_whole:
            yield source
        elif file.mtime_ns != UNREAD and file.error_en is None and file.own != (source in sources):
            yield f"{source}: {'has no document' if file.own else 'is a document'}"
    for source in sorted(sources - files - _sources(connection, "origins")):
        name, *parts = source.split("/")
        above = ("/".join((name, *parts[:count])) for count in range(1, len(parts)))
        if parts and synced.get(name, False) and not any(one in files for one in above):
            yield f"{source}: comes of no file"


def damaged_tags(connection: Connection) -> Iterator[str]:
    """Yield tags that are none, and those of no document: none that is there, none that waits for its file."""
    there = {identity for (identity,) in connection.execute("SELECT document_id FROM documents")}
    there |= {identity for (identity,) in connection.execute("SELECT document_id FROM waiting")}
    # In homes from before that was kept, by the names of files that cannot be read.
    for name, path in connection.execute("SELECT name, path FROM folder_files WHERE error_en IS NOT NULL"):
        there.add(document_id(f"{name}/{path}"))
    for identity, tag in connection.execute("SELECT document_id, tag FROM tags"):
        if identity not in there or not _is_text(tag) or "\ufffd" in tag or " ".join(tag.split()) != tag:
            yield f"{identity}: {tag}"


def _sources(connection: Connection, table: str) -> set[str]:
    return {same_name(source) for (source,) in connection.execute(f"SELECT source FROM {table}")}


def _is_text(*values: object) -> bool:
    return all(isinstance(value, str) and value for value in values)
