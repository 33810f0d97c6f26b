"""Addresses in laws and contracts as a question writes them: "行政处罚法第三十条第二款第（一）项和第三十一条"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from bot.language.folding import fold
from bot.language.numerals import NUMBER, han_numeral, numeral
from bot.tree import Kind

DIVISIONS = {"编": Kind.PART, "章": Kind.CHAPTER, "节": Kind.SECTION}
_UNITS = "编章节条款项目"
"""From the outermost to the innermost."""
_AND = r"(?:(?:、|,|;|以?及|和|与|或者?|跟|还有|and\b|or\b|&)\s*)+"
_TO = r"(?:至|到|-|—+|–|~|to\b|through\b)"
_FIRST = re.compile(rf"第\s*{NUMBER}\s*[编章节条]")
_STEP = re.compile(
    rf"第\s*\(?\s*({NUMBER})\s*\)?\s*([编章节条款项]|目(?!标|录|前|的[是在]))(?:之({NUMBER}))?|\(\s*({NUMBER})\s*\)\s*项?"
)
_JOINT = re.compile(rf"[\s的]*(?:(?P<to>{_TO})|(?P<more>{_AND}))?\s*")
_NEXT_LAW = re.compile(
    rf"(《[^》]+(?:《[^》]*》[^》]*)*》|[^\s,。;:?!、第]{{2,40}}?)[的中]?\s*(?=第\s*{NUMBER}\s*[编章节条])"
)
# "第三、五条" and "第（一）至（三）项": the numbers of one unit, which is written once.
_BARE = rf"\(?\s*{NUMBER}\s*\)?"
_COMPACT = re.compile(rf"第\s*({_BARE}(?:\s*(?:、|和|与|及|或|至|到|-|—|~)\s*第?\s*{_BARE})+)\s*([条款项])")
_ENGLISH_UNITS = {
    "part": "编", "chapter": "章", "article": "条", "paragraph": "款",
    "item": "项", "subparagraph": "项", "point": "项",
}  # fmt: skip
_ENGLISH = re.compile(r"\b(?:part|chapter|article)s?\s+\d{1,4}\b")
_ENGLISH_STEP = re.compile(
    rf"\b({'|'.join(_ENGLISH_UNITS)})s?\s+(\(?\d{{1,4}}\)?(?:(?:\s*,\s*|\s*(?:,\s*)?(?:and|or|to|through)\s+|\s*[-–&]\s*)\(?\d{{1,4}}\)?)*)"
    r"((?:\s?\(\d{1,3}\))*)"
)
_INNER_OF_OUTER = re.compile(rf"((?:第{NUMBER}[款项])+)\s+of\s+(?:the\s+)?((?:第{NUMBER}[编章条款])+)")
_ENGLISH_LAW = re.compile(
    r"\s*,?\s*(?:of|in|under|from)\s+(?:the\s+)?(?P<name>[^?!.,;:]+?)"
    r"(?=\s+(?:says?|means?|provides?|states?|stipulates?|about)\b|\s*[?!.,;:]|\s*$)"
)
# What may stand around an address that is all that is asked for; anything else makes it part of a longer question.
_OPENS = re.compile(
    r"^(?:请问|请|帮我|给我|我想|知道|根据|依据|按照|依照|查找|查一?下?|查看|看看|看一?下?|告诉我|打开|引用|列出|显示|翻到|在|"
    r"what (?:does|do|is|are)\b|show me\b|show\b|open\b|quote\b|under\b|in\b|the\b|\s)+"
)
_ASKS = re.compile(
    r"(?:规定|内容|条文|原文|全文|意思|具体|主要|到底|究竟|分别|什么|哪些|怎么|怎样|如何|说|讲|写|有|是|都|各|的|了|呢|吗|啥|为|请|"
    r"列出|给出|显示|查看|中|里|say|mean|provide|state|about|of th(?:e|is) (?:law|document|contract|text)|[\s?!.。,:])*"
)
_NAME = re.compile(r"《[^》]*(?:《[^》]*》[^》]*)*》$|[^\s,。;:?!]{2,100}$")
_LAW = re.compile(
    r"(?:法|条例|规定|办法|细则|规则|解释|法典|law|act|code|regulations?|rules|measures|contract|agreement|treaty)$"
)
_THIS = re.compile(
    r"(?:(?:[本该此]|这[部份个篇项]?|上述)(?:法律?|条例|规定|办法|文件|合同|协议|细则)?"
    r"|(?:th(?:is|e)\s+)?(?:law|act|document|contract|agreement|text))$"
)
_POINT = re.compile(rf"第\s*{NUMBER}\s*个?(?:大?部分|[大小]?点|方面|问题)$")  # its 条 are points of an outline
_MOST = 20
"""Addresses that are read: "第一条第1至9999款" would be looked up nearly ten thousand times in each document."""
_MARKS = re.compile(r"[\s《》〈〉「」\"“”·'’‘]")
_STATE = re.compile(r"^中华人民共和国|(?:of(?:the)?)?peoplesrepublicofchina")


@dataclass(frozen=True, slots=True)
class Address:
    """What a question names. Numbers are 0 where they are not named.

    ``law`` is the folded name as written, or what stands before the address where that may be one; ``quoted`` tells
    that it stood in 《》. ``inserted`` is M of "第N条之M", ``last`` the article that a range ends with, as (N, M).
    ``subitem`` counts 目. ``alone`` tells that the question asks for nothing but what stands there.
    """

    law: str = ""
    quoted: bool = False
    divisions: tuple[tuple[int, int], ...] = ()
    article: int = 0
    inserted: int = 0
    last: tuple[int, int] = (0, 0)
    paragraph: int = 0
    item: int = 0
    subitem: int = 0
    alone: bool = True

    @property
    def text(self) -> str:
        """The address without its law, in Chinese numerals: "第三十条第二款第（一）项"."""
        units = {rank: unit for unit, rank in DIVISIONS.items()}
        form = "".join(f"第{han_numeral(number)}{units[Kind(rank)]}" for rank, number in self.divisions)
        if self.article:
            form += _article(self.article, self.inserted)
        if self.last[0]:
            form += f"至{_article(*self.last)}"
        if self.paragraph:
            form += f"第{han_numeral(self.paragraph)}款"
        if self.item:
            form += f"第（{han_numeral(self.item)}）项"
        return form + (f"第{self.subitem}目" if self.subitem else "")

    @property
    def english(self) -> str:
        """The address without its law in English: "Article 30, paragraph 2, item (1)"."""
        units = {Kind.PART: "Part", Kind.CHAPTER: "Chapter", Kind.SECTION: "Section"}
        steps = [f"{units[Kind(rank)]} {number}" for rank, number in self.divisions]
        if self.last[0]:
            steps.append(f"Articles {self.article} to {self.last[0]}")
        elif self.article:
            steps.append(f"Article {self.article}" + (f"-{self.inserted}" if self.inserted else ""))
        steps += [f"paragraph {self.paragraph}"] if self.paragraph else []
        inner = f"({self.item})" if self.item else ""
        inner += f"({self.subitem})" if self.subitem else ""
        return ", ".join(steps + ([f"item {inner}"] if inner else []))


@dataclass(frozen=True, slots=True)
class _Step:
    """One number with its unit; ``joint`` stands before it: "" or "," within an address, "to", or "and"."""

    unit: str
    number: int
    inserted: int
    joint: str
    law: str


@dataclass(frozen=True, slots=True)
class _Read:
    """An address while it is read: unit -> (number, inserted), the end of a range of articles, and a law's name."""

    law: str
    numbers: dict[str, tuple[int, int]]
    last: tuple[int, int] = (0, 0)


