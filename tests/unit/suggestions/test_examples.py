"""The sample's own questions to begin with."""

from pathlib import Path

from bot.settings import Settings
from bot.suggestions.examples import Examples, read_examples
from tests.parts import OpenBot


def test_a_folder_of_seeds_may_have_examples(tmp_path: Path) -> None:
    (tmp_path / "examples.json").write_text('{"source": "a.txt", "questions": ["甲？", "乙？"]}', encoding="utf-8")
    assert read_examples(tmp_path) == Examples("a.txt", ("甲？", "乙？"))
    assert read_examples(tmp_path / "none") is None and read_examples(None) is None


def test_they_are_the_starters_while_the_sample_is_alone(open_bot: OpenBot) -> None:
    seeds = Settings().seeds
    examples = read_examples(seeds)
    assert seeds is not None and examples is not None
    bot = open_bot(seeds=seeds)
    assert bot.starters() == list(examples.questions)
    assert bot.starters(1) == [examples.questions[0]]
    # Without the reader a question in English is answered where it needs no translation.
    assert bot.starters(4, language="en") == list(examples.english[1:])
    bot.add_bytes("灯塔.md", "# 灯塔\n\n灯塔建于1907年，由石匠周海生设计。\n".encode())
    assert set(bot.starters()).isdisjoint(examples.questions)
