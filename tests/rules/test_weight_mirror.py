"""Weight mirror: what noise teaches the feedback weights."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pytest

from bioviz.core.experiment import Experiment, build
from bioviz.core.measure import angle
from bioviz.core.rule import Phase

from ..specs import digits_spec, make_spec

ALONE: dict[str, Any] = {"mode": "mirror", "feedback_scale": 0.0, "mirror_decay": 0.0}


def mirrored(n_in: int, samples: int, unit: str, *, batches: int = 1) -> float:
    """The angle of B to W-transposed after so many noise samples, from B = 0."""
    spec = make_spec(
        (5, n_in, 60), "weight_mirror", {"key": "linear_teacher", "inputs": 5, "outputs": 60},
        output=unit, loss="squared_error", noise_samples=samples // batches, **ALONE,
    )  # fmt: skip
    net = build_and_run(spec, batches).net
    return angle(net["B2.w"], net["W2.w"].T)


def build_and_run(spec: Any, trials: int) -> Experiment:
    experiment = build(spec)
    experiment.advance(trials)
    return experiment


@pytest.mark.parametrize("unit", ["linear", "tanh", "sigmoid"])
@pytest.mark.parametrize(
    ("n_in", "samples", "batches"),
    [
        (100, 100, 1),
        (100, 1000, 1),
        (100, 10_000, 10),
        (784, 1000, 1),
        (784, 4000, 4),
        (784, 16_000, 16),
    ],
)
def test_mirror_mode_alone_follows_the_law_of_noise_samples(
    unit: str, n_in: int, samples: int, batches: int
) -> None:
    expected = np.degrees(np.arctan(np.sqrt(n_in / samples)))
    assert mirrored(n_in, samples, unit, batches=batches) == pytest.approx(expected, abs=1)


def test_mirror_mode_alone_leaves_the_forward_weights_at_rest() -> None:
    experiment = build(digits_spec("weight_mirror", mode="mirror"))
    before = {name: values.copy() for name, values in experiment.net.weights().items()}
    experiment.advance(50)
    for name, values in experiment.net.weights().items():
        assert (values == before[name]).all() == (not name.startswith("B"))


def test_with_the_mirror_off_feedback_rests_and_the_angle_grows_as_w_moves() -> None:
    experiment = build(digits_spec("weight_mirror", (50, 50), mode="mirror", learning_rate=0.3))
    experiment.advance(400)
    aligned = experiment.measure()["weight_angle.W3"]
    assert aligned < 10
    experiment.change(experiment.spec.with_value("rule.mode", "engaged"))
    before = experiment.net["B3.w"].copy()
    experiment.advance(300)
    np.testing.assert_array_equal(experiment.net["B3.w"], before)
    assert experiment.measure()["weight_angle.W3"] > aligned + 5


@pytest.mark.parametrize("hidden", ["tanh", "relu"])
def test_updates_come_to_agree_with_backprops_on_digits(hidden: str) -> None:
    experiment = build(digits_spec("weight_mirror", (50, 50), hidden=hidden))
    start = experiment.measure()
    experiment.advance(10, Phase.EPOCH)
    end = experiment.measure()
    for layer in ("h1", "h2"):
        assert start[f"update_angle.{layer}"] > 75
        assert end[f"update_angle.{layer}"] < 10
    for name in ("W2", "W3"):
        assert end[f"weight_angle.{name}"] < 10
        assert 0.4 < end[f"norm_ratio.{name}"] < 2.0


def test_feedback_neither_explodes_nor_vanishes_over_a_long_run() -> None:
    experiment = build(digits_spec("weight_mirror", mode="mirror"))
    for _ in range(4):
        experiment.advance(1000)
        assert 0.5 < experiment.measure()["norm_ratio.W2"] < 2


def test_spells_of_noise_come_as_often_as_asked() -> None:
    spec = digits_spec("weight_mirror", mirror_every=4, noise_batches=3)
    experiment = build(spec)
    phases: Counter[Phase] = Counter()
    running = experiment.run()
    while experiment.trial < 8 or not experiment.between_trials:
        phases[next(running)] += 1
    assert phases[Phase.MIRROR] == 6
    assert phases[Phase.UPDATE] == 8


def test_biases_are_left_out_of_the_mirror() -> None:
    plain, biased = (build(digits_spec("weight_mirror", **ALONE)) for _ in range(2))
    biased.net["W2.bias"][...] = 3.0
    for experiment in (plain, biased):
        experiment.advance(5)
    np.testing.assert_array_equal(plain.net["B2.w"], biased.net["B2.w"])


def test_sparse_feedback_stays_sparse_in_mirror_mode() -> None:
    experiment = build(digits_spec("weight_mirror", mode="mirror", feedback_sparsity=0.5))
    experiment.advance(20)
    mask = experiment.net.projections["B2"].mask
    assert mask is not None
    assert (experiment.net["B2.w"][mask == 0] == 0).all()
    assert (experiment.net["B2.w"][mask == 1] != 0).all()


def test_with_eyes_closed_no_sample_is_shown() -> None:
    experiment = build(digits_spec("weight_mirror", mode="mirror"))
    experiment.advance(3)
    assert experiment.shown is None
    experiment.change(experiment.spec.with_value("rule.mode", "alternate"))
    running = experiment.run()
    while next(running) is not Phase.MIRROR:
        pass
    assert experiment.shown is not None  # the sample that the layers' activity still answers
    assert experiment.rule.mode == "mirror"
