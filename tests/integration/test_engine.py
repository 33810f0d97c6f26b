"""The engine over its real parts: what is added is asked about, what is removed is gone, others see both."""

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from bot import Bot, Settings
from bot.documents.parser import document_id
from bot.types import Answer, DocumentError, NotFoundError, QuestionError, Timings
from tests.integration.serving import GARDEN, MANUAL, ROOT, environment
from tests.parts import OpenBot

FINE = "图书逾期未还每天收取多少滞纳金？"
ORCHIDS = "How many kinds of orchid does the glass house hold?"
LIBRARY, GARDENS = document_id("library.md"), document_id("garden.txt")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    (folder / "deep").mkdir(parents=True)
    (folder / "library.md").write_text(MANUAL, encoding="utf-8")
    (folder / "garden.txt").write_text(GARDEN, encoding="utf-8")
    (folder / "deep" / "猫.TXT").write_text("猫在屋顶晒太阳。\n", encoding="gb18030")
    (folder / "notes.xyz").write_bytes(b"PK\x03\x04")
    return folder


@pytest.fixture
def bot(open_bot: OpenBot) -> Bot:
    """A bot that answers whatever it finds something for."""
    bot = open_bot(threshold=0.0)
    bot.add_bytes("library.md", MANUAL.encode())
    bot.add_bytes("garden.txt", GARDEN.encode())
    return bot


def untimed(answer: Answer) -> Answer:
    return replace(answer, timings=Timings())


def assert_whole(bot: Bot) -> None:
    checks = list(bot.check())
    assert [check for check in checks if not check.ok] == []
    assert len(checks) >= 4


def assert_quotes(bot: Bot, answer: Answer) -> None:
    for citation in answer.citations:
        assert bot.document(citation.document_id).text[citation.start : citation.end] == citation.quote


# Adding and removing


def test_seeds_are_known_at_first_and_not_again_once_removed(open_bot: OpenBot, folder: Path) -> None:
    first = open_bot(seeds=folder)
    assert [info.source for info in first.documents()] == ["deep/猫.TXT", "garden.txt", "library.md"]
    assert "二角" in first.search(FINE)[0].text
    first.remove(LIBRARY)
    (folder / "later.txt").write_text("后来的。", encoding="utf-8")
    again = open_bot(seeds=folder)
    assert [info.source for info in again.documents()] == ["deep/猫.TXT", "garden.txt"]
    for info in again.documents():
        again.remove(info.document_id)
    assert open_bot(seeds=folder).documents() == []


def test_a_home_without_seeds_is_empty_and_refuses(open_bot: OpenBot, tmp_path: Path) -> None:
    for seeds in (None, tmp_path / "none"):
        bot = open_bot(seeds=seeds)
        answer = bot.ask(FINE)
        assert (bot.documents(), bot.search(FINE)) == ([], [])
        assert (answer.abstained, answer.citations, answer.nearest, answer.confidence) == (True, (), (), 0.0)
        assert_whole(bot)


def test_a_folder_is_added_with_what_is_below_it(open_bot: OpenBot, folder: Path) -> None:
    bot, steps = open_bot(), []
    reports = bot.add(folder, lambda done, total, label: steps.append((done, total, label)))
    assert {r.source: r.status for r in reports} == dict.fromkeys(["deep/猫.TXT", "garden.txt", "library.md"], "added")
    assert [r.document for r in sorted(reports, key=lambda r: r.source)] == bot.documents()
    assert [(done, total) for done, total, label in steps if label == "read"] == [(0, 3), (1, 3), (2, 3), (3, 3)]
    cat = bot.documents()[0]
    assert (cat.encoding, cat.title, cat.characters) == ("GB18030", cat.title, 9)
    assert_whole(bot)


def test_one_bad_file_in_a_folder_leaves_the_others(open_bot: OpenBot, folder: Path) -> None:
    (folder / "empty.txt").touch()
    (folder / "binary.md").write_bytes(bytes(range(256)) * 9)
    bot = open_bot()
    reports = {report.source: report for report in bot.add(folder)}
    assert [name for name, report in reports.items() if report.status == "failed"] == ["binary.md", "empty.txt"]
    for name in ("binary.md", "empty.txt"):
        assert reports[name].document is None
        assert name in (reports[name].error_en or "") and name in (reports[name].error_zh or "")
    assert [info.source for info in bot.documents()] == ["deep/猫.TXT", "garden.txt", "library.md"]
    assert_whole(bot)


def test_the_same_name_is_replaced_the_same_content_left(bot: Bot) -> None:
    before = bot.document(LIBRARY)
    assert bot.add_bytes("library.md", MANUAL.encode()).status == "unchanged"
    assert bot.document(LIBRARY) == before
    report = bot.add_bytes("library.md", MANUAL.replace("二角", "九角").encode("utf-16"))
    assert (report.status, report.document) == ("replaced", bot.documents()[1])
    assert (report.document.document_id, report.document.encoding) == (LIBRARY, "UTF-16")  # type: ignore[union-attr]
    assert "九角" in bot.ask(FINE).citations[0].quote
    assert not any("二角" in hit.text for hit in bot.search("滞纳金二角", limit=200))
    assert bot.add_bytes("library.md", MANUAL.encode(), title="别的题目").status == "replaced"
    assert bot.search(FINE)[0].title == "别的题目"
    assert_whole(bot)


