"""STDP window: the rule's curve, the run's own pairs on it, and how the weights are spread."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF

from bioviz.core.request_timing import SpikePairs, WeightCourse, Window
from bioviz.figures.panels.stdp_window import side
from bioviz.panels.stdp_window import StdpWindowPanel
from bioviz.ui.panel import Pick

from .spiking import crowd_spec, pairing_spec

WIDE = {"inputs": 21, "lag": 40.0, "frequency": 2.0}  # lags from -40 to 40 ms, far between


def opened(bench, spec, trials=4, size=(700, 400)):
    bench.load(spec)
    panel = bench.add(StdpWindowPanel())
    panel.resize(*size)
    bench.beat()
    bench.advance(trials)
    bench.beat()
    return panel


def test_the_dots_of_the_run_lie_on_the_rules_own_curve(bench):
    panel = opened(bench, pairing_spec(task=WIDE))
    view = panel.window_view
    near = np.abs(view.lags) <= 40
    assert set(view.lags[near]) == set(range(-40, 44, 4)) - {0}
    expected = np.interp(view.lags[near], view.curve.lags, 100 * view.curve.change)
    np.testing.assert_allclose(view.changes[near], expected, atol=2e-3)
    assert "20 of" not in panel._words.text()
    assert "Curve: one pair." in panel._words.text()
    assert "21 of 21 synapses" in panel._words.text()


def test_potentiation_is_to_the_right_and_exact_values_are_told(bench):
    panel = opened(bench, pairing_spec(task=WIDE))
    view = panel.window_view
    assert 100 * np.interp(20.0, view.curve.lags, view.curve.change) == pytest.approx(
        0.5 * np.exp(-1), rel=1e-3
    )
    view.pointed.emit(20.0)
    assert panel._words.text().startswith("Δt 20 ms; curve +0.184 %; nearest dot +0.184 % at 20 ms")
    view.pointed.emit(-20.0)
    assert "curve −0.193 %" in panel._words.text()


@pytest.mark.parametrize(("coincident", "at_0"), [("apart", []), ("pre_first", [0.5])])
def test_spikes_of_one_tick_are_shown_at_0_as_the_rule_takes_them(bench, coincident, at_0):
    panel = opened(bench, pairing_spec(coincident=coincident, task=WIDE))
    view = panel.window_view
    assert sorted(set(view.changes[view.lags == 0].round(3))) == at_0
    right = view.curve.lags[side(view.curve, 1.0)]
    assert (0 in right) == bool(at_0)


def test_where_the_weight_matters_the_panel_says_for_which_the_curve_is(bench):
    panel = opened(bench, pairing_spec(dependence="rubin", task=WIDE))
    assert not panel.weight.isHidden()
    assert "at w = 0.5" in panel._words.text()
    half = panel.window_view.curve.change
    panel.weight.setText("0.9")
    panel.weight.finish()
    bench.beat()
    assert "at w = 0.9" in panel._words.text()
    right = panel.window_view.curve.lags > 0
    np.testing.assert_allclose(panel.window_view.curve.change[right], 0.2 * half[right], rtol=1e-5)
    bench.load(pairing_spec(task=WIDE))
    bench.beat()
    assert panel.weight.isHidden()


def test_triplets_need_a_frequency_to_potentiate(bench):
    panel = opened(bench, pairing_spec("triplet_stdp", task=WIDE))
    curve = panel.window_view.curve
    assert curve.change.max() == 0
    panel._pace.choose("50")
    panel.changed.emit()
    bench.beat()
    assert "at 50 Hz" in panel._words.text()
    curve = panel.window_view.curve
    assert np.interp([-10.0, 10.0], curve.lags, curve.change).min() > 0  # either order
    assert np.isnan(curve.change[0])  # the pairings would overlap


def test_the_curve_is_worked_out_once_and_again_when_the_rule_changes(bench):
    panel = opened(bench, pairing_spec(task=WIDE))
    first = panel.window_view.curve
    bench.advance(2)
    assert panel.window_view.curve is first
    bench.trainer.do(lambda e: e[0].change(e[0].spec.with_value("rule.tau_plus", 50.0)))
    bench.advance(1)
    bench.beat()
    assert panel.window_view.curve is not first
    assert panel.window_view.curve.lags[-1] == 200
    fresh = [r for asked in bench.asked for r in asked if isinstance(r, Window) and not r.known]
    assert len(set(fresh)) == 1


def test_the_weights_over_time_end_with_those_of_now(bench):
    panel = opened(bench, crowd_spec(), trials=20)
    course, weights = panel.course.reply, bench.read("W1.w")
    np.testing.assert_array_equal(course.counts[-1], np.histogram(weights, 25, (0, 5.0))[0])
    assert course.trials.tolist() == list(range(21))
    assert course.counts.sum(axis=1).tolist() == [240] * 21
    words = panel.course._say(panel.course.axes()[0].area.center() + QPointF(2, 0))
    assert words is not None
    assert words.startswith("Trial 10, w 2.4 to 2.6: ")


def test_a_narrow_panel_shows_one_view_at_a_time(bench):
    panel = opened(bench, crowd_spec(), size=(240, 170))
    assert panel.course.isHidden()
    assert not any(isinstance(request, WeightCourse) for request in bench.asked[-1])
    panel._view.choose("weights")
    panel._arrange()
    bench.beat()
    assert panel.window_view.isHidden()
    assert not any(isinstance(request, SpikePairs) for request in bench.asked[-1])
    assert "240 weights" in panel._words.text()


def test_another_projection_has_its_own_pairs(bench):
    panel = opened(bench, crowd_spec(lateral=True), trials=10)
    panel.set_pick(Pick("projection", "L1"))
    bench.beat()
    bench.advance(5)
    assert panel._pairs.total == panel._pairs.watched == 30  # no unit to itself
    assert panel.options()["projection"] == "L1"


def test_a_rule_without_a_window_is_explained(bench, digits_spec):
    bench.load(digits_spec())
    panel = bench.add(StdpWindowPanel())
    assert panel.idle
    assert "does not go by the timing of spikes" in panel._nothing.sentence.text()
    assert not panel.wanted()
