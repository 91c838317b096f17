"""Principal axes: the weights that are drawn are the runs', and angles where there is no plane."""

from __future__ import annotations

import numpy as np
import pytest

from bioviz.core.catalogue import Catalogue
from bioviz.core.experiment import build
from bioviz.core.intervention import SetEntry
from bioviz.core.snapshot import take
from bioviz.panels.principal_axes import PrincipalAxesPanel

from ..specs import untaught_spec


@pytest.fixture
def panel(bench):
    bench.load(untaught_spec("oja", "gaussian_2d", batch=1, record={"every": 1}))
    panel = bench.add(PrincipalAxesPanel())
    bench.advance(50)
    return panel


def test_the_arrow_and_its_path_are_the_runs(panel, bench):
    [vector] = panel.cloud.vectors
    np.testing.assert_array_equal(vector.w, bench.read("W1.w")[0])
    assert len(vector.path) == 51
    assert f"{np.linalg.norm(vector.w):.3g}" in panel._words.text()
    assert not panel.grab().isNull()


def test_a_weight_set_by_hand_breaks_the_path(panel, bench):
    bench.order(SetEntry("W1.w", 0, 0, -2.0))
    bench.advance(10)
    [vector] = panel.cloud.vectors
    assert np.isnan(vector.path).any()
    assert not panel.grab().isNull()


def test_two_rules_are_drawn_beside_each_other_and_the_one_that_explodes_stays_drawable(qtbot):
    runs = [build(untaught_spec(rule, "gaussian_2d", batch=1)) for rule in ("hebb", "oja")]
    for run in runs:
        run.advance(500)
    panel = PrincipalAxesPanel()
    qtbot.addWidget(panel)
    panel.rebuild(Catalogue(1, tuple(run.catalogue() for run in runs)))
    panel.show()
    panel.show_snapshot(take(1, runs, panel.wanted()))
    hebb, oja = panel.cloud.vectors
    assert (hebb.name, oja.name) == ("Hebb", "Oja")
    assert hebb.colour != oja.colour
    assert np.linalg.norm(hebb.w) > 50 * np.linalg.norm(oja.w)
    for size in ((240, 170), (700, 500)):
        panel.resize(*size)
        assert not panel.grab().isNull()


def test_more_than_two_inputs_are_shown_as_angles(bench):
    bench.load(untaught_spec("sanger", "gaussian", size=3))
    panel = bench.add(PrincipalAxesPanel())
    bench.advance(30)
    assert panel._pictures.currentWidget() is panel.bars
    assert panel.bars._angles.shape == (3, 8)
    assert "variance" in panel._words.text()
    assert not panel.grab().isNull()


def test_a_rule_that_looks_for_no_axes_is_told_which_do(bench, digits_spec):
    for spec in (digits_spec(), untaught_spec("bcm", "gaussian_2d")):
        bench.load(spec)
        panel = bench.add(PrincipalAxesPanel())
        bench.advance(2)
        assert panel._pages.currentWidget() is panel._nothing
        assert "Oja" in panel._nothing.sentence.text()
        assert not panel.wanted()
