"""Hand-checked outlines: each expected line is (level, section path, opening of the paragraph)."""

from pathlib import Path

import pytest

from bot.documents.parser import parse
from bot.types import Document

Row = tuple[int, tuple[str, ...], str]


def rows(text: str, name: str = "a.txt") -> list[Row]:
    document = parse(name, text.encode())
    return [(p.level, p.section, document.text[p.start : p.end]) for p in document.paragraphs]


def test_law() -> None:
    assert rows(
        "某某条例\n第一编　通则\n第一章　总　则\n第一节 一般规定\n第一条　为了保护湿地，制定本条例。\n"
        "湿地包括：\n（一）沼泽；\n（二）滩涂。\n"
        "第二条　县级人民政府负责。\n第二章 罚则\n第三条之一　违反的，处罚款。\n"
        "第四条\n依法处理。\n附件\n名录如下。"
    ) == [
        (0, (), "某某条例"),
        (1, (), "第一编　通则"),
        (2, ("第一编　通则",), "第一章　总　则"),
        (3, ("第一编　通则", "第一章　总　则"), "第一节 一般规定"),
        (0, ("第一编　通则", "第一章　总　则", "第一节 一般规定", "第一条"), "第一条　为了保护湿地，制定本条例。"),
        (0, ("第一编　通则", "第一章　总　则", "第一节 一般规定", "第一条"), "湿地包括："),
        (0, ("第一编　通则", "第一章　总　则", "第一节 一般规定", "第一条"), "（一）沼泽；"),
        (0, ("第一编　通则", "第一章　总　则", "第一节 一般规定", "第一条"), "（二）滩涂。"),
        (0, ("第一编　通则", "第一章　总　则", "第一节 一般规定", "第二条"), "第二条　县级人民政府负责。"),
        (2, ("第一编　通则",), "第二章 罚则"),
        (0, ("第一编　通则", "第二章 罚则", "第三条之一"), "第三条之一　违反的，处罚款。"),
        (3, ("第一编　通则", "第二章 罚则"), "第四条"),
        (0, ("第一编　通则", "第二章 罚则", "第四条"), "依法处理。"),
        (1, (), "附件"),
        (0, ("附件",), "名录如下。"),
    ]


def test_traditional_law_without_spaces() -> None:
    assert rows("第一編總則\n第一節通則\n第十條本法自公布日施行。\n第十條規定的事項，另定之。") == [
        (1, (), "第一編總則"),
        (2, ("第一編總則",), "第一節通則"),
        (0, ("第一編總則", "第一節通則", "第十條"), "第十條本法自公布日施行。"),
        (0, ("第一編總則", "第一節通則", "第十條"), "第十條規定的事項，另定之。"),
    ]


def test_contract_with_titled_articles() -> None:
    assert rows("第一条 服务内容\n（一）范围\n乙方负责清洁。\n第二条【付款】甲方按月付款。\n第三条 期限：一年。") == [
        (1, (), "第一条 服务内容"),
        (2, ("第一条 服务内容",), "（一）范围"),
        (0, ("第一条 服务内容", "（一）范围"), "乙方负责清洁。"),
        (0, ("第二条【付款】",), "第二条【付款】甲方按月付款。"),
        (0, ("第三条",), "第三条 期限：一年。"),
    ]


def test_notice_with_numbered_headings_and_leads() -> None:
    assert rows(
        "一、工作目标\n全年不涝。\n二、主要任务\n（一）疏通河道。清除淤泥，拓宽河面。\n（二）值班值守\n"
        "1.白天值班。每班两人，轮流休息。\n2.夜间值班\n每班三人。\n（三）物资准备。\n沙袋不少于一千个。\n"
        "三、工作要求。各单位要落实责任，不得推诿。"
    ) == [
        (1, (), "一、工作目标"),
        (0, ("一、工作目标",), "全年不涝。"),
        (1, (), "二、主要任务"),
        (0, ("二、主要任务", "（一）疏通河道"), "（一）疏通河道。清除淤泥，拓宽河面。"),
        (2, ("二、主要任务",), "（二）值班值守"),
        (0, ("二、主要任务", "（二）值班值守", "1.白天值班"), "1.白天值班。每班两人，轮流休息。"),
        (3, ("二、主要任务", "（二）值班值守"), "2.夜间值班"),
        (0, ("二、主要任务", "（二）值班值守", "2.夜间值班"), "每班三人。"),
        (2, ("二、主要任务",), "（三）物资准备。"),
        (0, ("二、主要任务", "（三）物资准备。"), "沙袋不少于一千个。"),
        (0, ("三、工作要求",), "三、工作要求。各单位要落实责任，不得推诿。"),
    ]


