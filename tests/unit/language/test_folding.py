"""Folding keeps spans valid; terms are characters, pairs and words."""

import random

from bot.language.folding import fold, is_han, runs, terms


def test_fold_width_case_and_traditional_characters() -> None:
    assert fold("ＡＢＣ１２３（甲）") == "abc123(甲)"
    assert fold("政府工作報告、臺灣、後來") == "政府工作报告、台湾、后来"
    assert fold("Résumé ΑΒΓ Привет") == "résumé αβγ привет"
    assert fold("") == ""


def test_fold_keeps_the_length_of_every_character() -> None:
    for code in range(0x110000):
        if not 0xD800 <= code < 0xE000:
            assert len(fold(chr(code))) == 1, hex(code)


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
