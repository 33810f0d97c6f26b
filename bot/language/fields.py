"""Kinds of labelled values ("预约电话：0399-6650120"): what their labels say, and what the values look like."""

import re
from dataclasses import dataclass

from bot.language.lexicon import any_of, words


@dataclass(frozen=True, slots=True)
class FieldKind:
    """A kind of value: what stands in a label of it, and its form, both in folded text.

    ``free``: its form alone tells it, wherever it stands; of any other kind the label must end with what it is.
    """

    name: str
    label: re.Pattern[str]
    value: re.Pattern[str]
    free: bool = False

    def __repr__(self) -> str:
        return self.name


_END = r"(?:是|为|如下)?$"
_DAY = (
    r"\d{1,4}\s*[年月日号点时:./-]|[一二三四五六七八九十〇]+[年月日号时]|周[一二三四五六日]|星期"
    r"|每[日天周月年]|全天|24\s*小时"
)
_ENGLISH_DAY = (
    r"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)|\b\d{1,2}\s*[ap]\.?m"
)
_DASH = r"[-–—]"

PHONE = FieldKind(
    "phone",
    re.compile(
        r"电话|手机|座机|热线|总机|分机|专线|客服|联系方式|拨打?|致电|来电"
        r"|\b(?:tel|phones?|telephone|hotline|mobile|cell|call|dial|ext)\b"
    ),
    re.compile(
        rf"(?<![\d./a-z{_DASH[1:-1]}])(?<!\d:)"
        rf"(?:(?:\+?86[ -]?)?(?:\(0\d{{2,3}}\)|0\d{{2,3}}) ?{_DASH}? ?\d{{3,4}}[ -]?\d{{4}}"
        rf"(?: ?(?:{_DASH}|转) ?\d{{1,6}})?"
        rf"|(?:\+?86[ -]?)?1[3-9]\d(?:[ -]?\d{{4}}){{2}}|[48]00{_DASH}?\d{{3,4}}{_DASH}?\d{{3,4}}"
        r"|\+\d{1,3}(?:[ -]?\(?\d{1,4}\)?){2,5}|(?:\(\d{2,4}\) ?)?\d{3,4}[ -]\d{3,4}(?:-\d{4})?"
        r"|ext\.? ?\d{2,6}|\d{7,8}|\d{3,6})(?![\d%年月日号元条款项]|[:./-]\d|,\d{3}(?!\d))"
    ),
    free=True,
)
FAX = FieldKind("fax", re.compile(r"传真|\bfax\b"), PHONE.value, free=True)
EMAIL = FieldKind(
    "e-mail", re.compile(r"邮箱|电邮|邮件|e-?mail"), re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII), free=True
)
WEB = FieldKind(
    "web page", re.compile(r"网[址站页]|官网|链接|\b(?:website|web ?page|site|url|link|www)\b"),
    re.compile(
        r"(?:https?://|www\.)[^\s,;，；。、()（）<>\"'“”\u4e00-\u9fff]+[^\s,;.，；。、()（）<>\"'“”\u4e00-\u9fff]"
        r"|(?<![@\w.-])[a-z0-9][a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|cn|org|net|gov|edu|example|io)(?:\.[a-z]{2})?(?![\w.])"
        r"(?:/[\w./-]*)?"
    ),
    free=True,
)  # fmt: skip
ACCOUNT = FieldKind(
    "account",
    re.compile(r"[账帐][号户]|银行卡号|\baccount\b|\biban\b"),
    re.compile(r"(?<!\d)\d(?:[ -]?\d){7,22}(?!\d)"),
    free=True,
)
POSTCODE = FieldKind(
    "postcode",
    re.compile(r"邮编|邮政编码|\b(?:post ?code|zip(?: code)?)\b"),
    re.compile(r"(?<!\d)\d{6}(?!\d)"),
    free=True,
)
PERSON = FieldKind(
    "person",
    re.compile(
        r"(?:联系|负责|主持|记录|经办|主办|承办|审批|审核|主讲|代表|发言|召集|申请|报告|被?授权|缺席|参会|参加|出席|列席|与会)[人者]员?"
        rf"(?:姓名)?{_END}|(?<!个)人{_END}"
        rf"|(?:经理|作者|编者|译者|主任|主管|总监|代表|秘书|院长|校长|馆长|组长|导师|教师|讲师|医生|管家|专员|缺席){_END}"
        r"|\b(?:contact(?: person)?|owner|manager|chair(?:person)?|host|speaker|author|secretary|director|lead|"
        r"organi[sz]er|attendees|participants)\b"
    ),
    re.compile(r"[^\W\d]{2,}"),
)
ADDRESS = FieldKind(
    "place",
    re.compile(rf"(?:地址|地点|位置|场所|场地|会场|住址|地方|所在地){_END}|\b(?:address|location|venue|place)\b"),
    re.compile(r"[^\W\d]{2,}"),
)
DEADLINE = FieldKind(
    "deadline",
    re.compile(
        rf"(?:截止|截至|截标|结束|最[晚迟])(?:[时日]间|日期|日)?{_END}|(?:期限|时限){_END}"
        r"|\b(?:deadline|due(?: date)?|closing date|apply by)\b"
    ),
    re.compile(f"{_DAY}|{_ENGLISH_DAY}"),
)
TIME = FieldKind(
    "time",
    re.compile(rf"(?:时间|日期|时段|期间){_END}|\b(?:time|date|hours|when|schedule|period)\b"),
    re.compile(f"{_DAY}|{_ENGLISH_DAY}"),
)
AMOUNT = FieldKind(
    "amount",
    re.compile(
        rf"(?:金额|[价费]|价格|费用|[押定租奖基]金|保证金|预算|限价|总额|工资|补贴|罚款|标准){_END}"
        r"|\b(?:amount|price|fee|fees|cost|budget|deposit|rent|salary|rate)\b"
    ),
    re.compile(
        r"\d[\d,.]*\s*(?:万|亿|元|美元|港币|rmb|yuan|usd|eur)|[¥$€£]\s*\d|免费|\bfree\b|[一二三四五六七八九十百千万]+元"
    ),
)
NUMBER = FieldKind(
    "number",
    re.compile(
        rf"(?:编号|文号|代码|单号|序列号|批号|证号|案号|型号|学号|工号|税号){_END}|\b(?:number|no|code|id|reference)\b"
    ),
    re.compile(r"[a-z0-9][\w〔〕\[\]()/-]{2,}"),
)
FREE = (PHONE, FAX, EMAIL, WEB, ACCOUNT, POSTCODE)
OTHER_NUMBERS = re.compile(
    r"\bqq\b|微信|编号|文号|代码|证号|税号|信用代码|(?<!电话)(?<!热线)(?<!分机)(?<!机)(?<!话号)号[码]?$"
)
"""Labels of numbers that are none of these, however they look."""


