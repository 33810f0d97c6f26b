"""The rules for Chinese follow-ups, in the order in which they are tried."""

import re

from bot.language.lexicon import (
    COMPARED,
    CONDITIONS,
    EXCEEDING,
    HOW,
    HOW_FEW,
    HOW_SPOKEN,
    INTERROGATIVE_STEMS,
    WHAT,
    WHICH,
    WHO,
    any_of,
)
from bot.language.numerals import NUMBER
from bot.question.followup.lacking import THEN, VERB_ALONE, after_then, for_known_word, for_verb, once_done
from bot.question.followup.pointing import DEMONSTRATIVE, PRONOUN, for_noun, for_pronoun
from bot.question.followup.replacing import holder, in_case, with_next, with_other
from bot.question.followup.rules import ANYTHING, FollowUpRule, Turn
from bot.question.followup.subject import ORDINAL, subject, topic
from bot.question.light_words import ASKING, ASKS, own_words, says

_LATE = "逾期要交多少滞纳金"
_RULES = "《读者管理办法》什么时候施行"
_TOWER = "海宁灯塔建于哪一年"

_NEXT_PLACE = re.compile(
    r"^(?:那么?[，,]*|再)?(?:它的|其)?"
    r"(?P<direction>[上下前后])一个?(?P<unit>部分|方面|[编章节条款项点])(?=[的是讲说规有呢怎？?]|$)"
)
_BEYOND = re.compile(
    rf"^(?:还[有会要能]|其中(?=[有最{WHICH}包的{WHO}第{HOW_FEW}多是，,])|此外|除此之外|除了这些"
    rf"|[这那此]?(?:之后|以后|然后)呢)"
)
_MORE = re.compile(r"还有|另外|其他|其它|其余|继续|接着|更多|例")
_THEN_TIME = re.compile(rf"^(?:当时|那时候?|那一年|当年|同年)(?=[的有，,是由多在]|{any_of(INTERROGATIVE_STEMS)})")
_THEN = r"^(?:那么?|而|但)?[，, ]*"
_IF = any_of(CONDITIONS)
_WHAT_OF = re.compile(
    rf"{_THEN}(?P<if>{_IF})?(?P<new>.{{1,20}}?)(?P<case>的话)?(?:又|(?<![附细规总原守准分])则)?[，,]?呢[?？。!！]*$"
)
_FAILING = rf"(?:(?:没有?|[不未])\w{{1,3}}?|{any_of(EXCEEDING)})[了完掉]{{0,2}}"
_FOLLOWS = rf"(?:会|要|该|应该?|能|可以|又|就|得)*(?:{any_of(HOW)}|[罚扣赔判补]|有{WHAT})"
_IN_CASE = re.compile(
    rf"{_THEN}(?:{_IF})?(?:{_FAILING}(?:的话|的)?[，,]?(?={_FOLLOWS})|.{{2,8}}?的话[，,]?)(?=(?P<rest>.+)$)"
)
_AGAIN = re.compile(rf"{_THEN}(?P<new>\w{{2,14}}?)又(?P<rest>[是有]?(?:{ASKING})[天元人个年月]?\W*)$")
_ONCE_DONE = re.compile(
    r"^(?P<when>\w{2,8}?(?:之后|以后|之前|以前|的?时候?|(?<![落最然])后|(?<![提目先当])前))[，,]?(?P<rest>.{2,10})$"
)
_FAILS = re.compile(r"(?:没|不(?!动产|锈)|过了|超[过出期标额])\w{0,6}$")
_SAME_OF = re.compile(rf"{_THEN}(?P<new>\w{{1,10}}?)也(?:是|要|行|能|可以|需要)?(?:一样|这样|如此|可以|行)?吗[?？]*$")
_MEANT = re.compile(r"(?:^|[，,])我(?:是|想|要)*(?:问|指|说)的?是?(?P<new>\w{2,10})[。.!！?？]*$")
_NEXT_TIME = re.compile(rf"{_THEN}(?P<which>[上下]一?(?P<unit>[次期届批轮回])|本(?:次|期|届|批|轮))(?P<rest>.*)$")
_ONE_OF = re.compile(rf"{_THEN}(?:其中)?的?第{NUMBER}(?P<unit>[类步种项位名批级档组阶个])(?P<rest>.*)$")
_COMPARES = re.compile(
    rf"{_THEN}(?:它们|他们|两者|二者|这?两[个者种])?(?:之间|中|里)?的?(?:"
    rf"{WHICH}一?[个家种款项类份版](?:[更最]|比较)?(?:便宜|合适|划算|重要|[{COMPARED}])(?:一些|一点|些)?"
    rf"|{WHO}(?:[更最]|比较)\w{{1,2}}|(?:{WHICH}一?[个家种款项类份版])(?:[更最]|比较)\w{{1,2}}"
    rf"|(?:相差|差)(?:{any_of(INTERROGATIVE_STEMS)})\w{{0,2}}|一样吗"
    rf"|有?(?:{WHAT}|何)?(?:区别|不同|差别|差异)(?:吗|在{WHICH}里?)?)[?？。]*$"
)
_PLACE_ASKED = re.compile(rf"第|的?(?:[是有讲说提]|规定|内容|要求|主要|具体|{any_of((HOW_SPOKEN, WHAT))})|[？?。]|$")
_VERB = 2
_NAME = 3
"""A case of so few characters is a thing: "要是周末呢"."""


