"""The contract of a way of answering: from a ``Reading`` and the ``Material`` that it may look at to a ``Draft``."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property

from bot.documents.passages import split_sentences
from bot.evidence.enumerations import prefer_enumeration
from bot.evidence.exactness import standing
from bot.evidence.judge import Evidence, Verdict
from bot.evidence.versions import prefer_newer
from bot.language.folding import fold
from bot.question.query import query_of
from bot.question.reading import Reading
from bot.retrieval.sources import source_of, speaks_of
from bot.storage.listed import all_chinese
from bot.storage.marks import Mark, MarkTable
from bot.storage.searching import WordIndex
from bot.storage.store import Store
from bot.structure.counting import Texts
from bot.structure.outlines import answer_outline
from bot.structure.places import Place
from bot.structure.resolving import Resolution, resolve
from bot.types import (
    Answer,
    Citation,
    Document,
    DocumentInfo,
    History,
    Hit,
    ItemCount,
    Part,
    TermCount,
    Timings,
    Way,
)

Weigh = Callable[[Reading, Sequence[str] | None], Verdict]
"""Searches the documents of these ids (None: all) for a question, and judges what is found."""
JudgeParagraph = Callable[[str, int], Sequence[Evidence]]
"""Judges the sentences of a document's paragraph, best first."""
Ask = Callable[[str, History, Sequence[str] | None], Answer]
"""Answers another question, after a history, from the documents of these ids (None: all)."""
Tell = Callable[[Reading | Answer], None]
"""Is told how a question was read, then what of its answer is sure: later answers only go on from it."""
_DEPTH = 200
"""Passages looked at for the documents in which an address is likely to stand, where the question names none."""


