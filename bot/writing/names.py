"""Names of a written sentence, of offices, in quotation marks, in Latin letters: each must stand in its quotes."""

import re
from collections.abc import Iterator

from bot.language.folding import is_han, mostly_han
from bot.language.lexicon import any_of, words
from bot.written import Lack

_BODY = any_of(
    words(
        "部门 委员会 法院 检察院 公司 大学 学院 医院 银行 集团 中心 政府 办公室 协会 学会 研究院"
        " 研究所 机关 财政所 派出所 事务所"
        " 管理局 税务局 公安局 教育局 民政局 交通局 监督局 财政局 局 厅 党委 工会 法庭 监狱 海关"
        " 部队 基金会 出版社 报社 俱乐部"
    )
)
_BODIES = re.compile(rf"(?P<stem>[\u4e00-\u9fff]{{2}})(?P<kind>{_BODY})")
_GENERAL = re.compile(
    r"借助|通过|依靠|委托|有关|相关|主管|上级|下级|各级|当地|本地|其他|其它|任何|所有|专门|同级|相应|承办|负责"
    r"|管理|任职|所在|上述|一家|一个|这家|该家|多家|不同|指定|原来"
    r"|[的由向到经报给与和在是为找去请让被对从归等及或该本此各某人家级以用因就往至把将使有、省市县区镇乡国](?=.)"
    r"|.[由向到经报给与和在是为找去请让被对从归等及或该本此各某级]"
)
_QUOTED = re.compile(r"[「『“‘\"](?P<name>[^「」『』“”‘’\"]{2,24})[」』”’\"]")
_LATIN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9&.+#/_-]{1,}(?![A-Za-z0-9])")
_CAPITAL = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]{2,}(?![a-z])|(?<![A-Za-z])[A-Z]{2,}(?![a-z])")
_UNITS = frozenset(
    words(
        "km cm mm kg ml am pm mb gb tb kw rmb cny usd eur gbp hkd ok id vs mv app email pdf word"
        " excel wifi web no etc percent per cent"
    )
)
_DAYS = frozenset(
    words(
        "monday tuesday wednesday thursday friday saturday sunday january february march april"
        " may june july august september"
        " october november december english chinese article chapter section"
    )
)


def name_lacks(sentence: str, folded: str, quotes: str, around: str) -> Iterator[Lack]:
    """Yield the names of a sentence that neither its quotes nor what stands around them say.

    Args:
        sentence: as it was written.
        folded: the same, folded.
        quotes: the texts of the quotes, folded.
        around: titles and headings, folded.
    """
    known = f"{quotes}\n{around}"
    chinese, asked_of = mostly_han(folded), mostly_han(quotes)
    if chinese is not False and asked_of is not False:
        yield from _bodies(folded, known)
        for match in _QUOTED.finditer(folded):
            pairs = [match["name"][i : i + 2] for i in range(len(match["name"]) - 1)]
            if sum(pair in known for pair in pairs) < 0.5 * len(pairs):
                yield Lack("name", match["name"])
    if chinese is not False:
        for match in _LATIN.finditer(folded):
            word = match[0].rstrip(".")
            if word not in known and word not in _UNITS and not (asked_of is False and word.isdigit()):
                yield Lack("name", word)
    elif asked_of is False:
        for match in _CAPITAL.finditer(sentence):
            if (word := match[0].lower()) not in known and word not in _DAYS and word not in _UNITS:
                yield Lack("name", match[0])


def _bodies(folded: str, known: str) -> Iterator[Lack]:
    for match in _BODIES.finditer(folded):
        stem, kind = match["stem"], match["kind"]
        if stem in known or _GENERAL.search(stem) or _abbreviated(stem, kind, known):
            continue
        yield Lack("name", stem + kind)


def _abbreviated(stem: str, kind: str, known: str) -> bool:
    """Tell whether a body is named short: 省政府 of 省人民政府, 市教委 of 市教育委员会."""
    letters = [re.escape(char) for char in stem if is_han(char)]
    return re.search("[\u4e00-\u9fff]{0,4}".join([*letters, re.escape(kind[-1])]), known) is not None
