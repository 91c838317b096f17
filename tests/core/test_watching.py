"""Watching spikes, pairs and weights: what is seen is what happened, and it changes nothing."""

from __future__ import annotations

import numpy as np
import pytest

from bioviz.core.experiment import build
from bioviz.core.pair_watch import MOST_PAIRS, MOST_SYNAPSES
from bioviz.core.request_spikes import Raster, Trace
from bioviz.core.request_timing import SpikePairs, Synapse, WeightCourse, Window
from bioviz.core.rule import Phase
from bioviz.core.spike_memory import PATIENCE, TICKS
from bioviz.core.weight_history import MOST_ROWS, WeightHistory

from ..panels.spiking import crowd_spec, pairing_spec

WATCHED = (
    Raster("h1", 100),
    Trace("h1.v", 2, 100),
    Synapse("W1", 1, 2, 100),
    SpikePairs("W1"),
    WeightCourse("W1"),
    Window(),
)


def test_watching_changes_no_bit_of_a_run():
    watched, alone = build(crowd_spec(lateral=True)), build(crowd_spec(lateral=True))
    for _ in range(6):
        for request in WATCHED:
            request.read(watched)
        watched.advance(1)
        watched.advance(7, Phase.TICK)
        alone.advance(1)
        alone.advance(7, Phase.TICK)
    watched.settle()
    alone.settle()
    one, other = watched.snapshot_state(), alone.snapshot_state()
    assert one.meta == other.meta
    assert {k: v.tobytes() for k, v in one.arrays.items()} == {
        k: v.tobytes() for k, v in other.arrays.items()
    }


def test_pairs_tell_the_lag_and_the_change_that_it_caused():
    run = build(pairing_spec(task={"lag": 10.0, "frequency": 1.0}))
    SpikePairs("W1").read(run)
    before = float(run.net["W1.w"][0, 0])
    run.advance(1)
    seen = SpikePairs("W1").read(run)
    assert seen.lags.tolist() == [10.0]
    assert seen.changes[0] == float(run.net["W1.w"][0, 0]) - before
    assert seen.changes[0] == pytest.approx(0.005 * np.exp(-0.5), rel=1e-4)


def test_spikes_of_one_tick_are_no_pair():
    run = build(pairing_spec(task={"lag": 0.0, "frequency": 1.0}))
    SpikePairs("W1").read(run)
    run.advance(3)
    assert not len(SpikePairs("W1").read(run).lags)


def test_spikes_of_one_tick_are_a_pair_at_0_where_the_rule_takes_them_for_one():
    run = build(pairing_spec(coincident="pre_first", task={"lag": 0.0, "frequency": 1.0}))
    SpikePairs("W1").read(run)
    run.advance(3)
    seen = SpikePairs("W1").read(run)
    assert seen.lags.tolist() == [0.0] * 3
    assert seen.changes == pytest.approx([0.005] * 3, rel=1e-4)


def test_of_many_synapses_some_are_watched_and_of_many_pairs_the_latest_kept():
    run = build(crowd_spec(inputs=300))
    SpikePairs("W1").read(run)
    run.advance(20)
    seen = SpikePairs("W1").read(run)
    assert seen.total == 1800
    assert 200 < seen.watched <= MOST_SYNAPSES
    assert len(seen.lags) == MOST_PAIRS


def test_a_synapse_is_followed_tick_by_tick():
    run = build(pairing_spec())
    first = Synapse("W1").read(run)
    assert len(first.w) == 0
    run.advance(1)
    reply = Synapse("W1", ticks=1000).read(run)
    assert reply.end == len(reply.w) == 100
    assert reply.pre.sum() == reply.post.sum() == 1
    jump = int(reply.post.argmax())
    assert jump - int(reply.pre.argmax()) == 10
    assert reply.w[jump] > reply.w[jump - 1]
    assert reply.w[-1] == run.net["W1.w"][0, 0]


def test_a_unit_that_is_picked_while_paused_shows_its_present_value():
    run = build(crowd_spec())
    run.advance(2)
    reply = Trace("h1.v", 4).read(run)
    assert reply.values.tolist() == [run.net["h1.v"][0, 4]]
    with pytest.raises(ValueError, match="no synapse"):
        Synapse("W1", post=6).read(run)


def test_what_nobody_asks_for_is_let_go():
    run = build(crowd_spec())
    for request in WATCHED:
        request.read(run)
    memory = run.spikes
    memory.count += PATIENCE + 1
    memory.begin_trial(0)
    assert memory._watched == {}
    assert memory._synapse is None
    assert memory._pairs is None


def test_a_run_that_is_put_back_is_watched_anew():
    run = build(crowd_spec())
    state = run.capture()
    for request in WATCHED:
        request.read(run)
    run.advance(5)
    run.restore(state)
    assert WeightCourse("W1").read(run).trials.tolist() == [0]
    assert not len(SpikePairs("W1").read(run).lags)
    assert not len(Synapse("W1").read(run).w)


def test_the_ring_gives_the_latest_ticks_in_order_when_it_has_gone_round():
    run = build(pairing_spec())
    run.advance(TICKS // 100 + 3)
    spikes = Raster("output", 450).read(run).spikes[:, 0]
    places = np.flatnonzero(spikes)
    assert np.diff(places).tolist() == [100] * (len(places) - 1)
    assert len(places) in (4, 5)
    assert len(Raster("output", 10 * TICKS).read(run).spikes) == TICKS


def test_a_long_history_keeps_few_rows_and_its_beginning():
    run = build(pairing_spec())
    history = WeightHistory(run.net.projections["W1"])
    for trial in range(5000):
        history.note(trial)
    assert 0.4 * MOST_ROWS < len(history.trials) < MOST_ROWS
    assert history.trials[0] == 0
    assert len(set(np.diff(history.trials))) == 1
    assert history.counts(10, 1.0).shape == (len(history.trials), 10)
    assert history.counts(5, 2.0).shape == (len(history.trials), 5)


@pytest.mark.parametrize("rule", ["stdp", "triplet_stdp"])
@pytest.mark.parametrize("interaction", ["all", "nearest"])
@pytest.mark.parametrize("coincident", ["apart", "pre_first"])
def test_the_curve_is_what_pairings_of_a_real_run_come_to(rule, interaction, coincident):
    pairings = ((10.0, "pre_first"), (10.0, "post_first"), (4.0, "pre_first"), (0.0, "pre_first"))
    for lag, order in pairings:
        task = {"lag": lag, "order": order, "frequency": 25.0, "pairings": 200}
        spec = pairing_spec(rule, task=task, interaction=interaction, coincident=coincident)
        run = build(spec, dtype=np.float64)
        run.advance(60)
        run.net["W1.w"][...] = 0.5  # off its bounds
        run.advance(1)
        curve = Window(0.5, frequency=25.0).read(run).curve
        signed = lag if order == "pre_first" else -lag
        expected = np.interp(signed, curve.lags, curve.change)
        assert float(run.net["W1.w"][0, 0]) - 0.5 == pytest.approx(expected, rel=1e-2)
