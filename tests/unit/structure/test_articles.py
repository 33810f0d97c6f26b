import pytest

from bot.answers.citations import cite_sentences
from bot.documents.parser import parse
from bot.question.addresses import find_addresses
from bot.structure.articles import cite_form, find_places, with_places
from bot.structure.places import whole
from bot.types import Document, Hit, NotFoundError
from tests.laws import CONTRACT, LAW, law


def stands(document: Document, address: str) -> list[str]:
    return [place.text for found in find_addresses(address) for place in find_places(document, found)]


def hit(document: Document, paragraph: int) -> Hit:
    place = whole(document, paragraph)
    section = document.paragraphs[paragraph].section
    return Hit(
        document.document_id,
        document.source,
        document.title,
        section,
        paragraph,
        place.start,
        place.end,
        place.text,
        1.0,
    )


def at(document: Document, line: str) -> int:
    return next(p.index for p in document.paragraphs if document.text[p.start : p.end] == line)


@pytest.mark.parametrize(
    ("address", "lines"),
    [
        ("第一条", ["第一条 为了保护树木，制定本条例。"]),
        ("第二条第二款", ["前款规定以外的树木，参照本条例执行。"]),
        ("第二条第三款", ["有下列情形之一的，不适用本条例：", "（一）苗圃的树苗；", "（二）盆栽。"]),
        ("第二条第三款第（二）项", ["（二）盆栽。"]),
        ("第2条第1款第2项", ["（二）名木：", "1. 名人种植的树木；", "2. 有纪念意义的树木；"]),
        ("第二条第（三）项", ["（三）行道树。"]),
        ("第二条第一项", ["（一）古树；", "（一）苗圃的树苗；"]),
        ("第三条", ["第三条 树木由所在单位养护。养护费用由市财政补助。"]),
        ("第三条之一", ["第三条之一 禁止在树上刻划。"]),
        ("第四条", ["第四条", "移植树木，应当经市绿化部门批准。"]),
        ("第四条第一款", ["移植树木，应当经市绿化部门批准。"]),
        ("第12条", ["第十二条 违反第二条规定的，处二百元罚款。"]),
        ("第二章第三条", ["第三条 树木由所在单位养护。养护费用由市财政补助。"]),
        ("第一章第三条", []),
        ("第二条第九款", []),
        ("第九条", []),
        ("第二条第（二）项第2目", ["2. 有纪念意义的树木；"]),
        ("第二条第（一）项第1目", []),
        ("第二条第（二）项第三目", []),
        (
            "第三条至第四条",
            [
                "第三条 树木由所在单位养护。养护费用由市财政补助。",
                "第三条之一 禁止在树上刻划。",
                "第四条",
                "移植树木，应当经市绿化部门批准。",
            ],
        ),
        ("第三条之一至第三条之九", ["第三条之一 禁止在树上刻划。"]),
        ("第二章第二节", ["第二节 移植", "第四条", "第十二条 违反第二条规定的，处二百元罚款。"]),
    ],
)
def test_an_address_leads_to_its_lines(address: str, lines: list[str]) -> None:
    assert stands(law(), address) == lines


@pytest.mark.parametrize(
    ("address", "lines"),
    [
        ("Article 1(2)", ["The tenant is named in the annex."]),
        ("Article 2, item (2)", ["(2) each quarter for yards."]),
        ("Article 3 of the Harbour Lease Contract", ["Article 3. The tenant keeps the pier clean."]),
        ("第三条", ["Article 3. The tenant keeps the pier clean."]),
        ("Article 9", []),
    ],
)
def test_an_english_address_leads_to_its_lines(address: str, lines: list[str]) -> None:
    assert stands(law("lease.txt", CONTRACT), address) == lines


def test_items_right_under_the_heading_of_an_article_are_found_by_number() -> None:
    document = parse("a.txt", "买卖合同\n第一条 交货\n1. 时间：五月。\n2. 地点：码头。\n第二条 价款\n百元。".encode())
    assert stands(document, "第一条第1项") == ["1. 时间：五月。"]
    assert cite_form(document, at(document, "1. 时间：五月。")) == "《买卖合同》第一条第（一）项"


