"""What questions about structure ask for."""

import pytest

from bot.language.folding import fold
from bot.language.titles import title_key
from bot.question.outline import LAST, outline_request


@pytest.mark.parametrize(
    ("question", "steps", "rule", "names", "kind"),
    [
        ("第三章第2节讲什么", [("章", 3), ("节", 2)], "part", (), ""),
        ("最后一部分讲了什么", [("部分", LAST)], "part", (), ""),
        ("What does part 2 say?", [("part", 2)], "part", (), ""),
        ("讲话分哪几部分？", [], "parts", (), "讲话"),
        ("目录", [], "contents", (), ""),
        ("公园条例有哪几节", [], "parts", ("公园条例", "公园"), ""),
        ("《中华人民共和国水法》分几章", [], "parts", ("水法",), ""),
    ],
)
def test_what_is_asked_for_of_which_document(
    question: str, steps: list[tuple[str, int]], rule: str, names: tuple[str, ...], kind: str
) -> None:
    request = outline_request(fold(question))
    assert request is not None
    assert (list(request.steps), request.rule, request.names, request.kind) == (steps, rule, names, kind)


@pytest.mark.parametrize(
    "question", ["公园由谁管理", "第三部分要求谁负责？", "《水法》第二章由谁负责", "要抓好哪几点意见", ""]
)
def test_more_than_structure_is_no_such_question(question: str) -> None:
    assert outline_request(fold(question)) is None


def test_how_much_is_wanted() -> None:
    outline, part = outline_request("讲话的大纲"), outline_request("第一部分的内容")
    assert outline is not None and outline.deep and outline.contents
    assert part is not None and part.full and not part.deep


def test_titles_are_compared_without_marks_and_the_states_name() -> None:
    assert title_key("《中华人民共和国 水法》") == title_key("水法") == "水法"
