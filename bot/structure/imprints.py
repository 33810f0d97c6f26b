"""Who issued a document and when, as far as it says so itself: at its head, or under its text."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.language.folding import fold
from bot.language.lexicon import BODIES, ENGLISH_BODIES, ENGLISH_MONTHS, SETTLED, any_of
from bot.language.mentions import DATES, Date
from bot.language.titles import names_a_paper
from bot.types import Document, Paragraph

_HEAD, _TAIL = 10, 6
"""Paragraphs that are looked at."""
_LONGEST = 300
_BODY = rf"[\u4e00-\u9fff]{{2,24}}?{any_of(BODIES)}"
_ENGLISH_BODY = rf"(?:[\w&.'’-]+ ){{0,8}}{any_of(ENGLISH_BODIES)}"
_DONE = any_of(SETTLED)
_MONTH = rf"(?P<month>{any_of(ENGLISH_MONTHS)})[a-z]*"
_ENGLISH_DATES = (
    re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)? {_MONTH}\.?,? (?P<year>[12]\d{{3}})\b"),
    re.compile(rf"\b{_MONTH}\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>[12]\d{{3}})\b"),
)
_NOT_OF_A_DATE = re.compile(r"[\s\d年月日()\[\]〇零一二三四五六七八九十/.,—–-]|st|nd|rd|th")
_LABELLED_DATE = re.compile(
    rf"^\W*(?:(?:{_DONE}|成文|签发|签署|签订|出版|编制|撰写)?(?:日期|时间)|dated?|(?:last )?updated(?: on)?)\s*[:：]"
    r"|^\W*(?:issued|published|adopted|released|revised|updated)\b(?=.*\d{4})"
)
_NO_LABEL = re.compile(r"^\W*时间\s*[:：]")
"""Of what is to happen then; it is not said of the document."""
_SETTLED = re.compile(rf"{_DONE}\s*[)\]]?$|{_DONE}(?=[,，。;；\s])")
_SPOKEN = re.compile(r"^[\s(—–-]*.{4,16}日?在.+[上会]\W*$")
_LETTERHEAD = re.compile(rf"^(?:{_BODY}|{_ENGLISH_BODY})\.?$")
_SIGNED = re.compile(rf"^(?P<issuer>{_BODY}|{_ENGLISH_BODY})\.?\s*(?:谨启|启|谨上|敬上|(?P<date>[\d〇一二].{{5,}}))?$")
_OWN_TITLE = re.compile(r"^(?P<issuer>[\u4e00-\u9fff]{2,20}?(?:有限)?(?:公司|集团|医院|大学))(?=[\u4e00-\u9fff]{3})")


@dataclass(frozen=True, slots=True)
class Imprint:
    """The day (or month, or year) of a document as in ISO 8601, and its issuer; "" for what it does not say."""

    date: str = ""
    issuer: str = ""


UNNAMED = Imprint()


@dataclass(frozen=True, slots=True)
class IssuerRule:
    """A row of the table of lines that name an issuer: the group ``issuer`` of a pattern, behind that of ``place``.

    ``pattern`` is searched in the folded line; ``examples`` are (line, issuer), ``counterexamples`` lines without one.
    """

    name: str
    pattern: re.Pattern[str]
    examples: tuple[tuple[str, str], ...]
    counterexamples: tuple[str, ...]

    def issuer(self, line: str) -> str:
        """Return the issuer in the line's own words, "" where it names none."""
        match = self.pattern.search(fold(line))
        if match is None:
            return ""
        groups = [name for name in ("place", "issuer") if match.groupdict().get(name)]
        return "".join(line[slice(*match.span(name))] for name in groups).strip(" .,，。；;")


