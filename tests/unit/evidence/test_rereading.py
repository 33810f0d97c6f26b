"""Reading again in context: what both models say is weighed, and what was not read stays behind."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bot.documents.parser import parse
from bot.documents.passages import split_passages
from bot.evidence.judge import Evidence, Network, RankedPassage, Verdict
from bot.evidence.rereading import (
    DEPTH,
    SUMMARY,
    WEIGHTS,
    Foreign,
    Reread,
    Rereader,
    RereadingModel,
    as_read,
    in_own_language,
    reread,
    summarise,
)
from bot.language.synonyms import Synonym
from bot.question.query import query_of
from bot.storage.store import StoredPassage
from bot.training.fit import network_arrays
from bot.types import EncoderError
from embeddings.contextual import ContextReader, Excerpt
from tests.parts import OpenBot
from tests.unit.embeddings.tiny_reader import write_reader

LINES = ["图书馆每周一闭馆。", "逾期未还的图书每册每天收取滞纳金二角。遗失的照价赔偿。", "读者凭借书证入馆。"]
QUERY = query_of("图书逾期未还，每册每天收取多少滞纳金？")


pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::UserWarning", "ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::torch.jit.TracerWarning"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A reader that was not trained, and what weighs it."""
    path = tmp_path_factory.mktemp("reader")
    write_reader(path, "".join((*LINES, QUERY.text)))
    arrays = network_arrays({"judge": TRUSTING.judge})
    np.savez(path / WEIGHTS, allow_pickle=False, threshold=np.float32(0.5), related=np.float32(0.25), **arrays)
    return path


@pytest.fixture(scope="module")
def reader(folder: Path) -> ContextReader:
    return ContextReader.load(folder, threads=1)


def verdict(lines: list[str]) -> Verdict:
    """What the small networks may have said: passages in their order, every sentence as good as the next."""
    document = parse("rules.txt", "\n".join(lines).encode(), "借阅办法")
    passages = split_passages(document)
    stored = [StoredPassage(n, document.document_id, "rules.txt", "借阅办法", p) for n, p in enumerate(passages, 1)]
    evidence = [Evidence(s, s.passage.start, s.passage.end, 0.0) for s in stored]
    ranked = tuple(RankedPassage(s, -float(n)) for n, s in enumerate(stored))
    return Verdict(ranked, tuple(evidence), confidence=0.5, answered=True, threshold=0.1)


def linear(weights: dict[str, float], names: tuple[str, ...], bias: float = 0.0) -> Network:
    column = np.array([[weights.get(name, 0.0)] for name in names], np.float32)
    size = len(names)
    return Network(np.zeros(size, np.float32), np.ones(size, np.float32), ((column, np.array([bias], np.float32)),))


TRUSTING = RereadingModel(linear({"best_logit": 1.0}, SUMMARY), threshold=0.5, related=0.25)


def test_every_sentence_of_what_is_read_is_scored_by_both(reader: ContextReader) -> None:
    reading = reread(reader, QUERY, verdict(LINES))
    assert reading.owner.tolist() == [0, 1, 1, 2]
    assert [evidence.text for evidence in reading.evidence][1:3] == [
        "逾期未还的图书每册每天收取滞纳金二角。",
        "遗失的照价赔偿。",
    ]
    assert reading.own.tolist() == [0.0, 0.0, -20.0, 0.0]  # the networks were asked of whole passages
    np.testing.assert_allclose(reading.scores, 0.7 * reading.logits + reading.own, rtol=1e-6)


def test_words_say_nothing_of_what_is_in_another_language(reader: ContextReader) -> None:
    document = parse("en.txt", b"The library is closed on Mondays.")
    stored = StoredPassage(9, document.document_id, "en.txt", "Rules", split_passages(document)[0])
    reading = reread(reader, QUERY, verdict(LINES), foreign=Foreign((stored,)))
    assert reading.own.tolist() == [0.0, 0.0, -20.0, 0.0, -1.0]
    rare = reread(reader, QUERY, verdict(LINES), foreign=Foreign((stored,), rareness=3.0))
    np.testing.assert_allclose(rare.logits, reading.logits - np.array([0, 0, 0, 0, 3]), atol=1e-5)
    assert rare.own.tolist() == [0.0, 0.0, -20.0, 0.0, -4.0]
    mixed = replace(verdict(LINES), passages=(*verdict(LINES).passages, RankedPassage(stored, -9.0)))
    found = reread(reader, QUERY, mixed, foreign=Foreign((), rareness=3.0))  # by whatever search it was found
    np.testing.assert_allclose(found.logits, rare.logits, atol=1e-5)
    alone = replace(verdict(LINES), passages=(), sentences=())
    assert reread(reader, QUERY, alone, foreign=Foreign((stored,))).own.tolist() == [-1.0]


