"""Every feature that says something of question and text, against plain loops."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pytest

from bot.documents.sentences import PARTING
from bot.evidence.features import NAMES, Featuriser
from bot.evidence.table import Views
from bot.language.folding import fold
from bot.language.kinds import KINDS
from bot.question.query import Query, query_of
from embeddings.static import StaticEncoder
from tests.parts import TinyWords

QUESTION = "图书馆 TiDB 逾期滞纳金每册多少？"


class View(NamedTuple):
    """A passage; ``scores`` are those of the lexical search, the dense one, and of the whole document."""

    sentences: Sequence[str]
    title: str
    section: str
    scores: Sequence[float]
    paragraph: int


def view(
    *sentences: str, title: str = "", section: str = "", scores: Sequence[float] = (0.0, 0.0, 0.0), paragraph: int = 0
) -> View:
    return View(sentences, title, section, scores, paragraph)


def laid_out(parts: Sequence[View]) -> Views:
    contexts = list(dict.fromkeys((part.title, part.section) for part in parts))
    paragraphs = list(dict.fromkeys((part.title, part.paragraph) for part in parts))
    lexical, dense, document = np.array([part.scores for part in parts], np.float32).T
    return Views(
        sentences="".join(f"{said.replace(PARTING, ' ')}{PARTING}" for part in parts for said in part.sentences),
        counts=np.array([len(part.sentences) for part in parts]),
        paragraph=np.array([paragraphs.index((part.title, part.paragraph)) for part in parts]),
        titles=[title for title, _ in contexts],
        sections=[section for _, section in contexts],
        context=np.array([contexts.index((part.title, part.section)) for part in parts]),
        lexical=lexical, dense=dense, document=document,
    )  # fmt: skip


VIEWS = [
    view("图书馆每周一闭馆。", "tidb逾期收取滞纳金二角。", "每册都要收。",
         title="借阅办法", section="图书馆开放时间", scores=(4.0, 0.5, 3.0)),
    view("猫在屋顶。", title="图书逾期", scores=(0.0, -0.1, 0.0)),
    view("读者可以借阅图书馆的书；", "滞纳金：", "怎么交？", section="第三章\n滞纳金", scores=(2.0, 0.25, 6.0)),
]  # fmt: skip
FIRST_ROWS = (0, 3, 4)
ODD_QUESTIONS = [
    "为什么", "多少？", "的", "？！……", "🙂🙂", "𠮷", "what is it", "hello WORLD 7", "é́", "\u200d", "", " \n", "\x00",
]  # fmt: skip
ODD_VIEWS = [
    [view("。")],
    [view("🙂🙂", "——", "……", title="🙂", section="\n", scores=(0, -1, 0)), view("\x00", paragraph=1)],
    [view("猫" * 5000, title="狗" * 500, section="屋顶" * 500, scores=(1e6, 1, 1e6))],
]

Columns = Callable[[str], npt.NDArray[np.float32]]


def rarity_of(question: Query) -> dict[str, float]:
    """Weights that differ from term to term."""
    return {term: 0.2 + (sum(map(ord, term)) % 7) / 10 for term in (*question.terms, *sorted(question.focus))}


@pytest.fixture
def columns(words: TinyWords) -> Columns:
    question = query_of(QUESTION)
    features, _ = Featuriser(words)(question, laid_out(VIEWS), rarity_of(question))
    return lambda name: features[:, NAMES.index(name)]


def rows() -> list[tuple[str, list[str], int, str]]:
    """Each sentence, all of its passage, its place there, and its context, in the order of the features."""
    return [
        (sentence, list(view.sentences), place, f"{view.title}\n{view.section}")
        for view in VIEWS
        for place, sentence in enumerate(view.sentences)
    ]


def share(terms: Sequence[str], text: str) -> float:
    weights = rarity_of(query_of(QUESTION))
    total = sum(weights[term] for term in terms)
    return sum(weights[term] for term in terms if term in text) / total


def test_names_and_shape(words: TinyWords) -> None:
    assert len(set(NAMES)) == len(NAMES)
    question = query_of(QUESTION)
    features, owner = Featuriser(words)(question, laid_out(VIEWS), rarity_of(question))
    assert features.shape == (7, len(NAMES))
    assert features.dtype == np.float32
    assert owner.tolist() == [0, 0, 0, 1, 2, 2, 2]


@pytest.mark.parametrize("kind", ["pairs", "chars", "words"])
def test_overlap_is_the_weighted_share_of_the_terms(columns: Columns, kind: str) -> None:
    asked = query_of(QUESTION)
    terms = {"pairs": asked.pairs, "chars": asked.characters, "words": asked.words}[kind]
    assert terms
    # A line break keeps terms from forming across sentences.
    expected = {
        "sentence": [share(terms, sentence) for sentence, *_ in rows()],
        "context": [share(terms, "\n".join((*passage, context))) for _, passage, _, context in rows()],
    }
    for where, values in expected.items():
        np.testing.assert_allclose(columns(f"{kind}_{where}"), values, atol=1e-5)
        assert max(values) > 0 and min(values) < 1


def test_pairs_of_passage_title_and_section(columns: Columns) -> None:
    pairs = query_of(QUESTION).pairs
    owners = [view for view in VIEWS for _ in view.sentences]
    for name, texts in {
        "pairs_passage": ["\n".join(passage) for _, passage, *_ in rows()],
        "chars_passage": ["\n".join(passage) for _, passage, *_ in rows()],
        "pairs_title": [view.title for view in owners],
        "pairs_section": [view.section for view in owners],
    }.items():
        terms = query_of(QUESTION).characters if name.startswith("chars") else pairs
        np.testing.assert_allclose(columns(name), [share(terms, text) for text in texts], atol=1e-5)


def test_neighbours_are_those_of_the_same_passage(columns: Columns) -> None:
    pairs = query_of(QUESTION).pairs
    expected: dict[str, list[float]] = {"previous": [], "following": [], "before": []}
    for _, passage, place, _ in rows():
        expected["previous"].append(share(pairs, passage[place - 1] if place else ""))
        expected["following"].append(share(pairs, "".join(passage[place + 1 : place + 2])))
        expected["before"].append(share(pairs, "\n".join(passage[:place])))
    for name, values in expected.items():
        np.testing.assert_allclose(columns(f"pairs_{name}"), values, atol=1e-5)


def test_a_paragraph_is_all_of_its_passages(words: TinyWords) -> None:
    asked = query_of(QUESTION)
    parts = [
        view("图书馆开放。", title="甲", paragraph=4),
        view("逾期收费。", title="乙", paragraph=4),
        view("每册二角。", "滞纳金。", title="甲", paragraph=4),
        view("逾期的书。", title="甲", paragraph=5),
    ]
    features, _ = Featuriser(words)(asked, laid_out(parts), rarity_of(asked))
    whole = share(asked.pairs, "图书馆开放。\n每册二角。\n滞纳金。")
    overdue = share(asked.pairs, "逾期")
    expected = [whole, overdue, whole, whole, overdue]
    np.testing.assert_allclose(features[:, NAMES.index("pairs_paragraph")], expected, atol=1e-5)


def max_sim(words: TinyWords, question: str, text: str) -> list[tuple[str, float, float]]:
    """Each word of the question, the cosine of its closest word in the text (at least 0), and its norm."""
    (asked, said), table = words.tokenize([question, text]), np.asarray(words.word_vectors, np.float64)
    found = []
    for i in asked:
        cosines = [table[i] @ table[j] / np.linalg.norm(table[i]) / np.linalg.norm(table[j]) for j in said]
        found.append((words.words[i], max([0.0, *map(float, cosines)]), float(np.linalg.norm(table[i]))))
    return found


def test_soft_matching_is_max_sim_weighed_by_norms_and_by_rarity(columns: Columns, words: TinyWords) -> None:
    content, rarity = query_of(QUESTION).content, rarity_of(query_of(QUESTION))
    expected: dict[str, list[float]] = {name: [] for name in ("sentence", "passage", "context", "minimum", "rare")}
    for sentence, passage, _, context in rows():
        texts = {"sentence": sentence, "passage": "".join(passage), "context": "".join(passage) + context}
        for where, text in texts.items():
            matches = max_sim(words, content, text)
            total = sum(norm for *_, norm in matches)
            expected[where].append(sum(closest * norm for _, closest, norm in matches) / total)
        matches = max_sim(words, content, sentence)
        expected["minimum"].append(min(closest for _, closest, _ in matches))
        total = sum(rarity[word] for word, *_ in matches)
        expected["rare"].append(sum(closest * rarity[word] for word, closest, _ in matches) / total)
    np.testing.assert_allclose(columns("rare_soft_sentence"), expected.pop("rare"), atol=2e-3)
    for name, values in expected.items():
        np.testing.assert_allclose(columns(f"soft_{name}"), values, atol=2e-3)
    assert len(set(expected["sentence"])) == 7


def test_the_searches_scores_reach_every_sentence(columns: Columns) -> None:
    counts = [len(view.sentences) for view in VIEWS]
    for name, values in {
        "dense": [0.5, -0.1, 0.25],
        "lexical_relative": [1.0, 0.0, 0.5],
        "document_relative": [0.5, 0.0, 1.0],
    }.items():
        np.testing.assert_allclose(columns(name), np.repeat(values, counts), atol=1e-6)


def test_how_a_sentence_stands_and_ends(columns: Columns) -> None:
    assert np.flatnonzero(columns("first_sentence")).tolist() == list(FIRST_ROWS)
    assert np.flatnonzero(columns("ends_colon")).tolist() == [5]
    assert np.flatnonzero(columns("ends_question")).tolist() == [6]


@pytest.mark.parametrize(
    ("question", "kind", "met", "not_met"),
    [
        ("滞纳金是多少？", "number", "滞纳金为 300 元。", "滞纳金由读者承担。"),
        ("300 册要多少？", "number", "超过 20 册的另议。", "300 册的另议。"),
        ("什么时候闭馆？", "date", "图书馆每年5月1日闭馆。", "图书馆闭馆整修。"),
        ("为什么闭馆？", "reason", "由于整修，图书馆闭馆。", "图书馆闭馆。"),
        ("图书馆在哪里？", "place", "图书馆位于河边。", "很安静。"),
        ("有哪些书？", "list", "有小说、诗歌、戏剧等。", "有小说。"),
    ],
)
def test_the_kind_asked_for_is_looked_for(words: TinyWords, question: str, kind: str, met: str, not_met: str) -> None:
    asked = query_of(question)
    features, _ = Featuriser(words)(asked, laid_out([view(fold(met), fold(not_met))]), rarity_of(asked))
    assert features[:, NAMES.index(f"{kind}_asked")].tolist() == [1, 1]
    assert features[:, NAMES.index(f"{kind}_met")].tolist() == [1, 0]
    for name, _ in KINDS:
        if name not in asked.kinds:
            assert not features[:, [NAMES.index(f"{name}_asked"), NAMES.index(f"{name}_met")]].any()


def test_other_candidates_leave_the_overlap_as_it_is(columns: Columns, words: TinyWords) -> None:
    question = query_of(QUESTION)
    alone, _ = Featuriser(words)(question, laid_out(VIEWS[2:]), rarity_of(question))
    for name in ("pairs_sentence", "pairs_context", "soft_sentence", "soft_context", "pairs_before"):
        np.testing.assert_allclose(alone[:, NAMES.index(name)], columns(name)[4:], atol=1e-6)


@pytest.mark.parametrize("text", ODD_QUESTIONS)
def test_nothing_odd_gives_nan(words: TinyWords, builtin: StaticEncoder, text: str) -> None:
    question = query_of(text)
    vocabularies: tuple[Any, ...] = (words, builtin)
    for vocabulary in vocabularies:
        for views in (*ODD_VIEWS, VIEWS, [view for odd in ODD_VIEWS for view in odd]):
            for rarity in (rarity_of(question), dict.fromkeys(rarity_of(question), 0.0)):
                features, owner = Featuriser(vocabulary)(question, laid_out(views), rarity)
                assert np.isfinite(features).all()
                assert features.shape == (len(owner), len(NAMES)) == (sum(len(v.sentences) for v in views), len(NAMES))
