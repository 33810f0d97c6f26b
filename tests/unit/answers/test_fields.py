"""Labelled values, asked for in many ways, among other documents that say the like; and what must stay unanswered."""

import pytest

from bot.answers.fields import fields
from bot.documents.parser import parse
from bot.evidence.judge import Evidence, Verdict
from bot.storage.store import StoredPassage
from bot.types import Answer, Passage
from tests.unit.answers.home import Home

CLINIC = """青山镇卫生院服务手册

一、门诊时间
周一至周五8:00至17:30。心理咨询室设在三楼。

二、联系我们
值班室：0571-6120 3300；体检预约电话：0571-61203311（工作日）；投诉热线：0571-61203322。
传真：0571-61203399  邮编：311200
地址：青山镇学前路18号
邮箱：office@qingshan.example；网址：www.qingshan.example/guide
"""
BID = """滨湖大学食堂设备采购项目竞争性磋商公告

项目编号：BHDX-2025-031
采购人：滨湖大学
采购代理机构：明德招标有限公司

一、项目概况
1. 预算金额：96万元
2. 交货地点：滨湖大学南区食堂

二、获取磋商文件
时间：2025年3月3日至3月7日
地点：明德大厦806室

三、响应文件提交
（一）提交截止时间：2025年3月18日9:00
（二）磋商地点：明德大厦二楼会议室

四、联系方式
1.采购人信息
联系人：周老师
电话：0512-66110001
2.采购代理机构信息
联系人：吴工
电话：0512-66220002，邮箱：wu@mingde.example
"""
LEASE = """商铺租赁合同

出租人（甲方）：金桥商业管理公司
承租人（乙方）：小麦面包店

第三条 租金
甲方收款账户：江南银行城东支行，账号6217 0000 1234 5678。
第九条 联络
甲方联系人：马经理，电话13900001111；乙方联系人：麦小姐，电话13700002222。
"""
FRIDGE = """北极星BX-200冰箱用户手册

保修
整机保修三年，压缩机保修十年。服务热线：400-820-0200，每天8:00—20:00。
配件咨询：400-820-0300。
"""
HALL = """关于举办青年读书会的通知

时间：2025年4月23日下午2:00
地点：市图书馆五楼报告厅
主持人：林一帆
记录人：方小舟
报名截止：2025年4月20日
报名电话
0571-8800 1212
一号楼保安：8001。二号楼保安：8002。
一号楼报修电话：8101。二号楼报修电话：8102。
"""
ENGLISH = """Harbour Swimming Club – Member Guide

Opening hours: Monday to Saturday, 6 am to 9 pm
Address: 12 Quay Street
Front desk phone: 020 7946 0100. Lessons and bookings: phone 020 7946 0111, email lessons@harbourswim.example.
Complaints: complaints@harbourswim.example
Website: https://harbourswim.example
Membership fee: $45 a month
Club manager: Jo Marsh
Deadline for the summer race: 3 May 2025
"""
DOCUMENTS = {
    "卫生院.txt": CLINIC, "磋商公告.txt": BID, "商铺合同.txt": LEASE,
    "冰箱.txt": FRIDGE, "读书会.txt": HALL, "guide.txt": ENGLISH,
}  # fmt: skip


MINUTES = {
    "纪要.txt": "城市更新领导小组会议纪要\n时间：2026年5月12日下午\n地点：第二会议室\n一、关于停车。新增车位六百个。\n",
    "停电.txt": "东湖片区停电公告\n因设备检修，定于七月十八日停电。\n",
}


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """All documents, and every paragraph of theirs found."""
    return home_of(DOCUMENTS, tmp_path_factory)


def home_of(documents: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp("fields"))
    evidence: list[Evidence] = []
    for source, text in documents.items():
        given = parse(source, text.encode())
        home.add(given)
        for p in given.paragraphs:
            passage = Passage(p.index, p.start, p.end, p.section, given.text[p.start : p.end])
            stored = StoredPassage(len(evidence), given.document_id, source, given.title, passage)
            evidence.append(Evidence(stored, p.start, p.end, 1.0))
    home.verdict = Verdict((), tuple(evidence), 0.0, answered=False)
    return home


def ask(home: Home, question: str) -> Answer | None:
    answer = home.ask(fields, question)
    if answer is not None:
        for cited in answer.citations:
            assert home.store.document(cited.document_id).text[cited.start : cited.end] == cited.quote
    return answer


