"""Completes a question that leans on the one before it, by rule; a question that stands alone is left as it is."""

import re
from functools import reduce

from bot.language.folding import fold
from bot.language.numerals import NUMBER, han_numeral, numeral
from bot.types import History

_LONGEST = 24
"""A longer question (in characters) says enough itself; English takes about three times as many."""
_LONGEST_ENGLISH = 70
_ENOUGH = 200
"""Characters of the last question that are searched again: the limit on a question does not hold for the history."""
_TURNS = 12
_PHRASE = 12
"""Characters before its noun of a phrase that "this" may point at; a longer one is half a sentence."""

_ASKING = (
    r"什么时[候间]|什么地方|什么样|是?为什么|是什么|什么是|什么|是?为何|何[时地人种]|由?哪[个些]?(?:部门|单位|机关|机构)|"
    r"(?:一共|总共)?(?:分为?|有|包括)?(?:哪?几|多少)[个大]?(?:部分|方面|[点条章节款项])|"
    r"[从自]?哪一?[年月日天]起?|哪一?[些个里儿位种类项首部]?|多[少大长高久]|几[个种天次年月日条位]|"
    r"如何|怎么样|怎么办(?!理)|怎么|怎样|[由被向归]?谁|是否|是不是|有没有|能不能|可不可以|请问|告诉我|[吗呢么]"
)
# Words that every question may use: what is made of them and of interrogatives alone says nothing of its topic.
# The nouns among them are always those of something ("费用", "上限").
_LIGHT = (
    r"具体|一共|总共|分别|主要|负责|主管|办理|处理|处罚|罚款|申请|执行|实施|规定|要求|需要|应当|应该|可以|必须|依据|理由|原因|违反|"
    r"答复|公布|施行|生效|提交|支付|拨付|缴纳|赔偿|审核|审批|批准|修订|制定|开始|结束|开放|完成|牵头|延长|占地|持续|签字|通知|退还|归还|"
    r"保存|终止|变更|撤销|取消|调整|监督|作出|决定|措施|举措|做法|步骤|程序|流程|目的|作用|意义|影响|特点|好处|例外|[上下]限|费用|资金|经费|"
    r"材料|条件|手续|后果|期限|标准|时间|以内|之内|内|提前|前(?=[要需应必])|每[年月天次日]|一次|一下|的话|举个?例子?|例如|比如|详细|说明|解释|"
    r"用来|用于|别的|其他|其它|其余|其中|另外|然后|后来|还有|还|再|又|接着|继续|更多|来|由|做|办|管|罚|交|缴|付|钱|"
    r"要|须|会|能|是|有|为|的|了|在|到|从|才|就|都|也|那么|那|这样|这么"
)
_ENGLISH = (
    r"\b(?:what|which|when|where|who|whom|whose|why|how|many|much|long|often|is|are|was|were|do|does|did|can|could|may|"
    r"must|should|will|would|the|a|an|of|in|on|to|for|by|and|or|but|so|then|please|tell|me|more|else|anything|any|"
    r"other|others|about|one|ones|be|with|at|from|as|not|exactly|there|responsible|happens|cost|maximum|minimum|limit|"
    r"exceptions?|give|show|examples?)\b"
)
_EMPTY = re.compile(rf"{_ASKING}|{_LIGHT}|{_ENGLISH}|[\W_]", re.IGNORECASE)
_ASKED = re.compile(_ASKING)

