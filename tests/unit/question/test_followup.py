import pytest

from bot.question.followup import complete

LATE = "逾期要交多少滞纳金？"
HISTORY = [("图书馆什么时候开放？", "九点。[1]"), (LATE, "二角。[1]")]
RULES = "《读者管理办法》什么时候施行？"


@pytest.mark.parametrize(
    ("last", "question", "completed"),
    [
        # Nothing but the aspect: the topic comes in front.
        (LATE, "为什么？", "逾期要交滞纳金 为什么？"),
        (LATE, "由谁负责？", "逾期要交滞纳金 由谁负责？"),
        (LATE, "具体怎么做？", "逾期要交滞纳金 具体怎么做？"),
        (LATE, "那怎么办理？", "逾期要交滞纳金 怎么办理？"),
        (LATE, "能退吗？", "逾期要交滞纳金 能退吗？"),
        (LATE, "那罚款多少？", "逾期要交滞纳金 罚款多少？"),
        ("逾期要交多少滯納金？", "為什麼？", "逾期要交滯納金 為什麼？"),
        # More of the same: the whole question comes in front.
        ("有哪些执法检查？", "还有吗？", "有哪些执法检查 还有吗？"),
        ("有哪些执法检查？", "还有哪些重点？", "有哪些执法检查 还有哪些重点？"),
        # Pronouns: the quoted term or the title, else the topic.
        (RULES, "它由谁负责解释？", "《读者管理办法》由谁负责解释？"),
        (RULES, "谁来解释它？", "谁来解释《读者管理办法》？"),
        ("什么是“通借通还”？", "这有什么好处？", "“通借通还”有什么好处？"),
        ("什么是预约借阅？", "其对象是谁？", "预约借阅的对象是谁？"),
        (RULES, "该办法由谁解释？", "《读者管理办法》由谁解释？"),
        (LATE, "此类行为还有别的后果吗？", "逾期要交滞纳金 此类行为还有别的后果吗？"),
        ("甲办法第五条规定了什么？", "它的第二款呢？", "甲办法第五条的第二款呢？"),
        ("人民代表大会制度是什么制度？", "它的优势是什么？", "人民代表大会制度的优势是什么？"),
        # The subject of a sentence, without its verb.
        ("海宁灯塔建于哪一年？", "它有多高？", "海宁灯塔有多高？"),
        ("海宁灯塔建于哪一年？", "由谁设计？", "海宁灯塔由谁设计？"),
        ("海宁灯塔建于哪一年？", "那门票呢？", "海宁灯塔的门票"),
        ("海宁灯塔建于哪一年？", "北海灯塔呢？", "北海灯塔建于哪一年？"),
        ("海宁灯塔位于哪里？", "什么时候建成的？", "海宁灯塔什么时候建成的？"),
        ("海宁灯塔有多少级台阶？", "那里的门票多少钱？", "海宁灯塔的门票多少钱？"),
        ("海宁灯塔什么时候被毁？", "当时有几名守塔人？", "海宁灯塔被毁 当时有几名守塔人？"),
        ("大熊猫生活在哪里？", "它们吃什么？", "大熊猫吃什么？"),
        ("大熊猫生活在哪里？", "它吃什么？", "大熊猫吃什么？"),
        # A word begins behind a pronoun: a verb, what is asked, a word of the history.
        ("海宁灯塔建于哪一年？", "它门票多少钱？", "海宁灯塔门票多少钱？"),
        ("海宁灯塔建于哪一年？", "它经历过几次重建？", "海宁灯塔经历过几次重建？"),
        ("海宁灯塔建于哪一年？", "它安全吗？", "海宁灯塔安全吗？"),
        ("净水器由谁安装？", "它支持3D吗？", "净水器支持3D吗？"),
        ("劳动合同法什么时候施行？", "该法适用于谁？", "劳动合同法适用于谁？"),
        ("河道管理由哪个部门负责？", "该部门多久答复？", "河道管理负责 该部门多久答复？"),
        # "那X呢": in the place of what it corresponds to.
        (LATE, "那遗失呢？", "遗失要交多少滞纳金？"),
        ("成年读者可以借几册？", "未成年读者呢？", "未成年读者可以借几册？"),
        ("读者的押金怎么退？", "那滞纳金呢？", "读者的滞纳金怎么退？"),
        ("《甲办法》什么时候施行？", "那《乙办法》呢？", "《乙办法》什么时候施行？"),
        ("2023年新增多少册图书？", "那2024年呢？", "2024年新增多少册图书？"),
        ("图书馆开放多久？", "那周末呢？", "周末图书馆开放多久？"),
        ("本办法从哪天起施行？", "那有效期呢？", "本办法的有效期"),
        # Places in an outline and in a law stay verbatim.
        ("讲话第一点讲什么？", "那第二点呢？", "讲话第二点讲什么？"),
        ("讲话分哪几部分？", "第三部分呢？", "讲话第三部分是什么？"),
        ("讲话第二点讲什么？", "第一条是什么？", "讲话第二点第一条是什么？"),
        ("《甲办法》第五条规定了什么？", "第六条第二款呢？", "《甲办法》第六条第二款规定了什么？"),
        ("甲办法第五条规定了什么？", "第30条", "甲办法第30条"),
        ("《甲办法》第五条规定了什么？", "下一条呢？", "《甲办法》第六条规定了什么？"),
        ("甲办法第五条第二款规定了什么？", "那上一条呢？", "甲办法第四条规定了什么？"),
        ("甲办法第二章讲什么？", "下一章讲什么？", "甲办法第三章讲什么？"),
        ("报告第三部分讲什么？", "最后一部分呢？", "报告最后一部分讲什么？"),
        ("租赁合同第三条是什么？", "第二款呢？", "租赁合同第三条第二款是什么？"),
        # English.
        ("How long may a book be kept?", "and the fee?", "How long may a book be kept? and the fee?"),
        ("How long may a book be kept?", "What about films?", "How long may a book be kept? What about films?"),
        ("How long may a book be kept?", "Why?", "How long may a book be kept? Why?"),
        ("How long may a book be kept?", "How do I renew it?", "How long may a book be kept? How do I renew it?"),
        ("Which card do I need?", "that one?", "Which card do I need? that one?"),
    ],
)
def test_a_question_that_leans_takes_what_it_lacks(last: str, question: str, completed: str) -> None:
    assert complete(question, [("无关的问题是什么？", "无。"), (last, "")]) == completed


