"""Templates for questions about Chinese documents: what paragraphs and sentences say."""

import re

from bot.answers.counted_items import repeats_noun
from bot.language.folding import fold
from bot.language.lexicon import (
    BINDING,
    CIRCULARS,
    COUNTABLE,
    DIGITS,
    HOUSE_RULES,
    HOW_MANY,
    MYRIADS,
    SEVERAL,
    SPANS_OF_TIME,
    TENS,
    TWO,
    UNITS,
    WHAT,
    WHAT_TIME,
    WHICH,
    WHICH_ONES,
    WHO,
    WHY,
    ZEROS,
    any_of,
)
from bot.language.numerals import numeral
from bot.suggestions.templates import Source, Template

_WHICH_ONES = WHICH_ONES[0]
_AMOUNT = rf"(?:\d[\d,.]*|[{DIGITS}{TENS}{TWO}{ZEROS}{MYRIADS[0]}]+)"  # 亿 belongs to the unit: 亿元
_SPAN = any_of(SPANS_OF_TIME)
_UNIT = any_of(SPANS_OF_TIME, UNITS, "%％")
_SELF = rf"本{any_of(BINDING, HOUSE_RULES, CIRCULARS)}"
_MODAL = any_of(("应当", "可以", "不得", "必须", "需要", "禁止", "不予", "属于"), "应需要不由")
_INSIDE = r"[^，。；：、！？“”《》（）()\s]"
"""A character inside a phrase."""
_CLAUSE = r"[^，。；：]"
_OPENS = r"(?:^|[，。；])"
_LISTED = r"(?:下列|如下|(?<![元万亿\d%年月日岁级人米])以下)(?P<things>(?!用语|[^：]*含义)[^，。；：的]{1,8})[：:]"
_ACTING = r"(?:人|单位|企业|机构|部门|者|组织|公司|学校|机关|委员会|人员|经理|代表|员)"
_OFFICE = r"(?:部门|机关|政府|委员会|机构|单位|[局办厅]|中心|公司|小组)"
_MEASURED = (
    r"(?:期限?|时间|金额|面积|[数率量额]|比例|标准|年限|长度|高度|价格?|资金|投资|收入|产值|"
    r"增加值|总值|规模|费用?|资本)"
)
_LAWLIKE = re.compile(rf"{any_of(BINDING, HOUSE_RULES)}(?:（[^（）]*）)?$")
_NO_SUBJECT = re.compile(
    rf"{_MODAL}|有|按|包括|主要|采取|自觉|现|特|提出|作|至少|我们|我[省市县区局委]|具体|一般|同时|已|还|重点|对|从|以|将|遵守|做到"
    r"|予|给予|实[施行现]|依[法照]|在|分别|处|本|与|并|经|向|.*(?:提出|制定|出台|作出|印发)"
)
_PLACEHOLDER = re.compile(r"[XxＸｘ×✕＊*_＿□○●△…?？#]|某某")
_LEANS = re.compile(
    r"[其该此](?![他中它])|上述|前款|前述|本款|本条(?!例)|这些|他们|它|第[一二三四五六七八九十百\d]+[条款项]|^(?:并|且|也|还|又|均|都|或|及|以及|和|与|的|等|但|同时|如|若|对|将"
    r"|凡|因|为|是|属于|就|可|已|经|被|未|从|由|向|把|使|让)|(?:的|和|与|及|或|等|对)$"
)
_FORMALITY = re.compile(r"总\s*则|附\s*则|附\s*件|目\s*录")
_PART = re.compile(rf"第[{DIGITS}十\d]{{1,3}}[章编]")
_QUOTED = re.compile(r"“(?P<term>[\u4e00-\u9fff]{2,8})”")
COUNTED = re.compile(rf"“(?P<term>(?P<number>[{COUNTABLE}]{{1,2}})(?P<unit>[个大项条件种类])[^“”]{{1,7}})”")
"""A term that counts its items: “三个中心”."""


def is_lawlike(title: str) -> bool:
    """Tell whether a title is that of a law, a contract, or rules of a house."""
    return _LAWLIKE.search(title) is not None


