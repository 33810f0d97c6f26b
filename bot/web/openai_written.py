"""A written answer as the content of a chat's message: Markdown in which nothing that a model wrote is mark-up."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.language.languages import language_of
from bot.types import Answer, Language, Written, WrittenSentence
from bot.web.openai_bodies import Annotation, UrlCitation
from bot.writing.lines import count_line, sentence_line

_MARK_UP = re.compile(r"[\\`*_\[\]{}<>|$~^&]|^\s*(?:[-+=:#]|\d+(?=[.)]))|(?<=:)//")


@dataclass
class _Message:
    """A message as it is put together, with the places of its citations."""

    answer: Answer
    page: str
    parts: list[str] = field(default_factory=list)
    annotations: list[Annotation] = field(default_factory=list)
    length: int = 0

    def add(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def mark(self, sentence: WrittenSentence) -> None:
        """Add the numbers behind a sentence, each leading to its places."""
        for number in sentence.citations:
            start = self.length
            self.add(f"[{number}]")
            for citation in (self.answer.citations[place] for place in sentence.evidence):
                if citation.number == number:
                    url = f"{self.page}#cite-{citation.target}"
                    title = citation.address or citation.title
                    cited = UrlCitation(start_index=start, end_index=self.length, title=title, url=url)
                    self.annotations.append(Annotation(url_citation=cited))


def written_message(answer: Answer, written: Written, page: str) -> tuple[str, list[Annotation]]:
    """Return what was written of an answer, how many of its sentences stand, and a citation for each of its numbers."""
    message, language = _Message(answer, page), language_of(answer.question)
    if written.header and written.sentences:
        message.add(_row([escaped(name) for name in written.header]) + _row(["---"] * len(written.header)))
    previous: WrittenSentence | None = None
    for sentence in written.sentences:
        message.add(_before(sentence, previous, written))
        if sentence.standing == "unsupported":
            message.add(_struck(sentence, language))
        elif sentence.cells:
            message.add("| " + " | ".join(map(escaped, sentence.cells)) + " ")
            message.mark(sentence)
        else:
            message.add(escaped(sentence.text))
            message.mark(sentence)
        message.add(" |\n" if sentence.cells else "")
        previous = sentence
    for line in _after(written, language):
        message.add(f"\n\n{line}" if message.length else line)
    return "".join(message.parts), message.annotations


def escaped(text: str) -> str:
    """Return text that no reader of Markdown takes for mark-up, nor for an address to link."""
    return _MARK_UP.sub(lambda found: "".join(f"\\{char}" for char in found[0]), text)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def _struck(sentence: WrittenSentence, language: Language) -> str:
    line = sentence_line(sentence, language, ("\0", "\0"))
    _, text, why = line.split("\0")
    return f"{'| ' if sentence.cells else ''}~~{escaped(text)}~~{escaped(why)}"


def _before(sentence: WrittenSentence, previous: WrittenSentence | None, written: Written) -> str:
    """Return what parts a sentence from the one before it."""
    if sentence.cells:
        return ""
    new_part = sentence.part != (previous.part if previous else "")
    begins = ""
    if new_part:
        begins = ("\n\n" if previous else "") + (f"**{escaped(sentence.part)}**\n\n" if sentence.part else "")
    if written.mode == "points" and sentence.point and (new_part or not previous or sentence.point != previous.point):
        return f"{begins}- " if begins or not previous else "\n- "
    return begins


def _after(written: Written, language: Language) -> Iterator[str]:
    if written.supported or written.unsupported:
        yield count_line(written, language)
    if written.message:
        yield written.message
