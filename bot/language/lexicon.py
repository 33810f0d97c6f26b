"""The lexicon: every class of words once, as plain words. Other modules compose their expressions from these.

A name in the singular is one word; one in the plural, or of a question ("when"), is a class of them. ``any_of`` makes
a class an expression.
"""

import re
from collections.abc import Iterable
from itertools import product


def words(text: str) -> tuple[str, ...]:
    """Return the words of a line, which white space parts."""
    return tuple(text.split())


def spelled(*parts: Iterable[str]) -> tuple[str, ...]:
    """Return every word that one of each of ``parts`` makes: ("哪", "哪一") and "年月" make four words."""
    return tuple("".join(pieces) for pieces in product(*parts))


def any_of(*classes: Iterable[str]) -> str:
    """Return an expression without groups for any word of ``classes``, the longest first; a string is characters."""
    ordered = sorted(dict.fromkeys(word for words_of in classes for word in words_of), key=len, reverse=True)
    if all(len(word) == 1 for word in ordered):
        return f"[{''.join(map(re.escape, ordered))}]"
    return f"(?:{'|'.join(map(re.escape, ordered))})"


# ---- Interrogatives, by what they ask -----------------------------------------------------------------------------

WHAT = "什么"
WHAT_FORMAL = "何"
WHICH = "哪"
WHO = "谁"
HOW_MANY = "多少"
HOW_FEW = "几"
HOW_STEM = "怎"
HOW_SPOKEN = f"{HOW_STEM}么"
HOW_FORMAL = "如何"

WHAT_TIME = spelled((WHAT,), ("时候", "时间"))
WHAT_PLACE = f"{WHAT}地方"
WHAT_SORT = f"{WHAT}样"
WHICH_DATE = spelled((WHICH, f"{WHICH}一"), "年月日天")
WHICH_OF_ALL = f"{WHICH}些"
WHICH_OF_FEW = f"{WHICH}几"
WHICH_ONES = (WHICH_OF_ALL, WHICH_OF_FEW)
WHICH_PLACE = (f"{WHICH}里", f"{WHICH}儿")

INTERROGATIVE_STEMS = (WHAT, WHICH, WHO, HOW_MANY, HOW_FEW, HOW_FORMAL, HOW_STEM)
"""Nearly every interrogative has one of these in it."""

WHEN = (*WHAT_TIME, "何时")
WHERE = (*WHICH_PLACE, WHAT_PLACE)
WHERE_FORMAL = "何地"
WHERE_NEAR = "何处"
PERSONS_ASKED = (WHO, "何人", f"{WHAT}人", f"{WHICH}位", f"{WHICH}些人")
HOW_MUCH = (HOW_MANY, *spelled("多", "大长高久"))
HOW_FAR = "多远"
WHY = ("为什么", "为何")
HOW = (HOW_FORMAL, HOW_SPOKEN, f"{HOW_STEM}样")
HOW_IS_IT = f"{HOW_SPOKEN}样"
WHAT_TO_DO = f"{HOW_SPOKEN}办"
WHAT_IS = (f"{WHAT}是", "何为", "何谓")
WHETHER = ("是否", "是不是", "有没有", "能不能", "可不可以")
ASKING_PARTICLES = ("吗", "呢")
WHAT_COLLOQUIAL = "啥"
HOW_COLLOQUIAL = ("咋样", "咋")
WHY_COLLOQUIAL = (f"为{WHAT_COLLOQUIAL}", "因何", "干嘛")
WHEN_COLLOQUIAL = (*spelled((WHAT_COLLOQUIAL,), ("时候", "时间", "时")), f"{HOW_FEW}时")
HOW_LONG = ("多久", *spelled((HOW_MANY, "多长"), ("时间",)))
REQUESTS = ("请问", "告诉我")
TELLING = (
    *spelled(("", "请"), words("介绍 说明 解释 讲解 说 讲 谈 看 查 问"), ("一下",)),
    *spelled(("请",), words("介绍 说明 解释 讲解 简述 列举 列出")),
    *words("介绍下 说下 讲下 查下 说说 讲讲 谈谈 聊聊 看看 查查 我想问 我想知道 我想了解 想问 想知道 想了解"),
)
"""Words in front of what somebody wants to be told of: 介绍一下, 说说."""
CONDITIONS = words("如果 如果是 要是 假如 假使 倘若 万一 若是")
"""Open a case in which something else may hold: 如果不批."""
EXCEEDING = words("过了 超 超过 超出 超期 超标 超额 逾期 过期 迟到 违反 违约 弄丢 丢失 遗失 损坏 弄坏")
"""What may go wrong with a thing, so that something follows from it."""
COMPARED = "好贵快慢高低多少大小长短远近早晚严重轻"
"""Qualities in which two things are compared."""
LISTING = ("列出", "列举", "罗列")

