"""The peers, each used as its own documentation says; each library is imported only by the process that measures it."""

from collections import deque
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from tests.peers.contract import Peer, Row, Vector, batches


class Txtai(Peer):
    """txtai: vectors given by an external function, content in SQLite, FAISS, and its own BM25 beside (hybrid)."""

    def __init__(self, folder: Path) -> None:
        from txtai import Embeddings

        self._path = str(folder / "index")
        self._given: deque[Vector] = deque()
        given = self._given  # txtai takes a plain function alone
        self._transform = lambda texts: np.stack([given.popleft() for _ in texts])
        self._embeddings = Embeddings(
            path="external", method="external", transform=self._transform, content=True, hybrid=True
        )

    def _documents(self, rows: Iterable[Row]) -> Iterable[tuple[str, dict[str, str], None]]:
        for row in rows:
            self._given.append(row.vector)
            yield row.key, {"text": row.text, "title": row.title}, None

    def fill(self, rows: Iterable[Row]) -> None:
        self._embeddings.index(self._documents(rows))
        self._embeddings.save(self._path)

    def open(self) -> None:
        self._embeddings.load(self._path, config={"transform": self._transform})

    def search(self, question: str, vector: Vector) -> list[str]:
        self._given.append(vector)
        return [found["text"] for found in self._embeddings.search(question, 10)]

    def add(self, rows: Sequence[Row]) -> None:
        self._embeddings.upsert(self._documents(rows))
        self._embeddings.save(self._path)

    def remove(self, rows: Sequence[Row]) -> None:
        self._embeddings.delete([row.key for row in rows])
        self._embeddings.save(self._path)


class LangChain(Peer):
    """LangChain's FAISS store: all vectors compared, texts in a pickle; there are no words in it."""

    def __init__(self, folder: Path) -> None:
        from langchain_core.embeddings import Embeddings

        class Given(Embeddings):
            """Stands where an encoder would: vectors are always given."""

            def embed_documents(self, texts: list[str]) -> list[list[float]]:
                raise NotImplementedError

            def embed_query(self, text: str) -> list[float]:
                raise NotImplementedError

        self._folder, self._encoder = str(folder), Given()
        self._store: Any = None

    def _put(self, rows: Sequence[Row]) -> None:
        from langchain_community.vectorstores import FAISS

        pairs = [(row.text, row.vector.tolist()) for row in rows]
        more = {"metadatas": [{"title": row.title} for row in rows], "ids": [row.key for row in rows]}
        if self._store is None:
            self._store = FAISS.from_embeddings(pairs, self._encoder, **more)
        else:
            self._store.add_embeddings(pairs, **more)

    def fill(self, rows: Iterable[Row]) -> None:
        for batch in batches(rows, 10_000):
            self._put(batch)
        self._store.save_local(self._folder)

    def open(self) -> None:
        from langchain_community.vectorstores import FAISS

        self._store = FAISS.load_local(self._folder, self._encoder, allow_dangerous_deserialization=True)

    def search(self, question: str, vector: Vector) -> list[str]:
        found = self._store.similarity_search_by_vector(vector.tolist(), k=10)
        return [document.page_content for document in found]

    def add(self, rows: Sequence[Row]) -> None:
        self._put(rows)
        self._store.save_local(self._folder)

    def remove(self, rows: Sequence[Row]) -> None:
        self._store.delete([row.key for row in rows])
        self._store.save_local(self._folder)


