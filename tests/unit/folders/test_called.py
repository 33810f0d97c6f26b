"""What documents are called by."""

import pytest

from bot.folders.called import called
from bot.types import DocumentInfo, NotFoundError, QuestionError


def info(document_id: str, source: str, title: str) -> DocumentInfo:
    return DocumentInfo(document_id, source, title, "UTF-8", 1, 1, 0, 0, 1, "2026-01-01T00:00:00+00:00")


INFOS = (
    info("a1", "laws/借阅办法.md", "青溪图书馆借阅办法"),
    info("b2", "garden.txt", "The Linden Garden"),
    info("c3", "old/garden.txt", "the linden garden"),
    info("d4", "b2", "A path that is another's id"),
)


@pytest.mark.parametrize(
    ("names", "ids"),
    [
        (["a1"], ["a1"]),
        (["laws/借阅办法.md"], ["a1"]),
        (["青溪图书馆借阅办法"], ["a1"]),
        (["《青溪图书館借閱辦法》"], ["a1"]),
        (["THE LINDEN GARDEN"], ["b2", "c3"]),
        ([" b2 "], ["b2"]),
        (["b2"], ["b2"]),  # an id goes before a path
        (["garden.txt", "b2", "The Linden Garden"], ["b2", "c3"]),
    ],
)
def test_a_document_is_called_by_id_path_or_title(names: list[str], ids: list[str]) -> None:
    assert called(names, INFOS) == ids


def test_what_is_not_there_is_named() -> None:
    with pytest.raises(NotFoundError) as error:
        called(["a1", "no\nsuch", "neither", "nor", "this"], INFOS)
    assert "'no such', 'neither', 'nor' (and 1 more)" in error.value.en
    assert "“no such”、“neither”、“nor”（还有 1 个）" in error.value.zh
    assert "\n" not in error.value.en + error.value.zh
    with pytest.raises(NotFoundError) as long:
        called(["x" * 10_000], INFOS)
    assert len(long.value.en) < 200


def test_a_list_that_names_none_does_not_ask_all() -> None:
    with pytest.raises(QuestionError, match="leave it out"):
        called([], INFOS)