_MORE = re.compile(r"还有|另外|其他|其它|其余|继续|接着|更多|例")
_BEYOND = re.compile(r"还[有会要能]|其中(?=[有最哪包的谁第几多是，,])|此外|除此之外|除了这些")
_THIS = r"(?=[是由会能怎如何吗？?]|要(?!求)|有(?![效关限])|为[什何]|$)"
_PRONOUN = re.compile(
    r"(?<![其吉利排])(?:它们|他们|她们|(?P<open>[它他她]))|(?<![尤极与])其(?![他它中余实次间])|"
    rf"[这那此]{_THIS}|[这那]个{_THIS}|[前后]者(?=[的是由有])|[这那][里儿]"
)
_PERSON = re.compile(r"[他她]们?$")
_WHO = re.compile(r"[由是]?(?:谁|哪一?[位个](?:部门|单位|机关|机构|人)?)")
_THEN_TIME = re.compile(r"(?:当时|那时候?|那一年|当年|同年)(?=[的有，,谁是由几多在哪怎如什])")
_COUNTER = r"(?:[个项种类些篇座张次一]|条(?![例款件文约])|份(?!额)|款(?!项)|部(?!门)|首(?!都)|家(?!庭)|所(?!有))"
_DEMONSTRATIVE = re.compile(rf"(?:(?:[该此这]|上述){_COUNTER}?|那{_COUNTER})([\u4e00-\u9fff]{{2,6}})")
_SHORT_NOUN = frozenset("局院校馆厅委所队厂社镇县市法")
_GENERIC = frozenset({"行为", "情况", "情形", "费用", "规定", "要求", "工作", "问题"})
_WHAT_OF = re.compile(r"^(?:那么?|而|如果是?|要是)?[，, ]*(.{1,20}?)[又则]?呢[?？。!！]*$")
_THEN = re.compile(r"^那(?:么[，, ]*|[，, ]+|(?![么时一]))(?=.{1,10}$)")
# Who asks of a verb alone ("由谁设计？", "什么时候建成的？") leaves out what was done to what.
_BARE_VERB = re.compile(rf"(?:是?由谁|被谁)(\w{{2}})[的了]?\W*|(?:{_ASKING})(\w{{1,3}})的\W*")
_ORDINAL = re.compile(rf"(?:第[（(]?{NUMBER}[）)]?|最后一)(部分|方面|[编章节条款项点个])?")
_NEXT = re.compile(
    r"(?:那么?[，, ]*|再)?(?:它的|其)?([上下前后])一个?(部分|方面|[编章节条款项点])(?=[的是讲说规有呢怎？?]|$)"
)
_ORDINALS = re.compile(rf"(?:{_ORDINAL.pattern})+")
_PLACE_ASKED = re.compile(r"第|的?(?:是|有|讲|说|规定|内容|要求|提|怎么|什么|主要|具体)|[？?。]|$")
_LAW = re.compile(
    r"《[^》]+》|[\u4e00-\u9fff]{0,20}?(?:法|条例|办法|规定|细则|规则|章程|合同|协议|讲话|报告|文件|文章)"
    r"(?=第|[一总]?共?[分有讲][哪几多为成了]|[一总]共|由哪|包括)"
)
_RANK = {"编": 0, "部分": 0, "方面": 0, "章": 1, "节": 2, "点": 2, "个": 2, None: 2, "条": 3, "款": 4, "项": 5}
_TERM = re.compile(r"《[^》]+》|“[^”]+”|「[^」]+」|\"[^\"]+\"")
_TIME = re.compile(
    r"(?:\d{4}|[今明去前后当])年|上半年|下半年|夜间|白天|[早晚]上|[上下]午|周[一二三四五六日末]|星期[一二三四五六日天]|节假日|工作日|[\d一二三四五六七八九十]+月"
)
_STOP = (
    rf"{_ASKING}|[\s，。？！、；：,.?!;:《》“”「」]+|应当|应该|可以|必须|需要|不得|属于|允许|负责|"
    r"(?<![主重需摘纪])要(?![求点素件])|(?<![所没国公具拥享私])有(?![关效限权])|(?<![行因作认成])为|"
    r"(?<![自理])由(?!于)|(?<!但)是|被(?!告)|须|"
    r"(?<![反响供对效])应(?!用)|(?<![功职智性产])能(?![力源量])|(?<![大社机员协工委董监商学])会(?![议计员])|"
    r"(?:处罚|罚款?|赔偿?|收费|缴纳?|支付|处理|规定|办理|申请)(?=多少|几|怎|如何|什么)"
)
_CUT, _BREAK = re.compile(_STOP), re.compile(rf"{_STOP}|的")
# A predicate or adverb left at the end of a subject, as in "…灯塔建于", "…读者一次".
_PREDICATE = re.compile(
    r"(?:[建位始处死毁][于在成]|(?:(?:[出诞发]|起)[生源]|逝世|去世|成立|设立|创立|创建|建立|建成|建造|修建|坐落|举行|召开|开始|结束|开放|施行|实施|"
    r"生效|出版|发表|发布|公布|设计|制定|毕业|占地|分布|生活|持续|讲|规定|一次|每[年月天次]|全长|最[长高多大]|目前|现在|最早|主要|[于在到了从的])+)$"
)
# "那期限呢" asks for another side of the same thing, "那教师呢" for the same side of another thing.
_ASPECTS = (
    r"期|期限|时间|地[点址]|电话|费用?|金额|标准|条件|材料|手续|原因|目的|依据|责任|后果|比例|数量|人数|面积|程序|流程|步骤|[高长宽深厚速温]度|"
    r"[价规]格|门?票|[票房租定]价|租金|押金|利率|设计[者师]|作者|负责人|背景|历史|来[源历]|结构|人口|气候|作用|意义|特[点征]|[优缺]点|影响|范围|"
    r"对象|方[式法]|内容|名称|用途|功能|性质|规模|重量|[产数总]量|结果|[上下]限|例外"
)
_ASPECT = re.compile(rf"(?:{_ASPECTS})$")
# What a word that begins behind 它, 他 or 她 may be: anything else makes a longer word of it, or a name (他乡, 它山石公园).
_VERB = (
    r"[建位属始处死毁葬埋用限源][于在成]|坐落|分布|生活|居住|出生|诞生|毕业|结婚|离婚|去世|逝世|就读|任职|担任|司职|工作|加入|离开|参加|"
    r"成立|设立|创立|创建|创作|建立|建成|建造|修建|重建|起源|发源|发生|发现|发明|举行|召开|开始|结束|开放|开业|营业|关闭|停止|停用|运行|运营|通车|"
    r"施行|实施|执行|生效|失效|出版|发表|发布|公布|颁布|设计|制定|修订|修改|废止|解释|规定|要求|禁止|允许|支持|提供|使用|采用|采取|适用|属于|隶属|"
    r"归属?|包括|包含|涉及|覆盖|代表|影响|导致|造成|持续|占地?|投资|投入|盛产|生产|获得?|拥有|负责|主管|管理|监督|审批|审核|批准|办理|申请|受理|答复|"
    r"缴纳|支付|赔偿?|补偿|处罚|罚款|保修|维修|安装|验收|交付|签订|签署|解除|终止|续签|分[为成几布别]|讲|说|提|写|演|拍|唱|吃|住|"
    r"买|卖|叫|流经|流入|超过|达到?|值多少|借|还|退|换|交|用|做|办|看|去|来|死|怕|爱|喜欢|想|知道|认识|打|开|停|管|算|收|花|赚|赢|输"
)
_BEGINS = re.compile(
    rf"$|[^\u4e00-\u9fff]|{_ASKING}|{_ASPECTS}|{_VERB}|的|"
    r"[是有会能可应要须必需得不没未曾已将正还也又再都就才只仅现目当最很更总共一两每各何哪谁多几自从在到由约周对给向被把让叫为以按跟与和同]|"
    r"(?:主要|通常|一般|大约|星期|[父母]亲|[生养]母|妻子|丈夫|[儿女]子|儿女|女儿|孩子|家[人里]|父母|兄弟|姐妹|老[师家]|同[事学]|生[前日平]|[早晚]年|死后|本[人身]|自[己身])|"
    r"[^是有为叫的之]{1,2}(?:[了过着]|什么(?![时地样])|哪[些几种类]|[a-z\d]|了?[吗么])"
)
# Things that can take each other's place.
_CLASSES = (
    re.compile(r"(?:法|条例|办法|规定|细则|规则|章程|合同|协议)$"),
    re.compile(r"[室区馆厅楼院校塔桥站场园店局部所]$"),
    re.compile(r"[人者员生师童民工方]$"),
)
_WHEN_WHO = re.compile(r"什么时[候间]|何时|哪一?[年月日天里儿]|谁|哪[个位]|什么地方|何[人地]")
_OPENING = re.compile(r"^(?:对于?|关于|在|从|按照|根据|给|向)(?=..)")

