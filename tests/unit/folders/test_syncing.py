"""A folder brought into step: what is answered is what stands there."""

import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.conversations.chat import ChatQuestion
from bot.conversations.feedback import RightParagraph
from bot.engine import Bot
from bot.folders.syncing import FolderSync, Stopped
from bot.storage.folders import UNREAD, FolderTable
from bot.types import DocumentError
from tests.parts import OpenBot

Write = Callable[[str, str], Path]
CAT, DOG, BIRD = "猫在屋顶晒太阳。", "狗在院子里睡觉。", "鸟在树上唱歌。"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    return tmp_path / "docs"


@pytest.fixture
def write(root: Path) -> Write:
    def write(name: str, text: str) -> Path:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def bot(open_bot: OpenBot, root: Path) -> Bot:
    bot = open_bot()
    bot.folders.keep(root)
    return bot


def texts(bot: Bot) -> dict[str, str]:
    return {info.source: bot.document(info.document_id).text for info in bot.documents()}


def ids(bot: Bot) -> dict[str, str]:
    return {info.source: info.document_id for info in bot.documents()}


def assert_whole(bot: Bot) -> None:
    assert [check for check in bot.check() if not check.ok] == []


def test_new_changed_and_deleted_files_follow(bot: Bot, write: Write) -> None:
    cat, _ = write("cat.txt", CAT), write("in/dog.txt", DOG)
    report = bot.folders.sync("docs")
    assert (report.added, report.unchanged) == (("cat.txt", "in/dog.txt"), 0)
    assert texts(bot) == {"docs/cat.txt": CAT, "docs/in/dog.txt": DOG}
    report = bot.folders.sync("docs")
    assert (report.added, report.changed, report.removed, report.unchanged) == ((), (), (), 2)
    write("in/dog.txt", BIRD)
    cat.unlink()
    report = bot.folders.sync("docs")
    assert (report.added, report.changed, report.removed, report.unchanged) == ((), ("in/dog.txt",), ("cat.txt",), 0)
    assert texts(bot) == {"docs/in/dog.txt": BIRD}
    assert [hit.text for hit in bot.search("猫在屋顶晒太阳")] == [BIRD]
    assert_whole(bot)


def test_files_of_one_name_in_two_folders_are_two_documents(bot: Bot, write: Write, tmp_path: Path) -> None:
    write("readme.txt", CAT)
    write("in/readme.txt", DOG)
    other = tmp_path / "other"
    other.mkdir()
    (other / "readme.txt").write_text(BIRD, encoding="utf-8")
    bot.folders.keep(other)
    bot.folders.sync("docs")
    bot.folders.sync("other")
    assert texts(bot) == {"docs/in/readme.txt": DOG, "docs/readme.txt": CAT, "other/readme.txt": BIRD}


def test_a_moved_file_keeps_its_document_links_and_marks(bot: Bot, write: Write, root: Path) -> None:
    write("cat.txt", CAT)
    write("note.txt", "记录\n\n猫爱吃鱼。\n\n狗爱吃骨头。")
    bot.folders.sync("docs")
    before = ids(bot)
    answer = bot.ask("猫在哪里晒太阳？")
    kept = bot.chat.ask("v", ChatQuestion("谁吃骨头？"))
    assert kept is not None
    bot.rate("v", kept.conversation_id, kept.turns[-1].turn_id, "bad", RightParagraph(before["docs/note.txt"], 1))
    (root / "deep").mkdir()
    (root / "cat.txt").rename(root / "deep" / "tiger.txt")
    (root / "note.txt").rename(root / "deep" / "note.txt")
    report = bot.folders.sync("docs")
    assert report.moved == (("cat.txt", "deep/tiger.txt"), ("note.txt", "deep/note.txt"))
    assert (report.added, report.changed, report.removed) == ((), (), ())
    after = ids(bot)
    assert after == {"docs/deep/note.txt": before["docs/note.txt"], "docs/deep/tiger.txt": before["docs/cat.txt"]}
    assert {info.source: info.title for info in bot.documents()}["docs/deep/tiger.txt"] == "tiger"
    view = bot.links.open(answer.citations[0].target)
    assert (view.state, view.source) == ("same", "docs/deep/tiger.txt")
    assert bot.ask("谁吃骨头？").citations[0].quote == "猫爱吃鱼。"
    assert_whole(bot)
    # Its old place may be taken by another document.
    write("cat.txt", BIRD)
    bot.folders.sync("docs")
    assert len(set(ids(bot).values())) == 3
    assert texts(bot)["docs/cat.txt"] == BIRD
    assert bot.folders.sync("docs").unchanged == 3
    assert_whole(bot)


