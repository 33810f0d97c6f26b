"""Exact rules: each number, date, amount, name, code, address of a written sentence must stand in its quotes."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from bot.language.designators import relative_years
from bot.language.folding import fold, plain
from bot.language.lexicon import DIGITS
from bot.language.mentions import CODES
from bot.language.rules import rewrite
from bot.question.addresses.patterns import ENGLISH_STEP, NUMBERED, ONE_UNIT
from bot.writing.quantities import BARE, COUNT, DATE, MONTHS, ORDINAL, TIME, Quantity, quantities
from bot.written import Lack

_TITLE = re.compile(r"《(?P<title>[^《》]+)》")
_LINK = re.compile(
    r"https?://[^\s，。；）)]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?<![\d.])(?![12]\d{3}-[12]\d{3}(?:\)|年))\+?\d{2,4}(?:-\d{3,8}){1,3}(?!\d)|(?<![\d.,])\d{7,}(?![\d.,]|[万亿元公千平吨米人])"
)
_MARKS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Said:
    """What a text says exactly: its quantities, codes (letters and digits alone), addresses (unit, number)."""

    folded: str
    quantities: tuple[Quantity, ...]
    codes: tuple[tuple[str, str], ...]
    addresses: tuple[tuple[str, int, int], ...]
    titles: tuple[str, ...]

    @classmethod
    def read(cls, text: str) -> "Said":
        """Read a text."""
        written = plain(text)
        folded = fold(written)
        addressed = rewrite(ENGLISH_STEP, rewrite(ONE_UNIT, folded))
        numbers = list(NUMBERED.all(addressed))
        rest = NUMBERED.pattern.sub(lambda m: "#" * len(m[0]), folded)
        rest = ENGLISH_STEP.pattern.sub(
            lambda m: "#" * len(m[0]), ONE_UNIT.pattern.sub(lambda m: "#" * len(m[0]), rest)
        )
        codes = []
        for pattern in (_LINK, *(rule.pattern for rule in CODES)):
            for match in pattern.finditer(rest):
                if _is_code(match[0], written[match.start() : match.end()]):
                    codes.append((bare(match[0]), match[0]))
                    rest = f"{rest[: match.start()]}{'#' * len(match[0])}{rest[match.end() :]}"
        return cls(
            folded=folded,
            quantities=quantities(rest),
            codes=tuple(codes),
            addresses=tuple((one.unit, one.number, one.inserted) for one in numbers),
            titles=tuple(match["title"] for match in _TITLE.finditer(folded)),
        )


def _is_code(code: str, written: str) -> bool:
    """Tell whether letters with digits are a name: with a space between them only where the letters are capitals."""
    return not re.match(r"[a-z/]+ ", code) or (
        written[:1].isupper() and written.split()[0].isupper() and code.split()[0] not in _CURRENCIES
    )


_CURRENCIES = frozenset(("rmb", "cny", "usd", "eur", "gbp", "hkd", "jpy"))


def bare(text: str) -> str:
    """Return a text's letters and digits alone."""
    return _MARKS.sub("", text)


def exact_lacks(sentence: Said, quotes: Sequence[Said], around: Said) -> list[Lack]:
    """Return what a sentence says exactly and neither its quotes nor what stands ``around`` them says."""
    lacks = [*_quantities_lacking(sentence, quotes, around), *_loose_numbers(sentence, quotes)]
    everything = bare("\n".join([*(quote.folded for quote in quotes), around.folded]))
    counts = {one.value for quote in (*quotes, around) for one in quote.quantities}
    lacks += (
        Lack("code", written)
        for code, written in sentence.codes
        if code not in everything and not (code.isdecimal() and int(code) in counts)
    )
    known = {address for quote in (*quotes, around) for address in quote.addresses}
    lacks += (
        Lack("address", f"第{number}{unit}" + (f"之{inserted}" if inserted else ""))
        for unit, number, inserted in dict.fromkeys(sentence.addresses)
        if (unit, number, inserted) not in known
    )
    lacks += (Lack("name", f"《{title}》") for title in sentence.titles if bare(title) not in everything)
    return lacks


_LISTED = re.compile(
    r"[个项种类条点步大方]?\s*(?:主要|基本|具体|重要|不同|必要|相应)?的?(?:方面|部分|阶段|环节"
    r"|种|类|点|项|步|条|条件|要求|情形|内容|原则|任务|措施"
    r"|方式|办法|步骤|材料|原因|目标|要点|情况|因素|特点|规定|事项|类型|类别|途径|ways?|kinds?"
    r"|types?|steps?|parts?|points?|items?|conditions?)"
)
_OPENS_LIST = re.compile(r"以下|如下|下列|包括|分为|共有?|有|following|includ")


def _quantities_lacking(sentence: Said, quotes: Sequence[Said], around: Said) -> Iterator[Lack]:
    given = [one for quote in quotes for one in quote.quantities]
    beside = [*given, *around.quantities]
    years = _years([*quotes, around])
    texts = " ".join(quote.folded for quote in quotes)
    for one in sentence.quantities:
        written = sentence.folded[one.start : one.end].strip()
        if one.kind == "date":
            same = [other for other in beside if _same_date(one, other, years)]
        else:
            same = [other for other in beside if _same(one, other)]
        if same:
            lack = _bound_lack(one, same, sentence)
            if lack:
                yield lack
        elif not (
            _counts_items(one, sentence.folded, quotes)
            or _digit(one, sentence.folded) in texts
            or _each(one, texts)
            or bare(written) in bare(around.folded)
        ):
            yield Lack(one.kind, written)


