"""The check of a written sentence, whole: by rules and words alone, and with the model that reads in context."""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from bot.writing.checking import Checker
from bot.writing.entailment import Entailment, shared_runs
from bot.written import Checked, Lack
from embeddings.contextual import ContextReader
from embeddings.contract import EncoderLoadError
from embeddings.loading import READER_FOLDER
from embeddings.static import StaticEncoder

WRITTEN = Path(__file__).parents[2] / "files" / "written.jsonl"
LEAVE = "员工入职满一年后，每年享有5天带薪年休假，未休的不得折现。"
PARKING = "访客车辆停放在东门停车场。"


@pytest.fixture(scope="module")
def reader() -> ContextReader:
    return ContextReader.load(READER_FOLDER, threads=1)


@pytest.fixture(scope="module")
def reading(builtin: StaticEncoder, reader: ContextReader) -> Checker:
    return Checker(builtin, reader)


@pytest.fixture(params=["words", "reader"])
def checker(request: pytest.FixtureRequest, builtin: StaticEncoder, reading: Checker) -> Checker:
    return reading if request.param == "reader" else Checker(builtin, None)


def test_what_stands_in_a_quote_is_verbatim(checker: Checker) -> None:
    assert checker.check(LEAVE, [PARKING, LEAVE]) == Checked("verbatim", (1,), (), 1.0)
    assert checker.check("- **未休的不得折现**[2]", [PARKING, LEAVE]).standing == "verbatim"


def test_what_says_the_same_is_supported(checker: Checker) -> None:
    checked = checker.check("入职满一年以后，员工每年享有五天带薪年休假。", [PARKING, LEAVE])
    assert (checked.standing, checked.quotes, checked.lacks) == ("supported", (1,), ())
    assert checked.support >= 0.5


def test_what_is_wrong_is_named(checker: Checker) -> None:
    checked = checker.check("员工入职满一年后，每年享有15天带薪年休假。", [PARKING, LEAVE])
    assert (checked.standing, checked.quotes, checked.lacks) == ("unsupported", (1,), (Lack("number", "15天"),))
    assert checked.support < 0.5


@pytest.mark.parametrize(
    ("sentence", "quote", "kind"),
    [
        ("补贴最高不低于二十万元。", "补贴最高不超过二十万元。", "scope"),
        ("补贴最高超过二十万元。", "补贴最高不超过二十万元。", "scope"),
        ("每户至少不超过两名代表参加会议。", "每户至少两名代表参加会议。", "scope"),
        ("无故缺席听证并且中途退出听证的，视为放弃。", "无故缺席听证或者中途退出听证的，视为放弃。", "condition"),
        ("除急诊外，住院须提前预约。", "住院须提前预约，由住院处安排床位。", "meaning"),
        ("工作满五年但是超过十年的，奖励减半。", "工作满五年但是不超过十年的，奖励减半。", "scope"),
        ("王沈，字四亮四比，太原晋阳人。", "王沈，字处道，太原晋阳人。", "meaning"),
        ("由于社交网站，因此这里是野外考察的对象。", "由于地形多变，因此这里是野外考察的对象。", "meaning"),
        ("正在接受审查，并且涉嫌犯罪的，不予受理。", "正在接受审查，或者涉嫌犯罪的，不予受理。", "condition"),
        ("面对困难，决能够绕着走。", "面对困难，决不能绕着走。", "negation"),
        ("该站是当地不仅有的车站。", "该站是当地仅有的车站。", "negation"),
        ("优良比例为八成二。", "优良比例为九成二。", "percentage"),
        ("资金由两级按六比四分担。", "资金由两级按七比三分担。", "number"),
        ("经办机构自受理之日起百五个工作日内完成审核。", "经办机构自受理之日起十五个工作日内完成审核。", "number"),
    ],
)  # fmt: skip
def test_bounds_either_and_loose_numerals(checker: Checker, sentence: str, quote: str, kind: str) -> None:
    checked = checker.check(sentence, [quote])
    assert checked.standing == "unsupported"
    assert kind in {lack.kind for lack in checked.lacks}


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("每种最多复制全书的三分之一。", "每种复制不超过全书的三分之一。"),
        ("周一到周五上午8点至下午5点受理申请。", "每週一至週五上午八時至下午五時受理申請。"),
        ("普通门诊下午2点到5点。", "普通门诊14:00—17:00。"),
        ("资金由两级按7:3分担。", "资金由两级按七比三分担。"),
        ("优良比例达到92%。", "优良比例为九成二。"),
        ("全国共减少1294000公斤。", "全国共减少1294吨。"),
        ("硕士生最长为5年，博士生为8年。", "学习年限硕士生不超过五年，博士生不超过八年。"),
        ("一般每日工作不超过240分钟。", "一般每日工作不超过四小时。"),
        ("珍本不外借，只能在阅览室看。", "珍本一律不外借，可在阅览室看。"),
        ("Reference works may not be borrowed.", "Reference works cannot be borrowed."),
        ("Loans can be renewed two times.", "Loans can be renewed twice."),
        ("张衡是东汉天文学家，字平子。", "张衡，字平子，东汉天文学家。"),
    ],
)
def test_the_same_in_other_words(checker: Checker, sentence: str, quote: str) -> None:
    assert checker.check(sentence, [quote]).lacks == ()


