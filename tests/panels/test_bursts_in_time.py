"""Bursts over seconds: what is drawn is what the cells did, and teaching is shaded where it was."""

from __future__ import annotations

import numpy as np
import pytest

from bioviz.core.experiment import build
from bioviz.core.request_bursts import Bursts, BurstsReply, PoolBins
from bioviz.core.rule import Phase
from bioviz.core.status import Mode, Stride
from bioviz.figures.burst_record import MOST_ALONE, SMOOTH, BurstRecord
from bioviz.figures.burst_words import TURN, WINDOW
from bioviz.panels.bursts import BurstsPanel

from ..specs import digits_spec
from .bursting import pools_spec


@pytest.fixture
def panel(bench):
    bench.load(pools_spec())
    panel = bench.add(BurstsPanel())
    panel.resize(640, 640)
    bench.beat()
    bench.advance(2)
    return panel


def _reply(bench):
    return bench.trainer.do(lambda e: Bursts().read(e[0])).result(5)


def test_event_rates_are_the_mean_of_the_last_bins_over_seconds(panel, bench):
    events = _reply(bench).layers["hidden"].events
    drawn = panel.times.plots[0]._curves["hidden/1"]
    np.testing.assert_allclose(drawn.x, 0.1 * np.arange(20) + 0.05)
    np.testing.assert_allclose(drawn.y[-1], events[-SMOOTH:, 1].mean(), rtol=1e-5)
    np.testing.assert_allclose(drawn.y[0], events[0, 1], rtol=1e-5)


def test_p_is_bursts_to_events_and_what_is_expected_is_dashed_in_its_colour(panel, bench):
    bins, plot = _reply(bench).layers["output"], panel.times.plots[1]
    real, expected = plot._curves["output/0"], plot._curves["output/0/expected"]
    last = bins.bursts[-SMOOTH:, 0].sum() / bins.events[-SMOOTH:, 0].sum()
    assert real.y[-1] == pytest.approx(last, rel=1e-5)
    np.testing.assert_allclose(expected.y, bins.expected[:, 0], rtol=1e-6)
    assert real.colour == expected.colour
    assert (real.style, expected.style) == ("solid", "dash")
    assert real.entry is expected.entry


def test_the_time_with_the_teacher_is_shaded_in_every_plot(panel):
    for plot in panel.times.plots:
        bands = plot.references.bands.values()
        np.testing.assert_allclose([band.low for band in bands], [0.8, 1.8])
        np.testing.assert_allclose([band.high for band in bands], [1.0, 2.0])
        assert all(band.upright for band in bands)
    assert "with the teacher" in panel.times.plots[0]._say(0.9)
    assert "with the teacher" not in panel.times.plots[0]._say(0.5)


def test_the_teachers_current_has_a_lane_where_there_is_room(panel, bench):
    assert not any(plot.isHidden() for plot in panel.times.plots)
    lane = panel.times.plots[3]
    assert lane.keys() == ["output/0"]
    np.testing.assert_allclose(
        lane._curves["output/0"].y, _reply(bench).layers["output"].current[:, 0]
    )
    panel.resize(640, 500)
    assert [plot.isHidden() for plot in panel.times.plots] == [False, False, False, True]
    panel.resize(240, 170)
    assert [plot.isHidden() for plot in panel.times.plots] == [False, True, True, True]
    assert panel._quantity.value() == "probability"
    panel.set_options({"quantity": "teacher"})
    bench.beat()
    assert panel.times.plots[0].keys() == ["output/0"]


def test_a_long_trial_is_seen_while_it_goes_on(bench, qtbot):
    bench.load(pools_spec(example=1000.0))
    panel = bench.add(BurstsPanel())
    bench.beat()
    bench.trainer.play()
    for least in (0.3, 0.6):

        def grown(least=least):
            bench.pump.beat()
            return panel.times._record.now >= least

        qtbot.waitUntil(grown, timeout=20_000)
    assert bench.trainer.status.mode is Mode.PLAYING
    assert bench.trainer.status.positions[0].trial == 0
    bench.trainer.pause()


def test_only_what_is_new_is_asked_for_tick_by_tick(panel, bench):
    asked = panel.wanted()
    assert asked == {Bursts(start=20)}
    bench.trainer.advance(200, Stride.PHASE)
    bench.trainer.do(lambda _: None).result(10)
    qtbot = bench.qtbot
    qtbot.waitUntil(lambda: bench.trainer.status.mode is not Mode.PLAYING, timeout=20_000)
    bench.beat()
    assert panel.wanted() == {Bursts(start=21)}


