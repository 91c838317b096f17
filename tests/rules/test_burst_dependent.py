"""Burst-dependent plasticity: what events and bursts do to one synapse, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest

from bioviz.core.experiment import build
from bioviz.core.fault import SpecError

from ..timed import SOURCE, timed_spec

ETA, TAU_PRE, TAU_AVERAGE = 0.01, 40.0, 2.0  # ms and s
BEFORE = {"start_events": 4.0, "start_probability": 0.25}


def after(pre: list[int], post: list[int], unit: str = "spike_source", **params: float) -> float:
    """What a weight has changed by once two cells have spiked at these ticks, of 1 ms each."""
    output = {"name": "output", "size": 1, "unit": unit}
    layers = [{"name": "input", "size": 1, **SOURCE}, output]
    given = {"learning_rate": ETA, "tau_pre": TAU_PRE, "tau_average": TAU_AVERAGE, **BEFORE}
    spec = timed_spec(layers, "burst_dependent", "burst_pairing", w=0.5, **(given | params))
    experiment = build(spec, dtype=np.float64)
    net, stream = experiment.net, np.random.default_rng(1)
    for k in range(max(pre + post) + 1):
        shown, forced = np.full((1, 1), k in pre, float), np.full((1, 1), k in post, float)
        net.tick(shown, stream, forced)
        experiment.rule.adapt(net)
    return float(net["W1.w"][0, 0]) - 0.5


def test_an_event_costs_as_much_as_bursts_were_to_be_expected() -> None:
    trace = np.exp(-15 / TAU_PRE)
    assert after([5], [20]) == pytest.approx(-ETA * 0.25 * trace, abs=1e-12)


def test_the_second_spike_of_a_burst_gives_a_whole_step_and_the_third_nothing_more() -> None:
    event, second = np.exp(-15 / TAU_PRE), np.exp(-25 / TAU_PRE)
    expected = ETA * (second - 0.25 * event)
    assert after([5], [20, 30]) == pytest.approx(expected, abs=1e-12)
    assert after([5], [20, 30, 36]) == pytest.approx(expected, abs=1e-12)


def test_spikes_up_to_16_ms_apart_are_a_burst_and_farther_apart_two_events() -> None:
    assert after([5], [20, 36]) > 0
    assert after([5], [20, 37]) < after([5], [20]) < 0


def test_a_burst_below_counts_as_one_event() -> None:
    assert after([5, 10], [20]) == after([5], [20])
    assert after([5, 22], [40]) < after([5], [40])


def test_what_is_expected_follows_what_has_happened() -> None:
    fade = np.exp(-30 / 1000 / TAU_AVERAGE)  # from one burst's second spike to the next event
    ebar = 4 * np.exp(-60 / 1000 / TAU_AVERAGE) + np.exp(-40 / 1000 / TAU_AVERAGE) / TAU_AVERAGE
    bbar = 1 * np.exp(-60 / 1000 / TAU_AVERAGE) + fade / TAU_AVERAGE
    change = after([50], [20, 30, 60], start_events=4.0)
    assert change == pytest.approx(-ETA * bbar / ebar * np.exp(-10 / TAU_PRE), rel=2e-3)


def test_the_first_spike_of_a_cell_is_an_event_whatever_its_kind() -> None:
    assert after([1], [2], "lif") == after([1], [2])


def test_nothing_is_learned_until_the_averages_have_warmed_up() -> None:
    assert after([5], [20, 30], warm_up=0.05) == 0.0


def test_it_follows_one_stretch_of_time_and_says_so() -> None:
    layers = [{"name": "input", "size": 1, **SOURCE}, {"name": "output", "size": 1, **SOURCE}]
    with pytest.raises(SpecError, match=r"but the batch is 2\. Set it to 1"):
        build(timed_spec(layers, "burst_dependent", "burst_pairing", batch=2))


def test_inputs_that_do_not_spike_are_refused() -> None:
    layers = [
        {"name": "input", "size": 64, "unit": "linear"},
        {"name": "output", "size": 10, "unit": "burst_poisson"},
    ]
    with pytest.raises(SpecError, match="Give it Poisson source units"):
        build(timed_spec(layers, "burst_dependent", "digits"))


def test_several_examples_are_answered_one_after_the_other() -> None:
    layers = [
        {"name": "input", "size": 64, "unit": "poisson", "peak": 200.0},
        {"name": "output", "size": 10, "unit": "burst_poisson"},
    ]
    experiment = build(timed_spec(layers, "burst_dependent", "digits", shown_for=60.0))
    x = experiment.data.test.read(slice(0, 3), np.float32)[0]
    together = experiment.answer(x)
    alone = [experiment.answer(one[None])[0] for one in x]
    np.testing.assert_array_equal(together, alone)
    assert together.any(axis=1).all()
