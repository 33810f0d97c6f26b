"""A throw-away home for training: the same store, indexes and features as the bot's."""

import unicodedata
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.documents.parser import document_id, parse
from bot.documents.passages import split_passages
from bot.evidence.features import NAMES, Featuriser
from bot.evidence.judge import EvidenceModel, Judge, Network, Verdict
from bot.evidence.rereading import NOTHING_FOREIGN, Foreign
from bot.evidence.table import Array
from bot.language.everyday import both_of
from bot.language.folding import fold, mostly_han
from bot.question.query import Query, query_of
from bot.retrieval.retriever import Retriever
from bot.storage.bilingual import BilingualIndex
from bot.storage.lexical import LexicalIndex
from bot.storage.records import PutItem
from bot.storage.store import Store, StoredPassage
from bot.storage.synchronise import open_vectors, synchronise_lexical, synchronise_vectors
from bot.structure.stems import stems
from embeddings.bilingual import BilingualEncoder
from embeddings.static import StaticEncoder

CANDIDATES = 32
_SHORT = 8


def bare(text: str) -> str:
    """Return what of a text is compared: folded, without white space."""
    return "".join(unicodedata.normalize("NFKC", text).lower().split())


def asked_as(question: str) -> Query:
    """Return a question as the bot reads it, with its everyday words."""
    query = query_of(question)
    everyday, finding = both_of(query.folded)
    return replace(query, everyday=everyday, finding=finding)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question's candidate sentences.

    ``features`` is ``(n, len(NAMES))``; ``owner`` numbers the passage of each; ``right`` tells which sentences hold
    an accepted answer in the right document; ``answerable`` whether the collection answers the question at all;
    ``topic`` is that of its example.
    """

    features: Array
    owner: npt.NDArray[np.int64]
    right: npt.NDArray[np.bool_]
    answerable: bool
    topic: str


@dataclass(frozen=True, slots=True)
class Example:
    """A question: the source of the document that answers it (None: none does), what the answer may be, the scope.

    ``topic`` is the title of the text that it was asked of: questions of one topic may ask for the same.
    """

    question: str
    topic: str
    source: str | None
    answers: tuple[str, ...] = ()
    scope: str | None = None


class Collection:
    """Documents to ask about, in a folder of their own."""

    def __init__(
        self, home: Path, documents: Iterable[tuple[str, str, str]], encoder: StaticEncoder,
        model: EvidenceModel | None = None,
    ) -> None:  # fmt: skip
        """Store and index ``documents``: (source, title, text); ``model`` is the one that judges, if any."""
        self._store = Store.open(home)
        items = []
        self._chinese: set[bool] = set()
        for source, title, text in documents:
            self._chinese.add(mostly_han(text) is not False)
            document = parse(source, text.encode(), title)
            items.append(PutItem(document, split_passages(document), ""))
        self._store.put_many(items)
        lexical = LexicalIndex.open(home / "lexical")
        synchronise_lexical(self._store, lexical)
        vectors = open_vectors(self._store, home / "vectors.faiss", encoder)
        synchronise_vectors(self._store, home / "vectors.faiss", vectors, encoder, lambda done, total, label: None)
        self._bilingual = BilingualIndex(self._store, BilingualEncoder(), nullcontext)
        self._retriever = Retriever(self._store, lexical, vectors, encoder)
        nothing = Network(np.zeros(1, np.float32), np.ones(1, np.float32), ())
        self._judge = Judge(Featuriser(encoder), model or EvidenceModel(nothing, nothing, 0.0))

    def close(self) -> None:
        """Give back files and connections."""
        self._bilingual.stop()
        self._store.close()

    def verdict(self, question: str, candidates: int) -> Verdict:
        """Search for a question and judge what is found by the model that was given."""
        query = asked_as(question)
        found = self._retriever.candidates(query, candidates)
        return self._judge.judge(query, found, self._retriever.rarities(query))

    def foreign(self, question: str, limit: int) -> Foreign:
        """Return the passages in another language that lie nearest to a question."""
        query = asked_as(question)
        if self._chinese == {query.written_in == "zh"}:
            return NOTHING_FOREIGN
        nearest = self._bilingual.nearest(query.text, query.written_in, limit, None)
        return Foreign(tuple(self._store.passages(nearest.ids)), nearest.rareness)

    def above(self, stored: StoredPassage) -> Sequence[str]:
        """Return the lines that a passage needs above it: see ``stems``."""
        document = self._store.document(stored.document_id)
        return [place.text for place in stems(document, stored.passage.paragraph)]

    def missed(self, source: str, answers: Sequence[str]) -> StoredPassage | None:
        """Return the first passage of a document in which one of ``answers`` (compared ``bare``) stands."""
        own = self._store.passages_of(document_id(source))
        return next((p for p in own if any(answer in bare(p.passage.text) for answer in answers)), None)

    def label(self, examples: Sequence[Example]) -> list[Labelled]:
        """Search for each question and label the sentences found; a question that finds nothing is left out."""
        found = []
        for example in examples:
            query = asked_as(example.question)
            scope = None if example.scope is None else [document_id(example.scope)]
            candidates = self._retriever.candidates(query, CANDIDATES, scope)
            spans, features, owner = self._judge.measure(query, candidates, self._retriever.rarities(query))
            if not len(spans):
                continue
            answers = [fold(answer) for answer in example.answers]
            right = np.zeros(len(spans), np.bool_)
            for row, (place, (start, end)) in enumerate(zip(owner, spans, strict=True)):
                stored = candidates[place].stored
                if stored.source == example.source:
                    offset = stored.passage.start
                    sentence = fold(stored.passage.text[start - offset : end - offset])
                    # Where the answer is longer than a sentence, each of its sentences is right.
                    right[row] = any(a in sentence or (len(sentence) > _SHORT and sentence in a) for a in answers)
            found.append(Labelled(features, owner, right, example.source is not None, example.topic))
        assert all(labelled.features.shape[1] == len(NAMES) for labelled in found)
        return found