ENGLISH_INTERROGATIVES = words("what which when where who whom whose why how")

# ---- Numerals ------------------------------------------------------------------------------------------------------

DIGITS = "一二三四五六七八九"
ZEROS = "零〇"
TWO = "两"
TRADITIONAL_TWO = "兩"
TENS = "十百千"
HUNDREDS = TENS[:2]
"""With these and the digits a line is numbered: 二十、, （一百零二）."""
MYRIADS = "万亿"
COUNTABLE = f"二两三四五六七八九{TENS[0]}"
"""Of these a small number of several things is written: 两个, 十二条."""
ENGLISH_NUMERALS = words("two three four five six seven eight nine ten")
"""From two on."""

# ---- Units and measure words ---------------------------------------------------------------------------------------

DIVISIONS = "编章节条款项目"
"""Of a law, from the outermost to the innermost."""
COUNTED_DIVISIONS = "章节条款项点"
"""Of which a text is said to have so many."""
PORTIONS = ("部分", "方面")
"""Of a speech or report."""
SPANS_OF_TIME = words("工作日 个工作日 日 天 个月 年 小时")
UNITS = words("万元 亿元 元 人次 人 名 公里 米 平方米 亩 公顷 吨 册 件 家 所 项 次 岁 倍")
COUNTED_UNITS = "个种类项名人次元万亿%％年月日天家所部条款章点座台辆只件份套岁米里吨倍成分"
"""Characters that begin a unit behind a number."""
MEASURES = (
    *words("个百分点 个工作日 工作日 个月 个小时 小时 分钟 万元 亿元 万人 亿人 公里 千米 平方米 立方米 公顷 公斤 千克"),
    "周岁",
    *"%‰元角分天日周年月人名次倍级册件家所项个种类条章节款岁米亩吨度层栋辆台套份页字课",
)
"""With which a number is a quantity: 30 个工作日, 5%."""

LENGTHS = {"公里": 10**6, "千米": 10**6, "km": 10**6, "米": 1000, "厘米": 10, "毫米": 1}
WEIGHTS = {"吨": 10**6, "公斤": 1000, "千克": 1000, "kg": 1000, "克": 1}
AREAS = {"平方公里": 10**6, "平方千米": 10**6, "公顷": 10**4, "平方米": 1}
DURATIONS = {"小时": 60, "个小时": 60, "分钟": 1}
"""Units of one family with their sizes: 3.5公里 are 3500米."""
ENGLISH_PERCENT = ("percent", "per cent")

SERIES = (
    *words(
        "号楼 号线 号门 号馆 号厅 号桥 号院 号库 号机 号窗口 号地块 号文 号 栋 幢 单元 标段 期 季度 届 级 年级 版 档"
    ),
    *words("楼 室"),
)
"""Behind a number these name one of a series: 二号楼, 三期, 一级."""
ORDERED = words("次 批 轮 组 类 步 名 位 层 天 周 学期 阶段 梯队 产业 方案 版本")
"""These do so behind an ordinal alone: 第二批 is one batch, 二批 are two."""

# ---- Times ---------------------------------------------------------------------------------------------------------

NEAR = "今明去前当"
"""Before 年 or 天: a year or a day counted from now."""
WEEKDAYS = spelled(("周",), "一二三四五六日")
WEEKDAYS_IN_FULL = spelled(("星期",), "一二三四五六日天")
WEEKEND = "周末"
TIMES_OF_DAY = words("夜间 白天 早上 晚上 上午 下午")
HALF_YEARS = words("上半年 下半年")
KINDS_OF_DAY = words("节假日 工作日")

