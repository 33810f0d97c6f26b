"""What people say for what official texts call by terms of their own: a question with 老板 asks what says 用人单位.

One way only: nobody who writes 用人单位 asks for 老板. Such words find and read, and nothing is counted or claimed by
them. A pair belongs here that holds in most texts; names of the very same thing are in ``abbreviations.py``. ``*``
stands for how much or by whom: 罚 counts in 罚多少 and 怎么罚, not in 罚则; so may short words be asked that mean many
things elsewhere. A verb and its object may come apart: 打人 is said as 打了人 and 把人打了, too.
"""

import re
from functools import cache

from bot.language.folding import fold, is_han
from bot.language.lexicon import HOW, HOW_COLLOQUIAL, HOW_FEW, HOW_MUCH, WHO, any_of
from bot.language.synonyms import Synonym, bounded

_LINES = """
老板: 用人单位, 雇主, 经营者, 公司
公司: 用人单位
员工: 职工, 劳动者, 从业人员
工人: 职工, 劳动者, 从业人员, 作业人员
打工: 务工
派遣工: 被派遣劳动者, 劳务派遣人员, 劳务派遣用工
临时工: 临时用工, 劳务派遣人员, 非全日制用工
新人: 新员工, 试用期员工, 新入职员工, 新入职人员, 新录用
新来的: 新员工, 新入职, 试用期, 新录用
刚入职: 新入职, 试用期
实习生: 实习学生, 实习人员, 见习人员
不上班, 没来上班, 不去上班: 旷工, 缺勤
晚到: 迟到
忘打卡, 忘了打卡: 漏打卡, 未打卡, 缺卡
上班: 出勤, 到岗, 上岗
干活: 作业, 劳动, 施工
生孩子, 生小孩: 生育, 分娩
怀孕: 孕期, 妊娠
怀着孕: 孕期, 妊娠, 怀孕
喂奶, 吃奶: 哺乳
分几次休, 分开休: 分段安排, 分段休, 分次
一次休完: 集中安排, 一次性
没休完, 没休的: 未休, 未使用
没用完: 未使用, 剩余
留到明年: 跨年度, 结转
加班: 延长工作时间
工资: 劳动报酬, 薪酬, 薪资
薪水: 工资, 劳动报酬, 薪酬, 薪资
工钱: 工资, 劳动报酬
发工资: 支付工资, 支付劳动报酬, 工资发放
欠薪: 拖欠工资, 拖欠劳动报酬
欠工资: 拖欠工资, 拖欠劳动报酬, 克扣
不发工资: 拖欠工资, 拖欠劳动报酬, 未及时足额支付
讨薪: 追索劳动报酬, 请求支付劳动报酬
要工资: 请求支付劳动报酬, 追索劳动报酬
涨工资, 加薪: 调薪, 工资调整, 薪酬调整
降工资: 降低工资, 调薪
扣工资: 扣发工资, 克扣工资, 扣减工资, 扣除
扣钱, 扣*: 扣款, 扣除, 扣减, 扣发
开除: 解除劳动合同, 辞退, 除名
开掉: 解除劳动合同, 开除, 辞退
炒鱿鱼: 解除劳动合同, 辞退
劝退: 解除劳动合同
裁员: 裁减人员
被裁: 裁减人员, 经济性裁员, 解除劳动合同
辞职: 解除劳动合同, 离职
不想干了: 解除劳动合同, 离职, 辞职
离职: 解除劳动合同, 终止劳动合同
到期: 届满, 期满
续约: 续订, 续签
续签: 续订
签合同: 订立合同, 签订合同, 订立劳动合同, 订立书面劳动合同
调岗: 调整工作岗位, 岗位调整
副业: 兼职, 兼任
找工作: 求职, 就业
招人: 招用, 招聘, 录用
招工: 招用, 招聘
没工作: 无业, 失业
下岗: 失业
受伤: 负伤
弄伤: 人身伤害, 人身损害
养伤: 停工留薪期
退休金: 基本养老金, 养老金
五险一金: 社会保险, 住房公积金
交社保: 缴纳社会保险费, 参加社会保险
断缴: 中断缴费, 停止缴费
租给别人: 转租, 出租
退租: 解除租赁合同, 终止租赁合同, 提前解除, 提前终止, 终止契约
搬走: 迁出, 搬离, 腾退
赖着不走: 拒不腾退, 拒不退出, 逾期不腾退
群租: 分割出租
坏了: 损坏, 故障, 毁损
弄坏: 损坏, 毁损, 损毁
弄丢, 丢了: 遗失, 丢失
涨房租: 提高租金, 上调租金, 租金调整
欠房租, 不交房租: 拖欠租金, 逾期支付租金
断水断电: 中断供水, 停止供水, 停水停电
买房: 购房, 购买住房
卖房: 出售住房, 房屋买卖
盖房: 建房, 建造房屋
强拆: 强制拆除
拆迁: 房屋征收, 征收, 搬迁
拆迁款: 征收补偿, 补偿款
二手房: 存量房, 存量住房
装修: 装饰装修
拆墙: 承重墙, 承重结构
堆东西: 堆放物品, 堆放杂物
维修基金: 专项维修资金
半夜: 夜间
晚上: 夜间, 晚间
停车位: 车位, 停车泊位, 泊位
车位: 停车泊位, 泊位
停车费: 车辆停放服务, 停放服务费
乱停: 违规停放, 违法停放
往下扔: 抛掷, 高空抛物
打人, 打伤: 殴打, 故意伤害
打架: 斗殴, 殴打
骂人: 侮辱, 辱骂
关*, 被关: 拘留, 羁押
判*: 有期徒刑
坐牢: 有期徒刑, 刑罚
警察: 公安机关, 人民警察, 民警
公安局: 公安机关
报警: 报告公安机关, 报案
偷东西, 小偷: 盗窃
偷税: 逃避缴纳税款, 逃税
逃税: 逃避缴纳税款, 偷税
骗钱: 诈骗, 骗取
骗子: 诈骗
抢东西: 抢夺, 抢劫, 哄抢
喝酒: 饮酒
喝醉: 醉酒
放鞭炮, 放烟花: 燃放烟花爆竹, 燃放
鞭炮: 烟花爆竹
造谣: 散布谣言, 虚构事实
偷拍: 偷窥, 非法拍摄
罚钱, 罚金, 罚*: 罚款
被罚: 罚款, 处罚
追责: 追究责任, 责任追究, 法律责任
担责: 承担责任, 法律责任
告发: 举报, 检举
打官司: 诉讼, 起诉
告到法院: 提起诉讼, 起诉
请律师: 委托律师, 聘请律师, 委托辩护人, 委托诉讼代理人
法援: 法律援助
赔钱: 赔偿, 赔付
犯人: 罪犯, 服刑人员
黑社会: 黑社会性质组织, 有组织犯罪
司机: 驾驶人, 驾驶员
车主: 机动车所有人, 车辆所有人
没驾照: 未取得机动车驾驶证, 无证驾驶
闯红灯: 违反交通信号灯, 交通信号灯
红绿灯: 交通信号灯, 信号灯
超载: 超过核定
撞人, 撞车, 被车撞: 交通事故
公交车: 公共汽车
车牌: 号牌
扣车: 扣留机动车, 扣留车辆
扣分: 记分
狗主人: 养犬人, 饲养人, 犬主
养狗: 养犬, 饲养犬只
遛狗: 携犬, 携带犬只
狗绳, 拴绳: 犬链, 犬绳, 牵引带, 束犬链
狗咬人: 犬只伤人, 伤害他人, 伤人
狗咬了: 犬只伤人, 犬只伤害, 伤害他人
咬人: 伤人, 伤害他人
狗证: 养犬登记证, 养犬登记
狗牌: 犬牌, 养犬登记, 犬只标识
狗叫: 犬吠
流浪狗: 流浪犬, 无主犬
打疫苗: 免疫接种, 接种疫苗, 预防接种
死猪: 病死猪, 病死动物
钓鱼: 垂钓
扔垃圾: 投放, 倾倒垃圾, 丢弃
倒垃圾: 投放, 倾倒垃圾, 倾倒
乱扔, 乱丢: 随意丢弃, 随意抛弃, 随意倾倒, 抛撒
乱倒: 随意倾倒, 倾倒
垃圾桶: 收集容器
没分类, 不分类: 未分类投放, 混合投放, 混投
混在一起: 混合投放, 混合
剩饭, 剩菜: 厨余垃圾, 餐厨垃圾, 餐厨废弃物
泔水: 餐厨垃圾, 餐厨废弃物, 厨余垃圾
旧家具: 大件垃圾
装修垃圾: 建筑垃圾
塑料袋: 塑料购物袋
顾客: 消费者
客人: 消费者, 顾客
买家: 买受人, 消费者
卖家: 经营者, 销售者, 出卖人
商家: 经营者, 商户
外卖: 网络餐饮服务
快递: 快件, 寄递
假货: 假冒伪劣, 伪劣商品
退钱: 退款, 退还, 返还, 退费
退款: 退还, 返还
小票: 购货凭证, 凭证
逼我买, 强买强卖: 强制交易
假广告: 虚假广告
杀熟: 差别待遇, 差别定价
涨价: 提高价格, 价格上涨, 价格调整
乱收费: 违规收费, 擅自收费
多收钱: 违规收费, 多收价款
没标价: 未明码标价, 未标明价格
跑路: 逃匿, 失联
个人资料: 个人信息
刷脸: 人脸识别, 人脸信息, 生物识别
骚扰电话: 商业性信息, 商业信息
摄像头: 视频监控, 监控设备, 图像采集
主动给: 主动提供
卖信息: 出售个人信息, 非法出售
网吧: 互联网上网服务营业场所
黑客: 非法侵入, 网络攻击
交税: 缴纳税款, 纳税, 缴税
税务局: 税务机关
报税: 纳税申报
假发票: 虚开发票, 伪造发票
账本: 会计账簿
做假账: 伪造会计凭证, 会计账簿
晚交, 迟交: 逾期缴纳, 逾期
掏钱, 出钱: 承担, 负担, 出资
送钱: 贿赂, 财物
送礼: 礼品, 财物
收礼: 收受礼品, 收受
收红包: 收受, 礼金
外地: 异地, 域外, 市外, 省外
到账: 发放, 拨付, 支付, 划转
看病: 就医, 就诊, 诊疗
药费, 医药费, 看病的钱: 医疗费用, 医疗费
穷人: 经济困难, 困难群众, 低收入
困难户: 经济困难, 困难群众
低保户: 最低生活保障对象, 最低生活保障家庭
医生: 医师, 医务人员
诊所: 医疗机构
开刀: 手术
药店: 药品零售企业, 药品经营企业
生病: 患病, 疾病
发烧: 发热
医闹: 扰乱医疗秩序, 扰乱
闹事: 扰乱秩序, 扰乱, 寻衅滋事
小孩, 孩子: 未成年人, 儿童, 子女
小朋友: 儿童, 未成年人
宝宝: 婴儿, 新生儿, 婴幼儿
家长: 监护人
爸妈: 监护人, 父母
老师: 教师
打学生: 体罚, 殴打
霸凌: 欺凌
补习班, 辅导班: 校外培训机构, 校外培训
补课: 校外培训
大学生: 高等学校学生, 高校毕业生, 高校学生
职校: 职业学校
作弊: 舞弊, 弄虚作假
抄袭: 剽窃
老婆: 配偶, 妻子
老公: 配偶, 丈夫
妻子, 丈夫: 配偶
两口子: 夫妻
家暴: 家庭暴力
领养: 收养
亲戚: 近亲属, 亲属
家里人: 近亲属, 家庭成员, 亲属
家属: 近亲属, 家庭成员
当官的: 公职人员, 国家工作人员, 领导干部, 公务员
公家的钱: 公款
当兵, 参军: 服兵役, 应征入伍, 服现役
退伍: 退役, 退出现役
退伍兵: 退役士兵, 退役军人
老百姓: 公民, 群众, 居民, 公众
走后门: 徇私舞弊, 请托
村干部: 村民委员会成员
央行: 中国人民银行
订会议室: 预订会议室, 预约会议室, 会议室预订
盖章: 加盖公章, 用印
开证明: 出具证明
批*: 审批, 批准
路费: 交通费, 城市间交通费
车费: 交通费
打车费: 交通费, 出租车费
饭钱: 伙食补助费, 餐费, 伙食费
机票: 飞机票, 乘坐飞机
出差补贴: 差旅费, 出差补助, 伙食补助费
串标: 串通投标
尾款: 余款
晚交货: 逾期交付, 逾期交货
借钱: 借款, 贷款
欠钱: 拖欠, 欠款, 债务
还钱: 偿还, 还款, 清偿
不还钱: 逾期还款, 逾期未还, 不偿还
还不上: 逾期还款, 逾期未还, 无力偿还
担保人: 保证人
押在银行: 抵押
月供: 月还款额
反悔, 后悔: 撤回, 撤销, 解除
解约: 解除合同, 解除
作废: 无效, 失效
霸王条款: 格式条款
办证: 办理许可证, 申领, 取得许可证
没许可证: 未取得许可证, 未取得经营许可证, 未经许可
没执照: 未取得营业执照, 未领取营业执照
开店: 开办, 从事经营
开公司: 设立公司, 设立企业, 设立登记
摆摊: 摊贩, 占道经营
跑几趟: 一次性告知, 一次告知
没带齐: 不齐全, 不完整
材料不全, 材料不齐: 不齐全, 不完整, 补正
替我去, 让别人去: 委托, 代办, 代为
没批, 没报批: 未经批准
私自: 擅自, 未经批准
偷偷: 擅自, 隐匿
造假: 伪造, 弄虚作假, 变造
假材料: 虚假材料, 弄虚作假
假证: 伪造, 变造
撒谎: 隐瞒, 虚假, 谎报
环保局: 生态环境主管部门, 环境保护主管部门
教育局: 教育行政部门, 教育主管部门
工商局: 市场监督管理部门, 工商行政管理部门
市场局: 市场监督管理部门
劳动局: 劳动行政部门, 人力资源社会保障行政部门
房管局: 房产管理部门, 住房城乡建设主管部门
脏水: 污水
砍树: 采伐, 砍伐
挖沙: 采砂
浪费粮食: 食品浪费, 餐饮浪费
抽烟: 吸烟
撂荒: 闲置, 荒芜, 抛荒
烧秸秆: 焚烧秸秆
改密码: 修改密码, 更换密码
忘密码, 忘了密码: 重置密码, 密码重置
自己的电脑: 个人设备, 个人电脑, 私人设备
着火: 火灾
消防通道: 疏散通道, 消防车通道
说出去: 泄露
泄密: 泄露秘密, 泄露商业秘密, 泄露国家秘密
保安, 门卫: 保安员, 安保人员
周末: 休息日, 公休日, 双休日
节假日: 法定节假日, 法定休假日
下个月: 次月
第二年: 次年
网路: 网络
軟體: 软件
硬體: 硬件
伺服器: 服务器
簡訊: 短信
列印: 打印
影印: 复印
計程車: 出租汽车, 出租车
捷運: 轨道交通, 地铁
腳踏車: 自行车, 非机动车
boss: employer, supervisor
fired: dismissed, dismissal, terminated, termination
laid off: redundant, redundancy, layoff
quit: resign, resignation
kids: minors, children
kid: minor, child
paycheck: salary, wages
time off, day off: leave
sick days: sick leave
vacation: annual leave
new hire: probationary employee, new employee
landlord: lessor
tenant: lessee
move out: vacate
money back: refund
fined: fine, penalty
jail: imprisonment, detention
prison: imprisonment
police: public security organ, public security authority
dog owner: keeper
trash, garbage, rubbish: waste, refuse
doctor: physician, medical practitioner
lawyer: attorney, counsel
sue: bring an action, litigation
laptop: portable computer, mobile device
work from home: remote work, telework
"""
_ASKED = "*"
_BETWEEN = "[了过着完]?个?"
_HOW = any_of(HOW, HOW_COLLOQUIAL, (WHO,))
_SO_MUCH = any_of(HOW_MUCH, (HOW_FEW,))


