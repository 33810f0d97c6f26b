"""Mails: heads, text, quotes, attachments as documents; the charsets and names that Chinese programs write."""

import random
from email.message import EmailMessage
from pathlib import Path

import pytest

from bot.documents.formats import Extract, IsolatedFormat, Options, find_format
from bot.types import DocumentError
from tests.parts import OpenBot

FILES = Path(__file__).parents[2] / "files" / "web"


def extract(data: bytes, name: str = "a.eml") -> Extract:
    known = find_format(name)
    assert isinstance(known, IsolatedFormat)
    return known.extract(data, Options())


def texts(data: bytes, name: str = "a.eml") -> list[str]:
    return [block.text for block in extract(data, name).blocks]


def mail() -> EmailMessage:
    message = EmailMessage()
    message["Subject"], message["From"] = "三月例会安排", "张伟 <zhang@example.org>"
    message["To"], message["Date"] = "李娜 <li@example.org>", "Tue, 05 Mar 2024 14:30:00 +0800"
    message.set_content("例会改到三月八日下午两点。\n\n> 例会几点开？\n>> 请告知\n", charset="gb18030")
    return message


HEAD = ["三月例会安排", "发件人：张伟 <zhang@example.org>", "收件人：李娜 <li@example.org>", "日期：2024-03-05 14:30"]


def test_a_mail_gives_its_head_its_text_and_what_it_quotes() -> None:
    read = extract(mail().as_bytes())
    assert [block.text for block in read.blocks] == [*HEAD, "例会改到三月八日下午两点。", "> 例会几点开？", "> 请告知"]
    assert (read.title, read.encoding, read.blocks[0].level) == ("三月例会安排", "GB18030", 1)


def test_attachments_are_documents_of_their_own(open_bot: OpenBot) -> None:
    message = mail()
    message.add_alternative("<p>例会改到<b>三月八日</b>下午两点。</p><img src='cid:a'>", subtype="html")
    message.add_attachment("签到表放在前台。".encode("gb18030"), "text", "plain", filename="签到说明.txt")
    message.add_attachment(b"x", "application", "octet-stream", filename="程序.exe")
    inner = mail()
    inner.replace_header("Subject", "回复：预算/决算")
    message.add_attachment(inner)
    bot = open_bot()
    reports = bot.add_files([("例会.eml", message.as_bytes(), None)])
    assert [(report.source, report.status) for report in reports] == [
        ("例会.eml", "added"), ("例会.eml/签到说明.txt", "added"), ("例会.eml/回复：预算_决算.eml", "added"),
    ]  # fmt: skip
    assert reports[0].document is not None
    assert [notice.zh for notice in reports[0].document.reading.notices] == [
        *("略过 1 张图片：图中文字未读取。", "无法读取的附件：程序.exe。"),
    ]
    assert bot.ask("签到表放在哪里？").citations[0].source == "例会.eml/签到说明.txt"
    assert bot.ask("例会改到什么时候？").citations[0].quote == "例会改到三月八日下午两点。"


@pytest.mark.parametrize("codec", ["gb18030", "utf-8", "big5"])
def test_names_are_read_as_programs_write_them(codec: str) -> None:
    import base64
    from urllib.parse import quote

    subject, name = "會議通知書", "附件說明.txt"
    word = base64.b64encode(subject.encode(codec)).decode()
    named = base64.b64encode(name.encode(codec)).decode()
    for disposition in (
        f'attachment; filename="=?{codec}?B?{named}?="',
        f"attachment; filename*={codec}''{quote(name.encode(codec))}",
    ):
        data = (
            f"Subject: =?{codec}?B?{word}?=\nFrom: a@b\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\n"
            f"text\n--x\nContent-Type: text/plain\nContent-Disposition: {disposition}\n\nbody\n--x--\n"
        ).encode()
        read = extract(data)
        assert (read.title, read.attachments[0].name) == (subject, name)


def test_raw_bytes_in_heads_and_a_word_that_is_cut_are_read() -> None:
    data = "Subject: 会议通知安排表\nFrom: 张伟\n\n请按时参加会议。\n".encode("gb18030")
    assert texts(data) == ["会议通知安排表", "发件人：张伟", "请按时参加会议。"]
    cut = b"Subject: =?gb2312?B?zbjNqA==?= =?gb2312?B?1qo=?=\nFrom: a\n\nx"
    assert texts(cut)[0] == "透通知"
    halves = b"Subject: =?gb2312?B?zQ==?= =?gb2312?B?qA==?=\nFrom: a\n\nx"
    assert texts(halves)[0] == b"\xcd\xa8".decode("gb18030")


def test_a_damaged_head_does_not_cost_the_text() -> None:
    for damaged in (b"=?utf-8?B?5L+?=", b"=?utf-8?B?a?=", b"=?nothing?Q?=FF=FE?=", b"\xff\xfe\x80\x81"):
        assert texts(b"From: a\nSubject: " + damaged + b"\n\nHello there.")[-1] == "Hello there."