def test_citations_print_in_the_form_that_addresses_are_read_in() -> None:
    document = law()
    printed = {document.text[p.start : p.end]: cite_form(document, p.index) for p in document.paragraphs}
    title = "《星桥市树木保护条例》"
    assert printed["第一条 为了保护树木，制定本条例。"] == f"{title}第一条"
    assert printed["（二）盆栽。"] == f"{title}第二条第三款第（二）项"
    assert printed["2. 有纪念意义的树木；"] == f"{title}第二条第一款第（二）项第2目"
    assert printed["前款规定以外的树木，参照本条例执行。"] == f"{title}第二条第二款"
    assert printed["第三条之一 禁止在树上刻划。"] == f"{title}第三条之一"
    assert printed["第四条"] == printed["移植树木，应当经市绿化部门批准。"] == f"{title}第四条"
    assert printed["第一节 日常养护"] is None
    assert printed["星桥市树木保护条例"] is None
    for line in ("（二）盆栽。", "2. 有纪念意义的树木；", "前款规定以外的树木，参照本条例执行。"):
        assert stands(document, printed[line] or "") == [line]


def test_english_citations_too() -> None:
    document = law("lease.txt", CONTRACT)
    printed = {document.text[p.start : p.end]: cite_form(document, p.index) for p in document.paragraphs}
    assert printed["The tenant is named in the annex."] == "Harbour Lease Contract, Article 1, paragraph 2"
    assert printed["(2) each quarter for yards."] == "Harbour Lease Contract, Article 2, item (2)"
    assert printed["Article 3. The tenant keeps the pier clean."] == "Harbour Lease Contract, Article 3"
    assert stands(document, printed["(2) each quarter for yards."] or "") == ["(2) each quarter for yards."]


def test_what_follows_the_articles_stands_in_none() -> None:
    document = parse("a.txt", "第一章 总则\n第一条 甲。\n附件一 名单\n乙。\n".encode())
    assert [cite_form(document, p.index) is None for p in document.paragraphs] == [True, False, True, True]
    assert cite_form(parse("b.txt", "一、形势\n形势很好。".encode()), 1) is None


def test_numbers_beyond_a_hundred_are_written() -> None:
    document = parse(
        "a.txt", "\n".join(["名录办法", "第一条 名录：", *(f"{n}. 物{n}；" for n in range(1, 121))]).encode()
    )
    assert cite_form(document, at(document, "120. 物120；")) == "《名录办法》第一条第（一百二十）项"


def test_a_title_within_a_title_is_printed_in_single_brackets() -> None:
    document = parse("a.txt", "第一条 甲。".encode(), "实施《树木法》办法")
    assert cite_form(document, 0) == "《实施〈树木法〉办法》第一条"


def test_citations_and_hits_get_their_addresses_and_each_document_is_loaded_once() -> None:
    document, speech = law(), parse("speech.txt", "一、形势\n形势很好。".encode())
    loaded: list[str] = []

    def load(document_id: str) -> Document:
        loaded.append(document_id)
        return {d.document_id: d for d in (document, speech)}[document_id]

    item, plain = at(document, "（二）盆栽。"), at(document, "第一节 日常养护")
    hits = with_places([hit(document, item), hit(speech, 1), hit(document, plain), hit(document, 2)], load)
    title = "《星桥市树木保护条例》"
    assert [h.address for h in hits] == [f"{title}第二条第三款第（二）项", None, None, f"{title}第一条"]
    assert loaded == [document.document_id]
    citations = with_places(cite_sentences([whole(document, at(document, "第四条") + 1)]), load)
    assert [c.address for c in citations] == [f"{title}第四条"]


def test_a_document_that_has_changed_or_gone_gives_no_address() -> None:
    hits = [hit(law(), 2)]

    def gone(document_id: str) -> Document:
        raise NotFoundError(document_id, document_id)

    assert with_places(hits, lambda _: law(text="甲" + LAW))[0].address is None
    assert with_places(hits, lambda _: law(text="短。"))[0].address is None
    assert with_places(hits, gone)[0].address is None
