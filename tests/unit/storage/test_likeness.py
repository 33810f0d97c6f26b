"""Documents with much the same text: the estimate against the true share, and what is told of it when adding."""

import random
import re

import numpy as np
import pytest

from bot.language.folding import fold
from bot.storage.likeness import SIZE, _letters, _smallest, share, sketch
from tests.parts import OpenBot

WORDS = (
    "云山市东湖街道防汛物资储备管理办法规定值班电话每日八时交班签字沙袋水泵通知会议安排负责人预算经费报销差旅住宿标准"
)


def text(rng: random.Random, length: int) -> str:
    return "".join(rng.choices(WORDS, k=length))


def true_share(one: str, other: str) -> float:
    runs = [{whole[at : at + 8] for at in range(len(whole) - 7)} for whole in (one, other)]
    return len(runs[0] & runs[1]) / len(runs[0] | runs[1])


@pytest.mark.parametrize("kept", [0.0, 0.2, 0.5, 0.8, 1.0])
def test_the_estimate_is_near_the_true_share(kept: float) -> None:
    rng = random.Random(3)
    one = text(rng, 6_000)
    other = one[: int(6_000 * kept)] + text(rng, int(6_000 * (1 - kept)))
    assert share(sketch(one), sketch(other)) == pytest.approx(true_share(one, other), abs=0.12)


def test_lines_marks_width_and_traditional_characters_count_for_nothing() -> None:
    one = "第一条 为了规范会议，制定本办法。\n第二条 每周一召开例会，由办公室组织，ABC 室。"
    other = "第一條為了規範會議，制定本辦法。第二條　每週一召開例會，由辦公室組織，ＡＢＣ室。".replace("週", "周")
    assert share(sketch(one), sketch(other)) == 1.0
    assert len(sketch("太短了")) == 0


def test_the_same_text_under_another_name_and_another_version_are_told(open_bot: OpenBot) -> None:
    rng = random.Random(4)
    rules, rest = text(rng, 1_500), text(rng, 1_500)
    bot = open_bot()
    files = {
        "考勤办法（2023版）.txt": f"考勤办法（2023版）\n{rules}\n{rest}",
        "别的.txt": f"别的\n{text(rng, 2_000)}",
        "副本.txt": f"考勤办法（2023版）\n{rules}\n\n{rest}",
        "考勤办法（2024版）.txt": f"考勤办法（2024版）\n{rules}\n{text(rng, 2_600)}",
        "汇编.txt": f"规章汇编\n{rules}\n{text(rng, 2_600)}",
    }
    reports = bot.add_files([(name, data.encode(), None) for name, data in files.items()])
    told = {r.source: (r.alike.source, r.alike.share == 1.0) for r in reports if r.alike is not None}
    assert told == {
        "副本.txt": ("考勤办法（2023版）.txt", True),
        "考勤办法（2024版）.txt": ("考勤办法（2023版）.txt", False),
    }
    again = bot.add_bytes("别的.txt", files["别的.txt"].encode())
    assert (again.status, again.alike) == ("unchanged", None)


@pytest.mark.parametrize("count", [0, 20, 1_000, 50_000])
def test_the_sketch_of_a_long_text_holds_its_smallest_hashes(count: int) -> None:
    hashes = np.random.default_rng(count).integers(0, 2**64, count, np.uint64)
    for tried in (hashes, np.repeat(hashes[:200], 100), hashes // np.uint64(3)):
        assert np.array_equal(_smallest(tried), np.unique(tried)[:SIZE])


def test_letters_are_those_of_the_expression() -> None:
    every = "".join(map(chr, (*range(0xD800), *range(0xE000, 0x10000))))
    expected = re.sub(r"[\W_]+", "", fold(every))
    assert _letters(every).decode("utf-32-le") == expected
    assert _letters(f"{every}\U00020000").decode("utf-32-le") == f"{expected}\U00020000"
