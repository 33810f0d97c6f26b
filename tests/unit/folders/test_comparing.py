"""What has changed in a folder, by size and time first."""

from dataclasses import replace

from bot.documents.parser import PARSER_VERSION
from bot.folders.comparing import Changes, Move, compare
from bot.folders.walking import Found
from bot.storage.folders import UNREAD, StoredFile


def hashed(content: str) -> str:
    """What stands for a content as its digest does."""
    return content.encode().hex().ljust(64, "0")


def stored(content: str, size: int = 1, mtime: int = 1, *, own: bool = True, bad: int | None = None) -> StoredFile:
    """A file that was read; ``bad``: it could not be, by this version of the parser."""
    return StoredFile(size, mtime, hashed(content), own, bad or PARSER_VERSION, *(("en", "zh") if bad else ()))


def changes(
    found: dict[str, tuple[int, int, str]],
    known: dict[str, StoredFile],
    unseen: tuple[str, ...] = (),
    held: dict[str, str] | None = None,
) -> tuple[Changes, list[str]]:
    """Compare files, given as size, time and content; return the changes, and which files were read for that."""
    read: list[str] = []

    def digest(path: str) -> str:
        read.append(path)
        return hashed(found[path][2])

    files = {path: Found(size, mtime) for path, (size, mtime, _) in found.items()}
    documents = {path: file.digest for path, file in known.items()} if held is None else held
    return compare(files, known, unseen, documents.get, digest), read


def test_what_has_size_and_time_as_before_is_not_read() -> None:
    assert changes({"a": (1, 1, "A"), "b": (1, 1, "B")}, {"a": stored("A"), "b": stored("B")}) == (
        Changes(unchanged=2),
        [],
    )


def test_new_changed_touched_and_gone_files() -> None:
    known = {"same": stored("S"), "touched": stored("T"), "written": stored("W"), "grown": stored("G"),
             "gone": stored("O")}  # fmt: skip
    found = {"same": (1, 1, "S"), "touched": (1, 2, "T"), "written": (1, 2, "V"), "grown": (2, 2, "G2"),
             "new": (7, 1, "N")}  # fmt: skip
    result, read = changes(found, known)
    assert result == Changes(1, ["touched"], [], [], ["written", "grown", "new"], ["gone"])
    assert read == ["touched", "written"]


def test_a_file_that_stands_elsewhere_has_moved() -> None:
    known = {"a/x": stored("X"), "a/y": stored("X"), "b": stored("B", 2)}
    found = {"c/y": (1, 9, "X"), "c/z": (1, 9, "X"), "copy": (1, 9, "X"), "b": (2, 1, "B")}
    result, _ = changes(found, known)
    assert sorted(result.moved, key=lambda move: move.old) == [
        Move("a/x", "c/z", hashed("X")), Move("a/y", "c/y", hashed("X"))
    ]  # fmt: skip
    assert (result.read, result.gone, result.unchanged) == (["copy"], [], 1)


def test_a_copy_is_new_where_the_first_is_still_there() -> None:
    result, read = changes({"a": (1, 1, "A"), "b": (1, 1, "A")}, {"a": stored("A")})
    assert (result.moved, result.read, read) == ([], ["b"], [])


def test_nothing_is_gone_below_what_could_not_be_looked_at() -> None:
    known = {"in/a": stored("A"), "in/deep/b": stored("B"), "inside": stored("C")}
    result, _ = changes({}, known, ("in/",))
    assert result.gone == ["inside"]


def test_a_document_that_was_removed_or_replaced_by_hand_is_read_again() -> None:
    known = {"a": stored("A"), "b": stored("B"), "zip": stored("Z", own=False)}
    found = {"a": (1, 1, "A"), "b": (1, 1, "B"), "zip": (1, 1, "Z")}
    assert changes(found, known, held={"b": "other"})[0] == Changes(unchanged=1, read=["a", "b"])


def test_a_bad_file_is_tried_again_when_it_has_changed_or_the_parser_has() -> None:
    known = {"a": stored("A", bad=PARSER_VERSION), "b": stored("B", bad=PARSER_VERSION), "c": stored("C", bad=-1)}
    found = {"a": (1, 1, "A"), "b": (1, 2, "B"), "c": (1, 1, "C")}
    assert changes(found, known)[0] == Changes(bad=["a"], read=["b", "c"])


def test_a_bad_file_that_moves_is_read_anew() -> None:
    assert changes({"b": (1, 1, "A")}, {"a": stored("A", bad=PARSER_VERSION)})[0] == Changes(read=["b"], gone=["a"])


def test_what_is_known_of_a_file_and_cannot_be_true_is_learnt_anew() -> None:
    known = {"a": replace(stored("A"), digest="x"), "b": replace(stored("B"), error_en="only one"),
             "c": replace(stored("C"), mtime_ns=UNREAD), "zip": stored("Z", own=False)}  # fmt: skip
    found = {path: (1, 1, path.upper()) for path in ("a", "b", "c")} | {"zip": (1, 1, "Z")}
    result, read = changes(found, known)
    assert (result, read) == (Changes(read=["a", "b", "c", "zip"]), [])  # no document came of the archive itself
