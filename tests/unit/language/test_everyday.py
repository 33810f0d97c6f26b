"""What people say for what official texts call otherwise: the table itself, and which words a question holds."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from bot import Bot
from bot.language import everyday
from bot.language.abbreviations import ABBREVIATIONS
from bot.language.everyday import both_of, everyday_of, everyday_words, read_lines
from bot.language.folding import fold
from bot.language.synonyms import Synonym, group_of
from bot.question.query import query_of
from tests.parts import OpenBot

NAMES = ("everyday_zh.txt", "everyday_en.txt", "finding_zh.txt", "finding_en.txt")
TABLES = [Path(everyday.__file__).with_name(name) for name in NAMES]
ALL = {**everyday_words(), **everyday_words("finding")}
MARKS = "*?"


def test_a_table_says_what_its_lines_say() -> None:
    table = "# work\n老板: 雇主, 公司\n\n质保期 = 保修期 = 保修期限\n罚*, 被罚: 罚款\n"
    assert list(read_lines(table)) == [
        ("老板", ("雇主", "公司")),
        ("质保期", ("保修期", "保修期限")),
        ("保修期", ("质保期", "保修期限")),
        ("保修期限", ("质保期", "保修期")),
        ("罚*", ("罚款",)),
        ("被罚", ("罚款",)),
    ]


@pytest.mark.parametrize("table", TABLES, ids=lambda path: path.name)
def test_every_line_of_a_table_is_read(table: Path) -> None:
    for line in table.read_text(encoding="utf-8").splitlines():
        assert line.startswith("# ") or list(read_lines(line)), line
        assert line == line.strip() and "  " not in line, line


def test_every_word_stands_once_with_terms_that_are_others() -> None:
    words = [pair for table in TABLES for pair in read_lines(table.read_text(encoding="utf-8"))]
    assert 1200 <= len(words) <= 8000
    assert [word for word, count in Counter(fold(word) for word, _ in words).items() if count > 1] == []
    for word, terms in words:
        assert group_of(terms) == terms if len(terms) > 1 else len(terms[0]) > 1, word
        assert fold(word) not in map(fold, terms), word


def test_a_short_word_is_one_that_is_asked() -> None:
    assert [word for word in ALL if len(word) < 2] == []
    assert {len(word) for word in ALL if word[-1] in MARKS} == {2}


def test_no_pair_is_one_of_two_names_of_the_same() -> None:
    same = {frozenset(map(fold, (one, other))) for group in ABBREVIATIONS for one in group for other in group}
    pairs = [(word, term) for word, terms in ALL.items() for term in terms]
    assert [pair for pair in pairs if frozenset(map(fold, pair)) in same] == []


def test_no_word_is_one_that_has_synonyms_everywhere() -> None:
    """Such a word is none of its own, so its line would never be read."""
    known = {fold(term) for group in ABBREVIATIONS for term in group}
    assert [word for word in ALL if fold(word) in known] == []


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("老闆可以開除我嗎", {"老板": "用人单位", "开除": "解除劳动合同"}),
        ("My BOSS quit", {"boss": "employer", "quit": "resign"}),
        ("He is quitting, two bosses quit", {"quitting": "resign", "bosses": "employer", "quit": "resign"}),
        ("an embossed quitclaim", {}),
        ("不想干了怎么办", {"不想干了": "解除劳动合同"}),
        ("打人要关几天", {"打人": "殴打", "关": "拘留"}),
        ("打了人怎么罚", {"打了人": "殴打", "罚": "罚款"}),
        ("把人打了要关几天", {"把人打": "殴打", "关": "拘留"}),
        ("有人打球", {}),
        ("几点关窗", {}),
        ("几点关门", {"几点关门": "开放时间"}),
        ("归谁管", {"归谁管": "主管"}),
        ("由谁来管", {"谁来管": "主管"}),
        ("路灯怎么管？", {"管": "主管"}),
        ("档案怎么管理、保管多久", {}),
        ("弄坏了谁来批", {"弄坏": "损坏", "批": "审批"}),
        ("一批货弄丢了", {"弄丢": "遗失"}),
        ("怎么罚、罚多少", {"罚": "罚款"}),
        ("怎么罚钱", {"罚钱": "罚款"}),
        ("处罚的种类", {}),
    ],
)
def test_the_everyday_words_of_a_question(question: str, words: dict[str, str]) -> None:
    assert {word.term: word.same[0] for word in everyday_of(fold(question))} == words


def test_a_word_that_finds_alone_is_not_read() -> None:
    folded = fold("老板不认账怎么办")
    everyday, finding = both_of(folded)
    assert "老板" in {word.term for word in everyday} and "不认账" in {word.term for word in finding}
    query = replace(query_of(folded), everyday=everyday, finding=finding)
    assert query.as_read("用人单位拒不履行的") == "老板拒不履行的"
    assert any("拒不履行" in said.text or "不履行" in said.text for said in query.officially(lambda term: True))


def test_a_question_with_both_words_uses_neither() -> None:
    assert everyday_of(fold("罚款罚多少")) == ()
    assert everyday_of(fold("解除勞動合同算開除嗎")) == (Synonym("开除", ("辞退", "除名")),)


def test_nobody_asks_the_other_way_round() -> None:
    assert everyday_of(fold("用人单位解除劳动合同")) == ()


def test_a_part_of_a_term_that_has_synonyms_is_no_word_of_its_own() -> None:
    assert everyday_of("物业公司", (Synonym("物业公司", ("物业服务企业",)),)) == ()
    assert everyday_of("公司") == (Synonym("公司", ("用人单位", "单位")),)


UNION = (
    "劳动用工规定",
    "用人单位单方解除劳动合同的，应当事先将理由通知工会。",
    "年休假可以集中安排，也可以分段安排，不跨年度。",
)
FIGHT = ("治安和养犬规定", "殴打他人的，处五日以上十日以下拘留。", "犬只伤人的，养犬人应当立即将伤者送医。")
DEAR = ("消费服务规定", "平台对老用户实行差别待遇的，处一万元以下罚款。", "不得主动提供一次性用品。")
LEASE = ("Staff Rules", "Minors may not enter the laboratory.", "The lessee shall vacate the premises within ten days.")

SUPPLY = (
    "医疗设备供货合同",
    "本合同总价为人民币138万元，含运输和安装。",
    "设备保修期为自验收合格之日起三年。",
    "验收合格后付至百分之九十五，余下百分之五作为质量保证金。",
)
READING = ("市图书馆服务规则", "期刊不予续借，逾期不收取费用。", "参考书和当日报刊仅限馆内阅览。")


@pytest.fixture
def bot(open_bot: OpenBot) -> Bot:
    bot = open_bot()
    for title, *paragraphs in (UNION, FIGHT, DEAR, LEASE, SUPPLY, READING):
        bot.add_bytes(f"{title}.txt", "\n\n".join((title, *paragraphs)).encode())
    return bot


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("老板炒鱿鱼要跟谁讲", UNION[1]),
        ("年假能分几次休吗？", UNION[2]),
        ("打架被关几天", FIGHT[1]),
        ("狗咬人了狗主人要怎么做？", FIGHT[2]),
        ("店家杀熟怎么罚？", DEAR[1]),
        ("酒店会主动给我一次性牙刷吗？", DEAR[2]),
        ("总金额是多少？", SUPPLY[1]),
        ("设备质保多久", SUPPLY[2]),
        ("尾款是百分之几", SUPPLY[3]),
        ("杂志能不能续借", READING[1]),
        ("参考书可以借回家吗", READING[2]),
        ("Can I bring my kids to the lab?", LEASE[1]),
        ("When must the tenant move out?", LEASE[2]),
    ],
)
def test_everyday_words_find_official_ones(bot: Bot, question: str, said: str) -> None:
    assert [citation.quote for citation in bot.ask(question).citations] == [said]


def test_nothing_is_counted_or_claimed_by_them(bot: Bot) -> None:
    every = bot.ask("列出所有提到“老板”的句子")
    assert every.abstained and "“老板”出现 0 次" in every.text
    assert {count.term: count.total for count in bot.ask("列出所有提到“用人单位”的句子").term_counts} == {"用人单位": 1}
    refused = bot.ask("老板的生日礼物是什么颜色的？")
    assert refused.abstained and "“老板”出现 0 次" in refused.note
    assert refused.trace.synonyms == ()
