"""Questions for every place of a term ("“碳关税”出现在哪些地方？"), and the answer that leaves none out."""

import re
from collections.abc import Callable, Iterable

from bot.answers.citations import quoting
from bot.language.folding import fold
from bot.language.languages import language_of
from bot.structure.occurrences import Occurrences, cite_places, occurrences
from bot.types import Answer, Document, Language, Text

_MOST_NAMES = 50
"""Files that the count line names."""
_LONGEST_BARE = 20
"""A term without quotation marks is shorter, or it is no term."""
QUOTED = re.compile(
    r"“([^“”]+)”|「([^「」]+)」|『([^『』]+)』|‘([^‘’]+)’|《([^《》]+)》|\"([^\"]+)\"|(?<!\w)'([^']+)'(?!\w)"
)
"""A phrase in quotation marks of any kind, or a title in its marks, one group a kind; on folded text."""

_MARK = "\ue000"
"""Stands for the quoted term while the question's form is matched."""
_TERM = r"(?P<term>.+?)(?:这个)?(?:词语|词汇|一词|词|概念|说法|提法|二字|[一二三四五两\d]个字)?"
_OPEN = r"(?:请问|请|帮我|麻烦)?"
_TEXT = r"(?:(?:这些?|所有|全部|本|该|各|上述)?(?:全文|文中|正文|文件|文档|文章|材料|报告|讲话|资料)(?:中|里面?)?)"
_UNIT = r"(?:地方|位置|句子?|语句|段落?|章节?|条款|条文|文件|文档|文章|材料|资料|页|处)"
_PIECE = "[个处篇份段句条]"
_WHICH = rf"(?:哪些|哪几{_PIECE}?|哪一?{_PIECE}|多少{_PIECE}?|几{_PIECE})"
_WHERE = rf"(?:{_WHICH}{_UNIT}?|哪里|哪儿|何处|什么地方)(?:中|里面?)?"
_TIMES = r"(?:多少|几)(?:次|处|回|遍)"
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
_FORMS = tuple(
    re.compile(form + _END)
    for form in (
        # X出现在哪些地方 / X在文中出现了几次
        rf"^{_OPEN}{_TEXT}?{_TERM}(?:在?{_TEXT})?{_ADVERB}(?:被{_SAID}|出现[了过]?)(?:在|于)?[了过]?"
        rf"(?:{_TIMES}|{_TEXT}?{_WHERE})",
        # “X”在文中有几处
        rf"^{_OPEN}(?={_MARK}){_TERM}(?:在?{_TEXT})?{_ADVERB}有?{_TIMES}",
        # X在哪些文件中出现
        rf"^{_OPEN}{_TERM}在{_TEXT}?的?{_WHERE}{_ADVERB}(?:有|被)?{_SAID}",
        # 哪些文件提到X / 有多少处提到X
        rf"^{_OPEN}在?(?:{_TEXT}的?)?{_ADVERB}有?(?:{_WHERE}|{_TIMES}){_ADVERB}{_HELD}{_TERM}",
        # 提到几次X
        rf"^{_OPEN}在?{_TEXT}?{_ADVERB}{_SAID}{_TIMES}{_TERM}",
        # 列出所有提到X的句子
        rf"^{_OPEN}(?:{_SHOW}在?{_TEXT}?{_ALL}?|{_ALL}){_TEXT}?{_ADVERB}{_HELD}{_TERM}的{_ALL}?{_UNIT}",
        # 提到X的句子有哪些
        rf"^{_OPEN}{_TEXT}?{_ADVERB}{_HELD}{_TERM}的{_ALL}?{_UNIT}(?:都|分别)?[有是在](?:哪些|哪里|哪几.|多少.?|几.)",
        # 列出X的所有出处
        rf"^{_OPEN}{_SHOW}{_ALL}?{_TERM}的?{_ALL}?(?:出现|出处|提及|用例|例句)的?{_ALL}?{_UNIT}?",
        # 列出所有“X”
        rf"^{_OPEN}{_SHOW}{_ALL}(?={_MARK}){_TERM}",
        rf"^{_ALL_EN} {_MENTION_EN} (?P<term>.+?){_TEXT_EN}",
        rf"^{_ALL_EN} {_UNIT_EN}{_TEXT_EN} {_SAY_EN} (?P<term>.+?){_TEXT_EN}",
        rf"^{_ALL_EN} {_UNIT_EN} (?:where|in which) (?P<term>.+?) (?:occurs?|appears?|(?:is|are) mentioned){_TEXT_EN}",
        r"^(?:where|how (?:many times|often)) (?:does|do|is|are|did|was|were) (?P<term>.+?) "
        rf"(?:occur|appear|mentioned|come up){_TEXT_EN}",
        rf"^(?:which|what) {_UNIT_EN}{_TEXT_EN} {_SAY_EN} (?P<term>.+?){_TEXT_EN}",
    )
)
_NO_TERM = re.compile(
    rf"什么|哪|谁|多少|几|如何|怎|为何|[“”「」『』《》,，。;；?!{_MARK}]|^(?:它|他|她|这|那|是|有|在|it|they|this|that)$"
    rf"|^(?:{_TEXT}|{_UNIT})$|^[是有在的]|[是有在的]$|(?:最早|最先|首先|首次|第一次)$"
)
_JOINED = re.compile(rf"{_MARK}(?:\s*(?:以及|和|与|及|或|、|,|&|\band\b|\bor\b)*\s*{_MARK})+")
"""Quoted terms side by side, which a question wants the places of, each."""
_ARTICLE = re.compile(r"^(?:the )?(?:word|term|phrase|name|expression)s? |^the ")


