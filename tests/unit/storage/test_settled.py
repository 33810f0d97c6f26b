"""Work that reads documents begins anew where one of them changed meanwhile."""

from pathlib import Path

import pytest

from bot.documents.parser import parse
from bot.documents.passages import split_passages
from bot.storage.settled import settled
from bot.storage.store import Store
from bot.types import Document, NotFoundError


def put(store: Store, source: str) -> Document:
    document = parse(source, "港口\n船在港里。\n".encode())
    store.put(document, split_passages(document), source)
    return document


def test_it_begins_anew_after_a_removal_and_fails_where_nothing_changed(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        kept, removed = put(store, "a.txt"), put(store, "b.txt")
        wanted = [info.document_id for info in store.documents()]

        def read() -> list[str]:
            if removed.document_id in wanted:
                store.remove(removed.document_id)
                wanted.remove(removed.document_id)
                store.document(removed.document_id)
            return [store.document(document_id).source for document_id in wanted]

        assert settled(store, read) == [kept.source]
        with pytest.raises(NotFoundError, match=removed.document_id):
            settled(store, lambda: store.document(removed.document_id))
