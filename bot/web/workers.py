"""Threads for questions, apart from those that page and documents are served by: one too many takes none."""

from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

import anyio
import anyio.to_thread

from bot.workload import Workload

Made = TypeVar("Made")
_SPARE = 4
"""Threads besides those that answer or wait: what was answered a moment ago is answered again with a full queue."""


class Workers:
    """Runs what answers questions. For one event loop."""

    def __init__(self, workload: Workload) -> None:
        self._workload = workload
        self._most = workload.most + _SPARE
        self._limiter = anyio.CapacityLimiter(self._most)
        self._inside = 0

    def run(self, function: Callable[..., Made], *given: object) -> Coroutine[Any, Any, Made]:
        """Return what waits for ``function(*given)`` in a thread; it must be awaited.

        Raises:
            BusyError: at once, where too many are at work or wait.
        """
        if self._inside >= self._most:
            raise self._workload.refusal()
        self._inside += 1
        return self._run(function, *given)

    async def _run(self, function: Callable[..., Made], *given: object) -> Made:
        try:
            return await anyio.to_thread.run_sync(function, *given, limiter=self._limiter)
        finally:
            self._inside -= 1