def test_what_stands_inside_a_file_comes_and_goes_with_it(bot: Bot, root: Path) -> None:
    def pack(**texts: str) -> None:
        with zipfile.ZipFile(root / "all.zip", "w") as archive:
            for name, text in texts.items():
                archive.writestr(f"{name}.txt", text)

    pack(cat=CAT, dog=DOG)
    assert bot.folders.sync("docs").added == ("all.zip",)
    assert texts(bot) == {"docs/all.zip/cat.txt": CAT, "docs/all.zip/dog.txt": DOG}
    assert bot.folders.sync("docs").unchanged == 1
    pack(cat=CAT, bird=BIRD)
    assert bot.folders.sync("docs").changed == ("all.zip",)
    assert texts(bot) == {"docs/all.zip/bird.txt": BIRD, "docs/all.zip/cat.txt": CAT}
    before = set(ids(bot).values())
    (root / "all.zip").rename(root / "old.zip")
    assert bot.folders.sync("docs").moved == (("all.zip", "old.zip"),)
    assert (set(ids(bot)), set(ids(bot).values())) == ({"docs/old.zip/bird.txt", "docs/old.zip/cat.txt"}, before)
    (root / "old.zip").unlink()
    assert bot.folders.sync("docs").removed == ("old.zip",)
    assert texts(bot) == {}


def test_a_bad_file_is_its_own_line_until_it_is_mended(bot: Bot, write: Write, root: Path) -> None:
    write("good.txt", CAT)
    (root / "bad.txt").write_bytes(bytes(range(256)) * 9)
    for _ in range(2):
        report = bot.folders.sync("docs")
        assert [bad.source for bad in report.failed] == ["docs/bad.txt"]
        assert str(report.failed[0].error_zh).startswith("docs/bad.txt：")
    assert (bot.folders.all()[0].files, bot.folders.all()[0].failed) == (1, 1)
    write("bad.txt", DOG)
    assert (bot.folders.sync("docs").failed, texts(bot)["docs/bad.txt"]) == ((), DOG)
    # What it said before is no longer there.
    (root / "bad.txt").write_bytes(bytes(range(256)) * 9)
    assert len(bot.folders.sync("docs").failed) == 1
    assert set(texts(bot)) == {"docs/good.txt"}
    assert_whole(bot)


def test_a_folder_that_has_gone_removes_nothing(bot: Bot, write: Write, root: Path, tmp_path: Path) -> None:
    write("cat.txt", CAT)
    bot.folders.sync("docs")
    before = ids(bot)
    root.rename(tmp_path / "elsewhere")
    with pytest.raises(DocumentError) as caught:
        bot.folders.sync("docs")
    assert "Nothing was changed" in caught.value.en and "没有做任何改动" in caught.value.zh
    folder = bot.folders.all()[0]
    assert (folder.there, folder.error_en, ids(bot)) == (False, caught.value.en, before)
    bot.folders.keep(tmp_path / "elsewhere", "docs")
    assert (bot.folders.sync("docs").unchanged, ids(bot)) == (1, before)
    (tmp_path / "elsewhere" / "cat.txt").unlink()
    assert (bot.folders.sync("docs").removed, ids(bot)) == (("cat.txt",), {})