def test_a_run_that_is_put_back_begins_anew(panel, bench):
    bench.trainer.recover().result(10)
    bench.pump.refresh()
    bench.beat()
    bench.advance(1)
    assert panel.times._record.now == pytest.approx(3.0)
    assert len(panel.times.plots[0]._curves["output/0"].x) == 10


def test_one_layer_may_be_chosen_and_the_input_too(panel, bench):
    assert panel.times.plots[0].keys() == ["hidden/0", "hidden/1", "output/0"]
    panel.set_options({"layer": "input"})
    bench.beat()
    assert panel.times.plots[0].keys() == ["input/0", "input/1"]
    assert panel.times.plots[3].keys() == ["output/0"]
    assert panel.options()["layer"] == "input"
    assert panel._layer.value() == "input"


def test_hiding_a_pool_hides_it_in_every_plot(panel):
    panel.times.plots[0]._curves["hidden/0"].entry.click()
    shown = [plot._curves["hidden/0"].shown for plot in panel.times.plots[:3]]
    assert shown == [False, False, False]
    assert not panel.times.plots[1]._curves["hidden/0/expected"].shown
    assert panel.times.plots[1]._curves["hidden/1"].shown


def test_a_network_of_rates_after_one_of_spikes_has_its_curves_over_trials(panel, bench):
    assert not panel.idle
    bench.load(digits_spec("burstprop", (20,)))
    bench.advance(3)
    assert panel.times.isHidden()
    assert not panel.curves.isHidden()
    assert panel._axis.isVisibleTo(panel)
    assert panel._quantity.choose("difference")
    bench.load(pools_spec())
    assert panel.curves.isHidden()
    assert not panel._quantity.choose("difference")


# What was heard ----------------------------------------------------------------------------------


def _bins(numbers, life=1, pools=1):
    shape = (len(numbers), pools)
    ones = np.ones(shape, np.float32)
    bins = PoolBins(4 * ones, ones, 0.5 * ones, 0 * ones)
    return BurstsReply(life, 100.0, np.array(numbers), np.zeros(len(numbers)), {"h": bins})


def test_where_nobody_counted_there_is_a_gap_and_no_line_across():
    record = BurstRecord(0)
    assert record.take(_bins([0, 1]))
    assert record.take(_bins([5, 6]))
    view = record.since(0)
    line = view.lines("h")[0]
    np.testing.assert_array_equal(np.isnan(line.event), [0, 0, 1, 1, 1, 0, 0])
    np.testing.assert_allclose(line.probability[[0, 1, 5, 6]], 0.25)
    assert len(view.times()) == 7


def test_an_answer_that_comes_twice_counts_once():
    record = BurstRecord(0)
    record.take(_bins([0, 1, 2]))
    assert not record.take(_bins([0, 1, 2]))
    assert record.take(_bins([2, 3]))
    assert len(record.since(0).times()) == 4


def test_more_pools_than_colours_are_shown_as_their_mean():
    record = BurstRecord(0)
    record.take(_bins([0, 1], pools=MOST_ALONE + 1))
    assert [line.name for line in record.since(0).lines("h", alone=True)] == ["h"]
    assert record.since(0).lines("h")[0].expected.tolist() == [0.5, 0.5]
    record.take(_bins([0, 1], life=2, pools=MOST_ALONE))
    assert len(record.since(0).lines("h")) == 1
    assert len(record.since(0).lines("h", alone=True)) == MOST_ALONE


def test_the_axis_goes_on_by_whole_steps_and_few_points_are_drawn(panel, bench):
    run = build(pools_spec())
    Bursts().read(run)
    run.advance(1, Phase.TRIAL)
    reply = Bursts().read(run)
    long = BurstsReply(
        panel.times._record._held.life,
        reply.width,
        np.arange(20, 613),
        np.zeros(593),
        {
            name: PoolBins(*(np.zeros((593, bins.events.shape[1])) for _ in range(4)))
            for name, bins in reply.layers.items()
        },
    )
    panel.times._record.take(long)
    panel.times._draw()
    box = panel.times.plots[0].box.viewRange()[0]
    assert box == [70 - WINDOW, 70]
    assert 70 % TURN == 0
    assert len(panel.times.plots[0]._curves["output/0"].x) <= 800
