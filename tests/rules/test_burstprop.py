"""Burstprop in rates: what bursts carry, and what becomes of the feedback that carries it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from bioviz.core.experiment import Experiment, build
from bioviz.core.intervention import Redraw
from bioviz.core.measure import credit_on, row_angles
from bioviz.core.registry import RULES
from bioviz.core.rule import Phase

from ..specs import digits_spec, make_spec
from .test_contract import same, through_json

XOR = {"key": "xor", "noise": 0.0, "examples": 4}  # the four corners themselves, all in a batch
QUICK = {"learning_rate": 1.0, "output_rate": 0.05, "feedback_scale": 0.3}  # for the small digits


def xor_of(hidden: int, seed: int) -> Experiment:
    """2-n-1 as in science: feedback +2 and -2 in turn, p0 = 1/2, full batches."""
    spec = make_spec(
        (2, hidden, 1), "burstprop", XOR, batch=4, seed=seed, learning_rate=4.0, output_rate=1.0,
        momentum=0.0, fade=0.0, output_burst_prob=0.5, feedback_scale=2.0,
        feedback_distribution="alternating", record={"every": 1000, "test_every": 1000, "probe": 4},
    )  # fmt: skip
    return build(spec)


def solved(experiment: Experiment) -> bool:
    x, t = experiment.data.train.read(slice(None), np.float32)
    return bool(((experiment.answer(x) > 0.5) == (t > 0.5)).all())


def test_eight_hidden_units_learn_xor_from_nearly_every_seed() -> None:
    count = 0
    for seed in range(1, 21):
        experiment = xor_of(8, seed)
        experiment.advance(250)
        count += solved(experiment)
    assert count >= 18


@pytest.mark.slow
def test_more_hidden_units_learn_xor_from_more_seeds() -> None:
    """Measured here: 12, 19 and 20 of 20; by the independent program of science 6, 18 and 20."""
    counts = {}
    for hidden in (2, 4, 8):
        runs = [xor_of(hidden, seed) for seed in range(1, 21)]
        for experiment in runs:
            experiment.advance(4000)
        counts[hidden] = sum(map(solved, runs))
    print(f"\nXOR by bursts, solved of 20 seeds by hidden units: {counts}")
    assert counts[2] < counts[4] <= counts[8]
    assert counts[4] >= 16
    assert counts[8] >= 18


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_burst_probabilities_stay_between_0_and_1_whatever_the_weights(seed: int) -> None:
    experiment = build(
        digits_spec("burstprop", (20, 15), output_burst_prob=0.5, feedback_scale=50.0, seed=seed)
    )
    bias = experiment.net["W3.bias"]
    bias[...] = np.linspace(-40, 40, len(bias))  # outputs that are sure, right or wrong
    phases = experiment.run()
    while next(phases) is not Phase.BACKWARD:
        pass
    for layer in experiment.net.chain[1:]:
        for name in ("burst_prob", "burst_expected"):
            values = layer.state[name]
            assert values.min() >= 0
            assert values.max() <= 1
            assert np.ptp(values) > 0 or name == "burst_expected"


def test_a_teacher_that_could_ask_for_more_than_certain_bursts_is_refused_beforehand() -> None:
    [problem] = digits_spec("burstprop", output_burst_prob=0.6).problems()
    assert "output_burst_prob" in problem
    assert "0.5" in problem
    assert "double" in RULES["burstprop"].Params.model_fields["output_burst_prob"].description


@pytest.mark.parametrize("hidden", ["tanh", "relu", "linear", "softmax"])
def test_units_that_have_no_event_rates_are_told_which_to_take(hidden: str) -> None:
    [problem] = digits_spec("burstprop", hidden=hidden).problems()
    assert "'h1'" in problem
    assert "Sigmoid" in problem


def test_another_loss_and_targets_of_any_size_are_refused_in_a_sentence() -> None:
    [problem] = digits_spec("burstprop", loss="cross_entropy").problems()
    assert "half squared error" in problem
    [problem] = make_spec((30, 20, 10), "burstprop", "linear_teacher").problems()
    assert "targets from 0 to 1" in problem


def test_near_the_straight_middle_credit_is_a_quarter_of_backprops_per_layer() -> None:
    spec = digits_spec("burstprop", (20, 15), weights={"scale": 0.3})
    experiment = build(spec, dtype=np.float64)
    for name in ("2", "3"):
        experiment.net[f"B{name}.w"][...] = experiment.net[f"W{name}.w"].T
    credit = credit_on(experiment, *experiment.recorder.probe_examples())
    assert credit is not None
    for layer, part in (("h2", 1 / 4), ("h1", 1 / 16)):
        own, true = credit.rule[layer], credit.true[layer]
        assert np.linalg.norm(own) / np.linalg.norm(true) == pytest.approx(part, rel=0.02)
        assert row_angles(own, true).max() < 3


def test_what_reaches_the_output_layer_is_p0_times_the_error_of_half_squared_error() -> None:
    experiment = build(digits_spec("burstprop"), dtype=np.float64)
    x, t = experiment.recorder.probe_examples()
    credit, y = credit_on(experiment, x, t), experiment.answer(x)
    assert credit is not None
    np.testing.assert_allclose(credit.rule["output"], 0.2 * (t - y) * y * (1 - y), atol=1e-12)


@pytest.fixture(scope="module")
def digits() -> dict[str, dict[str, float]]:
    """What 20 epochs on the digits come to: by feedback that is fixed or learned, and backprop."""
    found = {}
    for name in ("fixed", "learned"):
        experiment = build(digits_spec("burstprop", (50,), feedback_learning=name, **QUICK))
        experiment.advance(20, Phase.EPOCH)
        found[name] = experiment.measure()
    units = {"hidden": "sigmoid", "output": "sigmoid", "loss": "squared_error"}
    exact = build(digits_spec("backprop", (50,), learning_rate=4.0, **units))
    exact.advance(20, Phase.EPOCH)
    return {**found, "backprop": exact.measure()}


def test_with_learned_feedback_digits_are_learned_within_a_point_of_backprop(digits: Any) -> None:
    assert digits["backprop"]["test_error"] < 0.03
    assert digits["learned"]["test_error"] < digits["backprop"]["test_error"] + 0.01


def test_learned_feedback_lowers_both_angles_far_more_than_fixed_feedback(digits: Any) -> None:
    for channel in ("weight_angle.W2", "update_angle.h1"):
        fixed, learned = digits["fixed"][channel], digits["learned"][channel]
        assert fixed < 50  # forward weights align with it, as under feedback alignment
        assert learned < fixed - 12


def test_recurrent_input_keeps_burst_probabilities_near_the_straight_middle() -> None:
    far = {}
    for recurrent in (False, True):
        experiment = build(digits_spec("burstprop", (50, 50), recurrent=recurrent))
        experiment.advance(200)
        far[recurrent] = experiment.measure()["linear_distance.h1"]
    assert far[False] > 0.15
    assert far[True] < 0.06


def test_a_mirror_teaches_feedback_from_noise_between_trials() -> None:
    spec = digits_spec("burstprop", feedback_learning="mirror", mirror_every=2, feedback_scale=0.1)
    experiment = build(spec)
    start, running, seen = experiment.measure()["weight_angle.W2"], experiment.run(), []
    while experiment.trial < 200:
        phase = next(running)
        seen.append((phase, experiment.rule.mode))
    assert seen.count((Phase.MIRROR, "mirror")) == 100
    assert (Phase.FORWARD, "engaged") in seen
    assert start > 80
    assert experiment.measure()["weight_angle.W2"] < 25


@pytest.mark.parametrize(
    "options",
    [
        {"recurrent": True, "feedback_learning": "learned", "feedback_sparsity": 0.3},
        {"feedback_learning": "mirror", "mirror_every": 3, "noise_batches": 2},
    ],
)
def test_recurrent_weights_and_the_mirrors_place_are_saved_too(options: dict[str, Any]) -> None:
    spec = digits_spec("burstprop", (20, 15), **options)
    straight, saved, resumed = (build(spec) for _ in range(3))
    straight.advance(101)
    saved.advance(50)
    resumed.restore(through_json(saved.capture()))
    resumed.advance(51)
    same(straight, resumed)
    assert ("Z2.w" in straight.kept_arrays()) == bool(options.get("recurrent"))


def test_how_feedback_learns_may_change_while_training_runs() -> None:
    experiment = build(digits_spec("burstprop"))
    experiment.advance(10)
    before = experiment.net["B2.w"].copy()
    for how, moves in (("learned", True), ("mirror", True), ("fixed", False)):
        experiment.change(experiment.spec.with_value("rule.feedback_learning", how))
        experiment.advance(5)
        assert (experiment.net["B2.w"] != before).any() == moves
        assert experiment.rule.mode in ("mirror", "engaged") or how != "mirror"
        before = experiment.net["B2.w"].copy()
    assert experiment.rule.mode == ""


def test_recurrent_weights_can_be_drawn_again_as_they_were_at_first() -> None:
    experiment = build(digits_spec("burstprop", recurrent=True, recurrent_rate=0.002))
    experiment.advance(30)
    assert np.abs(experiment.net["Z1.w"]).max() > 0.011
    inverse = Redraw("Z1").apply(experiment)
    assert 0.008 < np.abs(experiment.net["Z1.w"]).max() <= 0.01
    inverse.apply(experiment)
    assert np.abs(experiment.net["Z1.w"]).max() > 0.011