def test_the_empty_place_of_a_disk_removes_nothing(bot: Bot, write: Write, root: Path) -> None:
    write("cat.txt", CAT)
    bot.folders.sync("docs")
    FolderTable(bot._store.database).note_synced("docs", device=-1)  # it was on another disk
    (root / "cat.txt").unlink()
    with pytest.raises(DocumentError, match="stands empty on another disk"):
        bot.folders.sync("docs")
    assert set(texts(bot)) == {"docs/cat.txt"}


def test_an_interrupted_run_goes_on_where_it_was(bot: Bot, write: Write) -> None:
    for number in range(6):
        write(f"{number}.txt", f"第{number}号文件说到猫。")
    folder, seen = FolderTable(bot._store.database).find("docs"), []
    with pytest.raises(Stopped):
        FolderSync(bot.folders._home, folder, lambda done, *_: seen.append(done), lambda: 3 in seen).run()
    assert len(texts(bot)) == 3
    report = bot.folders.sync("docs")
    assert (report.added, report.unchanged) == (("3.txt", "4.txt", "5.txt"), 3)
    # Documents that are kept while their files are not noted yet are known by their content.
    FolderTable(bot._store.database).keep("docs", {}, ["0.txt", "1.txt"])
    before = ids(bot)
    report = bot.folders.sync("docs")
    assert (report.added, report.changed, report.unchanged, ids(bot)) == ((), (), 6, before)


def test_a_document_that_is_removed_or_replaced_by_hand_comes_back(bot: Bot, write: Write) -> None:
    write("cat.txt", CAT)
    bot.folders.sync("docs")
    bot.remove(ids(bot)["docs/cat.txt"])
    assert (bot.folders.sync("docs").added, texts(bot)) == (("cat.txt",), {"docs/cat.txt": CAT})
    bot.add_bytes("docs/cat.txt", DOG.encode())
    assert (bot.folders.sync("docs").changed, texts(bot)) == (("cat.txt",), {"docs/cat.txt": CAT})
    (report,) = bot.upload("docs/new.txt", DOG.encode())
    assert report.status == "failed" and "is kept in step" in str(report.error_en)


def test_what_stood_inside_a_file_and_is_removed_by_hand_comes_back(bot: Bot, root: Path) -> None:
    with zipfile.ZipFile(root / "all.zip", "w") as archive:
        archive.writestr("cat.txt", CAT)
        archive.writestr("dog.txt", DOG)
    bot.folders.sync("docs")
    before = ids(bot)
    bot.remove(before["docs/all.zip/cat.txt"])
    bot.folders.sync("docs")
    assert ids(bot) == before
    assert_whole(bot)


def test_a_file_that_is_bad_for_a_while_gets_its_own_document_again(bot: Bot, write: Write, root: Path) -> None:
    write("cat.txt", CAT)
    bot.folders.sync("docs")
    (root / "cat.txt").rename(root / "tiger.txt")
    bot.folders.sync("docs")
    identity = ids(bot)["docs/tiger.txt"]
    bot.collections.tag(identity, ["重要"])
    link = bot.ask("猫在哪里晒太阳？").citations[0].target
    (root / "tiger.txt").write_bytes(bytes(range(256)) * 9)
    bot.folders.sync("docs")
    assert_whole(bot)
    write("cat.txt", DOG)  # whose id is not to be the one that waits
    bot.folders.sync("docs")
    write("tiger.txt", CAT)
    bot.folders.sync("docs")
    assert ids(bot)["docs/tiger.txt"] == identity != ids(bot)["docs/cat.txt"]
    assert (bot.collections.tagged("重要"), bot.links.open(link).state) == ([identity], "same")
    # Where it is deleted while it is bad, nothing waits for another of its name.
    (root / "tiger.txt").write_bytes(bytes(range(256)) * 9)
    bot.folders.sync("docs")
    (root / "tiger.txt").unlink()
    bot.folders.sync("docs")
    write("tiger.txt", BIRD)
    bot.folders.sync("docs")
    assert [one.name for one in bot.collections.all()] == ["docs"]
    assert_whole(bot)


