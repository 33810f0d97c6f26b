"""Files that would do harm: the program outlives them, keeps nothing by halves, and reads the next one."""

import resource

from bot.engine import Bot
from tests.bombs import bombs
from tests.fuzz import outcomes
from tests.parts import OpenBot

GOOD = "姓名,电话\n张三,010-1234\n".encode()


def _whole(bot: Bot) -> None:
    """What is stored can be read, searched and answered from."""
    for document in bot.documents():
        text = bot.document(document.document_id).text
        assert text
    assert bot.search("张三")[0].text.startswith("张三")


def test_a_bomb_is_its_own_report_and_the_next_file_is_read(open_bot: OpenBot) -> None:
    bot = open_bot()
    hostile = list(bombs())
    assert len(hostile) >= 50
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    files = [pair for number, bomb in enumerate(hostile) for pair in (bomb, (f"好{number}.csv", GOOD))]
    reports = bot.add_files([(name, data, None) for name, data in files])
    assert [report.status for report in reports if report.source.startswith("好")] == ["added"] * len(hostile)
    stored = {document.source for document in bot.documents()}
    assert stored == {report.source for report in reports if report.status == "added"}
    for report in reports:
        if report.status == "failed":
            assert report.error_zh, report.source
            assert "\n" not in str(report.error_en), report.source
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 1_000_000  # kilobytes
    _whole(bot)


def test_entities_are_never_followed(open_bot: OpenBot) -> None:
    bot = open_bot()
    hostile = [(name, data, None) for name, data in bombs() if name.split()[0].split(".")[0] in OUTSIDE]
    assert len(hostile) >= 12
    reports = bot.add_files(hostile)
    assert {report.status for report in reports} == {"failed"}


OUTSIDE = {"laughs", "quadratic", "outside", "wide laughs"}


def test_damaged_files_are_read_or_refused() -> None:
    """``python -m tests.fuzz 10000`` does more of this."""
    assert sum(1 for _ in outcomes(300, seed=3)) == 300
