"""Connections that say nothing, or next to nothing, are closed, so that nobody fills the server with them.

uvicorn ends a connection that is silent after an answer; one that is silent from the start, in the middle of its head
or of its body, or that takes no answer, it would keep for ever.
"""

import asyncio
import socket
from dataclasses import dataclass

from uvicorn.protocols.http.h11_impl import H11Protocol

MOST_CONNECTIONS = 600
"""With so many at work the next request is told to come back. Few systems let a program open more than 1024 files."""
_MOST_KEPT = 400
"""Over so many the connection that has waited longest without asking anything makes room."""


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds that are waited for a head; that a body may come, and an answer be taken, slower than bytes a second.

    ``look`` is how often that is looked at.
    """

    head: float = 10.0
    slow: float = 30.0
    body_rate: float = 500.0
    look: float = 2.0


class PatientProtocol(H11Protocol):
    """A connection that is looked at now and then, until it is closed."""

    patience = Patience()

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to look."""
        super().connection_made(transport)
        # asyncio does so only where a socket was made for TCP by name; else the second half of every short answer waits
        # 40 ms for the other side to confirm the first.
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._began = self.loop.time()
        self._slow_since: float | None = None
        self._received = self._unsent = 0
        self._timer = self.loop.call_later(self.patience.look, self._look)
        if len(self.connections) > _MOST_KEPT:
            self._make_room()

    def connection_lost(self, exc: Exception | None) -> None:
        """Look no longer."""
        self._timer.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Count what comes in."""
        self._received += len(data)
        super().data_received(data)

    def on_response_complete(self) -> None:
        """From now on the next head is waited for."""
        self._began = self.loop.time()
        super().on_response_complete()

    @property
    def waiting_since(self) -> float | None:
        """Since when no request is at work here (loop time); None while one is."""
        return self._began if self.cycle is None or self.cycle.response_complete else None

    def _look(self) -> None:
        now = self.loop.time()
        waiting = self.waiting_since
        if waiting is not None:
            self._slow_since = None
            done = now - waiting >= self.patience.head
        else:
            self._slow_since = (self._slow_since or now) if self._is_slow() else None
            done = self._slow_since is not None and now - self._slow_since >= self.patience.slow
        self._received = 0
        if done:
            self.transport.abort()
        else:
            self._timer = self.loop.call_later(self.patience.look, self._look)

    def _is_slow(self) -> bool:
        """Tell whether the other side has kept us waiting since the last look."""
        unsent = self.transport.get_write_buffer_size()
        taken, self._unsent = self._unsent - unsent, unsent
        if self.cycle.more_body and not self.flow.read_paused:
            return self._received < self.patience.body_rate * self.patience.look
        return self.flow.write_paused and taken <= 0

    def _make_room(self) -> None:
        """Close the connection that has waited longest without a request at work, this new one apart."""
        # One that was closed just now is still among them.
        open_ones = [
            each for each in self.connections if isinstance(each, PatientProtocol) and not each.transport.is_closing()
        ]
        idle = [(each.waiting_since, each) for each in open_ones if each is not self and each.waiting_since is not None]
        if idle and len(open_ones) > _MOST_KEPT:
            min(idle, key=lambda each: each[0])[1].transport.abort()
