"""The types of what the page's scripts are given are those of the program's dataclasses."""

import re
from dataclasses import dataclass

import pytest

from bot.page.words import FOLDER
from tests import page_types


def test_the_types_are_the_dataclasses_own() -> None:
    said = "python -m tests.page_types writes it anew"
    assert page_types.FILE.read_text(encoding="utf-8") == page_types.given_types(), said


def test_each_kind_of_type() -> None:
    types = page_types.given_types()
    citation = re.search(r"interface Citation \{(.+?)\}", types, re.S)
    assert citation
    for line in ("number: number;", "quote: string;", "section: string[];", "page: number | null;"):
        assert line in citation[1]
    assert "terms: [string, number][];" in types
    assert 'strength: "direct" | "related" | "none";' in types
    assert "answer: Answer;" in types


def test_what_has_no_type_there_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    @dataclass
    class Odd:
        odd: complex

    monkeypatch.setattr(page_types, "GIVEN", (Odd,))
    with pytest.raises(TypeError, match="complex"):
        page_types.given_types()


def test_no_script_is_left_unchecked() -> None:
    for path in FOLDER.glob("*.js"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"@ts-|[{<|(,:]\s*any\b|\bany(?=[}\[])", text), path.name
