"""Words that mean the same, as far as a quote's own sentence needs them, and words that add nothing to one."""

from bot.language.lexicon import words

_GROUPS = """
应当 应该 应 必须 须 需要 需
不得 不能 不可以 不允许 禁止 不准 严禁
可以 可 能够 能 有权
但是 但 不过 然而
以及 及 和 与 还有
根据 依据 按照 依照 按
负责 承担 主管
进行 开展 实施
规定 要求 明确
申请 提出申请
提交 递交 报送 上交 交
之日起 起
以内 之内 内
不超过 最多 不多于 至多 不得超过
不少于 至少 不低于 最少 不得少于
超过 多于 高于
期间 期限内
如果 若 假如 一旦
因此 所以 因而
为了 为
立即 马上 即时 立刻
及时 尽快
费用 花费 开支
购买 采购 购置
员工 职工 雇员 工作人员
公司 企业 单位
部门 机构
负责人 主管 领导
办理 处理 办
审核 审查 审批
批准 同意 核准 许可
提供 给出 提交 给予
通知 告知 告诉
支付 给付 付 缴付
缴纳 交纳 交付 支付
赔偿 补偿
处罚 惩处 惩罚
罚款 罚金
设立 成立 建立 设置
位于 坐落于 地处
创立 创办 成立
包括 包含 涵盖 有
分为 分成 划分为
增长 增加 上升 提高 提升 升至 升到
减少 下降 降低
达到 达 为
每年 一年 年均
每月 一个月
时间 时候
开始 起 启动
结束 终止 完成
地点 位置 场所
材料 资料 文件
证明 证据
情况 情形
严重 重大
重要 主要 关键
使用 利用 运用 采用
保存 保管 留存
公布 公开 发布 公示
制定 拟定 制订
执行 实行 施行
发生 出现
违反 违背 不遵守
损害 损坏 破坏
保护 维护 保障
学生 同学
教师 老师
医院 医疗机构
医生 医师
地区 区域
人员 人
当事人 双方
签订 签署 订立
解除 终止
租金 房租
房屋 房子 住房
返还 退还 归还
押金 保证金
逾期 过期 超期 到期未办
目的 宗旨
称为 叫做 叫 称作
去世 逝世 过世
出生 诞生
毕业于 就读于
担任 出任 任
获得 取得 拿到 得到
出版 发行
著名 知名 有名
大约 约 左右
首次 第一次
全国 我国 国内
人民 群众 民众
推动 促进 推进
加强 强化 增强
完善 健全 改进
确保 保证
鼓励 支持
参加 参与
特别 尤其
同时 与此同时
由于 因为 因
所有 全部 一切 全体
没有 无 未
未经 没有经过
必要 需要
即 也就是
自行 自己
共同 一起
单独 独自
处 罚 处以 罚款 罚
体检 受检 检查
提供 提交 出示 出具
无论哪 任何 无论 不论 哪一
首次 新机 第一次
购买 承担 投保
器 机 机器 新机
务必 必须 一定要
缴纳 交纳 收取 交 缴 付
别的 他 其他 其它
送到 运至 送至 运往 运到 送往 运送到
寄达 寄到 送达 寄送
分子 人员 人 者
填写 填报 填
委托 请 托 授权
亲自 本人 自己
无法 不能 未能
开具 出具 开出
扣 扣除 扣减
参保 参加保险 投保
报销 核销
拨付 打到 发放 拨给 汇入 划入
领取 拿到 获取 取得
遗失 丢失 弄丢
迟延 延迟 推迟 延期 顺延
变更 改动 更改 修改 调整 改变 更换 换
拟定 起草
催交 催缴 催
阻隔 阻止 防止 避免
修建 建造 建成 建设 兴建 修筑 筑
击败 打败 战胜
率领 带领
起兵 起义 发动起义 发起义军
贫寒 贫穷 贫困 清寒
著有 撰写 写有
拍摄 拍 参演 出演 主演
生活 栖息 分布 居住
位于 设在 在 处于 坐落
毁损 损坏 破损 损毁
维修 修理 修复 修好
更新 换新 更换
搬迁 迁移 搬出 搬
解约 解除合同
教师 授课教师 老师 授课老师
就业 工作
聘用 录用 雇用 聘请
入住 住进
空置 空着 闲置
书面 书面形式 以书面形式 写成书面
口头 口头形式
电话 联系电话 电话号码
联系 拨打 致电
邮件 电子邮件 邮箱
地址 住址 所在地
密码 口令
宣布 宣告 公布 声明
决定 确定 作出决定
成为 变为 变成
称作 称为 被称为 叫做
安排 定在 定为
计划 打算 拟 预计 预期
投资 投入
用途 用处 作用
危险 风险
后果 结果
程序 流程 手续
步骤 环节
重新 再次 重
中断 暂停 停止
终止 结束 停止
恢复 复原
连续 持续 不间断
全年 整年 一年
按时 按期 准时 如期
同级 同一级
下属 所属
帮助 协助 援助
通过 借助 利用 经由 凭借
形式 方式 途径 办法 渠道
等同 同等 相同 一样 一致
效力 法律效力
收缴 收回 没收 缴回
骗取 骗得 弄虚作假 骗来
撤销 取消 注销
夫妻 夫妇 夫妻俩 夫妻双方
孩子 子女 儿童 小孩
一同 一起 共同
前往 去 到场 到
上涨 涨 增长 上升
幅度 涨幅 增幅
总额 总量 总计
近期 近来 最近
期满 到期 届满
完成 做完 办完 恢复
从事 担任 做
届龄 到龄
达到 到 满 到达
饮用 喝 食用
冲洗 冲 清洗
通水 首次通水 新机通水
耗材 消耗品
承担 负担 出 支付
追究 追责
构成犯罪 犯罪
惩戒 惩罚 处分
公众 社会 大众
发布 公布 播发 发出
签名 签字 署名
印章 盖章 公章
复制件 复印件 复制品
移交 移送 交给 转交
擅自 私自 自行
监护人 家属
报告 上报 汇报 报
作出 做出 下达
实质性 实质
意向书 意向
颁发 发 发给 核发
计算 算起 起算
参照适用 适用
严格 严密
挪作他用 挪用 移作他用 别的用途
免费 无偿 不收费
咨询 咨询服务 解答
应缴 应交
户口 户籍
社保 社会保险
闭馆 不开放 关闭
开放 开门
另行 另外 再
说明 表示 表明 意味着
故障 异常 问题
断电 切断电源 关掉电源
关闭 关掉 关上
同比 较上年 比上年 较去年 比去年
重启 重新启动 再启动
垃圾 废弃物
带薪 有薪
休假 放假 假期 年假
上班 出勤 到岗
加班 延长工作时间
辞职 离职
辞退 开除 解雇 解聘
补助 补贴 津贴
奖励 奖赏 表彰
上限 最高额 最高限额
下限 最低额
大概 大约 约 左右
仅限 只限 限
全部 全额 所有
立刻 立即 马上
"""
GROUPS = tuple(words(line) for line in _GROUPS.strip().splitlines())
"""Groups of which any word may stand for any other; a word may be in several."""
IDLE = frozenset(
    words(
        "一旦 只要 凡是 形式 方式 情况 情形 目前 现在 其中 标准 时间 方面 内容 规定 要求 "
        "相关 有关 具体 主要 一般 进行 开展 工作 问题 需要 可以 也就是说 换句话说 简单来说 总的来说 具体来说 "
        "另外 此外 同时 首先 其次 最后 例如 比如 还有 以及 并且 而且 但是 不过 然而 因此 "
        "所以 因为 由于 如果 的话 也要 都要 就要 还要 就是 也是 均为 属于 即为 分别 依次 "
        "一共 总共 共计 合计 如下 以下 上述 这些 那些 这类 那么 期间 之间 一起 一并 会被 "
        "将被 双方 各方 每方 对方 前者 后者 本人 他们 她们 它们 予以 加以 作为 成为 按规定 依规定 根据规定 按照规定 根据 按照 依据 文件 材料 资料 本文 "
        "文中 申请人 当事人 您 大家 人们 一个 一种 一份 一次 一项 "
    )
)
"""Words that may be put into a sentence, and it says the same."""
ENGLISH_GROUPS = tuple(
    words(line)
    for line in """
must shall has have required should need needs
may can allowed permitted could entitled right
employees staff employee workers worker personnel people
within in inside
before prior ahead
after following once
buy purchase
get receive given obtain gets receives granted entitled
leave holiday vacation
use usage
start begin starts begins commence
end finish ends close
fee charge cost charges fees costs price
pay paid payment
show appear appears shows come comes
switch turn
note written write record noted
approved approves approval approve
rise rises increase increases goes go rising
requested request ask requests
below under underneath
ready hand
inform notify tell told notified informed
provide give supply provided
contact call reach
room office
company firm employer business
document file paper
visitors guests visitor guest
day days daily
year years annual yearly annually
month months monthly
long lasting last lasts
reimbursed refunded repaid
served service serving work worked
""".strip().splitlines()
)