def find_addresses(question: str) -> tuple[Address, ...]:
    """Return the addresses that a question names one after another; each names an article or a division (编, 章, 节).

    What a later one leaves out, it takes from the one before: "第三条第一款和第二款", "第三、五条". A range of
    款, 项 or 目 is as many addresses, one of articles is one with ``last``. Of more than 20 the first are returned.
    """
    folded = _COMPACT.sub(_write_out, fold(question))
    match = _FIRST.search(folded)
    english = match is None and _ENGLISH.search(folded) is not None
    if english:
        folded = _from_english(folded)
        match = _FIRST.search(folded)
    if match is None:
        return ()
    head = _OPENS.sub("", folded[: match.start()]).rstrip(" 的,")
    head = re.sub(r"(?<=[》法例定法])(?:中|里面?)$", "", head)
    if _POINT.search(head):
        return ()
    steps, end = _steps(folded, match.start())
    if not head and english and (after := _ENGLISH_LAW.match(folded, end)):
        head, end = after["name"], after.end()
    name = re.search(r".{2,100}$", head) if english else _NAME.search(head)
    law = "" if name is None or _THIS.match(head) else name[0]
    rest = "" if _THIS.match(head) else head[: len(head) - len(law)]
    alone = _ASKS.fullmatch(folded, end) is not None and not rest.strip(" ,:。")
    found = (_address(read, read.law or law, alone=alone) for read in _read(steps))
    named = (address for address in found if address.article or address.divisions)  # "第零条" names nothing
    return tuple(islice(named, _MOST))


