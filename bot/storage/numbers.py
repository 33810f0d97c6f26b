"""Numbers of passages into a query and out of it, all of them in one value: each row makes other threads take turns."""

import json
import sqlite3
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from bot.storage.outlines import compact

Ids = npt.NDArray[np.int64]


def as_json(ids: Sequence[int] | Ids) -> str:
    """Return numbers as what ``json_each`` takes."""
    return compact(np.asarray(ids, np.int64).tolist())


def numbers_of(connection: sqlite3.Connection, query: str, values: Sequence[str] = ()) -> Ids:
    """Return what a query yields as ``passage_id``, in its order."""
    row = connection.execute(f"SELECT json_group_array(passage_id) FROM ({query})", values).fetchone()
    return np.array(json.loads(row[0]), np.int64)
