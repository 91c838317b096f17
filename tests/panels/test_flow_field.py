"""Flow field: clicks and typed numbers set the weights; the picture follows the run."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from bioviz.core.flow import Flow
from bioviz.panels._flow_view import arrows
from bioviz.panels.flow_field import FlowFieldPanel

from ..specs import make_spec


def two_weights(rule="feedback_alignment", **options):
    if rule == "feedback_alignment":
        options = {"feedback_distribution": "constant", "feedback_relative": False} | options
    return make_spec(
        (1, 1, 1), rule, "scalar_map", hidden="linear", output="linear", loss="squared_error",
        batch=1, biases=False, weights={"scale": 0.05}, record={"every": 1}, learning_rate=0.02,
        **options,
    )  # fmt: skip


@pytest.fixture
def panel(bench):
    bench.load(two_weights())
    panel = bench.add(FlowFieldPanel())
    bench.advance(5)
    return panel


def _weights(bench):
    return float(bench.read("W1.w")[0, 0]), float(bench.read("W2.w")[0, 0])


def _computed(bench):
    return [r for wanted in bench.asked for r in wanted if isinstance(r, Flow) and not r.known]


def test_the_present_point_and_the_path_are_the_runs(panel, bench):
    bench.advance(20)
    assert panel.view._present == _weights(bench)
    _, y = bench.trainer.do(lambda e: e[0].channels["weight_value.W2"].read()).result(5)
    np.testing.assert_array_equal(panel.view._trail[:, 1], y)
    assert "2 B W2 − W1² = " in panel._words.text()


def test_a_click_sets_both_weights_by_one_order(panel, bench):
    ordered = []
    panel.ordered.connect(ordered.append)
    place = panel.view.axes().point(-1.5, 1.0).toPoint()
    QTest.mouseClick(panel.view, Qt.MouseButton.LeftButton, pos=place)
    bench.beat()
    assert len(ordered) == 1
    assert _weights(bench) == pytest.approx((-1.5, 1.0), abs=0.05)
    assert panel.view._present == _weights(bench)
    assert (panel.first.value(), panel.second.value()) == pytest.approx((-1.5, 1.0), abs=0.05)


def test_a_click_beside_the_plane_sets_nothing(panel, bench):
    before = _weights(bench)
    QTest.mouseClick(panel.view, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    assert _weights(bench) == before


def test_numbers_can_be_typed_instead(panel, bench):
    panel.first.setText("-0.6")
    panel.second.setText("−1.8")
    QTest.keyClick(panel.second, Qt.Key.Key_Return)
    assert _weights(bench) == pytest.approx((-0.6, -1.8))


def test_a_number_that_is_none_is_explained_and_sets_nothing(panel, bench):
    before = _weights(bench)
    panel.first.setText("much")
    panel._set.click()
    assert _weights(bench) == before
    assert panel._words.text() == "The weight must be a number such as 0.05 or 3e-5."
    assert panel.first.text() == "much"


def test_the_field_is_worked_out_once_and_again_when_the_rule_changes(panel, bench):
    first = panel.view.field
    bench.advance(20)
    bench.advance(20)
    assert panel.view.field is first
    bench.trainer.do(lambda e: e[0].change(e[0].spec.with_value("rule.weight_decay", 0.5)))
    bench.advance(1)
    assert panel.view.field is not first
    assert not panel.view.field.parabolic
    assert len(_computed(bench)) <= 2


def test_hovering_says_where_a_click_would_start(panel, bench):
    QTest.mouseMove(panel.view, panel.view.axes().point(0.5, -1).toPoint())
    panel.view.pointed.emit((0.5, -1.0))
    assert panel._words.text() == "W1 = 0.5, W2 = −1: click to start from here"


def test_weights_that_left_the_plane_are_said_to_be_outside(panel, bench):
    panel._set_at(3.0, 0.2)
    bench.beat()
    assert panel._words.text().endswith("outside the plane")


def test_a_small_plane_has_fewer_arrows_each_long_enough_to_see(panel, bench):
    panel.resize(900, 700)
    many = arrows(panel.view.field, panel.view.axes())
    panel.resize(240, 170)
    few = arrows(panel.view.field, panel.view.axes())
    assert 0 < len(few) < len(many) == 3 * 17 * 17
    assert min(line.length() for line in few[::3]) > 2.5


@pytest.mark.parametrize("rule", ["backprop", "shallow", "weight_mirror"])
def test_other_rules_have_their_own_field(bench, rule):
    bench.load(two_weights(rule))
    panel = bench.add(FlowFieldPanel())
    bench.advance(5)
    assert panel.view.field is not None
    assert not panel.grab().isNull()


def test_a_network_of_more_weights_is_told_what_to_do(panel, bench, digits_spec):
    bench.load(digits_spec())
    assert "a network of two weights" in panel._nothing.sentence.text()
    assert panel._pages.currentWidget() is panel._nothing
    assert not panel.wanted()
    assert panel._set.isHidden()
    bench.load(two_weights())
    bench.advance(1)
    assert panel._pages.currentWidget() is not panel._nothing
    assert not panel._set.isHidden()


def test_a_rule_that_sends_no_errors_is_explained(bench, monkeypatch):
    monkeypatch.setattr("bioviz.rules.shallow.Shallow.credit", lambda *_: False)
    bench.load(two_weights("shallow"))
    panel = bench.add(FlowFieldPanel())
    bench.advance(2)
    assert panel._nothing.sentence.text() == "This rule sends no errors, so it has no flow field."
    assert not panel.wanted()
