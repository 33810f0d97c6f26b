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
REQUESTS = ("请问", "告诉我")
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
    *"%‰元角分天日周年月人名次倍级册件家所项个种类条章节款岁米亩吨度层栋辆台套份页字课",
)
"""With which a number is a quantity: 30 个工作日, 5%."""

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
PAPERS = words("通告 公告 纪要 手册 说明书 说明 须知 规划 计划 总结 会议 公约 决定 批复 请示 函")
TEXTS = (*SPEECHES, *words("发言 文档 材料"))
ENGLISH_LAWS = words("law act code regulation regulations rules measures contract agreement treaty")
ENGLISH_PAPERS = words("law act document contract agreement text")
ENGLISH_HOUSE_PAPERS = words("policy manual guide notice minutes report handbook plan")

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
)
"""Sides of a thing that are asked for: its fee, its height, its author."""

VERBS = (
    *spelled("建位属始处死毁葬埋用限源", "于在成"),
    *words("坐落 分布 生活 居住 出生 诞生 毕业 结婚 离婚 去世 逝世 就读 任职 担任 司职 工作 加入 离开 参加 成立 设立"),
    *words("创立 创建 创作 建立 建造 修建 重建 起源 发源 发生 发现 发明 举行 召开 开始 结束 开放 开业 营业 关闭"),
    *words("停止 停用 运行 运营 通车 施行 实施 执行 生效 失效 出版 发表 发布 公布 颁布 设计 制定 修订 修改 废止 解释"),
    *words("规定 要求 禁止 允许 支持 提供 使用 采用 采取 适用 隶属 归 归属 包括 包含 涉及 覆盖 代表 影响 导致"),
    *words("造成 持续 占 占地 投资 投入 盛产 生产 获 获得 拥有 负责 主管 管理 监督 审批 审核 批准 办理 申请 受理"),
    *words("答复 缴纳 支付 赔 赔偿 补偿 处罚 罚款 保修 维修 安装 验收 交付 签订 签署 解除 终止 续签 分为 分成 分几"),
    *words("分别 流经 流入 超过 达 达到 喜欢 知道 认识"),
    *"讲说提写演拍唱吃住买卖叫借还退换交收用做办看去来死怕爱想打开停管算花赚赢输值",
)
"""What a thing or a person does or what is done to it, as questions about it say it."""

RELATIVES = words("父亲 母亲 生母 养母 父母 妻子 丈夫 儿子 女儿 儿女 孩子 家人 家里 兄弟 姐妹 老师 老家 同学 同事")
TIMES_OF_LIFE = words("生前 死后 生日 生平 早年 晚年")
SELVES = words("本人 本身 自己 自身")
ADVERBS = words("主要 通常 一般 大约")
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

# ---- Headers of tables, by what is asked for -----------------------------------------------------------------------

COLUMNS_OF_MONEY = words("费 价 金额 标准 租 补贴 工资 薪 元 price fee cost amount")
COLUMNS_OF_TIME = words("时间 日期 时限 期限 日 time date")
COLUMNS_OF_DURATION = words("时效 时限 期限 天数 时长 周期 年限 duration term period")
COLUMNS_OF_PERSONS = words("人 姓名 负责 主管 经办 审批 owner name contact")
COLUMNS_OF_PLACES = words("地址 地点 位置 楼 层 窗口 房间 科室 address location floor room place")
COLUMNS_OF_CALLS = words("电话 手机 联系 热线 phone tel")
COLUMNS_OF_COUNTS = words("数量 人数 件数 台数 个数 quantity number count")
COLUMNS_OF_NAMES = words("名称 姓名 品名 项目 name item")
TOTALS = words("合计 总计 共计 总和 小计 total")
"""A row of a table with one of these sums up the others."""
LARGEST = words("高 大 多 贵 长 重 远 快 晚 highest largest most longest latest")
SMALLEST = words("低 小 少 便宜 短 轻 近 慢 早 lowest smallest least fewest shortest earliest cheapest")
