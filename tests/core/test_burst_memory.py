"""The burst memory: what is counted is what happened, and counting changes nothing."""

from __future__ import annotations

import numpy as np
import pytest

from bioviz.core import burst_memory
from bioviz.core.experiment import build
from bioviz.core.request_bursts import Bursts
from bioviz.core.rule import Phase

from ..panels.bursting import pools_spec
from ..specs import digits_spec


@pytest.fixture
def run():
    run = build(pools_spec())
    Bursts().read(run)
    return run


def test_events_and_bursts_are_those_of_each_pool_in_each_bin(run):
    layer = run.net.layers["hidden"]
    seen = []
    for _ in range(600):
        run.advance(1, Phase.TICK)
        state = layer.state
        seen.append([state[name].reshape(2, 20).sum(axis=1) for name in ("event", "burst")])
    reply = Bursts().read(run)
    counted = np.array(seen).reshape(3, 200, 2, 2).sum(axis=1)  # bins, quantities, pools
    seconds = 20 * reply.width / 1000
    assert reply.width == 100.0
    np.testing.assert_array_equal(reply.numbers, [0, 1, 2])
    np.testing.assert_allclose(reply.layers["hidden"].events * seconds, counted[:, 0], rtol=1e-5)
    np.testing.assert_allclose(reply.layers["hidden"].bursts * seconds, counted[:, 1], rtol=1e-5)
    assert counted[:, 0].sum() > 20


def test_what_a_pool_expects_is_the_mean_that_its_events_are_held_against(run):
    run.advance(199, Phase.TICK)
    run.advance(1, Phase.TICK)
    state = run.net.layers["output"].state
    expected = state["mean_bursts"].sum() / state["mean_events"].sum()
    assert Bursts().read(run).layers["output"].expected[-1, 0] == pytest.approx(expected, rel=1e-5)


def test_the_teacher_is_there_in_the_last_part_of_each_example_and_not_before(run):
    run.advance(4)
    reply = Bursts().read(run)
    np.testing.assert_array_equal(np.flatnonzero(reply.teaching), [8, 9, 18, 19, 28, 29, 38, 39])
    assert set(reply.teaching.tolist()) == {0.0, 1.0}
    current = reply.layers["output"].current[:, 0]
    np.testing.assert_array_equal(current[reply.teaching == 0], 0)
    taught = current[reply.teaching == 1].reshape(4, 2).mean(axis=1)
    assert taught.any()
    assert (taught[[0, 3]] <= 0).all()  # 00 and 11 are to be answered by 0
    assert (taught[[1, 2]] >= 0).all()


def test_only_what_is_new_is_handed_out_but_all_once_a_run_was_put_back(run):
    kept = run.capture()
    run.advance(1)
    assert len(Bursts().read(run).numbers) == 10
    run.advance(1)
    reply = Bursts(start=10).read(run)
    assert reply.numbers.tolist() == list(range(10, 20))
    run.restore(kept)
    again = Bursts(start=10, life=reply.life).read(run)
    assert again.life != reply.life
    assert not len(again.numbers)
    run.advance(1)
    late = Bursts(start=10, life=reply.life).read(run)
    assert late.numbers.tolist() == list(range(10))


def test_nothing_is_counted_while_nobody_asks_and_the_gap_is_left_out(monkeypatch):
    monkeypatch.setattr(burst_memory, "BINS", 10)
    run = build(pools_spec())
    run.advance(1)
    assert not len(Bursts().read(run).numbers)
    run.advance(3)  # 30 bins, of which ten are as far as it goes back
    assert not run.bursts.numbers[run.bursts.numbers >= 20].size
    assert Bursts().read(run).numbers.tolist() == list(range(10, 20))
    run.advance(1)
    assert Bursts().read(run).numbers.tolist() == list(range(40, 50))


def test_counting_changes_no_bit_of_a_run(run):
    alone = build(pools_spec())
    for _ in range(2):
        run.advance(1)
        Bursts().read(run)
        alone.advance(1)
    one, other = run.snapshot_state(), alone.snapshot_state()
    assert one.meta == other.meta
    assert {k: v.tobytes() for k, v in one.arrays.items()} == {
        k: v.tobytes() for k, v in other.arrays.items()
    }


def test_time_goes_on_where_a_saved_run_left_it():
    run = build(pools_spec())
    run.advance(2)
    opened = build(pools_spec())
    opened.restore(run.capture())
    Bursts().read(opened)
    opened.advance(1)
    assert Bursts().read(opened).numbers.tolist() == list(range(20, 30))


def test_several_units_of_an_answer_are_one_pool():
    spec = pools_spec()
    wide = digits_spec("spiking_burstprop", (20,))
    assert build(spec).bursts.pools["output"].events.shape[1] == 1
    assert build(wide).bursts.pools["output"].events.shape[1] == 1
    layers = [*wide.network.layers[:-1], wide.network.layers[-1].model_copy(update={"size": 40})]
    pooled = wide.with_value("network", wide.network.model_copy(update={"layers": tuple(layers)}))
    assert build(pooled).bursts.pools["output"].events.shape[1] == 10


def test_a_network_without_bursts_says_so():
    with pytest.raises(ValueError, match="tells events from bursts"):
        Bursts().read(build(digits_spec()))
