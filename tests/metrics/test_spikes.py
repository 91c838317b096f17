"""Metrics of spikes and of bounded weights: what they count, where they are, and that they last."""

from __future__ import annotations

import json

import numpy as np
import pytest

from bioviz.core.experiment import Experiment, build
from bioviz.core.rule import Phase
from bioviz.core.state import State
from bioviz.session.fault import SessionError
from bioviz.session.state import checked_meta, restore_into

from ..gallery import gallery_spec
from ..specs import digits_spec

SHORT = {"task__length": 100, "task__trials": 40}


def raster(experiment: Experiment, trials: int, layer: str = "output") -> np.ndarray:
    """The spikes of the next trials, (ticks, batch, n)."""
    rows, left = [], trials
    for phase in experiment.run():
        if phase is Phase.TICK:
            rows.append(experiment.net[f"{layer}.spike"].copy())
        left -= phase is Phase.TRIAL
        if not left:
            break
    return np.array(rows)


def test_the_firing_rate_is_that_of_the_spikes_since_the_last_point() -> None:
    experiment = build(gallery_spec("stdp_competition", batch=2, record__every=8, **SHORT))
    spikes = raster(experiment, 8)
    rate = experiment.channels["firing_rate.output"]
    assert rate.read()[0].tolist() == [1, 2, 5, 8]  # and none before anything has happened
    assert rate.last == pytest.approx(1000 * spikes[500:].mean())
    spikes = raster(experiment, 2)
    assert experiment.measure()["firing_rate.output"] == pytest.approx(1000 * spikes.mean())


def test_the_first_spike_is_counted_from_the_beginning_of_each_volley() -> None:
    experiment = build(gallery_spec("latency_falls", record__every=4))
    spikes = raster(experiment, 4)[:, 0, 0].reshape(4, -1)
    times = spikes.argmax(axis=1) * 0.5
    assert experiment.channels["first_spike.output"].last == pytest.approx(times[2:].mean())


def test_a_volley_without_an_answer_has_no_first_spike() -> None:
    experiment = build(gallery_spec("latency_falls", network__weights__scale=0.0))
    experiment.advance(1)
    assert np.isnan(experiment.channels["first_spike.output"].last)


def irregularity(experiment: Experiment, trials: int) -> tuple[float, float]:
    """What the metric says after so many trials, and what their raster says."""
    spikes = raster(experiment, trials)
    found = []
    for train in spikes.reshape(len(spikes), -1).T:
        gaps = np.diff(np.flatnonzero(train))
        if len(gaps) > 1:
            found.append(gaps.std() / gaps.mean())
    return experiment.measure()["spike_irregularity.output"], float(np.mean(found))


def test_irregularity_is_the_spread_of_the_times_between_spikes() -> None:
    spec = gallery_spec("stdp_competition", batch=2, record__every=1000, **SHORT)
    experiment = build(spec)
    experiment.advance(20)  # up to which points are dense
    experiment.account.restore(None)
    told, found = irregularity(experiment, 25)
    assert told == pytest.approx(found)
    assert 0.4 < told < 1.2


def test_a_cell_under_a_steady_current_is_a_clock() -> None:
    spec = gallery_spec("stdp_competition", task__rate=0.0, **SHORT)
    told, _ = irregularity(build(spec.with_value("network.layers.output.current", 40.0)), 4)
    assert told == pytest.approx(0, abs=0.05)


def test_weights_are_told_as_fractions_of_the_largest_without_those_that_are_missing() -> None:
    experiment = build(gallery_spec("chain_learns"))
    w = experiment.net["L1.w"]
    w[...] = 0
    w[0, 1:], w[1, 2:] = 20, 10
    found = experiment.measure()
    assert found["mean_weight.L1"] == pytest.approx((9 + 0.5 * 8) / 90)
    assert found["weight_extremes.L1_high"] == pytest.approx(9 / 90)
    assert found["weight_extremes.L1_low"] == pytest.approx(73 / 90)


def named(experiment: Experiment) -> set[str]:
    own = {"firing_rate", "first_spike", "spike_irregularity", "mean_weight", "weight_extremes",
           "weight_value"}  # fmt: skip
    return {name for name, channel in experiment.channels.items() if channel.info.metric in own}


def test_there_are_channels_only_where_they_mean_something() -> None:
    assert named(build(digits_spec())) == set()
    assert named(build(gallery_spec("spiking_digits"))) == set()  # a tick there is no millisecond
    assert named(build(gallery_spec("stdp_pairing"))) == {
        "mean_weight.W1", "weight_extremes.W1_low", "weight_extremes.W1_high",
    }  # fmt: skip
    assert named(build(gallery_spec("pair_and_triplet"))) == {
        "weight_value.W1_0_0", "weight_value.W1_0_1",
    }  # fmt: skip
    assert named(build(gallery_spec("who_causes_whom"))) == {
        "firing_rate.output", "weight_value.L1_0_1", "weight_value.L1_1_0",
    }  # fmt: skip
    assert named(build(gallery_spec("latency_falls"))) == {
        "firing_rate.output", "first_spike.output", "mean_weight.W1", "weight_extremes.W1_low",
        "weight_extremes.W1_high",
    }  # fmt: skip


def through_a_file(state: State) -> State:
    return State(checked_meta(json.loads(json.dumps(state.meta))), state.arrays, state.channels)


@pytest.mark.parametrize("key", ["stdp_competition", "latency_falls", "chain_learns"])
def test_curves_of_spikes_go_on_as_if_nothing_had_been_saved(key: str) -> None:
    short = SHORT if key == "stdp_competition" else {"task__period": 60}
    spec = gallery_spec(key, record__every=7, **short)
    one = build(spec)
    one.advance(11)
    other = build(spec)
    restore_into(other, through_a_file(one.capture()))
    one.advance(10)
    other.advance(10)
    for name, channel in one.channels.items():
        np.testing.assert_array_equal(channel.read(), other.channels[name].read(), err_msg=name)


def test_a_spike_account_of_another_network_is_refused_and_one_that_lacks_begins_anew() -> None:
    spec = gallery_spec("stdp_competition", batch=2, **SHORT)
    one, other = build(spec), build(spec)
    one.advance(6)
    state = through_a_file(one.capture())
    state.meta["spikes"]["layers"]["output"]["last"] = [[1, 2, 3]]
    with pytest.raises(SessionError, match="does not fit"):
        restore_into(other, state)
    del state.meta["spikes"]
    restore_into(other, through_a_file(state))
    assert other.account.ticks == 0
    other.advance(2)
    assert other.measure()["firing_rate.output"] >= 0


def test_inhibition_in_the_background_has_the_mean_that_it_should() -> None:
    spec = gallery_spec("stdp_competition", batch=20, **SHORT)
    for name, value in (("inhibitors", 200), ("threshold", 100.0)):
        spec = spec.with_value(f"network.layers.output.{name}", value)
    experiment = build(spec)
    experiment.advance(1)
    found = []
    for _ in range(6):
        experiment.advance(1)
        found.append(experiment.net["output.g_i"].mean())
    lasting = 1 / (1 - np.exp(-1 / 5))  # what 1 in every tick adds up to, of 5 ms
    assert np.mean(found) == pytest.approx(200 * 10 / 1000 * 0.05 * lasting, rel=0.1)
