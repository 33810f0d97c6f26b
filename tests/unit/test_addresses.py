from collections.abc import Sequence

import pytest

from bot.addresses import Address, Found, cite_form, find_address, match_titles, resolve
from bot.documents import parse
from bot.evidence import Evidence, Verdict
from bot.numbering import find_opening, han_numeral, numeral
from bot.places import prefer, put_first, quote, whole
from bot.store import StoredPassage
from bot.types import Document, DocumentInfo, Hit, Passage

LAW = """星桥市树木保护条例
第一章 总则
第一条 为了保护树木，制定本条例。
第二条 本条例所称树木，包括下列各类：
（一）古树；
（二）名木：
1. 名人种植的树木；
2. 有纪念意义的树木；
（三）行道树。
前款规定以外的树木，参照本条例执行。
有下列情形之一的，不适用本条例：
（一）苗圃的树苗；
（二）盆栽。
第二章 保护
第一节 日常养护
第三条 树木由所在单位养护。养护费用由市财政补助。
第三条之一 禁止在树上刻划。
第二节 移植
第四条
移植树木，应当经市绿化部门批准。
第十二条 违反第二条规定的，处二百元罚款。
"""
DETAILS = LAW.replace("条例\n", "条例实施细则\n", 1).replace("二百元", "五百元")


def info(document: Document) -> DocumentInfo:
    return DocumentInfo(document.document_id, document.source, document.title, "UTF-8", 0, 0, 0, 0, 0, "")


def law(source: str = "law.txt", text: str = LAW) -> Document:
    return parse(source, text.encode())


def look_up(question: str, documents: Sequence[Document], nominated: Sequence[str] = ()) -> Found:
    address = find_address(question)
    assert address is not None
    by_id = {document.document_id: document for document in documents}
    return resolve(address, [info(d) for d in documents], by_id.__getitem__, lambda text: nominated)


def texts(found: Found) -> list[str]:
    return [place.text for place in found.places]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("三十", 30),
        ("十", 10),
        ("十二", 12),
        ("一百零二", 102),
        ("二百一十", 210),
        ("两", 2),
        ("二〇二一", 2021),
        ("30", 30),
    ],
)
def test_numerals_of_both_kinds_have_one_value(text: str, value: int) -> None:
    assert numeral(text) == value


@pytest.mark.parametrize("text", ["", "三x", "条", "十条"])
def test_what_is_no_number_raises(text: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        numeral(text)


def test_han_numerals_read_back() -> None:
    assert [numeral(han_numeral(n)) for n in range(1, 100)] == list(range(1, 100))


@pytest.mark.parametrize(
    ("line", "opening"),
    [
        ("第三条之一 禁止", (3, 1)),
        ("（十二）盆栽", (12, 0)),
        ("③ 行道树", (3, 0)),
        ("1.3 Scope", (3, 0)),
        ("首先，养护", None),
        ("树木", None),
    ],
)
def test_the_number_that_opens_a_line(line: str, opening: tuple[int, int] | None) -> None:
    found = find_opening(line)
    assert (found and (found.number, found.inserted)) == opening


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "行政处罚法第三十条第二款第（一）项",
            Address("第三十条第二款第(一)项", "行政处罚法", article=30, paragraph=2, item=1),
        ),
        ("《星桥市树木保护条例》第30条", Address("第30条", "星桥市树木保护条例", quoted=True, article=30)),
        ("行政處罰法第３０條之一規定了什麼？", Address("第30条之一", "行政处罚法", article=30, inserted=1)),
        ("第 三 条", Address("第 三 条", article=3)),
        ("第 3 条", Address("第 3 条", article=3)),
        ("请问本法的第三条是什么？", Address("第三条", article=3)),
        ("劳动合同法中第五条第3项怎么说", Address("第五条第3项", "劳动合同法", article=5, item=3)),
        ("第3条（二）", Address("第3条(二)", article=3, item=2)),
        ("第二编第三章", Address("第二编第三章", divisions=((11, 2), (13, 3)))),
        ("What does Article 5 say?", Address("article 5", article=5)),
        ("第三十条规定的罚款是多少", Address("第三十条", article=30, alone=False)),
        ("《实施〈树木法〉办法》第一条", Address("第一条", "实施树木法办法", quoted=True, article=1)),
    ],
)
def test_an_address_is_read(question: str, expected: Address | None) -> None:
    assert find_address(question) == expected


@pytest.mark.parametrize("question", ["第二款", "罚款是多少？", "三十条", "第二点第一条是什么", "第三部分讲什么", ""])
def test_what_is_no_address(question: str) -> None:
    assert find_address(question) is None


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
        ("第二章第二节", ["第二节 移植", "第四条", "第十二条 违反第二条规定的，处二百元罚款。"]),
    ],
)
def test_an_address_leads_to_its_lines(address: str, lines: list[str]) -> None:
    assert texts(look_up(address, [law()])) == lines


def test_every_article_is_found_in_both_kinds_of_numerals() -> None:
    document = law()
    for number in (1, 2, 3, 4, 12):
        for name in ("星桥市树木保护条例", "《星桥市树木保护条例》", "星橋市樹木保護條例", "树木保护条例"):
            written = look_up(f"{name}第{han_numeral(number)}条", [document])
            assert texts(written)[0].startswith(f"第{han_numeral(number)}条")
            assert written == look_up(f"{name}第{number}條規定了什麼？", [document])
            assert (written.named, written.alone) == (True, True)


