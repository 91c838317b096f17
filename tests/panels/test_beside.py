"""Panels with several experiments: whose matrix is shown, differences, and colours that they
share."""

from __future__ import annotations

import numpy as np
import pytest

from bioviz.core.request import Curve
from bioviz.core.request_beside import Gap
from bioviz.core.vantage import Vantage
from bioviz.panels.alignment import AlignmentPanel
from bioviz.panels.loss import LossPanel
from bioviz.panels.weights import WeightsPanel

from .test_earlier import load_two


def turn(bench, panel, lane: int) -> None:
    """Let a panel show another experiment, as the window does."""
    panel.lane = lane
    panel.rebuild(Vantage(lane).catalogue(bench.trainer.catalogue))
    bench.pump.refresh()
    bench.beat()


def read(bench, lane: int, address: str = "W2.w") -> np.ndarray:
    return bench.trainer.do(lambda runs: runs[lane].net[address].copy()).result(10)


def values(panel) -> np.ndarray:
    return panel.map.view._values


@pytest.fixture
def weights(bench, digits_spec):
    panel = bench.add(WeightsPanel())
    load_two(bench, digits_spec(), digits_spec("backprop", learning_rate=0.5))
    bench.advance(30)
    return panel


def test_a_panel_shows_the_matrix_of_the_experiment_that_it_is_turned_to(bench, weights):
    assert np.array_equal(values(weights), read(bench, 0))
    turn(bench, weights, 1)
    assert np.array_equal(values(weights), read(bench, 1))


def test_colours_mean_the_same_in_all_experiments(bench, weights):
    least = max(np.abs(read(bench, lane)).max() for lane in range(2))
    first = weights.map.view.levels.peak
    turn(bench, weights, 1)
    assert weights.map.view.levels.peak == first >= least


def test_the_difference_to_another_experiment_is_that_of_the_very_weights(bench, weights):
    weights.set_options({"what": "beside Backprop"})
    bench.beat()
    assert np.array_equal(values(weights), read(bench, 0) - read(bench, 1))
    assert weights._what.currentText() == "W2 − W2 of Backprop"
    turn(bench, weights, 1)
    assert weights._what.currentText() == "W2 − W2 of Feedback alignment"
    assert np.array_equal(values(weights), read(bench, 1) - read(bench, 0))


def test_an_entry_of_a_difference_is_told_exactly(bench, weights):
    weights.set_options({"what": "beside Backprop"})
    bench.beat()
    weights.map._look(3, 5)
    bench.beat()
    gap = (read(bench, 0) - read(bench, 1))[3, 5]
    words = weights.map.view._readout.text().rpartition(": ")[2].replace("−", "-")
    assert float(words) == pytest.approx(gap, rel=1e-4)


def test_experiments_of_other_shapes_offer_no_difference(bench, digits_spec):
    panel = bench.add(WeightsPanel())
    other = digits_spec("backprop").with_value("network.layers.h1.size", 7)
    load_two(bench, digits_spec(), other)
    assert not any(key.startswith("beside") for key in list(panel._sources))


@pytest.fixture
def loss(bench, digits_spec):
    panel = bench.add(LossPanel())
    panel.resize(700, 400)
    load_two(bench, digits_spec(), digits_spec("backprop"))
    bench.advance(30)
    return panel


def test_alone_there_is_no_difference_to_draw(bench, digits_spec):
    panel = bench.add(LossPanel())
    bench.load(digits_spec())
    panel.set_options({"difference": True})
    bench.advance(20)
    assert panel._apart.isHidden()
    assert {type(request) for request in panel.wanted()} >= {Curve}
    assert not any(isinstance(request, Gap) for request in panel.wanted())


def test_the_difference_of_two_curves_is_drawn_over_zero(bench, loss):
    loss.set_options({"quantity": "loss", "log": True, "difference": True})
    bench.beat()
    assert loss.plot.keys() == ["train_loss@1", "test_loss@1"]
    mine, theirs = bench.trainer.do(
        lambda runs: [run.channels["train_loss"].read()[1] for run in runs]
    ).result(10)
    assert np.array_equal(loss.plot._curves["train_loss@1"].y, theirs - mine)
    assert not loss._log.isEnabled()
    assert loss.plot.references.lines["reference"][1] == 0
    loss._apart.setChecked(False)
    bench.beat()
    assert len(loss.plot.keys()) == 4
    assert loss._log.isEnabled()


def test_each_experiments_curves_end_in_a_mark_of_its_own(bench, loss):
    bench.beat()
    marks = {key: curve.mark for key, curve in loss.plot._curves.items()}
    assert marks == {"train_error": 0, "test_error": 0, "train_error@1": 1, "test_error@1": 1}
    curve = loss.plot._curves["test_error@1"]
    x, y = curve.end.getData()
    assert (x[0], y[0]) == (curve.x[-1], curve.y[-1])


def test_angles_have_a_difference_where_two_experiments_have_angles(bench, digits_spec):
    panel = bench.add(AlignmentPanel())
    panel.resize(700, 400)
    load_two(bench, digits_spec(), digits_spec("backprop"), digits_spec("kolen_pollack"))
    bench.advance(20)
    assert not panel._apart.isHidden()
    panel._apart.setChecked(True)
    bench.beat()
    assert set(panel.plot.keys()) == {"weight_angle.W2@2", "update_angle.h1@2"}
    assert panel.plot.accessibleName() == "Plot of Δ angle over Trials"
    load_two(bench, digits_spec(), digits_spec("backprop"))
    assert panel._apart.isHidden()


def test_what_was_done_to_one_of_several_is_marked_with_its_name(bench, loss):
    bench.trainer.do(lambda runs: [run.mark("batch = 5") for run in runs]).result(10)
    bench.advance(1)
    bench.trainer.do(lambda runs: runs[1].mark("momentum = 0.5")).result(10)
    bench.advance(1)
    assert loss.plot._events == [(30, "batch = 5"), (31, "Backprop: momentum = 0.5")]