@pytest.mark.parametrize("again", [False, True])
def test_a_move_that_was_broken_off_is_finished(bot: Bot, write: Write, root: Path, again: bool) -> None:
    write("cat.txt", CAT)
    bot.folders.sync("docs")
    (identity,) = ids(bot).values()
    (root / "cat.txt").rename(root / "tiger.txt")
    # A run that was killed has moved the document, and has not read its title from the file's new name.
    table = FolderTable(bot._store.database)
    table.keep("docs", {"tiger.txt": replace(table.files("docs")["cat.txt"], mtime_ns=UNREAD)}, ["cat.txt"])
    bot._store.rename_many({identity: "docs/tiger.txt"})
    name = "lion" if again else "tiger"
    (root / "tiger.txt").rename(root / f"{name}.txt")
    bot.folders.sync("docs")
    assert [(info.document_id, info.source, info.title) for info in bot.documents()] == [
        (identity, f"docs/{name}.txt", name)
    ]
    assert bot.folders.sync("docs").unchanged == 1
    assert_whole(bot)


def test_a_document_whose_file_went_before_it_was_known_goes_too(bot: Bot, write: Write, root: Path) -> None:
    write("cat.txt", CAT)
    write("in/dog.txt", DOG)
    write("in/bird.txt", BIRD)
    bot.folders.sync("docs")
    table = FolderTable(bot._store.database)
    table.keep("docs", {}, ["cat.txt", "in/dog.txt"])
    bot.add(write("new.txt", CAT))
    (root / "new.txt").unlink()
    (root / "in" / "dog.txt").unlink()
    assert sorted(bot.folders.sync("docs").removed) == ["in/dog.txt", "new.txt"]
    assert set(texts(bot)) == {"docs/cat.txt", "docs/in/bird.txt"}
    # Not where the folder is an empty place on another disk.
    table.keep("docs", {}, ["cat.txt", "in/bird.txt"])
    table.note_synced("docs", device=-1)
    shutil.rmtree(root / "in")
    (root / "cat.txt").unlink()
    assert bot.folders.sync("docs").removed == ()
    assert set(texts(bot)) == {"docs/cat.txt", "docs/in/bird.txt"}


def test_a_folder_is_not_called_as_what_was_added_of_other_files(bot: Bot, write: Write, root: Path) -> None:
    write("cat.txt", CAT)
    bot.folders.forget("docs")
    bot.upload("docs/cat.txt", DOG.encode())
    bot.upload("docs/letter.txt", BIRD.encode())
    with pytest.raises(DocumentError, match=r"docs/letter.txt was added before .* another name with --name"):
        bot.folders.keep(root)
    assert bot.folders.all() == []
    bot.folders.keep(root, "more")
    bot.folders.sync("more")
    assert texts(bot) == {"docs/cat.txt": DOG, "docs/letter.txt": BIRD, "more/cat.txt": CAT}
    bot.folders.forget("more")
    # What is of its files becomes part of it.
    bot.remove(ids(bot)["docs/letter.txt"])
    before = ids(bot)
    bot.folders.keep(root)
    bot.folders.sync("docs")
    assert (texts(bot), ids(bot)) == ({"docs/cat.txt": CAT}, before)


def test_what_was_kept_of_a_folder_goes_when_it_is_in_step_again(bot: Bot, write: Write, root: Path) -> None:
    write("cat.txt", CAT)
    write("dog.txt", DOG)
    bot.folders.sync("docs")
    bot.folders.forget("docs", documents=False)
    (root / "dog.txt").unlink()
    bot.folders.keep(root)
    assert (bot.folders.sync("docs").removed, set(texts(bot))) == (("dog.txt",), {"docs/cat.txt"})


