"""The kinds of answer that questions ask for: how each is asked for, and what it looks like."""

import re

KINDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        (
            "number",
            r"多少|多大|多长|多高|多久|多远|百分之几|(?<!哪)几[^乎何]|how (?:many|much|long|far|big|old)|percentage",
        ),
        (
            "date",
            r"什么时[候间]|何时|哪一?[年月日天]|几[年月日号]|时间[是为]|日期|时间[？?]?$|\bwhen\b"
            r"|what (?:year|date|time)",
        ),
        ("person", r"谁|何人|什么人|哪位|哪些人|姓名|名字|\bwho\b|\bwhom\b"),
        ("place", r"哪里|哪儿|何地|什么地方|在哪|哪个[国省市县区地城]|位于|地点|地址|地方|场所|\bwhere\b"),
        ("list", r"哪些|哪几|有什么|包括什么|包含|列[出举]|分别|\bwhich\b|\blist\b"),
        ("reason", r"为什么|为何|原因|\bwhy\b"),
        ("manner", r"如何|怎么|怎样|方式|途径|措施|\bhow\b(?! (?:many|much|long|far|big|old))"),
        ("definition", r"什么是|何为|何谓|是指|含义|定义|是什么意思|意思|\bmeans?\b|definition|^what (?:is|are) "),
        ("yesno", r"是否|是不是|有没有|能不能|可不可以|吗[？?]?$|^(?:is|are|was|were|do|does|did|can) "),
        ("organisation", r"哪个(?:部门|单位|机构|公司|机关|组织)|什么(?:部门|单位|机构|机关|公司|组织)|哪家|负责"),
    )
)

# What an answer of a kind looks like; for "number" and "date" only what the question does not say itself counts.
_NUMERAL = r"(?:\d[\d,.]*|[一二三四五六七八九十百千万亿两零〇]+)"
SHAPES: dict[str, re.Pattern[str]] = {
    "number": re.compile(
        rf"\d[\d,.]*|{_NUMERAL}(?=[个种类项名人次元万亿%％年月日天家所部条款章点座台辆只件份套岁米里吨倍成分])|百分之"
    ),
    "date": re.compile(
        rf"{_NUMERAL}[年月日号时点]|世纪|年代|\b(?:1\d|20)\d\d\b|(?:今|明|去|前|当)[年天日]|周[一二三四五六日]"
    ),
    "person": re.compile(
        r"[^\s，。]{1,6}(?:同志|先生|女士|教授|主任|书记|市长|省长|局长|主席|总理|院长|博士)|[一-鿿]·[一-鿿]|由[^，。]{2,12}"
    ),
    "place": re.compile(
        r"[一-鿿](?:省|市|县|区|镇|乡|村|街|路|州|国|岛|山|河|湖|城|港|站|馆|楼|厅|园|号|家|所|室|中心|平台)|位于|地处"
    ),
    "list": re.compile(r"[^、]+、[^、]+、|(?:一|二)是|①|；.*；|以及|\d[.)）].*\d[.)）]"),
    "reason": re.compile(r"因为|由于|因此|因而|所以|为了|以便|原因|鉴于|导致|致使|旨在|的目的|because|due to|since"),
    "manner": re.compile(
        r"通过|采取|采用|利用|运用|按照|依照|以[^，。]{2,20}方式|加强|建立|健全|推进|应当|必须|要|可以|by "
    ),
    "definition": re.compile(r"是指|指的是|所称|即|称为|是一[种个项位部座]|意思|定义|\bis an?\b|means|refers to"),
    "yesno": re.compile(r"不得|不能|可以|应当|禁止|必须|没有|不予|允许|不"),
    "organisation": re.compile(r"(?:部|局|委|厅|院|会|办|公司|机构|机关|中心|单位|集团|大学|学校|政府|处|署|行)"),
}


def is_met(kind: str, question: str, text: str) -> bool:
    """Tell whether ``text`` holds what an answer of ``kind`` looks like, and ``question`` does not; both folded."""
    return any(match.group() not in question for match in SHAPES[kind].finditer(text))
