"""Words of which one is another's opposite, or the other one of a pair: who says one has not said the other."""

from bot.language.lexicon import words

_GROUPS = (
    "甲方 乙方 丙方", "买方 卖方", "买受人 出卖人", "出租人 承租人", "出租方 承租方", "发包人 承包人", "招标人 投标人",
    "债权人 债务人", "原告 被告", "供方 需方", "委托人 受托人", "投保人 保险人", "上级 下级", "上午 下午", "早上 晚上",
    "白天 夜间", "书面 口头", "原件 复印件", "正本 副本", "进口 出口", "国内 国外", "境内 境外", "室内 室外", "校内 校外",
    "国内 国际", "增长 下降", "增加 减少", "提高 降低", "上升 下降", "上涨 下跌", "扩大 缩小", "上调 下调", "有效 无效",
    "合法 违法", "免费 收费", "免费 有偿", "成功 失败", "最大 最小", "最高 最低", "最早 最晚", "最多 最少", "主要 次要",
    "直接 间接", "定期 不定期", "永久 临时", "集中 分散", "自愿 强制", "公立 私立", "公办 民办", "公开 保密", "事前 事后",
    "收入 支出", "男性 女性", "男方 女方", "男职工 女职工", "全职 兼职", "故意 过失", "加热 冷却", "打开 关闭",
    "开启 关闭", "启用 禁用", "输入 输出", "升序 降序", "连续 累计", "从重 从轻", "加重 减轻", "借方 贷方", "应收 应付",
    "事假 病假 年假 婚假 产假 丧假", "年假 病假", "护照 驾驶证", "工作日 节假日", "春季 夏季 秋季 冬季",
    "每年 每月 每周 每季度", "每天 每周 每月", "每日 每周 每月", "每次 每月 每年", "省级 市级 县级 乡级", "一级 二级 三级 四级",
    "小学 初中 高中 大学", "本科 硕士 博士", "本科生 研究生", "学士 硕士 博士", "父亲 母亲", "儿子 女儿", "丈夫 妻子", "哥哥 弟弟",
    "姐姐 妹妹", "东部 西部 南部 北部 中部", "东侧 西侧 南侧 北侧", "东北 西北 东南 西南", "左侧 右侧", "前者 后者",
    "赞成 反对", "同意 反对", "批准 驳回", "胜诉 败诉", "盈利 亏损", "顺差 逆差", "买入 卖出", "购买 出售", "借入 借出",
    "现金 转账", "线上 线下", "电子版 纸质版", "邮寄 现场", "红色 绿色 蓝色 黄色", "开始 结束", "起始 截止", "签订 解除",
    "生产者 销售者 消费者", "用人单位 劳动者", "教师 学生", "医生 护士", "董事会 监事会", "院长 校长", "总经理 董事长",
    "财务部 人事部 行政部 市场部 法务部 采购部 技术部", "财政部 商务部 教育部 公安部 民政部", "固定 浮动", "含税 不含税",
    "公历 农历", "毛重 净重", "税前 税后", "岗前 岗后", "期初 期末", "年初 年末", "月初 月末", "上半年 下半年", "上旬 中旬 下旬",
    "自然日 工作日", "个人 单位", "全额 差额", "全部 部分", "高于 低于", "大于 小于", "多于 少于", "超过 不足", "早于 晚于",
    "优于 劣于", "强于 弱于", "暂停 恢复", "入学 毕业", "入职 离职", "上任 卸任", "出生 去世", "上车 下车", "正数 负数",
    "奇数 偶数", "首次 末次", "长期 短期", "高温 低温", "高压 低压", "阴性 阳性", "急性 慢性", "内服 外用", "饭前 饭后",
    "餐前 餐后", "空腹 饱腹", "主动 被动", "正面 背面 反面", "顺时针 逆时针", "上涨 下降", "口头 书面", "有期 无期", "动产 不动产",
    "城市 农村", "城镇 农村", "中央 地方", "平原 山区", "直辖市 地级市", "法人 自然人", "债务 债权", "所有权 使用权",
    "客户端 服务器", "服务端 客户端", "只读 可写", "同步 异步", "公钥 私钥", "加密 解密", "上传 下载", "开放 关闭",
)  # fmt: skip
_ENGLISH = (
    "before after", "increase decrease", "increases decreases", "increased decreased", "rises falls", "maximum minimum",
    "buyer seller", "tenant landlord", "lessor lessee", "employer employee", "morning afternoon evening", "written oral",
    "front back", "domestic foreign", "domestic international", "full-time part-time", "weekly monthly annual daily",
    "paid unpaid", "open closed", "opens closes", "first last", "import export", "internal external", "north south east west",
    "indoor outdoor", "more less", "more fewer", "most least", "higher lower", "above below", "inside outside", "mother father",
    "son daughter", "gross net", "credit debit", "success failure", "enable disable", "enabled disabled", "mandatory optional",
    "permanent temporary", "public private", "include exclude", "includes excludes", "included excluded", "left right",
    "days weeks months years hours", "working calendar", "accept reject", "allowed prohibited", "on off",
)  # fmt: skip


def _paired(groups: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for group in groups:
        members = words(group)
        for word in members:
            found.setdefault(word, {}).update({other: None for other in members if other != word})
    return {word: tuple(others) for word, others in found.items()}


OPPOSITES = _paired(_GROUPS)
"""Each word with those that it stands against."""
ENGLISH_OPPOSITES = _paired(_ENGLISH)
