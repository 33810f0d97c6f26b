"""Numbers of passages, as they go into queries and come out of them."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Ids = npt.NDArray[np.int64]
Halves = npt.NDArray[np.float16]


def listed(ids: Sequence[int] | Ids) -> list[int]:
    """Return numbers as a list of int, whatever kind they were of."""
    found: list[int] = np.asarray(ids, np.int64).tolist()
    return found