_ENGLISH_OPENING = re.compile(
    r"(?:what about|how about|same for)\b|(?:and|but|or|then|so)\b(?=.{1,30}$)|.{1,30}\b(?:too|as well)\W*$",
    re.IGNORECASE,
)
_WORDS = 3
"""An English question with a pronoun and at most this many words of its own, the pronoun among them, leans."""
_ENGLISH_PRONOUN = re.compile(
    r"\b(?:(?!IT\b|(?i:it)\s+\w+\s+(?:to|that)\b)(?i:it)|its|they|them|their|he|she|his|her|him)\b|\b(?:this|that|these|those)\b(?:\s+(\w+))?"
)


def complete(question: str, history: History) -> str:
    """Return the question as it is searched.

    A question that leans on the one before ("它由谁负责？", "那第二点呢？", "为什么？", "and the fee?") takes the words
    that it lacks from there; earlier follow-ups are completed first, so that a chain keeps its topic. Any other
    question is returned unchanged.
    """
    if not history:
        return question
    turns = history[-_TURNS:]

    def follow(last: tuple[str, str], turn: tuple[str, str]) -> tuple[str, str]:
        return _follow(turn[0], *last), turn[1]

    return reduce(follow, [*turns[1:], (question, "")], turns[0])[0]


def _follow(question: str, last: str, answer: str) -> str:
    """Complete one question from the completed one before it and that one's answer."""
    asked = question.strip()
    last = last.strip()[:_ENOUGH].rstrip("?？。.!！ ")
    chinese = bool(re.search(r"[\u4e00-\u9fff]", asked))
    if not last or not re.search(r"\w", asked) or len(asked) > (_LONGEST if chinese else _LONGEST_ENGLISH):
        return question
    completed = _chinese(asked, last, answer) if chinese else _english(asked, last, answer)
    return question if completed is None else completed