def test_items_of_a_list_are_no_headings() -> None:
    assert rows("一、携带材料\n1.身份证\n2.户口簿\n3.照片\n请提前准备。\n（1）复印件；\n（2）原件。") == [
        (1, (), "一、携带材料"),
        (0, ("一、携带材料",), "1.身份证"),
        (0, ("一、携带材料",), "2.户口簿"),
        (0, ("一、携带材料",), "3.照片"),
        (0, ("一、携带材料",), "请提前准备。"),
        (0, ("一、携带材料",), "（1）复印件；"),
        (0, ("一、携带材料",), "（2）原件。"),
    ]


@pytest.mark.parametrize(
    ("paragraph", "lead"),
    [
        ("一要加深认识。这很重要。", "一要加深认识"),
        ("二是书写“答卷”！要认真写。", "二是书写“答卷”"),
        ("第三，巩固成果。任务还很重。", "第三，巩固成果"),
        ("首先，查清原因。然后处理。", "首先，查清原因"),
        ("最后，总结经验，以利再战，争取在明年取得更大的成绩。", "最后，总结经验"),
        ("——粮食丰收。产量再创新高。", "——粮食丰收"),
        ("十、严格考核：考核每年一次。", "十、严格考核"),
        ("Second, keep dry. Rain is wet.", "Second, keep dry"),
    ],
)
def test_a_lead_belongs_to_its_own_paragraph_only(paragraph: str, lead: str) -> None:
    assert rows(f"前面一段。\n{paragraph}\n后面一段。") == [
        (0, (), "前面一段。"),
        (0, (lead,), paragraph),
        (0, (), "后面一段。"),
    ]


@pytest.mark.parametrize(
    "paragraph",
    [
        "最后一次会议开得很好。大家满意。",
        "第十二条规定：“不得入内。”所以不行。",
        "3.5万人参加。很好。",
        "一般来说。好。",
    ],
)
def test_what_only_resembles_a_marker_has_no_path(paragraph: str) -> None:
    assert rows(f"前面一段。\n{paragraph}\n后面一段。")[1:] == [(0, (), paragraph), (0, (), "后面一段。")]


def test_parallel_openings_are_leads() -> None:
    first, second = "守土有责，必须站岗放哨。夜里尤其要紧。", "守土有责，必须加固堤防。汛期将至。"
    assert rows(f"一、要求\n{first}\n{second}\n各自为战，必须避免。要配合。")[1:] == [
        (0, ("一、要求", "守土有责，必须站岗放哨"), first),
        (0, ("一、要求", "守土有责，必须加固堤防"), second),
        (0, ("一、要求",), "各自为战，必须避免。要配合。"),
    ]


def test_contents_list_opens_no_section() -> None:
    assert rows("目　录\n第一章 总则……1\n第二章 附则……9\n第一章　总则\n正文一。\n第二章　附则\n正文二。") == [
        (0, (), "目　录"),
        (0, (), "第一章 总则……1"),
        (0, (), "第二章 附则……9"),
        (1, (), "第一章　总则"),
        (0, ("第一章　总则",), "正文一。"),
        (1, (), "第二章　附则"),
        (0, ("第二章　附则",), "正文二。"),
    ]


def test_articles_stand_inside_numbers_that_came_first() -> None:
    assert rows("一、法律依据\n第二十条 不得入内。\n二、处理意见\n予以警告。") == [
        (1, (), "一、法律依据"),
        (0, ("一、法律依据", "第二十条"), "第二十条 不得入内。"),
        (1, (), "二、处理意见"),
        (0, ("二、处理意见",), "予以警告。"),
    ]


