"""Which sentences of an answer are lines of a table, and their cells."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from bot.structure.cells import Grid, grid_of
from bot.structure.places import Load
from bot.structure.tables import cells, table_at
from bot.types import Answer, AnswerTable, Citation


@dataclass(frozen=True, slots=True)
class _Line:
    """A sentence that is a whole line of a table: its position, and that table."""

    sentence: int
    paragraph: int
    grid: Grid


def tables_of(answer: Answer, load: Load) -> tuple[AnswerTable, ...]:
    """Return the tables that an answer quotes lines of, those of one part of it and one table together."""
    load = cache(load)
    groups = [part.sentences for part in answer.parts] or [range(len(answer.sentences))]
    return tuple(table for group in groups for table in _tables(answer, group, load))


def _tables(answer: Answer, sentences: Sequence[int], load: Load) -> Iterator[AnswerTable]:
    found: dict[tuple[str, int], list[_Line]] = {}
    for sentence in sentences:
        for place in answer.sentences[sentence].evidence[:1]:
            citation = answer.citations[place]
            line = _line(sentence, citation, load)
            if line is not None:
                found.setdefault((citation.document_id, line.grid.table.header), []).append(line)
    for lines in found.values():
        rows = {row.paragraph: row.cells for row in lines[0].grid.rows}
        said = [line for line in lines if line.paragraph in rows]
        if said:
            yield AnswerTable(
                header=lines[0].grid.names,
                rows=tuple(rows[line.paragraph] for line in said),
                sentences=tuple(line.sentence for line in said),
                head=next((line.sentence for line in lines if line.paragraph not in rows), None),
            )


def _line(sentence: int, citation: Citation, load: Load) -> _Line | None:
    if len(cells(citation.quote)) < 2:
        return None
    document = load(citation.document_id)
    paragraph, table = document.paragraphs[citation.paragraph], table_at(document, citation.paragraph)
    if table is None or (paragraph.start, paragraph.end) != (citation.start, citation.end):
        return None
    if citation.paragraph != table.header and citation.paragraph not in table.rows:
        return None
    return _Line(sentence, citation.paragraph, grid_of(document, table))