def _chinese(asked: str, last: str, answer: str) -> str | None:
    """The completed question; None where it stands alone. Folded text has the same length, so spans hold."""
    folded = fold(asked)
    if (beside := _next(folded, last)) is not None:
        return beside
    says = _says(folded)
    if _BEYOND.match(folded) or (not says and _MORE.search(folded)):
        return f"{last} {asked}"
    if not says or _THEN_TIME.match(folded):
        return f"{_topic(last)} {_THEN.sub('', asked)}"
    pronoun = _pronoun(folded, fold(f"{last} {answer}"))
    if pronoun and not _TERM.search(asked) and _bare(folded[: pronoun.start()], folded[pronoun.end() :]):
        owner = "的" if pronoun.group() == "其" else ""
        person = _PERSON.match(pronoun.group()) and _who(last, answer)
        return f"{asked[: pronoun.start()]}{person or _subject(last)}{owner}{asked[pronoun.end() :]}"
    if (pointed := _pointed(asked, folded, last, answer)) is not None:
        return pointed
    what = _WHAT_OF.match(asked)
    if what and not _ASKED.search(fold(what.group(1))):
        return _what_of(what.group(1), last)
    ordinal = _ORDINAL.search(folded)
    if ordinal and not _says(folded[: ordinal.start()]) and _PLACE_ASKED.match(folded, ordinal.end()):
        outer = _outer(ordinal, last)
        return f"{outer}{asked[ordinal.start() :]}" if outer else None
    return _elliptic(asked, folded, last, answer)


def _elliptic(asked: str, folded: str, last: str, answer: str) -> str | None:
    """Complete a question that lacks its noun: "那怎么退？", "由谁设计？", "怎么拨付？" after an answer with 拨付."""
    if _BARE_VERB.fullmatch(folded):
        return f"{_subject(last)}{asked}"
    said = fold(f"{last} {answer}")
    then = _THEN.match(asked)
    if then and (_EMPTY.match(folded, then.end()) or folded[then.end() : then.end() + 2] in said):
        return f"{_topic(last)} {asked[then.end() :]}"
    own = _EMPTY.sub(" ", folded).split()
    if len(own) != 1 or "是" in folded:
        return None
    if len(own[0]) == 1:  # a verb that lacks its noun: "能退吗", "借多久"
        lacks = re.search(rf"(?:{_ASKING}|[能会要才就]|可以){own[0]}(?:[吗的了多几]|\W|$)|^{own[0]}[多几谁]", folded)
    else:
        lacks = _EMPTY.match(folded) if len(own[0]) < 4 and own[0] in said else None
    return f"{_topic(last)} {asked}" if lacks else None