@pytest.mark.parametrize(
    ("question", "note"),
    [
        ("青山镇卫生院体检预约打什么电话？", "体检预约电话：0571-61203311（工作日）"),
        ("卫生院的预约电话是多少？", "体检预约电话：0571-61203311（工作日）"),
        ("青山镇卫生院投诉打哪个号码", "投诉热线：0571-61203322"),
        ("对卫生院不满意，投诉电话多少", "投诉热线：0571-61203322"),
        ("卫生院值班室电话多少", "值班室：0571-6120 3300"),
        ("卫生院的传真号码是多少？", "传真：0571-61203399"),
        ("卫生院的邮编是多少", "邮编：311200"),
        ("青山镇卫生院在哪里？", "地址：青山镇学前路18号"),
        ("卫生院的地址是什么", "地址：青山镇学前路18号"),
        ("卫生院的邮箱是什么？", "邮箱：office@qingshan.example"),
        ("卫生院网址是多少", "网址：www.qingshan.example/guide"),
        ("食堂设备采购的采购人联系电话是多少？", "电话：0512-66110001"),
        ("滨湖大学采购代理机构的电话是多少", "电话：0512-66220002"),
        ("食堂设备项目的代理机构怎么联系？", "电话：0512-66220002，邮箱：wu@mingde.example"),
        ("滨湖大学食堂设备项目编号是多少？", "项目编号：BHDX-2025-031"),
        ("食堂设备采购预算金额是多少", "预算金额：96万元"),
        ("食堂设备的交货地点在哪里？", "交货地点：滨湖大学南区食堂"),
        ("食堂设备采购在哪里磋商？", "磋商地点：明德大厦二楼会议室"),
        ("食堂设备响应文件提交的截止时间是什么时候？", "提交截止时间：2025年3月18日9:00"),
        ("食堂设备磋商文件什么时候获取？", "时间：2025年3月3日至3月7日"),
        ("金桥商业的租金打到哪个账号？", "甲方收款账户：江南银行城东支行，账号6217 0000 1234 5678"),
        ("商铺的房东电话是多少？", "甲方联系人：马经理，电话13900001111"),
        ("商铺甲方联系人的电话", "甲方联系人：马经理，电话13900001111"),
        ("小麦面包店的电话是多少？", "乙方联系人：麦小姐，电话13700002222"),
        ("冰箱坏了打哪个号码？", "服务热线：400-820-0200"),
        ("冰箱要维修，电话打给谁？", "服务热线：400-820-0200"),
        ("北极星冰箱的客服电话是多少", "服务热线：400-820-0200"),
        ("冰箱配件咨询打什么电话？", "配件咨询：400-820-0300"),
        ("青年读书会什么时候举行？", "时间：2025年4月23日下午2:00"),
        ("读书会在哪里开？", "地点：市图书馆五楼报告厅"),
        ("读书会由谁主持？", "主持人：林一帆"),
        ("读书会的记录人是谁", "记录人：方小舟"),
        ("读书会最晚什么时候报名？", "报名截止：2025年4月20日"),
        ("读书会报名打什么电话？", "报名电话：0571-8800 1212"),
        ("二号楼报修电话是多少？", "二号楼报修电话：8102"),
        ("1号楼报修打哪个电话", "一号楼报修电话：8101"),
        ("What is the phone number of the front desk?", "Front desk phone: 020 7946 0100"),
        ("Which number do I call to book lessons?", "Lessons and bookings: phone 020 7946 0111"),
        ("What is the email address for complaints?", "Complaints: complaints@harbourswim.example"),
        ("What is the website of Harbour Swimming Club?", "Website: https://harbourswim.example"),
        ("Where is the swimming club?", "Address: 12 Quay Street"),
        ("What is the deadline for the summer race?", "Deadline for the summer race: 3 May 2025"),
        ("How much is the membership fee?", "Membership fee: $45 a month"),
        ("Who is the club manager?", "Club manager: Jo Marsh"),
    ],
)  # fmt: skip
def test_the_value_that_is_asked_for(full: Home, question: str, note: str) -> None:
    answer = ask(full, question)
    assert answer is not None and not answer.abstained
    assert answer.note == note
    assert (answer.trace.way, answer.trace.rule) == ("table", "labelled field")


@pytest.mark.parametrize(
    "question",
    [
        "冰箱售后的传真是多少？", "冰箱售后的邮箱是什么？", "红山镇卫生院的预约电话是多少？",
        "第二卫生院的投诉电话是多少？", "卫生院急救打什么电话？", "卫生院的举报电话是多少",
        "冰箱BX-300的服务热线是多少？", "洗衣机坏了打哪个号码？", "三号楼报修电话是多少？",
        "食堂设备的开标地点在哪里？", "食堂设备什么时候交货？", "食堂设备采购人的传真是多少？",
        "读书会的主讲人是谁？", "滨江大学食堂设备采购的联系电话是多少？", "乙方的收款账号是多少？",
        "小麦面包店的收款账号是什么？", "卫生院心理咨询预约的邮箱是多少？", "银行卡丢了打什么电话？",
        "读书会几点结束？", "打电话请假可以吗？", "卫生院有几层楼？", "押金多少钱？", "院长是谁？",
        "下一次读书会什么时候举行？", "打几次密码错误会被锁？", "What is the fax number of the swimming club?",
        "What is the phone number of the tennis club?", "Who is the swimming coach?",
        "What is the deadline for the winter race?", "How much is the locker fee?",
    ],
)  # fmt: skip
def test_what_is_not_there_is_left_alone(full: Home, question: str) -> None:
    answer = ask(full, question)
    assert answer is None, answer.note


def test_the_hour_of_a_meeting_is_not_that_of_repairs(tmp_path_factory: pytest.TempPathFactory) -> None:
    home = home_of(MINUTES, tmp_path_factory)
    assert ask(home, "哪天停电？") is None
    for question in ("会议是什么时候？", "什么时候开的会"):
        answer = ask(home, question)
        assert answer is not None and answer.note == "时间：2026年5月12日下午"


def test_two_that_fit_alike_are_both_said(full: Home) -> None:
    answer = ask(full, "商铺合同里的联系电话是多少？")
    assert answer is not None
    assert answer.note == "甲方联系人：马经理，电话13900001111；乙方联系人：麦小姐，电话13700002222"
