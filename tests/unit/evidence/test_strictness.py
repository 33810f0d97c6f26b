"""The three steps of refusing, and what each costs."""

import json
from pathlib import Path

import pytest

from bot.evidence.judge import WEIGHTS, EvidenceModel
from bot.evidence.rereading import RereadingModel
from bot.evidence.strictness import RELIABILITY, Scale, strictnesses
from embeddings.loading import READER_FOLDER


def test_the_usual_step_is_the_fitted_threshold_and_the_others_stand_beside_it() -> None:
    model = RereadingModel.load(READER_FOLDER)
    scale = Scale(model.threshold, model.related)
    assert scale.at("lenient") == model.related < scale.at("usual") == model.threshold < scale.at("strict") == 0.5
    assert Scale(0.58, 0.58).at("strict") == 0.58  # a judge that is stricter already stays so
    assert Scale(0.1, 0.3).at("lenient") == 0.1


def test_what_a_step_costs_is_counted_bin_by_bin(tmp_path: Path) -> None:
    bins = [
        {"count": 10, "confidence": 0.05, "answerable": 0.0},
        {"count": 10, "confidence": 0.15, "answerable": 0.1},
        {"count": 20, "confidence": 0.3, "answerable": 0.25},
        {"count": 10, "confidence": 0.8, "answerable": 0.9},
    ]
    path = tmp_path / RELIABILITY
    path.write_text(json.dumps({"office": {"bins": bins}, "people": {"bins": bins[:1] * 5}}))
    found = strictnesses(Scale(0.2, 0.1), path)
    assert found.questions == 100
    shares = [(step.name, step.threshold, step.answered, step.right) for step in found.steps]
    assert shares == [
        ("lenient", 0.1, 0.4, pytest.approx(0.15)),
        ("usual", 0.2, 0.3, pytest.approx(0.14)),
        ("strict", 0.5, 0.1, pytest.approx(0.09)),
    ]
    unmeasured = strictnesses(Scale(0.2, 0.1), tmp_path / "none.json")
    assert unmeasured.questions == 0
    assert [(step.answered, step.right) for step in unmeasured.steps] == [(None, None)] * 3


def test_the_shipped_weights_tell_what_each_step_costs() -> None:
    model = RereadingModel.load(READER_FOLDER)
    read = strictnesses(Scale(model.threshold, model.related), READER_FOLDER / RELIABILITY).steps
    usual = EvidenceModel.load().threshold
    alone = strictnesses(Scale(usual, usual), WEIGHTS.with_name(RELIABILITY)).steps
    for steps in (read, alone):
        answered = [step.answered or 0 for step in steps]
        right = [step.right or 0 for step in steps]
        assert answered == sorted(answered, reverse=True) and right == sorted(right, reverse=True)
        shares = [r / a for r, a in zip(right, answered, strict=True)]
        assert shares == sorted(shares), "the stricter, the larger the share of right ones"
    assert (read[2].right or 0) / (read[2].answered or 1) > 0.5


def test_the_documentation_tells_what_the_shipped_weights_tell() -> None:
    model = RereadingModel.load(READER_FOLDER)
    said = (Path(__file__).parents[3] / "docs/evaluation.md").read_text(encoding="utf-8")
    for step in strictnesses(Scale(model.threshold, model.related), READER_FOLDER / RELIABILITY).steps:
        assert step.answered is not None and step.right is not None
        figures = (step.threshold, step.right, step.answered - step.right, 1 - step.answered)
        assert f"| {step.name} | {' | '.join(f'{figure:.3f}' for figure in figures)} |" in said