def quoted_phrases(text: str) -> list[tuple[int, int]]:
    """Return the spans of the phrases in quotation marks, marks left out, white space trimmed."""
    spans: list[tuple[int, int]] = []
    for match in QUOTED.finditer(fold(text)):
        start, end = match.span(match.lastindex or 0)
        inner = text[start:end]
        if inner.strip():
            start += len(inner) - len(inner.lstrip())
            spans.append((start, start + len(inner.strip())))
    return spans


def listed_terms(question: str) -> tuple[str, ...]:
    """Return the terms, as typed, that a question wants every place of; empty where it asks for something else.

    There are several where quoted phrases stand side by side ("“甲”和“乙”分别出现在哪些地方"), none of them twice.
    """
    text = question.strip()
    phrases = quoted_phrases(text)
    folded = fold(text)
    if not phrases:
        bare = _bare(text, folded)
        return () if bare is None else (bare,)
    form = _JOINED.sub(_MARK, QUOTED.sub(_MARK, folded))
    for pattern in _FORMS:
        match = pattern.match(form)
        if form.count(_MARK) == 1 and match and _ARTICLE.sub("", match["term"].strip()) == _MARK:
            distinct: dict[str, str] = {}
            for start, end in phrases:
                distinct.setdefault(fold(text[start:end]), text[start:end])
            return tuple(distinct.values())
    return ()


def _bare(text: str, folded: str) -> str | None:
    for pattern in _FORMS:
        match = pattern.match(folded)
        if match is None:
            continue
        start, end = match.span("term")
        article = _ARTICLE.match(folded[start:end])
        start += article.end() if article else 0
        term = text[start:end].strip()
        if term and len(term.split()) <= 4 and len(fold(term).encode("gb18030")) <= 2 * _LONGEST_BARE:
            return None if _NO_TERM.search(fold(term)) else term
    return None


def count_line(found: Occurrences, language: Language) -> str:
    """Say how often the term stands in how many files, and how many of the places are shown."""
    shown, files = len(found.places), len(found.documents)
    if not files:
        return f"“{found.term}”共 0 处。" if language == "zh" else f"“{found.term}”: 0 places."
    named = found.documents[:_MOST_NAMES]
    if language == "zh":
        names = "、".join(f"{count.source}（{count.total} 处）" for count in named)
        names += f" 等，只列出前 {len(named)} 个" if len(named) < files else ""
        return f"“{found.term}”共 {found.total} 处，显示 {shown} 处；见于 {files} 个文件：{names}。"
    names = ", ".join(f"{count.source} ({count.total})" for count in named)
    names += f" and more: the first {len(named)} are named" if len(named) < files else ""
    places, in_files = _plural(found.total, "place"), _plural(files, "file")
    return f"“{found.term}”: {places}, {shown} shown; in {in_files}: {names}."


def answer_listing(
    question: str, query: str, texts: Iterable[Text], document: Callable[[str], Document]
) -> Answer | None:
    """Answer a question for every place of a term, or of several, with their counts and every sentence that holds one.

    Args:
        question: as typed; its language is the answer's.
        query: the question as searched, a follow-up completed.
        texts: the documents to search, read only if the question is such a one.
        document: a document by its id.

    Returns:
        None where the question is another one, or no term occurs: then it is one to refuse.

    Raises:
        NotFoundError, StoreError: a document is gone, or no longer holds the term where it was found.
    """
    terms = listed_terms(query)
    every = occurrences(terms, texts) if terms else []
    if not any(found.total for found in every):
        return None
    # A sentence that holds two of the terms is quoted once, with the first.
    distinct = {(c.document_id, c.start, c.end): c for found in every for c in cite_places(found, document)}
    language = language_of(question)
    line = ("" if language == "zh" else " ").join(count_line(found, language) for found in every)
    return quoting(question, query, tuple(distinct.values()), lead=line)


def _plural(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
