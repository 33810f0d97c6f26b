"""Exactness: what speaks of another year, building or code than the question names is not what was asked for."""

import pytest

from bot.documents.parser import parse
from bot.documents.passages import split_passages, split_sentences
from bot.evidence.exactness import PENALTY, Standing, hold_to, missing, standing
from bot.evidence.judge import Evidence, RankedPassage, Verdict
from bot.language.designators import designators
from bot.language.folding import fold
from bot.storage.store import StoredPassage


def sentences(text: str, title: str = "记录") -> list[Evidence]:
    """Every sentence of a document, the first one the best."""
    document = parse("a.txt", text.encode("utf-8-sig"), title)
    stored = [StoredPassage(n, "a", "a.txt", title, passage) for n, passage in enumerate(split_passages(document), 1)]
    spans = [(s, span) for s in stored for span in split_sentences(document.text, s.passage.start, s.passage.end)]
    return [Evidence(s, *span, 10.0 - 5 * place) for place, (s, span) in enumerate(spans)]


def verdict(evidence: list[Evidence]) -> Verdict:
    best: dict[int, RankedPassage] = {}
    for e in evidence:
        best.setdefault(e.stored.passage_id, RankedPassage(e.stored, e.score))
    return Verdict(tuple(best.values()), tuple(evidence), confidence=0.9, answered=True, threshold=0.2)


@pytest.mark.parametrize(
    ("question", "text", "title", "expected"),
    [
        ("2号楼电话", "二号楼电话：8002。", "电话", Standing(same=True, other=False)),
        ("2号楼电话", "三号楼电话：8003。", "电话", Standing(same=False, other=True)),
        ("2号楼电话", "各楼都有电话。", "电话", Standing(same=False, other=False)),
        ("2023年目标", "国内生产总值增长5%左右。", "2023年工作报告", Standing(same=True, other=False)),
        ("2023年目标", "国内生产总值增长5%左右。", "2024年工作报告", Standing(same=False, other=True)),
        ("2022年增长", "去年国内生产总值增长3%。", "2023年工作报告", Standing(same=True, other=False)),
        ("2023年增长", "去年国内生产总值增长3%。", "2023年工作报告", Standing(same=False, other=True)),
        ("2021年3月5日", "2021年3月6日开会。", "会议", Standing(same=False, other=True)),
        ("二〇二一年标准", "自2020年起，每月二百元。", "标准", Standing(same=True, other=False)),
        ("2022年增长", "五年年均增长5.2%。", "2023年工作报告", Standing(same=False, other=False)),
        ("2020年新增就业", "“十三五”时期新增就业六千万人。", "2021年工作报告", Standing(same=False, other=False)),
        ("2021年新增就业", "“十三五”时期新增就业六千万人。", "2021年工作报告", Standing(same=False, other=True)),
        ("谁是园丁", "2020年，张三任园丁。", "园丁", Standing(same=False, other=False)),
        ("谁是副馆长", "2020年，张三任馆长。", "图书馆", Standing(same=False, other=True)),
        ("谁是馆长", "2020年，张三任馆长，李四任副馆长。", "图书馆", Standing(same=True, other=False)),
    ],
)
def test_a_sentence_stands_to_what_is_named(question: str, text: str, title: str, expected: Standing) -> None:
    assert standing(designators(fold(question)), sentences(text, title)[0]) == expected


def test_where_it_must_be_of_the_year_silence_is_another_one() -> None:
    evidence = sentences("国内生产总值增长5%左右。", "工作报告")[0]
    asked = designators("2023年")
    assert standing(asked, evidence) == Standing(same=False, other=False)
    assert standing(asked, evidence, ["年"]) == Standing(same=False, other=True)
    later = sentences("五年年均增长5.2%。", "2024年工作报告")[0]
    assert standing(asked, later, ["年"]) == Standing(same=False, other=True)
    assert standing(asked, evidence, ["号楼"]) == Standing(same=False, other=False)


def test_a_sentence_takes_the_year_from_the_nearest_one_before_it() -> None:
    evidence = sentences("2021年招生三百人。其中女生一百人。2022年招生四百人。其中女生二百人。")
    asked = designators("2022年")
    assert [standing(asked, e).other for e in evidence] == [True, True, False, False]


def test_a_heading_says_of_which_one_its_text_speaks() -> None:
    evidence = sentences("第一章 一期工程\n占地十亩。\n第二章 二期工程\n占地九亩。")
    asked = designators("二期")
    assert [(e.text, standing(asked, e).other) for e in evidence if "占地" in e.text] == [
        ("占地十亩。", True),
        ("占地九亩。", False),
    ]


def test_another_one_stands_behind_however_likely_it_looked() -> None:
    held = hold_to(designators("房间10"), verdict(sentences("房间1010住吴先生。\n房间110住郑先生。\n房间10住周先生。")))
    assert held.sentences[0].text == "房间10住周先生。"
    assert held.passages[0].stored.passage.text == "房间10住周先生。"
    assert held.sentences[0].score - held.sentences[1].score == PENALTY
    assert held.answered
    assert held.confidence == 0.9


def test_where_only_others_are_found_nothing_answers() -> None:
    evidence = sentences("代码2088：更换电机。\n代码2099：补充冷媒。")
    held = hold_to(designators("代码2077"), verdict(evidence))
    assert not held.answered
    assert held.confidence < held.threshold
    [one] = missing(designators("代码2077"), evidence)
    assert (one.named.text, one.others, one.more) == ("代码2077", ("代码2088", "代码2099"), False)


def test_of_many_others_the_nearest_are_told() -> None:
    evidence = sentences("\n".join(f"{number}号仓库由王师傅看管。" for number in range(1, 20)))
    [one] = missing(designators("25号仓库"), evidence)
    assert (one.others, one.more) == (tuple(f"{number}号" for number in range(14, 20)), True)


def test_what_names_nothing_stays_as_it_is() -> None:
    before = verdict(sentences("2020年开馆。"))
    assert hold_to((), before) is before
    assert missing((), before.sentences) == []
