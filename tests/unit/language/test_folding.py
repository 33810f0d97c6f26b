"""Folding keeps spans valid; terms are characters, pairs and words."""

import random
import re

import pytest

from bot.language.folding import HIDDEN, fold, fold_each, fold_plain, is_han, joined_terms, plain, runs, terms, visible


def test_fold_width_case_and_traditional_characters() -> None:
    assert fold("ＡＢＣ１２３（甲）") == "abc123(甲)"
    assert fold("政府工作報告、臺灣、後來") == "政府工作报告、台湾、后来"
    assert fold("Résumé ΑΒΓ Привет") == "résumé αβγ привет"
    assert fold("") == ""


def test_fold_keeps_the_length_of_every_character() -> None:
    for code in range(0x110000):
        if not 0xD800 <= code < 0xE000:
            assert len(fold(chr(code))) == 1, hex(code)


def test_many_characters_fold_as_each_does() -> None:
    every = [chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000 and code != ord("\n")]
    assert "".join(fold_each(every)) == fold("".join(every))


def test_fold_is_idempotent_and_works_character_by_character() -> None:
    rng = random.Random(5)
    for _ in range(300):
        text = "".join(
            chr(rng.choice((rng.randrange(0x20, 0x500), rng.randrange(0x3000, 0xA000), 0x20BB7))) for _ in range(40)
        )
        folded = fold(text)
        assert folded == "".join(map(fold, text))
        assert fold(folded) == folded


def test_han() -> None:
    assert [char for char in "中〇㐀𠮷豈aあ한1，" if is_han(char)] == list("中〇㐀𠮷豈")
    assert not is_han("")


def test_runs_and_terms() -> None:
    assert runs("2020年gdp增长3.5%，don't_stop") == ["2020", "年", "gdp", "增长", "3.5", "don't", "stop"]
    assert terms("中国人 ok 3.14") == ["中", "国", "人", "中国", "国人", "ok", "3.14"]
    assert terms("好") == ["好"]
    assert terms("，。 _") == []


def test_a_text_as_it_is_read() -> None:
    assert plain("合同编\u200b号\xad为\ufeff甲") == "合同编号为甲"
    assert plain("经研究决\n    定，\n自五月 \n起") == "经研究决定，自五月起"
    assert plain("a period of\n  two months") == "a period of two months"
    assert plain("use 电脑\nExcel") == "use 电脑 Excel"
    assert fold_plain("ＨＴ\u200b－８８") == "ht-88"


@pytest.mark.parametrize("text", ["", "图", "图书馆3.5公里", "the cat's C++ 猫 and 狗在", "。，", "a 图b书c"])
def test_joined_terms_are_the_terms(text: str) -> None:
    assert sorted(joined_terms(text).split()) == sorted(terms(text))


def test_what_no_reader_sees_is_left_out_and_nothing_else() -> None:
    hidden = {char for char in map(chr, range(0x10000)) if re.match(f"[{HIDDEN}]", char)}
    assert len(hidden) == 29
    for char in map(chr, range(0x10000)):
        assert visible(f"甲{char}乙") == ("甲乙" if char in hidden else f"甲{char}乙")