class Haystack(Peer):
    """Haystack's store in memory with its BM25, saved as JSON; there are no vectors in it."""

    def __init__(self, folder: Path) -> None:
        self._path = str(folder / "store.json")
        self._store: Any = None

    def _put(self, rows: Iterable[Row]) -> None:
        from haystack import Document

        made = [Document(id=row.key, content=row.text, meta={"title": row.title}) for row in rows]
        self._store.write_documents(made)

    def fill(self, rows: Iterable[Row]) -> None:
        from haystack.document_stores.in_memory import InMemoryDocumentStore

        self._store = InMemoryDocumentStore()
        self.add(rows)

    def open(self) -> None:
        from haystack.document_stores.in_memory import InMemoryDocumentStore

        self._store = InMemoryDocumentStore.load_from_disk(self._path)

    def search(self, question: str, vector: Vector) -> list[str]:
        from haystack.components.retrievers.in_memory import InMemoryBM25Retriever

        found = InMemoryBM25Retriever(self._store, top_k=10).run(question)
        return [document.content for document in found["documents"]]

    def add(self, rows: Iterable[Row]) -> None:
        self._put(rows)
        self._store.save_to_disk(self._path)

    def remove(self, rows: Sequence[Row]) -> None:
        self._store.delete_documents([row.key for row in rows])
        self._store.save_to_disk(self._path)


class Chroma(Peer):
    """Chroma's persistent client: vectors in HNSW, texts in SQLite; words are not searched by rank."""

    def __init__(self, folder: Path) -> None:
        import chromadb

        settings = chromadb.Settings(anonymized_telemetry=False)
        self._client = chromadb.PersistentClient(str(folder), settings)
        self._passages: Any = None

    def fill(self, rows: Iterable[Row]) -> None:
        self.open()
        for batch in batches(rows, self._client.get_max_batch_size()):
            self.add(batch)

    def open(self) -> None:
        # Unit vectors: the nearest by distance are those by cosine.
        self._passages = self._client.get_or_create_collection("passages", embedding_function=None)

    def search(self, question: str, vector: Vector) -> list[str]:
        found: list[str] = self._passages.query(query_embeddings=[vector], n_results=10)["documents"][0]
        return found

    def add(self, rows: Sequence[Row]) -> None:
        self._passages.add(
            ids=[row.key for row in rows], embeddings=[row.vector for row in rows],
            documents=[row.text for row in rows], metadatas=[{"title": row.title} for row in rows],
        )  # fmt: skip

    def remove(self, rows: Sequence[Row]) -> None:
        self._passages.delete([row.key for row in rows])


class Youju(Peer):
    """Youju, found passages alone: the store, words and vectors, fused. It encodes the question itself."""

    reader = "off"

    def __init__(self, folder: Path) -> None:
        from bot.settings import Settings

        self._settings = Settings(home=folder, seeds=None, reader=self.reader)
        self._bot: Any = None

    def fill(self, rows: Iterable[Row]) -> None:
        """Not used: its home is filled from the documents themselves, which it reads and cuts into passages."""
        raise NotImplementedError

    def open(self) -> None:
        from bot import Bot

        self._bot = Bot.open(settings=self._settings)

    def search(self, question: str, vector: Vector) -> list[str]:
        from bot.retrieval.retriever import Retriever

        bot = self._bot
        retriever = Retriever(bot._store, bot._indexes.lexical, bot._indexes.vectors, bot.encoder)
        found = retriever.candidates(bot._reading(question).query, 10)
        return [candidate.stored.passage.text for candidate in found]

    def add(self, rows: Sequence[Row]) -> None:
        self._bot.add_bytes(f"{rows[0].title}.txt", "\n".join(row.text for row in rows).encode())

    def remove(self, rows: Sequence[Row]) -> None:
        source = f"{rows[0].title}.txt"
        (document_id,) = (info.document_id for info in self._bot.documents() if info.source == source)
        self._bot.remove(document_id)


class YoujuSearch(Youju):
    """Youju's search: 48 found passages weighed by their sentences."""

    def search(self, question: str, vector: Vector) -> list[str]:
        return [hit.text for hit in self._bot.search(question)]


class YoujuAsk(Youju):
    """Youju's whole answer: judged, quoted with its places or refused with its proof."""

    def search(self, question: str, vector: Vector) -> list[str]:
        answer = self._bot.ask(question)
        return [*(citation.quote for citation in answer.citations), *(hit.text for hit in answer.nearest)]


class YoujuRead(YoujuAsk):
    """The same as it is out of the box: the foremost passages are read in context first."""

    reader = "builtin"
