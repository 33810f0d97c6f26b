"""A Milvus: the one file that knows its client. A cluster, or a file (Milvus Lite) that speaks the same, for trials."""

import json
import logging
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from bot.types import StoreError

Row = dict[str, Any]
Consistency = Literal["Strong", "Bounded", "Session", "Eventually"]
_CONSISTENCIES: tuple[Consistency, ...] = ("Strong", "Bounded", "Session", "Eventually")
_PORT = 19530
_PATIENCE = 15.0
"""Seconds that one request may take, with the tries that the client makes."""
_AT_ONCE = 8
_PAGE = 1000
MOST_FOUND = 16_384
"""Milvus gives no more hits for one vector."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a collection; ``size`` is a text's longest, in bytes, or a vector's dimension.

    ``weights`` is a sparse vector: the weight of each dimension that is not 0. Vectors are compared by inner product.
    """

    name: str
    kind: Literal["number", "text", "vector", "weights"]
    size: int = 0
    indexed: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: the row's key, its score, and the columns that were asked for."""

    key: int
    score: float
    row: Row


@dataclass(frozen=True, slots=True)
class _Address:
    """What the client is given; ``where`` tells it to people, without user and password."""

    where: str
    consistency: Consistency
    given: Row


class Milvus:
    """A connection; usable from several threads. Any method raises StoreError where the cluster cannot be used."""

    def __init__(self, url: str) -> None:
        address = _address(url)
        self.where, self._consistency = address.where, address.consistency
        client = _client_of()
        with self._errors():
            self._client: Any = client(**address.given, timeout=_PATIENCE)
        self._beside = ThreadPoolExecutor(_AT_ONCE, "youju-milvus")

    def close(self) -> None:
        """Give the connection back."""
        self._beside.shutdown()
        self._client.close()

    def open(self, name: str, columns: Sequence[Column], *, anew: bool = False) -> None:
        """Make a collection, the first of whose columns is its key, unless it is there; ``anew``: without its rows."""
        with self._errors():
            there = self._client.has_collection(name, timeout=_PATIENCE)
            if there and anew:
                self._client.drop_collection(name)
            if there and not anew:
                self._client.load_collection(name, timeout=_PATIENCE)
            else:
                schema, indexes = _made_of(self._client, columns)
                self._client.create_collection(name, schema=schema, consistency_level="Strong", timeout=_PATIENCE)
                # Of an empty collection they are ready at once; the client would look only after half a second each.
                self._client.create_index(name, indexes, sync=False, timeout=_PATIENCE)
                self._client.load_collection(name, timeout=_PATIENCE)

    def has(self, name: str) -> bool:
        """Tell whether there is such a collection."""
        with self._errors():
            return bool(self._client.has_collection(name, timeout=_PATIENCE))

    def put(self, name: str, rows: Sequence[Row]) -> None:
        """Write rows, in the place of those with the same key."""
        if rows:
            with self._errors():
                self._client.upsert(name, list(rows), timeout=_PATIENCE)

    def delete(self, name: str, condition: str) -> None:
        """Delete the rows of which a condition holds."""
        with self._errors():
            self._client.delete(name, filter=condition, timeout=_PATIENCE)

    def count(self, name: str) -> int:
        """Return how many rows there are."""
        with self._errors():
            rows = self._client.query(
                name, filter="", output_fields=["count(*)"], consistency_level="Strong", timeout=_PATIENCE
            )
        return int(rows[0]["count(*)"])

    def rows(self, name: str, condition: str, columns: Sequence[str]) -> Iterator[Row]:
        """Yield the rows of which a condition holds ("": of all), everything that was written before among them."""
        with self._errors():
            pages = self._client.query_iterator(
                name, batch_size=_PAGE, filter=condition, output_fields=list(columns), consistency_level="Strong",
                timeout=_PATIENCE,
            )  # fmt: skip
            try:
                while page := pages.next():
                    yield from page
            finally:
                pages.close()

    def search(
        self, name: str, column: str, vectors: Sequence[Any], limit: int, conditions: Sequence[str] = ("",),
        columns: Sequence[str] = (),
    ) -> list[list[Found]]:  # fmt: skip
        """Return, of each vector, the best ``limit`` rows of which any of ``conditions`` holds, best first.

        No two conditions may hold of one row. What was written last may be missing, as far as the consistency says.
        """

        def ask(condition: str) -> Any:
            return self._client.search(
                name, data=list(vectors), anns_field=column, limit=min(limit, MOST_FOUND), filter=condition,
                output_fields=list(columns), search_params={"metric_type": "IP"},
                consistency_level=self._consistency, timeout=_PATIENCE,
            )  # fmt: skip

        with self._errors():
            answers = self.together(ask, conditions)
        return [_best(of_each, limit) for of_each in zip(*answers, strict=True)]

    def together(self, ask: Callable[[str], Any], conditions: Sequence[str]) -> list[Any]:
        """Ask for each condition, some at the same time."""
        if len(conditions) < 2:
            return [ask(condition) for condition in conditions]
        return list(self._beside.map(ask, conditions))

    @contextmanager
    def _errors(self) -> Iterator[None]:
        from grpc import RpcError
        from pymilvus.exceptions import MilvusException

        try:
            yield
        except (MilvusException, RpcError) as error:  # some refusals come as they are on the wire
            said = " ".join(str(error.message if isinstance(error, MilvusException) else error.details()).split())
            en, zh = next(line for pattern, line in _CAUSES if re.search(pattern, said, re.IGNORECASE))
            raise StoreError(f"{self.where}: {en} ({said}).", f"{self.where}：{zh}（{said}）。") from None


