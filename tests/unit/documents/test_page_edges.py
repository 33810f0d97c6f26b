"""Heads, feet and numbers of pages are left out of texts; lines that only look like them stay."""

import pytest

from bot.documents.parser import read_file
from bot.documents.sandbox import Sandbox

HEAD = "某某公司考勤管理办法（内部资料）"
PAGES = [
    "　　为规范公司的考勤管理，提高工作效率，根据有关规定，\n制定本办法。本办法适用于公司全体员工，劳务派遣人员参照执",
    "行。员工每日工作时间为上午九时至下午六时，中午休息一小时\n具体安排由各部门确定并报人力资源部备案。迟到三十分钟以内",
    "的，每次扣发五十元；迟到超过三十分钟的，按旷工半天处理。",
]
WHOLE = "".join(PAGES).replace("\n", "").strip()
WRAPPED = """某某公司考勤管理办法

    为了规范公司的考勤管理，提高工作效率，维护正常的工作秩序，根据
劳动法和公司章程的有关规定，结合实际情况，制定本办法。本办法适用
于公司全体员工，劳务派遣人员参照执行。员工每日工作时间为上午九时
某某公司考勤管理办法
至下午六时，中午休息一小时，具体安排由各部门负责人根据业务情况确
定并报人力资源部备案。迟到三十分钟以内的，每次扣发五十元；迟到超
过三十分钟的，按旷工半天处理。请假须事先填写请假单，三天以内由部
某某公司考勤管理办法
门经理批准，三天以上由分管副总批准。病假须附医院证明，事假期间不
发工资，年假按照国家规定执行。
"""
STAYING = [
    "第1页\n封面\n第2页\n目录\n第3页\n公司简介\n",
    "1\n甲\n2\n乙\n",
    "申请人为单位的，提供加盖公章的授权书及有关证明文件\n身份证\n张三\n李四\n王五\n"
    "申请人为个人的，提供本人签字的申请表及有关证明文件\n身份证\n赵六\n孙七\n周八\n",
    "单位：甲\n电话：1\n\n单位：乙\n电话：2\n\n单位：丙\n电话：3\n",
]


def read(text: str) -> tuple[str, list[str], list[str]]:
    with Sandbox() as sandbox:
        file = read_file("a.txt", text.encode(), None, sandbox)
    assert file.document is not None
    text = file.document.text
    return text, [text[p.start : p.end] for p in file.document.paragraphs], [n.en for n in file.reading.notices]


@pytest.mark.parametrize(
    "page",
    [
        "{head}\n{lines}\n第 {n} 页", "{head}\n第 {n} 页 共 3 页\n{lines}", "{head}\n\n{lines}\n\n- {n} -",
        "{lines}\nPage {n} of 3",
    ],
)  # fmt: skip
@pytest.mark.parametrize("feed", ["\n", "\n\n", "\n\f"])
def test_pages_are_one_text(page: str, feed: str) -> None:
    text = feed.join(page.format(head=HEAD, lines=lines, n=n) for n, lines in enumerate(PAGES, 1))
    _, paragraphs, notices = read(text)
    assert [each.replace("\n", "") for each in paragraphs] == [HEAD, WHOLE][-1 if "head" not in page else 0 :]
    assert len(notices) == 1
    assert notices[0].startswith("Left out at the head or foot of pages: ")


def test_bare_numbers_at_form_feeds() -> None:
    text = "\n\f".join(f"{lines}\n\n{n}" for n, lines in enumerate(PAGES, 1))
    assert [each.replace("\n", "") for each in read(text)[1]] == [WHOLE]


def test_a_head_without_any_number() -> None:
    text, paragraphs, notices = read(WRAPPED)
    assert text.count("某某公司考勤管理办法") == 1
    assert len(paragraphs) == 2
    assert notices == ["Left out at the head or foot of pages: 某某公司考勤管理办法."]


def test_a_page_that_ends_with_a_paragraph() -> None:
    text = "题目\n\n第一段到此结束。\n\n- 1 -\n\n第二段在此。\n\n- 2 -\n"
    assert read(text)[0] == "题目\n\n第一段到此结束。\n\n第二段在此。\n"


@pytest.mark.parametrize("text", STAYING)
def test_what_only_looks_so_stays(text: str) -> None:
    assert read(text)[::2] == (text, [])
