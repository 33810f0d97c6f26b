"""An answer as a chat completion, whole or as the chunks of a stream."""

import json
import re
import secrets
import time
from collections.abc import Iterable, Iterator
from typing import Any

from bot.types import Answer, AnswerSentence, as_json
from bot.web.openai_bodies import (
    Annotation,
    AnswerMessage,
    ChatCompletion,
    ChatMessage,
    Choice,
    UrlCitation,
    Usage,
)
from bot.web.openai_written import written_message

# Not what a language model's tokenizer makes of it: nothing is billed, and any text is counted alike.
_WORD = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+|[^\w\s]")

# JSON leaves them as they are; some clients would end the event's line there.
_LINE_ENDS = {ord(char): f"\\u{ord(char):04x}" for char in "\x85\u2028\u2029"}


def words_in(texts: Iterable[str]) -> int:
    """Count words: a Han character, a run of other letters or digits, a punctuation mark."""
    return sum(1 for text in texts for _ in _WORD.finditer(text))


def usage_of(messages: Iterable[ChatMessage], answer: Answer) -> Usage:
    """Count what came in and what goes out."""
    prompt, completion = words_in(message.text() for message in messages), words_in([_content(answer, "")[0]])
    return Usage(prompt_tokens=prompt, completion_tokens=completion, total_tokens=prompt + completion)


def annotations(answer: Answer, page: str) -> list[Annotation]:
    """Return a citation for each mark in the answer's text; ``page`` is the address at which the page opens."""
    waiting = [(f"{sentence.text}{_marks(sentence)}", sentence) for sentence in answer.sentences]
    found: list[Annotation] = []
    at = 0
    for line in answer.text.split("\n"):
        said = next((pair for pair in waiting if pair[0] == line), None)
        if said is not None:
            waiting.remove(said)
            found += _of_sentence(answer, said[1], at, page)
        at += len(line) + 1
    return found


def completion(messages: Iterable[ChatMessage], answer: Answer, page: str, model: str) -> ChatCompletion:
    """Return an answer of ``model`` as a chat completion."""
    content, cited = _content(answer, page)
    message = AnswerMessage(content=content, annotations=cited)
    return ChatCompletion(
        id=_new_id(),
        created=int(time.time()),
        model=model,
        choices=[Choice(message=message)],
        usage=usage_of(messages, answer),
        youju=answer,
    )


def stream(answer: Answer, page: str, usage: Usage | None, model: str) -> Iterator[str]:
    """Yield the events of a stream: the lines of the answer, its citations, the end with the whole answer object.

    ``usage`` is told at the end where it is given.
    """
    head = {"id": _new_id(), "object": "chat.completion.chunk", "created": int(time.time()), "model": model}

    def event(delta: dict[str, Any], finish: str | None = None, **more: Any) -> str:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        return _event({**head, "choices": [choice], **more})

    content, cited = _content(answer, page)
    yield event({"role": "assistant", "content": ""})
    for line in content.splitlines(keepends=True):
        yield event({"content": line})
    # All in one: OpenAI's own client cannot put a list together from several.
    if cited:
        yield event({"annotations": [annotation.model_dump() for annotation in cited]})
    yield event({}, "stop", youju=as_json(answer))
    if usage is not None:
        yield _event({**head, "choices": [], "usage": usage.model_dump()})
    yield "data: [DONE]\n\n"


def _content(answer: Answer, page: str) -> tuple[str, list[Annotation]]:
    """Return a message's words with its citations: what was written, where anything was; else the quotes."""
    if answer.written is None or not answer.written.sentences:
        line = f"\n\n{answer.written.message}" if answer.written and answer.written.message else ""
        return answer.text + line, annotations(answer, page)
    return written_message(answer, answer.written, page)


def _of_sentence(answer: Answer, sentence: AnswerSentence, at: int, page: str) -> Iterator[Annotation]:
    """Yield the citations of a sentence that begins ``at`` this place of the text."""
    start = at + len(sentence.text)
    for number in sentence.citations:
        end = start + len(f"[{number}]")
        for citation in (answer.citations[place] for place in sentence.evidence):
            if citation.number == number:
                title = citation.address or citation.title
                url = f"{page}#cite-{citation.target}"
                yield Annotation(url_citation=UrlCitation(start_index=start, end_index=end, title=title, url=url))
        start = end


def _marks(sentence: AnswerSentence) -> str:
    return "".join(f"[{number}]" for number in sentence.citations)


def _new_id() -> str:
    return f"chatcmpl-{secrets.token_hex(12)}"


def _event(data: dict[str, Any]) -> str:
    line = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_LINE_ENDS)
    return f"data: {line}\n\n"
