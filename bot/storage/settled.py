"""Work that reads several documents sees one state of the store."""

from collections.abc import Callable
from typing import TypeVar

from bot.storage.store import Store
from bot.types import NotFoundError, StoreError

Made = TypeVar("Made")


def settled(store: Store, attempt: Callable[[], Made]) -> Made:
    """Return what ``attempt`` does; it begins anew where a document that it read of was replaced or removed meanwhile.

    Raises:
        NotFoundError, StoreError: it failed, and no document has changed since it began.
    """
    while True:
        generation = store.generation
        try:
            return attempt()
        except (NotFoundError, StoreError):
            if store.generation == generation:
                raise