# ---- Names of laws and papers --------------------------------------------------------------------------------------

LAWS = words("法 条例 规定 办法 细则 规则")
CHARTER = "章程"
CONTRACTS = words("合同 协议")
BINDING = (*LAWS, CHARTER, *CONTRACTS)
HOUSE_RULES = words("制度 守则 规程")
CIRCULARS = words("标准 指南 意见 通知 方案")
SPEECHES = words("讲话 报告 文件 文章")
PAPERS = words(
    "通告 公告 纪要 手册 说明书 说明 须知 规划 计划 总结 会议 公约 决定 批复 请示 函"
    " 简章 预案 纲要 准则 公报 简报 声明 倡议书"
)  # fmt: skip
TEXTS = (*SPEECHES, *words("发言 文档 材料"))
ENGLISH_LAWS = words("law act code regulation regulations rules measures contract agreement treaty")
ENGLISH_PAPERS = words("law act document contract agreement text")
ENGLISH_HOUSE_PAPERS = words("policy manual guide notice minutes report handbook plan")

# ---- Who issues papers ---------------------------------------------------------------------------------------------

BODIES = (
    *words("局 委 委员会 政府 法院 检察院 部 厅 办公厅 办公室 处 管理处 中心 公司 学校 大学 医院 集团 协会 学会"),
    *words("研究院 馆 站 银行 社区 党委"),
)
"""How the names of bodies end."""
ENGLISH_BODIES = words(
    "ltd limited inc llc plc corporation company office department ministry committee council commission university"
    " institute agency association bureau"
)
SETTLED = words("通过 修订 修正 公布 发布 印发 颁布 批准 更新")
"""What makes a paper one, on a day."""
ENGLISH_MONTHS = words("jan feb mar apr may jun jul aug sep oct nov dec")

# ---- Pronouns ------------------------------------------------------------------------------------------------------

IT = "它他她"
"""Other words and names begin with these: 他乡, 它山堰."""
THEY = spelled(IT, ("们",))
ITS = "其"
ITS_WORDS = "他它中余实次间"
"""Behind 其 these make another word of it: 其他, 其实."""
THIS_OR_THAT = "这那"
THIS = "该此这"
HERE = spelled(THIS_OR_THAT, "里儿")

# ---- What is said of things ----------------------------------------------------------------------------------------

MUST = words("应当 应该 必须 需要")
MAY = words("可以 允许")
MUST_NOT = words("不得 不能 禁止 不予")
OFFICES = words("部门 单位 机关 机构")
POSTS = (
    *words("董事长 理事长 秘书长 检察长 会长 院长 校长 局长 处长 科长 部长 厅长 市长 县长 区长 镇长 乡长 省长 州长"),
    *words("所长 站长 馆长 厂长 行长 社长 队长 组长 班长 庭长 园长 店长 主任 书记 主席 总理 总统 总经理 经理 总裁"),
    *words("总监 主编 总编辑 总工程师"),
)
LISTED = (
    *words("任务 措施 举措 要求 步骤 条件 职责 义务 权利 职权 原则 流程 程序 做法 方面 事项 要点 目标 材料 情形 途径"),
    *words("环节 办法 工作 内容 规定 安排 部署 建议 意见 重点"),
)
"""Nouns of which there are several wherever they stand."""

SIDES = (
    *words("期 期限 时间 地点 地址 电话 费 费用 金额 标准 条件 材料 手续 原因 目的 依据 责任 后果 比例 数量 人数"),
    *words("面积 程序 流程 步骤 高度 长度 宽度 深度 厚度 速度 温度 价格 规格 票 门票 票价 房价 租价 定价 租金 押金"),
    *words("利率 设计者 设计师 作者 负责人 背景 历史 来源 来历 结构 人口 气候 作用 意义 特点 特征 优点 缺点 影响"),
    *words("范围 对象 方式 方法 内容 名称 用途 功能 性质 规模 重量 产量 总量 结果 上限 下限 例外"),
    *words("工资 待遇 奖金 补贴"),
)
"""Sides of a thing that are asked for: its fee, its height, its author."""

