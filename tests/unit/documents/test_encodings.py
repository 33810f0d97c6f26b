"""468 files in all the encodings that people's folders hold: each is read as it was written, or refused.

The sentences are this file's own.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

import pytest

from bot.documents.encoding import decode

SIMPLIFIED = (
    "会议改期了",
    "请带身份证",
    "本周五停电检修",
    "食堂十一点半开饭。",
    "维修电话见楼下公告栏",
    "合同一式两份，双方各执一份。",
    "押金在退房后七个工作日内退还。",
    "（三）迟到三次按旷工半天处理；",
    "小区门禁卡每张收取工本费二十元。",
    "李娜负责采购，王强负责验收。",
    "问：发票丢了怎么办？答：凭记账联复印件补办。",
    "附件2 设备清单（共14台，合计8.6万元）",
)
TRADITIONAL = (
    "會議改期了",
    "請帶身分證",
    "本週五停電檢修",
    "餐廳十一點半開飯。",
    "維修電話見樓下公告欄",
    "合約一式兩份，雙方各執一份。",
    "押金於退租後七個工作天內退還。",
    "（三）遲到三次按曠職半天處理；",
    "社區門禁卡每張收取工本費二十元。",
    "李娜負責採購，王強負責驗收。",
    "問：發票遺失了怎麼辦？答：請向會計室申請補發。",
    "附件2 設備清單（共14臺，合計8.6萬元）",
)
JAPANESE = (
    "会議は中止です",
    "ご利用の案内",
    "電気工事のお知らせ",
    "食堂は十一時半からです。",
    "契約書は二通作成します。",
    "敷金は退去後に返金します。",
    "カードの再発行は有料です",
    "遅刻は三回で欠勤とします。",
    "購入は田中さんが担当する。",
    "領収書をなくした場合はどうすればよいですか。",
    "設備一覧（14台、合計86万円）です",
    "パスワードを忘れたときは、窓口までお越しください。",
)
KOREAN = (
    "회의가 취소되었습니다",
    "이용 안내입니다",
    "전기 공사 안내",
    "식당은 열한 시 반에 엽니다.",
    "계약서는 두 부를 작성합니다.",
    "보증금은 퇴실 후에 돌려 드립니다.",
    "카드 재발급은 유료입니다",
    "세 번 지각하면 결근으로 처리합니다.",
    "구매는 김 대리가 담당한다.",
    "영수증을 잃어버리면 어떻게 해야 합니까?",
    "장비 목록 (14대, 합계 86만 원)",
    "비밀번호를 잊으셨다면 창구로 오시기 바랍니다.",
)
WESTERN = (
    "Café fermé",
    "Réunion annulée",
    "Où est la clé ?",
    "Le dîner est à midi.",
    "Prüfung verschoben",
    "Müller & Söhne",
    "Die Küche öffnet um elf Uhr.",
    "Größe: 14 Stück, zusammen 86 €",
    "Reunión cancelada",
    "¿Dónde está el baño?",
    "The “blue” form – don’t lose it.",
    "§ 3 The deposit is £40, returned within 7 days.",
)
CODECS = (
    (SIMPLIFIED, ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gbk", "gb18030", "hz")),
    (TRADITIONAL, ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "big5", "gb18030")),
    (JAPANESE, ("utf-8", "utf-16-le", "euc_jp", "shift_jis", "iso2022_jp")),
    (KOREAN, ("utf-8", "utf-16-le", "euc_kr")),
    (WESTERN, ("utf-8", "utf-16-le", "cp1252")),
)
NAMES = {
    "utf-8": "UTF-8", "utf-8-sig": "UTF-8", "utf-16": "UTF-16", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16",
    "gbk": "GB18030", "gb18030": "GB18030", "hz": "HZ", "big5": "Big5", "euc_jp": "EUC-JP", "shift_jis": "Shift_JIS",
    "iso2022_jp": "ISO-2022-JP", "euc_kr": "EUC-KR", "cp1252": "Windows-1252",
}  # fmt: skip


def texts(sentences: Sequence[str]) -> Iterator[str]:
    """Yield the texts of a language's files: its sentences one by one, then a few in lines, then long ones."""
    yield from sentences
    for at in range(3, len(sentences), 3):
        yield "\r\n".join(sentences[at - 3 : at + 1])
    for times in (8, 80, 800):
        yield "\n".join(sentences[k * 5 % len(sentences)] for k in range(times))


def files() -> Iterator[tuple[str, str, bytes]]:
    """Yield each file: the codec that it is written in, its text, its bytes."""
    for sentences, codecs in CODECS:
        for codec in codecs:
            for text in texts(sentences):
                yield codec, text, text.encode(codec)


def outcome(codec: str, text: str, data: bytes) -> str:
    try:
        found = decode(data)
    except UnicodeError:
        return "refused"
    return "right" if (found.text, found.encoding, found.lost) == (text, NAMES[codec], 0) else "wrong"


def test_files_are_read_as_they_were_written_or_refused() -> None:
    found = [(outcome(*file), file) for file in files()]
    counts = Counter(kind for kind, _ in found)
    assert [file[:2] for kind, file in found if kind == "wrong"] == []
    assert (len(found), counts["right"] >= 0.99 * len(found)) == (468, True)


@pytest.mark.parametrize("text", ["自宅電話番号", "( 署名、暗号化", "京都市役所"])
def test_japanese_without_kana_is_no_chinese(text: str) -> None:
    for codec in ("euc_jp", "shift_jis"):
        assert outcome(codec, text, text.encode(codec)) != "wrong"


@pytest.mark.parametrize(
    "text", ["<b>alert(1)</b> 猫。", "He said “yes” to it.", "Fee: 30元", "张三 (manager)", "See §3 ——"]
)
def test_a_little_chinese_among_english_is_read(text: str) -> None:
    assert outcome("gbk", text, text.encode("gbk")) == "right"


def test_what_two_encodings_may_mean_is_refused() -> None:
    data = "閏秒距離太近".encode("gb18030")
    with pytest.raises(UnicodeError, match="as well as"):
        decode("自宅電話番号".encode("euc_jp"))
    assert decode(data).text == "閏秒距離太近"


def test_an_escape_in_plain_text_is_no_hz() -> None:
    assert decode(b"alias x='~{a,b}' # braces in a shell").encoding == "UTF-8"


def test_damaged_japanese_is_not_read_as_chinese() -> None:
    data = ("食堂は十一時半からです。\n" * 20).encode("euc_jp")
    found = decode(data[:101] + b"\xff" + data[102:])
    assert (found.encoding, found.text.count("食堂は")) == ("EUC-JP", 19)