def test_an_office_is_no_answer_to_who_holds_it(reader: ContextReader) -> None:
    query = query_of("区长是谁？")
    spoken = ["指挥部由区长任总指挥。", "办公室设在应急管理局。"]
    assert reread(reader, query, verdict(spoken)).missing
    assert not reread(reader, query, verdict([*spoken, "区长李明主持会议。"])).missing
    assert reread(reader, query, verdict(spoken[1:])).missing


def test_what_answers_in_another_language_stands_out_from_the_others_there(reader: ContextReader) -> None:
    document = parse("en.txt", b"The library is closed on Mondays.\nReaders pay 20 cents.\nBring your card.")
    passages = enumerate(split_passages(document), 9)
    abroad = tuple(StoredPassage(n, document.document_id, "en.txt", "Rules", passage) for n, passage in passages)
    alone = [reread(reader, QUERY, verdict(LINES), foreign=Foreign((one,))).logits for one in abroad]
    said = sorted(float(logits[-1]) for logits in alone)
    together = reread(reader, QUERY, verdict(LINES), foreign=Foreign(abroad))
    any_of_them = max(0.0, said[0] + 0.8 * (said[1] - said[0]))
    np.testing.assert_allclose(together.logits[:4], alone[0][:4], atol=1e-5)
    expected = [float(logits[-1]) - any_of_them for logits in alone]
    np.testing.assert_allclose(together.logits[4:], expected, atol=1e-5)


def test_where_documents_are_mostly_in_the_own_language_another_is_doubted(reader: ContextReader) -> None:
    document = parse("en.txt", b"Readers pay a fine of 20 cents a day.")
    stored = StoredPassage(9, document.document_id, "en.txt", "Rules", split_passages(document)[0])
    nothing = replace(verdict(LINES), passages=(), sentences=())
    foreign = (Foreign((stored,), rareness) for rareness in (0.9, 1.1))
    few, most = (Rereader(reader, TRUSTING).judge(QUERY, nothing, foreign=each).confidence for each in foreign)
    odds = [np.log(confidence / (1 - confidence)) for confidence in (few, most)]
    assert odds[0] - odds[1] == pytest.approx(1.0 + 0.2, abs=1e-3)  # the doubt, and the rareness itself


def test_what_answers_in_the_own_language_needs_no_other(reader: ContextReader) -> None:
    document = parse("en.txt", b"Readers pay a fine of 20 cents a day.")
    stored = StoredPassage(9, document.document_id, "en.txt", "Rules", split_passages(document)[0])
    foreign = Foreign((stored,), rareness=1.0)
    own = Rereader(reader, TRUSTING).judge(QUERY, verdict(LINES))
    lenient = RereadingModel(TRUSTING.judge, own.confidence - 0.02, related=0.1)
    mixed = Rereader(reader, lenient).judge(QUERY, verdict(LINES), foreign=foreign)
    assert mixed.answered
    assert mixed.confidence == pytest.approx(own.confidence, abs=0.01)  # another batch, other roundings
    assert {evidence.stored for evidence in mixed.sentences} == {evidence.stored for evidence in own.sentences}
    strict = RereadingModel(TRUSTING.judge, own.confidence + 0.02, related=0.1)
    both = Rereader(reader, strict).judge(QUERY, verdict(LINES), foreign=foreign)
    assert stored.passage_id in {evidence.stored.passage_id for evidence in both.sentences}
    reading = reread(reader, QUERY, verdict(LINES), foreign=foreign)
    only = in_own_language(reading, QUERY)
    assert only is not None
    assert only.owner.tolist() == [0, 1, 1, 2]
    np.testing.assert_array_equal(only.logits, reading.logits[:4])
    assert in_own_language(only, QUERY) is None


