"""How much processor time a process may take, where the system can tell it."""

from collections.abc import Iterator
from contextlib import contextmanager


def limit_seconds(seconds: float) -> tuple[int, int] | None:
    """End this process when it has taken so many more seconds of the processor; return what was set before."""
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return None
    before = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used_seconds() + seconds) + 1, before[1]))
    return before


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """End this process where what runs inside takes more seconds of the processor, or more than it had left anyway."""
    before = limit_seconds(seconds)
    try:
        yield
    finally:
        if before is not None:
            import resource

            resource.setrlimit(resource.RLIMIT_CPU, before)


def used_seconds() -> float:
    """Return the seconds of the processor that this process has taken."""
    import time

    return time.process_time()
