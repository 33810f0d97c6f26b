"""Encodings are told from short texts, and every text comes back as it was."""

import pytest

from bot.documents.encoding import decode

SIMPLIFIED = [
    "合同",
    "你好。",
    "今天下雨",
    "政府工作报告",
    "第一章　总则",
    "一、加强组织领导",
    "联通公司的合同在哪里？",
    "（二）保障居民用水安全；",
    "本办法自2020年1月1日起施行。",
    "李明说：“明天上午九点开会。”",
    "全市共有学校312所，在校学生18.5万人。",
]
TRADITIONAL = [
    "合約",
    "您好。",
    "今天下雨",
    "政府工作報告",
    "第一章　總則",
    "一、加強組織領導",
    "電信公司的合約在哪裡？",
    "（二）保障居民用水安全；",
    "本辦法自2020年1月1日起施行。",
    "李明說：「明天上午九點開會。」",
    "全市共有學校312所，在校學生18.5萬人。",
]
ENGLISH = ["Hi", "A test.", "Chapter 1: General provisions", "It costs $3.14, doesn't it?"]
NAMES = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32": "UTF-32",
    "gb18030": "GB18030",
    "big5": "Big5",
}


def read(text: str, codec: str) -> tuple[str, str]:
    found = decode(text.encode(codec))
    return found.text, found.encoding


@pytest.mark.parametrize("ending", ["", "\n", "\r\n", "\r"])
@pytest.mark.parametrize("codec", NAMES)
def test_simplified_comes_back(codec: str, ending: str) -> None:
    if codec == "big5":
        return
    for text in SIMPLIFIED:
        assert read(text + ending, codec) == (text + ending, NAMES[codec])


@pytest.mark.parametrize("ending", ["", "\n", "\r\n", "\r"])
@pytest.mark.parametrize("codec", NAMES)
def test_traditional_comes_back(codec: str, ending: str) -> None:
    for text in TRADITIONAL:
        assert read(text + ending, codec) == (text + ending, NAMES[codec])


@pytest.mark.parametrize("codec", NAMES)
def test_english_comes_back(codec: str) -> None:
    name = "UTF-8" if codec in ("gb18030", "big5") else NAMES[codec]
    for text in ENGLISH:
        assert read(text, codec) == (text, name)


@pytest.mark.parametrize("codec", ["gb18030", "big5", "utf-16-le", "utf-8"])
def test_chinese_far_behind_english_is_seen(codec: str) -> None:
    text = "All of this is English. " * 8_000 + "第一章 合同的訂立，由雙方協商。" * 30
    assert read(text, codec) == (text, NAMES[codec])


def test_western_and_japanese_text() -> None:
    assert read("Il est à côté d’un café.", "utf-8") == ("Il est à côté d’un café.", "UTF-8")
    assert read("He said “don’t” – twice.", "cp1252") == ("He said “don’t” – twice.", "Windows-1252")
    japanese = "これはテストです。ひらがなとカタカナを使って、普通の文章を書いています。" * 4
    assert decode(japanese.encode("shift_jis")).text == japanese


def test_rare_characters_and_gb18030_four_bytes() -> None:
    text = "《说文解字》收字九千余，𠮷、㐂、龘等字今已少用。"
    assert read(text, "gb18030") == (text, "GB18030")
    assert read("\ufeff" + text, "gb18030") == (text, "GB18030")


def test_broken_text_is_refused() -> None:
    for data in (b"\xff\xfe\x00", b"\xef\xbb\xbf\xff", b"\xff\xfe\x00\xd8"):
        with pytest.raises(UnicodeError):
            decode(data)


@pytest.mark.parametrize("sign", ["§", "©", "é", "£", "°", "½"])
def test_one_sign_in_english_text_is_utf8(sign: str) -> None:
    text = f"{sign} 3 Opening hours\nThe library opens at nine in the morning.\n"
    assert read(text, "utf-8") == (text, "UTF-8")


MINUTES = "会议纪要\n一、会议时间：三月十二日下午两点。\n二、会议地点：城南文化馆三楼。\n三、主持人：陈馆长。\n"


@pytest.mark.parametrize(
    ("data", "encoding", "lost"),
    [
        (MINUTES.encode() + b"\xff", "UTF-8", 1),
        (MINUTES.encode().replace("三楼".encode(), b"\xe4\xb8" + "楼".encode()), "UTF-8", 1),
        ((MINUTES * 3).encode()[:-5], "UTF-8", 1),
        ((MINUTES * 3).encode("gb18030")[:-4], "GB18030", 1),
        (b"\xef\xbb\xbf" + MINUTES.encode() + b"\xe4", "UTF-8", 1),
        (b"\xff\xfe" + MINUTES.encode("utf-16-le") + b"\x00", "UTF-16", 1),
    ],
)
def test_little_damage_is_read_and_counted(data: bytes, encoding: str, lost: int) -> None:
    found = decode(data)
    assert (found.encoding, found.lost, found.text.count("\ufffd")) == (encoding, lost, lost)
    assert "一、会议时间：三月十二日下午两点。" in found.text


def test_a_line_of_another_encoding_is_read_as_such() -> None:
    found = decode(MINUTES.encode() + "补充：茶歇在四楼。\n".encode("gb18030"))
    assert (found.text, found.encoding, found.lost) == (f"{MINUTES}补充：茶歇在四楼。\n", "UTF-8", 0)