@pytest.mark.parametrize(("line", "needs_other"), [("A lost card costs 2 pounds.", False), ("A card is free.", True)])
def test_what_has_every_word_of_the_question_needs_no_other(
    reader: ContextReader, line: str, needs_other: bool
) -> None:
    document = parse("zh.txt", "遗失借书证的，补办费二十元。".encode())
    abroad = StoredPassage(9, document.document_id, "zh.txt", "办法", split_passages(document)[0])
    query, foreign = query_of("What does a lost card cost?"), Foreign((abroad,))  # most documents are Chinese
    lenient = RereadingModel(TRUSTING.judge, 0.0, related=0.0)
    judged = Rereader(reader, lenient).judge(query, verdict([line]), foreign=foreign)
    assert (abroad in {evidence.stored for evidence in judged.sentences}) == needs_other


def test_what_the_reader_prefers_goes_first(reader: ContextReader) -> None:
    before = verdict(LINES)
    reading = reread(reader, QUERY, before)
    best = int(reading.scores.argmax())
    read = Rereader(reader, TRUSTING).judge(QUERY, before)
    assert read.sentences[0].text == reading.evidence[best].text
    assert read.passages[0][0] == reading.evidence[best].stored
    scores = [evidence.score for evidence in read.sentences]
    np.testing.assert_allclose(scores, sorted(reading.scores.tolist(), reverse=True), rtol=1e-5)
    assert read.confidence == pytest.approx(1 / (1 + np.exp(-reading.logits.max())), abs=1e-5)
    assert read.answered == (read.confidence >= 0.5)


def test_a_bot_reads_when_it_is_told_to(folder: Path, open_bot: OpenBot) -> None:
    for home, settings in (("off", {"reader": "off"}), ("on", {"reader": str(folder)})):
        bot = open_bot(home, **settings)
        bot.add_bytes("rules.txt", "\n".join(LINES).encode())
        answer = bot.ask(QUERY.text)
        assert (answer.timings.read > 0) == (home == "on")
        assert answer.trace.threshold == (0.5 if home == "on" else pytest.approx(0.097, abs=0.001))


def test_a_reader_that_is_not_there_is_one_line(tmp_path: Path, open_bot: OpenBot) -> None:
    bot = open_bot(reader=str(tmp_path / "nowhere"))
    bot.add_bytes("rules.txt", "\n".join(LINES).encode())
    with pytest.raises(EncoderError, match="nowhere"):
        bot.ask(QUERY.text)


def test_what_is_not_read_stays_behind(reader: ContextReader) -> None:
    many = verdict([f"第{n}个阅览室有{n}张桌子。" for n in range(1, DEPTH + 5)])
    read = Rereader(reader, TRUSTING).judge(query_of("第三个阅览室有几张桌子？"), many)
    ids = [stored.passage_id for stored, _ in read.passages]
    assert sorted(ids[:DEPTH]) == list(range(1, DEPTH + 1))
    assert ids[DEPTH:] == list(range(DEPTH + 1, DEPTH + 5))
    scores = [score for _, score in read.passages]
    assert scores == sorted(scores, reverse=True)


def test_nothing_found_is_nothing_read(reader: ContextReader) -> None:
    empty = replace(verdict(LINES), passages=(), sentences=())
    assert Rereader(reader, TRUSTING).judge(QUERY, empty) is empty


def test_the_summary_is_of_what_both_say(reader: ContextReader) -> None:
    reading = reread(reader, QUERY, verdict(LINES))
    logits = reading.logits
    alike = replace(reading, own=np.zeros(4, np.float32))
    best = np.sort([logits[0], logits[1:3].max(), logits[3]])[::-1]
    passage = logits[reading.owner == reading.owner[int(logits.argmax())]]
    odds = [np.log(1 + np.exp(passage).sum()), np.log(1 + np.exp(logits).sum())]
    expected = [best[0], best[0] - best[1], best[0], 0.7 * (best[0] - best[1]), *odds]
    np.testing.assert_allclose(summarise(alike)[0], expected, atol=1e-5)
    last = replace(reading, own=np.array([0, 0, 0, 100], np.float32))
    gap = 0.7 * logits[3] + 100 - 0.7 * max(logits[:3])
    np.testing.assert_allclose(summarise(last)[0, 2:4], [logits[3], gap], atol=1e-4)


def test_a_copy_of_the_best_sentence_makes_nobody_doubt(reader: ContextReader) -> None:
    once = summarise(reread(reader, QUERY, verdict(LINES)))[0]
    both = reread(reader, QUERY, verdict([*LINES, *LINES]))
    np.testing.assert_allclose(summarise(both)[0, :4], once[:4], atol=1e-4)
    (copies,) = summarise(reread(reader, QUERY, verdict([LINES[0], LINES[0]])))
    assert copies[1] == pytest.approx(0.0, abs=1e-4)  # nothing else was read