def test_flowed_lines_are_joined() -> None:
    text = "例会改到三月八日 \n下午两点。\n> 请问 \n> 几点？\n-- \n张伟\n"
    data = f"From: a\nContent-Type: text/plain; charset=utf-8; format=flowed; delsp=yes\n\n{text}".encode()
    assert texts(data)[2:] == ["例会改到三月八日下午两点。", "> 请问几点？", "--", "张伟"]


def test_what_outlook_saves_is_read(open_bot: OpenBot) -> None:
    read = extract((FILES / "outlook.msg").read_bytes(), "a.msg")
    assert [block.text for block in read.blocks] == [
        "三月例会安排", "发件人：张伟 <zhang.wei@example.org>", "收件人：李娜; 王芳", "抄送：赵强",
        "日期：2024-03-05 06:30 UTC", "邮件附件：签到说明.txt, 回复：预算.eml", "例会改到三月八日下午两点。",
        "- 地点在三号会议室。",
    ]  # fmt: skip
    bot = open_bot()
    reports = bot.add_files([("例会.msg", (FILES / "outlook.msg").read_bytes(), None)])
    assert [report.source for report in reports] == ["例会.msg", "例会.msg/签到说明.txt", "例会.msg/回复：预算.eml"]
    assert bot.ask("预算定为多少？").citations[0].quote == "预算定为八万元。"
    older = texts((FILES / "outlook-ansi.msg").read_bytes(), "a.msg")
    assert older == [
        "停水通知",
        "发件人：物业 <wuye@example.org>",
        "收件人：全体住户",
        "周六上午九点停水两小时。",
        "> 请问几点停水？",
    ]


def test_an_encrypted_mail_says_so() -> None:
    with pytest.raises(DocumentError, match="encrypted"):
        extract(b"From: a\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data\n\nAAAA")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00\x01\x02",
        b"no mail at all",
        b"From: a\nContent-Type: multipart/mixed; boundary=x\n\n"
        + b"--x\nContent-Type: multipart/mixed; boundary=x\n\n" * 3_000,
        b"From: a\nContent-Type: text/plain; charset=" + b"x" * 100_000 + b"\n\n\xff\xfe\xfd" + bytes(range(256)) * 9,
        b"Subject: " + b"=?utf-8?B?" * 20_000 + b"\nFrom: a\n\n",
    ],
)
def test_a_hostile_mail_costs_only_itself(data: bytes, open_bot: OpenBot) -> None:
    reports = open_bot().add_files([("坏.eml", data, None), ("坏.msg", data, None), ("好.txt", "好。".encode(), None)])
    statuses = {report.source: report.status for report in reports}
    assert (statuses["好.txt"], statuses["坏.msg"]) == ("added", "failed")


@pytest.mark.parametrize("name", ["outlook.msg", "mail.eml"])
def test_mutated_mails_never_end_the_program(name: str, open_bot: OpenBot) -> None:
    rng = random.Random(9)
    whole = mail().as_bytes() if name == "mail.eml" else (FILES / name).read_bytes()
    files = []
    for number in range(120):
        data = bytearray(whole)
        for _ in range(rng.randint(1, 12)):
            data[rng.randrange(len(data))] = rng.randrange(256)
        files.append((f"{number}-{name}", bytes(data[: rng.randint(len(data) // 2, len(data))]), None))
    bot = open_bot()
    reports = bot.add_files(files)
    assert {report.source for report in reports if report.status == "added"} == {d.source for d in bot.documents()}
    assert len(reports) >= len(files)


WRAPPED = """各位同事：

    为做好年底盘点工作，请各部门于十二月二十日前完成固定资产的自查，把盘
亏、盘盈的设备列成清单，由部门负责人签字后交到行政部。逾期不交的，视同
没有差异。

1. 电脑、打印机等设备按标签逐台核对，标签脱落的要在备注栏写明设备的序列
号；
2. 借出的设备由借用人签字。

> 去年的清单放在公共盘的“盘点”目录下，请直接在上面修改，不要另起一份新
> 的表格。
> 张伟

--
行政部
电话：8012
"""


def test_a_mail_wrapped_at_a_width_gives_its_paragraphs() -> None:
    message = mail()
    message.set_content(WRAPPED, charset="utf-8")
    assert texts(message.as_bytes())[len(HEAD) :] == [
        "各位同事：",
        "为做好年底盘点工作，请各部门于十二月二十日前完成固定资产的自查，把盘亏、盘盈的设备列成清单，由部门负责人签字后交到行政部。逾期不交的，视同没有差异。",
        "1. 电脑、打印机等设备按标签逐台核对，标签脱落的要在备注栏写明设备的序列号；",
        "2. 借出的设备由借用人签字。",
        "> 去年的清单放在公共盘的“盘点”目录下，请直接在上面修改，不要另起一份新的表格。",
        "> 张伟", "--", "行政部", "电话：8012",
    ]  # fmt: skip


def test_english_lines_of_a_mail_are_joined_with_a_space() -> None:
    message = mail()
    message.set_content("Please return the key to the front desk before you leave the\nbuilding on Friday.\n\nAnna\n")
    assert texts(message.as_bytes())[len(HEAD) :] == [
        *("Please return the key to the front desk before you leave the building on Friday.", "Anna"),
    ]
