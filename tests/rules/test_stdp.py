"""STDP and its triplet form: windows, coincident spikes, bounds, frequency, competition."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pytest

from bioviz.core.experiment import Experiment, build
from bioviz.core.rule import Phase
from bioviz.core.task import Trial

from ..timed import SOURCE, competition_spec, pairing_spec, timed_spec

LAGS = np.linspace(-100, 100, 201)
RATE, RATIO, MU, REF = 0.01, 1.3, 0.3, 0.2
DEPENDENCE = {
    "additive": (lambda u: u**0, lambda u: u**0),
    "van_rossum": (lambda u: u**0, lambda u: u),
    "rubin": (lambda u: 1 - u, lambda u: u),
    "guetig": (lambda u: (1 - u) ** MU, lambda u: u**MU),
    "power": (lambda u: REF ** (1 - MU) * u**MU, lambda u: u),
}


def after(
    pre: list[int], post: list[int], w: float = 0.5, rule: str = "stdp", **params: Any
) -> float:
    """The weight once two cells have spiked at these ticks, in double precision."""
    layers = [{"name": "input", "size": 1, **SOURCE}, {"name": "output", "size": 1, **SOURCE}]
    experiment = build(timed_spec(layers, rule, w=w, **params), dtype=np.float64)
    net, stream = experiment.net, np.random.default_rng(1)
    for k in range(max(pre + post) + 1):
        shown, forced = np.full((1, 1), k in pre, float), np.full((1, 1), k in post, float)
        net.tick(shown, stream, forced)
        experiment.rule.adapt(net)
    return float(net["W1.w"][0, 0])


@pytest.mark.parametrize("coincident", ["apart", "pre_first"])
@pytest.mark.parametrize("interaction", ["all", "nearest"])
@pytest.mark.parametrize("kind", list(DEPENDENCE))
@pytest.mark.parametrize("w", [0.3, 1.1])
def test_the_window_is_that_of_the_formula(
    kind: str, interaction: str, w: float, coincident: str
) -> None:
    spec = pairing_spec(
        w=w, inputs=len(LAGS), lag=100, learning_rate=RATE, balance=RATIO, tau_plus=17.0,
        tau_minus=34.0, dependence=kind, mu=MU, w_ref=REF, w_max=2.0, interaction=interaction,
        coincident=coincident,
    )  # fmt: skip
    experiment = build(spec, dtype=np.float64)
    experiment.advance(1)
    rising, falling = (part(w / 2) for part in DEPENDENCE[kind])
    up = 2 * RATE * rising * np.exp(-LAGS / 17)
    down = -2 * RATE * RATIO * falling * np.exp(LAGS / 34)
    at_once = up if coincident == "pre_first" else 0.0
    expected = np.where(LAGS > 0, up, np.where(LAGS < 0, down, at_once))
    np.testing.assert_allclose(experiment.net["W1.w"][0] - w, expected, rtol=0, atol=1e-12)


def test_in_single_precision_the_window_is_right_to_a_millionth() -> None:
    experiment = build(pairing_spec(inputs=len(LAGS), lag=100))
    experiment.advance(1)
    up, down = 0.005 * np.exp(-LAGS / 20), -0.00525 * np.exp(LAGS / 20)
    expected = np.where(LAGS > 0, up, np.where(LAGS < 0, down, 0.0))
    np.testing.assert_allclose(experiment.net["W1.w"][0] - 0.5, expected, rtol=0, atol=1e-6)


@pytest.mark.parametrize("rule", ["stdp", "triplet_stdp"])
def test_spikes_of_one_tick_change_nothing_and_both_enter_the_traces(rule: str) -> None:
    assert after([3], [3], rule=rule) == 0.5
    together = after([3, 13], [3], rule=rule)
    assert together == after([13], [3], rule=rule)
    assert together < 0.5


@pytest.mark.parametrize("interaction", ["all", "nearest"])
def test_spikes_of_one_tick_may_count_as_the_lower_cells_first(interaction: str) -> None:
    """As in Brian 2: the trace below has the spike when the one above reads it."""
    first = {"coincident": "pre_first", "interaction": interaction}
    assert after([3], [3], **first) - 0.5 == pytest.approx(0.005, abs=1e-12)
    up = after([3, 13], [3], **first) - 0.5  # and what follows is as ever
    assert up == pytest.approx(0.005 - 0.00525 * np.exp(-10 / 20), abs=1e-12)
    earlier = 0.005 * np.exp(-10 / 20) if interaction == "all" else 0.0
    met = after([3, 13], [13], **first) - 0.5
    assert met == pytest.approx(0.005 + earlier, abs=1e-12)


def test_in_a_triplet_the_lower_cells_spike_of_the_same_tick_counts_and_the_upper_ones_not() -> (
    None
):
    params = {"coincident": "pre_first", "minimal": False}
    fit = build(pairing_spec("triplet_stdp", **params)).rule.params.fit
    found = after([10], [0, 10], rule="triplet_stdp", **params) - 0.5
    down = np.exp(-10 / 33.7) * fit.pair_down  # its own spike adds nothing to A3-
    up = fit.pair_up + fit.triplet_up * np.exp(-10 / fit.tau_y)
    assert found == pytest.approx(up - down, abs=1e-12)


def test_depression_comes_before_potentiation_where_both_meet_in_a_tick() -> None:
    found = after([0, 10], [5, 10], dependence="rubin", learning_rate=0.1, balance=1.0)
    w = 0.5
    w += 0.1 * (1 - w) * np.exp(-5 / 20)  # post at 5
    w -= 0.1 * w * np.exp(-5 / 20)  # pre at 10, after post at 5
    w += 0.1 * (1 - w) * np.exp(-10 / 20)  # post at 10, after pre at 0
    assert found == pytest.approx(w, abs=1e-12)


def test_all_earlier_spikes_count_or_only_the_nearest() -> None:
    pre, post = [0, 6, 9], [15]
    every = 0.005 * sum(np.exp(-(15 - t) / 20) for t in pre)
    assert after(pre, post) - 0.5 == pytest.approx(every, abs=1e-12)
    nearest = after(pre, post, interaction="nearest") - 0.5
    assert nearest == pytest.approx(0.005 * np.exp(-6 / 20), abs=1e-12)


def test_weights_stay_within_their_bounds_and_initial_ones_lose_their_sign() -> None:
    assert after([0], [1], w=0.9, learning_rate=5.0) == 1.0
    assert after([1], [0], w=0.9, learning_rate=5.0) == 0.0
    spec = competition_spec().with_value("network.weights", {"scale": 20.0})
    w = build(spec).net["W1.w"]
    assert (w.min(), w.max()) == (pytest.approx(0, abs=0.05), 1)


def test_a_batch_changes_the_weights_by_the_mean_over_its_copies() -> None:
    layers = [{"name": "input", "size": 1, **SOURCE}, {"name": "output", "size": 1, **SOURCE}]
    experiment = build(timed_spec(layers, learning_rate=0.1), dtype=np.float64)
    net, stream = experiment.net, np.random.default_rng(1)
    for pre, post in (([1, 1, 0, 1], [0, 0, 1, 0]), ([0, 0, 1, 0], [1, 0, 0, 1])):
        column = (np.array(spikes, float)[:, None] for spikes in (pre, post))
        net.tick(next(column), stream, next(column))
        experiment.rule.adapt(net)
    each = 0.1 * np.exp(-1 / 20)
    assert net["W1.w"][0, 0] == pytest.approx(0.5 + (2 * each - 1.05 * each) / 4, abs=1e-12)


def test_frozen_weights_stay_and_missing_ones_do_not_come_back() -> None:
    experiment = build(competition_spec())
    experiment.net.projections["W1"].frozen = True
    before = experiment.net["W1.w"].copy()
    missing = experiment.net.projections["L2"].mask == 0
    experiment.advance(10)
    np.testing.assert_array_equal(experiment.net["W1.w"], before)
    assert (experiment.net["L2.w"][missing] == 0).all()
    assert experiment.net["W2.w"].std() > 0


def test_the_shown_change_is_that_of_the_trial_so_far() -> None:
    experiment = build(pairing_spec(lag=10))
    assert experiment.net["W1.dw"][0, 0] == 0
    experiment.advance(1)
    before = experiment.net["W1.w"].copy()
    experiment.advance(1)
    np.testing.assert_array_equal(experiment.net["W1.dw"], experiment.net["W1.w"] - before)
    assert experiment.net["W1.dw"][0, 0] > 0


def protocol(rule: str, order: str, frequency: float, **params: Any) -> float:
    """What 60 pairings 10 ms apart change, far from the bounds."""
    spec = pairing_spec(rule, w=5.0, order=order, frequency=frequency, w_max=10.0, **params)
    experiment = build(spec, dtype=np.float64)
    experiment.advance(60)
    return float(experiment.net["W1.w"][0, 0]) - 5


def test_triplets_turn_depression_into_potentiation_between_20_and_40_hz() -> None:
    before = [protocol("triplet_stdp", "post_first", f) for f in (10, 20, 40, 50)]
    assert before == pytest.approx([-0.33, -0.34, 0.17, 0.75], abs=0.01)
    after_ = [protocol("triplet_stdp", "pre_first", f) for f in (10, 20, 40, 50)]
    assert after_ == pytest.approx([0.12, 0.23, 0.53, 0.76], abs=0.01)


def test_pairs_alone_never_turn_positive_at_high_frequency() -> None:
    assert all(protocol("stdp", "post_first", f) < 0 for f in (10, 20, 40, 50))


@pytest.mark.parametrize("minimal", [True, False])
@pytest.mark.parametrize("interaction", ["all", "nearest"])
@pytest.mark.parametrize("data", ["cortex", "hippocampus"])
def test_a_triplet_step_is_that_of_the_published_set(
    data: str, interaction: str, minimal: bool
) -> None:
    params = {"data": data, "interaction": interaction, "minimal": minimal}
    fit = build(pairing_spec("triplet_stdp", **params)).rule.params.fit
    found = after([4], [0, 10], rule="triplet_stdp", **params) - 0.5
    down = np.exp(-4 / 33.7) * fit.pair_down
    up = np.exp(-6 / 16.8) * (fit.pair_up + fit.triplet_up * np.exp(-10 / fit.tau_y))
    assert found == pytest.approx(up - down, abs=1e-12)
    found = after([0, 10], [4], rule="triplet_stdp", **params) - 0.5
    up = np.exp(-4 / 16.8) * fit.pair_up
    down = np.exp(-6 / 33.7) * (fit.pair_down + fit.triplet_down * np.exp(-10 / fit.tau_x))
    assert found == pytest.approx(up - down, abs=1e-12)


def test_correlated_inputs_win() -> None:
    layers = [
        {"name": "input", "size": 100, "unit": "poisson"},
        {"name": "output", "size": 1, "unit": "lif", "tau_m": 10.0},
    ]
    task = {"key": "poisson_groups", "inputs": 100, "rate": 20, "correlated": 50, "length": 500}
    spec = timed_spec(layers, task=task, w=0.8, learning_rate=0.04, w_max=2.0)
    experiment = build(spec)
    experiment.advance(25)
    w = experiment.net["W1.w"][0]
    assert w[:50].mean() > 2 * w[50:].mean()


def test_inputs_spike_as_often_as_told_and_correlated_ones_together() -> None:
    layers = [
        {"name": "input", "size": 40, "unit": "poisson"},
        {"name": "output", "size": 1, "unit": "lif"},
    ]
    task = {"key": "poisson_groups", "inputs": 40, "rate": 30, "correlated": 20,
            "correlation": 0.3, "length": 10_000}  # fmt: skip
    experiment: Experiment = build(timed_spec(layers, task=task))
    spikes = []
    for phase in experiment.run():
        if phase is Phase.TRIAL:
            break
        if phase is Phase.TICK:
            spikes.append(experiment.net["input.spike"][0].copy())
    spikes = np.array(spikes)
    assert spikes[:, :20].mean() * 1000 == pytest.approx(30, rel=0.08)
    assert spikes[:, 20:].mean() * 1000 == pytest.approx(30, rel=0.08)
    r = np.corrcoef(spikes.T)
    assert r[:20, :20][~np.eye(20, dtype=bool)].mean() == pytest.approx(0.3, abs=0.05)
    assert abs(r[20:, 20:][~np.eye(20, dtype=bool)].mean()) < 0.01


def test_rules_for_spikes_give_each_trial_a_stream_of_its_own_and_keep_none() -> None:
    experiment = build(competition_spec())
    experiment.advance(3)
    assert experiment.streams.capture() == {}
    assert isinstance(experiment.shown, Trial)


def brian(seed: int = 1) -> Experiment:
    """The standard set-up of Brian 2's example of STDP: 1,000 inputs at 15 Hz onto one cell."""
    layers = [
        {"name": "input", "size": 1000, "unit": "poisson"},
        {"name": "output", "size": 1, "unit": "lif_conductance", "tau_m": 10.0, "rest": -74.0,
         "threshold": -54.0, "reset": -60.0, "refractory": 0.0, "tau_e": 5.0},
    ]  # fmt: skip
    task = {"key": "poisson_groups", "inputs": 1000, "rate": 15, "length": 1000, "trials": 100}
    spec = timed_spec(
        layers, task=task, seed=seed, w=0.01, network={"dt": 0.1}, learning_rate=0.01,
        balance=1.05, w_max=0.01, coincident="pre_first",
    )  # fmt: skip
    return build(spec.with_value("network.weights.distribution", "uniform"))


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_hundred_seconds_of_competition_leave_a_u_shaped_histogram_and_a_calm_cell() -> None:
    experiment, began = brian(), time.process_time()
    first = rate_over(experiment, 1)
    experiment.advance(89)
    last = rate_over(experiment, 10)
    pace = 100 / (time.process_time() - began)  # of what other programs take, nothing
    u = experiment.net["W1.w"][0] / 0.01
    tenths = np.histogram(u, bins=10, range=(0, 1))[0] / len(u)
    print(f"\ntenths {np.round(tenths, 3)}, {first:.0f} -> {last:.1f} Hz, {pace:.1f} x real time")
    assert tenths[0] >= 0.20
    assert tenths[-1] >= 0.15
    assert tenths[3:7].max() < tenths[-1]
    assert 20 <= last <= 27
    assert pace > 1


def rate_over(experiment: Experiment, seconds: int) -> float:
    """The output's spikes a second over so many trials of a second each, by counting them."""
    count, end = 0, experiment.trial + seconds
    for phase in experiment.run():
        if phase is Phase.TICK:
            count += int(experiment.net["output.spike"][0, 0])
        if phase is Phase.TRIAL and experiment.trial == end:
            break
    return count / seconds