def test_questions_and_answers() -> None:
    assert rows("问：怎么报名？\n答：网上报名。\n也可以到窗口。\n问：何时开始？\n答：明天。") == [
        (1, (), "问：怎么报名？"),
        (0, ("问：怎么报名？",), "答：网上报名。"),
        (0, ("问：怎么报名？",), "也可以到窗口。"),
        (1, (), "问：何时开始？"),
        (0, ("问：何时开始？",), "答：明天。"),
    ]


def test_english() -> None:
    assert rows(
        "Chapter 1: Scope\n1.1 Terms\nA term is a word.\n1.2 Use\nUse them.\nCHAPTER II\n"
        "Article 5. Everyone may swim.\nIn summer only.\nArticle 5 of the Act applies.\nSection 3 of it does not."
    ) == [
        (1, (), "Chapter 1: Scope"),
        (2, ("Chapter 1: Scope",), "1.1 Terms"),
        (0, ("Chapter 1: Scope", "1.1 Terms"), "A term is a word."),
        (2, ("Chapter 1: Scope",), "1.2 Use"),
        (0, ("Chapter 1: Scope", "1.2 Use"), "Use them."),
        (1, (), "CHAPTER II"),
        (0, ("CHAPTER II", "Article 5"), "Article 5. Everyone may swim."),
        (0, ("CHAPTER II", "Article 5"), "In summer only."),
        (0, ("CHAPTER II", "Article 5"), "Article 5 of the Act applies."),
        (0, ("CHAPTER II", "Article 5"), "Section 3 of it does not."),
    ]


def test_markdown() -> None:
    text = (
        "---\ntitle: x\n# no heading\n---\n# 手册 #\n\n介绍。\n\n## **安装** ##\n\n1. 下载\n2. 解压\n\n"
        "```sh\n# comment\n```\n\n"
        "使用\n----\n\n### C#\n\n正文。\n\n- 列表\n---\n第三章 维护\n\n每周一次。\n#标签\n"
    )
    assert rows(text, "a.md") == [
        (0, (), "---"),
        (0, (), "title: x"),
        (0, (), "# no heading"),
        (0, (), "---"),
        (1, (), "手册"),
        (0, ("手册",), "介绍。"),
        (2, ("手册",), "**安装**"),
        (0, ("手册", "**安装**"), "1. 下载"),
        (0, ("手册", "**安装**"), "2. 解压"),
        (0, ("手册", "**安装**"), "```sh"),
        (0, ("手册", "**安装**"), "# comment"),
        (0, ("手册", "**安装**"), "```"),
        (2, ("手册",), "使用"),
        (0, ("手册", "使用"), "----"),
        (3, ("手册", "使用"), "C#"),
        (0, ("手册", "使用", "C#"), "正文。"),
        (0, ("手册", "使用", "C#"), "- 列表"),
        (0, ("手册", "使用", "C#"), "---"),
        (4, ("手册", "使用", "C#"), "第三章 维护"),
        (0, ("手册", "使用", "C#", "第三章 维护"), "每周一次。"),
        (0, ("手册", "使用", "C#", "第三章 维护"), "#标签"),
    ]


def test_hashes_mean_nothing_in_plain_text() -> None:
    assert rows("# 一\n====\n正文。") == [(0, (), "# 一"), (0, (), "===="), (0, (), "正文。")]


def _sample() -> Document:
    path = next((Path(__file__).parents[3] / "seeds").glob("*.txt"))
    return parse(path.name, path.read_bytes())


def test_the_sample_document() -> None:
    document = _sample()
    headings = [p for p in document.paragraphs if p.level]
    assert [p.index for p in headings] == [3, 8, 14, 19]
    assert [document.text[p.start : p.start + 2] for p in headings] == ["一、", "二、", "三、", "四、"]
    assert all(p.level == 1 and p.section == () for p in headings)
    names = [document.text[p.start : p.end] for p in headings]
    for paragraph in document.paragraphs:
        if not paragraph.level:
            above = [name for name, h in zip(names, headings, strict=True) if h.index < paragraph.index][-1:]
            assert list(paragraph.section[:1]) == above
    leads = {p.index: p.section[1][:2] for p in document.paragraphs if len(p.section) > 1}
    numbers = [leads[i] for i in (5, 6, 7, 10, 11, 12, 13, 16, 17, 18)]
    assert numbers == ["一要", "二要", "三要", "一要", "二要", "三要", "四要", "一是", "二是", "三是"]
    assert sorted(leads) == [5, 6, 7, 10, 11, 12, 13, 16, 17, 18, 21, 22, 23, 24, 25, 26]


