"""Terms that mean the same in a home, a row a group, and the lines of a CSV file that hold such groups."""

import csv
import io
import json
import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.language.abbreviations import ABBREVIATIONS
from bot.language.folding import fold
from bot.language.synonyms import SynonymError, Thesaurus, group_of
from bot.storage.contract import Connection
from bot.storage.database import Database
from bot.types import NotFoundError

MOST_GROUPS = 5000
"""Groups that a home keeps: every question is read with them."""
_CHANGES = "synonyms"
"""The note that counts the changes."""
_NEW = "INSERT INTO synonyms (terms) VALUES (?) RETURNING group_id"
_PARTED = re.compile(r"[，、；;=＝\t]")
"""Parts the terms of a line without commas."""


@dataclass(frozen=True, slots=True)
class SynonymGroup:
    """Terms that mean the same, as written, under a number that is never used twice."""

    group_id: int
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line of a file, counted from 1, of which no group could be made, and why."""

    number: int
    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class SynonymReport:
    """What came of adding groups: how many are new or longer than before, how many were there, and the bad lines."""

    added: int
    unchanged: int
    bad: tuple[BadLine, ...] = ()


class SynonymTable:
    """The groups of one home. Usable from several threads and processes; any method raises StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._read: tuple[str | None, Thesaurus] | None = None

    def all(self) -> list[SynonymGroup]:
        """Return the groups in the order in which they were added."""
        with self._database.read() as connection:
            rows = connection.execute("SELECT group_id, terms FROM synonyms ORDER BY group_id").fetchall()
        return [SynonymGroup(number, tuple(json.loads(terms))) for number, terms in rows]

    @property
    def changes(self) -> str | None:
        """What differs after every change of the groups, by whichever process."""
        return self._database.note(_CHANGES)

    def thesaurus(self) -> Thesaurus:
        """Return the groups to read questions with, and what has two names everywhere (``ABBREVIATIONS``).

        They are as they are now, whichever process has changed them.
        """
        changes = self.changes
        with self._lock:
            if self._read is None or self._read[0] != changes:
                self._read = changes, Thesaurus((*(group.terms for group in self.all()), *ABBREVIATIONS))
            return self._read[1]

    def add(self, groups: Iterable[Sequence[str]]) -> SynonymReport:
        """Add groups, all or none; one that holds all the terms of another takes its place.

        Raises:
            SynonymError: a group is none, or there would be too many.
        """
        return self._add([group_of(group) for group in groups])

    def add_csv(self, data: bytes) -> SynonymReport:
        """Add the groups of a CSV file, one a line, in any encoding that documents may have; bad lines are reported.

        Raises:
            SynonymError: it is no text, or there would be too many groups.
        """
        from bot.documents.encoding import decode  # here: who asks need not wait for it

        try:
            text = decode(data).text
        except UnicodeError:
            raise SynonymError(
                "The file is no text: save it as CSV in UTF-8 or GB18030.",
                "这个文件不是文本：请存为 UTF-8 或 GB18030 的 CSV。",
            ) from None
        groups: list[tuple[str, ...]] = []
        bad: list[BadLine] = []
        for number, line in enumerate(re.split(r"\r\n|\r|\n", text), 1):
            try:
                cells = _cells(line)
                if cells:
                    groups.append(group_of(cells))
            except SynonymError as error:
                bad.append(BadLine(number, error.en, error.zh))
        report = self._add(groups)
        return SynonymReport(report.added, report.unchanged, tuple(bad))

    def remove(self, group_id: int) -> None:
        """Forget a group.

        Raises:
            NotFoundError: there is no such group.
        """
        with self._database.write() as connection:
            if not connection.execute("DELETE FROM synonyms WHERE group_id = ?", (group_id,)).rowcount:
                raise NotFoundError(
                    f"There is no group {group_id} of synonyms: list them to see which there are.",
                    f"没有第 {group_id} 组同义词：请查看列表。",
                )
            _count(connection)

    def remove_term(self, term: str) -> None:
        """Take a term out of every group; what is then left of a group of two is forgotten.

        Raises:
            NotFoundError: it stands in none.
        """
        wanted = fold(" ".join(term.split()))
        held = [group for group in self.all() if wanted in map(fold, group.terms)]
        if not held:
            raise NotFoundError(
                f"“{term}” has no synonyms: list them to see which there are.", f"“{term}”没有同义词：请查看列表。"
            )
        with self._database.write() as connection:
            for group in held:
                left = [other for other in group.terms if fold(other) != wanted]
                if len(left) > 1:
                    connection.execute(
                        "UPDATE synonyms SET terms = ? WHERE group_id = ?", (_json(left), group.group_id)
                    )
                else:
                    connection.execute("DELETE FROM synonyms WHERE group_id = ?", (group.group_id,))
            _count(connection)

    def _add(self, groups: Sequence[tuple[str, ...]]) -> SynonymReport:
        added = 0
        with self._database.write() as connection:
            rows = connection.execute("SELECT group_id, terms FROM synonyms").fetchall()
            held = {number: frozenset(map(fold, json.loads(terms))) for number, terms in rows}
            of: dict[str, set[int]] = {}
            for number, known in held.items():
                for term in known:
                    of.setdefault(term, set()).add(number)
            for group in groups:
                folded = frozenset(map(fold, group))
                near = {number for term in folded for number in of.get(term, ()) if number in held}
                if any(folded <= held[number] for number in near):
                    continue
                for number in near:
                    if held[number] < folded:
                        connection.execute("DELETE FROM synonyms WHERE group_id = ?", (number,))
                        del held[number]
                row = connection.execute(_NEW, (_json(group),)).fetchone()[0]
                held[row] = folded
                for term in folded:
                    of.setdefault(term, set()).add(row)
                added += 1
            if len(held) > MOST_GROUPS:
                raise SynonymError(
                    f"There would be {len(held)} groups of synonyms; {MOST_GROUPS} are kept: remove some first.",
                    f"同义词会达到 {len(held)} 组，最多保存 {MOST_GROUPS} 组：请先移除一些。",
                )
            if added:
                _count(connection)
        return SynonymReport(added, len(groups) - added)


def to_csv(groups: Iterable[SynonymGroup]) -> Iterator[str]:
    """Yield a line of CSV for each group, without its end."""
    for group in groups:
        line = io.StringIO()
        csv.writer(line, lineterminator="").writerow(group.terms)
        yield line.getvalue()


def _cells(line: str) -> list[str]:
    """Return the terms of a line; none where it is blank."""
    try:
        cells = next(csv.reader([line], strict=True), [])
    except csv.Error:
        raise SynonymError(
            "A quotation mark has no partner: close it, or leave it out.", "引号不成对：请补上或去掉。"
        ) from None
    cells = [cell.strip() for cell in cells if cell.strip()]
    return [cell for cell in _PARTED.split(cells[0]) if cell.strip()] if len(cells) == 1 else cells


def _json(terms: Sequence[str]) -> str:
    return json.dumps(terms, ensure_ascii=False)


def _count(connection: Connection) -> None:
    """Note within a transaction that the groups have changed, so that every process reads them again."""
    connection.execute(
        "INSERT INTO meta VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET value = CAST(meta.value AS BIGINT) + 1",
        (_CHANGES,),
    )
