"""Questions for every place of a term: "“碳关税”出现在哪些地方？"."""

import re
from dataclasses import dataclass

from bot.language.folding import fold
from bot.language.lexicon import (
    HOW_FEW,
    HOW_MANY,
    INTERROGATIVE_STEMS,
    IT,
    THIS_OR_THAT,
    WHERE,
    WHERE_NEAR,
    WHICH,
    WHICH_OF_ALL,
    WHICH_OF_FEW,
    WHY,
    any_of,
)
from bot.question.quotes import QUOTED, quoted_phrases

_LONGEST_BARE = 20
"""A term without quotation marks is shorter, or it is no term."""
_MARK = "\ue000"
"""Stands for the quoted term while the question's form is matched."""
_TERM = r"(?P<term>.+?)(?:这个)?(?:词语|词汇|一词|词|概念|说法|提法|二字|[一二三四五两\d]个字)?"
_OPEN = r"(?:请问|请|帮我|麻烦)?"
_TEXT = r"(?:(?:这些?|所有|全部|本|该|各|上述)?(?:全文|文中|正文|文件|文档|文章|材料|报告|讲话|资料)(?:中|里面?)?)"
_UNIT = r"(?:地方|位置|句子?|语句|段落?|章节?|条款|条文|文件|文档|文章|材料|资料|页|处)"
_PIECE = "[个处篇份段句条]"
_WHICH = rf"(?:{WHICH_OF_ALL}|{WHICH_OF_FEW}{_PIECE}?|{WHICH}一?{_PIECE}|{HOW_MANY}{_PIECE}?|{HOW_FEW}{_PIECE})"
_WHERE = rf"(?:{_WHICH}{_UNIT}?|{any_of(WHERE, (WHERE_NEAR,))})(?:中|里面?)?"
_TIMES = rf"(?:{HOW_MANY}|{HOW_FEW})[次处回遍]"
_SAID = r"(?:提到|提及|提过|说到|讲到|谈到|论及|写到|出现)[了过]?"
_HELD = rf"(?:{_SAID}|(?:包含|含有|包括|用到|使用|涉及|引用|有)[了过]?(?={_MARK}))"
_ADVERB = r"(?:一共|总共|共|都|分别|各自|各|曾|均)*"
_SHOW = r"(?:列出|列举|罗列|找出|找到|显示|给出|查找|搜索|查出|标出|告诉我)"
_ALL = r"(?:所有的?|全部的?|一切|每一?[个处句段])"
_END = r"(?:吗|呢)?[?.。!\s]*$"
_TEXT_EN = (
    r"(?:(?: (?:in|within|across|throughout) (?:the|these|all|this|my|any)?(?: of the)? ?"
    r"(?:documents?|files?|texts?|speech|reports?|collection))?)"
)
_UNIT_EN = r"(?:sentences?|places?|passages?|paragraphs?|documents?|files?|lines?|sections?|texts?)"
_SHOW_EN = r"(?:please )?(?:(?:list|show|find|give|display|get|quote)(?: me)? )"
_SAY_EN = r"(?:that |which )?(?:mention(?:s|ed|ing)?|contain(?:s|ing)?|includ(?:es?|ing)|refer(?:s|ring)? to|with)"
_ALL_EN = rf"{_SHOW_EN}?(?:all|every|each)(?: (?:of )?the)?"
_MENTION_EN = r"(?:mentions?|occurrences?|appearances?|instances?|references?) (?:of|to)"


@dataclass(frozen=True, slots=True)
class Form:
    """A form of question for every place of its ``term`` (the group of that name).

    ``pattern`` is matched with folded text in which ``_MARK`` stands for a quoted term; ``examples`` ask for 碳汇 or
    "carbon sink".
    """

    name: str
    pattern: re.Pattern[str]
    examples: tuple[str, ...]


def _form(name: str, pattern: str, *examples: str) -> Form:
    return Form(name, re.compile(pattern + _END), examples)


