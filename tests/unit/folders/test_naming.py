"""Under which sources files are added."""

from pathlib import Path

import pytest

from bot.folders.naming import name_files, upload_name


@pytest.mark.parametrize(
    ("sent", "source"),
    [
        ("a.txt", "a.txt"), ("in/a.txt", "in/a.txt"), ("in\\deep\\a.txt", "in/deep/a.txt"), ("./in//a.txt", "in/a.txt"),
        ("../../a.txt", "a.txt"), ("in/../a.txt", "a.txt"), ("/etc/a.txt", "a.txt"), ("C:\\fakepath\\a.txt", "a.txt"),
        ("\\\\server\\a.txt", "a.txt"), ("", ""), ("/", ""),
    ],
)  # fmt: skip
def test_an_upload_keeps_a_relative_path_and_nothing_else(sent: str, source: str) -> None:
    assert upload_name(sent) == source


def files(root: Path, *names: str) -> list[tuple[str, Path]]:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).touch()
    return [(name, root / name) for name in names]


def test_a_file_of_the_same_name_from_elsewhere_is_another(tmp_path: Path) -> None:
    one, two = files(tmp_path / "one", "readme.txt", "x/b.txt"), files(tmp_path / "two", "readme.txt", "x/b.txt")
    origins = {source: str(path) for source, (_, path) in zip(name_files(one, {}, {}), one, strict=True)}
    assert list(origins) == ["readme.txt", "x/b.txt"]
    assert name_files(two, origins, {}) == ["two/readme.txt", "two/x/b.txt"]
    assert name_files([*one, *two], {}, {}) == ["readme.txt", "x/b.txt", "two/readme.txt", "two/x/b.txt"]
    assert name_files(one, origins, {}) == ["readme.txt", "x/b.txt"]


def test_names_go_before_it_until_it_is_free(tmp_path: Path) -> None:
    found = [files(tmp_path / name / "in", "a.txt")[0] for name in ("1", "2", "3")]
    assert name_files(found, {}, {}) == ["a.txt", "in/a.txt", "3/in/a.txt"]


def test_a_file_that_has_gone_leaves_its_name(tmp_path: Path) -> None:
    new = files(tmp_path / "two", "a.txt")
    assert name_files(new, {"a.txt": str(tmp_path / "one" / "a.txt")}, {}) == ["a.txt"]


def test_a_file_keeps_its_source_however_it_is_named(tmp_path: Path) -> None:
    (one,) = files(tmp_path, "deep/in/a.txt")
    origins = {"in/a.txt": str(one[1])}
    assert name_files([one, ("a.txt", one[1])], origins, {}) == ["in/a.txt", "in/a.txt"]


def test_what_is_kept_in_step_has_its_source_there_and_its_name_to_itself(tmp_path: Path) -> None:
    (kept,) = files(tmp_path / "docs", "sub/a.txt")
    (other,) = files(tmp_path / "x", "docs/b.txt")
    synced = {"docs": str(tmp_path / "docs")}
    assert name_files([("a.txt", kept[1]), other], {}, synced) == ["docs/sub/a.txt", "x/docs/b.txt"]
