import re

from bot.language.numerals import NUMBER, numeral
from bot.language.rules import Rule, first_made, rewrite

DAYS = Rule("days", re.compile(rf"(?P<n>{NUMBER})天"), lambda m: numeral(m["n"]), (("三十天", 30),), ("三十年",))
SPELLED = Rule("spelled", re.compile(r"\d+"), lambda m: None if m[0] == "0" else f"<{m[0]}>", (("5", "<5>"),), ("0",))


def test_a_rule_makes_something_of_each_match() -> None:
    assert list(DAYS.all("三天，30天")) == [3, 30]
    assert DAYS.first("三十年") is None
    assert first_made([DAYS], "两天") == ("days", 2)
    assert first_made([DAYS], "两年") is None


def test_a_rule_rewrites_what_it_makes_something_of() -> None:
    assert rewrite(SPELLED, "1 and 0 and 22") == "<1> and 0 and <22>"