def test_code_in_markdown_gives_no_headings_wherever_it_stands() -> None:
    text = "# 手册\n\n- 运行\n\n      ```\n      # 注释\n      ```\n\n````\n```\n# 例\n```\n````\n```x```\n\n## 安装\n"
    assert [row for row in rows(text, "a.md") if row[0]] == [(1, (), "手册"), (2, ("手册",), "安装")]


def test_what_people_write_for_headings_in_markdown() -> None:
    text = "##安装\n\n下载。\n\n**使用**\n-----\n\n　　### 清洁\n\n说明\n-\n"
    assert rows(text, "a.md") == [
        (1, (), "安装"),
        (0, ("安装",), "下载。"),
        (1, (), "使用"),
        (0, ("使用",), "-----"),
        (2, ("使用",), "清洁"),
        (0, ("使用", "清洁"), "说明"),
        (0, ("使用", "清洁"), "-"),
    ]


def test_mere_numbers_are_headings_where_they_count_on() -> None:
    text = "安装手册\n1 范围\n本手册适用于水泵。\n2 安装\n2.1 准备\n3 月前完成。\n3 维护\n每年一次。"
    assert [(level, words) for level, _, words in rows(text) if level] == [
        (1, "1 范围"), (1, "2 安装"), (2, "2.1 准备"), (1, "3 维护"),
    ]  # fmt: skip
    assert [level for level, _, _ in rows("公告\n12 月 5 日停水。\n3 名工作人员值班。")] == [0, 0, 0]


def test_lines_in_bold_are_headings_in_markdown() -> None:
    text = (
        "# 指南\n\n**适用范围**\n\n全体员工。\n\n**1. 准备**\n带齐材料。\n\n**金额：500元**\n\n**甲方**\n**乙方**\n\n"
        "**注意！**\n请勿迟到。\n\n**Eligibility**\nAll staff.\n"
    )
    assert [(level, line) for level, _, line in rows(text, "a.md") if level] == [
        (1, "指南"), (2, "适用范围"), (3, "1. 准备"), (2, "Eligibility"),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_headings_of_standards_and_questions(name: str) -> None:
    text = (
        "1 范围\n本文件适用于公司。\n2 术语\n2.1 用品\n日常使用的物品。\n2.1.2 耐用品\n使用两年以上的物品。\n"
        "附　则\n本文件自发布之日起施行。\n附件1\n清单如下。\n"
    )
    assert [(level, line) for level, _, line in rows(text, name) if level] == [
        (1, "1 范围"), (1, "2 术语"), (2, "2.1 用品"), (3, "2.1.2 耐用品"), (1, "附　则"), (1, "附件1"),
    ]  # fmt: skip
    asked = "Q：补贴是多少？\nA：每天120元。\nQ：能坐一等座吗？\nA：经理以上可以。\n"
    assert [line for level, _, line in rows(asked, name) if level] == ["Q：补贴是多少？", "Q：能坐一等座吗？"]


def test_closing_provisions_without_a_number_end_the_last_chapter() -> None:
    text = "第一章 总则\n第一条 甲。\n第二章 服务\n第二条 乙。\n附则\n第三条 丙。\n附件\n丁。\n"
    assert [(level, section) for level, section, _ in rows(text)[-4:]] == [
        (1, ()), (0, ("附则", "第三条")), (1, ()), (0, ("附件",)),
    ]  # fmt: skip
    apart = "第一章\n总则\n第一条 甲。\n第二章\n附则\n第二条 乙。\n"
    assert [line for level, _, line in rows(apart) if level] == ["第一章", "第二章"]
