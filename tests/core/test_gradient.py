"""Backprop's gradients are the loss's: checked against finite differences in float64."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from bioviz.core.experiment import Experiment, build
from bioviz.core.measure import Tally
from bioviz.core.spec import ExperimentSpec

from ..specs import make_spec

HIDDEN = ("linear", "tanh", "sigmoid", "relu", "softmax")
OUTPUT = (
    ("squared_error", "linear"),
    ("squared_error", "tanh"),
    ("squared_error", "sigmoid"),
    ("squared_error", "relu"),
    ("squared_error", "softmax"),
    ("cross_entropy", "sigmoid"),
    ("cross_entropy", "softmax"),
)
NUDGE = 1e-5


def spec_of(loss: str, hidden: str, output: str) -> ExperimentSpec:
    return make_spec((2, 6, 4, 2), "backprop", "two_moons", hidden=hidden, output=output, loss=loss)


def loss_of(experiment: Experiment, x: np.ndarray, t: np.ndarray) -> float:
    """Mean loss per example, by the program's own tally."""
    tally = Tally()
    tally.add(experiment.net.step(x), t, experiment.recorder.score)
    return tally.mean(tally.loss)


def numeric(experiment: Experiment, array: np.ndarray, x: np.ndarray, t: np.ndarray) -> np.ndarray:
    """d loss / d array by central differences, one entry at a time."""
    found = np.zeros_like(array)
    for where in np.ndindex(array.shape):
        kept = array[where]
        array[where] = kept + NUDGE
        above = loss_of(experiment, x, t)
        array[where] = kept - NUDGE
        below = loss_of(experiment, x, t)
        array[where] = kept
        found[where] = (above - below) / (2 * NUDGE)
    return found


@pytest.mark.parametrize(
    ("hidden", "loss", "output"),
    [(hidden, loss, output) for hidden, (loss, output) in itertools.product(HIDDEN, OUTPUT)],
)
def test_backprops_deltas_are_minus_the_gradient_of_the_loss(
    hidden: str, loss: str, output: str
) -> None:
    experiment = build(spec_of(loss, hidden, output), dtype=np.float64)
    net = experiment.net
    stream = np.random.default_rng(3)
    x = stream.standard_normal((7, 2))
    t = np.eye(2)[stream.integers(0, 2, 7)]
    for projection in net.forward:
        assert projection.bias is not None
        projection.bias[...] = stream.uniform(-0.5, 0.5, projection.bias.shape)

    expected = {
        projection.name: (
            numeric(experiment, projection.w, x, t),
            numeric(experiment, projection.bias, x, t),
        )
        for projection in net.forward
        if projection.bias is not None
    }
    assert experiment.rule.credit(net, x, t)

    for projection in net.forward:
        step = projection.post.delta.T @ projection.pre.rate / len(x)
        of_weights, of_biases = expected[projection.name]
        np.testing.assert_allclose(-step, of_weights, rtol=1e-4, atol=1e-8)
        np.testing.assert_allclose(-projection.post.delta.mean(0), of_biases, rtol=1e-4, atol=1e-8)
