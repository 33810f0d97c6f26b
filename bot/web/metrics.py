"""What a monitoring system wants to know of the server, in Prometheus' form. No word of a question or a document."""

from collections.abc import Iterator
from dataclasses import asdict

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from bot.engine import Bot
from bot.types import Answer

_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """Counts the answers of one ``Bot`` and the requests of one server.

    Its registry is its own: two servers in one process count apart.
    """

    content_type = CONTENT_TYPE_LATEST

    def __init__(self, bot: Bot) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self._registry.register(_State(bot))
        self._questions = Counter(
            "youju_questions", "Questions by what came of them: direct, related, none (refusals).", ["strength"],
            registry=self._registry,
        )  # fmt: skip
        self._stages = Histogram(
            "youju_answer_seconds", "Seconds an answer took, by stage; total is all of it.", ["stage"],
            buckets=_SECONDS, registry=self._registry,
        )  # fmt: skip
        self._requests = Counter(
            "youju_http_requests", "Requests by method, kind of address and status.", ["method", "route", "status"],
            registry=self._registry,
        )  # fmt: skip
        bot.answered.append(self.count_answer)

    def count_answer(self, answer: Answer) -> None:
        """Count one answer and how long each stage of it took."""
        self._questions.labels(answer.strength).inc()
        for stage, milliseconds in asdict(answer.timings).items():
            if milliseconds:
                self._stages.labels(stage).observe(milliseconds / 1000)

    def count_request(self, method: str, route: str, status: int) -> None:
        """Count one request; ``route`` is its address without what it names."""
        self._requests.labels(method, route, str(status)).inc()

    def text(self) -> bytes:
        """Return all of it as Prometheus reads it."""
        return generate_latest(self._registry)


class _State(Collector):
    """What is so at the moment it is asked for."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    def describe(self) -> list[GaugeMetricFamily]:
        return []  # or the registry would read the home when this is registered

    def collect(self) -> Iterator[GaugeMetricFamily]:
        bot = self._bot
        infos = bot.documents()
        made = bot.made_behind
        for name, text, value in (
            ("youju_documents", "Documents.", len(infos)),
            ("youju_passages", "Passages of all documents.", sum(info.passages for info in infos)),
            ("youju_questions_at_work", "Questions that are answered now.", bot.workload.working),
            ("youju_questions_waiting", "Questions that wait for their turn.", bot.workload.waiting),
            ("youju_passages_to_prepare", "Passages not yet found across languages.", made.total - made.done),
            ("youju_reader_on", "1 where passages are read in context.", int(bot.reads)),
        ):
            yield GaugeMetricFamily(name, text, value=value)