FORMS = (
    _form(
        "term occurs where",
        rf"^{_OPEN}{_TEXT}?{_TERM}(?:在?{_TEXT})?{_ADVERB}(?:被{_SAID}|出现[了过]?)(?:在|于)?[了过]?"
        rf"(?:{_TIMES}|{_TEXT}?{_WHERE})",
        *("碳汇出现在哪些地方？", "“碳汇”在文中一共出现了几次", "“碳汇”被提到了几次？"),
    ),
    _form(
        "term how often",
        rf"^{_OPEN}(?={_MARK}){_TERM}(?:在?{_TEXT})?{_ADVERB}有?{_TIMES}",
        *("“碳汇”在文中有几处？", "“碳汇”共多少处"),
    ),
    _form(
        "term in which files",
        rf"^{_OPEN}{_TERM}在{_TEXT}?的?{_WHERE}{_ADVERB}(?:有|被)?{_SAID}",
        *("“碳汇”在哪些文件中出现过", "碳汇在哪里被提到？"),
    ),
    _form(
        "which files say term",
        rf"^{_OPEN}在?(?:{_TEXT}的?)?{_ADVERB}有?(?:{_WHERE}|{_TIMES}){_ADVERB}{_HELD}{_TERM}",
        *("哪些文件提到碳汇？", "有多少处提到“碳汇”", "哪些文件里有“碳汇”？"),
    ),
    _form(
        "said how often",
        rf"^{_OPEN}在?{_TEXT}?{_ADVERB}{_SAID}{_TIMES}{_TERM}",
        *("文中提到了几次“碳汇”", "报告里一共提到多少次碳汇？"),
    ),
    _form(
        "all that say term",
        rf"^{_OPEN}(?:{_SHOW}在?{_TEXT}?{_ALL}?|{_ALL}){_TEXT}?{_ADVERB}{_HELD}{_TERM}的{_ALL}?{_UNIT}",
        *("列出所有提到“碳汇”的句子", "请列出提到碳汇的所有句子。", "所有包含“碳汇”的段落"),
    ),
    _form(
        "which are those that say term",
        rf"^{_OPEN}{_TEXT}?{_ADVERB}{_HELD}{_TERM}的{_ALL}?{_UNIT}(?:都|分别)?[有是在]"
        rf"(?:{WHICH_OF_ALL}|{WHICH}里|{WHICH_OF_FEW}.|{HOW_MANY}.?|{HOW_FEW}.)",
        *("提到“碳汇”的句子有哪些？", "文中提到碳汇的段落在哪里"),
    ),
    _form(
        "all occurrences of term",
        rf"^{_OPEN}{_SHOW}{_ALL}?{_TERM}的?{_ALL}?(?:出现|出处|提及|用例|例句)的?{_ALL}?{_UNIT}?",
        *("列出“碳汇”的所有出处", "请列出“碳汇”出现的所有地方"),
    ),
    _form("all term", rf"^{_OPEN}{_SHOW}{_ALL}(?={_MARK}){_TERM}", "列出所有“碳汇”"),
    _form(
        "all mentions of term",
        rf"^{_ALL_EN} {_MENTION_EN} (?P<term>.+?){_TEXT_EN}",
        *("list all mentions of carbon sink", "Find all occurrences of “carbon sink” in the documents."),
    ),
    _form(
        "all places that mention term",
        rf"^{_ALL_EN} {_UNIT_EN}{_TEXT_EN} {_SAY_EN} (?P<term>.+?){_TEXT_EN}",
        "list every sentence that mentions 'carbon sink'",
    ),
    _form(
        "all places where term occurs",
        rf"^{_ALL_EN} {_UNIT_EN} (?:where|in which) (?P<term>.+?) (?:occurs?|appears?|(?:is|are) mentioned){_TEXT_EN}",
        'Show me all places where the term "carbon sink" appears',
    ),
    _form(
        "where does term occur",
        r"^(?:where|how (?:many times|often)) (?:does|do|is|are|did|was|were) (?P<term>.+?) "
        rf"(?:occur|appear|mentioned|come up){_TEXT_EN}",
        *("where does carbon sink occur?", 'How many times does "carbon sink" appear?'),
    ),
    _form(
        "which places mention term",
        rf"^(?:which|what) {_UNIT_EN}{_TEXT_EN} {_SAY_EN} (?P<term>.+?){_TEXT_EN}",
        "which documents mention carbon sink?",
    ),
)
_NO_TERM = re.compile(
    rf"{any_of(INTERROGATIVE_STEMS, WHY)}|[“”「」『』《》,，。;；?!{_MARK}]"
    rf"|^(?:[{IT}{THIS_OR_THAT}是有在]|it|they|this|that)$"
    rf"|^(?:{_TEXT}|{_UNIT})$|^[是有在的]|[是有在的]$|(?:最早|最先|首先|首次|第一次)$"
)
_JOINED = re.compile(rf"{_MARK}(?:\s*(?:以及|和|与|及|或|、|,|&|\band\b|\bor\b)*\s*{_MARK})+")
"""Quoted terms side by side, which a question wants the places of, each."""
_ARTICLE = re.compile(r"^(?:the )?(?:word|term|phrase|name|expression)s? |^the ")


@dataclass(frozen=True, slots=True)
class Everywhere:
    """The terms, as typed and none twice, that every place is wanted of, and the name of the form that says so."""

    terms: tuple[str, ...]
    rule: str


def every_place_of(question: str) -> Everywhere | None:
    """Return the terms that a question wants every place of; None where it asks for something else.

    There are several where quoted phrases stand side by side ("“甲”和“乙”分别出现在哪些地方").
    """
    text = question.strip()
    folded = fold(text)
    phrases = quoted_phrases(text, folded)
    if not phrases:
        return _bare(text, folded)
    form = _JOINED.sub(_MARK, QUOTED.sub(_MARK, folded))
    if form.count(_MARK) != 1:
        return None
    for row in FORMS:
        match = row.pattern.match(form)
        if match and _ARTICLE.sub("", match["term"].strip()) == _MARK:
            terms: dict[str, str] = {}
            for phrase in phrases:
                terms.setdefault(fold(phrase.text), phrase.text)
            return Everywhere(tuple(terms.values()), row.name)
    return None


def _bare(text: str, folded: str) -> Everywhere | None:
    """Take the term where no quotation marks say what it is."""
    for row in FORMS:
        match = row.pattern.match(folded)
        if match is None:
            continue
        start, end = match.span("term")
        article = _ARTICLE.match(folded[start:end])
        start += article.end() if article else 0
        term = text[start:end].strip()
        if term and len(term.split()) <= 4 and len(fold(term).encode("gb18030")) <= 2 * _LONGEST_BARE:
            return None if _NO_TERM.search(fold(term)) else Everywhere((term,), row.name)
    return None
