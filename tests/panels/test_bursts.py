"""Bursts: the curves are the run's, and the spread is that of the batch that is shown."""

from __future__ import annotations

import numpy as np
import pytest

from bioviz.core.experiment import build
from bioviz.core.request import Curve, Histogram
from bioviz.panels._burst_plot import BurstPlot
from bioviz.panels.bursts import BurstsPanel

from ..specs import digits_spec

SPEC = digits_spec("burstprop", (20, 15), record={"every": 5})


@pytest.fixture
def panel(bench):
    bench.load(SPEC)
    panel = bench.add(BurstsPanel())
    bench.advance(30)
    return panel


def _recorded(bench, name):
    return bench.trainer.do(lambda e: e[0].channels[name].read()).result(5)


def test_p_is_drawn_against_what_is_expected_two_strokes_of_one_colour(panel, bench):
    plot = panel.curves.plots[0]
    drawn = plot._curves
    for layer in ("h1", "h2", "output"):
        with_teacher = drawn[f"burst_probability.{layer}"]
        without = drawn[f"burst_expectation.{layer}"]
        assert with_teacher.colour == without.colour
        assert (with_teacher.style, without.style) == ("solid", "dash")
        np.testing.assert_array_equal(
            with_teacher.y, _recorded(bench, f"burst_probability.{layer}")[1]
        )
    assert len({curve.colour for curve in drawn.values()}) == 3


def test_a_tall_panel_shows_rates_and_probabilities_below_each_other(panel, bench):
    plots = panel.curves.plots
    assert [plot.isHidden() for plot in plots] == [False, True, True]
    assert panel._quantity.value() == "probability"
    panel.resize(480, 640)
    bench.advance(5)
    assert not any(plot.isHidden() for plot in plots)
    assert plots[0].keys() == ["event_rate.h1", "event_rate.h2", "event_rate.output"]
    assert plots[2].keys() == ["burst_rate.h1", "burst_rate.h2", "burst_rate.output"]
    panel.resize(480, 320)
    bench.advance(5)
    assert plots[0].keys()[0] == "burst_probability.h1"


@pytest.mark.parametrize("quantity", ["event", "burst", "difference", "distance"])
def test_only_the_chosen_quantity_is_asked_for(panel, bench, quantity):
    panel.set_options({"quantity": quantity})
    bench.advance(5)
    names = {request.name for request in panel.wanted() if isinstance(request, Curve)}
    assert names == set(panel.curves.plots[0].keys())
    assert len(names) == (2 if quantity == "distance" else 3)


def test_the_spread_counts_every_unit_and_example_of_the_batch(panel, bench):
    panel.set_options({"quantity": "spread"})
    assert not any(isinstance(request, Curve) for request in panel.wanted())
    assert sum(isinstance(request, Histogram) for request in panel.wanted()) == 2
    bench.advance(1)
    p = bench.read("h1.burst_expected")
    drawn = panel.spread.view.plot._curves["h1"]
    counts, _ = np.histogram(p, bins=50, range=(0, 1))
    np.testing.assert_allclose(drawn.y[1:-1:2], 100 * counts / p.size)
    within = np.mean((p > 0.34) & (p < 0.66))
    assert f"h1 {100 * within:.0f} %" in panel.spread._words.text()


def test_of_two_experiments_with_bursts_one_is_chosen(bench):
    learned = SPEC.with_value("rule.feedback_learning", "learned").with_value("name", "Learned")
    exact = digits_spec("backprop", (20, 15), hidden="sigmoid", output="sigmoid")
    specs = [exact, SPEC.with_value("name", "Fixed"), learned]
    bench.trainer.load(lambda _: [build(spec) for spec in specs]).result(30)
    panel = bench.add(BurstsPanel())
    bench.advance(20)
    assert not panel.idle
    assert [panel._experiment.itemText(i) for i in range(2)] == ["Fixed", "Learned"]
    assert panel.curves.plots[0].keys()[0] == "burst_probability.h1@1"
    panel._experiment.choose("2")
    panel._turn()
    bench.advance(5)
    assert panel.curves.plots[0].keys()[0] == "burst_probability.h1@2"


def test_a_rule_without_bursts_leaves_its_room_and_says_what_has_them(bench, digits_spec):
    bench.load(digits_spec())
    panel = bench.add(BurstsPanel())
    bench.advance(2)
    assert panel.idle
    assert panel._pages.currentWidget() is panel._nothing
    assert "Burstprop" in panel._nothing.sentence.text()
    assert not panel.wanted()
    bench.load(SPEC)
    assert not panel.idle
    assert panel._pages.currentWidget() is not panel._nothing


def test_a_network_without_hidden_layers_has_no_spread(bench):
    bench.load(digits_spec("burstprop", ()))
    panel = bench.add(BurstsPanel())
    for quantity in ("spread", "distance"):
        panel.set_options({"quantity": quantity})
        bench.advance(3)
        assert not panel.grab().isNull()


def test_teaching_that_is_still_in_sight_is_not_drawn_anew(qtbot):
    plot = BurstPlot()
    qtbot.addWidget(plot)
    plot.shade([(1.0, 2.0), (3.0, 4.0), (5.0, 5.2)])
    drawn = {band.low: band.drawn for band in plot.references.bands.values()}
    plot.shade([(3.0, 4.0), (5.0, 6.0), (7.0, 8.0)])
    bands = {band.low: band for band in plot.references.bands.values()}
    assert {low: band.high for low, band in bands.items()} == {3.0: 4.0, 5.0: 6.0, 7.0: 8.0}
    assert bands[3.0].drawn is drawn[3.0]
    assert bands[5.0].drawn is drawn[5.0]
    assert drawn[1.0].scene() is None
