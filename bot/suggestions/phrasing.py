"""Questions made by rule from what a document says: each asks for something that stands in a known place of it.

Better no question than a clumsy one: a rule fires only where the words around it make a whole question by themselves.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.documents.markers import find_marker
from bot.documents.passages import split_sentences
from bot.evidence.enumerations import repeats_noun
from bot.language.folding import fold
from bot.language.kinds import is_met
from bot.language.numerals import numeral
from bot.types import Document, Language, Paragraph

_LONGEST: dict[Language, int] = {"zh": 24, "en": 70}
_NUMERAL = r"(?:\d[\d,.]*|[一二三四五六七八九十百千万两]+)"
_DAYS = r"个?工作日|日|天|个月|年|小时"
_UNIT = rf"{_DAYS}|万元|亿元|元|人次|人|名|公里|米|平方米|亩|公顷|吨|册|件|家|所|项|次|岁|倍"
_SELF = r"本(?:法|条例|规定|办法|细则|规则|章程|合同|协议|标准|指南|意见|通知|方案|制度|守则|规程)"
_MODAL = r"(?:应当|应|可以|不得|必须|需要|需|要|禁止|不予|不|由|属于)"
_BREAK = r"[^，。；：、！？“”《》（）()\s]"
_DEFINED = re.compile(
    rf"(?:^|[。；])(?:{_SELF}中?(?:所称|规定)的?)?“?(?P<x>(?!本|上述){_BREAK}{{2,14}}?)”?[，,]?(?:是指|指的是)"
)
_ONE_OF = re.compile(
    rf"有下列(?P<n>情形|情况|行为)之一的[，,]?(?P<m>(?:应当|可以|不得|必须|不予|不|由){_BREAK}{{2,16}})(?=[，。；：])"
)
_LISTED = r"(?:下列|如下|(?<![元万亿\d%年月日岁级人米])以下)(?P<c>(?!用语|[^：]*含义)[^，。；：的]{1,8})[：:]"
_CHOSEN = re.compile(rf"(?:^|[，。；])(?P<a>[^，。；：“”（）]{{2,16}}){_LISTED}")
_CHOSEN_FOR = re.compile(
    rf"(?:^|[，。；])(?P<p>[^，。；：“”（）]{{2,12}})的[，,](?P<a>{_MODAL}[^，。；：]{{1,8}}?){_LISTED}"
)
_WITHIN = re.compile(
    rf"自(?P<x>{_BREAK}{{2,10}}?)之日起{_NUMERAL}(?P<u>{_DAYS})(?:以?内)?[，,]?(?P<v>(?![凭向持到按将未由])"
    rf"{_BREAK}{{2,10}})(?=[。；])"
)
_DUTY = re.compile(
    r"^(?P<x>(?![^应必有享]*(?:或|知道|有关|相关|等|其他|各级))[\u4e00-\u9fff]{1,9}"
    r"(?:人|单位|企业|机构|部门|者|组织|公司|学校|机关|委员会|人员|经理|代表|员))(?P<m>应当|必须|有权|享有)[^。]{6,}"
)
_PUNISHED = re.compile(r"有下列(?P<n>行为|情形)之一的[，,](?:由[^。；]{2,60}?)?处[^。；]{2,60}?罚款")
_AMOUNT = re.compile(
    r"(?:^|[，。；])(?P<x>(?!确保|力争|使|其|该|本)[\u4e00-\u9fff]{1,8}?(?:期限?|时间|金额|面积|[数率量额]|比例|标准|年限|长度|高度"
    r"|价格?|资金|投资|收入|产值|增加值|总值|规模|费用?|资本))"
    r"(?P<m>为|是|达到?|不得?超过|不得?少于|不得?低于|最[长高]不超过|增长|下降|降至)约?"
    rf"(?P<n>{_NUMERAL})(?P<u>{_UNIT}|%|％)(?![\u4e00-\u9fff]{{0,3}}[年月])"
)
_FINED = re.compile(
    rf"(?:^|规定[，,])(?P<x>(?!违法|非法|没有|逾期|情节|构成|拒不|有|造成|尚未){_BREAK}{{4,14}})的[，,]"
    r"(?:由[^。；]{2,60}?)?(?:并|可以|可)*处以?[^，。；]{2,30}?罚款"
)
_IN_CHARGE = re.compile(
    r"(?:部门|机关|政府|委员会|机构|单位|[局办厅]|中心|公司|小组)(?:应当|按照[^，。；]{2,10}[，,]|依法|具体|主要|统一)*负责"
    r"(?:本(?:行政|辖)区域?内?的?|本市|本省|全[市省国县区]的?)?"
    r"(?P<o>(?!人|的|任|制|内|本|有关|相关|必要|管理|维护|监督|业务|具体|日常|指导)(?![^，。；]{0,12}(?:部门|机构|负责))"
    r"[^，。；：“”（）]{2,12}(?:工作|管理|监督|保护|监测|事务|许可|审批|编制|协调|规划|服务|实施|维护))(?=[，。；])"
)
_IN_FORCE = re.compile(rf"(?P<t>{_SELF})自[^，。；]{{3,14}}起(?P<v>施行|实施|执行|生效)")
_PURPOSE = re.compile(rf"^为了?[^。]{{6,160}}[，,](?:[^，,。]{{0,30}}[，,])*?(?:特?制定|订立)(?P<t>{_SELF})")
_INCLUDES = re.compile(
    r"(?:^|[，。；])(?P<x>[\u4e00-\u9fff]{3,12}?)(?:主要|一般)?(?P<v>包括|分为)"
    rf"{_BREAK}{{2,14}}(?:、{_BREAK}{{2,14}})+"
)
_COUNTED = re.compile(r"“(?P<t>(?P<n>[二两三四五六七八九十]{1,2})(?P<u>[个大项条件种类])[^“”]{1,7})”")
_QUOTED = re.compile(r"“(?P<t>[\u4e00-\u9fff]{2,8})”")
_NO_SUBJECT = re.compile(
    rf"{_MODAL}|有|按|包括|主要|采取|自觉|现|特|提出|作|至少|我们|我[省市县区局委]|具体|一般|同时|已|还|重点|对|从|以|将|遵守|做到"
    r"|予|给予|实[施行现]|依[法照]|在|分别|处|本|与|并|经|向|.*(?:提出|制定|出台|作出|印发)"
)
_RULES: tuple[tuple[str, re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    ("definition", _DEFINED, lambda m: f"什么是{m['x'].removesuffix('的')}"),
    ("list", _ONE_OF, lambda m: f"哪些{m['n']}{m['m']}"),
    ("list", _PUNISHED, lambda m: f"哪些{m['n']}会被罚款"),
    ("duty", _DUTY, lambda m: f"{m['x']}{'有哪些权利' if m['m'] in ('有权', '享有') else '应当做什么'}"),
    ("list", _CHOSEN, lambda m: "" if _NO_SUBJECT.match(m["a"]) else f"{m['a']}哪些{m['c']}"),
    ("list", _CHOSEN_FOR, lambda m: f"{m['p']}{m['a']}哪些{m['c']}"),
    ("number", _WITHIN, lambda m: f"{m['x']}后多少{m['u']}内{m['v']}"),
    ("number", _AMOUNT, lambda m: _amount(m)),
    ("number", _FINED, lambda m: f"{m['x']}处多少罚款"),
    ("who", _IN_CHARGE, lambda m: f"谁负责{m['o']}"),
    (
        "list",
        _INCLUDES,
        lambda m: (
            "" if _NO_SUBJECT.search(m["x"]) else f"{m['x']}{'分为哪几种' if m['v'] == '分为' else '包括哪些内容'}"
        ),
    ),
)
_VERB = (
    "加强|推进|推动|促进|完善|建立|健全|提高|提升|做好|做到|落实|加快|优化|强化|深化|扩大|支持|保障|规范|培育|发展|加大|改进|坚持"
    "|坚定|发挥|构建|打造|创新|防范|防止|化解|保护|鼓励|引导|开展|实施|组织|培养|增强|拓展|拓宽|密切|锤炼|锻造|建强|建设|加深|营造|改善|减轻"
    "|降低|解决|稳定|巩固|维护|压实|严格|畅通|搭建|激发|释放|整合|统筹|盘活|聚焦|贯彻|学习|履行|申请|办理|缴纳|申报|查询|预防|控制|控|确保|抓好|夯实|壮大|缩短|简化"
)
_ADVERB = (
    "全面|切实|进一步|大力|积极|扎实|深入|着力|不断|持续|有序|稳步|认真|有效|充分|依法|科学|精准"
    "|全力|有力|更好|加力|主动|坚决|坚定不移"
)
_HOW = re.compile(rf"(?:(?:{_ADVERB})+(?:地|有序|有效)?)?(?P<x>(?:{_VERB})[^，。；：！？]{{2,20}})$")
# "保护与管理" and "支持对象" are names, not things to do.
_NOMINAL = re.compile(
    rf"(?:{_VERB})(?:[和与及、]|措施|对象|范围|条件|标准|程序|流程|方式|方法|事项|资金|保养|准备)|坚持[^的]{{4}}$"
)
_IN = re.compile(r"在(?P<x>[^，。；：]{3,16})(?P<u>上|方面)[\u4e00-\u9fff]{0,8}$")
_INSTRUCTS = re.compile(r"要(?![求素件点义])|应|必须|不得|可以|有权|享有|通过|采取|加强|推进|完善|建立|健全|落实")
_NAME = re.compile(r"[\u4e00-\u9fff]{3,10}")
_FORMALITY = re.compile(r"总\s*则|附\s*则|附\s*件|目\s*录")
_NO_NAME = re.compile(
    r"总则|附则|附件|附录|其他|前言|引言|目录|说明|背景|结语|概述|简介|要求$|规定$|^(?:工作|基本|主要|具体|有关|相关|总体|指导|重点|保障)"
    r"|办法$|条例$|通知$|意见$|方案$|公告$|措施$"
)
_LAWLIKE = re.compile(r"(?:法|条例|规定|办法|细则|规则|章程|制度|合同|协议|守则|规程)(?:（[^（）]*）)?$")
_PLACEHOLDER = re.compile(r"[XxＸｘ×✕＊*_＿□○●△…?？#]|某某")
_LEANS = re.compile(
    r"[其该此](?![他中它])|上述|前款|前述|本款|本条(?!例)|这些|他们|它|第[一二三四五六七八九十百\d]+[条款项]|^(?:并|且|也|还|又|均|都|或|及|以及|和|与|的|等|但|同时|如|若|对|将"
    r"|凡|因|为|是|属于|就|可|已|经|被|未|从|由|向|把|使|让)|(?:的|和|与|及|或|等|对)$"
)
_EN_SUBJECT = r"(?P<s>(?:The |the |Its |Each |Every )?[A-Z]?[\w'’-]+(?: [\w'’-]+){0,5}?)"
_EN_DID = re.compile(rf"^{_EN_SUBJECT} (?P<v>open|clos|start|end|happen|arriv|launch)e?d (?:in|on) (?:[A-Z]|\d)")
_EN_WAS = re.compile(
    rf"^{_EN_SUBJECT} (?P<b>was|were) (?P<v>founded|built|established|adopted|signed|created|completed|published|opened"
    r"|introduced|launched|elected|born) (?:in|on) (?:[A-Z]|\d)"
)
_EN_DUE = re.compile(
    rf"^{_EN_SUBJECT} (?:must|shall|is to|are to) be (?P<v>\w+ed|paid|sent|made) "
    r"(?:within|by|before|no later than) (?:\d|the|[a-z]+ (?:days|weeks|months|years))"
)
_EN_MEANS = re.compile(r"^[“\"]?(?P<s>[A-Za-z][\w -]{2,30}?)[”\"]? (?:means|refers to|is defined as) ")
_EN_MANY = re.compile(r"\b\d[\d,]* (?P<s>(?:kinds|types|species|sorts) of [a-z]+|[a-z]{3,}s(?: of [a-z]+)?)\b")
_EN_NO_COUNT = re.compile(r"^(?:days?|weeks?|months?|years?|hours?|minutes?|times|was|has|is|pages)\b")
_EN_HEADING = re.compile(r"[A-Z][a-z]+(?: [A-Za-z][a-z]+){1,4}")


@dataclass(frozen=True, slots=True)
class Draft:
    """A question, the rule that made it, and the paragraphs of the document in which its answer is to stand."""

    text: str
    rule: str
    document_id: str
    paragraphs: range


def drafts(document: Document, paragraph: Paragraph, language: Language) -> Iterator[Draft]:
    """Yield the questions that a paragraph, or the text under a heading, answers; the surest rules first."""
    line = document.text[paragraph.start : paragraph.end]
    found = _chinese(document, paragraph, line) if language == "zh" else _english(document, paragraph, line)
    seen: set[str] = set()
    for rule, text in found:
        if _is_sound(text, language) and text not in seen:
            seen.add(text)
            mark = "？" if language == "zh" else "?"
            yield Draft(text + mark, rule, document.document_id, _reach(document, paragraph))


def answers(draft: Draft, quote: str) -> bool:
    """Tell whether a quote has what the rule asks for: as many items as named, a number, a date, an instruction."""
    folded, asked = fold(quote), fold(draft.text)
    if draft.rule == "items" and (match := _COUNTED.match(draft.text)):
        return _lists(match, folded)
    if draft.rule in ("how", "duty", "heading"):
        return _INSTRUCTS.search(quote) is not None
    return draft.rule not in ("number", "date") or is_met(draft.rule, asked, folded)


def outline_question(number: int, heading: str, language: Language) -> str | None:
    """Return the question for what the part of this number and heading says; None where the heading is a formality."""
    if language == "en":
        return f"What does part {number} say?"
    if _FORMALITY.search(fold(heading)):
        return None
    named = re.match(r"第[一二三四五六七八九十\d]{1,3}[章编]", heading)
    return f"{named[0]}规定了什么？" if named else f"第{'〇一二三四五六七八九十'[number]}部分讲什么？"


def places_question(document: Document, paragraph: Paragraph) -> Iterator[Draft]:
    """Yield the question for every place of each quoted term of a paragraph that the document has more than once."""
    for match in _QUOTED.finditer(document.text, paragraph.start, paragraph.end):
        if document.text.count(match["t"]) > 1 and not _PLACEHOLDER.search(match["t"]):
            text = f"“{match['t']}”出现在哪些地方？"
            yield Draft(text, "places", document.document_id, range(paragraph.index, paragraph.index + 1))


def _reach(document: Document, paragraph: Paragraph) -> range:
    """The paragraph and those that belong to it: what is under a heading, the items of an article."""
    path = paragraph.section
    if paragraph.level:
        path = (*path, document.text[paragraph.start : paragraph.end])
    end = paragraph.index + 1
    while end < len(document.paragraphs) and path and document.paragraphs[end].section[: len(path)] == path:
        end += 1
    return range(paragraph.index + (paragraph.level > 0), end)


def _is_sound(text: str, language: Language) -> bool:
    if not 5 <= len(text) < _LONGEST[language]:
        return False
    if language == "en":
        return re.search(r"\bX+\b|_|\*", text) is None
    balanced = all(text.count(left) == text.count(right) for left, right in ("“”", "《》", "（）"))
    return balanced and not _PLACEHOLDER.search(text) and not re.search(r"[，。；：\n\s]", text)


def _chinese(document: Document, paragraph: Paragraph, line: str) -> Iterator[tuple[str, str]]:
    marker = find_marker(line)
    bare = line[marker.length :].lstrip() if marker else line
    if paragraph.level or (paragraph.section and line.startswith(paragraph.section[-1])):
        heading = bare if paragraph.level else paragraph.section[-1][marker.length if marker else 0 :]
        yield from _asked_heading(document, paragraph, heading.strip(" 　。"))
    if paragraph.level:
        return
    title = document.title.strip("《》")
    named = f"《{title}》" if len(title) <= 14 else ""
    if match := _PURPOSE.search(bare[:400]):
        yield "purpose", f"为什么制定{named or match['t']}"
    if match := _IN_FORCE.search(bare):
        yield "date", f"{(_LAWLIKE.search(title) and named) or match['t']}什么时候{match['v']}"
    for match in _COUNTED.finditer(bare):
        if _lists(match, fold(bare)):
            yield "items", f"“{match['t']}”是哪{match['n']}{match['u']}"
    for start, end in split_sentences(bare, 0, len(bare)):
        sentence = bare[start:end]
        for rule, pattern, phrase in _RULES:
            for match in pattern.finditer(sentence):
                text = phrase(match)
                if text and not _LEANS.search(text.removeprefix("什么是").removeprefix("谁负责")):
                    yield rule, text


def _asked_heading(document: Document, paragraph: Paragraph, heading: str) -> Iterator[tuple[str, str]]:
    """Ask how to do what a heading or lead tells to do, or for the rules on what it names."""
    clauses = re.split(r"[，：:。]", heading)
    clause = clauses[-1] if re.match("必须|要|应当", clauses[-1]) else clauses[0]
    clause = re.sub(r"^(?:必须|要|应当)", "", clause)
    if match := _IN.match(clause):
        yield "how", f"在{match['x']}{match['u']}有哪些要求"
    elif (match := _HOW.match(clause)) and not _NOMINAL.match(match["x"]):
        yield "how", f"如何{match['x']}"
    elif paragraph.level and _LAWLIKE.search(document.title) and _is_name(heading):
        yield "heading", f"{heading}有哪些规定"


def _is_name(heading: str) -> bool:
    return _NAME.fullmatch(heading) is not None and _NO_NAME.search(heading) is None


def _lists(term: re.Match[str], folded: str) -> bool:
    """Tell whether a folded text names as many items as a counted term says, each with the term's noun."""
    noun = fold(term["t"][len(term["n"] + term["u"]) :])
    return repeats_noun(folded, fold(term["t"]), noun, numeral(term["n"]))