def _best(answers: Sequence[Any], limit: int) -> list[Found]:
    """Return what some requests found for the same vector, best first."""
    hits = [
        Found(int(hits.ids[place]), float(hits.distances[place]), dict(hits[place]["entity"]))
        for hits in answers
        for place in range(len(hits))
    ]
    return sorted(hits, key=lambda hit: (-hit.score, hit.key))[:limit]


def among(column: str, values: Iterable[int | str]) -> str:
    """Return the condition that a column has one of some values."""
    return f"{column} in {json.dumps(list(values))}"


def _client_of() -> Any:
    try:
        from pymilvus import MilvusClient
    except ImportError:
        raise StoreError(
            'YOUJU_INDEX names a Milvus, whose client is not installed: pip install "pymilvus>=3.0,<4", and for a file '
            '"milvus-lite>=3.2,<4" too.',
            'YOUJU_INDEX 指定了 Milvus，但未安装其客户端：请运行 pip install "pymilvus>=3.0,<4"；'
            '若使用本地文件，还需 "milvus-lite>=3.2,<4"。',
        ) from None
    # It writes each error with its trace, and what was sent, before it raises it.
    logging.getLogger("pymilvus").setLevel(logging.CRITICAL)
    return MilvusClient


def _made_of(client: Any, columns: Sequence[Column]) -> tuple[Any, Any]:
    """Return the client's schema of a collection, and of its indexes."""
    from pymilvus import DataType

    kinds = {
        "number": DataType.INT64, "text": DataType.VARCHAR,
        "vector": DataType.FLOAT_VECTOR, "weights": DataType.SPARSE_FLOAT_VECTOR,
    }  # fmt: skip
    schema, indexes = client.create_schema(auto_id=False), client.prepare_index_params()
    for place, column in enumerate(columns):
        size: Mapping[str, int] = {"text": {"max_length": column.size}, "vector": {"dim": column.size}}.get(
            column.kind, {}
        )
        schema.add_field(column.name, kinds[column.kind], is_primary=place == 0, **size)
        if column.kind == "vector":
            indexes.add_index(column.name, index_type="AUTOINDEX", metric_type="IP")
        elif column.kind == "weights":
            indexes.add_index(column.name, index_type="SPARSE_INVERTED_INDEX", metric_type="IP")
        elif column.indexed:
            indexes.add_index(column.name, index_type="INVERTED")
    return schema, indexes


def _address(url: str) -> _Address:
    """Read an address.

    Raises:
        StoreError: it is none.
    """
    wrong = StoreError(
        "YOUJU_INDEX is no address of a Milvus: write milvus://USER:PASSWORD@HOST:19530/DATABASE?consistency=Strong "
        f"(or {', '.join(_CONSISTENCIES[1:])}; &tls=true), or milvus:/PATH/FILE.db for a file.",
        "YOUJU_INDEX 不是 Milvus 地址：请写成 milvus://用户:密码@主机:19530/数据库?consistency=Strong"
        f"（或 {'、'.join(_CONSISTENCIES[1:])}；&tls=true），本地文件写成 milvus:/路径/文件.db。",
    )
    try:
        parts = urlsplit(url)
        port = parts.port or _PORT
        options = {name: values[-1] for name, values in parse_qs(parts.query, strict_parsing=bool(parts.query)).items()}
    except ValueError:
        raise wrong from None
    consistency = next((c for c in _CONSISTENCIES if c == options.get("consistency", "Strong")), None)
    known = options.keys() <= {"consistency", "tls"} and options.get("tls", "false") in ("true", "false")
    if parts.scheme != "milvus" or consistency is None or not known:
        raise wrong
    if not parts.netloc:
        if not parts.path.endswith(".db"):
            raise wrong
        return _Address(f"milvus:{unquote(parts.path)}", consistency, {"uri": unquote(parts.path)})
    if parts.hostname is None:
        raise wrong
    scheme = "https" if options.get("tls") == "true" else "http"
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    database = unquote(parts.path.strip("/"))
    given = {"uri": f"{scheme}://{host}:{port}", "db_name": database, "token": _token(parts)}
    return _Address(f"milvus://{host}:{port}/{database}", consistency, given)


def _token(parts: SplitResult) -> str:
    """Return user and password as Milvus wants them, or a key that stands alone in their place."""
    said = (parts.username, parts.password)
    return ":".join(unquote(part) for part in said if part is not None)


_CAUSES = (
    (
        r"auth|unauthenticated|permission|privilege|credential",
        ("user or password are not right, or have too few rights", "用户名或密码有误，或权限不足"),
    ),
    (
        r"quota|exhausted|no space|disk|out of memory|insufficient",
        (
            "it is full, or takes nothing at present: give it room, then try again; the documents are kept",
            "空间已满或暂时拒绝写入：请扩容后重试；文档已保存",
        ),
    ),
    (
        r"not (?:found|exist)|doesn't exist|does not exist|not loaded",
        (
            "a collection is gone: it is made again when documents change next, or at the next start",
            "集合不存在：下次文档变动或重新启动时会自动重建",
        ),
    ),
    (
        "",
        (
            "the index cannot be reached or used: check that it runs, its address, user and password, then try again; "
            "the documents are kept",
            "无法连接或使用该索引：请确认它在运行，地址、用户名和密码无误，然后重试；文档已保存",
        ),
    ),
)
