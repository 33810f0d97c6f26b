"""Walks a document's tree: the sections that a paragraph stands in, and what stands under one."""

from collections.abc import Iterator

from bot.tree import Section
from bot.types import Document, Paragraph


def sections_above(document: Document, paragraph: int) -> Iterator[Section]:
    """Yield the sections that a paragraph stands in, outermost first; a heading's own section is none of them."""
    at: Section | None = document.outline
    while at is not None:
        at = next((child for child in at.children if child.first < paragraph < child.end), None)
        if at is not None:
            yield at


def section_of(document: Document, heading: int) -> Section | None:
    """Return the section that a paragraph is the heading of; None where it is none."""
    above = document.outline
    for section in sections_above(document, heading):
        above = section
    return next((child for child in above.children if child.first == heading), None)


def below(document: Document, paragraph: int) -> range:
    """Return the paragraphs under a heading, or those that follow an article or a lead and belong to it."""
    section = section_of(document, paragraph)
    if section is not None:
        return range(paragraph + 1, section.end)
    path = document.paragraphs[paragraph].section
    end = paragraph + 1
    while path and end < len(document.paragraphs) and document.paragraphs[end].section[: len(path)] == path:
        end += 1
    return range(paragraph + 1, end)


def children(document: Document, paragraph: int) -> list[Paragraph]:
    """Return what stands right under a heading (or article, or lead) with a name: headings, leads, articles."""
    section = section_of(document, paragraph)
    if section is not None:
        return named(document, section)
    path = document.paragraphs[paragraph].section
    inside = (document.paragraphs[index] for index in below(document, paragraph))
    return [p for p in inside if p.lead and p.section[:-1] == path]


def named(document: Document, section: Section) -> list[Paragraph]:
    """Return the headings, leads and articles right under a section, in order."""
    indices = sorted([*section.leads, *(child.first for child in section.children)])
    return [document.paragraphs[index] for index in indices]
