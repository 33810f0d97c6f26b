"""Another encoder in the place of the built-in one: a small model of two languages, made here, loaded like any other.

It has learned nothing: words that translate each other are given one vector, as good models have them near.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from bot import Bot, Settings
from bot.documents.parser import document_id
from bot.types import Hit
from tests.parts import OpenBot

TRANSLATIONS = """
图书馆 library, 读者 readers reader, 借 borrow borrowed, 逾期 overdue late, 滞纳金 fine fee, 册 book books,
闭馆 closed, 周一 monday, 用水 water, 家庭 household households, 立方米 cubic, 价格 price cost, 抄表 meter,
儿童 child children, 疫苗 vaccine vaccination vaccinated, 医生 doctor, 发热 fever, 租金 rent,
承租人 tenant tenants, 押金 deposit, 合同 contract, 解除 terminate terminated, 列车 train, 候车 wait waiting,
行李 luggage, 茶园 tea, 采摘 picked harvest, 海拔 altitude, 员工 employee employees, 休假 leave holiday,
主管 supervisor, 望远镜 telescope, 天文台 observatory, 高山 mountains mountain, 垃圾 waste garbage,
电池 batteries battery, 红色 red, 古桥 bridge, 石拱 arches arch, 洪水 flood, 停车 parking, 车位 space spaces,
充电 charging charge, 养老 elderly, 食堂 canteen, 午餐 lunch, 补贴 subsidy, 残疾人 disabled, 公交 bus buses,
免费 free, 学校 school, 宿舍 dormitory, 熄灯 lights, 操场 playground, 考试 exam exams, 成绩 grades, 鱼塘 pond,
渔民 fishermen, 禁渔 fishing, 果树 orchard, 苹果 apples apple, 农药 pesticide pesticides, 灌溉 irrigation,
水库 reservoir, 大坝 dam, 消防 fire, 灭火器 extinguisher, 检查 inspected inspection, 电梯 elevator elevators,
维修 repair repaired, 噪声 noise, 施工 construction, 夜间 night, 狗 dog dogs, 牵绳 leash, 博物馆 museum,
门票 ticket tickets, 展览 exhibition, 志愿者 volunteers volunteer, 培训 training, 献血 blood,
快递 parcels parcel, 驿站 depot, 火山 volcano, 潜艇 submarine, 护照 passport, 鲸 whales whale, 歌剧 opera,
股票 shares, 钻石 diamonds, 棒球 baseball, 沙漠 desert
"""
TEXT = """青溪镇生活指南

图书馆每周一闭馆，其余各天上午九点开放。读者凭证可以借十册，借期三十天。

图书逾期不还的，每册每天收取滞纳金二角。滞纳金最多收到该册的定价为止。

家庭用水的价格是每立方米三元。抄表员每两个月上门抄表一次。

儿童满月后应当接种疫苗。发热的儿童由医生检查后再定接种的日子。

承租人拖欠租金满两个月，合同可以解除。合同解除后十天内退还押金。

列车进站前请在黄线以内候车。行李超过二十千克的需要托运。

茶园大多在海拔六百米以上。春天的茶园在清明前后采摘。

员工工作满一年，可以休假五天。休假须由主管批准。

天文台建在高山上，因为那里的夜空最暗。望远镜每晚开放两小时。

垃圾分为四类投放。废电池要投进红色的桶。

古桥有九个石拱，建于明代。去年的洪水冲走了桥栏。

停车场有车位二百个，其中三十个可以充电。充电每度电收费八角。

养老食堂的午餐每份八元。满七十岁的老人有午餐补贴四元。

残疾人乘坐公交一律免费。公交末班车二十二点发车。

学校宿舍晚上十点熄灯。操场在周末向居民开放。

考试成绩在七月一日公布。对成绩有疑问的可以申请复查。

鱼塘由村里统一发包。每年三月到六月禁渔，渔民可以领取补助。

果树开花时不得喷洒农药。苹果在十月上市。

水库的水先用于灌溉，再用于发电。大坝每年汛期前检查一次。

灭火器每半年检查一次。消防通道不得堆放杂物。

电梯每十五天维修保养一次。电梯停运要提前一天贴出通知。

夜间十点以后不得进行有噪声的施工。抢修不在此限。

狗出门必须牵绳。牵绳的长度不得超过一米五。

博物馆的门票二十元。展览每季度更换一次，由志愿者讲解。

志愿者上岗前要参加培训。献血的志愿者另有纪念章。

快递由驿站代收，存放三天。驿站的电话是8806，工作日有人接听。

