"""Spiking feedback alignment learns as through backprop's weights, and by its equations."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from bioviz.core.experiment import Experiment, build
from bioviz.core.fault import SpecError
from bioviz.core.measure import credit_on
from bioviz.core.rule import Phase
from bioviz.core.spec import ExperimentSpec

from ..specs import digits_spec, make_spec

RULE = "spiking_feedback_alignment"


def spec(**options: Any) -> ExperimentSpec:
    return digits_spec(RULE, **options)


def learned(epochs: int = 2, **options: Any) -> dict[str, float]:
    experiment = build(
        spec(learning_rate=0.05, record={"every": 1000, "test_every": 1000}, **options)
    )
    experiment.advance(epochs, Phase.EPOCH)
    return experiment.measure()


@pytest.mark.parametrize("error", ["probability", "spikes"])
def test_random_feedback_learns_the_digits_as_transposed_weights_do_and_shallow_does_not(
    error: str,
) -> None:
    found = {route: learned(route=route, error=error) for route in ("random", "transposed", "none")}
    assert found["random"]["test_error"] < found["transposed"]["test_error"] + 0.04
    assert found["random"]["test_error"] < 0.12
    assert found["none"]["test_error"] > 0.3
    assert found["random"]["update_angle.h1"] < 50
    assert found["random"]["weight_angle.W2"] < 60
    assert found["transposed"]["update_angle.h1"] < 0.1
    assert "weight_angle.W2" not in found["transposed"]


def test_groups_of_output_units_answer_together() -> None:
    experiment = build(spec(hidden_sizes=(20,), learning_rate=0.05).with_value(
        "network.layers.output.size", 30))  # fmt: skip
    experiment.advance(2, Phase.EPOCH)
    y = experiment.answer(experiment.data.test.read(slice(0, 50), np.float32)[0])
    assert y.shape == (50, 10)
    assert ((y > 0) & (y < 1)).all()
    assert experiment.measure()["test_error"] < 0.2
    for size in (25, 5):
        with pytest.raises(SpecError, match="Set its size to 10, or a multiple of it"):
            spec().with_value("network.layers.output.size", size).checked()


def test_one_trial_equals_the_reference() -> None:
    """Tick by tick in plain numpy, with the same random numbers."""
    options: dict[str, Any] = {"ticks": 6, "settle": 2, "tau": 4.0, "learning_rate": 0.3}
    experiment = build(spec(hidden_sizes=(8,), batch=3, **options), dtype=np.float64)
    start = {name: array.copy() for name, array in experiment.net.weights().items()}
    experiment.advance(1)
    assert experiment.shown is not None
    x, t = experiment.shown.x, experiment.shown.t
    stream = experiment.streams.fresh("spikes/0")
    w1, b1, w2, b2 = (start[name] for name in ("W1.w", "W1.bias", "W2.w", "W2.bias"))
    u, v, seen, hidden, count = (np.zeros((3, n)) for n in (8, 10, 64, 8, 10))
    deltas = []
    for k in range(6):
        u = u + (x @ w1.T + b1 - u) / 10
        p = 1 / (1 + np.exp(-u))
        s = (p > stream.random((8, 3)).T).astype(float)
        v = v + (s @ w2.T + b2 - v) / 10
        q = 1 / (1 + np.exp(-v))
        o = (q > stream.random((10, 3)).T).astype(float)
        seen, hidden = seen + (x - seen) / 4, hidden + (s - hidden) / 4
        if k >= 2:
            e = t - q
            d = (e @ start["B2.w"].T) * p * (1 - p)
            w1, b1 = w1 + 0.1 * d.T @ seen, b1 + 0.1 * d.sum(axis=0)
            w2, b2 = w2 + 0.1 * e.T @ hidden, b2 + 0.1 * e.sum(axis=0)
            count += o
            deltas.append(d)
    net = experiment.net
    for name, expected in (("W1.w", w1), ("W1.bias", b1), ("W2.w", w2), ("W2.bias", b2)):
        np.testing.assert_allclose(net[name], expected, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(net["h1.delta"], np.mean(deltas, axis=0), rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(experiment.rule.answer(net), (count + 0.5) / 5, rtol=1e-12)


def test_the_angle_compares_errors_averaged_over_the_same_ticks() -> None:
    """Errors told by spikes are noise in any one tick; over the ticks they are not."""
    experiment = build(spec(error="spikes"))
    experiment.advance(2, Phase.EPOCH)
    x, t = experiment.recorder.probe_examples()
    credit = credit_on(experiment, x, t)
    assert credit is not None
    output = credit.rule["output"]
    np.testing.assert_array_equal(output, credit.true["output"])
    assert len(np.unique(output)) > 20  # means of many 0s and 1s
    assert experiment.measure()["update_angle.h1"] < 60


def test_it_stops_at_every_tick_and_then_shows_the_errors() -> None:
    experiment = build(spec(ticks=7, settle=2))
    experiment.advance(1)
    phases, seen = experiment.run(), []
    while not seen or seen[-1] is not Phase.TRIAL:
        seen.append(next(phases))
    learning = [phase for phase in seen if phase is not Phase.TEST]
    assert learning == [Phase.TICK] * 7 + [Phase.BACKWARD, Phase.UPDATE, Phase.TRIAL]


def test_units_and_times_that_leave_nothing_to_learn_are_refused_in_words() -> None:
    for path, value, words in (
        ("network.layers.h1.unit", "lif", "needs units whose spikes come by chance"),
        ("network.layers.h1.unit", "tanh", "needs units that spike"),
        ("rule.settle", 50, "nothing is left to learn from"),
    ):
        with pytest.raises(SpecError, match=words):
            spec().with_value(path, value).checked()


def test_input_that_spikes_by_chance_teaches_too() -> None:
    source = {"name": "input", "size": 64, "unit": "poisson", "peak": 1000.0}
    experiment = build(spec().with_value("network.layers.0", source))
    experiment.advance(3, Phase.EPOCH)
    assert experiment.measure()["test_error"] < 0.15


@pytest.mark.slow
@pytest.mark.mnist
@pytest.mark.timeout(1800)
def test_on_mnist_it_comes_within_a_point_and_a_half_of_backprops_weights() -> None:
    """784-100-10 on 8,000 digits, 2,000 held out, four epochs: science of the stand-in."""
    runs: dict[str, Experiment] = {}
    for route in ("random", "transposed", "none"):
        made = make_spec(
            (784, 100, 10), RULE, {"key": "mnist", "part": "small"}, route=route,
            record={"every": 400, "test_every": 400},
        )  # fmt: skip
        runs[route] = build(made)
        runs[route].advance(4, Phase.EPOCH)
    found = {route: run.measure() for route, run in runs.items()}
    errors = {route: values["test_error"] for route, values in found.items()}
    print(errors, f"update angle {found['random']['update_angle.h1']:.1f}")
    assert errors["random"] < errors["transposed"] + 0.015
    assert errors["none"] > 0.3
    assert found["random"]["update_angle.h1"] < 45


# Rates of 0.01, 0.02, 0.05, 0.1 and 0.2 were tried, the first two for five epochs: random feedback
# made 8.6, 7.9, 7.1, 7.4 and 8.0 % errors, the transpose 7.5, 7.3, 6.9, 7.2 and 8.8 %, no feedback
# 89 % at best. Rates that fall take the transpose to 6.0 % and random feedback to 7.1 %.
BEST, EPOCHS = 0.05, 6


@pytest.mark.slow
@pytest.mark.mnist
@pytest.mark.timeout(1800)
def test_through_three_hidden_layers_of_spikes_errors_find_their_way_by_random_weights() -> None:
    """784-200-200-200-100, ten groups of ten, on 8,000 digits: as far as through W transposed."""
    found: dict[str, dict[str, float]] = {}
    for route in ("random", "transposed", "none"):
        made = make_spec(
            (784, 200, 200, 200, 100), RULE, {"key": "mnist", "part": "small"}, route=route,
            learning_rate=BEST, feedback_scale=3.0, record={"every": 400, "test_every": 400},
        )  # fmt: skip
        run = build(made)
        run.advance(EPOCHS, Phase.EPOCH)
        found[route] = run.measure()
    errors = {route: values["test_error"] for route, values in found.items()}
    angles = [found["random"][f"update_angle.h{layer}"] for layer in (1, 2, 3)]
    print(f"\nerrors {errors}; update angles {np.round(angles, 1)}")
    assert errors["random"] < errors["transposed"] + 0.02
    assert errors["random"] < 0.09
    assert errors["none"] > 0.8
    assert max(angles) < 80
