"""Kolen-Pollack: whatever the data, W-transposed minus B shrinks as (1 - lambda)^t."""

from __future__ import annotations

import numpy as np
import pytest

from bioviz.core.experiment import Experiment, build
from bioviz.core.fault import SpecError

from ..specs import digits_spec

PAIRS = (("W2", "B2"), ("W3", "B3"))


def differences(experiment: Experiment) -> dict[str, np.ndarray]:
    net = experiment.net
    return {w: net[f"{w}.w"].T.astype(float) - net[f"{b}.w"].astype(float) for w, b in PAIRS}


def distance(experiment: Experiment) -> float:
    return float(np.linalg.norm(differences(experiment)["W2"]))


@pytest.mark.parametrize("momentum", [0.0, 0.9])
@pytest.mark.parametrize("fade", [1e-3, 0.02])
def test_the_difference_decays_as_one_minus_lambda_to_the_t(momentum: float, fade: float) -> None:
    spec = digits_spec("kolen_pollack", (20, 15), fade=fade, momentum=momentum, learning_rate=0.1)
    experiment = build(spec, dtype=np.float64)
    first = differences(experiment)
    for trial in (1, 10, 100, 300):
        experiment.advance(trial - experiment.trial)
        for name, now in differences(experiment).items():
            expected = first[name] * (1 - fade) ** trial
            np.testing.assert_allclose(now, expected, rtol=1e-9, atol=1e-12)


def test_the_difference_decays_to_float_precision_in_single_precision_too() -> None:
    experiment = build(digits_spec("kolen_pollack", (20, 15), fade=0.01, learning_rate=0.1))
    first = differences(experiment)
    experiment.advance(500)
    for name, now in differences(experiment).items():
        expected = first[name] * 0.99**500
        size = float(np.abs(experiment.net[f"{name}.w"]).max())
        np.testing.assert_allclose(now, expected, atol=2e-5 * size)


def test_a_thousand_trials_at_a_thousandth_leave_0_37_of_it() -> None:
    experiment = build(digits_spec("kolen_pollack", (20, 15), fade=1e-3))
    first = distance(experiment)
    experiment.advance(1000)
    assert distance(experiment) / first == pytest.approx(np.exp(-1), abs=0.003)


def test_feedback_comes_to_be_the_transpose_and_learning_to_be_backprops() -> None:
    experiment = build(digits_spec("kolen_pollack", (40,), fade=2e-3, learning_rate=0.2))
    experiment.advance(2000)
    found = experiment.measure()
    assert found["weight_angle.W2"] < 5
    assert found["update_angle.h1"] < 5
    assert found["test_error"] < 0.06


@pytest.mark.parametrize("options", [{"feedback_sparsity": 0.5}, {"weights": {"sparsity": 0.5}}])
def test_weights_without_a_partner_are_refused(options: dict[str, object]) -> None:
    with pytest.raises(SpecError, match="needs every weight to have its partner"):
        build(digits_spec("kolen_pollack", **options))  # type: ignore[arg-type]