def title_key(title: str) -> str:
    """Return what of a title or a name is compared: folded, without marks, blanks and the state's name."""
    return _STATE.sub("", _MARKS.sub("", fold(title)))


def is_law(name: str) -> bool:
    """Tell whether a name ends as the names of laws and contracts do."""
    return _LAW.search(name) is not None


def _article(number: int, inserted: int) -> str:
    return f"第{han_numeral(number)}条" + (f"之{han_numeral(inserted)}" if inserted else "")


def _address(read: _Read, law: str, *, alone: bool) -> Address:
    def of(unit: str) -> int:
        return read.numbers.get(unit, (0, 0))[0]

    return Address(
        law=title_key(law),
        quoted=law.startswith("《"),
        divisions=tuple((rank, of(unit)) for unit, rank in DIVISIONS.items() if unit in read.numbers),
        article=of("条"),
        inserted=read.numbers.get("条", (0, 0))[1],
        last=read.last,
        paragraph=of("款"),
        item=of("项"),
        subitem=of("目"),
        alone=alone,
    )


def _steps(folded: str, start: int) -> tuple[list[_Step], int]:
    """Return the steps of all addresses that stand together from ``start``, and where they end."""
    steps: list[_Step] = []
    at = start
    while joint := _JOINT.match(folded, at):
        more = (joint["more"] or "").strip()
        law = _NEXT_LAW.match(folded, joint.end()) if steps and more else None
        if law is not None and not (law[1].startswith("《") or is_law(law[1])):
            law = None
        step = _STEP.match(folded, law.end() if law else joint.end())
        if step is None or (not steps and joint.end() > start):
            break
        unit = step[2] or ("目" if steps and steps[-1].unit == "项" and not joint["to"] and not more else "项")
        kind = "to" if joint["to"] else more if more in ("", ",") else "and"
        inserted = numeral(step[3]) if step[3] else 0
        steps.append(_Step(unit, numeral(step[1] or step[4]), inserted, kind, law[1] if law else ""))
        at = step.end()
    return steps, at


def _read(steps: list[_Step]) -> Iterator[_Read]:
    """Put steps together to addresses: a step that goes no deeper, or stands behind 和, begins another."""
    now = _Read("", {})
    for step in steps:
        depth, value = _UNITS.index(step.unit), (step.number, step.inserted)
        deepest = max((_UNITS.index(unit) for unit in now.numbers), default=-1)
        if step.joint in ("", ",") and not step.law and depth > deepest:
            if not now.last[0]:
                now.numbers[step.unit] = value
            continue
        kept = {unit: number for unit, number in now.numbers.items() if _UNITS.index(unit) < depth and not step.law}
        if step.unit == "条" and "条" not in now.numbers:
            kept = {}  # "第二章和第三条": an article is counted through the whole law
        if step.joint == "to" and step.unit == "条" and "条" in now.numbers:
            low, high = sorted((now.numbers["条"], value))
            now = _Read(now.law, {**kept, "条": low}, high)
            continue
        yield now
        if step.joint == "to" and step.unit in now.numbers:
            for number in range(now.numbers[step.unit][0] + 1, step.number):
                yield _Read(now.law, {**kept, step.unit: (number, 0)})
        now = _Read(step.law or now.law, {**kept, step.unit: value})
    yield now


def _write_out(match: re.Match[str]) -> str:
    return re.sub(rf"第?\s*({_BARE})", rf"第\1{match[2]}", match[1])


def _from_english(folded: str) -> str:
    """Write "article 5(2)", "articles 3 and 5" and "item 2 of article 3" as 第5条第2款, 第3条 and 第5条, 第3条第2项."""

    def step(match: re.Match[str]) -> str:
        unit = _ENGLISH_UNITS[match[1]]
        form = re.sub(r"\(?(\d+)\)?", rf"第\1{unit}", match[2])
        deeper = _UNITS[_UNITS.index(unit) + 1 :]
        inner = re.findall(r"\d+", match[3])
        return form + "".join(f"第{number}{below}" for number, below in zip(inner, deeper, strict=False))

    written = _ENGLISH_STEP.sub(step, folded)
    while (turned := _INNER_OF_OUTER.sub(r"\2\1", written)) != written:
        written = turned
    return written
