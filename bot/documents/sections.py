"""The tree of a document's sections, from its paragraphs."""

from collections.abc import Sequence

from bot.language.folding import plain
from bot.tree import Section
from bot.types import Paragraph


def build_tree(text: str, paragraphs: Sequence[Paragraph]) -> Section:
    """Return the document as a section (of level 0) with all its sections inside.

    A section reaches as far as the paragraphs whose path goes through it.
    """
    stack = [_Open(None, "", ())]
    section: tuple[str, ...] = ()
    for paragraph in paragraphs:
        if paragraph.section is not section:
            section = paragraph.section
            while section[: len(stack[-1].path)] != stack[-1].path:
                _close(stack, paragraph.index)
        if paragraph.level:
            heading = plain(text[paragraph.start : paragraph.end])
            stack.append(_Open(paragraph, heading, (*section, heading)))
        elif paragraph.lead:
            parent = paragraph.parent
            for above in stack:
                if above.path == parent:
                    above.leads.append(paragraph.index)
    while len(stack) > 1:
        _close(stack, len(paragraphs))
    return stack[0].closed(len(paragraphs))


class _Open:
    """A section that goes on: its heading, the path of what stands in it, what was met in it so far."""

    def __init__(self, heading: Paragraph | None, words: str, path: tuple[str, ...]) -> None:
        self.heading = heading
        self.words = words
        self.path = path
        self.leads: list[int] = []
        self.children: list[Section] = []

    def closed(self, end: int) -> Section:
        heading = self.heading
        leads, children = tuple(self.leads), tuple(self.children)
        if heading is None:
            return Section("", None, 0, -1, end, leads, children)
        return Section(self.words, heading.opening, heading.level, heading.index, end, leads, children)


def _close(stack: list[_Open], end: int) -> None:
    section = stack.pop().closed(end)
    stack[-1].children.append(section)
