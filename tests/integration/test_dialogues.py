"""Dialogues of two and three turns over the sample document and five texts written for them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.engine import Bot
from bot.settings import Settings

READING = """云溪市公共图书馆管理办法
第一章 总则
第一条 为了促进公共图书馆事业发展，保障市民基本文化权益，根据有关法律、法规，结合本市实际，制定本办法。
第二条 市文化旅游局主管全市公共图书馆工作。街道办事处协助做好社区图书室的日常巡查。
第三条 公共图书馆所需经费列入本级财政预算，专款专用，每年三月底前拨付到位。
第二章 服务
第四条 公共图书馆每周开放时间不少于六十三小时，国家法定节假日应当开放。
自习室每日八时至二十二时开放，少年儿童阅览区每日九时至十八时开放。
第五条 成年读者凭身份证可以一次借阅图书十册，借期三十日。
未成年读者由监护人办理借书证，可以一次借阅图书六册，借期四十五日。
第六条 读者可以续借一次，续借应当在到期前三日内通过网站或者服务台办理。
第七条 读者逾期归还图书的，每册每日支付滞纳金二角，滞纳金累计不超过书价。
第八条 读者遗失图书的，应当在三十日内赔偿同版图书或者按书价的两倍赔偿。
污损图书不影响阅读的，按书价的百分之二十赔偿。
第九条 办理借书证不收取押金。借阅古籍善本复制件的，收取押金五百元，归还时全额退还。
第三章 捐赠
第十条 公共图书馆接受社会捐赠的图书，应当在十五日内登记入藏，并向捐赠人颁发证书。
第十一条 捐赠资金设立专门账户，由市审计局每年审计一次，审计结果向社会公布。
第四章 附则
第十二条 读者对服务不满意的，可以拨打12345热线投诉，公共图书馆应当在七个工作日内答复。
第十三条 在馆内吸烟的，由市卫生健康委责令改正，处五十元以上二百元以下罚款。
市图书馆理事会每三年修订一次馆藏发展规划。
第十四条 本办法由市文化旅游局负责解释。
第十五条 本办法自2024年5月1日起施行，2011年发布的借阅规则同时废止。
"""

PARKING = """青桥县机动车停车管理规定
第一章 总则
第一条 为了加强机动车停车管理，改善道路交通状况，制定本规定。
第二条 县住房和城乡建设局负责停车场的规划建设，县公安局交通警察大队负责路内停车泊位的施划和管理。
第三条 停车专项规划由县自然资源局编制，报县人民政府批准后公布，每五年修订一次。
第二章 建设
第四条 新建住宅小区应当按照每户一点二个的标准配建停车泊位，其中充电泊位不低于百分之三十。
第五条 建筑物配建的停车场应当与主体工程同步设计、同步施工、同步验收、同步交付使用。
第六条 鼓励医院、学校周边的单位在夜间向社会开放内部停车场，县财政给予每个泊位每年三百元补助。
第三章 收费
第七条 路内停车泊位实行分时计费，首小时收费四元，此后每小时收费两元，夜间免费。
因道路施工、抢险救灾确有必要的，可以临时停用路内停车泊位。
第八条 残疾人驾驶专用车辆停放的，免收停车费。新能源汽车首两小时免收停车费。
第九条 停车收费标准由县发展和改革局制定，制定前应当召开听证会。
停车收费收入全额上缴县财政，用于公共停车设施的维护。
第四章 处罚
第十条 擅自占用道路设置停车泊位的，由县城市管理局责令改正，处五百元以上二千元以下罚款。
第十一条 在消防通道停车的，由县消防救援大队处一千元罚款，并可以将车辆拖移至指定地点。
第十二条 僵尸车占用公共泊位超过九十日的，公告三十日后由县公安局予以清理。
第十三条 当事人对处罚决定不服的，可以在六十日内申请行政复议。
第五章 附则
第十四条 当事人对停车收费有异议的，可以向县市场监督管理局投诉，该局应当在十日内答复。
第十五条 本规定所称僵尸车，是指长期停放、车身破损且无人维护的机动车。
第十六条 本规定由县公安局负责解释。
第十七条 本规定自2025年1月1日起施行，有效期五年。
"""

TOWER = """石浦灯塔
石浦灯塔位于东屿镇石浦岬角，是当地最早的航标。
石浦灯塔建于1911年，由工程师沈维舟设计。塔身用花岗岩砌成，共七层。
灯塔高二十八米，灯光射程十八海里。
1936年台风毁坏了塔顶的灯室，次年按原样重修。当时守塔人只有两名。
灯塔每周二至周日开放，成人门票二十元，儿童半价。
2013年灯塔被列为省级文物保护单位，现由东屿镇文物管理所负责维护。
沈维舟，1879年出生于苏州，早年留学英国，1942年病逝于重庆。他一生主持建造了九座灯塔。
白沙灯塔建于1925年，高十九米，1988年停止使用。
石浦渔港与灯塔隔海相望，有渔船三百余艘，盛产带鱼和黄鱼。
"""

CONTRACT = """设备租赁合同
第一条 出租方将一台型号为H200的空气压缩机租给承租方使用。
第二条 租赁期限为十二个月，自2024年3月1日至2025年2月28日。
第三条 租金每月六千元，承租方应当在每月五日前支付。
承租方逾期支付租金的，每逾期一日按欠付金额的千分之一支付违约金。
第四条 承租方在签订合同之日支付押金一万二千元，设备完好归还后七日内无息退还。
第五条 设备由出租方负责维修，维修费用由出租方承担；因承租方操作不当造成损坏的，由承租方承担。
第六条 承租方不得将设备转租给他人，擅自转租的，出租方可以解除合同并没收押金。
第七条 运输费用由承租方承担，安装调试由出租方免费提供。
第八条 发生争议的，双方协商解决；协商不成的，向出租方所在地人民法院起诉。
第九条 任何一方提前解除合同的，应当提前三十日书面通知对方，并支付一个月租金作为补偿。
"""

ENGLISH = """Harbour Library Rules
The library opened in 1962 and was designed by the architect Clara Winfield.
Adults may borrow ten books for four weeks. Children may borrow six books for six weeks.
A late book costs twenty cents a day. The fee never exceeds the price of the book.
A lost book must be replaced within thirty days, because other readers are waiting for it.
Films may be borrowed for three days only.
The reading room is open from nine in the morning to eight in the evening, and closed on Mondays.
The head librarian is responsible for complaints and answers them within a week.
Members renew their card every two years at the front desk. The renewal is free of charge.
The annual report is published by the board of trustees in March.
"""

DIALOGUES = [
    # The one that it is about stands in the question before.
    ("《云溪市公共图书馆管理办法》什么时候施行？", "它由谁负责解释？", "由市文化旅游局负责解释"),
    ("《青桥县机动车停车管理规定》制定的目的是什么？", "它什么时候施行？", "自2025年1月1日起施行"),
    ("停车专项规划由哪个部门编制？", "它多久修订一次？", "每五年修订一次"),
    ("什么是僵尸车？", "它由谁清理？", "公告三十日后由县公安局予以清理"),
    ("人民代表大会制度是什么制度？", "它的最大优势是什么？", "是人民代表大会制度的本质特征和最大优势"),
    ("什么是“三有一树”团队？", "它有什么特点？", "心中有激情、干事有本事"),
    ("对“急难愁盼”问题怎么办？", "这些问题由哪些执法检查来解决？", "公共文化服务保障、农民工工资支付"),
    # A part of the question before is replaced.
    ("成年读者一次可以借几册图书？", "那未成年读者呢？", "可以一次借阅图书六册"),
    ("云溪市公共图书馆管理办法什么时候施行？", "那停车管理规定呢？", "自2025年1月1日起施行"),
    ("《云溪市公共图书馆管理办法》第七条规定了什么？", "第十条呢？", "应当在十五日内登记入藏"),
    ("机动车停车管理规定第三条规定了什么？", "那第十三条呢？", "可以在六十日内申请行政复议"),
    # Nothing but the aspect is asked.
    ("擅自设置停车泊位怎么处罚？", "由谁处罚？", "由县城市管理局责令改正"),
    ("读者可以续借图书吗？", "具体怎么办理？", "通过网站或者服务台办理"),
    ("对处罚决定不服可以申请行政复议吗？", "期限多久？", "可以在六十日内申请行政复议"),
    ("停车收费收入归谁？", "用来做什么？", "用于公共停车设施的维护"),
    ("捐赠的图书要登记入藏吗？", "多久？", "应当在十五日内登记入藏"),
    ("读者对服务不满意怎么投诉？", "什么时候答复？", "应当在七个工作日内答复"),
    ("路内停车泊位怎么计费？", "多少钱？", "首小时收费四元"),
    ("新建住宅小区要配建停车泊位吗？", "有什么标准？", "每户一点二个的标准"),
    ("单位夜间向社会开放停车场有补助吗？", "具体有多少？", "每个泊位每年三百元补助"),
    ("路内停车泊位可以临时停用吗？", "为什么？", "因道路施工、抢险救灾确有必要的"),
    ("怎么加强代表工作能力建设？", "还有呢？", "提高代表培训工作的系统化规范化专业化水平"),
    ("今年聚焦哪些方面开展执法检查？", "还有吗？", "农民工工资支付、大气污染防治"),
    ("被任命人员要经过哪些程序？", "然后呢？", "加强被任命人员的任后监督"),
    ("建强“四个机关”是什么意思？", "具体有哪些？", "政治机关、国家权力机关、工作机关、代表机关"),
    # Then-questions, and English.
    ("在馆内吸烟会被罚款吗？", "那由谁来罚？", "由市卫生健康委责令改正"),
    ("停车收费有异议找谁投诉？", "他们多久答复？", "该局应当在十日内答复"),
    ("馆藏发展规划由谁修订？", "几年修订一次？", "每三年修订一次馆藏发展规划"),
    ("图书馆管理办法由哪个部门解释？", "停车管理规定呢？", "本规定由县公安局负责解释"),
    ("停车管理规定从哪天起施行？", "有效期呢？", "有效期五年"),
    ("未成年读者怎么办理借书证？", "他们能借几册？", "可以一次借阅图书六册"),
    ("残疾人驾驶专用车辆停放收费吗？", "其他车辆呢？", "首小时收费四元"),
    ("读者遗失图书怎么赔偿？", "要多长时间内？", "应当在三十日内赔偿同版图书"),
    ("借阅古籍善本复制件要押金吗？", "能退吗？", "归还时全额退还"),
    ("社会捐赠的图书多久登记入藏？", "还会给证书吗？", "向捐赠人颁发证书"),
    ("停车场夜间开放有补助吗？", "钱由谁出？", "县财政给予每个泊位每年三百元补助"),
    ("擅自占用道路设置停车泊位罚多少？", "在消防通道呢？", "处一千元罚款"),
    ("What is the hotline 12345 for?", "who answers it?", "拨打12345热线投诉"),
    ("如何提升立法质量？", "那监督工作呢？", "精准发现问题、着力促进提升"),
    ("读者可以拨打 12345 热线投诉吗？", "when?", "应当在七个工作日内答复"),
    # A pronoun takes the subject without its verb; an aspect takes it too.
    ("石浦灯塔建于哪一年？", "那门票呢？", "成人门票二十元"),
    ("石浦灯塔建于哪一年？", "它由谁负责？", "现由东屿镇文物管理所负责维护"),
    ("石浦灯塔建于哪一年？", "白沙灯塔呢？", "白沙灯塔建于1925年"),
    ("石浦灯塔位于哪里？", "什么时候建成的？", "石浦灯塔建于1911年"),
    ("石浦灯塔位于哪里？", "它的设计者是谁？", "由工程师沈维舟设计"),
    ("石浦灯塔有多高？", "那里的门票多少钱？", "成人门票二十元"),
    ("石浦灯塔什么时候建成？", "这座灯塔的射程是多少？", "灯光射程十八海里"),
    ("石浦渔港有多少渔船？", "它盛产什么？", "盛产带鱼和黄鱼"),
    ("白沙灯塔什么时候停用？", "它有多高？", "高十九米"),
    # Who it was stands in the answer.
    ("石浦灯塔是谁设计的？", "他什么时候出生？", "1879年出生于苏州"),
    ("石浦灯塔是谁设计的？", "他一生建造了几座灯塔？", "他一生主持建造了九座灯塔"),
    ("当事人对停车收费有异议怎么办？", "该局多久答复？", "该局应当在十日内答复"),
    # A contract: the next place, another side of the thing, a verb that the answer uses.
    ("设备租赁合同第三条规定了什么？", "下一条呢？", "支付押金一万二千元"),
    ("设备租赁合同第三条规定了什么？", "上一条呢？", "租赁期限为十二个月"),
    ("设备租赁合同第三条规定了什么？", "第二款呢？", "按欠付金额的千分之一"),
    ("押金是多少？", "它什么时候退？", "七日内无息退还"),
    ("合同可以提前解除吗？", "要提前多久通知？", "提前三十日书面通知"),
    ("承租方可以转租设备吗？", "违反了会怎么样？", "没收押金"),
    ("成年读者一次可以借几册图书？", "借多久？", "借期三十日"),
    ("读者逾期归还图书要交多少滞纳金？", "有上限吗？", "滞纳金累计不超过书价"),
    ("在馆内吸烟怎么处罚？", "这项处罚由谁作出？", "由市卫生健康委责令改正"),
    ("公共图书馆需要的经费从哪里来？", "每年什么时候拨付？", "每年三月底前拨付到位"),
    ("如何提升立法质量？", "举个例子", "物业管理、农贸市场管理"),
    ("图书馆有停机坪吗？", "那自习室呢？", "自习室每日八时至二十二时开放"),
    ("What does a late book cost?", "Is there a maximum?", "never exceeds the price"),
    ("When must a lost book be replaced?", "Why?", "because other readers are waiting"),
    ("How many books may adults borrow?", "What about films?", "Films may be borrowed for three days"),
    ("Who is responsible for complaints?", "How fast are they answered?", "answers them within a week"),
]
LEAST = 62
CHAINS = [
    (("石浦灯塔建于哪一年？", "它有多高？", "门票呢？"), "石浦灯塔的门票", "成人门票二十元"),
    (("石浦灯塔建于哪一年？", "白沙灯塔呢？", "它有多高？"), "白沙灯塔有多高？", "高十九米"),
    (("成年读者一次可以借几册图书？", "未成年读者呢？", "借期呢？"), "未成年读者的借期", "借期四十五日"),
    (("石浦灯塔建于哪一年？", "谢谢", "它由谁负责？"), "石浦灯塔由谁负责？", "现由东屿镇文物管理所负责维护"),
    (("说说石浦灯塔", "门票呢？"), "石浦灯塔的门票", "成人门票二十元"),
    (("在馆内吸烟怎么处罚？", "那由谁作出？"), "在馆内吸烟处罚 由谁作出？", "由市卫生健康委责令改正"),
    (("设备租赁合同第一条是什么？", "下一条呢？", "再下一条呢？"), "设备租赁合同第三条是什么？", "租金每月六千元"),
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    home: Path = tmp_path_factory.mktemp("dialogues")
    with Bot.open(settings=Settings(home=home)) as bot:
        bot.add_bytes("图书馆.txt", READING.encode())
        bot.add_bytes("停车.txt", PARKING.encode())
        bot.add_bytes("石浦灯塔.txt", TOWER.encode())
        bot.add_bytes("设备租赁合同.txt", CONTRACT.encode())
        bot.add_bytes("library.txt", ENGLISH.encode())
        yield bot


def _found(bot: Bot, first: str, second: str, wanted: str) -> tuple[bool, str]:
    """Ask twice; tell whether the wanted words are cited or in the best three passages, and what was searched."""
    answer = bot.ask(second, [(first, bot.ask(first).text)])
    texts = [citation.quote for citation in answer.citations]
    texts += [hit.text for hit in bot.search(answer.query, limit=3)]
    return any(wanted in text for text in texts), answer.query


def test_most_follow_ups_find_their_paragraph(library: Bot) -> None:
    assert len(DIALOGUES) == 68
    missed = []
    for first, second, wanted in DIALOGUES:
        found, query = _found(library, first, second, wanted)
        if not found:
            missed.append(f"{first} / {second} -> {query}: {wanted}")
    assert len(missed) <= len(DIALOGUES) - LEAST, "\n".join(missed)


def test_every_wanted_string_stands_in_one_document(library: Bot) -> None:
    texts = [library.document(info.document_id).text for info in library.documents()]
    for _, _, wanted in DIALOGUES:
        assert sum(wanted in text for text in texts) == 1, wanted


@pytest.mark.parametrize("dialogue", DIALOGUES, ids=lambda dialogue: dialogue[1])
def test_a_follow_up_is_completed_and_a_first_question_is_not(library: Bot, dialogue: tuple[str, str, str]) -> None:
    first, second, _ = dialogue
    answer = library.ask(second, [(first, library.ask(first).text)])
    assert answer.question == second
    assert answer.query != second
    assert library.ask(first, [(DIALOGUES[0][0], "")]).query == first


@pytest.mark.parametrize(("questions", "query", "wanted"), CHAINS, ids=[chain[1] for chain in CHAINS])
def test_a_chain_keeps_its_topic(library: Bot, questions: tuple[str, ...], query: str, wanted: str) -> None:
    history: list[tuple[str, str]] = []
    for question in questions:
        answer = library.ask(question, history)
        history.append((question, answer.text))
    assert answer.query == query
    assert any(wanted in citation.quote for citation in answer.citations)
