"""What people think of answers, and the test set that is made of it: a complaint becomes a question of ``eval``."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from bot.conversations.kept import Conversations
from bot.documents.formats import MARKDOWN
from bot.question.wording import wording_of
from bot.storage.marks import Mark, MarkTable
from bot.storage.ratings import Feedback, Quote, RatingTable
from bot.storage.store import Store
from bot.structure.places import Place, sentences, whole
from bot.types import Answer, Document, NotFoundError, Rating, StoreError


@dataclass(frozen=True, slots=True)
class RightParagraph:
    """The paragraph that should have been cited; ``paragraph`` is its index in the document."""

    document_id: str
    paragraph: int


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What was written, and the feedback that no test can be made of: nothing was named right, or it is gone."""

    folder: str
    documents: int
    questions: int
    skipped: int


class FeedbackStore:
    """Keeps what people think of answers, beside the documents: ratings, and marks that answer from then on."""

    def __init__(self, store: Store, conversations: Conversations) -> None:
        self._store = store
        self._conversations = conversations
        self._table = RatingTable(store.database)
        self._marks = MarkTable(store.database)

    def rate(
        self,
        visitor: str,
        conversation_id: str,
        turn_id: int,
        rating: Rating | None,
        right: RightParagraph | None = None,
        *,
        guest: bool = False,
    ) -> None:
        """Keep what ``visitor`` thinks of a turn, in place of what was said before; None takes it back.

        A paragraph said to be right is a mark: it answers this question from now on, in place of an older mark.

        Args:
            visitor: whose conversation it is.
            conversation_id: the conversation.
            turn_id: a turn of it.
            rating: what is thought of its answer.
            right: with "bad", the paragraph that should have been cited.
            guest: whether they may only read and ask; what a guest says to be right marks nothing.

        Raises:
            NotFoundError: the visitor has no such conversation, it has no such turn, or there is no such paragraph.
        """
        place = self._place(right) if right is not None and rating == "bad" else None
        said = tuple(Quote(s.document.document_id, s.text) for s in sentences(place)) if place else ()
        answer = self._conversations.rate(visitor, conversation_id, turn_id, rating).answer
        self._marks.remove_of_turn(turn_id)
        if rating is None:
            self._table.remove(turn_id)
            return
        quotes = tuple(Quote(citation.document_id, citation.quote) for citation in answer.citations)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        self._table.keep(Feedback(turn_id, rating, answer.query, answer.abstained, quotes, said, now))
        if place and not guest:
            self._mark(answer, place, turn_id, now)

    def marks(self) -> list[Mark]:
        """Return the marks that stand, the newest first."""
        return self._marks.all()

    def take_back(self, mark_id: int) -> None:
        """Take a mark back: its question is answered as if nobody had marked anything.

        Raises:
            NotFoundError: there is no such mark.
        """
        self._marks.remove(mark_id)

    def ratings(self) -> list[Feedback]:
        """Return everybody's feedback, the oldest first."""
        return self._table.all()

    def export(self, folder: Path) -> ExportReport:
        """Write the home's documents and a question for each piece of feedback, as a folder in BEIR's layout.

        A liked answer names the sentences that it cited, a complaint those of the paragraph that was said to be right;
        a liked refusal is a question that the documents do not answer. What a document says no more is left out.

        Raises:
            NotFoundError: there is no feedback of which a test can be made.
            StoreError: the folder cannot be written.
        """
        documents = {info.document_id: self._store.document(info.document_id) for info in self._store.documents()}
        feedback = self.ratings()
        cases = [_Case(item, _standing(item.answers, documents)) for item in feedback]
        cases = [case for case in cases if case.answers or case.item.unanswerable]
        if not cases:
            raise NotFoundError(
                f"None of {len(feedback)} ratings can be exported: rate answers in the web chat, and where one is "
                "wrong, click the right paragraph.",
                f"{len(feedback)} 条评价中没有可以导出的：请在网页中评价回答；答错时请点选正确的段落。",
            )
        names = {document_id: _name(document) for document_id, document in documents.items()}
        judged = sorted({(n, names[quote.document_id]) for n, case in enumerate(cases) for quote in case.answers})
        try:
            (folder / "qrels").mkdir(parents=True, exist_ok=True)
            _write(folder / "corpus.jsonl", (_json(_row(names[d], document)) for d, document in documents.items()))
            _write(folder / "queries.jsonl", (_json(_query(n, case)) for n, case in enumerate(cases)))
            lines = (f"{number}\t{name}\t1" for number, name in judged)
            _write(folder / "qrels" / "test.tsv", ("query-id\tcorpus-id\tscore", *lines))
        except OSError as error:
            raise StoreError(
                f"{folder} cannot be written ({error.strerror}): choose another folder.",
                f"无法写入 {folder}（{error.strerror}）：请另选文件夹。",
            ) from error
        return ExportReport(str(folder), len(documents), len(cases), len(feedback) - len(cases))

    def _mark(self, answer: Answer, place: Place, turn_id: int, now: str) -> None:
        """Mark what answers a question, in place of what was marked for its wording in the same scope."""
        scope, wording = answer.trace.scope, wording_of(answer.query)
        older = (m.mark_id for m in self.marks() if m.scope == scope and wording_of(m.question) == wording)
        span = (place.document.document_id, place.start, place.end, place.text)
        self._marks.keep(Mark(answer.query, scope, *span, turn_id, now), older)

    def _place(self, right: RightParagraph) -> Place:
        document, number = self._store.document(right.document_id), right.paragraph
        if not 0 <= number < len(document.paragraphs):
            raise NotFoundError(
                f"{document.source} has no paragraph {number + 1}: open it anew and click the right one.",
                f"{document.source} 没有第 {number + 1} 段：请重新打开文档，点选正确的段落。",
            )
        return whole(document, number)


@dataclass(frozen=True, slots=True)
class _Case:
    """A piece of feedback as a test; ``answers`` are the words that answer it and still stand in their document."""

    item: Feedback
    answers: tuple[Quote, ...]


def _standing(quotes: Iterable[Quote], documents: dict[str, Document]) -> tuple[Quote, ...]:
    return tuple(q for q in quotes if q.document_id in documents and q.text in documents[q.document_id].text)


def _name(document: Document) -> str:
    """The id in the corpus: with its suffix where that says how the text is read."""
    suffix = PurePosixPath(document.source).suffix.lower()
    return document.document_id + (suffix if suffix in MARKDOWN else "")


def _row(name: str, document: Document) -> dict[str, Any]:
    return {"_id": name, "title": document.title, "text": document.text, "metadata": {"source": document.source}}


def _query(number: int, case: _Case) -> dict[str, Any]:
    metadata = {"answerable": not case.item.unanswerable, "answers": [quote.text for quote in case.answers]}
    return {"_id": str(number), "text": case.item.question, "metadata": metadata}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _write(path: Path, lines: Iterable[str]) -> None:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