VERBS = (
    *spelled("建位属始处死毁葬埋用限源", "于在成"),
    *words("坐落 分布 生活 居住 出生 诞生 毕业 结婚 离婚 去世 逝世 就读 任职 担任 司职 工作 加入 离开 参加 成立 设立"),
    *words("创立 创建 创作 建立 建造 修建 重建 起源 发源 发生 发现 发明 举行 召开 开始 结束 开放 开业 营业 关闭"),
    *words("停止 停用 运行 运营 通车 施行 实施 执行 生效 失效 出版 发表 发布 公布 颁布 设计 制定 修订 修改 废止 解释"),
    *words("规定 要求 禁止 允许 支持 提供 使用 采用 采取 适用 隶属 归 归属 包括 包含 涉及 覆盖 代表 影响 导致"),
    *words("造成 持续 占 占地 投资 投入 盛产 生产 获 获得 拥有 负责 主管 管理 监督 审批 审核 批准 办理 申请 受理"),
    *words("维护 保管 检查"),
    *words("答复 缴纳 支付 赔 赔偿 补偿 处罚 罚款 保修 维修 安装 验收 交付 签订 签署 解除 终止 续签 分为 分成 分几"),
    *words("分别 流经 流入 超过 达 达到 喜欢 知道 认识"),
    *"讲说提写演拍唱吃住买卖叫借还退换交收用做办看去来死怕爱想打开停管算花赚赢输值",
)
"""What a thing or a person does or what is done to it, as questions about it say it."""

RELATIVES = words("父亲 母亲 生母 养母 父母 妻子 丈夫 儿子 女儿 儿女 孩子 家人 家里 兄弟 姐妹 老师 老家 同学 同事")
TIMES_OF_LIFE = words("生前 死后 生日 生平 早年 晚年")
SELVES = words("本人 本身 自己 自身")
ADVERBS = words("主要 通常 一般 大约")
SINGLE_VERBS = (
    "判丢扣报发放修打拨罚赔养带拿给找签订送领补催治占定配挖扔停收交退换借还买卖租开关办查看算吃住做用去来说讲让叫问"
    "写教穿戴断缴改变坐考调乘骑挂"
)
"""Verbs of one character: standing by themselves they belong to no term."""
GENERAL = (
    *words("目前 现在 截至 期间 方面 情况 情形 问题 东西 地方 事情 工作 时候 方式 形式 有关 相关"),
    *words("所有 全部 部分 对于 关于 针对 按照 根据 依照 由于 因为 如果 以及 或者 并且 已经 正在"),
    *words("曾经 一直 一般 一下 一次 一个 一种 一样 这个 那个 这样 那样 这里 那里 我们 你们 他们"),
    *words("我国 本市 全国 自己 大家 别人 人员 以后 以前 之后 之前 之内 之外 以来 今年 去年 明年"),
    *words("平时 期内 各级 各地 本地 当地 其中 其他 下列 上述 多少 几个 哪些 什么 是否 能够 可以"),
    *words("做好 做到 做出 加快 加强 提出 出现 发生 达到 受到 给予 采取 提供 取得 推出 出台 开展"),
    *words("实行 实施 发布 印发 公布 进行 作出 进入 成为 属于 作为 获得 得到 享受 利用 通过 包括"),
    *words("涵盖 确保 保障 支持 推动 促进 降低 提高 增加 减少 超过 扩大 调整 知道 了解 查看 看到"),
    *words("找到 拿到 收到 还能 使用 需要 应对 帮助 参与 参加 完成 解决 继续 开始 结束 最后 要求"),
    *words("规定 说明 举行 举办 召开 选择 导致 造成 产生 成立 建立 设立 启动 启用 开通 优化 简化"),
    *words("涉及 处理 具有 必需 较大 严重 天天 每天 每年 每月 最多 最少 最高 最低 至少 大约 左右"),
    *words("以上 以下 以内 拥有 位于 正常 及时 直接 统一 突然 经常 优先 随便 事先 打算 考虑 意思"),
    *words("总结 概括 概述 归纳 次数 号码 联系 实际 一点 不变 不许 不准 不起 不了 不到 不及 要先"),
    *words("要走 要做 要交 让我 告诉 介绍 请问"),
    *words("办理 受理 发放 提交 负责 全力 强调 履行 拨打 控制 一步 进一步 上午 下午 早上 晚上 部门 渠道 原因 事项"),
    *words("没有 主要 具体 还没 内容 昨天 今天 明天 后天"),
)
"""Words that any question may use of anything: of none of them it is worth saying that it occurs nowhere."""
MODIFIERS = "新老旧大小男女副总高低多双全非湿干冷热软硬红黄蓝绿黑白"
"""Begin a term together with the word behind them: 女员工."""
SUFFIXES = "会"
"""Behind another word these may belong to it, whatever they mean by themselves: 亚运会."""
PLACE_ENDS = "省市县区镇乡村州盟旗局部委厅署路街"
"""Ends of names of places and offices, behind which another term begins: 北京市|房屋建筑."""