def _behind_topic(turn: Turn) -> str:
    """The topic, and the question without the "那" that it begins with."""
    return f"{topic(turn.last)} {THEN.sub('', turn.asked)}"


def _in_place(match: re.Match[str], turn: Turn) -> str | None:
    """A place behind the name and the higher places of what was asked; left alone where there are none."""
    if says(turn.folded[: match.start()]) or not _PLACE_ASKED.match(turn.folded, match.end()):
        return None
    outer = holder(match, turn.last)
    return f"{outer}{turn.asked[match.start() :]}" if outer else turn.asked


def _with_other(match: re.Match[str], turn: Turn) -> str | None:
    new = turn.asked[slice(*match.span("new"))]
    if ASKS.search(match["new"]):
        return None
    if _FAILS.match(match["new"]):
        return f"{topic(turn.last)} {new}"
    is_case = (match["if"] or match["case"]) and len(new) > _NAME
    return in_case(new, turn.last) if is_case else with_other(new, turn.last)


def _if_so(match: re.Match[str], turn: Turn) -> str | None:
    """The topic before a case that names nothing: "没休完怎么办", "单位养的话怎么罚"."""
    return None if len("".join(own_words(match["rest"]))) > 1 else _behind_topic(turn)


def _at_next(match: re.Match[str], turn: Turn) -> str | None:
    """The next one of the series of which the question before names one."""
    own = "".join(own_words(match["rest"]))
    if len(own) > _VERB or (own and not ASKS.match(match["rest"])):
        return None
    rest = turn.asked[match.start("rest") :]
    one = re.search(rf"第{NUMBER}{match['unit'] or match['which'][-1]}", turn.last)
    if one is None:
        return f"{subject(turn.last)} {turn.asked}"
    thing = subject(turn.last)
    return f"{thing.replace(one.group(), turn.asked[slice(*match.span('which'))])}{rest}"


def _one_of(match: re.Match[str], turn: Turn) -> str | None:
    """One of the several things that the question before asks for."""
    own = own_words(match["rest"])
    known = not own or own[0][:2] in turn.last
    counted = match["unit"] in turn.last or (len(match["rest"]) > 1 and match["rest"][:2] in turn.last)
    return _behind_topic(turn) if known and counted else None


def _again(match: re.Match[str], turn: Turn) -> str | None:
    """The question before of another thing: "病假又是多少天"."""
    if ASKS.search(match["new"]):
        return None
    return with_other(turn.asked[slice(*match.span("new"))], turn.last)


def _compared(_: re.Match[str], turn: Turn) -> str:
    return "".join(turn.parallel) or f"{topic(turn.last)} {turn.asked}"