_LOOSE = re.compile(
    r"(?<![第\d一二三四五六七八九十百千万零〇两])(?:[百千]|[一二三四五六七八九]百)[一二三四五六七八九](?=[^\W\d十百千万亿])"
)
"""A numeral that may be read in two ways: 百四, 二百八."""


def _loose_numbers(sentence: Said, quotes: Sequence[Said]) -> Iterator[Lack]:
    """Yield numerals that are no number by the book, where the quotes do not say the very same."""
    texts = "\n".join(quote.folded for quote in quotes)
    for match in _LOOSE.finditer(sentence.folded):
        if match[0] not in texts:
            yield Lack("number", match[0])


def _same(one: Quantity, other: Quantity) -> bool:
    if one.family == DATE or other.family == DATE:
        return one.family == TIME and isinstance(other.value, tuple) and one.value == other.value[2] * 1440
    if one.family == other.family:
        return one.value == other.value
    if BARE in (one.family, other.family) and ORDINAL not in (one.family, other.family):
        size = 12 if MONTHS in (one.family, other.family) else 1440 if TIME in (one.family, other.family) else 1
        return one.value == other.value or one.value in (other.value * size,) or other.value == one.value * size
    return False


def _same_date(one: Quantity, other: Quantity, years: set[int]) -> bool:
    if one.family != other.family:
        return False
    if one.family != DATE:
        return one.value == other.value
    year, month, day = one.value  # type: ignore[misc]
    y, m, d = other.value  # type: ignore[misc]
    return (
        (year in (0, y) or (y == 0 and year in years) or (not month and year in years))
        and month in (0, m)
        and day in (0, d)
    )


def _years(texts: Iterable[Said]) -> set[int]:
    texts = list(texts)
    years = {one.value[0] for text in texts for one in text.quantities if one.family == DATE}  # type: ignore[index]
    years.discard(0)
    relative = {d.first[0] for year in years for text in texts for d in relative_years(text.folded, year)}
    return years | relative


def _bound_lack(one: Quantity, same: Sequence[Quantity], sentence: Said) -> Lack | None:
    """Return what a quantity's bound lacks: at least where at most is said, or where nothing is."""
    if any(_bounds_agree(one, other) for other in same):
        return None
    kin = [other for other in sentence.quantities if other.start < one.start and other.family == one.family]
    if kin and not one.bound and any(_bounds_agree(kin[-1], other) for other in same):
        return None  # 硕士生最长为五年，博士生为八年: said once for both
    folded = sentence.folded
    return Lack("scope", folded[max(0, one.start - 4) : one.end + 2].strip(" ，。,."))


def _bounds_agree(one: Quantity, other: Quantity) -> bool:
    if one.bound and other.bound:
        return one.bound == other.bound
    return not (one.sure or other.sure)


def _counts_items(one: Quantity, folded: str, quotes: Sequence[Said]) -> bool:
    """Tell whether a number counts what the quotes list: 包括以下三点."""
    listed = any(_LISTED.match(folded, at) for at in range(max(one.start, one.end - 2), one.end))
    if one.family != COUNT or not listed:
        return False
    counts = {len(quotes), sum(len(_SENTENCE.findall(quote.folded)) for quote in quotes)}
    marks = "；;、" + ("，," if _OPENS_LIST.search(folded) else "")
    for quote in quotes:
        for part in (*re.split("[。：:]", quote.folded), quote.folded):
            counts |= {part.count(mark) + 1 + more for mark in marks for more in (0, 1) if mark in part}
        counts.add(len(_NUMBERED_ITEM.findall(quote.folded)))
    return one.value in counts


_SENTENCE = re.compile(r"[^。！？]+")
_NUMBERED_ITEM = re.compile(r"(?:^|[：:；;。，,\s])[(（]?[一二三四五六七八九十\d]{1,2}[)）.．、]")


def _digit(one: Quantity, folded: str) -> str:
    """Return a small number as Chinese writes it, with what follows: 九平 of 9平; a mark where it is none."""
    small = one.family == BARE and isinstance(one.value, Fraction) and one.value in range(1, 10)
    return f"{DIGITS[int(one.value) - 1]}{folded[one.end : one.end + 1]}" if small else "\0"  # type: ignore[arg-type]


def _each(one: Quantity, texts: str) -> bool:
    """Tell whether "once a year" is said as 每年."""
    if one.family == ORDINAL:
        return one.value == 1 or (one.value == 2 and any(word in texts for word in ("次年", "翌年", "次日", "次月")))
    if one.value == 1440 and one.family == TIME:
        return any(word in texts for word in ("每天", "每日", "当天", "当日", "daily", "per day"))
    if one.value == 12 and one.family == MONTHS:
        return any(word in texts for word in ("每年", "年度", "全年", "annual", "per year", "a year"))
    if one.value == 1 and one.family == MONTHS:
        return any(word in texts for word in ("每月", "月度", "monthly", "per month", "a month"))
    return False
