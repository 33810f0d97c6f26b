"""What opens a line: chapter and article numbers, list numbers, lead words.

``RULES`` is the table; ``find_marker`` runs all of it as one expression, for every line of every document passes it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.language.lexicon import DIGITS, HUNDREDS, TENS, TRADITIONAL_TWO, TWO, ZEROS
from bot.tree import Kind


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker at the start of a line: its rank (a ``Kind``, or a depth between two) and its length in characters.

    ``heading`` tells that the line by itself may be a heading; what stands around it decides.
    """

    rank: int
    length: int
    heading: bool


@dataclass(frozen=True, slots=True)
class MarkerRule:
    """A row of a table of markers.

    ``opens`` are the characters that such a line can begin with, as in the brackets of an expression. ``pattern`` is an
    expression without groups for the marker at the start of a trimmed line; of the rows that match, the first counts.
    ``examples`` are (line, the marker that opens it), ``counterexamples`` lines it does not open.
    """

    name: str
    opens: str
    rank: int
    pattern: str
    examples: tuple[tuple[str, str], ...]
    counterexamples: tuple[str, ...] = ()


_NUMBER = rf"[{ZEROS}{DIGITS}{TENS}{TWO}{TRADITIONAL_TWO}\d]{{1,9}}"
_HAN = f"{ZEROS}{DIGITS}{HUNDREDS}"
_HAN_NUMBER = f"[{_HAN}]{{1,5}}"
_AFTER_UNIT = r"[\s:：、.]*"
# "第十二条规定：…" speaks of an article, it does not open one.
_NOT_AN_ARTICLE = (
    "规定|規定|所称|所稱|的|中|、|，|,|至|和|与|與|及|或|第|款|项|項|修改|改为|改為|增加|删|刪|明确|要求|件|例"
)
_AFTER_ENGLISH = r"\s(?:\d{1,4}|[IVXLC]+)\b(?:[.:\s–—-]+(?=[A-Z\d\"“(])|[.:]?$)"
_NO_CELLS_BEHIND = r"(?!.*(?:[ \u3000]{2}|[\t|]))"
_LAST_DOES = "由再将把提打领缴签完办"
"""After 最后 without a comma these begin what is done last: "最后打印准考证", not "最后一次"."""
_AFTER_DECIMAL = r"\.?\s+(?=[A-Z\u4e00-\u9fff])"

