"""What the command line says of a file that was added."""

from pathlib import Path

from bot.cli.terminal import report_lines
from tests.parts import OpenBot

NOTICE = (Path(__file__).parents[2] / "files" / "web" / "notice.html").read_bytes()


def test_a_report_has_a_line_of_facts_and_one_for_each_thing_left_out(open_bot: OpenBot) -> None:
    bot = open_bot()
    (report,) = bot.add_files([("通知.html", NOTICE, None)])
    assert report.document is not None
    identity = report.document.document_id
    facts = "网页，UTF-8，233 字，18 段，3 个标题，1 个表格"
    assert list(report_lines(report, "zh")) == [
        f"已添加: {identity}  通知.html  关于做好防汛工作的通知  ({facts})",
        "    略过页头 1 处、导航 2 处、页脚 1 处、Cookie 提示 1 处，共 72 字。",
        "    略过 1 张图片：图中文字未读取。",
    ]
    (again,) = bot.add_files([("通知.html", NOTICE, None)])
    assert len(list(report_lines(again, "zh"))) == 1


def test_it_says_which_document_has_the_same_text(open_bot: OpenBot) -> None:
    bot = open_bot()
    text = "".join(f"第{n}条 本规定的第{n * 7}项由第{n * 13}号窗口办理。\n" for n in range(1, 60))
    bot.add_bytes("原件.txt", text.encode())
    same = bot.add_bytes("副本.md", text.replace("\n", "\n\n").encode("utf-16"))
    near = bot.add_bytes("改稿.txt", (text + "本规定自二〇二四年五月一日起施行，由办公室负责解释。").encode())
    assert list(report_lines(same, "zh"))[1:] == ["    文字与《原件.txt》完全相同。"]
    assert list(report_lines(same, "en"))[1:] == ["    Has the very same text as 原件.txt."]
    assert near.alike is not None
    assert 0.9 <= near.alike.share < 1
    assert list(report_lines(near, "en"))[1].startswith("    Shares about 9")


def test_a_file_that_failed_has_its_line_alone(open_bot: OpenBot) -> None:
    (report,) = open_bot().add_files([("空.html", b"", None)])
    assert list(report_lines(report, "en")) == [f"空.html: {report.error_en}"]