def _amount(match: re.Match[str]) -> str:
    if re.fullmatch(r"\d{4}", match["n"]) and match["u"] == "年":
        return ""  # a year is a date
    unit = "" if match["u"] in "%％" else match["u"]
    verb = {"为": "是", "达": "达到"}.get(match["m"], match["m"])
    return f"{match['x']}{verb}多少{unit}"


def _english(document: Document, paragraph: Paragraph, line: str) -> Iterator[tuple[str, str]]:
    if paragraph.level:
        heading = line.lstrip("# ")
        if _EN_HEADING.fullmatch(heading):
            yield "heading", f"What is said about {heading.lower()}"
        return
    for start, end in split_sentences(line, 0, len(line)):
        sentence = line[start:end]
        if match := _EN_MEANS.search(sentence):
            yield "definition", f"What does “{match['s'].strip()}” mean"
        if match := _EN_DID.search(sentence):
            verb = match["v"] + ("e" if match["v"] in ("clos", "arriv") else "")
            yield "date", f"When did {_subject(match['s'])} {verb}"
        if match := _EN_WAS.search(sentence):
            yield "date", f"When {match['b']} {_subject(match['s'])} {match['v']}"
        if match := _EN_DUE.search(sentence):
            yield "date", f"When must {_subject(match['s'])} be {match['v']}"
        for match in _EN_MANY.finditer(sentence):
            if not _EN_NO_COUNT.match(match["s"]):
                yield "number", f"How many {match['s']} are there"


def _subject(text: str) -> str:
    """A subject inside a sentence: its article in lower case."""
    return re.sub(r"^(The|Each|Every|Its) ", lambda m: m[0].lower(), text)
