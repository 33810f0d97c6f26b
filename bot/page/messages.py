"""A question, an answer or a refusal as one line of HTML for the chat. Document text comes out as text alone."""

import hashlib
import json
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from bot.types import Answer, Citation, Hit, Language

FOLDER = Path(__file__).parent
WAITING = '<div class="waiting"><i></i><i></i><i></i></div>'
"""Stands in the chat until the answer is there."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
_EXCERPT = 90
_NEAREST = 3


@cache
def words() -> dict[str, dict[str, str]]:
    """Return the page's words: language -> key -> text with {names} to fill in."""
    loaded: dict[str, dict[str, str]] = json.loads((FOLDER / "strings.json").read_text(encoding="utf-8"))
    return loaded


def language_of(accept_language: str | None) -> Language:
    """Return "zh" where an Accept-Language header names Chinese first, else "en"."""
    first = (accept_language or "").split(",")[0].strip().lower()
    return "zh" if re.match(r"zh\b", first) else "en"


def plain(text: str) -> str:
    """Escape text for a chat message: no HTML, Markdown or LaTeX of it is left, and it stays on one line."""
    escaped = _PUNCTUATION.sub(lambda found: f"&#{ord(found.group())};", _CONTROL.sub("\ufffd", text))
    return escaped.replace("\n", "<br>")


def link_target(document_id: str, start: int, end: int, text: str) -> str:
    """Name a span and what it held, so that the reading pane can tell when the text has changed since."""
    return f"{document_id}.{start}.{end}.{digest(text)}"


def digest(text: str) -> str:
    """Return eight hexadecimal digits that stand for ``text``."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def question_html(question: str) -> str:
    """Return the person's own message."""
    return f'<div class="question">{plain(question)}</div>'


def answer_html(answer: Answer, language: Language) -> str:
    """Return an answer with its numbers and sources, or a refusal with the passages that came closest."""
    return _refusal(answer, language) if answer.abstained else _answer(answer, language)


def first_target(answer: Answer) -> str | None:
    """Return the link of an answer's first citation."""
    return _cite(answer.citations[0]) if answer.citations and not answer.abstained else None


def _word(language: Language, key: str, **values: Any) -> str:
    return plain(words()[language][key].format(**values))


def _cite(citation: Citation) -> str:
    return "cite-" + link_target(citation.document_id, citation.start, citation.end, citation.quote)


def _near(hit: Hit) -> str:
    return "near-" + link_target(hit.document_id, hit.start, hit.end, hit.text)


def _number(citation: Citation, language: Language) -> str:
    label = _word(language, "citation", number=citation.number, title=citation.title, paragraph=citation.paragraph + 1)
    return f'<a class="cite" href="#{_cite(citation)}" title="{label}">{citation.number}</a>'


def _place(language: Language, item: Citation | Hit) -> str:
    where = [_word(language, "place", paragraph=item.paragraph + 1)]
    if item.page is not None:
        where.append(_word(language, "page", page=item.page))
    path = f'<span class="path">{plain(" › ".join(item.section))}</span>' if item.section else ""
    return f"<b>{_word(language, 'title', title=item.title)}</b>{path}<span>{' · '.join(where)}</span>"


def _searched(answer: Answer, language: Language) -> str:
    if answer.query.strip() == answer.question.strip():
        return ""
    return f'<p class="searched">{_word(language, "searched", query=answer.query)}</p>'


def _milliseconds(answer: Answer) -> float:
    return answer.timings.get("total", sum(answer.timings.values()))


def _lead(answer: Answer) -> str:
    """The line of the answer's text that is not quoted: how many places there are, or what is not there."""
    lines = answer.text.split("\n")
    if answer.abstained:
        return f'<p class="absence">{plain(lines[1])}</p>' if len(lines) > 1 else ""
    quoted = answer.sentences[0].text.split("\n")[0] if answer.sentences else lines[0]
    return "" if lines[0].startswith(quoted) else f'<p class="absence">{plain(lines[0])}</p>'


def _answer(answer: Answer, language: Language) -> str:
    cited = {citation.number: citation for citation in answer.citations}
    sentences = "".join(
        f"<p>{plain(sentence.text)}<sup>{''.join(_number(cited[n], language) for n in sentence.citations)}</sup></p>"
        for sentence in answer.sentences
    )
    facts = [f'<span class="verbatim">✓ {_word(language, "verbatim")}</span>']
    if len(answer.sentences) > 1:
        facts.append(f"<span>{_word(language, 'sentences', count=len(answer.sentences))}</span>")
    facts.append(f"<span>{_word(language, 'milliseconds', ms=round(_milliseconds(answer)))}</span>")
    return (
        f'<div class="answer">{_searched(answer, language)}{_lead(answer)}{sentences}'
        f'{_sources(answer.citations, language)}<p class="facts">{"".join(facts)}</p></div>'
    )


def _sources(citations: Sequence[Citation], language: Language) -> str:
    lines = "".join(
        f'<li><a class="source" href="#{_cite(citation)}"><i>{citation.number}</i>{_place(language, citation)}</a></li>'
        for citation in citations
    )
    if len(citations) < 4:
        return f'<ul class="sources">{lines}</ul>'
    summary = _word(language, "sources", count=len(citations))
    return f'<details class="sources"><summary>{summary}</summary><ul>{lines}</ul></details>'


def _refusal(answer: Answer, language: Language) -> str:
    near = "".join(
        f'<li><a class="near" href="#{_near(hit)}">{_place(language, hit)}</a><q>{plain(_excerpt(hit.text))}</q></li>'
        for hit in answer.nearest[:_NEAREST]
    )
    nearest = f'<p class="label">{_word(language, "nearest")}</p><ul>{near}</ul>' if near else ""
    return (
        f'<div class="refusal">{_searched(answer, language)}<p><b>{_word(language, "refusal")}</b></p>'
        f"{_lead(answer)}{nearest}</div>"
    )


def _excerpt(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _EXCERPT else flat[:_EXCERPT] + "……"
