"""Asked what follows, the bot finds the article that cites the duty, whose words the question has not."""

import pytest

from bot import Bot
from embeddings.loading import BUILTIN
from tests.parts import OpenBot

RULES = """白石市河道管理条例
第一章 总则
第一条 为了保护河道，制定本条例。
第二条 本市河道的保护和管理适用本条例。
第三条 水务部门负责河道管理工作。
第二章 保护
第四条 任何人不得在河道内炸鱼、毒鱼、电鱼。
第五条 沿河饭店应当安装油水分离装置，并保持正常运行。
第六条 鼓励志愿者参加巡河。
第三章 法律责任
第七条 违反本条例第四条规定的，由水务部门没收工具，处三千元以上一万元以下罚款。
第八条 违反本条例第五条规定的，由水务部门责令改正；拒不改正的，处二万元罚款。
第九条 拒绝、阻碍检查的，处一千元罚款。
第十条 本条例自公布之日起施行。
"""


@pytest.fixture
def bot(open_bot: OpenBot) -> Bot:
    bot = open_bot(reader=BUILTIN)
    bot.add_bytes("river.txt", RULES.encode())
    return bot


@pytest.mark.parametrize(
    ("question", "sanction", "duty"),
    [
        ("在河里电鱼罚多少钱？", "处三千元以上一万元以下罚款", "第四条 任何人不得"),
        ("饭店没装油水分离装置会怎么处罚？", "处二万元罚款", "第五条 沿河饭店"),
    ],
)
def test_the_sanction_stands_first_and_the_duty_behind_it(bot: Bot, question: str, sanction: str, duty: str) -> None:
    first, second = (citation.quote for citation in bot.ask(question).citations)
    assert sanction in first
    assert second.startswith(duty)


def test_who_asks_for_no_sanction_gets_the_duty(bot: Bot) -> None:
    quotes = [citation.quote for citation in bot.ask("可以在河道里电鱼吗？").citations]
    assert quotes == ["第四条 任何人不得在河道内炸鱼、毒鱼、电鱼。"]


def test_what_has_a_sanction_of_its_own_is_not_answered_by_another_one(bot: Bot) -> None:
    quotes = [citation.quote for citation in bot.ask("阻碍检查罚多少？").citations]
    assert quotes == ["第九条 拒绝、阻碍检查的，处一千元罚款。"]