def test_what_is_lacking_is_shown_as_it_is_read(checker: Checker) -> None:
    checked = checker.check("除周末外，图书馆每天开放8小时。", ["图书馆每天开放8小时。"])
    assert {lack.text for lack in checked.lacks} == {"除周末外"}


def test_who_denies_one_or_the_other_denies_both(checker: Checker) -> None:
    quote = "不得以个人不同意或者撤回同意为由，拒绝提供服务。"
    assert checker.check("不得以个人不同意以及撤回同意为由，拒绝提供服务。", [quote]).standing == "supported"


def test_a_word_in_the_place_of_another(reading: Checker) -> None:
    quote = "广州大学法学院创立于1984年，现任院长为邓成明教授。"
    assert reading.check("广州大学法学院创立于1984年，现任院长为王建国教授。", [quote]).standing == "unsupported"
    assert reading.check("第六台发射站地处坪洲。", ["第六台发射站位于坪洲。"]).standing == "supported"


def test_who_words_a_thing_freely_changes_more_than_one_word(reading: Checker) -> None:
    quote = "评审结束后，评审结果在学校网站公示五个工作日。"
    assert reading.check("审完以后，评审结果会在学校网站上公示五个工作日。", [quote]).standing == "supported"
    assert reading.check("评审结束后，评审结果在学校食堂公示五个工作日。", [quote]).standing == "unsupported"


def test_a_denial_may_not_be_cut_off(checker: Checker) -> None:
    checked = checker.check("未休的可以折现", [LEAVE])
    assert checked.standing == "unsupported"
    assert {lack.kind for lack in checked.lacks} == {"negation"}
    assert checker.check("得折现", [LEAVE]).standing != "verbatim"


def test_without_quotes_nothing_is_supported(checker: Checker) -> None:
    assert checker.check("员工有年假。", []) == Checked("unsupported", (), (Lack("quote", "员工有年假。"),), 0.0)


def test_a_sentence_of_marks_alone_says_nothing_wrong(checker: Checker) -> None:
    assert checker.check("---", [LEAVE]).standing == "supported"


def test_years_of_a_title_count_as_said(checker: Checker) -> None:
    quote, title = "大会于3月5日召开。", "2024年职工代表大会纪要"
    assert checker.check("大会于2024年3月5日召开。", [quote], [title]).standing == "supported"
    assert checker.check("大会于2023年3月5日召开。", [quote], [title]).lacks == (Lack("date", "2023年3月5日"),)


def test_something_else_is_lacking_in_meaning(reading: Checker) -> None:
    checked = reading.check("食堂周末供应早餐。", [LEAVE])
    assert checked.standing == "unsupported"
    assert [lack.kind for lack in checked.lacks] == ["meaning"]


def written(kind: str) -> Iterator[tuple[str, list[str]]]:
    for line in WRITTEN.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        for sentence in row[kind]:
            yield sentence, row["quotes"]


def test_sentences_as_people_write_them(reading: Checker) -> None:
    """Made-up texts: true sentences in other words, false ones that differ little."""
    flagged = [reading.check(sentence, quotes).standing == "unsupported" for sentence, quotes in written("true")]
    missed = [reading.check(sentence, quotes).standing != "unsupported" for sentence, quotes in written("false")]
    assert sum(flagged) <= 0.06 * len(flagged)
    assert sum(missed) <= 0.28 * len(missed)


def test_shared_runs_are_the_longest_pieces_of_both() -> None:
    assert shared_runs("每年五天年假", "每年享有年假").tolist() == [2, 2, 0, 0, 2, 2]
    assert shared_runs("", "年假").tolist() == []


def test_a_sentence_and_its_quotes_are_read_together(reader: ContextReader) -> None:
    entailed = Entailment.load(reader, READER_FOLDER)("入职满一年有五天年假", LEAVE)
    assert len(entailed.spans) == len(entailed.doubts)
    assert entailed.spans[0][0] == 0
    assert entailed.spans[-1][1] == len("入职满一年有五天年假")
    assert np.all((entailed.doubts > 0) & (entailed.doubts < 1))


def test_missing_weights_are_told(reader: ContextReader, tmp_path: Path) -> None:
    with pytest.raises(EncoderLoadError, match=r"entailment\.npz"):
        Entailment.load(reader, tmp_path)