def test_what_was_added_before_is_taken_over(bot: Bot, write: Write, root: Path) -> None:
    write("in/cat.txt", CAT)
    bot.folders.forget("docs")
    bot.add(root)
    before = ids(bot)
    assert list(before) == ["in/cat.txt"]
    bot.folders.keep(root)
    bot.folders.sync("docs")
    assert ids(bot) == {"docs/in/cat.txt": before["in/cat.txt"]}
    assert [report.status for report in bot.add(root)] == ["unchanged"]


def test_what_was_added_inside_a_file_is_taken_over_too(bot: Bot, root: Path) -> None:
    with zipfile.ZipFile(root / "all.zip", "w") as archive:
        archive.writestr("cat.txt", CAT)
    bot.folders.forget("docs")
    bot.add(root)
    before = ids(bot)
    assert list(before) == ["all.zip/cat.txt"]
    bot.folders.keep(root)
    bot.folders.sync("docs")
    assert ids(bot) == {"docs/all.zip/cat.txt": before["all.zip/cat.txt"]}
    assert bot.folders.sync("docs").unchanged == 1
    assert_whole(bot)


def test_forgetting_removes_the_documents_or_keeps_them(bot: Bot, write: Write, root: Path) -> None:
    write("cat.txt", CAT)
    bot.folders.sync("docs")
    assert bot.folders.forget("docs", documents=False) == 0
    assert set(texts(bot)) == {"docs/cat.txt"}
    assert [report.status for report in bot.add(root)] == ["unchanged"]
    bot.folders.keep(root)
    assert bot.folders.sync("docs").unchanged == 1
    assert bot.folders.forget("docs") == 1
    assert (texts(bot), bot.folders.all(), (root / "cat.txt").exists()) == ({}, [], True)
    assert_whole(bot)


def test_names_and_places_are_kept_apart(bot: Bot, root: Path, tmp_path: Path) -> None:
    (tmp_path / "x" / "docs").mkdir(parents=True)
    (root / "in").mkdir()
    for path, name, said in (
        (tmp_path / "x" / "docs", None, "another name"), (root / "in", None, "files in common"),
        (tmp_path, "all", "files in common"), (root, "again", "files in common"),
        (tmp_path / "none", None, "is no folder"), (tmp_path / "x", "a/b", "cannot be the name"),
        (tmp_path / "x", " ", "cannot be the name"),
    ):  # fmt: skip
        with pytest.raises(DocumentError, match=said):
            bot.folders.keep(path, name)
    assert bot.folders.keep(tmp_path / "x" / "docs", "more").name == "more"
    assert bot.folders.keep(root).name == "docs"


def test_folders_of_the_settings_are_kept_too(open_bot: OpenBot, write: Write, root: Path, tmp_path: Path) -> None:
    write("cat.txt", CAT)
    bot = open_bot(folders=f"{root}:gone={tmp_path / 'none'}")
    assert [(folder.name, folder.there, folder.set) for folder in bot.folders.all()] == [
        ("docs", True, True), ("gone", False, True)
    ]  # fmt: skip
    assert bot.folders.sync("docs").added == ("cat.txt",)
    with pytest.raises(DocumentError, match="is no folder that is there"):
        bot.folders.sync("gone")
    with pytest.raises(DocumentError, match="YOUJU_FOLDERS"):
        bot.folders.forget("docs")


def test_a_home_inside_the_folder_is_no_part_of_it(open_bot: OpenBot, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "home", ignore_errors=True)
    bot = open_bot()
    (tmp_path / "home" / "note.txt").write_text(CAT, encoding="utf-8")
    (tmp_path / "a.txt").write_text(DOG, encoding="utf-8")
    bot.folders.keep(tmp_path, "all")
    assert bot.folders.sync("all").added == ("a.txt",)