def is_sound(text: str) -> bool:
    """Tell whether a question has the length of one, its marks in pairs, no placeholder and no second clause."""
    balanced = all(text.count(left) == text.count(right) for left, right in ("“”", "《》", "（）"))
    return 5 <= len(text) < 24 and balanced and not _PLACEHOLDER.search(text) and not re.search(r"[，。；：\n\s]", text)


def leans(text: str) -> bool:
    """Tell whether a question made of a sentence cannot be understood without what stands around it."""
    return _LEANS.search(text.removeprefix(f"{WHAT}是").removeprefix(f"{WHO}负责")) is not None


def names_items(term: re.Match[str], folded: str) -> bool:
    """Tell whether a folded text names as many items as a ``COUNTED`` term says, each with the term's noun."""
    noun = fold(term["term"][len(term["number"] + term["unit"]) :])
    return repeats_noun(folded, fold(term["term"]), noun, numeral(term["number"]))


def part_question(number: int, heading: str) -> str | None:
    """Return the question for what the part of this number and heading says; None where the heading is a formality."""
    if _FORMALITY.search(fold(heading)):
        return None
    named = _PART.match(heading)
    return f"{named[0]}规定了{WHAT}？" if named else f"第{(ZEROS[1] + DIGITS + TENS[0])[number]}部分讲{WHAT}？"


def repeated_terms(text: str, start: int, end: int) -> list[str]:
    """Return the quoted terms between ``start`` and ``end`` that ``text`` has more than once."""
    terms = (match["term"] for match in _QUOTED.finditer(text, start, end))
    return [term for term in terms if text.count(term) > 1 and not _PLACEHOLDER.search(term)]


def places_question(term: str) -> str:
    """Return the question for every place of a term."""
    return f"“{term}”出现在{_WHICH_ONES}地方？"


def _title(source: Source) -> str:
    """The document's title in 《》; empty where it is too long for a question."""
    title = source.title.strip("《》")
    return f"《{title}》" if len(title) <= 14 else ""


def _amount(match: re.Match[str], _: Source) -> str:
    if re.fullmatch(r"\d{4}", match["amount"]) and match["unit"] == "年":
        return ""  # a year is a date
    unit = "" if match["unit"] in "%％" else match["unit"]
    verb = {"为": "是", "达": "达到"}.get(match["verb"], match["verb"])
    return f"{match['measured']}{verb}{HOW_MANY}{unit}"


def _included(match: re.Match[str], _: Source) -> str:
    if _NO_SUBJECT.search(match["whole"]):
        return ""
    return f"{match['whole']}" + (f"分为{WHICH}{SEVERAL}种" if match["verb"] == "分为" else f"包括{_WHICH_ONES}内容")


