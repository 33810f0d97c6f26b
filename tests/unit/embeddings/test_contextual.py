"""The model that reads in context: what it is given to read, and that what runs is what was trained."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer

from embeddings.contextual import (
    BEGIN,
    CONTEXT,
    END,
    QUESTION,
    SIZES,
    TEXT,
    TOKENIZER,
    WEIGHTS,
    ContextReader,
    Excerpt,
    Lengths,
    Row,
    as_arrays,
    build_row,
    clauses,
)
from embeddings.contract import EncoderLoadError
from embeddings.training.reader.batches import Rows, choose
from embeddings.training.reader.groups import Group, Option, read_groups, write_groups
from embeddings.training.reader.learning import Recipe, learn, losses, score
from embeddings.training.reader.measure import measure
from embeddings.training.reader.misses import near_miss
from embeddings.training.reader.model import SentenceScorer
from tests.unit.embeddings.tiny_reader import tiny_model, tiny_tokenizer, write_reader

ASKED = "图书逾期未还，每册每天收取多少滞纳金？"
FINES = Excerpt("借阅办法\n逾期", "图书逾期未还的，每册每天收取滞纳金二角。遗失的，照价赔偿。", ((0, 20), (20, 29)))
HOURS = Excerpt("借阅办法\n开放时间", "图书馆每周一闭馆。", ((0, 9),))
CHARACTERS = "".join((ASKED, FINES.context, FINES.text, HOURS.context, HOURS.text))

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::UserWarning", "ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::torch.jit.TracerWarning"),
]


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return tiny_tokenizer(CHARACTERS)


@pytest.fixture
def exported(tmp_path: Path) -> tuple[SentenceScorer, Path]:
    return write_reader(tmp_path / "reader", CHARACTERS), tmp_path / "reader"


def row_of(tokenizer: Tokenizer, excerpt: Excerpt, lengths: Lengths) -> Row:
    texts = (ASKED, excerpt.context, excerpt.text)
    question, context, text = (tokenizer.encode(text, add_special_tokens=False) for text in texts)
    return build_row(question, context, text, excerpt, lengths)


def test_question_context_and_text_are_told_apart(tokenizer: Tokenizer) -> None:
    row = row_of(tokenizer, FINES, Lengths())
    ends = [place for place, token in enumerate(row.ids) if token == END]
    assert row.ids[0] == BEGIN
    assert ends == [len(ASKED) + 1, len(ASKED) + len(FINES.context) + 2, len(row.ids) - 1]
    assert set(row.kinds[: ends[0] + 1]) == {QUESTION}
    assert set(row.kinds[ends[0] + 1 : ends[1] + 1]) == {CONTEXT}
    assert set(row.kinds[ends[1] + 1 :]) == {TEXT}
    assert row.sentences == ((ends[1] + 1, ends[1] + 21), (ends[1] + 21, ends[2]))


def test_what_is_too_long_is_cut_and_its_sentences_keep_a_token(tokenizer: Tokenizer) -> None:
    row = row_of(tokenizer, FINES, Lengths(question=4, context=3, row=16))
    assert len(row.ids) == 16
    assert row.sentences == ((10, 15), (14, 15))


def test_sentences_are_means_of_their_tokens() -> None:
    short, long = Row((0, 5, 2), (0, 0, 1), ((1, 2),)), Row((0, 7, 8, 9, 2), (0, 1, 2, 2, 2), ((1, 3), (3, 5)))
    ids, kinds, mask, pool = as_arrays([short, long])
    assert ids.tolist() == [[0, 5, 2, 1, 1], [0, 7, 8, 9, 2]]
    assert kinds.tolist() == [[0, 0, 1, 0, 0], [0, 1, 2, 2, 2]]
    assert mask.tolist() == [[1, 1, 1, 0, 0], [1, 1, 1, 1, 1]]
    np.testing.assert_allclose(pool[0], [[0, 1, 0, 0, 0], [0, 0, 0, 0, 0]])
    np.testing.assert_allclose(pool[1], [[0, 0.5, 0.5, 0, 0], [0, 0, 0, 0.5, 0.5]])


def test_what_runs_is_what_was_trained(exported: tuple[SentenceScorer, Path], tokenizer: Tokenizer) -> None:
    model, folder = exported
    rows = Rows(tokenizer, Lengths())
    inputs = [as_arrays([rows(ASKED, Option(excerpt, ()))]) for excerpt in (FINES, HOURS)]
    with torch.inference_mode():
        trained = [model(*map(torch.from_numpy, arrays))[0].numpy() for arrays in inputs]
    reader = ContextReader.load(folder, threads=1)
    running = [reader.read_spans([ASKED], [excerpt])[0] for excerpt in (FINES, HOURS)]
    assert [logits.shape for logits in running] == [(2,), (1,)]
    for expected, logits in zip(trained, running, strict=True):
        np.testing.assert_allclose(logits, expected, atol=0.05)
    assert reader.read([], []) == []
    together = reader.read_spans([ASKED] * 10, [HOURS] * 9 + [FINES])
    np.testing.assert_allclose(together[-1], running[0], atol=0.05)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "全年增长3%，城镇新增就业1206万人，居民消费价格上涨2%。",
            ["全年增长3%，", "城镇新增就业1206万人，", "居民消费价格上涨2%。"],
        ),
        ("是的，可以。", ["是的，可以。"]),
        ("遗失的，照价赔偿，可分期。", ["遗失的，照价赔偿，可分期。"]),
        ("It opens at nine; on Sundays, it is closed.", ["It opens at nine; ", "on Sundays, ", "it is closed."]),
        ("", [""]),
    ],
)
def test_a_sentence_is_cut_into_clauses(sentence: str, expected: list[str]) -> None:
    text = f"前文。{sentence}后文。"
    spans = clauses(text, 3, 3 + len(sentence))
    assert [text[start:end] for start, end in spans] == expected


def test_of_a_sentences_clauses_the_better_counts_for_more(exported: tuple[SentenceScorer, Path]) -> None:
    reader = ContextReader.load(exported[1], threads=1)
    text = FINES.text + HOURS.text
    whole = Excerpt("", text, ((0, 29), (29, 38)))
    parts = Excerpt("", text, tuple(clauses(text, 0, 29)))
    assert len(parts.sentences) == 2
    (first, second), apart = reader.read([ASKED], [whole])[0], reader.read_spans([ASKED], [parts])[0]
    assert np.average(apart, weights=[8, 21]) < first < apart.max()
    np.testing.assert_allclose(second, reader.read_spans([ASKED], [whole])[0][1], atol=0.01)  # eight-bit weights


def test_it_learns_by_the_scores_that_it_gives(exported: tuple[SentenceScorer, Path], tokenizer: Tokenizer) -> None:
    model, folder = exported
    excerpts = [Excerpt("", FINES.text + HOURS.text, ((0, 29), (29, 38))), HOURS, FINES]
    picked = [(ASKED, [Option(excerpt, (False,) * len(excerpt.sentences))]) for excerpt in excerpts]
    batch = Rows(tokenizer, Lengths(), chunk=2).batch(picked)
    assert len(batch.chunks) == 2
    with torch.inference_mode():
        learned = score(model, batch, "cpu").numpy()
    reader = ContextReader.load(folder, threads=1)
    for number, logits in enumerate(reader.read([ASKED] * 3, excerpts)):
        np.testing.assert_allclose(learned[batch.group == number], logits, atol=0.08)  # eight bits, bfloat16


def test_what_is_right_or_none_is_wanted_and_what_a_teacher_says(tokenizer: Tokenizer) -> None:
    options = [Option(FINES, (True, False)), Option(HOURS, (False,))]
    batch = Rows(tokenizer, Lengths()).batch([(ASKED, options), ("几点开？", options[1:])])
    scores, taught = torch.tensor([1.0, 2.0, 3.0, 4.0]), torch.tensor([0.0, 5.0, -1.0, 2.0])
    own, distance = losses(scores, batch, taught)
    for number, right in ((0, batch.right), (1, None)):
        mine = torch.from_numpy(batch.group == number)
        every, said = (torch.cat([values[mine], torch.zeros(1)]) for values in (scores, taught))
        wanted = every[-1:] if right is None else every[:-1][torch.from_numpy(right)[mine]]
        torch.testing.assert_close(own[number], torch.logsumexp(every, 0) - torch.logsumexp(wanted, 0))
        torch.testing.assert_close(distance[number], -(said.softmax(0) @ every.log_softmax(0)))
    assert losses(scores, batch)[1].tolist() == [0, 0]


def test_a_smaller_model_begins_as_every_other_layer_of_its_teacher(tokenizer: Tokenizer) -> None:
    teacher, model = tiny_model(tokenizer, layers=4), tiny_model(tokenizer, layers=2, seed=1)
    model.take_layers(teacher)
    for own, given in ((0, 1), (1, 3)):
        theirs = teacher.bert.encoder.layer[given].state_dict()
        for name, weight in model.bert.encoder.layer[own].state_dict().items():
            assert torch.equal(weight, theirs[name])
    assert torch.equal(model.head[0].weight, teacher.head[0].weight)


def test_near_misses_lose_their_answer_and_no_other_word() -> None:
    import random

    group = Group("逾期多少钱？", "办法", "fact", (Option(FINES, (True, False)), Option(HOURS, (False,))))
    made = {near_miss(group, random.Random(seed)) for seed in range(100)} - {group}
    rest = Excerpt(FINES.context, "遗失的，照价赔偿。", ((0, 9),))
    wrong = Option(HOURS, (False,))
    assert made == {replace(group, options=(wrong,)), replace(group, options=(Option(rest, (False,)), wrong))}


@pytest.mark.parametrize("missing", [WEIGHTS, TOKENIZER, SIZES])
def test_a_folder_without_a_file_is_named(exported: tuple[SentenceScorer, Path], missing: str) -> None:
    folder = exported[1]
    (folder / missing).unlink()
    with pytest.raises(EncoderLoadError) as error:
        ContextReader.load(folder)
    assert str(folder) in error.value.zh


def test_it_learns_what_it_is_shown(tokenizer: Tokenizer, tmp_path: Path) -> None:
    known = Group(ASKED, "办法", "fact", (Option(HOURS, (False,)), Option(FINES, (True, False))))
    absent = Group("食堂几点开？", "办法", "absent", (Option(HOURS, (False,)),))
    assert write_groups([known, absent], tmp_path / "groups.jsonl.xz") == 2
    groups = list(read_groups(tmp_path / "groups.jsonl.xz"))
    assert groups == [known, absent]
    assert (known.answerable, absent.answerable) == (True, False)
    model, rows = tiny_model(tokenizer), Rows(tokenizer, Lengths())
    recipe = Recipe(minutes=60, steps=120, batch=2, rate=1e-3, head_rate=1e-2)
    assert learn(model, groups, rows, recipe, lambda: None) == 240
    figures = measure(model, groups, rows, "cpu")
    assert (figures.answerable, figures.unanswerable) == (1, 1)
    assert (figures.passage_first, figures.sentence_first, figures.auroc) == (1.0, 1.0, 1.0)
    right, _ = score(model, rows.batch([(ASKED, [Option(FINES, (True, False))])]), "cpu")
    assert right > 0


def test_right_options_and_the_hardest_wrong_ones_are_chosen() -> None:
    import random

    wrong = [Option(Excerpt("", str(n), ((0, 1),)), (False,)) for n in range(9)]
    right = [Option(Excerpt("", f"r{n}", ((0, 2),)), (True,)) for n in range(3)]
    group = Group("?", "t", "k", (*wrong[:5], *right, *wrong[5:]))
    chosen = choose(group, 6, random.Random(0))
    assert chosen[:2] == right[:2]
    assert chosen[2:5] == wrong[:3]
    assert len(chosen) == 6
    assert chosen[5] in wrong[3:]
