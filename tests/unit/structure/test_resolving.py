from collections.abc import Sequence

import pytest

from bot.language.numerals import han_numeral
from bot.question.addresses import find_addresses
from bot.structure.resolving import MOST_DOCUMENTS, MOST_PLACES, Resolution, match_titles, resolve
from bot.types import Document, DocumentInfo
from tests.laws import CONTRACT, DETAILS, info, law


def look_up(question: str, documents: Sequence[Document], nominated: Sequence[str] = ()) -> Resolution:
    by_id = {document.document_id: document for document in documents}
    return resolve(find_addresses(question), [info(d) for d in documents], by_id.__getitem__, lambda text: nominated)


def texts(found: Resolution) -> list[str]:
    return [place.text for place in found.places]


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
    assert found == Resolution((), named=True, alone=True, missing=find_addresses("海域使用管理法第一条"))


def test_words_that_name_no_document_make_it_a_longer_question() -> None:
    found = look_up("苗圃适用第二条吗", [law()])
    assert (found.named, found.alone, len(found.places)) == (False, False, 10)


def test_among_many_documents_the_nominated_are_read() -> None:
    documents = [law(f"law{n}.txt") for n in range(30)]
    nominated = [documents[7].document_id, "elsewhere", documents[3].document_id, documents[7].document_id]
    found = look_up("苗圃适用第一条吗", documents, nominated)
    assert [place.document.source for place in found.places] == ["law7.txt", "law3.txt"]
    assert found.clear
    assert not look_up("苗圃适用第一条吗", documents, [d.document_id for d in documents]).clear


@pytest.mark.parametrize(
    ("name", "titles"),
    [
        ("树木法", ["中华人民共和国树木法"]),
        ("中华人民共和国树木法", ["中华人民共和国树木法"]),
        ("我国树木法", ["中华人民共和国树木法"]),
        ("树木保护条例", ["甲市树木保护条例", "乙市树木保护条例"]),
        ("甲市树木保护条例", ["甲市树木保护条例"]),
        ("甲市树保条例", ["甲市树木保护条例"]),
        ("树保条例", []),
        ("花卉法", ["花卉法（2021年修正）"]),
        ("木法", ["中华人民共和国树木法"]),
        ("实施", ["甲市实施《中华人民共和国水法》办法"]),
        ("水法", []),
        ("法", []),
        ("Company Law", ["Company Law of the People's Republic of China (2023)"]),
        ("Company Law of the People’s Republic of China", ["Company Law of the People's Republic of China (2023)"]),
        ("Harbour Code", ["港口法（Harbour Code）"]),
    ],
)
def test_a_name_means_titles(name: str, titles: list[str]) -> None:
    known = [
        "中华人民共和国树木法",
        "甲市树木保护条例",
        "乙市树木保护条例",
        "花卉法（2021年修正）",
        "甲市实施《中华人民共和国水法》办法",
        "Company Law of the People's Republic of China (2023)",
        "港口法（Harbour Code）",
    ]
    infos = [DocumentInfo(str(n), f"{n}.txt", title, "UTF-8", 0, 0, 0, 0, 0, "") for n, title in enumerate(known)]
    assert [found.title for found in match_titles(name, infos)] == titles


def test_several_addresses_give_their_places_in_order_each_paragraph_once() -> None:
    found = look_up("树木保护条例第十二条、第三条和第三条至第四条", [law()])
    assert texts(found) == [
        "第十二条 违反第二条规定的，处二百元罚款。",
        "第三条 树木由所在单位养护。养护费用由市财政补助。",
        "第三条之一 禁止在树上刻划。",
        "第四条",
        "移植树木，应当经市绿化部门批准。",
    ]
    assert (found.named, found.alone, found.note("zh")) == (True, True, "")


def test_addresses_of_two_laws() -> None:
    documents = [law(), law("details.txt", DETAILS)]
    found = look_up("《树木保护条例实施细则》第十二条和《星桥市树木保护条例》第一条", documents)
    assert [(p.document.source, p.text) for p in found.places] == [
        ("details.txt", "第十二条 违反第二条规定的，处五百元罚款。"),
        ("law.txt", "第一条 为了保护树木，制定本条例。"),
    ]


def test_what_is_missing_is_said() -> None:
    found = look_up("树木保护条例第三条之一和第九条", [law()])
    assert texts(found) == ["第三条之一 禁止在树上刻划。"]
    assert found.note("zh") == "没有找到第九条，请核对条号。"
    assert found.note("en") == "Not found: Article 9; check the number."


def test_an_address_that_many_documents_have_is_quoted_from_ten_and_counted_in_all() -> None:
    documents = [law(f"law{n:02}.txt") for n in range(37)] + [law("lease.txt", CONTRACT)]
    found = look_up("第十二条是什么？", documents)
    assert [p.document.source for p in found.places] == [f"law{n:02}.txt" for n in range(MOST_DOCUMENTS)]
    assert found.note("zh") == "共 37 个文件有第十二条，显示 10 个；只要其中一个，请写出法律名称。"
    assert found.note("en") == "37 documents have Article 12, 10 shown; to get one of them, name the law in full."
    assert look_up("Article 12", documents[:1]).note("en") == ""


def test_paragraphs_that_are_not_shown_are_counted() -> None:
    text = "长条例\n" + "".join(f"第{han_numeral(n)}条 内容{n}。\n" for n in range(1, 251))
    found = look_up("长条例第一条至第二百五十条", [law(text=text)])
    assert (len(found.places), found.cut) == (MOST_PLACES, 50)
    assert found.note("zh") == "显示前 200 段，另有 50 段未显示；请缩小范围。"


def test_an_english_name_means_the_title_that_holds_it() -> None:
    documents = [law(), law("lease.txt", CONTRACT), law("en.txt", "Article 3. Boats leave at noon.", "Boat Rules")]
    for question in ("Article 3 of the Harbour Lease Contract", "Harbour Lease Contract, Article 3"):
        assert texts(look_up(question, documents)) == ["Article 3. The tenant keeps the pier clean."]
    found = look_up("What does Article 3 of the Sea Act say?", documents)
    assert (found.places, found.named, found.alone) == ((), True, True)