ISSUERS: tuple[IssuerRule, ...] = (
    IssuerRule(
        "a label",
        re.compile(
            r"^\W*(?:(?:发布|印发|发文|颁布|制定|编制|出版|主办|发行)(?:单位|机关|机构|部门|者|人)|publisher|issuer)"
            r"\s*[:：]\s*(?P<issuer>[^\s:：,，;；|][^:：,，;；|\t]{1,39}?)(?:\s{2,}.*|\s+\d.*)?$"
        ),
        (
            ("发布单位：蓝湾市图书馆", "蓝湾市图书馆"),
            ("發文機關: 市政府辦公室 2024年1月2日", "市政府辦公室"),
            ("Publisher: Acme Ltd", "Acme Ltd"),
        ),
        ("发布单位负责解释。",),
    ),
    IssuerRule(
        "issued by",
        re.compile(
            r"^\W*(?:issued|published|released|adopted) by:?\s+(?:the )?(?P<issuer>[^,.;]{2,60}?)(?= on |[.,;]|$)"
        ),
        (("Issued by the Harbour Office on 12 May 2023.", "Harbour Office"), ("Published by Acme", "Acme")),
        ("The fee is issued by hand.",),
    ),
    IssuerRule(
        "a congress",
        re.compile(
            rf"(?P<place>[\u4e00-\u9fff]{{2,8}}?[省市县区州])?第[^第\s]{{1,4}}届"
            rf"(?P<issuer>(?:全国)?人民代表大会(?:常务委员会)?)第[^第]{{1,6}}次会议.*{_DONE}"
        ),
        (
            ("2007年6月29日 第十届全国人民代表大会常务委员会第二十八次会议通过", "全国人民代表大会常务委员会"),
            ("2019年1月31日 上海市第十五届人民代表大会第二次会议通过", "上海市人民代表大会"),
        ),
        ("——2017年3月5日在第十二届全国人民代表大会第五次会议上",),
    ),
    IssuerRule(
        "an order",
        re.compile(
            rf"(?:中华人民共和国)?(?P<issuer>国务院|(?![年月日])[\u4e00-\u9fff]{{2,16}}(?:部|委员会|局|政府|厅))令\s*(?:第|\d).*{_DONE}"
        ),
        (("2007年12月14日 中华人民共和国国务院令第514号公布", "国务院"), ("(2019年教育部令第5号公布)", "教育部")),
        ("根据局令第5条",),
    ),
)
"""What a line at the head may say, the surest first."""


def find_imprint(document: Document) -> Imprint:
    """Return what a document says of its own date and issuer."""
    head = _lines(document, document.paragraphs[:_HEAD])
    tail = _lines(document, document.paragraphs[max(_HEAD, len(document.paragraphs) - _TAIL) :])
    named = next((issuer for rule in ISSUERS for line in head if (issuer := rule.issuer(line))), "")
    signed = next((issuer for line in reversed(tail) if (issuer := _signature(line))), "")
    return Imprint(_date_of(head, tail), named or signed or _letterhead(head, document.title))


def date_in(line: str) -> str:
    """Return the last date in a line as in ISO 8601, as far as it is said: "2024-03-05", "2024-03", "2024"."""
    folded = fold(line)
    found = [
        (f"{match['year']}", ENGLISH_MONTHS.index(match["month"]) + 1, int(match["day"]))
        for pattern in _ENGLISH_DATES
        for match in pattern.finditer(folded)
    ]
    dates = [Date(int(year), month, day) for year, month, day in found]
    dates = dates or [date for rule in DATES[:3] for date in rule.all(folded) if date.year]
    return max((_iso(date) for date in dates), default="")


def _iso(date: Date) -> str:
    month = f"-{date.month:02}" if date.month else ""
    return f"{date.year}{month}" + (f"-{date.day:02}" if date.month and date.day else "")


def _lines(document: Document, paragraphs: Iterable[Paragraph]) -> list[str]:
    texts = (document.text[paragraph.start : paragraph.end].strip() for paragraph in paragraphs)
    return [text for text in texts if len(text) <= _LONGEST]


def _date_of(head: Sequence[str], tail: Sequence[str]) -> str:
    """Return the date that a label names, that it was settled on, that stands under it or alone under its title."""
    labelled = (date_in(line) for line in head if _LABELLED_DATE.search(fold(line)) and not _NO_LABEL.match(line))
    settled = (date_in(line) for line in head if _SETTLED.search(fold(line)))
    alone = (date_in(line) for line in (*reversed(tail), *head[1:]) if _is_a_date(line) or _signed_on(line))
    spoken = (date_in(line) for line in head if _SPOKEN.match(fold(line)))
    return (
        next(filter(None, labelled), "")
        or max(settled, default="")
        or next(filter(None, alone), "")
        or next(filter(None, spoken), "")
    )


def _is_a_date(line: str) -> bool:
    bare = fold(line)
    for month in ENGLISH_MONTHS:
        bare = re.sub(rf"\b{month}[a-z]*", "", bare)
    return bool(date_in(line)) and not _NOT_OF_A_DATE.sub("", bare)


def _signed_on(line: str) -> bool:
    match = _SIGNED.match(fold(line))
    return match is not None and match["date"] is not None and bool(date_in(match["date"]))


def _signature(line: str) -> str:
    match = _SIGNED.match(fold(line))
    return line[slice(*match.span("issuer"))] if match else ""


def _letterhead(head: Sequence[str], title: str) -> str:
    """Return the body whose name stands above the title of a paper, or opens it."""
    if len(head) > 1 and _LETTERHEAD.match(fold(head[0])) and any(map(_is_a_paper, head[1:3])):
        return head[0]
    match = _OWN_TITLE.match(fold(title)) if _is_a_paper(title) else None
    return title[slice(*match.span("issuer"))] if match else ""


def _is_a_paper(line: str) -> bool:
    return names_a_paper(re.sub(r"\s*[(（][^()（）]*[)）]$", "", fold(line)))
