"""Templates for questions about Chinese paragraphs, and what makes a question of a Chinese text sound."""

import re

from bot.evidence.enumerations import repeats_noun
from bot.language.folding import fold
from bot.language.lexicon import (
    BINDING,
    CIRCULARS,
    COUNTABLE,
    DIGITS,
    HOUSE_RULES,
    any_of,
)
from bot.language.numerals import numeral
from bot.suggestions.templates import Source, Template

SELF = rf"本{any_of(BINDING, HOUSE_RULES, CIRCULARS)}"
"""How a text of this kind speaks of itself: 本法, 本办法."""
_LAWLIKE = re.compile(rf"{any_of(BINDING, HOUSE_RULES)}(?:（[^（）]*）)?$")
_PLACEHOLDER = re.compile(r"[XxＸｘ×✕＊*_＿□○●△…?？#]|某某")
_LEANS = re.compile(
    rf"[其该此](?![他中它])|上述|前款|前述|本款|本条(?!例)|这些|他们|它|第[{DIGITS}十百\d]+[条款项]"
    r"|^(?:并|且|也|还|又|均|都|或|及|以及|和|与|的|等|但|同时|如|若|对|将|凡|因|为|是|属于|就|可|已|经|被|未|从|由|向|把|使|让)"
    r"|(?:的|和|与|及|或|等|对)$"
)
_FORMALITY = re.compile(r"总\s*则|附\s*则|附\s*件|目\s*录")
_DIGITS = f"〇{DIGITS}十"
_PART = re.compile(rf"第[{DIGITS}十\d]{{1,3}}[章编]")
_QUOTED = re.compile(r"“(?P<term>[\u4e00-\u9fff]{2,8})”")
COUNTED = re.compile(rf"“(?P<term>(?P<number>[{COUNTABLE}]{{1,2}})(?P<unit>[个大项条件种类])[^“”]{{1,7}})”")
"""A term that counts its items: “三个中心”."""


def is_lawlike(title: str) -> bool:
    """Tell whether a title is that of a law, a contract, or rules of a house."""
    return _LAWLIKE.search(title) is not None


def is_sound(text: str) -> bool:
    """Tell whether a question has the length of one, its marks in pairs, no placeholder and no second clause."""
    balanced = all(text.count(left) == text.count(right) for left, right in ("“”", "《》", "（）"))
    return 5 <= len(text) < 24 and balanced and not _PLACEHOLDER.search(text) and not re.search(r"[，。；：\n\s]", text)


def leans(text: str) -> bool:
    """Tell whether a question made of a sentence cannot be understood without what stands around it."""
    return _LEANS.search(text.removeprefix("什么是").removeprefix("谁负责")) is not None


def names_items(term: re.Match[str], folded: str) -> bool:
    """Tell whether a folded text names as many items as a ``COUNTED`` term says, each with the term's noun."""
    noun = fold(term["term"][len(term["number"] + term["unit"]) :])
    return repeats_noun(folded, fold(term["term"]), noun, numeral(term["number"]))


def part_question(number: int, heading: str) -> str | None:
    """Return the question for what the part of this number and heading says; None where the heading is a formality."""
    if _FORMALITY.search(fold(heading)):
        return None
    named = _PART.match(heading)
    return f"{named[0]}规定了什么？" if named else f"第{_DIGITS[number]}部分讲什么？"


def repeated_terms(text: str, start: int, end: int) -> list[str]:
    """Return the quoted terms between ``start`` and ``end`` that ``text`` has more than once."""
    terms = (match["term"] for match in _QUOTED.finditer(text, start, end))
    return [term for term in terms if text.count(term) > 1 and not _PLACEHOLDER.search(term)]


def places_question(term: str) -> str:
    """Return the question for every place of a term."""
    return f"“{term}”出现在哪些地方？"


def _title(source: Source) -> str:
    """The document's title in 《》; empty where it is too long for a question."""
    title = source.title.strip("《》")
    return f"《{title}》" if len(title) <= 14 else ""


PARAGRAPHS = (
    Template(
        "why a law is made",
        "purpose",
        re.compile(rf"^为了?[^。]{{6,160}}[，,](?:[^，,。]{{0,30}}[，,]){{0,12}}?(?:特?制定|订立)(?P<self>{SELF})"),
        lambda m, source: f"为什么制定{_title(source) or m['self']}",
        examples=(
            (Source("为了规范渡船营运，保障安全，制定本条例。", "渡船条例"), "为什么制定《渡船条例》"),
            (Source("为了规范渡船营运，保障安全，制定本条例。", "青溪市内河渡船安全管理暂行条例"), "为什么制定本条例"),
        ),
        counterexamples=(Source("为人民服务。"),),
    ),
    Template(
        "when a law comes into force",
        "date",
        re.compile(rf"(?P<self>{SELF})自[^，。；]{{3,14}}起(?P<verb>施行|实施|执行|生效)"),
        lambda m, source: f"{(is_lawlike(source.title) and _title(source)) or m['self']}什么时候{m['verb']}",
        examples=(
            (Source("本条例自2031年5月1日起施行。", "渡船条例"), "《渡船条例》什么时候施行"),
            (Source("本通知自发布之日起执行。", "关于渡船的说明"), "本通知什么时候执行"),
        ),
        counterexamples=(Source("本条例由市政府解释。"),),
    ),
    Template(
        "the items of a counted term",
        "items",
        COUNTED,
        lambda m, source: f"“{m['term']}”是哪{m['number']}{m['unit']}" if names_items(m, fold(source.text)) else "",
        examples=((Source("建好“三个中心”。办好交易中心、冷链中心、培训中心。"), "“三个中心”是哪三个"),),
        counterexamples=(Source("建好“三个中心”。"),),
    ),
)
