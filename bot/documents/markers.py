"""What opens a line: chapter and article numbers, list numbers, Markdown heading signs, lead words."""

import re
from dataclasses import dataclass
from enum import IntEnum


class Kind(IntEnum):
    """Kinds of markers; of two kinds in a document the smaller stands outside the larger."""

    ATX = 0  # Markdown headings take ATX + 1 to ATX + 6
    ANNEX = 10
    PART = 11
    SUBPART = 12
    CHAPTER = 13
    SECTION = 14
    ARTICLE = 15
    HAN = 20
    HAN_BRACKET = 21
    LABEL = 22  # 【…】 alone on its line
    DIGIT = 23
    DECIMAL = 24  # 1.2; each further number stands one deeper, up to 1.2.3.4
    DIGIT_BRACKET = 27
    CIRCLE = 28
    QUESTION = 29  # 问：… of questions and answers
    INNER_ARTICLE = 30  # an article in a text whose list numbers stand outside its articles
    LEAD = 99


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker at the start of a line: its rank (a ``Kind``, or a depth between two) and its length in characters.

    ``heading`` tells that the line by itself may be a heading; what stands around it decides.
    """

    rank: int
    length: int
    heading: bool


_NUMBER = "[〇零一二三四五六七八九十百千两兩\\d]{1,9}"
_HAN_NUMBER = "[〇零一二三四五六七八九十百]{1,5}"
_UNITS = {
    **dict.fromkeys(("编", "編", "篇", "卷", "部分"), Kind.PART),
    **dict.fromkeys(("分编", "分編"), Kind.SUBPART),
    **dict.fromkeys(("章", "回", "讲", "講"), Kind.CHAPTER),
    **dict.fromkeys(("节", "節"), Kind.SECTION),
}
_ENGLISH = {"part": Kind.PART, "chapter": Kind.CHAPTER, "section": Kind.SECTION, "article": Kind.ARTICLE}

# "第十二条规定：…" speaks of an article, it does not open one.
_NOT_AN_ARTICLE = (
    "规定|規定|所称|所稱|的|中|、|，|,|至|和|与|與|及|或|第|款|项|項|修改|改为|改為|增加|删|刪|明确|要求|件|例"
)
_MARKER = re.compile(
    rf"""
      第\s?{_NUMBER}\s?(?P<unit>分[编編]|[编編篇卷章回讲講节節]|部分)[\s:：、.]*
    | (?P<article>第\s?{_NUMBER}\s?[条條](?:之{_NUMBER})?(?:\s*【[^】]{{1,40}}】|(?!{_NOT_AN_ARTICLE})))[\s:：]*
    | (?P<annex>附[件录錄表](?:\s?{_NUMBER})?(?:[\s:：]+|$))
    | (?P<han>{_HAN_NUMBER}[、．.])\s*
    | (?P<han_bracket>[（(]{_HAN_NUMBER}[)）])\s*
    | (?P<decimal>\d{{1,3}}(?:\.\d{{1,3}}){{1,3}})\.?\s+(?=[A-Z\u4e00-\u9fff])
    | (?P<digit>\d{{1,3}}[.．、](?!\d))\s*
    | (?P<label>【[^】]{{1,30}}】)$
    | (?P<digit_bracket>[（(]\d{{1,3}}[)）]|\d{{1,3}}[)）])\s*
    | (?P<circle>[①-⑳])\s*
    | (?P<english>Part|PART|Chapter|CHAPTER|Section|SECTION|Article|ARTICLE)\s(?:\d{{1,4}}|[IVXLC]+)\b
      (?:[.:\s–—-]+(?=[A-Z\d"“(])|[.:]?$)
    | (?P<question>(?:[问問]题?|[问問]題|Q)\s?(?:\d{{1,3}}|{_HAN_NUMBER})?[:：])\s*
    | (?P<lead>{_HAN_NUMBER}[是要则則](?![否不])|第{_HAN_NUMBER}[，,：:]|其{_HAN_NUMBER}[，,、：:]
      |首先|(?:其次|再次|再者|最后|最後)[，,、：:]
      |——+(?=\w)|(?:First|Firstly|Second|Secondly|Third|Thirdly|Fourth|Finally|Lastly),\s)
    """,
    re.VERBOSE,
)
_KINDS = {
    "article": Kind.ARTICLE,
    "annex": Kind.ANNEX,
    "han": Kind.HAN,
    "han_bracket": Kind.HAN_BRACKET,
    "label": Kind.LABEL,
    "digit": Kind.DIGIT,
    "digit_bracket": Kind.DIGIT_BRACKET,
    "circle": Kind.CIRCLE,
    "question": Kind.QUESTION,
    "lead": Kind.LEAD,
}
_LONGEST_HEADING = 60
_LONGEST_ENGLISH_HEADING = 100
_LONGEST_ARTICLE_HEADING = 30
_LONGEST_QUESTION = 150
_LONGEST_SENTENCE_HEADING = 40
# A question may be a heading; other sentence ends, and marks that leave the line open, may not.
_NO_HEADING = re.compile(r"[。！；;!…]|[？?].|\.\s|[，,、]$|[a-z\d)]\.$|《[^》]*$|（[^）]*$|“[^”]*$")
_PLAIN_SENTENCE = re.compile(r"[^，,；;：:。！？!?]+。")


def find_marker(line: str) -> Marker | None:
    """Return the marker that opens a trimmed line of plain text, or None."""
    match = _MARKER.match(line)
    if match is None or match.lastgroup is None:
        return None
    group, length = match.lastgroup, match.end()
    rank: int = _KINDS.get(group, Kind.LEAD)
    if group == "unit":
        rank = _UNITS[match["unit"]]
    elif group == "english":
        rank = _ENGLISH[match["english"].lower()]
    elif group == "decimal":
        rank = Kind.DECIMAL + match["decimal"].count(".") - 1
    return Marker(rank, length, rank != Kind.LEAD and _may_be_heading(line, rank, length))


def _may_be_heading(line: str, rank: int, length: int) -> bool:
    if rank == Kind.QUESTION:
        return length < len(line) <= _LONGEST_QUESTION and line[-1] in "？?"
    longest = _LONGEST_ENGLISH_HEADING if line.isascii() else _LONGEST_HEADING
    if len(line) > longest:
        return False
    rest = line[length:]
    if not rest:
        return rank <= Kind.ARTICLE or rank == Kind.LABEL
    if rank == Kind.ARTICLE:
        return (
            len(rest) <= _LONGEST_ARTICLE_HEADING and not _NO_HEADING.search(rest) and not re.search("[，：、:]", rest)
        )
    return not _NO_HEADING.search(rest)


def is_sentence_heading(line: str, marker: Marker) -> bool:
    """Tell whether a numbered line is one short plain sentence ("（八）加强企业服务。"), as some headings are."""
    return (
        Kind.HAN <= marker.rank < Kind.LEAD
        and len(line) <= _LONGEST_SENTENCE_HEADING
        and (_PLAIN_SENTENCE.fullmatch(line, marker.length) is not None)
    )
