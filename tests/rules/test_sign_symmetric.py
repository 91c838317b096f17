"""Sign-symmetric feedback: W's signs, and sizes of its own."""

from __future__ import annotations

import numpy as np
import pytest

from bioviz.core.experiment import Experiment, build

from ..specs import digits_spec

KINDS = ("uniform", "fixed", "batch")


def made(magnitude: str, **options: object) -> Experiment:
    spec = digits_spec("sign_symmetric", (40, 30), magnitude=magnitude, **options)  # type: ignore[arg-type]
    return build(spec)


def agreement(experiment: Experiment, name: str = "2") -> float:
    net = experiment.net
    return float(np.mean(np.sign(net[f"W{name}.w"].T) == np.sign(net[f"B{name}.w"])))


@pytest.mark.parametrize("magnitude", KINDS)
def test_every_feedback_weight_has_the_sign_of_its_partner_all_along(magnitude: str) -> None:
    experiment = made(magnitude, learning_rate=0.3)
    for _ in range(4):
        experiment.advance(30)
        assert agreement(experiment, "2") == 1
        assert agreement(experiment, "3") == 1


def test_magnitudes_are_one_or_drawn_once_or_drawn_for_each_batch() -> None:
    sizes = {}
    for kind in KINDS:
        experiment = made(kind)
        before = np.abs(experiment.net["B2.w"])
        experiment.advance(3)
        sizes[kind] = before, np.abs(experiment.net["B2.w"])
    np.testing.assert_allclose(sizes["uniform"][0], 1 / np.sqrt(40), rtol=1e-6)
    np.testing.assert_array_equal(*sizes["uniform"])
    assert np.unique(sizes["fixed"][0]).size > 1000
    np.testing.assert_array_equal(*sizes["fixed"])
    assert (sizes["batch"][0] != sizes["batch"][1]).all()


@pytest.mark.parametrize("magnitude", KINDS)
def test_it_learns_the_digits_nearly_as_backprop_does(magnitude: str) -> None:
    experiment = made(magnitude, learning_rate=0.2)
    experiment.advance(1500)
    found = experiment.measure()
    assert found["test_error"] < 0.08
    assert found["update_angle.h1"] < 60


def test_signs_that_w_had_at_first_are_left_behind() -> None:
    experiment = made("uniform", signs="first", learning_rate=0.5)
    before = experiment.net["B2.w"].copy()
    assert agreement(experiment) == 1
    experiment.advance(1500)
    np.testing.assert_array_equal(experiment.net["B2.w"], before)
    assert 0.5 < agreement(experiment) < 0.99


def test_a_removed_weight_sends_nothing_back() -> None:
    experiment = made("fixed", weights={"sparsity": 0.5})
    experiment.advance(5)
    net = experiment.net
    np.testing.assert_array_equal(net["B2.w"] == 0, net["W2.w"].T == 0)
