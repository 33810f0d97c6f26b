"""Templates for questions about Chinese headings and leads of paragraphs; the first that holds is taken."""

import re

from bot.language.lexicon import any_of, words
from bot.suggestions.chinese import is_lawlike
from bot.suggestions.templates import Source, Template

_TASKS = (
    *words("加强 推进 推动 促进 完善 建立 健全 提高 提升 做好 做到 落实 加快 优化 强化 深化 扩大 支持 保障 规范 培育"),
    *words("发展 加大 改进 坚持 坚定 发挥 构建 打造 创新 防范 防止 化解 保护 鼓励 引导 开展 实施 组织 培养 增强 拓展"),
    *words("拓宽 密切 锤炼 锻造 建强 建设 加深 营造 改善 减轻 降低 解决 稳定 巩固 维护 压实 严格 畅通 搭建 激发 释放"),
    *words("整合 统筹 盘活 聚焦 贯彻 学习 履行 申请 办理 缴纳 申报 查询 预防 控制 控 确保 抓好 夯实 壮大 缩短 简化"),
)
_ADVERBS = (
    *words("全面 切实 进一步 大力 积极 扎实 深入 着力 不断 持续 有序 稳步 认真 有效 充分 依法 科学 精准 全力 有力"),
    *words("更好 加力 主动 坚决 坚定不移"),
)
_TOLD = r"^(?:必须|要|应当)?"
# "保护与管理" and "支持对象" are names, not things to do.
_NOMINAL = re.compile(
    rf"{any_of(_TASKS)}(?:[和与及、]|措施|对象|范围|条件|标准|程序|流程|方式|方法|事项|资金|保养|准备)|坚持[^的]{{4}}$"
)
_NO_NAME = re.compile(
    r"总则|附则|附件|附录|其他|前言|引言|目录|说明|背景|结语|概述|简介|要求$|规定$|"
    r"^(?:工作|基本|主要|具体|有关|相关|总体|指导|重点|保障)|办法$|条例$|通知$|意见$|方案$|公告$|措施$"
)


def clause(heading: str) -> str:
    """Return what of a heading or lead tells what to do: its last clause where that begins with 要, else its first."""
    clauses = re.split(r"[，：:。]", heading)
    return clauses[-1] if re.match("必须|要|应当", clauses[-1]) else clauses[0]


def _rules_on(match: re.Match[str], source: Source) -> str:
    is_name = source.heading == source.text and not _NO_NAME.search(match[0])
    return f"{match[0]}有哪些规定" if is_name and is_lawlike(source.title) else ""


HEADINGS = (
    Template(
        "what is asked for in a field",
        "how",
        re.compile(rf"{_TOLD}在(?P<field>[^，。；：]{{3,16}})(?P<side>上|方面)[\u4e00-\u9fff]{{0,8}}$"),
        lambda m, _: f"在{m['field']}{m['side']}有哪些要求",
        examples=((Source("要在提高渔获质量上下功夫"), "在提高渔获质量上有哪些要求"),),
        counterexamples=(Source("在渔港"),),
    ),
    Template(
        "how to do it",
        "how",
        re.compile(
            rf"{_TOLD}(?:{any_of(_ADVERBS)}+(?:地|有序|有效)?)?(?P<task>{any_of(_TASKS)}[^，。；：！？]{{2,20}})$"
        ),
        lambda m, _: "" if _NOMINAL.match(m["task"]) else f"如何{m['task']}",
        examples=(
            (Source("加快渔港建设"), "如何加快渔港建设"),
            (Source("要切实改善码头设施"), "如何改善码头设施"),
        ),
        counterexamples=(Source("保护与管理"), Source("渔港")),
    ),
    Template(
        "rules on what is named",
        "heading",
        re.compile(r"^[\u4e00-\u9fff]{3,10}$"),
        _rules_on,
        examples=((Source("渡船登记", "渡船条例", "渡船登记"), "渡船登记有哪些规定"),),
        counterexamples=(
            Source("渡船登记", "渡船条例"),
            Source("渡船登记", "关于渡船的讲话", "渡船登记"),
            Source("工作要求", "渡船条例", "工作要求"),
        ),
    ),
)
