"""Of two versions the newer one answers, unless the question names one."""

from bot.documents.parser import parse
from bot.documents.passages import split_passages
from bot.evidence.judge import Evidence, RankedPassage, Verdict
from bot.evidence.versions import prefer_newer, version_year
from bot.language.designators import designators
from bot.storage.store import StoredPassage


def sentence(number: int, title: str, text: str, source: str = "a.txt", score: float = 0.0) -> Evidence:
    document = parse(source, text.encode("utf-8-sig"), title)
    stored = StoredPassage(number, document.document_id, source, title, split_passages(document)[0])
    return Evidence(stored, 0, len(text), score)


def verdict(*sentences: Evidence) -> Verdict:
    return Verdict(tuple(RankedPassage(e.stored, e.score) for e in sentences), sentences, 0.9, answered=True)


OLD = sentence(1, "差旅办法（2022版）", "住宿费上限为每晚三百五十元。", score=5.0)
NEW = sentence(2, "差旅办法（2024修订版）", "住宿费上限为每晚五百元。", score=3.0)
OTHER = sentence(3, "考勤办法（2024版）", "住宿费上限为每晚六百元。", score=4.0)


def test_the_newer_one_takes_the_place_of_the_older() -> None:
    preferred = prefer_newer((), verdict(OLD, OTHER, NEW))
    assert [e.text for e in preferred.verdict.sentences] == [NEW.text, OLD.text, OTHER.text]
    assert preferred.verdict.sentences[0].score == OLD.score
    assert preferred.verdict.passages[0].stored == NEW.stored
    assert preferred.older == OLD
    assert (version_year(NEW.stored), version_year(OLD.stored)) == (2024, 2022)


def test_a_newer_one_that_is_best_by_itself_has_the_older_one_beside_it() -> None:
    before = verdict(NEW, OTHER, OLD)
    preferred = prefer_newer((), before)
    assert preferred.verdict is before
    assert preferred.older == OLD


def test_an_older_one_of_the_same_words_is_not_told() -> None:
    same = sentence(4, "差旅办法（2022版）", NEW.text, score=2.0)
    assert prefer_newer((), verdict(NEW, same)).older is None


def test_of_several_older_ones_the_last_is_told() -> None:
    oldest = sentence(5, "差旅办法（2019版）", "住宿费上限为每晚三百元。", score=2.5)
    older = prefer_newer((), verdict(NEW, oldest, OLD)).older
    assert older is not None
    assert older.text == OLD.text


def test_a_question_that_names_a_year_is_left_alone() -> None:
    before = verdict(OLD, NEW)
    assert prefer_newer(designators("2022版"), before).verdict is before


def test_what_the_newer_one_does_not_say_is_answered_by_the_older() -> None:
    unlike = sentence(2, "差旅办法（2024修订版）", "报销单据由财务部审核后归档保存。", score=3.0)
    before = verdict(OLD, unlike)
    assert prefer_newer((), before).older is None
    assert prefer_newer((), before).verdict is before


def test_the_name_of_the_file_may_give_the_version() -> None:
    old = sentence(1, "星禾公司", "婚假十天。", "员工办法（2023版）.txt", score=5.0)
    new = sentence(2, "星禾公司", "婚假十三天。", "员工办法（2024年修订）.txt", score=1.0)
    assert prefer_newer((), verdict(old, new)).verdict.sentences[0].text == new.text