def _english(asked: str, last: str, answer: str) -> str | None:
    if not _says(asked) or _ENGLISH_OPENING.match(asked):
        return f"{last}? {asked}"
    pronoun = _ENGLISH_PRONOUN.search(asked)
    others = [word for word in re.findall(r"\w+", asked) if _says(word)]
    if pronoun is None or (_says(asked[: pronoun.start()]) and len(others) > _WORDS):
        return None
    noun = pronoun.group(1)
    known = noun is None or not _says(noun) or noun.lower() in f"{last} {answer}".lower()
    return f"{last}? {asked}" if known else None


def _pronoun(folded: str, said: str) -> re.Match[str] | None:
    """The first pronoun: behind 它, 他 and 她 a word must begin, of a kind that may follow or one of the history."""
    for match in _PRONOUN.finditer(folded):
        word = folded[match.end() : match.end() + 2]
        known = len(word) > 1 and word in said and f"{match.group()}{word}" not in said
        if not match["open"] or known or _BEGINS.match(folded, match.end()):
            return match
    return None


def _says(text: str) -> bool:
    """Tell whether anything but interrogatives and words of every question stands in ``text``."""
    return bool(_EMPTY.sub("", text))


def _without(pattern: re.Pattern[str], text: str) -> str:
    """``text`` without what ``pattern`` finds in its folded form."""
    spans = [match.span() for match in pattern.finditer(fold(text))]
    return "".join(char for at, char in enumerate(text) if not any(start <= at < end for start, end in spans))


def _bare(before: str, after: str) -> bool:
    """Tell whether nothing that a pronoun could stand for precedes it: "它…", "由谁负责它…", "怎么申请它？"."""
    verb = _EMPTY.match(before) and not re.search(r"\w", after) and len(_EMPTY.sub("", before)) < 4
    return not _says(before) or bool(verb)


def _topic(last: str) -> str:
    """What a question is about: the question without its interrogatives, all of it where nothing else is left."""
    once = re.sub(r"(.{2,})\1", r"\1", _without(_ASKED, last).strip(" ，,"))  # "…制度是什么制度"
    return re.sub(r"(?:[建位始处][于在]|[在是为有到从于的了])+$", "", once) or last


def _subject(last: str) -> str:
    """What a pronoun stands for: the place in a law, the quoted term or title before, else the subject or the topic."""
    place = re.search(rf"(?:{_LAW.pattern})(?:{_ORDINAL.pattern})+", last) or _TERM.search(last)
    if place:
        return place.group()
    cut = _CUT.search(fold(last))
    head = _PREDICATE.sub("", _OPENING.sub("", last[: cut.start()] if cut else last))
    owner, _, aspect = head.rpartition("的")
    if len(owner) > 1 and _ASPECT.search(fold(aspect)):
        head = owner
    return head if len(head) > 2 else _PREDICATE.sub("", _topic(last)) or _topic(last)


def _who(last: str, answer: str) -> str | None:
    """Who the answer says it was, where that was asked: what stands there before the verb or behind the noun."""
    asked = _WHO.search(fold(last))
    if asked is None or not re.search(r"\[\d", answer):  # a refusal cites nothing
        return None
    before, after = fold(last)[: asked.start()][-3:], fold(last)[asked.end() :].strip("的了？?")[:2]
    form = r"([^\s，。；、]{2,14}"
    form = f"{form}?){re.escape(after)}" if after else f"{re.escape(before)}[是为由叫]?{form})"
    found = re.search(form, fold(answer)) if len(after or before) > 1 else None
    return re.sub(r"^.*[由是被]", "", answer[slice(*found.span(1))]) or None if found else None


def _pointed(asked: str, folded: str, last: str, answer: str) -> str | None:
    """Complete "该部门", "这个办法": by the phrase before that ends in the noun, which must stand there."""
    match = _DEMONSTRATIVE.search(folded)
    if match is None or len(_EMPTY.sub("", folded[: match.start()])) > 2:
        return None
    said = match.group(1)
    terms = _TERM.findall(last)
    before = (last, answer[:_ENOUGH])
    for size in range(len(said), 0 if said[0] in _SHORT_NOUN else 1, -1):
        noun, rest = said[:size], asked[match.start(1) + size :]
        for term in terms:
            if noun in fold(term):
                return f"{asked[: match.start()]}{term}{rest}"
        for text in before[:1] if terms or noun in fold(last) else before:
            for start, end in _parts(text):
                at = fold(text).rfind(noun, start, end)
                # A short noun by itself ("处罚") says too little.
                if start < at < start + _PHRASE or (at == start and size > 2 and text is last):
                    return f"{asked[: match.start()]}{text[start : at + size]}{rest}"
    known = said[:2] in _GENERIC or any(said[:2] in fold(text) for text in before)
    return f"{_topic(last)} {asked}" if known else None