def test_files_given_twice_in_one_go_end_as_the_last(open_bot: OpenBot) -> None:
    bot = open_bot()
    bot.add_files([("a.txt", "猫在屋顶。".encode(), None), ("a.txt", "狗在院子。".encode(), None)])
    assert bot.document(document_id("a.txt")).text == "狗在院子。"
    assert [hit.text for hit in bot.search("猫在屋顶")] == ["狗在院子。"]
    assert_whole(bot)


def test_a_removed_document_is_never_found_again(bot: Bot, open_bot: OpenBot) -> None:
    assert bot.ask(FINE).citations[0].document_id == LIBRARY
    bot.remove(LIBRARY)
    for one in (bot, open_bot(threshold=0.0)):
        hits = one.search(FINE, limit=200)
        answer = one.ask(FINE)
        assert {hit.document_id for hit in (*hits, *answer.nearest)} <= {GARDENS}
        assert {citation.document_id for citation in answer.citations} <= {GARDENS}
        assert one.ask(FINE, documents=[LIBRARY]).abstained
        assert [info.document_id for info in one.documents()] == [GARDENS]
        for call in (one.document, one.remove):
            with pytest.raises(NotFoundError, match=LIBRARY):
                call(LIBRARY)
        assert_whole(one)


# Asking


def test_answer_and_refusal_keep_the_contract(bot: Bot, open_bot: OpenBot) -> None:
    answer = bot.ask(f"  {FINE}\n")
    assert not answer.abstained
    assert "二角" in answer.citations[0].quote
    assert (answer.citations[0].source, answer.citations[0].section[-1]) == ("library.md", "二、逾期与赔偿")
    assert min(answer.timings.search, answer.timings.judge, answer.timings.total) > 0 == answer.timings.prove
    assert_quotes(bot, answer)
    refused = open_bot(threshold=1.0).ask(FINE)
    assert refused.abstained
    assert (refused.citations, refused.sentences, "[" in refused.text) == ((), (), False)
    assert [hit.score for hit in refused.nearest] == sorted((h.score for h in refused.nearest), reverse=True) != []
    assert refused.confidence == pytest.approx(answer.confidence, abs=1e-6)


def test_the_same_question_gets_the_same_answer(bot: Bot, open_bot: OpenBot) -> None:
    for question in (FINE, ORCHIDS, "有哪些赔偿规定？"):
        first = untimed(bot.ask(question))
        assert untimed(bot.ask(question)) == first == untimed(open_bot(threshold=0.0).ask(question))
        assert bot.search(question) == bot.search(question)


def test_a_scope_keeps_the_other_documents_out(bot: Bot) -> None:
    for question in (FINE, ORCHIDS):
        for ids in ([LIBRARY], [GARDENS], [GARDENS, "unknown"]):
            answer = bot.ask(question, documents=ids)
            hits = bot.search(question, documents=ids)
            assert {hit.document_id for hit in hits} == set(ids) - {"unknown"}
            assert {citation.document_id for citation in answer.citations} <= set(ids)
        for nobody in ([], ["unknown"]):
            assert bot.search(question, documents=nobody) == []
            assert bot.ask(question, documents=nobody).abstained


def test_hits_obey_the_limit_and_stand_in_their_documents(bot: Bot) -> None:
    everything = bot.search("图书", limit=200)
    assert [hit.score for hit in everything] == sorted((hit.score for hit in everything), reverse=True)
    assert bot.search("图书", limit=3) == everything[:3]
    for hit in everything:
        document = bot.document(hit.document_id)
        assert document.text[hit.start : hit.end] == hit.text
        paragraph = document.paragraphs[hit.paragraph]
        assert paragraph.start <= hit.start < hit.end <= paragraph.end
        assert (hit.source, hit.title, hit.section) == (document.source, document.title, paragraph.section)
    for limit in (0, -1, 201):
        with pytest.raises(QuestionError, match=str(limit)):
            bot.search("图书", limit=limit)


def test_a_follow_up_is_searched_with_the_question_before(bot: Bot) -> None:
    answer = bot.ask("那遗失呢？", history=[(FINE, "二角。[1]")])
    assert (answer.question, answer.query) == ("那遗失呢？", "遗失多少滞纳金？")
    assert bot.ask("那遗失呢？").query == "那遗失呢？"


@pytest.mark.parametrize("question", ["？", "🙂🙂", "……", "的"])
def test_a_question_that_says_nothing_is_refused(open_bot: OpenBot, question: str) -> None:
    bot = open_bot()
    bot.add_bytes("library.md", MANUAL.encode())
    assert bot.ask(question).abstained


# Others at the same home