@dataclass(frozen=True, slots=True)
class Topic:
    """What a label is for, in all words for it, folded; ``plain``: a label that is for nothing of its own does too."""

    name: str
    pattern: re.Pattern[str]
    plain: bool = False

    def __repr__(self) -> str:
        return self.name


def _topic(zh: str, en: str = "", *, plain: bool = False) -> Topic:
    said = any_of(words(zh))
    return Topic(words(zh)[0], re.compile(rf"{said}|\b(?:{en})" if en else said), plain)


TOPICS: tuple[Topic, ...] = (
    _topic("投诉 不满意 不满 意见", "complain"),
    _topic("举报 检举", "whistle"),
    _topic("预约 挂号 预订 订位 订座 约号", "appointment|book(?:ing)?s?\\b|reserv"),
    _topic("急救 抢救", "emergenc|ambulance"),
    _topic(
        "售后 维修 报修 保修 修理 检修 坏了 坏掉 故障 失灵 出问题 出了问题 出毛病 漏水 停电 不工作 用不了 客服 服务",
        "after-?sales|repairs?\\b|broken?\\b|faulty?\\b|warranty|maintenance|services?\\b|support\\b|not work",
        plain=True,
    ),
    _topic(
        "咨询 问询 查询 询问 了解 打听 疑问 有问题 想问 客服 热线",
        "enquir|inquir|questions?\\b|queries|information\\b|help\\b", plain=True,
    ),
    _topic("报名 报考", "sign(?:ing)?[ -]?up|enrol|regist"),
    _topic("投标 递交投标 标书", "bids?\\b|bidding|tenders?\\b"),
    _topic("开标", "(?:bids?|tenders?) open|opening of"),
    _topic("交货 送货 供货", "deliver"),
    _topic("采购人 采购方 采购单位 招标人 招标方 招标单位", "purchaser|buyer"),
    _topic("代理机构 采购代理 招标代理 代理公司", "agency|agent\\b"),
    _topic("出租方 出租人 房东", "landlord|lessor"),
    _topic("承租方 承租人 租客 租户", "tenant|lessee"),
    _topic("财务", "finance|accounting"),
    _topic("人事 人力资源", "hr\\b|human resources|personnel"),
    _topic("技术支持 技术", "technical|it\\b"),
    _topic("招聘 应聘 求职", "recruit|vacanc|job"),
    _topic("面试", "interview"),
    _topic("笔试 考试", "exam"),
    _topic("例会 会议 开会 开的会 开过会", "meeting"),
    _topic("培训", "training"),
    _topic("申请 申报", "appl(?:y|ication)"),
    _topic("监督", "supervis"),
    _topic("值班", "duty"),
    _topic("总机", "switchboard"),
    _topic("前台", "reception|front desk"),
    _topic("医院", "hospital"),
    _topic("图书馆", "librar"),
    _topic("学校", "school"),
    _topic("物业", "property management"),
    _topic("管理处", "management office"),
    _topic("家具", "furniture"),
    _topic("作者 编者 编写者", "author"),
)  # fmt: skip
PLAIN = re.compile(
    r"服务|联系|咨询|查询|客户|客服|总机|值班|公司|单位|官方|统一|全国|本[院校馆公司]|公开|主要|固定|移动|办公室?|24\s*小时|二十四小时|免费"
    r"|\b(?:service|contact|customer|general|main|company|office|official|our|enquiries|for|at|by|us|please|the|or|to|and)\b"
)
"""What a label may say that is for nothing of its own."""
