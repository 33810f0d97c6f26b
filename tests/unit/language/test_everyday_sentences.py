"""Everyday words at work: questions with the sentences that their words ask for, and with such as they must not."""

import pytest

from bot.language.everyday import everyday_of
from bot.language.folding import fold


def asked_for(question: str, sentence: str) -> set[str]:
    """Return the terms of a sentence that everyday words of a question ask for."""
    said = fold(sentence)
    return {term for word in everyday_of(fold(question)) for term in word.same if fold(term) in said}


SENTENCES = (
    ("合同总金额是多少？", "本合同总价为人民币138万元。", "合同总价"),
    ("質保期多久", "设备保修期为自验收合格之日起三年。", "保修期"),
    ("尾款什么时候给", "余下百分之五作为质量保证金，质保期满后无息退还。", "质量保证金"),
    ("会议几点开始", "会议定于3月5日上午9时在三楼报告厅召开。", "召开"),
    ("回执最晚什么时候交", "请于3月1日前报送参会回执。", "前报送"),
    ("晚上能钻孔吗", "夜间不得从事产生噪声的装修作业。", "夜间"),
    ("旷工三天工资会停发吗", "连续旷工三日的，停止发放当月绩效工资。", "停止发放"),
    ("报纸可以借回家吗", "当日报刊仅限馆内阅览。", "馆内阅览"),
    ("双方谈不拢去哪打官司", "协商不成的，向甲方所在地人民法院提起诉讼。", "协商不成"),
    ("杂志能续借吗", "期刊不予续借。", "期刊"),
    ("帮同事打卡怎么处理", "代他人打卡的，双方各记过一次。", "代他人打卡"),
    ("提前下班扣钱吗", "早退三十分钟以内的，扣除当日餐补。", "早退"),
    ("遣散费给几个月", "按工作年限支付经济补偿，每满一年支付一个月工资。", "经济补偿"),
    ("楼道能放电动车吗", "禁止在公共走道、楼梯间停放车辆。", "楼梯间"),
    ("中介费谁出", "佣金由承租方承担。", "承担"),
    ("过马路看手机罚多少", "行人横过道路时浏览电子设备的，处五十元罚款。", "横过道路"),
    ("开太快罚多少", "超过规定时速百分之五十的，处二百元罚款。", "超过规定时速"),
    ("改分可以申请吗", "考生对成绩有异议的，可以申请成绩复核。", "成绩复核"),
    ("发票丢了还能报吗", "遗失发票的，凭存根联复印件和情况说明报销。", "遗失发票"),
    ("小孩上户口要带什么东西", "出生登记应当提供出生医学证明、父母户口簿。", "出生登记"),
    ("快递丢了赔多少", "快件丢失的，按保价金额赔偿。", "快件丢失"),
    ("吃药以后能开车吗", "服用本品后不得驾驶机动车。", "驾驶机动车"),
    ("大股东能投反对票吗", "控股股东对该项议案应当回避表决。", "控股股东"),
    ("密码多久换一次", "口令应当每九十日更换，更换周期由系统提示。", "更换周期"),
    ("机器开不了机怎么办", "无法启动时，请检查电源线。", "无法启动"),
    ("电焊要办什么手续", "动火作业前应当办理许可证。", "动火作业"),
    ("政府收了多少钱", "全年一般公共预算收入56.2亿元，增长4.8%。", "一般公共预算收入"),
    ("哪些情况保险不赔", "下列情形属于责任免除，本公司不承担给付责任。", "责任免除"),
    ("没拴绳遛狗怎么罚", "携犬出户未束犬链的，处五百元以下罚款。", "未束犬链"),
    ("我被公司开除了怎么办", "违法解除劳动合同的，用人单位应当支付赔偿金。", "解除劳动合同"),
    ("My laptop was stolen, whom do I tell?", "Loss of a device is reported within one hour.", "loss"),
    ("Will my train ticket be paid by the company?", "Second-class fares are reimbursed.", "reimbursed"),
    ("How much notice if I quit?", "An employee who resigns gives thirty days' notice.", "resigns"),
    ("Do I need a doctor's note?", "A medical certificate is required from day three.", "medical certificate"),
    ("Are pets allowed?", "Animals are permitted on the ground floor only.", "permitted"),
)


@pytest.mark.parametrize(("question", "sentence", "term"), SENTENCES)
def test_a_sentence_is_asked_for_by_what_people_say(question: str, sentence: str, term: str) -> None:
    assert term in asked_for(question, sentence)


OTHERS = (
    ("定金能退吗", "订金可以随时要回。"),
    ("交了订金要签合同吗", "给付定金的一方不履行债务的，无权请求返还。"),
    ("辞职要提前几天通知", "用人单位辞退职工的，提前三十日通知。"),
    ("辞退要提前几天通知", "职工离职的，提前三十日通知。"),
    ("罚款交到哪里", "判处罚金的，向人民法院缴纳。"),
    ("罚金交到哪里", "罚款应当在十五日内缴至指定银行。"),
    ("拘留几天", "判处一个月以上六个月以下拘役。"),
    ("拘役多久", "处五日以上十日以下拘留。"),
    ("拘留多久", "批准逮捕后羁押期限不超过二个月。"),
    ("利息怎么付", "本合同总价为人民币138万元。"),
    ("分包要经过谁同意", "严禁转包。"),
    ("法人有哪些权利", "法定代表人由董事长担任。"),
    ("档案怎么管理", "市档案局主管全市档案工作。"),
    ("档案保管多久", "市档案局负责全市档案工作。"),
    ("归谁规定", "由校长办公会决定。"),
    ("第三条规定了什么", "会议决定成立工作专班。"),
    ("程序怎么修改", "房屋由物业维修。"),
    ("怎么交接设备", "水费按季缴纳。"),
    ("怎么发布公告", "补贴按月发放。"),
    ("购房补贴给谁", "住房由单位提供。"),
    ("发车前内退票扣多少", "办理内部退养的，按月领取生活费。"),
    ("特种作业要什么证", "家庭作业不得超过一小时。"),
    ("未成年人能献血吗", "年满十八周岁的公民可以登记。"),
    ("保护工作谁来做", "养老护理员应当持证上岗。"),
    ("三个月试用期够吗", "合同期限为九十日。"),
    ("半年报一次还是一年报一次", "年度报告应当在六月三十日前提交。"),
    ("补助发多少", "奖金按季度考核。"),
    ("住房租赁补贴", "出租人应当交付房屋。"),
    ("投影仪在哪里借", "会议在三楼召开。"),
    ("一批货到了", "采购由总经理审批。"),
    ("Where is the fire exit?", "Employment may be terminated."),
    ("What time is lunch break?", "Damage to the equipment is charged."),
    ("Is the quitclaim deed valid?", "An employee who resigns gives notice."),
    ("Who signs the lease?", "Lead times are two weeks."),
    ("How long is the embossed seal kept?", "The employer keeps the seal."),
)


@pytest.mark.parametrize(("question", "sentence"), OTHERS)
def test_a_sentence_about_something_else_is_not_asked_for(question: str, sentence: str) -> None:
    assert asked_for(question, sentence) == set()