def _next(folded: str, last: str) -> str | None:
    """Complete "下一条呢？" by counting on from the place in the question before."""
    match = _NEXT.match(folded)
    places = [place for place in _ORDINAL.finditer(fold(last)) if match and place.group(1) == match.group(2)]
    if match is None or not places or places[-1].group()[0] != "第":
        return None
    start = places[-1].start()
    rest = _ORDINALS.sub("", last[start:], count=1)  # what was asked within that place is not asked of the next
    number = numeral("".join(re.findall(NUMBER, places[-1].group()))) + (1 if match.group(1) in "下后" else -1)
    return f"{last[:start]}第{han_numeral(number)}{match.group(2)}{rest}？" if number > 0 else None


def _parts(text: str) -> list[tuple[int, int]]:
    """Spans of the phrases between interrogatives, modals and punctuation."""
    spans: list[tuple[int, int]] = []
    start = 0
    for match in [*_BREAK.finditer(fold(text)), None]:
        end = match.start() if match else len(text)
        opening = _OPENING.match(text[start:end])
        start += opening.end() if opening else 0
        length = len(_PREDICATE.sub("", text[start:end]))
        if length > 1:
            spans.append((start, start + length))
        start = match.end() if match else end
    return spans


def _what_of(new: str, last: str) -> str:
    """Put ``new`` in the place of what it corresponds to in the question before, or in front of that question."""
    ordinal = _ORDINAL.match(fold(new))
    if ordinal and _ORDINALS.fullmatch(fold(new)):
        same = [m for m in _ORDINAL.finditer(fold(last)) if m.group(1) == ordinal.group(1) or not ordinal.group(1)]
        if not same:
            return f"{_outer(ordinal, last) or _topic(last)}{new}是什么？"
        unit = "" if ordinal.group(1) else same[-1].group(1) or ""
        old = _ORDINALS.match(fold(last), same[-1].start()) or same[-1]
        return f"{last[: old.start()]}{new}{unit}{last[old.end() :]}？"
    new = _OPENING.sub("", new)
    parts = _parts(last)
    for kind in (_TERM, _TIME):
        if kind.match(new):
            found = kind.search(last)
            return f"{last[: found.start()]}{new}{last[found.end() :]}？" if found else f"{new}{last}？"
    place = _place(new, last, parts)
    if place is not None:
        return f"{last[: place[0]]}{new}{last[place[1] :]}？"
    if _ASPECT.search(new) or _WHEN_WHO.search(fold(last)):
        subject = _subject(last)
        return new if "的" in new else f"{_ASPECT.sub('', subject) or subject}的{new}"
    return f"{new}{last}？"


def _place(new: str, last: str, parts: list[tuple[int, int]]) -> tuple[int, int] | None:
    """The phrase of ``last`` that ``new`` replaces: with the same head noun, of the same class, else the first."""
    for size in (2, 1):
        for start, end in parts:
            if last[start:end].endswith(new[-size:]):
                return start, end
    if _ASPECT.search(new):
        return None
    for kind in _CLASSES:
        if kind.search(new):
            for start, end in parts:
                if kind.search(last[start:end]):
                    return start, end
    if not parts or _WHEN_WHO.search(fold(last)):
        return None
    if _TIME.match(last[slice(*parts[0])]):
        return parts[-1] if len(parts) > 1 else None
    rest = last[: parts[0][0]] + last[parts[0][1] :]
    return parts[0] if re.search(r"\w", _CUT.sub("", rest)) else None  # else nothing were left of what was asked


def _outer(ordinal: re.Match[str], last: str) -> str:
    """The title and the higher places of ``last`` ("《…》第二章") under which a lower place is to be looked up."""
    rank = _RANK[ordinal.group(1)]
    law = _LAW.search(last)
    higher = [m.group() for m in _ORDINAL.finditer(fold(last)) if m.group(1) and _RANK[m.group(1)] < rank]
    return (law.group() if law else "") + "".join(higher)