镇政府在青溪路12号办公。WiFi密码写在大厅的墙上。
"""
GUIDE = document_id("guide.txt")
ASKED = {
    "How much is the fine for overdue books?": "每册每天收取滞纳金二角",
    "What does a cubic metre of water cost a household?": "每立方米三元",
    "When can the contract of a tenant who owes rent be terminated?": "合同可以解除",
    "Where do I put old batteries?": "废电池要投进红色的桶",
    "How many arches does the bridge have?": "古桥有九个石拱",
    "How many days of leave can employees take?": "可以休假五天",
    "Do disabled people ride the bus for free?": "残疾人乘坐公交一律免费",
    "When are exam grades published?": "考试成绩在七月一日公布",
    "How often is the fire extinguisher inspected?": "灭火器每半年检查一次",
    "Must a dog be on a leash?": "狗出门必须牵绳",
    "Until what hour at night is construction noise allowed?": "夜间十点以后不得进行有噪声的施工",
}
NOT_THERE = [
    "When did the volcano erupt?",
    "How deep can the submarine dive?",
    "Where can I renew my passport?",
    "Who sang at the opera?",
    "How many whales live in the desert?",
    "What is the price of diamonds?",
    "Which shares should I buy?",
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Save a StaticEmbedding whose vocabulary is ``TRANSLATIONS``: what translates each other has one vector."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Regex, Tokenizer, normalizers, pre_tokenizers
    from tokenizers.models import WordLevel

    groups = [group.split() for group in TRANSLATIONS.split(",")]
    words = [word for group in groups for word in group]
    rng = np.random.default_rng(0)
    vectors = [np.zeros(64)]
    for group in groups:
        vectors += [rng.standard_normal(64)] * len(group)
    tokenizer = Tokenizer(WordLevel({word: n for n, word in enumerate(["[UNK]", *words])}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    longest_first = "|".join(sorted((w for w in words if not w.isascii()), key=len, reverse=True))
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(rf"{longest_first}|[a-z0-9]+"), "isolated")
    out = tmp_path_factory.mktemp("model") / "two-languages"
    module = StaticEmbedding(tokenizer, embedding_weights=np.array(vectors, np.float32))
    SentenceTransformer(modules=[module], device="cpu").save(str(out), create_model_card=False)
    return out


@pytest.fixture(scope="module")
def bots(tmp_path_factory: pytest.TempPathFactory, folder: Path) -> Iterator[dict[str, Bot]]:
    """Bots that know the guide: one with the model of two languages, one with the built-in encoder."""
    opened = {}
    for name, encoder in (("both", str(folder)), ("builtin", "builtin")):
        settings = Settings(home=tmp_path_factory.mktemp(name), seeds=None, encoder=encoder)
        opened[name] = Bot.open(settings=settings)
        opened[name].add_bytes("guide.txt", TEXT.encode())
    yield opened
    for bot in opened.values():
        bot.close()


@pytest.mark.parametrize("question", ASKED)
def test_english_finds_the_chinese_sentence(bots: dict[str, Bot], question: str) -> None:
    bot, expected = bots["both"], ASKED[question]
    hits = bot.search(question)
    assert expected in hits[0].text
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    answer = bot.ask(question)
    assert not answer.abstained
    assert expected in answer.citations[0].quote
    for citation in answer.citations:
        assert bot.document(GUIDE).text[citation.start : citation.end] == citation.quote


@pytest.mark.parametrize("question", NOT_THERE)
def test_english_about_something_else_is_refused(bots: dict[str, Bot], question: str) -> None:
    answer = bots["both"].ask(question)
    assert (answer.abstained, answer.citations) == (True, ())


def test_what_is_there_is_surer_than_what_is_not(bots: dict[str, Bot]) -> None:
    there = [bots["both"].ask(question).confidence for question in ASKED]
    elsewhere = [bots["both"].ask(question).confidence for question in NOT_THERE]
    assert min(there) > max(elsewhere)


@pytest.mark.parametrize("question", ASKED)
def test_the_builtin_encoder_does_not_claim_what_shares_no_word(bots: dict[str, Bot], question: str) -> None:
    answer = bots["builtin"].ask(question)
    assert answer.abstained


@pytest.mark.parametrize("name", ["both", "builtin"])
@pytest.mark.parametrize(
    ("question", "expected"),
    [("What is 8806?", "驿站的电话是8806"), ("WiFi?", "WiFi密码写在大厅的墙上")],
)
def test_words_and_numbers_in_the_text_are_found_by_either(
    bots: dict[str, Bot], name: str, question: str, expected: str
) -> None:
    assert expected in bots[name].search(question)[0].text
    answer = bots[name].ask(question)
    shown = [citation.quote for citation in answer.citations] or [hit.text for hit in answer.nearest]
    assert expected in shown[0]


def test_chinese_asks_english(open_bot: OpenBot, folder: Path) -> None:
    bot = open_bot(encoder=str(folder))
    bot.add_bytes("guide.txt", TEXT.encode())
    text = "Tickets for the opera cost nine euros.\n\nThe submarine leaves at noon.\n\nWhales rest in the bay.\n"
    bot.add_bytes("bay.txt", text.encode())
    answer = bot.ask("歌剧的门票价格？")
    assert answer.citations[0].quote == "Tickets for the opera cost nine euros."
    assert bot.search("鲸在哪里？")[0].text == "Whales rest in the bay."


def test_chinese_asks_chinese_as_before(bots: dict[str, Bot]) -> None:
    def found(bot: Bot, question: str) -> Hit:
        return bot.search(question)[0]

    for question in ("图书逾期每天收多少滞纳金？", "停车场有多少车位？", "灭火器多久检查一次？"):
        assert found(bots["both"], question).text == found(bots["builtin"], question).text
        both, builtin = (bots[name].ask(question) for name in ("both", "builtin"))
        assert both.citations == builtin.citations != ()
        assert both.confidence == pytest.approx(builtin.confidence, abs=0.1)
