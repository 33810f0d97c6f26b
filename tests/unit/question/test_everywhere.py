"""Which questions want every place of a term."""

import pytest

from bot.question.everywhere import FORMS, Form, every_place_of


def terms(question: str) -> tuple[str, ...]:
    wanted = every_place_of(question)
    return () if wanted is None else wanted.terms


ZH = (
    "“{}”出现在哪些地方？",
    "{}出现在哪些地方",
    "列出所有提到“{}”的句子",
    "请列出提到{}的所有句子。",
    "哪些文件提到{}？",
    "哪些文件中提到了“{}”",
    "“{}”出现了几次",
    "{}出现了多少次？",
    "“{}”一词在全文中一共出现了多少次？",
    "文中提到了几次“{}”",
    "“{}”在哪些文件中出现过",
    "“{}”被提到了几次？",
    "「{}」出現在哪些地方？",
    "有多少处提到“{}”",
    "提到“{}”的句子有哪些？",
    "所有包含“{}”的段落",
    "列出“{}”的所有出处",
    "请列出“{}”出现的所有地方",
    "“{}”这个词出现了几次",
    "哪些文件里有《{}》？",
)
EN = (
    "list all mentions of {}",
    'List all mentions of "{}".',
    "list every sentence that mentions '{}'",
    "where does {} occur?",
    "Where is {} mentioned in the documents?",
    'How many times does "{}" appear?',
    "which documents mention {}?",
    'Show me all places where the term "{}" appears',
    "Find all occurrences of {}",
)


@pytest.mark.parametrize("question", ZH)
@pytest.mark.parametrize("term", ["碳关税", "碳關稅", "ZX-17", "🙂𠮷"])
def test_chinese_questions_for_every_place(question: str, term: str) -> None:
    assert terms(question.format(term)) == (term,)


@pytest.mark.parametrize("question", EN)
@pytest.mark.parametrize("term", ["carbon tariff", "ZX-17", "水库"])
def test_english_questions_for_every_place(question: str, term: str) -> None:
    assert terms(question.format(term)) == (term,)


@pytest.mark.parametrize(
    "question",
    [
        "“碳关税”是什么？",
        "“碳关税”在哪里征收？",
        "哪些部门负责“碳关税”？",
        "他在讲话中提到了哪些地方？",
        "列出所有措施",
        "什么出现了几次",
        "这出现了几次",
        "哪些文件规定了罚款",
        "文字最早出现在哪里？",
        "where is the library?",
        "list all measures",
        "how many times a year does the council meet?",
        "",
        "？",
    ],
)
def test_other_questions_are_left_alone(question: str) -> None:
    assert terms(question) == ()


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("“碳关税”和“碳汇”分别出现在哪些地方？", ("碳关税", "碳汇")),
        ("「碳關稅」、「碳汇」以及《绿色手册》各出现了几次？", ("碳關稅", "碳汇", "绿色手册")),
        ("列出所有提到“碳汇”或“碳汇”的句子", ("碳汇",)),
        ('Where do "carbon sink" and "tariff" occur?', ("carbon sink", "tariff")),
        ("List all mentions of 'tariff', 'quota' and 'sink'", ("tariff", "quota", "sink")),
        ("《绿色手册》中“碳汇”出现了几次？", ()),
        ("“碳汇”对“碳关税”有哪些影响？", ()),
        ("“碳汇”和“碳关税”有什么区别？", ()),
    ],
)
def test_several_terms_side_by_side(question: str, expected: tuple[str, ...]) -> None:
    assert terms(question) == expected


@pytest.mark.parametrize(("form", "example"), [(form, example) for form in FORMS for example in form.examples])
def test_every_form_knows_its_examples(form: Form, example: str) -> None:
    wanted = every_place_of(example)
    assert wanted is not None
    assert (wanted.rule, wanted.terms) in [(form.name, ("碳汇",)), (form.name, ("carbon sink",))]


def test_forms_have_names_of_their_own() -> None:
    assert len({form.name for form in FORMS}) == len(FORMS)
