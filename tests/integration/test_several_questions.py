"""Several questions in one message: what a later one lacks it takes from the one before; each has its own refusal."""

from collections.abc import Iterator

import pytest

from bot.engine import Bot
from bot.question.reading import read_question
from bot.settings import Settings
from embeddings.static import StaticEncoder

LEASE = """兰亭公寓租住须知

第一条 租期和续租
租期一年，自入住之日起算。租客可以续租一次，应当在期满前一个月向管家提出。
第二条 押金
租客入住时交纳押金2000元。退房后十五日内无息退还押金；家具损坏的，从押金中扣除。
第三条 租金
每月租金1800元，每月五日前交。逾期交租的，每日加收千分之一的滞纳金。
第四条 访客和宠物
访客应当在晚上十一点前离开。公寓内不得饲养猫狗。违反的，第一次警告，第二次罚款200元。
第五条 维修
水管、门锁损坏的，由公寓负责维修，租客拨打报修电话：0571-86001234。灯泡由租客自行更换。
"""
STAFF = """晨光文具公司员工守则

第一条 员工工作满一年的，每年享受年假六天。年假应当提前五个工作日在系统中申请，由部门经理批准。
第二条 年假当年未休完的，可以顺延到次年三月底。
第三条 婚假十天，应当在登记后半年内休完。产假一百五十八天。
第四条 病假每年不超过三十天，期间工资按百分之七十发放。请病假的，应当提交医院证明。
第五条 迟到一次扣五十元，旷工一天扣三百元。
第六条 经理出差可以乘坐高铁一等座，普通员工乘坐二等座。
第七条 一线城市住宿标准为每晚四百五十元，二线城市为每晚三百五十元。超过标准的部分由个人承担。
第八条 餐费补助每天八十元，交通补助每天四十元。
"""
CARD = """飞跃健身会员卡说明

年卡1980元，季卡680元，次卡30元一次。
会员卡自办卡之日起三十日内激活。年卡可以暂停两次，每次不超过一个月，需要在前台办理。
会员卡可以转让，转让需要两人同到前台办理，手续费100元。
私教课每节280元，需要提前一天预约，可以用手机预约。
"""


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    settings = Settings(home=tmp_path_factory.mktemp("several"), seeds=None, reader="builtin")
    with Bot.open(settings=settings) as opened:
        for source, text in (("公寓.txt", LEASE), ("守则.txt", STAFF), ("健身卡.txt", CARD)):
            opened.add_bytes(source, text.encode())
        yield opened


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("兰亭公寓押金交多少？退房后多久退？", ("2000元", "十五日内")),
        ("公寓里可以养狗吗？违反了怎么处罚？", ("不得饲养", "罚款200元")),
        ("门锁坏了谁修？打什么电话？", ("由公寓负责维修", "0571-86001234")),
        ("年假有几天？怎么申请？没休完怎么办？", ("年假六天", "在系统中申请", "次年三月底")),
        ("婚假几天，产假呢？", ("婚假十天", "一百五十八天")),
        ("病假最多多少天？需要什么证明？", ("三十天", "医院证明")),
        ("迟到扣多少钱，旷工呢？", ("扣五十元", "扣三百元")),
        ("经理出差坐什么座位？普通员工呢？", ("一等座", "二等座")),
        ("一线城市住宿标准是多少？二线城市又是多少？", ("四百五十元", "三百五十元")),
        ("出差餐费补助一天多少钱？交通补助呢？", ("八十元", "四十元")),
        ("年卡多少钱？季卡呢？次卡呢？", ("1980元", "680元", "30元")),
        ("年卡多少钱？可以暂停几次？", ("1980元", "暂停两次")),
        ("1. 年假有几天 2. 公寓押金多少 3. 年卡多少钱", ("年假六天", "押金2000元", "1980元")),
        ("年假有几天？停车费多少？", ("年假六天", None)),
        ("婚假几天？食堂几点开饭？", ("婚假十天", None)),
    ],
)
def test_each_part_is_answered_under_its_own_words(bot: Bot, message: str, said: tuple[str | None, ...]) -> None:
    answer = bot.ask(message)
    assert len(answer.parts) == len(said)
    for part, words in zip(answer.parts, said, strict=True):
        assert part.label.strip("“”？") in message
        if words is None:
            assert part.sentences == () and part.message
        else:
            assert words in answer.sentences[part.sentences[0]].text


@pytest.mark.parametrize(
    ("message", "searched"),
    [
        ("公寓押金交多少？退租后多久退？", "公寓押金交 退租后多久退"),
        ("投标保证金多少？中标后怎么退？", "投标保证金 中标后怎么退"),
        ("年假多少天，病假又是多少天？", "病假多少天？"),
        ("一线城市住宿标准是多少？二线城市又是多少？", "二线城市住宿标准是多少？"),
        ("出差餐费补助一天多少钱？交通补助呢？", "交通补助一天多少钱？"),
        ("迟到扣多少钱，旷工呢？", "旷工扣多少钱？"),
        ("年假有多少天？怎么申请？", "年假有天 怎么申请"),
        ("押金多少？什么时候退？", "押金 什么时候退"),
        ("甲方逾期付款怎么办？乙方呢？", "乙方逾期付款怎么办？"),
        ("经理出差坐什么舱位？普通员工呢？", "普通员工出差坐什么舱位？"),
        ("第12次例会在哪里开的？由谁主持？", "第12次例会由谁主持"),
        ("What is the deposit? When is it returned?", "What is the deposit? When is it returned"),
        # These stand alone.
        ("年假有几天？停车费多少？", "停车费多少"),
        ("报名截止到什么时候？考试在哪里？", "考试在哪里"),
        ("物业费谁交？水电费谁交？", "水电费谁交"),
        ("迟到怎么罚？旷工又怎么罚？", "旷工又怎么罚"),
        ("试用期多久？入职后多久转正？", "入职后多久转正"),
        ("垃圾分几类？厨余垃圾什么时候扔？", "厨余垃圾什么时候扔"),
    ],
)
def test_a_later_part_is_completed_from_the_one_before(builtin: StaticEncoder, message: str, searched: str) -> None:
    first, later = read_question(message, vocabulary=builtin).parts
    assert read_question(later, [(first, "")], vocabulary=builtin).query.text == searched