def untold(told: Reading | Answer) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What an answer is made from.

    ``way`` and ``rule`` name the way that made it and why it did. ``citations`` are the sentences to say, in order,
    whatever their numbers, each with the support of the same position in ``supports`` (without any: ``confidence``).
    Without citations it is a refusal: ``message`` is what it says, ``nearest`` what it shows, ``related`` whether that
    may help. ``own`` tells that ``note`` answers by itself, from no document's text. ``parts`` divide the citations.
    ``note``, ``items`` and
    ``term_counts`` are those of the answer. ``verdict`` is the judged evidence that it comes from, if it does.
    """

    way: Way
    rule: str
    citations: tuple[Citation, ...] = ()
    supports: tuple[float, ...] = ()
    confidence: float = 1.0
    note: str = ""
    message: str = ""
    items: ItemCount | None = None
    term_counts: tuple[TermCount, ...] = ()
    nearest: tuple[Hit, ...] = ()
    related: bool = False
    verdict: Verdict | None = None
    own: bool = False
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Focus:
    """What an address inside a longer question, or one that is not there, makes of the search for evidence.

    ``scope`` holds the ids of the documents to search (None: all); what stands at ``places`` goes first. ``absent``
    tells that what is asked for by its address is not there. ``way`` names what was pointed at.
    """

    scope: Sequence[str] | None
    places: tuple[Place, ...] = ()
    absent: bool = False
    way: Way = "evidence"


class Material:
    """What the ways may look at to answer one question; each part is found when it is first asked for, and once.

    Args:
        reading: the question.
        documents: ids of the documents to answer from; all where None.
        store: the documents.
        lexical: says which of many documents are likely to have an address.
        weigh: gives judged evidence.
        ask: answers another question; a part of this one.
        starters: gives so many questions to begin with, in documents that the bot was asked of.
        judge_paragraph: judges a paragraph by itself, whatever a search finds.
        tell: is told what of the answer is sure, as soon as it is.

    Raises:
        NotFoundError, StoreError: (from every part) a document was changed or removed meanwhile, or is damaged.
    """

    def __init__(
        self, reading: Reading, documents: Sequence[str] | None, store: Store, lexical: WordIndex, weigh: Weigh,
        ask: Ask, starters: Callable[[int, Sequence[str] | None], list[str]],
        judge_paragraph: JudgeParagraph = lambda document_id, paragraph: (), tell: Tell = untold,
    ) -> None:  # fmt: skip
        self.starters = starters
        self.judge_paragraph = judge_paragraph
        self.ask = ask
        self.tell = tell
        self.documents = documents
        self._wanted = None if documents is None else frozenset(documents)
        self._reading = reading
        self._store = store
        self._lexical = lexical
        self._weigh = weigh
        self._located = 0.0
        self.older: Evidence | None = None

    def load(self, document_id: str) -> Document:
        """Return a document with its text and outline."""
        return self._store.document(document_id)

    @cached_property
    def texts(self) -> Texts:
        """The texts of the documents in scope."""
        listed = self._store.listed().rows
        rows = listed if self._wanted is None else [row for row in listed if row[0] in self._wanted]
        return Texts(rows, self._store.texts, self._lexical.positions)

    @property
    def scope(self) -> tuple[str, ...] | None:
        """The ids of the documents to answer from, in order; None where it is all."""
        return None if self.documents is None else tuple(sorted(set(self.documents)))

    @cached_property
    def marks(self) -> list[Mark]:
        """What people have marked as answers, the newest first."""
        return MarkTable(self._store.database).all()

    @cached_property
    def infos(self) -> tuple[DocumentInfo, ...]:
        """The documents in scope."""
        infos = self._store.listed().infos
        return infos if self._wanted is None else tuple(info for info in infos if info.document_id in self._wanted)

    @property
    def chinese(self) -> bool:
        """Whether the titles of all documents in scope are Chinese."""
        return self._store.listed().chinese if self._wanted is None else all_chinese(self.infos)

    def naming(self, words: Sequence[str]) -> list[str]:
        """Return the ids of the documents in scope whose titles or names have any of some folded words, best first."""
        found = self._store.listed().naming(words)
        return [document_id for _, document_id in found if self._wanted is None or document_id in self._wanted]

    @cached_property
    def resolution(self) -> Resolution | None:
        """Where the addresses of the question lead; None where it has none."""
        if not self._reading.addresses:
            return None
        with self._locating():
            every = (self._reading.addresses, *self._reading.addresses_also)
            found = (resolve(addresses, self.infos, self.load, self._nominate) for addresses in every if addresses)
            first = next(found)
            return first if first.leads else next((other for other in found if other.leads), first)

    @cached_property
    def outline(self) -> tuple[Place, ...]:
        """The headings and openings that answer a question about structure, unless its addresses settle it."""
        request = self._reading.outline
        if request is None or (self.resolution is not None and self.resolution.settles):
            return ()
        with self._locating():
            return tuple(answer_outline(request, self.infos, self.load) or ())

    @cached_property
    def focus(self) -> Focus:
        """What the addresses of the question make of the search for evidence."""
        resolution = self.resolution
        if resolution is None:
            return Focus(self.documents)
        if not resolution.leads:
            # "第三条" may be the third point of a speech; where it is that neither, nothing else is what was asked for.
            articles = all(address.article for address in self._reading.addresses)
            absent = resolution.alone and (resolution.named or articles)
            return Focus(self.documents, absent=absent, way="address" if absent else "evidence")
        # What follows from a violation of an article stands in another one.
        follows = self._reading.consequence and not resolution.alone
        return Focus(resolution.documents, () if follows else resolution.places, way="address")

    @cached_property
    def verdict(self) -> Verdict:
        """The judged evidence: what the question points at first, then what lists as many items as it asks for.

        Newer versions stand before older ones; ``older`` is then what the first sentence has taken the place of.
        """
        verdict = self._weigh_where_it_goes_on() or self._weigh(self._reading, self.focus.scope)
        if self.focus.places and not self.focus.absent:
            verdict = verdict.prefer({(place.document.document_id, place.paragraph) for place in self.focus.places})
        verdict = replace(verdict, sentences=prefer_enumeration(self._reading.items, verdict.sentences))
        versioned = prefer_newer(self._reading.named, verdict)
        self.older = versioned.older
        return versioned.verdict

    @property
    def timings(self) -> Timings:
        """How long the parts took that were asked for so far."""
        verdict: Verdict | None = self.__dict__.get("verdict")
        return replace(verdict.timings if verdict else Timings(), locate=round(self._located, 2))

    def _weigh_where_it_goes_on(self) -> Verdict | None:
        """Judge a follow-up by the document of the answer before, where that says what it asks and answers it."""
        reading = self._reading
        elsewhere = reading.mentions.titles or reading.mentions.years or reading.addresses or reading.comparison
        if not reading.said or self.documents is not None or elsewhere:
            return None
        source = source_of(reading.said, self._lexical, self._store)
        if source is None or not speaks_of(reading.own_terms, self._store.document(source).text):
            return None
        verdict = self._weigh(reading, [source])
        if verdict.answered or reading.side is None:
            return verdict if verdict.answered else None
        # What is said of all of them ("保修两年") does not name the one: its side alone must be said then.
        verdict = self._weigh(replace(reading, query=reading.side), [source])
        said = verdict.answered and all(pair in fold(verdict.sentences[0].text) for pair in reading.side.pairs)
        return verdict if said else None

    def sentences_mentioning(self, text: str, depth: int) -> Iterator[Evidence]:
        """Yield the sentences of the ``depth`` passages in which ``text`` is likeliest to stand, the likeliest first.

        Those that speak of another one of a series than the question names are left out; none of them is judged.
        """
        for stored in self._store.passages(list(self._lexical.search(query_of(text).terms, depth, self.documents))):
            passage = stored.passage
            for start, end in split_sentences(passage.text, 0, len(passage.text)):
                evidence = Evidence(stored, passage.start + start, passage.start + end, 0.0)
                if not standing(self._reading.named, evidence).other:
                    yield evidence

    def place_of(self, evidence: Evidence) -> Place:
        """Return where a sentence stands in its document."""
        document = self.load(evidence.stored.document_id)
        return Place(document, evidence.stored.passage.paragraph, evidence.start, evidence.end)

    def _nominate(self, text: str) -> list[str]:
        """Return ids of documents in which ``text`` is likely to stand, best first, some of them more than once."""
        ids = list(self._lexical.search(query_of(text).terms, _DEPTH, self.documents))
        owners = self._store.documents_of(ids)
        return [owners[passage] for passage in ids if passage in owners]

    @contextmanager
    def _locating(self) -> Iterator[None]:
        started = time.perf_counter()
        yield
        self._located += Timings.since(started)


Answerer = Callable[[Reading, Material], Draft | None]
"""A way of answering: makes a draft, or None where the question is not one for it or the material does not answer."""
