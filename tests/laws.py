"""A law and a contract that tests of addresses look things up in."""

from bot.documents.parser import parse
from bot.types import Document, DocumentInfo

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
CONTRACT = """Harbour Lease Contract
Article 1. Parties
The landlord is the Harbour Company.
The tenant is named in the annex.
Article 2. Rent
The rent is due on the first day of:
(1) each month for shops;
(2) each quarter for yards.
Article 3. The tenant keeps the pier clean.
"""


def law(source: str = "law.txt", text: str = LAW, title: str | None = None) -> Document:
    """Read a text as a document."""
    return parse(source, text.encode(), title)


def info(document: Document) -> DocumentInfo:
    """Return what the list of documents shows; the counts are left at 0."""
    return DocumentInfo(document.document_id, document.source, document.title, "UTF-8", 0, 0, 0, 0, 0, "")
