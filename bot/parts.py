"""Parts of an object that are made, and their modules loaded, when they are first used."""

import threading
from collections.abc import Callable
from functools import cached_property
from typing import Any, Self, TypeVar, overload

T = TypeVar("T")


class made_once(cached_property[T]):
    """As ``cached_property``, but threads that use it at the same time wait for one of them to make it."""

    def __init__(self, make: Callable[[Any], T]) -> None:
        super().__init__(make)
        self._making = threading.RLock()

    @overload
    def __get__(self, instance: None, owner: type[Any] | None = None) -> Self: ...

    @overload
    def __get__(self, instance: object, owner: type[Any] | None = None) -> T: ...

    def __get__(self, instance: object, owner: type[Any] | None = None) -> Self | T:
        """Return the part of ``instance``."""
        if instance is None:
            return self
        with self._making:
            return super().__get__(instance, owner)
