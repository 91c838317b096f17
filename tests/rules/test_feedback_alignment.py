"""Feedback alignment: what its feedback is, and that it learns as the papers say."""

from __future__ import annotations

import numpy as np
import pytest

from bioviz.core.experiment import Experiment, build
from bioviz.core.rule import Phase

from ..specs import digits_spec, linear_spec

SEEDS = range(1, 9)


def held_out(rule: str, seed: int = 1) -> Experiment:
    experiment = build(linear_spec(rule, seed=seed))
    experiment.advance(2000)
    return experiment


def angles(experiment: Experiment) -> dict[int, float]:
    trials, values = experiment.channels["update_angle.h1"].read()
    return dict(zip(trials.astype(int).tolist(), values.tolist(), strict=True))


@pytest.mark.parametrize("options", [{}, {"momentum": 0.9, "weight_decay": 0.01}])
def test_with_b_equal_to_w_transposed_it_is_backprop(options: dict[str, float]) -> None:
    hidden = (20, 15)
    ours = build(digits_spec("feedback_alignment", hidden, **options))
    theirs = build(digits_spec("backprop", hidden, **options))
    for _ in range(20):
        for name in ("2", "3"):
            ours.net[f"B{name}.w"][...] = ours.net[f"W{name}.w"].T
        ours.advance(1)
        theirs.advance(1)
    for address, values in theirs.net.weights().items():
        np.testing.assert_allclose(ours.net.weights()[address], values, rtol=1e-5, atol=1e-6)


def test_every_layer_above_the_first_has_its_own_feedback_of_the_transposed_shape() -> None:
    net = build(digits_spec("feedback_alignment", (20, 15))).net
    assert [(w.name, b.name) for w, b in net.mirrors()] == [("W2", "B2"), ("W3", "B3")]
    for forward, feedback in net.mirrors():
        assert feedback.w.shape == forward.w.T.shape
        assert net.feedback_of(forward.name) is feedback
    assert net.feedback_of("W1") is None


def test_feedback_never_changes_and_follows_its_own_draw() -> None:
    spec = digits_spec(
        "feedback_alignment", (200,), feedback_distribution="uniform", feedback_scale=0.5,
        feedback_relative=False,
    )  # fmt: skip
    experiment = build(spec)
    before = experiment.net["B2.w"].copy()
    assert np.abs(before).max() == pytest.approx(0.5, abs=0.01)
    experiment.advance(50)
    np.testing.assert_array_equal(experiment.net["B2.w"], before)


def test_relative_feedback_is_scaled_by_the_units_it_comes_from() -> None:
    experiment = build(digits_spec("feedback_alignment", (400,), feedback_scale=2.0))
    assert experiment.net["B2.w"].std() == pytest.approx(2 / np.sqrt(10), rel=0.03)
    assert experiment.net["W2.w"].std() == pytest.approx(1 / np.sqrt(400), rel=0.03)


def test_feedback_alignment_solves_the_linear_task_and_the_angle_falls() -> None:
    early, late = [], []
    for seed in SEEDS:
        experiment = held_out("feedback_alignment", seed)
        assert experiment.channels["test_nse"].last < 1e-6
        seen = angles(experiment)
        assert 70 < seen[0] < 110
        early.append(np.mean([seen[trial] for trial in range(160, 201, 10)]))
        late.append(np.mean([seen[trial] for trial in range(1800, 2001, 10)]))
    assert max(early) < 45
    assert 25 < np.mean(late) < 35


def test_backprop_solves_the_linear_task_and_its_update_angle_is_zero() -> None:
    for seed in SEEDS:
        experiment = held_out("backprop", seed)
        assert experiment.channels["test_nse"].last < 1e-6
        assert max(angles(experiment).values()) < 0.1


def test_learning_the_last_layer_alone_does_not_solve_the_linear_task() -> None:
    for seed in SEEDS:
        experiment = held_out("shallow", seed)
        assert experiment.channels["test_nse"].last > 0.9
        assert np.isnan(experiment.channels["update_angle.h1"].last)


def test_feedback_alignment_aligns_and_learns_digits() -> None:
    experiment = build(digits_spec("feedback_alignment", (50, 50)))
    start = experiment.measure()
    experiment.advance(20, Phase.EPOCH)
    end = experiment.measure()
    for layer in ("h1", "h2"):
        assert start[f"update_angle.{layer}"] > 75
        assert end[f"update_angle.{layer}"] < 60
    assert end["weight_angle.W3"] < 60
    assert end["feedback_agreement.W3"] > 0
    assert end["test_error"] < 0.05


def test_on_digits_it_comes_near_backprop_and_leaves_shallow_behind() -> None:
    errors = {}
    for rule in ("backprop", "feedback_alignment", "shallow"):
        experiment = build(digits_spec(rule, (30,)))
        experiment.advance(15, Phase.EPOCH)
        errors[rule] = experiment.channels["test_error"].last
    assert errors["feedback_alignment"] < errors["backprop"] + 0.02
    assert errors["shallow"] > 2 * errors["feedback_alignment"]
