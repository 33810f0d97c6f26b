"""The tools of MCP over one ``Bot``: each takes its input and gives a JSON object, and lines for the model to read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.engine import Bot
from bot.folders.called import called
from bot.types import Answer, Citation, DocumentError, Hit, QuestionError, as_json
from bot.web.bodies import Body
from bot.web.mcp_inputs import (
    MOST_CHARACTERS,
    AddInput,
    AskInput,
    ListInput,
    OutlineInput,
    ReadInput,
    RemoveInput,
    SearchInput,
)
from bot.writing.lines import written_lines

Input = TypeVar("Input", bound=Body)
_MOST_HEADINGS = 2000


@dataclass(frozen=True, slots=True)
class Given:
    """What a tool gives: ``value`` for programs, ``text`` for the model."""

    value: dict[str, Any]
    text: str


@dataclass(frozen=True, slots=True)
class BotTool:
    """A tool: ``changes`` says that it adds or removes documents, ``destroys`` that something is lost by it."""

    name: str
    title: str
    description: str
    input: type[Body]
    call: Callable[[Any], Given]
    changes: bool = False
    destroys: bool = False


def tools_of(bot: Bot) -> tuple[BotTool, ...]:
    """Return the tools over ``bot``."""
    on = _Tools(bot)
    return (
        BotTool(
            "ask", "Ask the documents",
            "Answer a question from the person's own documents. Every sentence of the answer is quoted word for word "
            "and carries a number; below stand the places. If the documents do not say, it refuses and shows the "
            "passages that came closest: do not take these for an answer. Quote the sentences as they are, with their "
            "sources.",
            AskInput, on.ask,
        ),
        BotTool(
            "search", "Search the documents",
            "Find the passages that fit words or a question best, best first, with their places (start, end).",
            SearchInput, on.search,
        ),
        BotTool(
            "list_documents", "List the documents",
            "List the documents with their ids, paths and titles.", ListInput, on.list_documents,
        ),
        BotTool(
            "read_document", "Read a document",
            f"Return a document's text, or the part from start to end; at most {MOST_CHARACTERS} characters at once, "
            "`next` says where to go on.", ReadInput, on.read_document,
        ),
        BotTool(
            "outline", "Outline of a document",
            "Return a document's headings with their levels and where they stand in its text.",
            OutlineInput, on.outline,
        ),
        BotTool(
            "add_document", "Add a document",
            "Add a document from its text, or replace the one of that name.", AddInput, on.add_document, changes=True,
        ),
        BotTool(
            "remove_document", "Remove a document",
            "Remove one document. It cannot be brought back.", RemoveInput, on.remove_document, changes=True,
            destroys=True,
        ),
    )  # fmt: skip


class _Tools:
    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    def ask(self, asked: AskInput) -> Given:
        answer = self._bot.ask(
            asked.question,
            history=asked.history,
            documents=self._bot.collections.named(asked.documents),
            collection=asked.collection,
            mode=asked.mode,
        )
        # The trace is for people who ask how it was found; to a model it would be more text than the answer.
        value = {name: part for name, part in as_json(answer).items() if name not in ("trace", "timings")}
        return Given(value, "\n".join(_answer_lines(answer)))

    def search(self, asked: SearchInput) -> Given:
        hits = self._bot.search(
            asked.query, asked.limit, self._bot.collections.named(asked.documents), collection=asked.collection
        )  # fmt: skip
        return Given({"hits": as_json(hits)}, "\n\n".join(map(_hit_line, hits)) or "Nothing was found.")

    def list_documents(self, asked: ListInput) -> Given:
        scope = self._bot.collections.scope(None, asked.collection)
        wanted, query = None if scope is None else set(scope), asked.query.casefold()
        found = [
            info
            for info in self._bot.documents()
            if (wanted is None or info.document_id in wanted) and query in f"{info.source}\n{info.title}".casefold()
        ]
        shown = found[asked.offset : asked.offset + asked.limit]
        lines = [f"{info.document_id}  {info.source}  {info.title}  ({info.characters} characters)" for info in shown]
        head = f"{len(found)} documents, {len(shown)} from {asked.offset} on:"
        return Given({"documents": as_json(shown), "total": len(found)}, "\n".join([head, *lines]))

    def read_document(self, asked: ReadInput) -> Given:
        document = self._bot.document(self._one(asked.document))
        total = len(document.text)
        end = min(total if asked.end is None else asked.end, total, asked.start + MOST_CHARACTERS)
        if asked.start > end:
            raise QuestionError(
                f"start and end must be a part of the text, which has {total} characters.",
                f"start 和 end 必须在正文之内；正文共 {total} 个字符。",
            )
        wanted = total if asked.end is None else min(asked.end, total)
        text = document.text[asked.start : end]
        value = {
            "document_id": document.document_id, "source": document.source, "title": document.title,
            "start": asked.start, "end": end, "total": total, "next": end if end < wanted else None, "text": text,
        }  # fmt: skip
        return Given(value, text)

    def outline(self, asked: OutlineInput) -> Given:
        document = self._bot.document(self._one(asked.document))
        all_headings = [paragraph for paragraph in document.paragraphs if paragraph.level]
        headings = [
            {"text": document.text[one.start : one.end], "level": one.level, "start": one.start, "end": one.end}
            for one in all_headings[:_MOST_HEADINGS]
        ]
        lines = [f"{'  ' * (one.level - 1)}{document.text[one.start : one.end]} [{one.start}]" for one in all_headings]
        value = {
            "document_id": document.document_id, "source": document.source, "title": document.title,
            "total": len(all_headings), "headings": headings,
        }  # fmt: skip
        return Given(value, "\n".join(lines[:_MOST_HEADINGS]) or "It has no headings.")

    def add_document(self, asked: AddInput) -> Given:
        report = self._bot.upload(asked.name, asked.text.encode())[0]
        if report.error_en is not None and report.error_zh is not None:
            raise DocumentError(report.error_en, report.error_zh)
        return Given({"report": as_json(report)}, f"{report.source}: {report.status}")

    def remove_document(self, asked: RemoveInput) -> Given:
        document_id = self._one(asked.document)
        self._bot.remove(document_id)
        return Given({"removed": document_id}, f"Removed {document_id}.")

    def _one(self, name: str) -> str:
        found = called([name], self._bot.documents())
        if len(found) > 1:
            raise QuestionError(
                f"Several documents are called {name!r}; name one by its id: {', '.join(found[:10])}.",
                f"有多份文档叫“{name}”，请用编号指定：{'、'.join(found[:10])}。",
            )
        return found[0]


def _answer_lines(answer: Answer) -> Iterator[str]:
    yield answer.text
    if answer.written is not None:
        yield ""
        yield from written_lines(answer)
    if answer.citations:
        yield ""
        yield from (f"[{cited.number}] {_place(cited)}" for cited in answer.citations)
    if answer.abstained and answer.nearest:
        yield ""
        yield "These came closest, and do not answer it:"
        yield from map(_hit_line, answer.nearest)


def _hit_line(hit: Hit) -> str:
    return f"{_place(hit)}\n{hit.text}"


def _place(cited: Citation | Hit) -> str:
    """Return the place in one line, with what ``read_document`` takes to read on around it."""
    page = "" if cited.page is None else f", page {cited.page}"
    section = cited.section[1:] if cited.section[:1] == (cited.title,) else cited.section
    where = cited.address or " > ".join((cited.title, *section))
    return f"{where} ({cited.source}{page}; document {cited.document_id}, {cited.start} to {cited.end})"
