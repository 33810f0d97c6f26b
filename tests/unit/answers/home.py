"""A home for tests of the ways of answering: documents in a store, evidence by hand."""

from collections.abc import Sequence
from pathlib import Path

from bot.answers.contract import Answerer, Material
from bot.answers.finishing import finish
from bot.documents.passages import split_passages
from bot.evidence.judge import Verdict
from bot.question.reading import Reading
from bot.storage.lexical import LexicalIndex
from bot.storage.records import PutItem
from bot.storage.store import Store
from bot.storage.synchronise import synchronise_lexical
from bot.types import Answer, Document, History
from tests.parts import read

NOTHING = Verdict((), (), 0.0, False)


class Home:
    """Documents with their index of words. Weighing gives ``verdict``; ``weighed`` are the scopes it was done in.

    Other questions are answered by ``answers`` one after the other; ``asked`` are these questions.
    """

    def __init__(self, folder: Path) -> None:
        self.store = Store.open(folder)
        self.lexical = LexicalIndex.open(folder / "lexical")
        self.verdict = NOTHING
        self.weighed: list[Sequence[str] | None] = []
        self.asked: list[tuple[str, tuple[tuple[str, str], ...], Sequence[str] | None]] = []
        self.answers: list[Answer] = []
        self.starters: list[str] = []

    def add(self, *documents: Document) -> None:
        self.store.put_many([PutItem(document, split_passages(document), document.text) for document in documents])
        synchronise_lexical(self.store, self.lexical)

    def material(self, reading: Reading | str, documents: Sequence[str] | None = None) -> Material:
        def weigh(_: Reading, scope: Sequence[str] | None) -> Verdict:
            self.weighed.append(scope)
            return self.verdict

        reading = read(reading) if isinstance(reading, str) else reading

        def ask(question: str, history: History, scope: Sequence[str] | None) -> Answer:
            self.asked.append((question, tuple(history), scope))
            return self.answers.pop(0)

        return Material(
            reading,
            documents,
            self.store,
            self.lexical,
            weigh,
            ask,
            starters=lambda limit, scope: self.starters[:limit],
        )

    def ask(self, way: Answerer, reading: Reading | str, documents: Sequence[str] | None = None) -> Answer | None:
        """Return what a way answers, None where it leaves the question to the next."""
        reading = read(reading) if isinstance(reading, str) else reading
        draft = way(reading, self.material(reading, documents))
        return None if draft is None else finish(reading, draft)
