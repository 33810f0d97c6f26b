"""Who holds an office: "区长是谁" asks for a name, and "由区长任总指挥" speaks of the head without saying who it is."""

import re

from bot.language.folding import fold_plain
from bot.language.lexicon import WHAT, WHAT_COLLOQUIAL, WHAT_FORMAL, WHICH, WHO, any_of, words

_WHAT = any_of((WHAT, WHAT_COLLOQUIAL))
_OFFICE = (
    r"[^\W\d_]{0,10}(?:(?<![增成特专生延擅年周])长|主任|书记|经理|总监|主席|指挥|负责人|联系人|代表人|秘书|校董|院士)"
)
_WHO = rf"(?:{WHO}|{WHICH}(?:一?位|个人)|(?:{WHAT}|{WHAT_FORMAL})人)"
_NAMED = rf"(?:姓甚名{WHO}|叫{_WHAT}(?:名字?)?|姓{_WHAT})"
_ASKED = re.compile(
    rf"^(?:请问|那|现在的?|现任的?)*(?P<is>{_OFFICE})(?:现在)?(?:是|为|叫){_WHO}(?:呢|啊|呀)?[?？。]*$"
    rf"|^(?:请问|那)*{WHO}是(?P<who>{_OFFICE})[?？。]*$"
    rf"|^(?:请问|那)*(?P<called>{_OFFICE}){_NAMED}[?？。]*$"
)
# The commonest ones, without those that as often are a word behind an office: 任, 于, 常, 方.
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田姜范"
    "石姚谭廖邹熊金陆郝孔崔康毛邱秦江史顾侯邵孟龙段雷汤尹黎易武乔贺赖龚欧邢严庞章"
)
_NAME = rf"[{_SURNAMES}][\u4e00-\u9fff·]{{1,2}}"
_BECOMES = any_of(words("担任 兼任 出任 接任 继任 任命 当选 成为 任 为 是 系 当 即"))
_BEFORE = re.compile(
    rf"(?:{_BECOMES})[^\s，。；：、,;:]{{0,8}}$|(?:^|[\s，。；、,;(（]){_NAME}(?:\s*\|\s*|[\s(（,，、]?)$"
)
_BEHIND = re.compile(
    rf"\s*(?:(?:是|为|系|即|由|[:：|])(?!{WHO})|[(（]?{_NAME}(?=$|[\s，。；、,;)）|]|同志|主持|担任|出席|宣布|作))"
)


def office_asked(folded: str) -> str | None:
    """Return the office whose holder a folded question asks for; None where it asks for something else."""
    match = _ASKED.match(folded)
    return next(filter(None, match.groups()), None) if match else None


def says_who(office: str, text: str) -> bool | None:
    """Tell whether a text says who holds an office (folded); None where it does not speak of it.

    "防汛总指挥" is spoken of as "总指挥" too, but never as "副总指挥".
    """
    folded = fold_plain(text)
    called = next((office[at:] for at in range(len(office) - 1) if office[at:] in folded), office)
    places = [match.span() for match in re.finditer(rf"(?<!副){re.escape(called)}", folded)]
    if not places:
        return None
    return any(_BEFORE.search(folded, 0, start) or _BEHIND.match(folded, end) for start, end in places)
