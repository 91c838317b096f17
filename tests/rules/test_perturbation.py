"""Rules that hear one number: right on average, and the slower the more they must guess at once."""

from __future__ import annotations

import numpy as np
import pytest

from bioviz.core.experiment import Experiment, build
from bioviz.core.measure import angle
from bioviz.core.task import Trial

from ..specs import digits_spec, linear_spec

N_UNITS, N_WEIGHTS = 16 + 10, 64 * 16 + 16 * 10


def made(rule: str, **options: object) -> Experiment:
    return build(digits_spec(rule, (16,), hidden="tanh", **options), dtype=np.float64)  # type: ignore[arg-type]


def guesses(rule: str, draws: int) -> tuple[np.ndarray, np.ndarray]:
    """`draws` single guesses from one example, (draws, n), and what is guessed (n,).

    Node perturbation guesses every unit's delta, weight perturbation every weight's gradient.
    """
    experiment = made(rule, noise=1e-3, batch=1, learning_rate=1e-9)
    x, t = experiment.data.train.read(slice(3, 4), np.float64)
    exact = build(digits_spec("backprop", (16,)), dtype=np.float64)
    exact.rule.credit(exact.net, x, t)  # from the same weights
    layers, paths = exact.net.chain[1:], exact.net.forward
    units = rule == "node_perturbation"
    true = [u.delta for u in layers] if units else [p.post.delta.T @ p.pre.rate for p in paths]
    found = [_guess(experiment, Trial(x, t, np.array([3])), units) for _ in range(draws)]
    return np.array(found), np.concatenate([part.ravel() for part in true])


def _guess(experiment: Experiment, trial: Trial, units: bool) -> np.ndarray:
    net, rate = experiment.net, experiment.rule.params.learning_rate
    before = {path.name: path.w.copy() for path in net.forward}
    for _ in experiment.rule.trial(net, trial):
        pass
    steps = [(path.w - before[path.name]) / rate for path in net.forward]
    for path in net.forward:
        path.w[...] = before[path.name]
    parts = [layer.delta for layer in net.chain[1:]] if units else steps
    return np.concatenate([part.ravel() for part in parts])


@pytest.mark.parametrize(
    ("rule", "dimensions", "draws"),
    [("node_perturbation", N_UNITS, 400), ("weight_perturbation", N_WEIGHTS, 1600)],
)
def test_the_estimates_cosine_grows_as_one_over_root_one_plus_n_over_k(
    rule: str, dimensions: int, draws: int
) -> None:
    single, true = guesses(rule, draws)
    for k in (draws // 16, draws // 4):
        means = single.reshape(-1, k, single.shape[1]).mean(axis=1)
        cosine = np.mean([np.cos(np.radians(angle(mean, true))) for mean in means])
        expected = 1 / np.sqrt(1 + dimensions / k)
        assert cosine == pytest.approx(expected, rel=0.15, abs=0.03), (k, cosine, expected)


def test_more_is_learned_from_jolted_units_than_from_jolted_weights() -> None:
    found = {}
    for rule, rate in (("node_perturbation", 0.02), ("weight_perturbation", 0.002)):
        experiment = build(digits_spec(rule, learning_rate=rate))
        experiment.advance(1500)
        found[rule] = experiment.measure()["test_loss"]
    exact = build(digits_spec("backprop", learning_rate=0.2))
    exact.advance(1500)
    assert exact.measure()["test_loss"] < found["node_perturbation"] < found["weight_perturbation"]


def test_on_the_linear_task_it_is_far_behind_but_learns_what_shallow_cannot() -> None:
    experiment = build(
        linear_spec("node_perturbation", learning_rate=0.002, noise=0.01, jolt_output=False)
    )
    experiment.advance(2000)
    assert 1e-3 < experiment.channels["test_nse"].last < 1e-2


@pytest.mark.parametrize("rule", ["node_perturbation", "weight_perturbation"])
def test_looking_at_what_it_would_do_takes_nothing_from_its_noise(rule: str) -> None:
    experiment = made(rule)
    experiment.advance(3)
    before = experiment.streams.capture()
    x, t = experiment.data.test.read(slice(0, 8), np.float64)
    with experiment.net.aside(8):
        first = experiment.rule.proposal(experiment.net, x, t)
        again = experiment.rule.proposal(experiment.net, x, t)
    assert experiment.streams.capture() == before
    assert first is not None
    assert again is not None
    np.testing.assert_array_equal(first["W1"], again["W1"])


def test_no_weight_is_touched_by_the_jolt_itself() -> None:
    experiment = made("weight_perturbation")
    phases = experiment.run()
    while next(phases) != "backward":
        pass
    start = made("weight_perturbation")
    for address, values in start.net.weights().items():
        np.testing.assert_array_equal(experiment.net.weights()[address], values)
