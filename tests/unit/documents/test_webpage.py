"""Web pages: what is text and what is the site's, structure, encodings; hostile pages cost only themselves."""

import random
from pathlib import Path

import pytest

from bot.documents.formats import Extract, IsolatedFormat, Options, find_format
from bot.documents.parser import parse
from bot.types import DocumentError
from tests.parts import OpenBot

FILES = Path(__file__).parents[2] / "files" / "web"
NOTICE = (FILES / "notice.html").read_bytes()


def extract(name: str, data: bytes) -> Extract:
    """Return what is read of a file, in this process."""
    known = find_format(name)
    assert isinstance(known, IsolatedFormat)
    return known.extract(data, Options())


def texts(body: str) -> list[str]:
    return [block.text for block in extract("a.html", f"<meta charset=utf-8>{body}".encode()).blocks]


@pytest.mark.parametrize("name", ["notice.html", "notice.mhtml"])
def test_a_page_gives_its_text_and_not_its_sites(name: str) -> None:
    read = extract(name, (FILES / name).read_bytes())
    assert read.title == "关于做好防汛工作的通知"
    assert [(block.level, block.text) for block in read.blocks] == [
        (1, "关于做好防汛工作的通知"),
        (0, "各街道办事处[1]："),
        (0, "[注1] 含经济开发区。"),
        (0, "为做好今年汛期工作，现将有关事项通知如下。"),
        (2, "一、值班安排"),
        (0, "值班电话是0551-6655 4433，汛期实行24小时值班。"),
        (0, "夜间由值班长负责。"),
        (0, "1. 每日八时交班。"),
        (0, "2. 交班须签字。"),
        (0, "- 签字用黑色笔。"),
        (2, "二、物资储备"),
        (0, "储备表"),
        (0, "街道 | 物资 | 物资"),
        (0, "街道 | 沙袋 | 水泵"),
        (0, "东湖街道 | 1200 | 6"),
        (0, "西山街道 | 未报 | 未报"),
        (0, "联系人 张伟"),
        (0, "邮箱 flood@example.org"),
    ]
    assert [notice.zh for notice in read.notices] == [
        "略过页头 1 处、导航 2 处、页脚 1 处、Cookie 提示 1 处，共 72 字。",
        "略过 1 张图片：图中文字未读取。",
    ]


def test_it_becomes_a_document_with_sections_and_tables(open_bot: OpenBot) -> None:
    bot = open_bot()
    report = bot.add_bytes("通知.html", NOTICE)
    assert report.document is not None
    assert (report.document.encoding, report.document.reading.tables, report.document.headings) == ("UTF-8", 1, 3)
    document = bot.document(report.document.document_id)
    row = next(p for p in document.paragraphs if document.text[p.start :].startswith("东湖街道"))
    assert row.section == ("关于做好防汛工作的通知", "二、物资储备")
    answer = bot.ask("值班电话是多少？")
    assert answer.citations[0].quote == "值班电话是0551-6655 4433，汛期实行24小时值班。"