@pytest.mark.parametrize(
    "question",
    [
        "图书遗失的怎样赔偿？",
        "开放时间和地点",
        "什么是河口？",
        "什么是河？",
        "什么是标准杆？",
        "太平是哪里？",
        "原告是谁？",
        "那曲市图书馆是哪一年建成的？",
        "其他子女给过养老费吗？",
        "该公司的法定代表人是谁？",
        "这种现象是谁发现的？",
        "闸桥拆除后它的功能由什么代替？",
        "艾努人称他们自己的语言为什么？",
        "第一次世界大战何时爆发？",
        "第二点第一条是什么？",
        "第三部分讲什么？",
        "图书馆什么时候开放呢？",
        "人大及其常委会的主要工作是什么？",
        "该条例第五条规定了什么？",
        "这次会议提出了什么？",
        "滞纳金上缴给谁？",
        "押金？",
        "他信是哪国总理？",
        "他乡是什么意思？",
        "他山之石可以攻玉是什么意思？",
        "它山石公园在哪里？",
        "它山堰有多长？",
        "她他拉是谁的姓？",
        "他念他翁山有多高？",
        "此山中是谁的诗？",
        "其实是什么意思？",
        "其中药有哪些功效？",
        "那不勒斯在哪里？",
        "当时代变化时法律怎么办？",
        "当年明月写过哪些书？",
        "下一步工作重点是什么？",
        "下一条",
        "再审的条件有哪些？",
        "有停车场吗？",
        "如何续借？",
        "怎么离婚？",
        "怎么借钱？",
        "谁负责维修设备？",
        "会计凭证保存多久？",
        "late fee?",
        "Is it legal to record a phone call?",
        "What is the IT department responsible for?",
        "How does a company protect its trade secrets?",
        "How many books may a reader borrow?",
        "Who founded the library and when did it open to everyone?",
        "Is this bridge the longest in the city?",
        "🙂",
    ],
)
def test_a_question_that_stands_alone_stays(question: str) -> None:
    assert complete(question, HISTORY) == question


@pytest.mark.parametrize("question", ["那遗失呢？", "图书遗失的怎样赔偿？", "", "🙂"])
def test_without_history_nothing_changes(question: str) -> None:
    assert complete(question, []) == question
    assert complete(question, ()) == question


def test_the_answer_before_names_what_is_pointed_at() -> None:
    history = [("谁来审计？", "捐赠资金由市审计局每年审计一次，该部门公布结果。")]
    assert complete("该审计局的电话是多少？", history) == "市审计局的电话是多少？"


def test_the_answer_before_says_who_it_was() -> None:
    who = [("海宁灯塔是谁设计的？", "海宁灯塔建于1907年，由石匠周海生设计。[1]")]
    assert complete("他什么时候出生？", who) == "石匠周海生什么时候出生？"
    refused = [("谁设计了海宁灯塔？", "没有找到依据。“设计”在 3 个文件中出现。")]
    assert complete("他什么时候出生？", refused) == "设计了海宁灯塔什么时候出生？"


def test_a_word_of_the_history_ends_a_pronoun_where_it_does_not_go_on_behind_it_there() -> None:
    history = [("石浦渔港在哪里？", "石浦渔港在东屿镇，繁育带鱼多年。[1]")]
    assert complete("它繁育带鱼多久？", history) == "石浦渔港繁育带鱼多久？"
    assert complete("它山石公园在哪里？", [("它山石公园有多大？", "")]) == "它山石公园在哪里？"


def test_a_verb_of_the_answer_before_lacks_its_noun() -> None:
    history = [("社会捐赠的图书怎么登记？", "图书馆登记入藏，并向捐赠人颁发证书。[1]")]
    assert complete("什么时候颁发？", history) == "社会捐赠的图书登记 什么时候颁发？"
    assert complete("什么时候颁发？", HISTORY) == "什么时候颁发？"


def test_a_chain_keeps_its_topic() -> None:
    history = [("讲话第一点讲什么？", ""), ("那第二点呢？", ""), ("第三点呢？", "")]
    assert complete("第四点呢？", history) == "讲话第四点讲什么？"
    assert complete("为什么？", history) == "讲话第三点讲 为什么？"
    assert complete("它由谁负责？", [(RULES, ""), ("那附则呢？", ""), ("《乙办法》呢？", "")]).startswith("《乙办法》")


def test_a_long_question_says_enough_itself() -> None:
    question = "那读者遗失了图书馆的图书以后，应当在多长的时间里按照怎样的标准进行赔偿？"
    assert complete(question, HISTORY) == question


def test_only_the_last_question_counts_and_an_endless_one_is_cut() -> None:
    assert "开放" not in complete("那遗失呢？", HISTORY)
    endless = complete("为什么？", [("问" * 500_000, "答" * 500_000)])
    assert len(endless) < 1000
    assert endless.endswith("为什么？")


@pytest.mark.parametrize("previous", ["", " \n", "？"])
def test_an_empty_turn_before_adds_nothing(previous: str) -> None:
    assert complete("那遗失呢？", [(previous, "")]) == "那遗失呢？"
