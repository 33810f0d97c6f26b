"""English terms of texts about all things with their Chinese ones: a part of ``bot.language.glossary``."""

LINES = """
population: 人口; economy, economic: 经济; gross domestic product: 国内生产总值; growth rate, growth: 增长率, 增速, 增长
target: 目标; inflation: 通货膨胀, 物价上涨; consumer price: 居民消费价格; unemployment rate: 失业率
urban unemployment: 城镇失业; per capita: 人均; grain output: 粮食产量; grain: 粮食; agriculture, agricultural: 农业
farmer: 农民; crop: 农作物, 作物; industry: 产业, 工业, 行业; industrial: 工业; manufacturing: 制造业
manufacture: 制造, 生产; manufacturer: 制造商, 生产企业; produce: 生产; production: 生产; output: 产量; export: 出口
import: 进口; trade: 贸易; foreign trade: 对外贸易; foreign investment: 外商投资, 外资; market: 市场; supply: 供应
demand: 需求; consumption: 消费; retail: 零售; wholesale: 批发; logistics: 物流; warehouse: 仓库; factory: 工厂
shop, store: 商店, 店铺; restaurant: 餐厅, 餐饮; supermarket: 超市; bank: 银行; poverty: 贫困; deficit: 赤字
increase: 增加, 增长, 提高; decrease, reduce: 减少, 降低; percentage, proportion: 比例, 百分比; average: 平均
total: 总计, 总额, 合计; amount: 金额, 数额; number: 数量, 号码; minimum: 最低, 最少; maximum: 最高, 最大, 最多
at least: 至少, 不少于; statistics: 统计; survey: 调查; investigate, investigation: 调查; research: 研究, 科研
development: 发展, 开发; reform: 改革; innovation: 创新; technology, technical: 技术; science: 科学, 科技
scientist: 科学家; engineer: 工程师; startup, entrepreneurship: 创业; young people, youth: 青年; incubator: 孵化器, 孵化
talent: 人才; achievement: 成果, 成就; award: 奖励, 授予, 奖项; prize: 奖项, 奖金; reward: 奖励
responsible department: 主管部门; environment, environmental: 环境; pollution, pollute: 污染; emission: 排放
discharge: 排放; sewage, wastewater: 污水, 废水; noise: 噪音, 噪声; air quality: 空气质量; climate: 气候; weather: 天气
rainfall: 降雨, 降水; temperature: 温度, 气温; humidity: 湿度; flood: 洪水, 防汛; drought: 干旱; earthquake: 地震
typhoon: 台风; energy: 能源, 能量; coal: 煤炭; oil, petroleum: 石油, 原油; natural gas: 天然气; pipeline: 管道
mine: 矿山, 矿产; mineral: 矿产, 矿物; mining: 开采, 采矿; nuclear: 核电; solar: 太阳能; forest: 森林, 林业
wildlife, wild animal: 野生动物; animal: 动物; plant: 植物; species: 物种; bird: 鸟类; fish: 鱼类; fishing: 捕捞, 钓鱼
tree: 树木; flower: 花朵; fruit: 水果, 果实; food: 食品, 食物; food safety: 食品安全; drinking water: 饮用水
water resource: 水资源; alcohol: 饮酒, 酒精; smoke, smoking: 吸烟; tobacco: 烟草; cigarette: 香烟, 卷烟; safety: 安全
security: 安全, 安保; fire: 火灾, 消防; fire alarm: 火警, 火灾报警; fire extinguisher: 灭火器; firefighter: 消防员
alarm: 报警, 警报; evacuate, evacuation: 疏散; emergency: 紧急, 应急; emergency exit: 安全出口; firework: 烟花爆竹, 烟花
explosive: 爆炸物; dangerous goods: 危险品; hazard, hazardous, danger, dangerous: 危险, 危害; risk: 风险; accident: 事故
protect, protection: 保护; protective equipment: 防护用品, 防护; equipment: 设备, 装备; machine: 机器, 机械
device: 设备, 装置; appliance: 电器; battery: 电池; charger: 充电器; recharge: 充电, 充值; engine: 发动机, 引擎
button: 按钮, 按键; switch off, turn off: 关闭, 关机; switch on, turn on: 打开, 开机; screen: 屏幕; display: 显示
filter: 过滤, 滤网; water tank: 水箱; hose: 软管; cable: 电缆, 线缆; socket: 插座; voltage: 电压; remote control: 遥控器
clean, cleaning: 清洁, 清洗, 清扫; capacity: 容量, 能力; weight: 重量; height: 高度; length: 长度; width: 宽度
depth: 深度; speed: 速度, 时速; size: 尺寸, 大小; distance: 距离; volume: 体积, 音量, 容积; area: 面积, 区域, 地区
diameter: 直径; colour, color: 颜色; kilometre, kilometer: 公里, 千米
square kilometre, square kilometer: 平方公里, 平方千米; square metre, square meter: 平方米; hectare: 公顷
kilogram: 公斤, 千克; litre, liter: 公升; software: 软件; hardware: 硬件; computer: 计算机, 电脑; laptop: 笔记本电脑
server: 服务器; network: 网络; internet: 互联网; database: 数据库; password: 密码; user name, username: 用户名
user: 用户; log in, login: 登录; backup, back up: 备份; restore: 恢复; upgrade: 升级; update: 更新; download: 下载
upload: 上传; configuration, configure: 配置; parameter: 参数; default value: 默认值; default: 默认; error: 错误, 报错
error message: 错误信息; version: 版本; transaction: 事务, 交易; conflict: 冲突; cluster: 集群; node: 节点; cache: 缓存
query: 查询; lock: 锁定; memory: 内存, 记忆; disk: 磁盘, 硬盘; folder: 文件夹; platform: 平台; system: 系统, 制度
interface: 接口, 界面; information system: 信息系统; cybersecurity: 网络安全; virus: 病毒; firewall: 防火墙
encrypt, encryption: 加密; access: 访问; artificial intelligence: 人工智能
facial recognition, face recognition: 人脸识别; algorithm: 算法; function: 功能, 函数; monitor, monitoring: 监测, 监控
camera: 摄像头, 相机; january: 1月, 一月; february: 2月, 二月; march: 3月, 三月; april: 4月, 四月; june: 6月, 六月
july: 7月, 七月; august: 8月, 八月; september: 9月, 九月; october: 10月, 十月; november: 11月, 十一月
december: 12月, 十二月; monday: 周一, 星期一; tuesday: 周二, 星期二; wednesday: 周三, 星期三; thursday: 周四, 星期四
friday: 周五, 星期五; saturday: 周六, 星期六; sunday: 周日, 星期日, 星期天; weekend: 周末, 双休日; quarter: 季度
month: 个月, 每月; weekly: 每周; monthly: 每月, 月度; annual, yearly: 年度, 每年; hour: 小时; minute: 分钟
century: 世纪; night: 夜间, 晚上; morning: 上午, 早上; afternoon: 下午; evening: 晚上, 傍晚
spring festival, chinese new year: 春节; national day: 国庆节; calendar day: 日历日, 自然日; period: 期限, 期间
age: 年龄, 周岁; years old: 周岁; temporary: 临时; permanent: 永久, 长期; born: 出生, 生于; die, died: 逝世, 去世, 死亡
death: 死亡, 去世; founder: 创始人, 创办人; found, founded: 创立, 成立, 建立; establish, establishment: 成立, 设立, 建立
located: 位于; location: 位置, 地点; origin: 起源, 来源; capital: 首都, 资本; capital city: 首都; country: 国家
nation, national: 国家, 全国; state: 国家; region: 地区, 区域; border: 边境, 边界; territory: 领土; river: 河流
lake: 湖泊; mountain: 山脉; island: 岛屿; ocean, sea: 海洋; coast: 海岸; desert: 沙漠; valley: 山谷, 河谷
bridge: 桥梁, 大桥; tunnel: 隧道; dam: 大坝, 水坝; canal: 运河; church: 教堂, 教会; temple: 寺庙; cathedral: 大教堂
mosque: 清真寺; castle: 城堡; palace: 宫殿; tower: 高塔; tomb: 陵墓; traditional village: 传统村落; heritage: 遗产
cultural relic: 文物; culture, cultural: 文化; history, historical: 历史; ancient: 古代; tradition, traditional: 传统
language: 语言; religion, religious: 宗教; king: 国王; queen: 女王, 王后; emperor: 皇帝; prince: 王子; princess: 公主
dynasty: 王朝, 朝代; empire: 帝国; kingdom: 王国; republic: 共和国; president: 总统, 主席; prime minister: 总理, 首相
premier: 总理; politician: 政治家; political party: 政党; parliament: 议会, 国会; treaty: 条约; war: 战争
world war: 世界大战; battle: 战役, 战斗; army: 军队, 陆军; navy: 海军; air force: 空军; military: 军事; weapon: 武器
revolution: 革命; independence: 独立; invade, invasion: 入侵, 侵略; colony: 殖民地; general: 将军; ship: 船舶, 船只
aircraft, airplane, plane: 飞机, 航空器; aviation: 航空; pilot: 飞行员; satellite: 卫星; planet: 行星; earth: 地球
universe: 宇宙; physics: 物理; chemistry: 化学; biology: 生物; mathematics: 数学; theory: 理论; experiment: 实验
discover, discovery: 发现; invent, invention: 发明; cell: 细胞; gene: 基因; protein: 蛋白质; brain: 大脑; heart: 心脏
cancer: 癌症; bone: 骨骼; symptom: 症状; infection: 感染; author, writer: 作者, 作家; novel: 小说; poet: 诗人
poem: 诗歌; book: 图书, 书籍, 预订; newspaper: 报纸; magazine: 杂志; film, movie: 电影; television: 电视; series: 系列
episode: 剧集; actor: 演员; actress: 女演员; music: 音乐; album: 专辑; song: 歌曲; singer: 歌手; band: 乐队
concert: 演唱会, 音乐会; painter: 画家; painting: 绘画, 油画; artist: 艺术家; art: 艺术; dance: 舞蹈
theatre, theater: 剧院, 戏剧; game: 游戏, 比赛; sport, sports: 体育, 运动; football, soccer: 足球; basketball: 篮球
team: 球队, 团队; club: 俱乐部; player: 球员, 选手, 玩家; coach: 教练; match: 比赛; championship: 锦标赛, 冠军
champion: 冠军; league: 联赛, 联盟; tournament: 锦标赛, 联赛; world cup: 世界杯; olympic: 奥运会, 奥林匹克; medal: 奖牌
gold medal: 金牌; season: 赛季, 季节; stadium: 体育场; competition: 竞赛, 比赛; member: 成员, 会员; membership: 会员
tourist: 游客; tourism: 旅游; activity, activities: 活动; event: 活动, 事件; opinion: 意见; suggestion: 建议
application fee: 申请费; annual fee: 年费; information: 信息; know-how: 技术秘密; licensor: 许可人, 让与人
licensee: 被许可人, 受让人; foreign: 外国, 境外; abroad, overseas: 国外, 境外; domestic: 国内, 境内; international: 国际
china: 中国, 我国; chinese: 中国, 中文; hong kong: 香港; macao, macau: 澳门; taiwan: 台湾; beijing: 北京; shanghai: 上海
guangzhou: 广州; shenzhen: 深圳; united states: 美国; japan: 日本; russia: 俄罗斯; germany: 德国; france: 法国
england, united kingdom, britain: 英国; india: 印度; europe: 欧洲; africa: 非洲; asia: 亚洲; london: 伦敦; paris: 巴黎
new york: 纽约; mode: 模式; timer: 定时; child lock: 童锁; laundry: 洗衣; bathroom: 浴室, 卫生间; kitchen: 厨房
toilet: 厕所, 卫生间; outdoors, outdoor: 户外, 室外; indoor: 室内; lamp: 灯具, 指示灯; red lamp, red light on: 红灯
manual: 手册, 说明书; user manual: 使用说明; drain, drainage: 排水; leakage: 漏水, 泄漏; waterproof: 防水; euro: 欧元
dollar: 美元; yuan, rmb: 人民币; factory settings: 出厂设置; restart: 重启, 重新启动; log: 日志; panel: 面板
metric: 指标; timestamp: 时间戳; threshold: 阈值; retry: 重试; optimistic: 乐观; pessimistic: 悲观; cloud: 云端
client side: 客户端; certificate of origin: 原产地证书; laboratory, lab: 实验室; ingredient: 成分, 配料; allergy: 过敏
side effect: 不良反应, 副作用; dose, dosage: 剂量, 用量; toxic, poisonous: 有毒; radiation: 辐射; chemical: 化学品
tourist attraction, scenic area: 景区, 景点; embassy: 大使馆; consulate: 领事馆; refugee: 难民; immigration: 移民
quarantine: 检疫, 隔离; pesticide: 农药; elementary: 初级; advanced: 高级, 先进; main: 主要; important: 重要
public: 公共, 公众; private: 私人, 民营; collective: 集体; individual: 个人; daily: 每日, 每天; largest: 最大
highest: 最高; longest: 最长; first: 首次, 第一; second: 第二; last: 最后; early: 提前; former: 前任, 原来
successor: 继任者, 接班人
"""