@cache
def everyday_words() -> dict[str, tuple[str, ...]]:
    """Return the official terms of each everyday word; ``*`` is left at its end."""
    lines = (line.split(": ") for line in _LINES.strip().split("\n"))
    return {word: tuple(terms.split(", ")) for words, terms in lines for word in words.split(", ")}


def everyday_of(folded: str, known: tuple[Synonym, ...] = ()) -> tuple[Synonym, ...]:
    """Return the everyday words of a folded question, with the official terms that are not in it.

    ``known`` are its terms that have synonyms: a word inside one of them is none of its own (公司 of 物业公司).
    """
    plain, asked = _patterns()
    found = dict.fromkeys(match[0] for match in plain.finditer(folded))
    words = [(word, everyday_words()[_written_as(word)]) for word in found]
    words += [
        (word, terms)
        for word, (pattern, terms) in asked.items()
        if pattern.search(folded) and not any(word in longer for longer in found)
    ]
    return tuple(
        Synonym(word, others)
        for word, terms in words
        if not any(word in fold(synonym.term) for synonym in known)
        if (others := tuple(term for term in terms if fold(term) not in folded))
    )


@cache
def _written() -> dict[str, str]:
    return {fold(word): word for word in everyday_words() if not word.endswith(_ASKED)}


def _parted(word: str) -> str:
    """Return an expression for a word; one of two characters may be a verb and its object, and come apart (打了人)."""
    if len(word) != 2 or not is_han(word):
        return bounded(word)
    return f"{word[0]}{_BETWEEN}{word[1]}|把{word[1]}{word[0]}"


def _written_as(said: str) -> str:
    """Return the word of the table that is said so."""
    if said in _written():
        return _written()[said]
    return _written()[said[2] + said[1] if said[0] == "把" else said[0] + said[-1]]


@cache
def _patterns() -> tuple[re.Pattern[str], dict[str, tuple[re.Pattern[str], tuple[str, ...]]]]:
    """Return an expression for the words that stand anywhere, the longest first, and one for each that is asked."""
    plain = "|".join(_parted(word) for word in sorted(_written(), key=len, reverse=True))
    asked = {
        word: (re.compile(rf"{_HOW}[来会该要被]?{word}|{word}{_SO_MUCH}"), terms)
        for written, terms in everyday_words().items()
        if (word := written.removesuffix(_ASKED)) != written
    }
    return re.compile(plain), asked
