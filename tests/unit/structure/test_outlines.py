import pytest

from bot.documents.parser import parse
from bot.language.folding import fold
from bot.question.outline import outline_request
from bot.structure.outlines import answer_outline, contents
from bot.types import Document, DocumentInfo

SPEECH = """同志们：
今天召开绿化工作会议。
一、认清形势，坚定信心
去年工作有进展。新增绿地十公顷。
一要看到成绩。成绩来之不易。
二要看到差距。差距仍然不小。
二、突出重点，狠抓落实
要抓好三项工作。
一是种好树。植树五万株。
二是管好水。修建水渠八公里。
三、加强领导
各单位要负责。任务要分解到人。
市里将组织检查。结果要通报。
"""
LAW = """星桥市公园条例
第一章 总则
第一条 为了管理公园，制定本条例。
第二条 公园属于公众。公园免费开放。
第二章 开放
第一节 时间
第三条 公园六时开放。
第二节 游客
第四条 游客应当爱护花木。
第三章 附则
第五条 本条例自公布之日起施行。
"""
TOP = ["一、认清形势，坚定信心", "二、突出重点，狠抓落实", "三、加强领导"]


def speech() -> Document:
    return parse("speech.txt", SPEECH.encode(), "在绿化工作会议上的讲话")


def law() -> Document:
    return parse("park.txt", LAW.encode())


def asked(question: str, *documents: Document) -> list[str] | None:
    by_id = {document.document_id: document for document in documents}
    infos = [DocumentInfo(d.document_id, d.source, d.title, "UTF-8", 0, 0, 0, 0, 0, "") for d in documents]
    request = outline_request(fold(question))
    places = answer_outline(request, infos, by_id.__getitem__) if request else None
    return None if places is None else [place.text for place in places]


@pytest.mark.parametrize(
    "question",
    [
        "讲话分哪几部分？",
        "这篇讲话一共分为几个部分，分别是什么？",
        "講話分哪幾個部分",
        "绿化工作会议讲话分几部分",
        "《在绿化工作会议上的讲话》有哪些部分",
        "目录",
        "列出全文的结构",
        "What are the sections of this document?",
    ],
)
def test_the_parts_are_the_headings(question: str) -> None:
    assert asked(question, speech()) == TOP


def test_the_outline_holds_the_leads_too() -> None:
    assert asked("讲话的大纲", speech()) == [
        TOP[0], "一要看到成绩。", "二要看到差距。", TOP[1], "一是种好树。", "二是管好水。", TOP[2],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("第一部分讲什么？", [TOP[0], "一要看到成绩。", "二要看到差距。"]),
        ("讲话的第2部分主要说了什么", [TOP[1], "一是种好树。", "二是管好水。"]),
        ("第三部分的内容是什么", [TOP[2], "各单位要负责。", "市里将组织检查。"]),
        ("最后一部分讲了什么", [TOP[2], "各单位要负责。", "市里将组织检查。"]),
        ("第二点第一条是什么", ["一是种好树。"]),
        ("第二部分第二点讲什么", ["二是管好水。", "修建水渠八公里。"]),
        ("那第二点呢？", [TOP[1], "一是种好树。", "二是管好水。"]),
        ("讲话分哪几部分 那第三部分呢？", [TOP[2], "各单位要负责。", "市里将组织检查。"]),
        ("第四部分讲什么", None),
        ("第三部分第一点是什么", None),
    ],
)
def test_a_part_is_answered_with_its_heading_and_what_is_under_it(question: str, expected: list[str] | None) -> None:
    assert asked(question, speech()) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("有几章？", ["第一章 总则", "第二章 开放", "第三章 附则"]),
        ("公园条例有哪几节", ["第一节 时间", "第二节 游客"]),
        ("第二章讲什么", ["第二章 开放", "第一节 时间", "第二节 游客"]),
        ("第二章第二节讲什么", ["第二节 游客", "第四条 游客应当爱护花木。"]),
        ("第一章的主要内容", ["第一章 总则", "第一条 为了管理公园，制定本条例。", "第二条 公园属于公众。"]),
    ],
)
def test_divisions_of_a_law(question: str, expected: list[str]) -> None:
    assert asked(question, law()) == expected


@pytest.mark.parametrize(
    "question",
    [
        "公园由哪几个部分组成？",
        "第三部分要求谁负责？",
        "大部分树木种在哪里？",
        "经济结构是什么？",
        "提升服务要抓好哪几个方面？",
        "去年新增多少绿地？",
        "为什么？",
        "",
    ],
)
def test_other_questions_are_left_alone(question: str) -> None:
    assert asked(question, speech(), law()) is None


def test_the_title_chooses_the_document() -> None:
    assert asked("公园条例分几章", speech(), law()) == ["第一章 总则", "第二章 开放", "第三章 附则"]
    assert asked("讲话分哪几部分", speech(), law()) == TOP
    assert asked("《星桥市水法》分几章", speech(), law()) is None


def test_where_none_is_named_few_documents_answer_and_many_do_not() -> None:
    assert asked("目录", speech(), law()) == [
        *TOP, "第一章 总则", "第二章 开放", "第一节 时间", "第二节 游客", "第三章 附则",
    ]  # fmt: skip
    assert asked("目录", *(parse(f"{n}.txt", SPEECH.encode(), f"讲话{n}") for n in range(4))) is None


def test_a_document_without_headings_has_no_outline() -> None:
    assert asked("全文分哪几部分", parse("plain.txt", "今天天气好。\n明天有雨。".encode())) is None


def test_parts_are_counted_below_the_title_of_markdown() -> None:
    document = parse("guide.md", b"# Guide\n\n## Setup\n\nInstall it. Start it.\n\n## Use\n\nAsk it.\n")
    assert asked("目录", document) == ["Guide", "Setup", "Use"]
    assert asked("what are the sections?", document) == ["Setup", "Use"]
    assert asked("第二部分说什么", document) == ["Use", "Ask it."]


def test_places_are_verbatim() -> None:
    document = law()
    for place in contents(document, 1):
        paragraph = document.paragraphs[place.paragraph]
        assert paragraph.start <= place.start < place.end <= paragraph.end
        assert document.text[place.start : place.end] == place.text


def test_a_heading_that_stands_twice_gives_what_is_under_the_one_asked_for() -> None:
    document = parse("a.md", "# 手册\n\n## 安装\n\n下载。\n\n## 使用\n\n打开。\n\n## 安装\n\n再装一次。\n".encode())
    assert [place.text for place in contents(document, 1)] == ["安装", "下载。"]
    assert [place.text for place in contents(document, 5)] == ["安装", "再装一次。"]