def test_another_version_of_a_document_makes_nobody_doubt(reader: ContextReader) -> None:
    def read(*titles: str) -> Reread:
        evidence = []
        for number, (title, pages) in enumerate(zip(titles, ("两百", "三百", "四百"), strict=False)):
            document = parse(f"{number}.txt", f"每册不得超过{pages}页，图书要爱护。".encode(), title)
            stored = StoredPassage(number, document.document_id, f"{number}.txt", title, split_passages(document)[0])
            evidence.append(Evidence(stored, 0, len(document.text), 0.0))
        count = len(evidence)
        logits = np.array([3.0, 2.9, -1.0][:count], np.float32)
        return Reread(tuple(evidence), logits, np.zeros(count, np.float32), np.arange(count))

    assert summarise(read("印刷办法（2024版）", "装订办法（2022版）"))[0, 1] == pytest.approx(0.1, abs=1e-5)
    versions = read("印刷办法（2024版）", "印刷办法（2022版）", "消防规定")
    assert summarise(versions)[0, 1] == pytest.approx(4.0, abs=1e-5)


def test_what_introduces_an_item_makes_nobody_doubt() -> None:
    text = "车位\n有下列情形的，收回车位：\n（一）转租；\n（二）欠费。\n泳池五月开放。"
    document = parse("parking.txt", text.encode())
    stored = [
        StoredPassage(n, document.document_id, "parking.txt", "", p) for n, p in enumerate(split_passages(document))
    ]
    (stem,) = (each for each in stored if each.passage.text.startswith("有下列"))
    (item,) = (each for each in stored if each.passage.text.startswith("（二）"))
    (other,) = (each for each in stored if each.passage.text.startswith("泳池"))
    evidence = tuple(Evidence(each, each.passage.start, each.passage.end, 0.0) for each in (stem, item, other))
    logits, own = np.array([3.0, 2.9, -1.0], np.float32), np.zeros(3, np.float32)
    lines: tuple[tuple[str, ...], ...] = ((), (stem.passage.text,), ())
    for above, gap in ((lines, 4.0), ((), 0.1)):
        assert summarise(Reread(evidence, logits, own, np.arange(3), above=above))[0, 1] == pytest.approx(gap, abs=1e-5)


def test_the_first_row_of_a_table_is_another_than_its_rows() -> None:
    document = parse("fees.md", "# 运费\n\n| 地区 | 首重 |\n| --- | --- |\n| 华北 | 12 |\n".encode())
    stored = [StoredPassage(n, document.document_id, "fees.md", "", p) for n, p in enumerate(split_passages(document))]
    header, row = (next(each for each in stored if word in each.passage.text) for word in ("地区", "华北"))
    evidence = tuple(Evidence(each, each.passage.start, each.passage.end, 0.0) for each in (header, row))
    logits, own = np.array([1.0, 0.5], np.float32), np.zeros(2, np.float32)
    reading = Reread(evidence, logits, own, np.arange(2), above=((), (header.passage.text,)))
    assert summarise(reading)[0, 1] == pytest.approx(0.5)
    evidence += (Evidence(stored[0], stored[0].passage.start, stored[0].passage.end, 0.0),)
    third = Reread(
        evidence, np.append(logits, np.float32(-3)), np.zeros(3, np.float32), np.arange(3), above=(*reading.above, ())
    )
    assert summarise(third)[0, 1] == pytest.approx(0.5)


def test_what_is_read_is_put_in_the_questions_own_words() -> None:
    read = Excerpt("社会保险手册", " 社会保险由单位缴。个人也缴。 ", ((1, 10), (10, 15)))
    said = as_read(read, replace(query_of("社保谁缴"), synonyms=(Synonym("社保", ("社会保险",)),)))
    assert (said.context, said.text) == ("社保手册", " 社保由单位缴。个人也缴。 ")
    assert [said.text[start:end] for start, end in said.sentences] == ["社保由单位缴。", "个人也缴。"]
    assert as_read(read, query_of("社保谁缴")) == read
    translated = replace(query_of("Who pays social insurance?"), translations=(Synonym("insurance", ("社会保险",)),))
    assert as_read(read, translated) == read and as_read(read, translated, foreign=True) != read
