"""How lists count: every form, and labels before their items."""

import pytest

from bot.documents.formats.counting import Label, counted, labelled


@pytest.mark.parametrize(
    ("form", "numbers"),
    [
        ("decimal", {1: "1", 12: "12"}),
        ("decimalZero", {1: "01", 12: "12"}),
        ("lowerLetter", {1: "a", 26: "z", 27: "aa", 53: "aaa"}),
        ("upperRoman", {4: "IV", 9: "IX", 1994: "MCMXCIV"}),
        ("chineseCounting", {1: "一", 10: "十", 11: "十一", 20: "二十", 102: "一百零二"}),
        ("chineseCountingThousand", {21: "二十一", 110: "一百一十"}),
        ("ideographDigital", {10: "一〇", 25: "二五"}),
        ("ideographTraditional", {1: "甲", 10: "癸", 11: "11"}),
        ("ideographZodiac", {1: "子", 12: "亥"}),
        ("ideographZodiacTraditional", {1: "甲子", 60: "癸亥"}),
        ("chineseLegalSimplified", {3: "叁", 10: "壹拾", 21: "贰拾壹"}),
        ("ideographLegalTraditional", {3: "參", 10: "壹拾"}),
        ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "21"}),
        ("decimalEnclosedParen", {1: "⑴", 21: "(21)"}),
        ("decimalEnclosedFullstop", {2: "⒉"}),
        ("ideographEnclosedCircle", {1: "㊀", 11: "十一"}),
        ("decimalFullWidth", {10: "１０"}),
        ("ordinal", {1: "1st", 2: "2nd", 11: "11th", 23: "23rd"}),
        ("cardinalText", {1: "One", 21: "Twenty-one"}),
        ("ordinalText", {1: "First", 12: "Twelfth", 20: "Twentieth", 22: "Twenty-second"}),
        ("numberInDash", {1: "- 1 -"}),
        ("bullet", {1: "-"}),
        ("none", {1: ""}),
        ("hebrew1", {1: "1", 0: "0", -3: "-3", 40_000: "40000"}),
        ("upperRoman", {0: "0", 40_000: "40000"}),
    ],
)
def test_numbers(form: str, numbers: dict[int, str]) -> None:
    assert {number: counted(number, form) for number in numbers} == numbers


@pytest.mark.parametrize(
    ("label", "text", "apart", "whole"),
    [
        ("一、", "总则", True, "一、总则"),
        ("（一）", "总则", True, "（一）总则"),
        ("第一条", "为了", True, "第一条 为了"),
        ("第一条", "为了", False, "第一条为了"),
        ("1.", "Scope", True, "1. Scope"),
        (" 1.2 ", " Scope", True, "1.2 Scope"),
        ("-", "item", False, "- item"),
        ("", "item", True, "item"),
        ("1.", " ", True, ""),
    ],
)
def test_labels(label: str, text: str, apart: bool, whole: str) -> None:
    assert labelled(Label(label, apart), text) == whole