PARAGRAPHS = (
    Template(
        "why a law is made",
        "purpose",
        re.compile(rf"^为了?[^。]{{6,160}}[，,](?:[^，,。]{{0,30}}[，,]){{0,12}}?(?:特?制定|订立)(?P<self>{_SELF})"),
        lambda m, source: f"{WHY[0]}制定{_title(source) or m['self']}",
        examples=(
            (Source("为了规范渡船营运，保障安全，制定本条例。", "渡船条例"), "为什么制定《渡船条例》"),
            (Source("为了规范渡船营运，保障安全，制定本条例。", "青溪市内河渡船安全管理暂行条例"), "为什么制定本条例"),
        ),
        counterexamples=(Source("为人民服务。"),),
    ),
    Template(
        "when a law comes into force",
        "date",
        re.compile(rf"(?P<self>{_SELF})自[^，。；]{{3,14}}起(?P<verb>施行|实施|执行|生效)"),
        lambda m, source: f"{(is_lawlike(source.title) and _title(source)) or m['self']}{WHAT_TIME[0]}{m['verb']}",
        examples=(
            (Source("本条例自2031年5月1日起施行。", "渡船条例"), "《渡船条例》什么时候施行"),
            (Source("本通知自发布之日起执行。", "关于渡船的说明"), "本通知什么时候执行"),
        ),
        counterexamples=(Source("本条例由市政府解释。"),),
    ),
    Template(
        "the items of a counted term",
        "items",
        COUNTED,
        lambda m, source: (
            f"“{m['term']}”是{WHICH}{m['number']}{m['unit']}" if names_items(m, fold(source.text)) else ""
        ),
        examples=((Source("建好“三个中心”。办好交易中心、冷链中心、培训中心。"), "“三个中心”是哪三个"),),
        counterexamples=(Source("建好“三个中心”。"),),
    ),
)
SENTENCES = (
    Template(
        "what is meant",
        "definition",
        re.compile(
            rf"(?:^|[。；])(?:{_SELF}中?(?:所称|规定)的?)?“?(?P<term>(?!本|上述){_INSIDE}{{2,14}}?)”?[，,]?(?:是指|指的是)"
        ),
        lambda m, _: f"{WHAT}是{m['term'].removesuffix('的')}",
        examples=((Source("本条例所称渡船，是指载客的机动船舶。"), "什么是渡船"),),
        counterexamples=(Source("渡船载客。"), Source("上述期限是指三日。")),
    ),
    Template(
        "what leads to a consequence",
        "list",
        re.compile(
            r"有下列(?P<things>情形|情况|行为)之一的[，,]?"
            rf"(?P<then>(?:应当|可以|不得|必须|不予|不|由){_INSIDE}{{2,16}})(?=[，。；：])"
        ),
        lambda m, _: f"{_WHICH_ONES}{m['things']}{m['then']}",
        examples=((Source("渡船有下列情形之一的，不得载客："), "哪些情形不得载客"),),
        counterexamples=(Source("有下列情形的除外："),),
    ),
    Template(
        "what is punished",
        "list",
        re.compile(r"有下列(?P<things>行为|情形)之一的[，,](?:由[^。；]{2,60}?)?处[^。；]{2,60}?罚款"),
        lambda m, _: f"{_WHICH_ONES}{m['things']}会被罚款",
        examples=((Source("有下列行为之一的，处二百元以下罚款："), "哪些行为会被罚款"),),
        counterexamples=(Source("有下列行为之一的，予以警告："),),
    ),
    Template(
        "duties and rights",
        "duty",
        re.compile(
            rf"^(?P<who>(?![^应必有享]*(?:或|知道|有关|相关|等|其他|各级))[\u4e00-\u9fff]{{1,9}}{_ACTING})"
            r"(?P<verb>应当|必须|有权|享有)[^。]{6,}"
        ),
        lambda m, _: f"{m['who']}{f'有{_WHICH_ONES}权利' if m['verb'] in ('有权', '享有') else f'应当做{WHAT}'}",
        examples=(
            (Source("船员应当每年参加培训，并随身携带证书。"), "船员应当做什么"),
            (Source("承租人有权要求减少相应的租金。"), "承租人有哪些权利"),
        ),
        counterexamples=(Source("有关部门应当每年公布检查结果。"), Source("船员每年参加培训。")),
    ),
    Template(
        "what is listed",
        "list",
        re.compile(rf"{_OPENS}(?P<what>[^，。；：“”（）]{{2,16}}){_LISTED}"),
        lambda m, _: "" if _NO_SUBJECT.match(m["what"]) else f"{m['what']}{_WHICH_ONES}{m['things']}",
        examples=((Source("渡船登记簿记载下列事项："), "渡船登记簿记载哪些事项"),),
        counterexamples=(Source("现提出下列措施："), Source("罚款三万元以上十万元以下的：")),
    ),
    Template(
        "what is listed for a case",
        "list",
        re.compile(rf"{_OPENS}(?P<case>[^，。；：“”（）]{{2,12}})的[，,](?P<what>{_MODAL}{_CLAUSE}{{1,8}}?){_LISTED}"),
        lambda m, _: f"{m['case']}{m['what']}{_WHICH_ONES}{m['things']}",
        examples=((Source("申请渡船登记的，应当提交下列材料："), "申请渡船登记应当提交哪些材料"),),
        counterexamples=(Source("申请渡船登记的，应当提交材料。"),),
    ),
    Template(
        "within which time",
        "number",
        re.compile(
            rf"自(?P<from>{_INSIDE}{{2,10}}?)之日起{_AMOUNT}(?P<unit>{_SPAN})(?:以?内)?[，,]?"
            rf"(?P<then>(?![凭向持到按将未由]){_INSIDE}{{2,10}})(?=[。；])"
        ),
        lambda m, _: f"{m['from']}后{HOW_MANY}{m['unit']}内{m['then']}",
        examples=((Source("登记机关应当自收到申请之日起十五日内作出决定。"), "收到申请后多少日内作出决定"),),
        counterexamples=(Source("自收到申请之日起生效。"),),
    ),
    Template(
        "how much",
        "number",
        re.compile(
            rf"{_OPENS}(?P<measured>(?!确保|力争|使|其|该|本)[\u4e00-\u9fff]{{1,8}}?{_MEASURED})"
            r"(?P<verb>为|是|达到?|不得?超过|不得?少于|不得?低于|最[长高]不超过|增长|下降|降至)约?"
            rf"(?P<amount>{_AMOUNT})(?P<unit>{_UNIT})(?![\u4e00-\u9fff]{{0,3}}[年月])"
        ),
        _amount,
        examples=(
            (Source("登记证书有效期为三年。"), "登记证书有效期是多少年"),
            (Source("财政收入增长5%。"), "财政收入增长多少"),
        ),
        counterexamples=(Source("有效期为2031年。"), Source("有效期另行规定。")),
    ),
    Template(
        "how large a fine",
        "number",
        re.compile(
            r"(?:^|规定[，,])"
            rf"(?P<deed>(?!违法|非法|没有|逾期|情节|构成|拒不|有|造成|尚未){_INSIDE}{{4,14}})的[，,]"
            r"(?:由[^。；]{2,60}?)?(?:并|可以|可)*处以?[^，。；]{2,30}?罚款"
        ),
        lambda m, _: f"{m['deed']}处{HOW_MANY}罚款",
        examples=((Source("违反本条例规定，擅自改装渡船的，处二千元以上一万元以下罚款。"), "擅自改装渡船处多少罚款"),),
        counterexamples=(Source("情节严重的，处一万元罚款。"), Source("擅自改装渡船的，予以警告。")),
    ),
    Template(
        "who is in charge",
        "who",
        re.compile(
            rf"{_OFFICE}(?:应当|按照[^，。；]{{2,10}}[，,]|依法|具体|主要|统一)*负责"
            r"(?:本(?:行政|辖)区域?内?的?|本市|本省|全[市省国县区]的?)?"
            r"(?P<task>(?!人|的|任|制|内|本|有关|相关|必要|管理|维护|监督|业务|具体|日常|指导)(?![^，。；]{0,12}(?:部门|机构|负责))"
            r"[^，。；：“”（）]{2,12}(?:工作|管理|监督|保护|监测|事务|许可|审批|编制|协调|规划|服务|实施|维护))(?=[，。；])"
        ),
        lambda m, _: f"{WHO}负责{m['task']}",
        examples=((Source("市交通主管部门负责本行政区域内的渡船监督管理工作。"), "谁负责渡船监督管理工作"),),
        counterexamples=(Source("市交通主管部门负责人主持会议。"),),
    ),
    Template(
        "what it includes",
        "list",
        re.compile(
            rf"{_OPENS}(?P<whole>[\u4e00-\u9fff]{{3,12}}?)(?:主要|一般)?(?P<verb>包括|分为)"
            rf"{_INSIDE}{{2,14}}(?:、{_INSIDE}{{2,14}})+"
        ),
        _included,
        examples=(
            (Source("渡船证书包括登记证书、检验证书。"), "渡船证书包括哪些内容"),
            (Source("渡船证书分为登记证书、检验证书。"), "渡船证书分为哪几种"),
        ),
        counterexamples=(Source("渡船证书包括登记证书。"), Source("我们提出包括登记、检验。")),
    ),
)
