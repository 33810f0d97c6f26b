"""Which questions are worded nearly the same, and the many that must not be taken for one another."""

from itertools import combinations

import pytest

from bot.language.rules import Rule, rewrite
from bot.question.rewording import CHINESE, ENGLISH
from bot.question.wording import wording_of

RULES = (*ENGLISH, *CHINESE)


@pytest.mark.parametrize(("rule", "text", "made"), [(rule, *example) for rule in RULES for example in rule.examples])
def test_a_rule_writes_its_examples_in_its_way(rule: Rule[str], text: str, made: str) -> None:
    assert rewrite(rule, text) == made


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule in RULES for text in rule.counterexamples])
def test_a_rule_leaves_its_counterexamples_alone(rule: Rule[str], text: str) -> None:
    assert rewrite(rule, text) == text


SAME = (
    (
        "年假几天？",
        "年假几天",
        "年假是几天",
        "年假有几天？",
        "年假多少天",
        "年假有多少天呢？",
        "年假是多少天？",
        "请问年假几天",
        "你好，请问年假有几天？",
        "有几天年假？",
        "年假一共有几天",
        "我想知道年假是几天",
        "能告诉我年假几天吗？",
        "年假到底几天啊",
        "年假\u3000几天？？",
        "請問年假幾天",
        "麻烦帮我查一下年假几天，谢谢",
    ),
    ("员工年假几天", "员工有几天年假", "员工的年假有多少天"),
    ("什么是不可抗力", "不可抗力是什么", "不可抗力是啥", "何谓不可抗力", "什么是“不可抗力”？"),
    ("押金能不能退", "押金能退吗", "押金可以退吗？", "押金是否可以退", "押金可不可以退", "押金能否退"),
    ("有没有年假", "有年假吗？"),
    ("负责人是谁", "谁是负责人", "负责人是哪位", "负责人是什么人"),
    ("眼科在哪里", "眼科在哪儿？", "眼科在什么地方", "请问眼科在哪里呢"),
    ("什么时候付款", "何时付款？", "啥时候付款", "什么时间付款"),
    ("如何申请年假", "怎么申请年假", "怎样申请年假", "咋申请年假"),
    ("为什么停水", "为何停水？", "为啥停水"),
    ("有哪些措施", "措施有哪些", "有什么措施", "措施有哪几项"),
    ("押金多少钱", "押金是多少钱", "押金多少元", "押金几元"),
    ("2024年招生多少人", "二〇二四年招生多少人", "2024 年招生多少人？"),
    ("三十天内要交什么", "30天内要交什么"),
    ("合同多久到期", "合同多长时间到期"),
    (
        "What is the deadline?",
        "what's the deadline",
        "Please tell me what the deadline is",
        "what is deadline",
        "Could you tell me what the deadline is?",
    ),
    ("Who can't enter?", "who cannot enter", "Who can not enter"),
    ("增长百分之五的是什么", "增长5%的是什么"),
    ("违约金的比例是多少", "违约金比例多少"),
)


@pytest.mark.parametrize("questions", SAME, ids=lambda questions: questions[0])
def test_worded_nearly_the_same(questions: tuple[str, ...]) -> None:
    assert len({wording_of(question) for question in questions}) == 1
    assert wording_of(questions[0]) is not None


OTHERS = (
    (
        "年假几天",
        "病假几天",
        "年假怎么申请",
        "年假是什么",
        "事假几天",
        "年假几个工作日",
        "年假",
        "婚假几天",
        "产假几天",
        "年假能休几天",
        "去年年假几天",
        "年假没休几天",
        "年假最多几天",
        "年假至少几天",
    ),
    ("2024年年假几天", "2023年年假几天", "年假几天", "24年年假几天"),
    ("押金能退吗", "押金不能退吗", "押金能不退吗", "押金怎么退", "租金能退吗", "押金多久退", "押金什么时候退"),
    ("有年假吗", "没有年假吗", "有病假吗", "有年假的人"),
    ("甲比乙高多少", "乙比甲高多少"),
    ("从北京到上海多久", "从上海到北京多久"),
    ("谁管理部门", "管理部门是谁"),
    ("甲是谁打的", "甲打的是谁"),
    ("住院几天可以报销", "住院可以报销几天"),
    ("提前几天申请年假", "提前申请几天年假"),
    ("年假是什么的基数", "年假的基数是什么"),
    ("第三条是什么", "第四条是什么", "三条是什么"),
    ("二号楼电话多少", "三号楼电话多少", "2号门电话多少"),
    ("1~3号楼停水吗", "1、3号楼停水吗", "13号楼停水吗"),
    ("增长5%的是什么", "增长5的是什么"),
    ("3.5公里的路叫什么", "35公里的路叫什么"),
    ("三四天假怎么请", "34天假怎么请"),
    ("几月开学", "几个月开学", "几号开学"),
    ("为谁服务", "谁服务"),
    ("为多少人服务", "多少人服务"),
    ("咨询电话多少", "电话多少"),
    ("谁知道密码", "密码"),
    ("说明书在哪", "书在哪"),
    ("必须交吗", "可以交吗", "需要交吗"),
    ("带什么材料", "带多少材料"),
    ("有无线网络吗", "有线网络吗"),
    ("what does the committee do", "what is the committee"),
    ("vitamin a dose", "vitamin dose", "vitamin b dose"),
    ("who was the manager", "who is the manager"),
    ("Is it allowed?", "Is it not allowed?"),
    ("🍎多少钱", "🍊多少钱"),
    ("C++怎么学", "C怎么学", "C#怎么学"),
    ("E7是什么故障", "E8是什么故障", "E70是什么故障"),
    ("张三给谁多少钱", "谁给张三多少钱"),
    ("-5度怎么办", "5度怎么办"),
    ("哪些人可以报名", "谁可以报名"),
    ("除周一外几点开门", "周一几点开门"),
    ("甲方违约怎么办", "乙方违约怎么办"),
    ("上半年产值多少", "下半年产值多少"),
    ("一期什么时候完工", "二期什么时候完工"),
    ("领导说了什么", "领导没说什么"),
    ("年假几天", "年假几天不算旷工"),
    ("几天退货", "退货几天"),
    ("how many days of annual leave", "how many days of sick leave"),
    ("how long to Beijing", "how long from Beijing"),
)
"""Each question of a row asks something else than all others of it."""


@pytest.mark.parametrize("questions", OTHERS, ids=lambda questions: questions[0])
def test_what_asks_something_else(questions: tuple[str, ...]) -> None:
    for one, other in combinations(questions, 2):
        assert wording_of(one) != wording_of(other), (one, other)


def test_groups_of_the_same_do_not_meet() -> None:
    wordings = [wording_of(questions[0]) for questions in SAME]
    assert len(set(wordings)) == len(wordings)


@pytest.mark.parametrize("question", ["", "？", "为什么？", "是什么", "请问呢", "🙂"])
def test_a_question_of_nothing_but_asking_has_none(question: str) -> None:
    assert (wording_of(question) is None) == (question != "🙂")