FUNCTION_CHARACTERS = (
    "是有会能可应要须必需得不没未曾已将正还也又再都就才只仅现目当最很更总共一两每各何哪谁多几"
    "自从在到由约周对给向被把让叫为以按跟与和同"
)
"""Begin auxiliaries, adverbs, prepositions and interrogatives: words that no name goes on with."""

# ---- English words of every question -------------------------------------------------------------------------------

ENGLISH_BE = words("is are was were be")
ENGLISH_DO = words("do does did")
ENGLISH_MODALS = words("can could may must should will would")
ENGLISH_ARTICLES = words("the a an")
ENGLISH_PREPOSITIONS = words("of in on to for by with at from as about")
ENGLISH_GENERAL = words(
    "get got make made need needs want use used take takes give given go goes come work works worked cost costs offer"
    " offers pay pays provide provides require requires required allow allows allowed apply applies include includes"
    " won win wins become find happen happens start starts end ends first last each every most least more less just"
    " only also when while within between this that these those own someone themselves himself yourself currently"
)
"""Words that any question may use of anything."""

# ---- Headers of tables, by what is asked for -----------------------------------------------------------------------

COLUMNS_OF_MONEY = words("费 价 金额 标准 租 补贴 工资 薪 元 price fee cost amount")
COLUMNS_OF_TIME = words("时间 日期 时限 期限 日 time date")
COLUMNS_OF_DURATION = words("时效 时限 期限 天数 时长 周期 年限 duration term period")
COLUMNS_OF_PERSONS = words("人 姓名 负责 主管 经办 审批 owner name contact")
COLUMNS_OF_PLACES = words("地址 地点 位置 楼 层 窗口 房间 科室 address location floor room place")
COLUMNS_OF_CALLS = words("电话 手机 联系 热线 phone tel")
COLUMNS_OF_REMEDIES = words("处理 处置 措施 对策 解决 应对 action remedy solution")
COLUMNS_OF_COUNTS = words("数量 人数 件数 台数 个数 quantity number count")
COLUMNS_OF_NAMES = words("名称 姓名 品名 项目 name item")
TOTALS = words("合计 总计 共计 总和 小计 total")
"""A row of a table with one of these sums up the others."""
LARGEST = words("高 大 多 贵 长 重 远 快 晚 highest largest most longest latest")
SMALLEST = words("低 小 少 便宜 短 轻 近 慢 早 lowest smallest least fewest shortest earliest cheapest")

FORM_LABELS = words(
    "姓名 性别 年龄 出生年月 民族 籍贯 政治面貌 婚姻状况 学历 学位 专业 毕业院校 学校 单位 部门 岗位 职务 职称 职位"
    " 级别 名称 日期 时间 地点 地址 住址 邮编 电话 手机 手机号 邮箱 传真 号码 编号 证号 账号 开户行 户名 备注 说明"
    " 意见 事由 原因 理由 用途 类型 类别 方式 金额 数量 负责人 联系人 经办人 申请人 审批人 签字 签名 盖章 法定代表人"
    " 期限 有效期 特长 爱好 健康状况"
    " name gender sex age date time place address phone telephone mobile email e-mail fax department"
    " position title company number remarks notes reason purpose amount signature birth nationality"
)
"""What forms ask for: a label ends with one of these."""
