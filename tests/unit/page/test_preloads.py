"""The files of the Gradio that is installed which every visit loads."""

from pathlib import Path

from bot.page.preloads import needed


def test_the_files_of_the_gradio_that_is_installed() -> None:
    names = needed()
    stems = {name.rsplit("-", 1)[0] for name in names}
    assert {"index", "Index", "core", "Blocks", "HTML"} <= stems
    assert 20 < len(names) == len(set(names)) < 60
    assert not [name for name in names if "Plot" in name or "katex" in name]


def test_a_gradio_that_is_built_otherwise(tmp_path: Path) -> None:
    assert needed(tmp_path) == ()
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text('<script type="module" src="./assets/index-a1.js"></script>')
    assert needed(tmp_path) == ()
    (tmp_path / "assets" / "index-a1.js").write_text('import{a}from"./core-b2.js";import"./gone-c3.js"')
    (tmp_path / "assets" / "core-b2.js").write_text("export const a = 1;")
    assert needed(tmp_path) == ("index-a1.js", "core-b2.js")
