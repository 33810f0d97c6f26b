"""What of a folder is looked at, and what is left out."""

import os
from pathlib import Path

import pytest

from bot.folders.walking import walk
from bot.types import DocumentError


def make(root: Path, *paths: str) -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(path, encoding="utf-8")


def test_files_are_found_below_in_order_and_other_kinds_are_counted(tmp_path: Path) -> None:
    make(tmp_path, "b.txt", "a/z.md", "a.txt", "a/b/c.TXT", "a/tool.exe")
    walked = walk(tmp_path)
    assert list(walked.files) == ["a/b/c.TXT", "a/z.md", "a.txt", "b.txt"]
    found = (tmp_path / "b.txt").stat()
    assert (walked.files["b.txt"].size, walked.files["b.txt"].mtime_ns) == (5, found.st_mtime_ns)
    assert (walked.other, walked.unseen, walked.problems) == (1, [], [])


def test_what_no_person_means_is_left_out(tmp_path: Path) -> None:
    left_out = (".a.txt", "._b.txt", "~$c.txt", ".git/d.txt", "x/node_modules/p/e.md", "Thumbs.db", "desktop.ini")
    make(tmp_path, "in.txt", "x/in.txt", "x/~tilde.txt", *left_out)
    assert list(walk(tmp_path).files) == ["in.txt", "x/in.txt", "x/~tilde.txt"]


def test_youjuignore_has_gitignores_rules_in_every_folder(tmp_path: Path) -> None:
    make(tmp_path, "old.txt", "keep/old.txt", "draft-1.txt", "a/draft-2.txt", "build/x.txt", "a/build/y.txt")
    make(tmp_path, "a/b/only.txt", "a/b/log.txt", "top.txt", "a/top.txt")
    (tmp_path / ".youjuignore").write_text("\ufeff# ours\ndraft-*\nbuild/\n/top.txt\nold.txt\n", encoding="utf-8")
    (tmp_path / "keep" / ".youjuignore").write_text("!old.txt\n", encoding="utf-8")
    (tmp_path / "a" / "b" / ".youjuignore").write_text("*\n!only.txt\n", encoding="utf-8")
    assert list(walk(tmp_path).files) == ["a/b/only.txt", "a/top.txt", "keep/old.txt"]


def test_a_line_that_is_no_rule_is_told_and_the_others_hold(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "b.txt")
    (tmp_path / ".youjuignore").write_text("b.txt\n!\n", encoding="utf-8")
    walked = walk(tmp_path)
    assert list(walked.files) == ["a.txt"]
    assert [report.error_en for report in walked.problems] == [".youjuignore: line 2 is no rule (!); correct it."]


def test_links_are_followed_inside_once_and_never_outside(tmp_path: Path) -> None:
    root, outside = tmp_path / "in", tmp_path / "out"
    make(root, "a/one.txt", ".store/two.txt")
    make(outside, "secret.txt", "deep/secret.txt")
    for name, target in {
        "cycle": root, "a/up": root / "a", "again.txt": root / "a" / "one.txt", "two.txt": root / ".store" / "two.txt",
        "out.txt": outside / "secret.txt", "out": outside, "nothing.txt": root / "none", "..txt": outside / "deep",
    }.items():  # fmt: skip
        (root / name).symlink_to(target)
    assert list(walk(root).files) == ["a/one.txt", "two.txt"]
    (tmp_path / "link").symlink_to(root)
    assert list(walk(tmp_path / "link").files) == ["a/one.txt", "two.txt"]


def test_no_file_is_met_twice_through_links(tmp_path: Path) -> None:
    make(tmp_path, "top.txt", "a/x.txt", ".store/in/two.txt")
    for name, target in {
        "a/top": tmp_path, "b.txt": tmp_path / ".store" / "in" / "two.txt", "c": tmp_path / ".store"
    }.items():  # fmt: skip
        (tmp_path / name).symlink_to(target)
    os.link(tmp_path / "top.txt", tmp_path / "same.txt")  # a name of its own
    assert list(walk(tmp_path).files) == ["a/x.txt", "b.txt", "same.txt", "top.txt"]


def test_a_cycle_of_two_folders_ends(tmp_path: Path) -> None:
    make(tmp_path, "a/x.txt", "b/y.txt")
    (tmp_path / "a" / "b").symlink_to(tmp_path / "b")
    (tmp_path / "b" / "a").symlink_to(tmp_path / "a")
    assert list(walk(tmp_path).files) == ["a/x.txt", "b/y.txt"]


def test_the_home_is_no_part_of_a_folder_around_it(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "home/b.txt")
    assert list(walk(tmp_path, tmp_path / "home").files) == ["a.txt"]


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is closed to root")
def test_a_closed_folder_is_told_and_is_not_taken_for_empty(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "closed/b.txt")
    (tmp_path / "closed").chmod(0)
    walked = walk(tmp_path)
    (tmp_path / "closed").chmod(0o700)
    assert (list(walked.files), walked.unseen) == (["a.txt"], ["closed/"])
    assert "closed: cannot be looked at" in str(walked.problems[0].error_en)


def test_a_name_that_is_no_text_is_told(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    Path(os.fsdecode(bytes(tmp_path) + b"/\xff.txt")).write_text("x", encoding="utf-8")
    walked = walk(tmp_path)
    assert list(walked.files) == ["a.txt"]
    assert walked.problems[0].error_zh == "\\udcff.txt：文件名不是文本；请重命名。"


def test_what_is_no_folder_is_one_line(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    for path in (tmp_path / "none", tmp_path / "a.txt"):
        with pytest.raises(DocumentError) as caught:
            walk(path)
        assert str(path) in caught.value.en and "\n" not in caught.value.en + caught.value.zh