def test_what_libreoffice_writes_is_read() -> None:
    document = parse("a.html", (FILES / "page-office.html").read_bytes())
    lines = [document.text[p.start : p.end] for p in document.paragraphs]
    assert [line for line, p in zip(lines, document.paragraphs, strict=True) if p.level] == [
        *("关于做好防汛工作的通知", "一、值班安排", "二、物资储备"),
    ]
    assert {"1. 每日八时交班。", "- 签字用黑色笔。", "西山街道 | 未报 | 未报"} <= set(lines)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>菜单</p><div class=menu><p>红烧肉 28 元</p><p>清蒸鱼 46 元，需要提前一天预订才能供应</p></div>",
         ["菜单", "红烧肉 28 元", "清蒸鱼 46 元，需要提前一天预订才能供应"]),
        ("<footer>联系人：张伟</footer><p>正文</p>", ["联系人：张伟", "正文"]),
        ("<header><h1>标题</h1><a href=/>首页</a><a href=/b>登录</a></header>正文", ["标题", "首页登录", "正文"]),
        ("<div id=page-header><p>全部内容都在这里面，没有别的。</p></div>", ["全部内容都在这里面，没有别的。"]),
        ("<ul><li><a href=/1>政策一</a><li><a href=/2>政策二</a><li><a href=/3>政策三</a><li><a href=/4>四</a></ul>",
         ["- 政策一", "- 政策二", "- 政策三", "- 四"]),
        ("<nav><a href=/1>新闻</a></nav>正文<script>x</script>后面<style>y</style>", ["正文后面"]),
        ("<div hidden>看不见</div><div style='display: none'>也看不见</div><p>看得见", ["看得见"]),
        ("<div class=tab-pane style='display:none'>第二页的内容</div><p>第一页", ["第二页的内容", "第一页"]),
        ("<h2><button>怎么报名？</button></h2><p>网上报名。<button>复制</button>", ["怎么报名？", "网上报名。"]),
        ("<p>甲<del>乙</del>丙", ["甲丙"]),
        ("<p><ruby>汉<rt>hàn</rt></ruby>字", ["汉字"]),
        ("<p>m<sup>2</sup> 和 H<sub>2</sub>O", ["m2 和 H2O"]),
        ("<dl><dt>甲方<dd>张伟</dl>", ["甲方", "张伟"]),
        ("一<br>二<br><br>三", ["一", "二", "三"]),
        ("<h1>关于印发<br>办法的通知</h1>", ["关于印发办法的通知"]),
        ("<p>第一条\n为了 保障<p>第二条\n本市", ["第一条 为了 保障", "第二条 本市"]),
        ("<p>为了安全\n生产，现\n通知如下\n请执行。", ["为了安全生产，现通知如下请执行。"]),
        ("a&nbsp;&amp;&lt;b&#20013;", ["a &<b中"]),
    ],
)  # fmt: skip
def test_no_text_is_taken_for_a_sites(body: str, expected: list[str]) -> None:
    assert texts(body) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<ol start=3><li>甲<li value=7>乙<li>丙</ol>", ["3. 甲", "7. 乙", "8. 丙"]),
        ("<ol reversed><li>甲<li>乙</ol>", ["2. 甲", "1. 乙"]),
        ("<ol type=a><li>甲<li>乙</ol><ol type=I start=4><li>丙</ol>", ["a. 甲", "b. 乙", "IV. 丙"]),
        ("<ol style='list-style-type: cjk-ideographic' start=11><li>甲</ol>", ["十一、甲"]),
        ("<ul style='list-style: none'><li>甲</ul><ol><li>一、乙</ol>", ["甲", "一、乙"]),
        ("<ol><li>甲<ol type=a><li>子</ol><li>乙</ol>", ["1. 甲", "a. 子", "2. 乙"]),
        ("<ol><li><p>甲</p><p>续</p><li>乙</ol>", ["1. 甲", "续", "2. 乙"]),
    ],
)
def test_items_have_the_numbers_that_a_browser_draws(body: str, expected: list[str]) -> None:
    assert texts(body) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<tr><td rowspan=3>甲<td>1<tr><td>2<tr><td>3", ["甲 | 1", "甲 | 2", "甲 | 3"]),
        (
            "<tfoot><tr><td>合计<td>3</tfoot><tr><td>甲<td>3</tr><thead><tr><th>人<th>数",
            ["人 | 数", "甲 | 3", "合计 | 3"],
        ),
        (
            "<tr><td colspan=2 rowspan=2>甲<td>1<tr><td>2<tr><td>a<td>b<td>c",
            ["甲 | 甲 | 1", "甲 | 甲 | 2", "a | b | c"],
        ),
        ("<tr><td>项<td>说明<tr><td>一<td><p>甲</p><ul><li>乙</ul>", ["项 | 说明", "一 | 甲 - 乙"]),
        ("<tr><td>左边的栏目<tr><td>正文在这里", ["左边的栏目", "正文在这里"]),
        ("<tr><td><table><tr><td>a<td>b<tr><td>c<td>d</table><td>边<tr><td>x<td>y", ["a | b", "c | d", "边", "x", "y"]),
    ],
)
def test_tables_of_data_are_rows_and_tables_of_layout_are_not(body: str, expected: list[str]) -> None:
    assert texts(f"<table>{body}</table>") == expected


CHINESE = "<p>关于进一步加强安全生产工作的通知，请各单位认真贯彻执行。</p>"
TRADITIONAL = "<p>關於進一步加強安全生產工作的通知，請各單位認真貫徹執行。</p>"


