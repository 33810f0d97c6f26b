import pytest

from bot.question.followup import Completion, complete
from bot.question.followup.chinese import CHINESE
from bot.question.followup.english import ENGLISH
from bot.question.followup.rules import FollowUpRule, Turn
from bot.types import History

LATE = "逾期要交多少滞纳金？"
HISTORY = [("图书馆什么时候开放？", "九点。[1]"), (LATE, "二角。[1]")]
RULES = "《读者管理办法》什么时候施行？"


ROWS = [(rule, turn, completed) for rule in (*CHINESE, *ENGLISH) for turn, completed in rule.examples]
LEFT = [(rule, turn) for rule in (*CHINESE, *ENGLISH) for turn in rule.counterexamples]


def completed(question: str, history: History) -> str:
    return complete(question, history).text


@pytest.mark.parametrize(("rule", "turn", "text"), ROWS, ids=[f"{row[0].name}: {row[1].asked}" for row in ROWS])
def test_a_rule_completes_its_examples(rule: FollowUpRule, turn: Turn, text: str) -> None:
    before = [(f"{turn.earlier or '无关的问题是哪一个'}？", "无。"), (f"{turn.last}？", turn.answer)]
    completion = complete(turn.asked, before)
    assert (completion.text, completion.rule) == (text, rule.name if text != turn.asked else None)
    assert rule.complete(turn) == text


@pytest.mark.parametrize(("rule", "turn"), LEFT, ids=[f"{row[0].name}: {row[1].asked}" for row in LEFT])
def test_a_rule_makes_nothing_of_its_counterexamples(rule: FollowUpRule, turn: Turn) -> None:
    assert rule.complete(turn) is None


@pytest.mark.parametrize("rules", [CHINESE, ENGLISH])
def test_every_rule_has_its_own_name_and_examples(rules: tuple[FollowUpRule, ...]) -> None:
    assert len({rule.name for rule in rules}) == len(rules)
    assert all(rule.examples and rule.counterexamples for rule in rules)


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
    assert complete(question, HISTORY) == Completion(question)


@pytest.mark.parametrize("question", ["那遗失呢？", "图书遗失的怎样赔偿？", "", "🙂"])
def test_without_history_nothing_changes(question: str) -> None:
    assert complete(question, []) == Completion(question)
    assert complete(question, ()) == Completion(question)


def test_the_answer_before_names_what_is_pointed_at() -> None:
    history = [("谁来审计？", "捐赠资金由市审计局每年审计一次，该部门公布结果。")]
    assert completed("该审计局的电话是多少？", history) == "市审计局的电话是多少？"


def test_the_answer_before_says_who_it_was() -> None:
    who = [("海宁灯塔是谁设计的？", "海宁灯塔建于1907年，由石匠周海生设计。[1]")]
    assert completed("他什么时候出生？", who) == "石匠周海生什么时候出生？"
    refused = [("谁设计了海宁灯塔？", "没有找到依据。“设计”在 3 个文件中出现。")]
    assert completed("他什么时候出生？", refused) == "设计了海宁灯塔什么时候出生？"


def test_a_word_of_the_history_ends_a_pronoun_where_it_does_not_go_on_behind_it_there() -> None:
    history = [("石浦渔港在哪里？", "石浦渔港在东屿镇，繁育带鱼多年。[1]")]
    assert completed("它繁育带鱼多久？", history) == "石浦渔港繁育带鱼多久？"
    assert completed("它山石公园在哪里？", [("它山石公园有多大？", "")]) == "它山石公园在哪里？"


def test_a_verb_of_the_answer_before_lacks_its_noun() -> None:
    history = [("社会捐赠的图书怎么登记？", "图书馆登记入藏，并向捐赠人颁发证书。[1]")]
    assert completed("什么时候颁发？", history) == "社会捐赠的图书登记 什么时候颁发？"
    assert completed("什么时候颁发？", HISTORY) == "什么时候颁发？"


def test_talk_takes_no_topic_away() -> None:
    history = [("A10的亮度是多少？", "800流明。[1]"), ("谢谢！", "不客气。")]
    assert completed("B20呢？", history) == "B20的亮度是多少？"
    assert completed("好的，那B20呢？", history[:1]) == "B20的亮度是多少？"
    assert completed("再见", history) == "再见"
    english = [("What is the deposit?", "Two months. [1]"), ("thanks", "You are welcome.")]
    assert completed("When is it returned?", english) == "What is the deposit? When is it returned?"


def test_what_somebody_wants_to_be_told_of_is_the_topic() -> None:
    assert completed("价格呢？", [("请介绍一下B20", "")]) == "B20的价格"
    assert completed("它支持3D吗？", [("说说B20", "")]) == "B20支持3D吗？"


def test_things_compared_are_asked_for_again() -> None:
    history = [("A10的亮度是多少？", "800流明。[1]"), ("B20呢？", "1200流明。[1]")]
    assert complete("哪个更亮？", history).parts == ("A10的亮度是多少？", "B20的亮度是多少？")
    assert complete("哪个更亮？", history[:1]).parts == ()


def test_it_goes_on_from_the_last_answer_that_cites_something() -> None:
    history = [("A10的亮度是多少？", "800流明。[1]"), ("它的颜色呢？", "没有找到依据。")]
    assert complete("它的价格呢？", history).said == "800流明。[1]"
    assert complete("它的价格呢？", [("A10的亮度是多少？", "没有找到依据。")]).said == ""
    assert complete("食堂几点开门？", history).said == ""


def test_the_gist_is_of_the_document_whatever_was_asked_before() -> None:
    assert completed("这篇文章主要讲了什么？", [("总结一下这篇文章", "")]) == "这篇文章主要讲了什么？"


def test_a_chain_keeps_its_topic() -> None:
    history = [("讲话第一点讲什么？", ""), ("那第二点呢？", ""), ("第三点呢？", "")]
    assert completed("第四点呢？", history) == "讲话第四点讲什么？"
    assert completed("为什么？", history) == "讲话第三点讲 为什么？"
    assert completed("它由谁负责？", [(RULES, ""), ("那附则呢？", ""), ("《乙办法》呢？", "")]).startswith("《乙办法》")


def test_a_long_question_says_enough_itself() -> None:
    question = "那读者遗失了图书馆的图书以后，应当在多长的时间里按照怎样的标准进行赔偿？"
    assert complete(question, HISTORY) == Completion(question)


def test_only_the_last_question_counts_and_an_endless_one_is_cut() -> None:
    assert "开放" not in completed("那遗失呢？", HISTORY)
    endless = completed("为什么？", [("问" * 500_000, "答" * 500_000)])
    assert len(endless) < 1000
    assert endless.endswith("为什么？")


@pytest.mark.parametrize("previous", ["", " \n", "？"])
def test_an_empty_turn_before_adds_nothing(previous: str) -> None:
    assert completed("那遗失呢？", [(previous, "")]) == "那遗失呢？"
