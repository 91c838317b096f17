"""One update against an independent reference written out by hand, with every option."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from bioviz.core.experiment import Experiment, build

from ..specs import digits_spec

Arrays = dict[str, np.ndarray]


def sigmoid(a: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-a))


def softmax(a: np.ndarray) -> np.ndarray:
    grown = np.exp(a - a.max(axis=1, keepdims=True))
    return grown / grown.sum(axis=1, keepdims=True)


def reference_deltas(w: Arrays, x: np.ndarray, t: np.ndarray, feedback: Arrays) -> list[Any]:
    """A 64-20-15-10 network with sigmoid hidden layers, softmax and cross-entropy, from scratch."""
    h1 = sigmoid(x @ w["W1.w"].T + w["W1.bias"])
    h2 = sigmoid(h1 @ w["W2.w"].T + w["W2.bias"])
    y = softmax(h2 @ w["W3.w"].T + w["W3.bias"])
    d3 = t - y
    d2 = (d3 @ feedback["W3"]) * h2 * (1 - h2)
    d1 = (d2 @ feedback["W2"]) * h1 * (1 - h1)
    return [("W1", d1, x), ("W2", d2, h1), ("W3", d3, h2)]


def reference_run(
    start: Arrays, trials: list[Any], params: dict[str, float], fixed: Arrays
) -> Arrays:
    """Train copies of the arrays in `start` on (x, t) trials, in float64."""
    w = {name: values.astype(np.float64) for name, values in start.items()}
    rate, m, decay = params["learning_rate"], params["momentum"], params["weight_decay"]
    v = {name: np.zeros_like(values) for name, values in w.items()}
    for x, t in trials:
        feedback = fixed or {"W2": w["W2.w"].copy(), "W3": w["W3.w"].copy()}
        for name, delta, pre in reference_deltas(w, x, t, feedback):
            gradient = delta.T @ pre / len(x) - decay * w[f"{name}.w"]
            v[f"{name}.w"] = m * v[f"{name}.w"] + gradient
            v[f"{name}.bias"] = m * v[f"{name}.bias"] + delta.mean(axis=0)
            for part in ("w", "bias"):
                w[f"{name}.{part}"] += rate * v[f"{name}.{part}"]
            if f"{name}.mask" in w:
                w[f"{name}.w"] *= w[f"{name}.mask"]
    return w


def shown(experiment: Experiment, count: int) -> list[Any]:
    """Train `count` trials, returning what was shown."""
    trials = []
    for _ in range(count):
        experiment.advance(1)
        assert experiment.shown is not None
        trials.append((experiment.shown.x.astype(float), experiment.shown.t.astype(float)))
    return trials


@pytest.mark.parametrize("rule", ["backprop", "feedback_alignment"])
@pytest.mark.parametrize("sparsity", [0.0, 0.5])
@pytest.mark.parametrize(
    ("momentum", "weight_decay"), [(0.0, 0.0), (0.9, 0.0), (0.0, 0.01), (0.9, 0.01)]
)
def test_ten_updates_equal_a_hand_written_reference(
    rule: str, sparsity: float, momentum: float, weight_decay: float
) -> None:
    params = {"learning_rate": 0.3, "momentum": momentum, "weight_decay": weight_decay}
    spec = digits_spec(rule, (20, 15), hidden="sigmoid", weights={"sparsity": sparsity}, **params)
    experiment = build(spec)
    start = {name: values.copy() for name, values in experiment.net.weights().items()}
    fixed = (
        {} if rule == "backprop" else {f"W{i}": start[f"B{i}.w"].T.astype(float) for i in (2, 3)}
    )
    expected = reference_run(start, shown(experiment, 10), params, fixed)
    for name, values in experiment.net.weights().items():
        if "velocity" not in name:
            np.testing.assert_allclose(values, expected[name], rtol=1e-5, atol=1e-6, err_msg=name)


def test_the_shallow_rule_changes_only_the_last_layer() -> None:
    experiment = build(digits_spec("shallow", (20, 15)))
    start = {name: values.copy() for name, values in experiment.net.weights().items()}
    experiment.advance(10)
    changed = {
        name for name, values in experiment.net.weights().items() if (values != start[name]).any()
    }
    assert changed == {"W3.w", "W3.bias"}


def test_removed_weights_stay_zero_in_w_and_b() -> None:
    spec = digits_spec("feedback_alignment", weights={"sparsity": 0.5}, feedback_sparsity=0.3)
    experiment = build(spec)
    experiment.advance(60)
    for name in ("W1", "W2", "B2"):
        projection = experiment.net.projections[name]
        assert projection.mask is not None
        assert (projection.w[projection.mask == 0] == 0).all()
        kept = 0.7 if name == "B2" else 0.5
        assert projection.mask.mean() == pytest.approx(kept, abs=0.08)


@pytest.mark.parametrize("watched_from", [0, 5])
def test_dw_is_what_the_last_trial_asked_of_the_weights(watched_from: int) -> None:
    experiment = build(digits_spec("backprop"))
    experiment.advance(watched_from)
    if watched_from:
        assert experiment.net["W1.dw"].any()
    before = experiment.net["W1.w"].copy()
    experiment.advance(1)
    step = experiment.net["W1.w"] - before
    np.testing.assert_allclose(experiment.net["W1.dw"], step, atol=1e-6)


def test_dw_survives_the_next_trials_activity_once_it_is_watched() -> None:
    experiment = build(digits_spec("backprop"))
    address = "W1.dw"
    assert not experiment.net[address].any()
    experiment.advance(1)
    reference = build(digits_spec("backprop"))
    reference.advance(1)
    expected = reference.net[address].copy()
    phases = experiment.run()
    next(phases)  # activity of the second trial has gone up
    np.testing.assert_array_equal(experiment.net[address], expected)
    next(phases)  # and its deltas have come down
    np.testing.assert_array_equal(experiment.net[address], expected)


def test_watching_dw_changes_no_bit_of_the_run() -> None:
    watched, alone = build(digits_spec("backprop")), build(digits_spec("backprop"))
    for _ in range(30):
        watched.advance(1)
        watched.net["W2.dw"]
    alone.advance(30)
    for address, values in alone.net.weights().items():
        np.testing.assert_array_equal(watched.net[address], values)
