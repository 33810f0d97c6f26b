"""English terms of offices, law and public services with their Chinese ones: a part of ``bot.language.glossary``."""

LINES = """
annual leave, paid leave, paid annual leave: 年休假, 带薪年休假, 年假; sick leave, sickness leave: 病假
maternity leave: 产假; paternity leave: 陪产假, 护理假; marriage leave, wedding leave: 婚假; bereavement leave: 丧假
parental leave: 育儿假; personal leave: 事假; leave of absence, special leave: 休假, 请假
statutory holiday: 法定节假日, 法定休假日; public holiday: 法定节假日, 节假日; rest day: 休息日
holiday: 假期, 节日, 休假; overtime: 加班, 延长工作时间; overtime pay: 加班费, 加班工资
working hours, working time: 工作时间, 上班时间; working day, work day, business day: 工作日; attendance: 考勤, 出勤
absenteeism, absent without leave: 旷工; absence: 缺勤, 缺席; be late, arrive late: 迟到; shift: 轮班, 班次
night shift: 夜班; on duty: 值班; remote work, work from home, telework: 远程办公, 居家办公; flexible working: 弹性工作
employer: 用人单位, 雇主; employee, staff, staff member: 职工, 员工, 劳动者; worker, labourer, laborer: 工人, 劳动者
labour, labor: 劳动; employment: 就业, 用工, 雇用; employ: 雇用, 聘用, 录用
recruit, recruitment, hire, hiring: 招聘, 招用, 录用; vacancy, job opening: 空缺, 岗位空缺; candidate: 候选人, 应聘者
applicant: 申请人; interview: 面试; probation, probation period, probationary period, trial period: 试用期
labour contract, labor contract, employment contract: 劳动合同; contract: 合同, 契约; written contract: 书面合同
agreement: 协议, 协定; terms and conditions: 条款; clause: 条款; sign a contract: 签订合同, 订立合同
sign: 签订, 签署, 签字; signature: 签名, 签字; seal: 公章, 印章, 盖章; renew, renewal: 续签, 续订, 延期, 续借
terminate, termination: 终止, 解除; dismiss, dismissal: 辞退, 解雇, 开除, 免职
layoff, lay off, redundancy: 裁员, 裁减人员; resign, resignation: 辞职, 离职; leaving the company: 离职
retire, retirement: 退休; severance, severance pay: 经济补偿, 遣散费; notice period: 通知期, 提前通知
pension: 养老金, 退休金; wage, salary, pay: 工资, 薪酬, 薪资, 劳动报酬; minimum wage: 最低工资; bonus: 奖金
allowance: 津贴, 补贴, 补助; payroll: 工资表, 发薪; payday: 发薪日, 工资发放日; income: 收入; promotion: 晋升, 升职
transfer: 调动, 转让, 转移; performance review, appraisal: 绩效考核, 考核; assess, assessment: 评估, 评定, 考核
discipline: 纪律, 处分; trade union, labour union, labor union: 工会; collective agreement: 集体合同
labour dispute, labor dispute: 劳动争议; arbitration, arbitrate: 仲裁; mediation, mediate: 调解; conciliation: 调解
work injury, work-related injury: 工伤; occupational disease: 职业病; disability: 残疾, 伤残; disabled: 残疾人, 伤残
injury, injured, injure: 受伤, 伤害, 损伤; insurance: 保险; insurer, insurance company: 保险公司, 保险机构, 保险人
insured: 被保险人, 参保; social insurance: 社会保险, 社保; social security: 社会保障, 社会保险
medical insurance, health insurance: 医疗保险, 医保; unemployment insurance: 失业保险; unemployment: 失业
pension insurance: 养老保险; maternity insurance: 生育保险; housing fund, provident fund: 住房公积金, 公积金
premium: 保险费, 保费; claim: 索赔, 理赔, 申领; policyholder: 投保人; beneficiary: 受益人; coverage: 保障范围, 覆盖
tax: 税款, 税收, 纳税; taxpayer: 纳税人; tax return: 纳税申报; income tax: 所得税; value added tax, vat: 增值税
tax rate: 税率; tax authority, tax bureau: 税务机关, 税务局; tax evasion: 逃税, 偷税
exempt, exemption: 免除, 豁免, 免征, 免于; deduct, deduction: 扣除, 扣减; invoice: 发票; receipt: 收据, 票据
customs: 海关; tariff: 关税; fine: 罚款; penalty: 罚款, 处罚, 违约金; punish, punishment: 处罚, 惩罚, 刑罚
sanction: 制裁, 处分; administrative penalty: 行政处罚; detention: 拘留; detain: 拘留, 扣留, 羁押
administrative detention: 行政拘留; imprisonment: 有期徒刑, 监禁; warning: 警告; confiscate, confiscation: 没收
revoke, revocation: 吊销, 撤销; suspend, suspension: 暂停, 中止, 停业; illegal, unlawful: 违法, 非法
violate, violation: 违反; breach: 违约, 违反; breach of contract: 违约; liability, liable: 责任
legal liability: 法律责任; responsible, responsibility: 负责, 责任; obligation: 义务; duty: 职责, 义务; right: 权利
rights and interests: 权益; damages: 损害赔偿, 赔偿; compensate, compensation: 赔偿, 补偿; damage: 损害, 损坏, 损失
loss: 损失, 丢失, 遗失; negligence: 过失; intentional, intentionally: 故意; serious: 严重; minor: 未成年人
prohibit, prohibited, forbid, forbidden, banned: 禁止, 不得; restrict, restricted, restriction: 限制
allow, allowed, permitted: 允许, 准许; permission: 许可, 同意; licence, license: 许可证, 执照, 许可
business licence, business license: 营业执照; permit: 许可证, 许可; certificate: 证书, 证明
driving licence, driving license, driver's license, driver's licence: 驾驶证, 驾照; identity card, id card: 身份证
passport: 护照; visa: 签证; household register, household registration: 户口簿, 户籍, 户口
birth certificate: 出生证明, 出生医学证明; marriage certificate: 结婚证; residence permit: 居住证; proof: 证明, 凭证
evidence: 证据; original: 原件; copy: 复印件, 副本; photo, photograph: 照片; application form: 申请表, 申请书
form: 表格; document, papers, paperwork: 文件, 材料, 证件; material: 材料, 资料
false information, false material: 虚假材料, 虚假; fake, forged, forge, counterfeit: 伪造, 假冒; fraud: 欺诈, 诈骗, 骗取
bribe, bribery: 贿赂, 行贿, 受贿; corruption: 腐败, 贪污; gift: 礼品, 礼物; court: 法院, 人民法院; judge: 法官, 审判员
lawsuit, litigation, sue: 诉讼, 起诉; appeal: 上诉, 申诉; plaintiff: 原告; defendant: 被告; witness: 证人
lawyer, attorney: 律师; notary, notarise, notarised, notarized: 公证; administrative reconsideration: 行政复议
hearing: 听证; judgment, verdict: 判决; ruling: 裁定, 裁决; legal aid: 法律援助; crime: 犯罪; criminal: 刑事, 犯罪
criminal liability: 刑事责任; offence, offense: 违法行为, 罪行; theft, steal: 盗窃; robbery: 抢劫; assault: 殴打
victim: 受害人, 被害人; suspect: 嫌疑人; police: 公安机关, 警察, 民警; public security: 公安, 治安
police station: 派出所; prosecutor: 检察官, 检察院; prison: 监狱; law: 法律, 本法; regulation: 条例, 规定, 法规
rules: 规则, 规定, 细则; measures: 办法, 措施; provision: 规定, 条款; policy: 政策; constitution: 宪法
civil code: 民法典; article: 条文; chapter: 章节; annex, appendix: 附件, 附录
take effect, come into force, enter into force, effective date: 施行, 生效, 实施; effective: 生效, 有效; valid: 有效
validity, validity period, period of validity: 有效期; invalid, void: 无效; expire, expiry, expiration: 到期, 届满, 过期
amend, amendment: 修订, 修正, 修改; repeal: 废止; promulgate: 公布, 颁布; implement, implementation: 实施, 执行
issue: 发布, 颁发, 签发; publish, publication: 发布, 公布, 出版; announce, announcement: 公告, 公布, 宣布
public notice, notice: 公告, 通知, 公示; notify, notification, inform: 通知, 告知; report: 报告, 举报, 报送
whistleblower, informant: 举报人; complain, complaint: 投诉; objection: 异议; oppose: 反对; hotline: 热线
apply, application: 申请, 申报; approve, approval: 批准, 审批, 核准, 同意; reject, refuse, rejection: 拒绝, 驳回, 不予
submit, submission, hand in: 提交, 报送, 递交; register, registration: 登记, 注册, 报名
cancel, cancellation: 取消, 撤销, 注销; review, examine, examination: 审查, 审核, 复核
verify, verification: 核实, 核验, 验证; inspect, inspection: 检查, 检验; supervise, supervision: 监督, 监管
supervisor: 主管, 监督员; audit: 审计; acceptance: 验收, 受理; accept: 受理, 接受; fill in, fill out: 填写
collect: 领取, 收集, 征收; pick up: 领取, 取件; appointment: 预约, 任命; booking: 预订, 预约
reserve, reservation: 预约, 预订, 保留; queue: 排队; window, counter, service desk: 窗口, 服务台; handle: 办理, 处理
procedure: 程序, 手续, 流程; process: 流程, 过程; step: 步骤; deadline, time limit: 期限, 截止, 时限
closing date: 截止日期; extend, extension: 延长, 延期, 展期; postpone: 推迟, 延期; delay: 延误, 迟延, 拖延
in advance, advance: 提前, 预先, 预付; in writing, written: 书面; orally, verbal: 口头
authorise, authorize, authorisation: 授权, 委托; power of attorney: 授权委托书; agent, agency: 代理人, 代理机构, 机构
representative: 代表, 代理人; legal representative: 法定代表人; principal: 委托人, 校长; entrust: 委托
third party: 第三方, 第三人; party: 当事人; person in charge: 负责人; contact person: 联系人; contact: 联系, 联系人
requirement: 要求, 条件; condition: 条件; qualification, qualified, eligible, eligibility: 资格, 资质, 符合条件
standard: 标准; principle: 原则; scope: 范围; exception: 例外, 除外; definition: 定义, 是指; purpose: 目的
reason: 原因, 理由; opening hours, business hours, office hours: 开放时间, 营业时间, 办公时间; open: 开放
closed: 关闭, 闭馆, 停业; fee: 费用, 收费; fees: 费用, 收费; charge: 收费, 收取; cost: 费用, 成本; price: 价格, 价款
free of charge, free: 免费; discount: 折扣, 优惠; refund: 退款, 退还, 退费; payment: 付款, 支付, 缴纳
payable: 应付, 支付; pay back, repay: 偿还, 还款; prepayment, advance payment: 预付款; instalment, installment: 分期
deposit: 押金, 保证金, 定金, 存款; surcharge: 附加费; late fee, late payment: 滞纳金, 逾期; bank account: 银行账户
account: 账户, 账号; bank transfer, remittance: 转账, 汇款; cash: 现金; cheque: 支票; credit card: 信用卡
currency: 货币; exchange rate: 汇率; interest: 利息; interest rate: 利率; loan: 贷款, 借款; borrow: 借用, 借阅, 借款
lend: 出借; borrower: 借款人, 借阅人; lender: 贷款人, 出借人; debt: 债务, 欠款; creditor: 债权人; debtor: 债务人
guarantee: 保证, 担保; guarantor: 担保人, 保证人; mortgage: 抵押; collateral: 抵押物; invest, investment: 投资
investor: 投资者, 投资人; shareholder: 股东; share: 股份; stock: 股票, 库存; bond: 债券; fund: 资金, 基金
subsidy, subsidies, subsidise: 补贴, 补助; grant: 资助, 授予; budget: 预算; expenditure, expense: 支出, 费用, 经费
revenue: 收入, 营收; profit: 利润; accounting: 会计, 核算; accountant: 会计; finance, financial: 财政, 财务, 金融
bankrupt, bankruptcy: 破产; procurement, purchasing: 采购; purchase, buy: 购买, 采购
purchaser, buyer: 采购人, 买方, 买受人; seller: 卖方, 出卖人; sell, sale: 销售, 出售; supplier, vendor: 供应商, 供货方
tender, bid: 投标, 招标; bidder: 投标人; invitation to tender, call for tenders, tendering, bidding: 招标
tenderer: 投标人; bid opening: 开标; bid evaluation: 评标; winning bidder, successful bidder: 中标人
bid bond, bid security: 投标保证金; quotation, quote: 报价; specification: 规格, 技术要求
deliver, delivery: 交货, 交付, 送达, 配送; shipment: 装运, 发货; warranty: 保修, 质保; maintenance: 维护, 保养, 维修
repair: 维修, 修理; replace, replacement: 更换, 替换; spare part: 备件, 配件; install, installation: 安装
contractor: 承包人, 承包商; subcontract, subcontracting: 分包; project: 项目, 工程; construction: 施工, 建设
construction site: 工地, 施工现场; client: 客户, 委托方; customer: 客户, 顾客; consumer: 消费者; merchant: 商家, 商户
business operator: 经营者; operator: 经营者, 运营商, 操作人员; goods, merchandise, commodity: 商品, 货物; product: 产品
service: 服务; quality: 质量; brand: 品牌; trademark: 商标; patent: 专利; copyright: 著作权, 版权
intellectual property: 知识产权; infringe, infringement: 侵权, 侵犯; advertisement: 广告; business trip: 出差
travel expense, travel expenses: 差旅费; travel: 旅行, 出差, 旅游; reimburse, reimbursement: 报销
accommodation, lodging: 住宿; hotel: 酒店, 宾馆, 住宿; per diem, daily allowance: 每日补助, 伙食补助, 补贴
meal allowance: 伙食补助, 餐补; meal: 餐费, 用餐, 伙食; first-class city, first-tier city: 一线城市, 一类城市
flight: 航班; air ticket, plane ticket: 机票; economy class: 经济舱; business class: 公务舱, 商务舱
first class: 头等舱, 一等座; second class: 二等座; train: 火车, 列车; high-speed rail, high-speed train: 高铁
taxi: 出租车, 打车; mileage: 里程; luggage, baggage: 行李; destination: 目的地; visitor: 访客, 参观者; housing: 住房
house: 房屋, 住宅; apartment, flat: 公寓, 住宅; rent: 租金, 房租; rental: 租赁, 租金; lease: 租赁, 租约
landlord, lessor: 出租人, 房东; tenant, lessee: 承租人, 租户, 租客; sublet, sublease: 转租
property management: 物业管理, 物业服务; property: 财产, 物业; owner: 业主, 所有人, 主人; ownership: 所有权
real estate: 房地产, 不动产; land: 土地; land use: 土地使用; homeowner: 业主; owners' committee: 业主委员会
demolition: 拆除, 拆迁; expropriation: 征收; decoration, renovation: 装修, 装饰; building: 建筑, 建筑物, 大楼
floor: 楼层; elevator, lift: 电梯; room: 房间; parking: 停车; parking space, parking lot: 停车位, 停车场, 车位
parking fee: 停车费; tap water: 自来水; water supply: 供水; water outage, water cut: 停水; power supply: 供电
power outage, power cut: 停电; electricity: 电力, 用电, 电费; electricity bill: 电费; water bill: 水费
meter reading: 抄表; heating: 供暖, 供热, 采暖; gas: 燃气, 气体; dog: 犬只, 养犬, 宠物犬; pet: 宠物; leash: 犬绳, 牵引
rabies: 狂犬病; vaccinate, vaccination: 接种, 免疫; vaccine: 疫苗; garbage, rubbish, trash, refuse sorting: 垃圾
garbage sorting, waste sorting: 垃圾分类; waste: 废物, 垃圾, 废弃物; kitchen waste, food waste: 厨余垃圾, 餐厨垃圾
recyclable: 可回收物; recycle, recycling: 回收; hazardous waste: 有害垃圾, 危险废物; privacy: 隐私
personal information, personal data: 个人信息; data: 数据; data protection: 数据保护, 信息保护; consent: 同意
confidential, confidentiality: 保密, 机密; trade secret: 商业秘密; leak: 泄露, 泄漏; delete, deletion: 删除
retain, retention: 保存, 留存; processor: 处理者, 处理器; traffic: 交通; traffic accident: 交通事故
vehicle: 车辆, 机动车; motor vehicle: 机动车; driver: 驾驶人, 驾驶员, 司机; drive, driving: 驾驶, 行驶
drunk driving, drink driving: 醉酒驾驶, 酒后驾驶; speed limit: 限速; speeding: 超速; red light: 红灯
electric bicycle, e-bike: 电动自行车; bicycle: 自行车; helmet: 头盔; number plate, license plate: 号牌, 车牌
pedestrian: 行人; passenger: 乘客; road: 道路; highway, motorway, expressway: 高速公路; bus: 公交车, 公共汽车
subway, metro: 地铁; ticket: 车票, 门票; station: 车站; airport: 机场; railway: 铁路; port: 港口
transport, transportation: 运输, 交通; training: 培训; trainee: 学员; course: 课程; school: 学校; student: 学生
pupil: 小学生, 学生; teacher: 教师, 老师; parent: 家长, 父母; guardian: 监护人; kindergarten: 幼儿园
primary school: 小学; middle school, secondary school: 中学; high school: 高中; university: 大学; college: 学院
tuition, tuition fee: 学费; scholarship: 奖学金; enrol, enroll, enrolment, enrollment: 入学, 招生; degree: 学位
diploma: 文凭, 毕业证; graduate, graduation: 毕业; exam: 考试; score: 分数, 成绩; dormitory: 宿舍; classroom: 教室
lecture: 讲座; semester: 学期; education: 教育; compulsory education: 义务教育; tutor: 辅导, 导师; library: 图书馆
reader: 读者; borrowing period, loan period: 借阅期限, 借期; overdue: 逾期; museum: 博物馆; park: 公园
swimming pool: 游泳馆, 泳池; gym: 健身房, 体育馆; exhibition: 展览; canteen: 食堂; hospital: 医院
doctor, physician: 医生, 医师; nurse: 护士; patient: 患者, 病人; clinic: 诊所, 门诊; outpatient: 门诊; inpatient: 住院
hospitalisation, hospitalization: 住院; surgery: 手术; disease, illness: 疾病, 患病
medicine, drug, medication: 药品, 药物; prescription: 处方; treatment: 治疗; diagnosis: 诊断
medical institution: 医疗机构; medical certificate, doctor's certificate, doctor's note: 医生证明, 诊断证明, 病假条
medical expense: 医疗费; medical: 医疗; infectious disease: 传染病; epidemic: 疫情; blood: 血液
pregnant, pregnancy: 怀孕, 妊娠, 孕妇; birth: 出生, 生育; childbirth: 分娩, 生育; adopt, adoption: 收养; adopter: 收养人
orphan: 孤儿; stepchild, stepson, stepdaughter: 继子女; child, children: 儿童, 子女, 孩子; baby, infant: 婴儿
elderly, senior citizen: 老年人; woman, women: 妇女, 女性; man, men: 男性; family: 家庭; family member: 家属, 家庭成员
marriage: 婚姻, 结婚; married: 已婚, 结婚; divorce: 离婚; spouse: 配偶; husband: 丈夫, 配偶, 老公
wife: 妻子, 配偶, 老婆; father: 父亲; mother: 母亲; inherit, inheritance: 继承; heir: 继承人; resident: 居民
residence: 住所, 居住; citizen: 公民; foreigner: 外国人; villager: 村民; veteran: 退役军人; soldier: 士兵, 军人
volunteer: 志愿者; charity: 慈善; donate, donation: 捐赠, 捐款; welfare: 福利; government: 政府
people's government: 人民政府; state council: 国务院; ministry: 部委; department: 部门; authority: 主管部门, 机关
competent authority: 主管部门; bureau: 管理局; committee, commission: 委员会; congress: 代表大会
people's congress: 人民代表大会; village committee: 村民委员会
neighbourhood committee, neighborhood committee, residents' committee: 居民委员会; civil servant: 公务员
official: 官员, 公职人员, 工作人员; mayor: 市长; minister: 部长; director: 主任, 局长, 董事; manager: 经理
general manager: 总经理; board of directors: 董事会; chairman, chairperson: 主席, 董事长; secretary: 秘书, 书记
deputy: 副职; province: 省份, 全省; municipality: 直辖市; county: 县级; district: 市辖区, 辖区; township: 乡镇
village: 村庄, 乡村; rural: 农村; urban: 城市, 城镇; city: 城市; local government: 地方政府, 地方人民政府
state-owned: 国有; company: 公司; enterprise: 企业; organisation, organization: 组织; institution: 机构
association: 协会; branch: 分支机构, 分公司; headquarters: 总部; partner: 合伙人, 合作伙伴; meeting: 会议
minutes: 会议纪要, 纪要; agenda: 议程; meeting room: 会议室; conference: 会议; participant: 参会人员, 参加者
attend: 出席, 参加; convene: 召开; vote: 表决, 投票; election, elect: 选举; resolution: 决议; majority: 过半数, 多数
quorum: 法定人数; host: 主办, 主持; organiser, organizer: 主办方, 组织者; sponsor: 赞助; coordinate, coordination: 协调
decision: 决定; plan: 计划, 规划; archive: 档案, 归档; confidential document: 涉密文件; letter: 信函
email, e-mail: 邮件, 邮箱, 电子邮件; phone number, telephone number: 电话, 电话号码; telephone, phone: 电话, 手机
mobile phone: 手机; address: 地址; website: 网站; online: 网上, 在线; offline: 线下, 离线; postcode: 邮编
full-time: 全日制, 全职; part-time: 非全日制, 兼职; intern: 实习生; internship: 实习; line manager: 直属领导, 主管
colleague: 同事; carry over: 结转; welfare institution, welfare home: 福利机构; birth parent, biological parent: 生父母
foundling, abandoned baby: 弃婴; negotiate, negotiation: 谈判, 协商; by mutual agreement: 协商一致
outsource, outsourcing: 外包, 委托; carry out: 开展, 实施; formulate, draw up: 制定; draft: 草案, 草稿
job title: 职称, 职务; position, post: 岗位, 职位, 职务; rank: 职级, 等级; level: 等级, 级别; trade fair: 展会
guest: 客人, 来宾; entitled, entitlement: 享受, 享有, 有权; unused: 未使用, 未休; compulsory, mandatory: 强制, 必须
voluntary: 自愿; unfair: 不公平; false: 虚假; relevant authorities: 有关部门; law enforcement: 执法
administrative: 行政; rectify, rectification: 改正, 整改; correct, correction: 改正, 更正, 补正
preliminary examination: 初步审查, 初审; incomplete: 不齐全, 不完整; supplement: 补充, 补正
attach, attachment: 附件, 随附; stamp: 印章, 盖章; inventory: 清单, 库存; list: 名单, 清单, 目录
catalogue, catalog: 目录; template: 模板; record: 记录; bill: 账单; unit price: 单价; lump sum: 一次性, 总价
credit: 信用, 学分; blacklist: 黑名单; bar association: 律师协会; sickness, sick: 疾病, 生病, 患病; wedding: 婚礼, 结婚
funeral: 丧葬, 葬礼; moving house, move house: 搬家; grandparent: 祖父母; grandfather: 爷爷, 祖父
grandmother: 奶奶, 祖母; sibling: 兄弟姐妹; relative: 亲属, 亲戚; son: 儿子; daughter: 女儿; friend: 朋友
breakfast: 早餐, 早饭; lunch: 午餐, 午饭; dinner: 晚餐, 晚饭; return journey: 返程; one-way: 单程; round trip: 往返
departure: 出发, 离境; arrival: 到达, 抵达
"""