def test_what_another_process_adds_is_known_at_the_next_question(bot: Bot, tmp_path: Path) -> None:
    (tmp_path / "tea.txt").write_text("岩茶要用九十五度的水冲泡。\n", encoding="utf-8")

    def run(*arguments: str) -> None:
        command = [sys.executable, "-m", "bot", "--home", str(tmp_path / "home"), *arguments]
        subprocess.run(command, cwd=ROOT, env=environment(), check=True, capture_output=True)

    question = "岩茶要用多少度的水冲泡？"
    assert not any("岩茶" in hit.text for hit in bot.search(question))
    run("add", str(tmp_path / "tea.txt"))
    assert bot.ask(question).citations[0].quote == "岩茶要用九十五度的水冲泡。"
    run("remove", document_id("tea.txt"))
    assert not any("岩茶" in hit.text for hit in bot.search(question))
    assert_whole(bot)


def test_two_bots_in_turn_keep_one_home(open_bot: OpenBot) -> None:
    one, other = open_bot(), open_bot()
    for number in range(4):
        (one, other)[number % 2].add_bytes(f"{number}.txt", f"第{number}号仓库存放大米。".encode())
        for bot in (one, other):
            assert len(bot.search("仓库", limit=50)) == number + 1
    other.remove(document_id("0.txt"))
    assert {hit.source for hit in one.search("仓库")} == {"1.txt", "2.txt", "3.txt"}
    assert_whole(one)
    assert_whole(other)


def test_questions_are_answered_while_documents_change(bot: Bot) -> None:
    versions = [MANUAL.replace("二角", amount) for amount in ("二角", "五角", "八角钱", "一元")]
    done = threading.Event()

    def change() -> None:
        try:
            for number in range(9):
                bot.add_bytes("library.md", versions[number % 4].encode())
                bot.add_bytes("note.txt", f"第{number}号仓库存放大米{number}吨。".encode())
                bot.remove(document_id("note.txt"))
        finally:
            done.set()

    def ask(question: str) -> list[Answer]:
        answers: list[Answer] = []
        while not done.is_set() or not answers:
            answers.append(bot.ask(question))
        return answers

    with ThreadPoolExecutor(4) as pool:
        changing = pool.submit(change)
        asking = [pool.submit(ask, question) for question in (FINE, "仓库存放多少吨大米？")]
        changing.result()
        answers = [answer for asked in asking for answer in asked.result()]
    texts = [*versions, GARDEN, *(f"第{number}号仓库存放大米{number}吨。" for number in range(9))]
    for citation in (citation for answer in answers for citation in answer.citations):
        assert any(text[citation.start : citation.end] == citation.quote for text in texts)
    assert_quotes(bot, bot.ask(FINE))
    assert_whole(bot)


def test_closing_gives_the_home_back(open_bot: OpenBot) -> None:
    bot = open_bot()
    bot.add_bytes("a.txt", "猫在屋顶。".encode())
    with bot:
        pass
    assert [info.source for info in open_bot().documents()] == ["a.txt"]


def test_a_single_file_that_cannot_be_read_raises(bot: Bot, folder: Path) -> None:
    before = bot.documents()
    for path in (folder / "notes.xyz", folder / "none.txt", folder.parent / "none"):
        with pytest.raises(DocumentError, match=path.name) as error:
            bot.add(path)
        assert path.name in error.value.zh
    assert bot.documents() == before


def test_of_two_versions_the_newer_answers_and_the_older_is_told(tmp_path: Path) -> None:
    with Bot.open(tmp_path / "home") as bot:
        for version, limit in (("2022版", "三百五十元"), ("2024修订版", "五百元")):
            text = f"差旅办法（{version}）\n\n第一条 出差住宿费上限为每晚{limit}。\n"
            bot.add_bytes(f"差旅办法（{version}）.txt", text.encode())
        answer = bot.ask("住宿费上限是多少？")
        assert [citation.year for citation in answer.citations] == [2024]
        assert "2022 年的版本为“" in answer.note
        assert "三百五十元" in answer.note
        assert bot.ask("2022年的住宿费上限是多少？").note == ""


def test_the_same_question_is_answered_at_once_until_something_changes(tmp_path: Path) -> None:
    question = "社保由谁缴纳？"
    with Bot.open(settings=Settings(home=tmp_path / "home", seeds=None)) as bot:
        bot.add_bytes("a.txt", "社会保险费由用人单位按月缴纳。\n".encode())
        first = bot.ask(question)
        again = bot.ask(question)
        assert replace(again, timings=Timings()) == replace(first, timings=Timings())
        assert (again.timings.search, first.timings.search > 0) == (0.0, True)
        assert bot.ask(question, history=[("你好", "您好")]).timings.search > 0
        assert bot.ask(question, documents=[document_id("a.txt")]).timings.search > 0
        bot.add_bytes("a.txt", "社会保险费由雇主按季缴纳。\n".encode())
        assert "按季" in bot.ask(question).text
        bot.synonyms.add([["社保", "社会保险费"]])
        assert bot.ask(question).timings.search > 0
        strict = replace(bot.preferences.now(), reader=False)
        bot.preferences.keep(strict)
        assert bot.ask(question).timings.read == 0.0
        assert bot.ask(question).timings.search == 0.0
