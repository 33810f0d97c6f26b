"""Addresses of a Milvus, and what is said where it cannot be used: a server here refuses as a cluster does."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest

from bot.storage.milvus import Milvus, _address, among
from bot.types import StoreError

grpc = pytest.importorskip("grpc", reason="Milvus's client is not installed: pip install pymilvus")


@pytest.mark.parametrize(
    ("url", "where", "given"),
    [
        ("milvus:/data/m.db", "milvus:/data/m.db", {"uri": "/data/m.db"}),
        (
            "milvus://me:s%40x@db.example:19531/docs?consistency=Bounded&tls=true", "milvus://db.example:19531/docs",
            {"uri": "https://db.example:19531", "db_name": "docs", "token": "me:s@x"},
        ),
        ("milvus://KEY@db.example", "milvus://db.example:19530/",
         {"uri": "http://db.example:19530", "db_name": "", "token": "KEY"}),
        ("milvus://[::1]:7", "milvus://[::1]:7/", {"uri": "http://[::1]:7", "db_name": "", "token": ""}),
    ],
)  # fmt: skip
def test_addresses(url: str, where: str, given: dict[str, str]) -> None:
    address = _address(url)
    assert (address.where, address.given) == (where, given)
    assert address.consistency == ("Bounded" if "Bounded" in url else "Strong")


@pytest.mark.parametrize(
    "url",
    ["http://h/x", "milvus:/data/m", "milvus://h:port", "milvus://h?consistency=strong", "milvus://h?secret=1",
     "milvus://me:secret@", "milvus://h?tls=yes"],
)  # fmt: skip
def test_what_is_no_address_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(StoreError, match="YOUJU_INDEX is no address") as caught:
        _address(url)
    assert "secret" not in caught.value.en + caught.value.zh


def test_without_its_client_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pymilvus", None)
    with pytest.raises(StoreError, match="pip install") as caught:
        Milvus("milvus://db.example")
    assert "pip install" in caught.value.zh


def test_nobody_there() -> None:
    with pytest.raises(StoreError, match="check that it runs") as caught:
        Milvus("milvus://me:secret@127.0.0.1:1/docs")
    assert caught.value.en.startswith("milvus://127.0.0.1:1/docs: ")
    assert "secret" not in caught.value.en + caught.value.zh and "\n" not in caught.value.en


@pytest.mark.parametrize(
    ("code", "said", "english", "chinese"),
    [
        ("UNAUTHENTICATED", "auth check failure, please check username and password are correct", "user or password",
         "密码有误"),
        ("RESOURCE_EXHAUSTED", "quota exceeded[reason=disk quota exceeded]", "it is full", "空间已满"),
    ],
)  # fmt: skip
def test_a_cluster_that_refuses(code: str, said: str, english: str, chinese: str) -> None:
    with refusing(getattr(grpc.StatusCode, code), said) as port:
        milvus = Milvus(f"milvus://me:secret@127.0.0.1:{port}")
        with pytest.raises(StoreError) as caught:
            milvus.has("youju_passages")
        milvus.close()
    assert english in caught.value.en and chinese in caught.value.zh
    assert "secret" not in caught.value.en + caught.value.zh


@contextmanager
def refusing(code: object, said: str) -> Iterator[int]:
    """A server that lets whoever comes connect, and refuses what is asked then."""
    from pymilvus.grpc_gen.milvus_pb2 import ConnectResponse

    class Refuse(grpc.GenericRpcHandler):
        def service(self, details: Any) -> object:
            if details.method.endswith("/Connect"):
                return grpc.unary_unary_rpc_method_handler(lambda *_: ConnectResponse().SerializeToString())
            return grpc.unary_unary_rpc_method_handler(lambda _, context: context.abort(code, said))

    server = grpc.server(ThreadPoolExecutor(2), handlers=(Refuse(),))
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    try:
        yield port
    finally:
        server.stop(None).wait()


def test_conditions() -> None:
    assert among("document", ["a", 'b"']) == 'document in ["a", "b\\""]'
    assert among("passage", [1, 2]) == "passage in [1, 2]"