def test_the_named_law_alone_is_read() -> None:
    documents = [law(), law("details.txt", DETAILS)]
    found = look_up("树木保护条例第十二条", documents)
    assert [place.document.source for place in found.places] == ["law.txt"]
    assert texts(look_up("树木保护条例实施细则第十二条", documents)) == ["第十二条 违反第二条规定的，处五百元罚款。"]
    both = look_up("第十二条", documents)
    assert ([place.document.source for place in both.places], both.named) == (["law.txt", "details.txt"], False)


def test_a_law_that_is_not_there_leads_nowhere() -> None:
    found = look_up("海域使用管理法第一条", [law()])
    assert found == Found((), named=True, alone=True)


def test_words_that_name_no_document_make_it_a_longer_question() -> None:
    found = look_up("苗圃适用第二条吗", [law()])
    assert (found.named, found.alone, len(found.places)) == (False, False, 10)


def test_among_many_documents_the_nominated_are_read() -> None:
    documents = [law(f"law{n}.txt") for n in range(30)]
    nominated = [documents[7].document_id, "elsewhere", documents[3].document_id, documents[7].document_id]
    found = look_up("第一条", documents, nominated)
    assert [place.document.source for place in found.places] == ["law7.txt", "law3.txt"]
    assert found.clear
    assert not look_up("第一条", documents, [d.document_id for d in documents]).clear


@pytest.mark.parametrize(
    ("name", "titles"),
    [
        ("树木法", ["中华人民共和国树木法"]),
        ("中华人民共和国树木法", ["中华人民共和国树木法"]),
        ("我国树木法", ["中华人民共和国树木法"]),
        ("树木保护条例", ["甲市树木保护条例", "乙市树木保护条例"]),
        ("甲市树木保护条例", ["甲市树木保护条例"]),
        ("花卉法", ["花卉法（2021年修正）"]),
        ("木法", ["中华人民共和国树木法"]),
        ("实施", ["甲市实施《中华人民共和国水法》办法"]),
        ("水法", []),
        ("法", []),
    ],
)
def test_a_name_means_titles(name: str, titles: list[str]) -> None:
    known = [
        "中华人民共和国树木法",
        "甲市树木保护条例",
        "乙市树木保护条例",
        "花卉法（2021年修正）",
        "甲市实施《中华人民共和国水法》办法",
    ]
    infos = [DocumentInfo(str(n), f"{n}.txt", title, "UTF-8", 0, 0, 0, 0, 0, "") for n, title in enumerate(known)]
    assert [found.title for found in match_titles(name, infos)] == titles


def test_citations_print_in_the_form_that_addresses_are_read_in() -> None:
    document = law()
    printed = {document.text[p.start : p.end]: cite_form(document, p.index) for p in document.paragraphs}
    title = "《星桥市树木保护条例》"
    assert printed["第一条 为了保护树木，制定本条例。"] == f"{title}第一条"
    assert printed["（二）盆栽。"] == f"{title}第二条第三款第（二）项"
    assert printed["前款规定以外的树木，参照本条例执行。"] == f"{title}第二条第二款"
    assert printed["第三条之一 禁止在树上刻划。"] == f"{title}第三条之一"
    assert printed["第一节 日常养护"] == f"{title}第二章 保护"
    assert texts(look_up(printed["（二）盆栽。"], [document])) == ["（二）盆栽。"]


def test_a_title_within_a_title_is_printed_in_single_brackets() -> None:
    document = parse("a.txt", "第一条 甲。".encode(), "实施《树木法》办法")
    assert cite_form(document, 0) == "《实施〈树木法〉办法》第一条"


def test_the_answer_quotes_every_sentence_of_the_places() -> None:
    document = law()
    answer = quote("第三条？", "第三条", look_up("第三条", [document]).places)
    assert answer.text == "第三条 树木由所在单位养护。[1]\n养护费用由市财政补助。[2]"
    assert all(document.text[c.start : c.end] == c.quote for c in answer.citations)
    assert [c.section[-1] for c in answer.citations] == ["第三条", "第三条"]


def test_places_come_before_hits_each_paragraph_once() -> None:
    document = law()
    places = look_up("第三条", [document]).places
    paragraph = places[0].paragraph
    others = [
        Hit(document.document_id, "law.txt", document.title, (), n, 0, 1, "星", 2.0 - n / 10) for n in (0, paragraph)
    ]
    hits = put_first(places, others)
    assert [hit.paragraph for hit in hits] == [paragraph, 0]
    assert hits[0].text == "第三条 树木由所在单位养护。养护费用由市财政补助。"
    assert hits[0].score > hits[1].score


def test_evidence_at_the_address_is_preferred() -> None:
    document = law()
    evidence: list[Evidence] = []
    for paragraph in document.paragraphs[:4]:
        place = whole(document, paragraph.index)
        passage = Passage(paragraph.index, place.start, place.end, paragraph.section, place.text)
        stored = StoredPassage(paragraph.index, document.document_id, "law.txt", document.title, passage)
        evidence.append(Evidence(stored, place.start, place.end, -float(paragraph.index)))
    verdict = Verdict(tuple((e.stored, e.score) for e in evidence), tuple(evidence), 0.7, True)
    preferred = prefer(verdict, [whole(document, 2)])
    assert [e.stored.passage.paragraph for e in preferred.sentences] == [2, 0, 1, 3]
    assert [stored.passage.paragraph for stored, _ in preferred.passages] == [2, 0, 1, 3]
    assert preferred.confidence == 0.7