RULES = (
    MarkerRule(
        "part", "第", Kind.PART, rf"第\s?{_NUMBER}\s?(?:[编編篇卷]|部分){_AFTER_UNIT}",
        (("第一编　通则", "第一编　"), ("第二部分：任务", "第二部分："), ("第一編總則", "第一編")),
        ("第一批 名单", "本编第一条", "编 第一"),
    ),
    MarkerRule(
        "subpart", "第", Kind.SUBPART, rf"第\s?{_NUMBER}\s?分[编編]{_AFTER_UNIT}",
        (("第一分编 通则", "第一分编 "),), ("第一编 通则", "第三分公司"),
    ),
    MarkerRule(
        "chapter", "第", Kind.CHAPTER, rf"第\s?{_NUMBER}\s?[章回讲講]{_AFTER_UNIT}",
        (("第三章 总则", "第三章 "), ("第 12 章、附则", "第 12 章、"), ("第二回 游园", "第二回 ")),
        ("本章程自公布之日起施行。", "章三 总则"),
    ),
    MarkerRule(
        "section", "第", Kind.SECTION, rf"第\s?{_NUMBER}\s?[节節]{_AFTER_UNIT}",
        (("第一节 一般规定", "第一节 "), ("第一節通則", "第一節")), ("第一季度", "春节期间"),
    ),
    MarkerRule(
        "article", "第", Kind.ARTICLE,
        rf"第\s?{_NUMBER}\s?[条條](?:之{_NUMBER})?(?:\s*【[^】]{{1,40}}】|(?!{_NOT_AN_ARTICLE}))[\s:：]*",
        (("第一条　为了", "第一条　"), ("第三条之一 违反的", "第三条之一 "), ("第二条【付款】甲方", "第二条【付款】")),
        ("第十二条规定：“不得入内。”", "第三条、第四条所列", "依照第五条"),
    ),
    MarkerRule(
        "provisions", "总總附", Kind.ANNEX, r"[总總附][ \u3000]{0,4}[则則]$",
        (("附则", "附则"), ("附　　则", "附　　则"), ("附則", "附則"), ("总则", "总则")),
        ("附则由人事部解释。", "附则一"),
    ),
    MarkerRule(
        "annex", "附", Kind.ANNEX, rf"附[件录錄表](?:\s?{_NUMBER})?(?:[\s:：]+|$)",
        (("附件", "附件"), ("附件1：名录", "附件1："), ("附录 术语", "附录 ")), ("附件所列的名录", "附表格式见下"),
    ),
    MarkerRule(
        "han", _HAN, Kind.HAN, rf"{_HAN_NUMBER}[、．.]\s*",
        (("一、工作目标", "一、"), ("十二．其他", "十二．")), ("一些意见", "一心、一意"),
    ),
    MarkerRule(
        "han_bracket", "（(", Kind.HAN_BRACKET, rf"[（(]{_HAN_NUMBER}[)）]\s*",
        (("（一）沼泽；", "（一）"), ("(十) 其他", "(十) ")), ("（一般情况）", "（甲）方案"),
    ),
    MarkerRule(
        "decimal_4", r"\d", Kind.DECIMAL + 2, rf"\d{{1,3}}(?:\.\d{{1,3}}){{3}}{_AFTER_DECIMAL}",
        (("1.2.3.4 范围", "1.2.3.4 "),), ("10.0.0.1", "1.2.3 范围"),
    ),
    MarkerRule(
        "decimal_3", r"\d", Kind.DECIMAL + 1, rf"\d{{1,3}}(?:\.\d{{1,3}}){{2}}{_AFTER_DECIMAL}",
        (("1.2.3 Scope", "1.2.3 "),), ("1.2.3 scope", "2020.1.15"),
    ),
    MarkerRule(
        "decimal", r"\d", Kind.DECIMAL, rf"\d{{1,3}}\.\d{{1,3}}{_AFTER_DECIMAL}",
        (("1.2 Use", "1.2 "), ("3.1. 术语", "3.1. ")), ("3.5万人参加。", "3.14"),
    ),
    MarkerRule(
        "digit", r"\d", Kind.DIGIT, r"\d{1,3}[.．、](?!\d)\s*",
        (("1.身份证", "1."), ("12、照片", "12、"), ("1. Leave", "1. ")), ("3.5万人", "2020.身份证"),
    ),
    MarkerRule(
        "bare_digit", r"\d", Kind.DIGIT, rf"\d{{1,2}}[ \u3000](?=[A-Z\u4e00-\u9fff]){_NO_CELLS_BEHIND}",
        (("1 范围", "1 "), ("12 Scope", "12 ")), ("1  办公桌  20", "3 月\t5 日", "2024 年", "3 kg"),
    ),
    MarkerRule(
        "label", "【", Kind.LABEL, r"【[^】]{1,30}】$",
        (("【适用范围】", "【适用范围】"),), ("【适用范围】本法适用于全国。",),
    ),
    MarkerRule(
        "digit_bracket", r"（(\d", Kind.DIGIT_BRACKET, r"(?:[（(]\d{1,3}[)）]|\d{1,3}[)）])\s*",
        (("（1）复印件；", "（1）"), ("2) Meet outside", "2) ")), ("（2020）第3号", "(a) shops"),
    ),
    MarkerRule("circle", "①-⑳", Kind.CIRCLE, r"[①-⑳]\s*", (("① 复印件", "① "),), ("㊀ 复印件",)),
    MarkerRule(
        "english_part", "P", Kind.PART, rf"(?:Part|PART){_AFTER_ENGLISH}",
        (("Part 2. Rent", "Part 2. "), ("PART II", "PART II")), ("Part 2 of the Act", "Parties"),
    ),
    MarkerRule(
        "english_chapter", "C", Kind.CHAPTER, rf"(?:Chapter|CHAPTER){_AFTER_ENGLISH}",
        (("Chapter 1: Scope", "Chapter 1: "), ("CHAPTER II", "CHAPTER II")), ("Chapter one", "Chapter 1 says that"),
    ),
    MarkerRule(
        "english_section", "S", Kind.SECTION, rf"(?:Section|SECTION){_AFTER_ENGLISH}",
        (("Section 3 – Definitions", "Section 3 – "),), ("Section 3 of it does not.",),
    ),
    MarkerRule(
        "english_article", "A", Kind.ARTICLE, rf"(?:Article|ARTICLE){_AFTER_ENGLISH}",
        (("Article 5. Everyone may swim.", "Article 5. "),), ("Article 5 of the Act applies.",),
    ),
    MarkerRule(
        "question", "问問Q", Kind.QUESTION, rf"(?:(?:[问問]题?|[问問]題|Q)\s?(?:\d{{1,3}}|{_HAN_NUMBER})?[:：])\s*",
        (("问：怎么报名？", "问："), ("Q1: How?", "Q1: ")), ("答：网上报名。", "问题在于报名"),
    ),
    MarkerRule(
        "lead_numbered", _HAN, Kind.LEAD, rf"{_HAN_NUMBER}[是要则則](?![否不])",
        (("一要加深认识。", "一要"), ("二是书写“答卷”！", "二是")), ("一是否", "一般来说。"),
    ),
    MarkerRule(
        "lead_ordinal", "第", Kind.LEAD, rf"第{_HAN_NUMBER}[，,：:]",
        (("第三，巩固成果。", "第三，"),), ("第三次会议", "第3，巩固成果。"),
    ),
    MarkerRule(
        "lead_of_them", "其", Kind.LEAD, rf"其{_HAN_NUMBER}[，,、：:]",
        (("其一，查清原因。", "其一，"),), ("其一是", "其他，"),
    ),
    MarkerRule(
        "lead_word", "首其再最然接随", Kind.LEAD,
        rf"首先|然后|接着|随后|接下来|(?:其次|再次|再者|最后|最後)(?:[，,、：:]|(?=[{_LAST_DOES}]))",
        (("首先，查清。", "首先"), ("最后，总结。", "最后，"), ("最后打印证件。", "最后"), ("然后交费。", "然后")),
        ("最后一次会议开得很好。", "再次会议"),
    ),
    MarkerRule(
        "lead_step", "第", Kind.LEAD, rf"第(?:{_HAN_NUMBER}|\d{{1,2}})步(?:骤)?[，,、：:是]?",
        (("第一步：注册账号。", "第一步："), ("第2步 交费", "第2步")), ("第一部分", "步骤一"),
    ),
    MarkerRule(
        "lead_english_step", "S", Kind.LEAD, r"(?:Step|STEP) \d{1,2}(?:[.:,]|\b)\s*",
        (("Step 1: Register.", "Step 1: "),), ("Steps to register",),
    ),
    MarkerRule("lead_dash", "—", Kind.LEAD, r"——+(?=\w)", (("——粮食丰收。", "——"),), ("—— ", "—粮食")),
    MarkerRule(
        "lead_english", "FSTLN", Kind.LEAD,
        r"(?:First|Firstly|Then|Next|Second|Secondly|Third|Thirdly|Fourth|Finally|Lastly),\s",
        (("Second, keep dry.", "Second, "),), ("First aid kits", "second, keep dry."),
    ),
)  # fmt: skip


def one_expression(rules: Sequence[MarkerRule]) -> re.Pattern[str]:
    """Return the rules as one expression with a named group for each.

    Most lines begin with no character that ``opens`` one; finding that out first takes a third of the time.
    """
    opens = "".join(rule.opens for rule in rules)
    return re.compile(f"(?=[{opens}])(?:{'|'.join(f'(?P<{rule.name}>{rule.pattern})' for rule in rules)})")


_MARKER = one_expression(RULES)
_RANKS: dict[str | None, int] = {rule.name: rule.rank for rule in RULES}
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
    if match is None:
        return None
    rank, length = _RANKS[match.lastgroup], match.end()
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
