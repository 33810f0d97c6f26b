"""Questions about the documents themselves: which there are, how many, what was added last."""

import re
from typing import Literal

from bot.language.lexicon import HOW_FEW, HOW_MANY, LISTING, WHAT, WHAT_COLLOQUIAL, WHEN, WHICH, WHICH_OF_ALL, any_of
from bot.language.rules import Rule

CollectionRequest = Literal["count", "list", "latest", "versions"]

_FILES = r"(?:文件|文档|资料|材料库|文章)"
_HERE = (
    r"(?:请问|现在|目前|这里|你这里|库里|库中|系统里|系统中|知识库|资料库|你那里|你|我|我们|一共|总共|共|都|已经|已|里|中|面|的|有|收录"
    r"|添加|上传|导入|存|了|过)*"
)
_WHICH = any_of((WHICH_OF_ALL, WHAT, WHAT_COLLOQUIAL))
_MANY = any_of((HOW_FEW, HOW_MANY))


def _rule(
    name: CollectionRequest, pattern: str, examples: tuple[str, ...], counterexamples: tuple[str, ...]
) -> Rule[CollectionRequest]:
    """Return a rule that a question must match from end to end."""

    def make(match: re.Match[str]) -> CollectionRequest:
        return name

    return Rule(
        name, re.compile(rf"^(?:{pattern})[\s?。!.]*$"), make, tuple((text, name) for text in examples), counterexamples
    )


RULES: tuple[Rule[CollectionRequest], ...] = (
    _rule(
        "count",
        rf"{_HERE}{_MANY}[个份篇]?{_FILES}|{_FILES}(?:数量|总数|一共|总共|共)?有?{_MANY}[个份篇]?"
        r"|how many (?:documents|files)(?: (?:are there|do you have|are here))?",
        ("有几个文件？", "一共有多少份文档", "How many documents are there?"),
        ("报销要几个文件", "文件有几章"),
    ),
    _rule(
        "list",
        rf"{_HERE}(?:{_WHICH}){_FILES}|{any_of(LISTING)}?(?:所有|全部)的?{_FILES}|{_FILES}(?:列表|清单|目录)"
        rf"|{any_of(LISTING)}{_FILES}"
        rf"|{_HERE}{_FILES}{_HERE}{_WHICH}"
        r"|(?:what|which) (?:documents|files)(?: (?:are there|do you have|are here))?"
        r"|(?:list|show)(?: me)?(?: all)?(?: the)? (?:documents|files)",
        ("有哪些文档？", "你这里都有什么资料", "文档列表", "list all files", "which documents do you have"),
        ("申请要哪些文件", "有哪些措施", "哪些文件提到碳关税"),
    ),
    _rule(
        "latest",
        rf"(?:最近|最新|刚刚?|最后)(?:一次)?(?:添加|上传|加入|导入|收录)?了?的?(?:{WHICH_OF_ALL}|{WHICH}[个份篇]|{WHAT})?(?:是|有)?(?:{WHICH_OF_ALL}|{WHICH}[个份篇]|{WHAT})?"
        rf"的?{_FILES}?(?:是|有)?(?:{WHICH_OF_ALL}|{WHICH}[个份篇]|{WHAT})?|{_FILES}(?:是)?{any_of(WHEN)}(?:添加|上传|加入|导入)的?"
        r"|(?:what|which) (?:documents?|files?) (?:was|were) added (?:last|recently)|latest (?:documents?|files?)",
        ("最近添加了哪些文档？", "最新上传的文件是哪个", "Which files were added recently?"),
        ("最新的住宿标准是多少", "最近有什么活动"),
    ),
    _rule(
        "versions",
        rf"(?:最新|现行|目前|现在)的?\w{{2,40}}?(?:是|有)?(?:{WHICH}[个一]?|{WHAT})版本?|\w{{2,40}}?的?最新版本?是(?:{WHICH}[个一]?|{WHAT})版?本?"
        rf"|\w{{2,40}}?(?:一共|共)?有(?:{_MANY}个|{WHICH_OF_ALL})版本?"
        r"|(?:what|which) versions? of [\w ]{2,60}?(?:is|are) \w+(?: \w+)?",
        ("最新的差旅管理办法是哪个版本？", "差旅管理办法有几个版本", "Which versions of the leave policy are there?"),
        ("2024版的补贴是多少", "装的是哪个版本"),
    ),
)  # fmt: skip
"""What is asked of the documents as such."""


def collection_request(folded: str) -> CollectionRequest | None:
    """Return what a folded question asks of the documents themselves; None where it asks for what they say."""
    asked = folded.strip()
    return next((name for rule in RULES if (name := rule.first(asked)) is not None), None)