@pytest.mark.parametrize(
    ("said", "codec", "text", "encoding"),
    [
        ("gb2312", "gb18030", CHINESE, "GB18030"),
        ("gb2312", "utf-8", CHINESE, "UTF-8"),
        ("utf-8", "gb18030", CHINESE, "GB18030"),
        ("iso-8859-1", "gb18030", CHINESE, "GB18030"),
        ("", "gb18030", CHINESE, "GB18030"),
        ("big5", "big5", TRADITIONAL, "Big5"),
        ("", "big5", TRADITIONAL, "Big5"),
        ("unknown-8", "utf-8", CHINESE, "UTF-8"),
        ("zlib_codec", "utf-8", CHINESE, "UTF-8"),
        ("shift_jis", "shift_jis", "<p>安全に関するお知らせです。必ずお読みください。</p>", "Shift_JIS"),
        ("windows-1252", "cp1252", "<p>Café au lait – five euros, “s'il vous plaît”.</p>", "Windows-1252"),
        ("", "utf-16", CHINESE, "UTF-16"),
    ],
)
def test_what_the_bytes_show_goes_before_what_the_page_says(said: str, codec: str, text: str, encoding: str) -> None:
    read = extract("a.htm", f'<html><meta charset="{said}"><body>{text}'.encode(codec))
    assert (f"<p>{read.blocks[0].text}</p>", read.encoding) == (text, encoding)


def test_a_damaged_page_loses_the_damaged_characters_alone() -> None:
    data = f'<meta charset="utf-8">{CHINESE * 20}'.encode().replace("安全".encode(), b"\xe5\xff\x89\xe5\x85\xa8", 1)
    read = extract("a.html", data)
    assert (read.encoding, read.blocks[1].text) == ("UTF-8", CHINESE[3:-4])
    assert [notice.zh for notice in read.notices] == ["有 3 个字符无法识别。"]


def test_a_page_without_text_is_empty() -> None:
    for data in (b"", b"<html></html>", b"<script>x</script>", b"<!-- -->", b"<frameset><frame src=x></frameset>"):
        with pytest.raises(DocumentError):
            parse("a.html", data)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<div>" * 3_000 + b"text", "elements in each other"),
        (b"<table>" * 1_500 + b"<tr><td>text", ""),
        (b"<p>text<table><tr>" + b"<td colspan=999999 rowspan=999999>" * 2_000 + b"x<tr><td>y", ""),
        (b"<a href=#b>1</a><li id=b>" * 5_000 + b"text", ""),
        (b"<ol start=99999999999999999999><li>text</ol>" + b"<li>x" * 30_000, ""),
        (b"text<b" + b" a=1" * 100_000 + b">", ""),
        (b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><p>text&a;", ""),
        (b"<iframe src='file:///etc/passwd'></iframe>text", ""),
        (b"<table role=x><tr><td aria-level='\xc2\xb2' colspan='\xc2\xb2'>text", ""),
    ],
)
def test_a_hostile_page_costs_only_itself(data: bytes, said: str, open_bot: OpenBot) -> None:
    reports = open_bot().add_files([("坏.html", data, None), ("好.txt", "好。".encode(), None)])
    assert reports[-1].status == "added"
    assert said in str(reports[0].error_en)
    assert reports[0].document is None or reports[0].document.characters < 300_000


def test_mutated_files_never_end_the_program(open_bot: OpenBot) -> None:
    rng = random.Random(12)
    files = []
    for number in range(200):
        name = rng.choice(["notice.html", "notice.mhtml"])
        data = bytearray((FILES / name).read_bytes())
        for _ in range(rng.randint(1, 30)):
            data[rng.randrange(len(data))] = rng.choice(b"<>/=\"'&;\x00\xff0a")
        files.append((f"{number}-{name}", bytes(data[: rng.randint(1, len(data))]), None))
    bot = open_bot()
    reports = bot.add_files(files)
    assert len(reports) == len(files)
    assert {report.source for report in reports if report.status == "added"} == {d.source for d in bot.documents()}


def test_an_archive_without_a_page_says_what_to_do() -> None:
    with pytest.raises(DocumentError, match="holds no web page"):
        extract("a.mhtml", b"Subject: x\n\ntext")
