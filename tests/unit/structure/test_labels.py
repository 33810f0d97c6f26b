"""Lines that say nothing by themselves."""

import pytest

from bot.documents.parser import parse
from bot.structure.labels import says_nothing
from bot.structure.places import sentences, whole

TEXT = """入住协议
甲方：晚晴院
乙方（老人）：
申请材料：
（一）照片；
（二）体检表。
一、关于资金。同意拨付一亿元。
二、关于车位。
1. 禁止吸烟。违者罚款。
2. Deposit. Five weeks are held.
3. No smoking. Fines apply.
Complaints. Speak to the teacher.
No. Dogs stay outside.
"""


@pytest.mark.parametrize(
    ("sentence", "silent"),
    [
        ("甲方", False),
        ("乙方", True),
        ("申请材料", False),  # a list stands behind it
        ("一、关于资金", True),
        ("同意", False),
        ("二、关于车位", False),  # all that the paragraph says
        ("1. 禁止吸烟", False),
        ("2. Deposit.", True),
        ("3. No smoking.", False),
        ("Complaints.", True),
        ("No. Dogs", False),
    ],
)
def test_a_label_without_a_value_and_a_mere_name_answer_nothing(sentence: str, silent: bool) -> None:
    document = parse("a.txt", TEXT.encode())
    places = (place for p in document.paragraphs for place in sentences(whole(document, p.index)))
    place = next(place for place in places if place.text.startswith(sentence))
    assert says_nothing(document, place.paragraph, place.start, place.end) is silent
