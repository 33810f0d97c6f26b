"""Templates for questions about Chinese sentences, the surest first."""

import re

from bot.language.lexicon import (
    DIGITS,
    SPANS_OF_TIME,
    TENS,
    TWO,
    UNITS,
    ZEROS,
    any_of,
)
from bot.suggestions.chinese import SELF
from bot.suggestions.templates import Source, Template

_AMOUNT = rf"(?:\d[\d,.]*|[{DIGITS}{TENS}{TWO}{ZEROS}万]+)"  # 亿 belongs to the unit: 亿元
_SPAN = any_of(SPANS_OF_TIME)
_UNIT = any_of(SPANS_OF_TIME, UNITS, "%％")
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
_NO_SUBJECT = re.compile(
    rf"{_MODAL}|有|按|包括|主要|采取|自觉|现|特|提出|作|至少|我们|我[省市县区局委]|具体|一般|同时|已|还|重点|对|从|以|将|遵守|做到"
    r"|予|给予|实[施行现]|依[法照]|在|分别|处|本|与|并|经|向|.*(?:提出|制定|出台|作出|印发)"
)


def _amount(match: re.Match[str], _: Source) -> str:
    if re.fullmatch(r"\d{4}", match["amount"]) and match["unit"] == "年":
        return ""  # a year is a date
    unit = "" if match["unit"] in "%％" else match["unit"]
    verb = {"为": "是", "达": "达到"}.get(match["verb"], match["verb"])
    return f"{match['measured']}{verb}多少{unit}"


def _included(match: re.Match[str], _: Source) -> str:
    if _NO_SUBJECT.search(match["whole"]):
        return ""
    return match["whole"] + ("分为哪几种" if match["verb"] == "分为" else "包括哪些内容")


SENTENCES = (
    Template(
        "what is meant",
        "definition",
        re.compile(
            rf"(?:^|[。；])(?:{SELF}中?(?:所称|规定)的?)?“?(?P<term>(?!本|上述){_INSIDE}{{2,14}}?)”?[，,]?(?:是指|指的是)"
        ),
        lambda m, _: f"什么是{m['term'].removesuffix('的')}",
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
        lambda m, _: f"哪些{m['things']}{m['then']}",
        examples=((Source("渡船有下列情形之一的，不得载客："), "哪些情形不得载客"),),
        counterexamples=(Source("有下列情形的除外："),),
    ),
    Template(
        "what is punished",
        "list",
        re.compile(r"有下列(?P<things>行为|情形)之一的[，,](?:由[^。；]{2,60}?)?处[^。；]{2,60}?罚款"),
        lambda m, _: f"哪些{m['things']}会被罚款",
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
        lambda m, _: f"{m['who']}{'有哪些权利' if m['verb'] in ('有权', '享有') else '应当做什么'}",
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
        lambda m, _: "" if _NO_SUBJECT.match(m["what"]) else f"{m['what']}哪些{m['things']}",
        examples=((Source("渡船登记簿记载下列事项："), "渡船登记簿记载哪些事项"),),
        counterexamples=(Source("现提出下列措施："), Source("罚款三万元以上十万元以下的：")),
    ),
    Template(
        "what is listed for a case",
        "list",
        re.compile(rf"{_OPENS}(?P<case>[^，。；：“”（）]{{2,12}})的[，,](?P<what>{_MODAL}{_CLAUSE}{{1,8}}?){_LISTED}"),
        lambda m, _: f"{m['case']}{m['what']}哪些{m['things']}",
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
        lambda m, _: f"{m['from']}后多少{m['unit']}内{m['then']}",
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
        lambda m, _: f"{m['deed']}处多少罚款",
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
        lambda m, _: f"谁负责{m['task']}",
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