CHINESE = (
    FollowUpRule(
        "next place",
        _NEXT_PLACE,
        lambda m, turn: with_next(m["direction"], m["unit"], turn.last),
        examples=(
            (Turn("《甲办法》第五条规定了什么", "", "下一条呢？"), "《甲办法》第六条规定了什么？"),
            (Turn("甲办法第五条第二款规定了什么", "", "那上一条呢？"), "甲办法第四条规定了什么？"),
            (Turn("甲办法第二章讲什么", "", "下一章讲什么？"), "甲办法第三章讲什么？"),
        ),
        counterexamples=(Turn(_LATE, "", "下一条"), Turn("甲办法第二章讲什么", "", "下一步工作重点是什么？")),
    ),
    FollowUpRule(
        "next time",
        _NEXT_TIME,
        _at_next,
        examples=(
            (Turn("园区第12次例会在哪里开的", "", "下一次什么时候开？"), "园区下一次例会什么时候开？"),
            (Turn("园区例会在哪里召开", "", "下次由谁主持？"), "园区例会 下次由谁主持？"),
        ),
        counterexamples=(Turn(_LATE, "", "下一次台风什么时候来？"), Turn(_LATE, "", "上届世界杯冠军是哪个队？")),
    ),
    FollowUpRule(
        "which of them",
        _COMPARES,
        _compared,
        examples=(
            (
                Turn("B20的亮度是多少", "", "哪个更亮？", "A10的亮度是多少"),
                "A10的亮度是多少？B20的亮度是多少？",
            ),
            (Turn("A10和B20各多少钱", "", "哪个便宜？"), "A10和B20各 哪个便宜？"),
        ),
        counterexamples=(Turn(_LATE, "", "哪个部门负责？"), Turn(_LATE, "", "A10和B20哪个更亮？")),
        again=True,
    ),
    FollowUpRule(
        "besides",
        _BEYOND,
        lambda _, turn: f"{turn.last} {turn.asked}",
        examples=(
            (Turn("有哪些执法检查", "", "还有吗？"), "有哪些执法检查 还有吗？"),
            (Turn("有哪些执法检查", "", "还有哪些重点？"), "有哪些执法检查 还有哪些重点？"),
            (Turn("有哪些执法检查", "", "其中哪些是重点？"), "有哪些执法检查 其中哪些是重点？"),
        ),
        counterexamples=(Turn(_LATE, "", "其中药有哪些功效？"),),
    ),
    FollowUpRule(
        "more of it",
        _MORE,
        lambda _, turn: None if says(turn.folded) else f"{turn.last} {turn.asked}",
        examples=((Turn("如何提升立法质量", "", "举个例子"), "如何提升立法质量 举个例子"),),
        counterexamples=(Turn(_LATE, "", "其他子女给过养老费吗？"),),
    ),
    FollowUpRule(
        "again",
        _AGAIN,
        _again,
        examples=(
            (Turn("一线城市住宿标准是多少", "", "二线城市又是多少？"), "二线城市住宿标准是多少？"),
            (Turn("年假多少天", "", "病假又是多少天？"), "病假多少天？"),
        ),
        counterexamples=(Turn(_LATE, "", "旷工又怎么处罚？"), Turn(_LATE, "", "又是什么时候？")),
    ),
    FollowUpRule(
        "nothing of its own",
        ANYTHING,
        lambda _, turn: None if says(turn.folded) else _behind_topic(turn),
        examples=(
            (Turn(_LATE, "", "为什么？"), "逾期要交滞纳金 为什么？"),
            (Turn(_LATE, "", "由谁负责？"), "逾期要交滞纳金 由谁负责？"),
            (Turn(_LATE, "", "具体怎么做？"), "逾期要交滞纳金 具体怎么做？"),
            (Turn(_LATE, "", "那怎么办理？"), "逾期要交滞纳金 怎么办理？"),
            (Turn(_LATE, "", "那罚款多少？"), "逾期要交滞纳金 罚款多少？"),
            (Turn("逾期要交多少滯納金", "", "為什麼？"), "逾期要交滯納金 為什麼？"),
        ),
        counterexamples=(Turn(_LATE, "", "开放时间和地点"), Turn(_LATE, "", "押金？")),
    ),
    FollowUpRule(
        "at that time",
        _THEN_TIME,
        lambda _, turn: _behind_topic(turn),
        examples=((Turn("海宁灯塔什么时候被毁", "", "当时有几名守塔人？"), "海宁灯塔被毁 当时有几名守塔人？"),),
        counterexamples=(Turn(_LATE, "", "当时代变化时法律怎么办？"), Turn(_LATE, "", "当年明月写过哪些书？")),
    ),
    FollowUpRule(
        "pronoun",
        PRONOUN,
        for_pronoun,
        examples=(
            (Turn(_RULES, "", "它由谁负责解释？"), "《读者管理办法》由谁负责解释？"),
            (Turn(_RULES, "", "谁来解释它？"), "谁来解释《读者管理办法》？"),
            (Turn("什么是“通借通还”", "", "这有什么好处？"), "“通借通还”有什么好处？"),
            (Turn("什么是预约借阅", "", "其对象是谁？"), "预约借阅的对象是谁？"),
            (Turn("甲办法第五条规定了什么", "", "它的第二款呢？"), "甲办法第五条的第二款呢？"),
            (Turn("人民代表大会制度是什么制度", "", "它的优势是什么？"), "人民代表大会制度的优势是什么？"),
            (Turn(_TOWER, "", "它有多高？"), "海宁灯塔有多高？"),
            (Turn(_TOWER, "", "它门票多少钱？"), "海宁灯塔门票多少钱？"),
            (Turn(_TOWER, "", "它经历过几次重建？"), "海宁灯塔经历过几次重建？"),
            (Turn(_TOWER, "", "它安全吗？"), "海宁灯塔安全吗？"),
            (Turn("净水器由谁安装", "", "它支持3D吗？"), "净水器支持3D吗？"),
            (Turn("海宁灯塔有多少级台阶", "", "那里的门票多少钱？"), "海宁灯塔的门票多少钱？"),
            (Turn("大熊猫生活在哪里", "", "它们吃什么？"), "大熊猫吃什么？"),
            (Turn("大熊猫生活在哪里", "", "它吃什么？"), "大熊猫吃什么？"),
            # Who it was stands in the answer, where one was given.
            (Turn("海宁灯塔是谁设计的", "由石匠周海生设计。[1]", "他什么时候出生？"), "石匠周海生什么时候出生？"),
            (Turn("谁设计了海宁灯塔", "没有找到依据。", "他什么时候出生？"), "设计了海宁灯塔什么时候出生？"),
            # A word of the history begins behind it.
            (Turn("石浦渔港在哪里", "渔港繁育带鱼多年。[1]", "它繁育带鱼多久？"), "石浦渔港繁育带鱼多久？"),
        ),
        counterexamples=(
            Turn(_LATE, "", "它山石公园在哪里？"),
            Turn("它山石公园有多大", "", "它山石公园在哪里？"),
            Turn(_LATE, "", "它山堰有多长？"),
            Turn(_LATE, "", "他信是哪国总理？"),
            Turn(_LATE, "", "他乡是什么意思？"),
            Turn(_LATE, "", "他山之石可以攻玉是什么意思？"),
            Turn(_LATE, "", "他念他翁山有多高？"),
            Turn(_LATE, "", "她他拉是谁的姓？"),
            Turn(_LATE, "", "此山中是谁的诗？"),
            Turn(_LATE, "", "其实是什么意思？"),
            Turn(_LATE, "", "那不勒斯在哪里？"),
            Turn(_LATE, "", "闸桥拆除后它的功能由什么代替？"),
            Turn(_LATE, "", "艾努人称他们自己的语言为什么？"),
            Turn(_LATE, "", "人大及其常委会的主要工作是什么？"),
        ),
    ),
    FollowUpRule(
        "noun pointed at",
        DEMONSTRATIVE,
        for_noun,
        examples=(
            (Turn(_RULES, "", "该办法由谁解释？"), "《读者管理办法》由谁解释？"),
            (Turn(_LATE, "", "此类行为还有别的后果吗？"), "逾期要交滞纳金 此类行为还有别的后果吗？"),
            (Turn("劳动合同法什么时候施行", "", "该法适用于谁？"), "劳动合同法适用于谁？"),
            (Turn("河道管理由哪个部门负责", "", "该部门多久答复？"), "河道管理负责 该部门多久答复？"),
            (Turn("谁来审计", "捐赠资金由市审计局每年审计一次。", "该审计局的电话是多少？"), "市审计局的电话是多少？"),
        ),
        counterexamples=(
            Turn(_LATE, "", "该公司的法定代表人是谁？"),
            Turn(_LATE, "", "这种现象是谁发现的？"),
            Turn(_LATE, "", "该条例第五条规定了什么？"),
            Turn(_LATE, "", "这次会议提出了什么？"),
        ),
    ),
    FollowUpRule(
        "what of",
        _WHAT_OF,
        _with_other,
        examples=(
            (Turn(_LATE, "", "那遗失呢？"), "遗失要交多少滞纳金？"),
            (Turn("成年读者可以借几册", "", "未成年读者呢？"), "未成年读者可以借几册？"),
            (Turn("读者的押金怎么退", "", "那滞纳金呢？"), "读者的滞纳金怎么退？"),
            (Turn("《甲办法》什么时候施行", "", "那《乙办法》呢？"), "《乙办法》什么时候施行？"),
            (Turn("2023年新增多少册图书", "", "那2024年呢？"), "2024年新增多少册图书？"),
            (Turn("图书馆开放多久", "", "那周末呢？"), "周末图书馆开放多久？"),
            (Turn("本办法从哪天起施行", "", "那有效期呢？"), "本办法的有效期"),
            (Turn(_TOWER, "", "那门票呢？"), "海宁灯塔的门票"),
            (Turn(_TOWER, "", "北海灯塔呢？"), "北海灯塔建于哪一年？"),
            (Turn("讲话第一点讲什么", "", "那第二点呢？"), "讲话第二点讲什么？"),
            (Turn("讲话分哪几部分", "", "第三部分呢？"), "讲话第三部分是什么？"),
            (Turn("《甲办法》第五条规定了什么", "", "第六条第二款呢？"), "《甲办法》第六条第二款规定了什么？"),
            (Turn("报告第三部分讲什么", "", "最后一部分呢？"), "报告最后一部分讲什么？"),
            (Turn("租赁合同第三条是什么", "", "第二款呢？"), "租赁合同第三条第二款是什么？"),
            (Turn("2023版的育儿假有几天", "", "那2024年修订的呢？"), "2024版的育儿假有几天？"),
            (Turn("净水器显示E2怎么办", "", "那E3呢？"), "净水器显示E3怎么办？"),
            (Turn("B20的亮度是多少", "", "价格呢？"), "B20的价格"),
            (Turn("A10的亮度是多少", "", "那保修呢？"), "A10的保修"),
            (Turn("公务员辞职要多久批", "", "领导干部呢？"), "领导干部辞职要多久批？"),
            (Turn("醉酒驾驶怎么处罚", "", "第一次的话呢？"), "第一次醉酒驾驶怎么处罚？"),
            (Turn("院里的房子提前退租要赔多少", "", "要是甲方提前收回房子呢？"), "院里的甲方提前收回房子要赔多少？"),
            (Turn("醉酒驾驶怎么处罚", "", "如果开的是营运车呢"), "开的是营运车醉酒驾驶怎么处罚？"),
        ),
        counterexamples=(Turn(_LATE, "", "图书馆什么时候开放呢？"),),
    ),
    FollowUpRule(
        "in that case",
        _IN_CASE,
        _if_so,
        examples=(
            (Turn("公司年假有几天", "", "没休完怎么办？"), "公司年假 没休完怎么办？"),
            (Turn("养狗不去登记会怎么样", "", "单位养的话怎么罚？"), "养狗不去登记会 单位养的话怎么罚？"),
            (Turn("住宿标准是多少", "", "超标了怎么处理？"), "住宿标准 超标了怎么处理？"),
            (Turn("年假几天", "", "不满一年的怎么算？"), "年假 不满一年的怎么算？"),
        ),
        counterexamples=(Turn(_LATE, "", "没有发票怎么报销住宿费？"), Turn(_LATE, "", "不锈钢怎么焊接？")),
    ),
    FollowUpRule(
        "one of several",
        _ONE_OF,
        _one_of,
        examples=(
            (Turn("垃圾分几类", "", "第二类是什么？"), "垃圾分 第二类是什么？"),
            (Turn("申请补贴有哪些步骤", "", "第一步要做什么？"), "申请补贴有步骤 第一步要做什么？"),
        ),
        counterexamples=(Turn(_LATE, "", "第一次世界大战何时爆发？"), Turn(_LATE, "", "第二类医疗器械怎么备案？")),
    ),
    FollowUpRule(
        "the same of",
        _SAME_OF,
        lambda m, turn: with_other(turn.asked[slice(*m.span("new"))], turn.last),
        examples=((Turn("住院押金是多少", "", "儿童也一样吗？"), "儿童住院押金是多少？"),),
        counterexamples=(Turn(_LATE, "", "儿童要交住院押金吗？"),),
    ),
    FollowUpRule(
        "meant",
        _MEANT,
        lambda m, turn: None if ASKS.search(m["new"]) else with_other(turn.asked[slice(*m.span("new"))], turn.last),
        examples=((Turn("读者的押金怎么退", "", "不是这个，我问的是滞纳金"), "读者的滞纳金怎么退？"),),
        counterexamples=(Turn(_LATE, "", "我问的是谁负责"),),
    ),
    FollowUpRule(
        "place",
        ORDINAL,
        _in_place,
        examples=(
            (Turn("讲话第二点讲什么", "", "第一条是什么？"), "讲话第二点第一条是什么？"),
            (Turn("甲办法第五条规定了什么", "", "第30条"), "甲办法第30条"),
            (Turn(_LATE, "", "第三部分讲什么？"), "第三部分讲什么？"),  # left alone
        ),
        counterexamples=(Turn(_LATE, "", "第一次世界大战何时爆发？"),),
    ),
    FollowUpRule(
        "verb alone",
        VERB_ALONE,
        lambda _, turn: f"{subject(turn.last)}{turn.asked}",
        examples=(
            (Turn(_TOWER, "", "由谁设计？"), "海宁灯塔由谁设计？"),
            (Turn("海宁灯塔位于哪里", "", "什么时候建成的？"), "海宁灯塔什么时候建成的？"),
        ),
        counterexamples=(Turn(_LATE, "", "谁负责维修设备？"),),
    ),
    FollowUpRule(
        "then",
        THEN,
        after_then,
        examples=((Turn("读者可以借几册图书", "", "那图书怎么退？"), "读者可以借几册图书 图书怎么退？"),),
        counterexamples=(Turn(_LATE, "", "那曲市图书馆是哪一年建成的？"), Turn(_LATE, "", "那不勒斯在哪里？")),
    ),
    FollowUpRule(
        "once that is done",
        _ONCE_DONE,
        once_done,
        examples=(
            (Turn("公寓押金交多少", "", "退租后多久退？"), "公寓押金交 退租后多久退？"),
            (Turn("投标保证金要交多少", "", "中标之后怎么退"), "投标保证金要交 中标之后怎么退"),
        ),
        counterexamples=(
            Turn(_LATE, "", "请假提前几天"),
            Turn(_LATE, "", "入职后多久转正？"),
            Turn(_LATE, "", "退租后押金多久退？"),
        ),
    ),
    FollowUpRule(
        "verb without its noun",
        ANYTHING,
        for_verb,
        examples=(
            (Turn(_LATE, "", "能退吗？"), "逾期要交滞纳金 能退吗？"),
            (Turn("读者可以借几册图书", "", "借多久？"), "读者可以借几册图书 借多久？"),
        ),
        counterexamples=(
            Turn(_LATE, "", "什么是河？"),
            Turn(_LATE, "", "怎么离婚？"),
            Turn(_LATE, "", "怎么借钱？"),
            Turn(_LATE, "", "如何续借？"),
        ),
    ),
    FollowUpRule(
        "word of the history",
        ANYTHING,
        for_known_word,
        examples=(
            (
                Turn("社会捐赠的图书怎么登记", "图书馆登记入藏，并向捐赠人颁发证书。[1]", "什么时候颁发？"),
                "社会捐赠的图书登记 什么时候颁发？",
            ),
        ),
        counterexamples=(
            Turn(_LATE, "二角。[1]", "什么时候颁发？"),
            Turn(_LATE, "", "滞纳金上缴给谁？"),
            Turn(_LATE, "", "有停车场吗？"),
        ),
    ),
)
"""A question that none of these completes stands alone."""
