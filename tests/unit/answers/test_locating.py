from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.answers.locating import Located, locate
from bot.documents.parser import parse
from bot.documents.passages import split_passages
from bot.evidence.judge import Verdict
from bot.storage.lexical import LexicalIndex
from bot.storage.store import Store
from bot.storage.synchronise import synchronise_lexical
from bot.structure.resolving import MOST_PLACES
from bot.types import Document, ItemCount
from tests.parts import read

RULES = "星桥市{}条例\n第一条 {}由市政府管理。\n第二条 违反规定的，处{}元罚款。\n"
NAMES = ("公园", "树木", "河道", "桥梁", "路灯", "广场", "堤防", "温泉", "苗圃", "花卉", "草地", "水库")


class Home:
    def __init__(self, folder: Path) -> None:
        self.store = Store.open(folder)
        self.lexical = LexicalIndex.open(folder / "lexical")

    def add(self, *documents: Document) -> None:
        self.store.put_many([(document, split_passages(document), document.text) for document in documents])
        synchronise_lexical(self.store, self.lexical)

    def locate(self, question: str, documents: list[str] | None = None) -> Located:
        return locate(read(question), documents, self.store, self.lexical)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    home = Home(tmp_path / "home")
    rules = [RULES.format(name, name, 100 + n) for n, name in enumerate(NAMES * 2)]
    home.add(
        *(
            parse(f"{n:02}.txt", text.encode(), f"甲市{NAMES[n % 12]}条例" if n > 11 else None)
            for n, text in enumerate(rules)
        )
    )
    home.add(parse("speech.txt", "一、形势\n形势很好。\n二、任务\n任务很重。".encode(), "讲话"))
    yield home
    home.store.close()


def lines(located: Located) -> list[str]:
    return [place.text for place in located.places]


def test_an_address_alone_is_the_whole_answer(home: Home) -> None:
    located = home.locate("《星桥市树木条例》第2条规定了什么？")
    assert lines(located) == ["第二条 违反规定的，处101元罚款。"]
    assert (located.complete, located.absent) == (True, False)


def test_an_address_in_a_longer_question_narrows_the_search(home: Home) -> None:
    located = home.locate("星桥市河道条例第二条规定的罚款是多少？")
    assert lines(located) == ["第二条 违反规定的，处102元罚款。"]
    assert not located.complete
    assert located.scope == (located.places[0].document.document_id,)


def test_what_a_violation_leads_to_is_sought_in_the_whole_document(home: Home) -> None:
    (chosen,) = (info.document_id for info in home.store.documents() if info.source == "02.txt")
    located = home.locate("违反星桥市河道条例第一条处多少罚款？")
    assert located == Located(scope=(chosen,), way="address")


def test_a_long_outline_is_cut_and_counted(home: Home) -> None:
    home.add(parse("plan.txt", "".join(f"{n}. 第{n}件事\n做好它。\n" for n in range(1, 301)).encode(), "规划"))
    located = home.locate("规划分哪几部分？")
    assert len(located.places) == MOST_PLACES
    assert (located.note, located.items) == ("共 300 项，显示 200 项。", ItemCount(300, 200))


@pytest.mark.parametrize("question", ["星桥市河道条例第九条", "海域法第一条是什么"])
def test_what_is_not_at_its_address_is_absent(home: Home, question: str) -> None:
    located = home.locate(question)
    assert located == Located(absent=True, way="address")
    assert located.settle(Verdict((), (), 0.9, True)) == Verdict((), (), 0.0, False)


def test_an_address_that_names_no_document_is_answered_from_ten_and_counted_in_all(home: Home) -> None:
    located = home.locate("第二条")
    assert lines(located) == [f"第二条 违反规定的，处{100 + n}元罚款。" for n in range(10)]
    assert (located.complete, located.way) == (True, "address")
    assert located.note == "共 24 个文件有第二条，显示 10 个；只要其中一个，请写出法律名称。"
    assert home.locate("article 2").note.startswith("24 documents have Article 2, 10 shown; ")


def test_a_longer_question_that_names_no_document_is_searched_everywhere(home: Home) -> None:
    located = home.locate("违反第二条怎么处理")
    assert (located.places, located.complete, located.scope, located.note) == ((), False, None, "")


def test_an_article_that_no_document_has_is_absent(home: Home) -> None:
    assert home.locate("第八十八条").absent
    assert not home.locate("第八十八条的罚款是多少").absent


def test_the_scope_holds(home: Home) -> None:
    chosen = [info.document_id for info in home.store.documents() if info.source == "03.txt"]
    located = home.locate("第二条", chosen)
    assert (lines(located), located.complete) == (["第二条 违反规定的，处103元罚款。"], True)
    assert home.locate("星桥市树木条例第二条", chosen).absent


def test_a_question_about_structure_is_answered_from_the_outline(home: Home) -> None:
    located = home.locate("讲话分哪几部分？")
    assert (lines(located), located.complete) == (["一、形势", "二、任务"], True)


def test_any_other_question_points_nowhere(home: Home) -> None:
    verdict = Verdict((), (), 0.9, True)
    located = home.locate("谁管理公园？")
    assert located == Located()
    assert located.settle(verdict) is verdict
