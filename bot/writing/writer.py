"""Writing an answer: a model is given its quotes, and each sentence it writes is checked before it is told."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol

from bot.structure.places import Load
from bot.types import Answer, Checked, Citation, Language, Mode, Outcome, Timings, Written, WrittenSentence
from bot.writing.chosen import Server, WriterSettings
from bot.writing.evidence import cleared, numbered_on, quotes_of
from bot.writing.model import Ended, Model
from bot.writing.outcomes import line_of
from bot.writing.prompts import Prompt, to_sum_up, to_write
from bot.writing.splitting import Splitter, Unit
from bot.writing.summaries import Section, sections_of

AT_WORK = 8
"""Answers that are written at the same time; who comes on top is told at once."""

Told = Callable[[Answer], None]
"""Is told the answer with what is written of it: at the beginning, and after each sentence."""


class SentenceCheck(Protocol):
    """Holds a sentence against quotes: see ``bot.writing.checking.Checker``."""

    def check(self, sentence: str, quotes: Sequence[str], titles: Sequence[str] = ()) -> Checked:
        """Return how the sentence stands to the quotes."""


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be written: an answer that is no refusal, ``mode``, and the ``language`` of its question."""

    answer: Answer
    mode: Mode
    language: Language


class Writer:
    """Writes answers. Usable from several threads; no more than ``AT_WORK`` are written at a time."""

    def __init__(self, check: Callable[[], SentenceCheck], load: Load) -> None:
        self._check, self._load = check, load
        self._turns = threading.BoundedSemaphore(AT_WORK)

    def write(self, task: Task, settings: WriterSettings, key: str | None, tell: Told) -> Answer:
        """Return the answer with what was written of it; whatever happens, the quoted answer is in it.

        ``settings`` name a server. ``tell`` hears it as it grows; who has gone (``bot.stopping``) stops the model.
        """
        assert settings.server is not None and task.mode != "quotes" and not task.answer.abstained
        page = _Page(task, settings, settings.server, self._check(), tell)
        page.tell()
        if not self._turns.acquire(blocking=False):
            return page.ended("busy")
        try:
            model = Model(settings.server, settings.model, key, settings.seconds, settings.tokens)
            return page.ended(self._written(page, model))
        finally:
            self._turns.release()

    def _written(self, page: "_Page", model: Model) -> Outcome:
        """Write, by sections where a long document is summed up; returns how it ended."""
        task = page.task
        sections = sections_of(task.answer, task.mode, self._load)
        try:
            for section in sections:
                page.write(model, partial(to_sum_up, task.language, section.heading), "paragraph", section)
            quotes = page.carried if sections else quotes_of(task.answer, self._load)
            if quotes:
                prompt = partial(to_write, task.mode, task.language, _asked(task.answer))
                page.write(model, prompt, task.mode, Section("", quotes))
        except Ended as ended:
            return ended.outcome
        return "whole" if page.wrote else "nothing"


class _Page:
    """What is written of one answer, as it grows."""

    def __init__(self, task: Task, settings: WriterSettings, server: Server, check: SentenceCheck, tell: Told) -> None:
        self.task, self._settings, self._check, self._tell = task, settings, check, tell
        self._started = time.perf_counter()
        self._citations = task.answer.citations
        self._sentences: list[WrittenSentence] = []
        self._given: Sequence[Citation] = ()
        self._sent: set[tuple[str, int, int]] = set()
        self._written = Written(task.mode, settings.model, server.host, server.here)

    @property
    def wrote(self) -> bool:
        """Tell whether anything came that was a sentence."""
        return self._written.supported + self._written.unsupported > 0

    @property
    def carried(self) -> tuple[Citation, ...]:
        """The quotes that carry what stands, in their order."""
        places = sorted({at for s in self._sentences if s.standing != "unsupported" for at in s.evidence})
        return tuple(self._citations[at] for at in places)

    def write(
        self, model: Model, prompt: Callable[[Sequence[Citation]], Prompt], mode: Mode, section: Section
    ) -> None:  # fmt: skip
        """Let the model write from the quotes of a section, and take what it writes.

        Raises:
            Ended: it is not whole.
        """
        given = [(quote, said) for quote in section.quotes if (said := cleared(quote)).quote]
        if not given:
            return
        quotes = [quote for quote, _ in given]
        self._given = [said for _, said in given]
        self._sent |= {(quote.document_id, quote.start, quote.end) for quote in quotes}
        self._written = replace(self._written, requests=self._written.requests + 1, quotes=len(self._sent))
        splitter = Splitter(mode)
        for unit in _units(model.stream(prompt(self._given)), splitter):
            self._take(unit, splitter.header, quotes, section.heading)

    def _take(self, unit: Unit, header: tuple[str, ...], quotes: Sequence[Citation], part: str) -> None:
        titles = list(dict.fromkeys(name for said in self._given for name in (said.title, *said.section) if name))
        found = self._check.check(unit.text, [said.quote for said in self._given], titles)
        stands = found.standing != "unsupported"
        written = self._written = replace(
            self._written, header=header or self._written.header,
            supported=self._written.supported + stands, unsupported=self._written.unsupported + (not stands),
        )  # fmt: skip
        if not stands and self._settings.unsupported == "left_out":
            self._written = replace(written, left_out=written.left_out + 1)
            return
        evidence = self._cite([quotes[at] for at in found.quotes]) if stands else ()
        self._sentences.append(
            WrittenSentence(
                text=unit.text,
                standing=found.standing,
                evidence=evidence,
                citations=tuple(dict.fromkeys(self._citations[at].number for at in evidence)),
                lacks=found.lacks,
                support=found.support,
                cells=unit.cells,
                point=unit.point,
                part=part,
            )
        )
        self.tell()

    def _cite(self, quotes: Sequence[Citation]) -> tuple[int, ...]:
        """Return where the quotes stand among the answer's citations; further ones are put behind them."""
        self._citations = numbered_on(self._citations, quotes)
        places = {(c.document_id, c.start, c.end): at for at, c in reversed(list(enumerate(self._citations)))}
        return tuple(places[quote.document_id, quote.start, quote.end] for quote in quotes)

    def answer(self) -> Answer:
        """Return the answer with what is written of it now."""
        written = replace(
            self._written, sentences=tuple(self._sentences), milliseconds=Timings.since(self._started)
        )  # fmt: skip
        return replace(self.task.answer, citations=self._citations, written=written)

    def tell(self) -> None:
        """Tell it."""
        self._tell(self.answer())

    def ended(self, outcome: Outcome) -> Answer:
        """Return the answer with what was written of it, and how that ended."""
        settings = self._settings
        message = line_of(
            outcome, self.task.language, host=self._written.host, model=settings.model, seconds=settings.seconds,
            tokens=settings.tokens, kept=bool(self._sentences),
        )  # fmt: skip
        self._written = replace(self._written, outcome=outcome, message=message)
        return self.answer()


def _units(pieces: Iterator[str], splitter: Splitter) -> Iterator[Unit]:
    """Yield the sentences of what comes, until it ends or no more is read."""
    for piece in pieces:
        yield from splitter.take(piece)
        if splitter.full:
            raise Ended("too_long")
    yield from splitter.end()


def _asked(answer: Answer) -> str:
    """Return the question as it was typed and, where it goes on from another, as it was searched too."""
    return answer.question if answer.query == answer.question else f"{answer.question}\n({answer.query})"
