"""BCM: the curve is the rule's, the dots are the cell's, and there is room for them."""

from __future__ import annotations

import numpy as np
import pytest

from bioviz.core.tuning import Tuning
from bioviz.panels.bcm import BCMPanel
from bioviz.ui.panel import Pick

from ..specs import untaught_spec

STRONG = {"distribution": "uniform", "scale": 0.5, "relative": False}


@pytest.fixture
def panel(bench):
    bench.load(untaught_spec("bcm", weights=STRONG, record={"every": 5}))
    panel = bench.add(BCMPanel())
    bench.advance(40)
    return panel


def test_the_threshold_and_the_answers_are_the_runs(panel, bench):
    reply = panel.curve.reply
    assert reply.theta[0] == bench.read("output.theta")[0, 0]
    assert reply.y[0] == bench.read("output.rate")[0, 0]
    w = bench.read("W1.w")[0]
    patterns = bench.trainer.do(lambda e: e[0].data.patterns.inputs).result(5)
    np.testing.assert_allclose(reply.answers[:, 0], patterns @ w, atol=1e-6)


def test_the_curve_reaches_beyond_all_that_is_answered(panel, bench):
    for _ in range(3):
        bench.advance(60)
        bench.beat()
        reply = panel.curve.reply
        assert reply.grid[0] <= min(0, reply.answers.min())
        assert reply.grid[-1] >= max(reply.answers.max(), reply.theta.max())
    assert len({wanted for wanted in bench.asked if wanted}) < 40  # the range changes rarely


def test_a_small_panel_shows_one_view_and_a_large_one_all(panel, bench):
    panel.resize(240, 170)
    assert not panel.curve.isHidden()
    assert panel.tuning.isHidden()
    assert not panel._view.isHidden()
    panel.set_options({"view": "tuning"})
    assert panel.curve.isHidden()
    panel.resize(700, 500)
    assert not any(view.isHidden() for view in (panel.curve, panel.tuning, panel.plot))
    assert panel._view.isHidden()
    bench.advance(5)
    assert panel.curve.height() > 100
    assert panel.plot.keys() == ["selectivity.output"]


def test_what_is_hidden_is_not_asked_for(panel):
    panel.resize(240, 170)
    panel.set_options({"view": "time"})
    assert not any(isinstance(request, Tuning) for request in panel.wanted())


def test_of_several_cells_the_chosen_one_stands_out(bench):
    bench.load(untaught_spec("bcm", size=3, weights=STRONG))
    panel = bench.add(BCMPanel())
    bench.advance(10)
    assert not panel._unit.isHidden()
    panel.set_pick(Pick("unit", "output", 2))
    assert panel.curve.unit == panel.tuning.unit == 2
    assert not panel.grab().isNull()
    bench.load(untaught_spec("bcm", size=1))
    bench.advance(2)
    assert panel.curve.unit == 0
    assert panel._unit.isHidden()


def test_inputs_that_are_all_different_have_no_tuning_and_say_so(bench):
    bench.load(untaught_spec("bcm", "gaussian"))
    panel = bench.add(BCMPanel())
    panel.set_options({"view": "tuning"})
    bench.advance(3)
    assert panel.tuning.reply.names == ()
    assert not panel.grab().isNull()


def test_a_rule_without_a_threshold_is_told_what_to_choose(bench, digits_spec):
    for spec in (digits_spec(), untaught_spec("oja")):
        bench.load(spec)
        panel = bench.add(BCMPanel())
        bench.advance(2)
        assert panel._pages.currentWidget() is panel._nothing
        assert "BCM" in panel._nothing.sentence.text()
        assert not panel.wanted()
