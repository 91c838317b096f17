"""Weights: what can be looked at, exact values, and editing B."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from bioviz.core.catalogue import Catalogue
from bioviz.core.intervention import Freeze
from bioviz.core.perturbation import Prune
from bioviz.core.request import Difference, Entry, Histogram, Matrix, Tiles
from bioviz.figures.weight_source import why_no_tiles
from bioviz.panels.weights import WeightsPanel
from bioviz.ui.panel import Pick


@pytest.fixture
def panel(bench, digits_spec):
    bench.load(digits_spec())
    return bench.add(WeightsPanel())


def _shown(panel):
    return panel.map.view._values


def _asked(panel, sort):
    return [request for request in panel.wanted() if isinstance(request, sort)]


def test_the_highest_projection_comes_first(panel):
    assert panel.options() == {"projection": "W2", "what": "w", "view": "map"}


@pytest.mark.parametrize(
    ("what", "make"),
    [
        ("w", lambda w, _: w),
        ("b", lambda _, b: b),
        ("wt", lambda w, _: w.T),
        ("diff", lambda w, b: w - b.T),
    ],
)
def test_a_map_shows_the_very_matrix(panel, bench, what, make):
    bench.advance(20)
    panel.set_options({"what": what})
    bench.beat()
    assert np.allclose(_shown(panel), make(bench.read("W2.w"), bench.read("B2.w")))


def test_a_map_asks_for_no_more_than_its_pixels(panel):
    panel.set_options({"projection": "W1"})
    size = panel.map.view.canvas.size()
    (matrix,) = _asked(panel, Matrix)
    assert size.height() <= matrix.rows < size.height() + 64
    assert size.width() <= matrix.cols < size.width() + 64


def test_axes_say_which_layer_is_which(panel):
    canvas = panel.map.view.canvas
    assert (canvas.row_title, canvas.column_title) == ("to: output (10)", "from: h1 (30)")
    panel.set_options({"what": "wt"})
    assert (canvas.row_title, canvas.column_title) == ("from: h1 (30)", "to: output (10)")
    panel.set_options({"what": "b"})
    assert (canvas.row_title, canvas.column_title) == ("to: h1 (30)", "from: output (10)")


@pytest.mark.parametrize("what", ["w", "b", "wt", "diff"])
def test_hovering_tells_the_exact_value_and_follows_the_run(panel, bench, what):
    panel.set_options({"what": what})
    bench.advance(5)
    panel.map.view.hovered.emit(3, 2)
    for _ in range(2):
        bench.advance(5)
        w, b = bench.read("W2.w"), bench.read("B2.w")
        value = {"w": w, "b": b, "wt": w.T, "diff": w - b.T}[what][3, 2]
        text = panel.map.view._readout.text().replace("−", "-")
        assert float(text.rpartition(": ")[2]) == pytest.approx(float(value), rel=1e-4)


def test_nothing_is_asked_of_an_entry_once_the_mouse_has_left(panel):
    panel.map.view.hovered.emit(3, 2)
    assert _asked(panel, Entry)
    panel.map.view.hovered.emit(-1, -1)
    assert not _asked(panel, Entry)


def test_tiles_are_the_weights_from_the_picture_to_each_unit(panel, bench):
    panel.set_options({"projection": "W1", "view": "tiles"})
    bench.advance(5)
    assert _asked(panel, Tiles) == [Tiles("W1.w", 8, 8, 100)]
    assert panel.tiles.view.canvas.tiles == 30


def test_tiles_are_refused_with_a_reason_where_there_is_no_picture(panel, bench, moons_spec):
    panel.set_options({"view": "tiles"})
    button = panel._view._buttons["tiles"]
    assert not button.isEnabled()
    assert "choose W1" in button.toolTip()
    bench.load(moons_spec())
    panel.set_options({"projection": "W1"})
    assert "pictures" in why_no_tiles(panel._entry, panel._source)


def test_tiles_come_back_when_the_first_projection_does(panel):
    panel.set_options({"projection": "W1", "view": "tiles"})
    panel.set_options({"projection": "W2"})
    assert panel._view.value() == "map"
    panel.set_options({"projection": "W1"})
    assert panel._view.value() == "tiles"


def test_the_histogram_counts_w_and_b_together(panel, bench):
    panel.set_options({"view": "histogram"})
    assert {request.address for request in _asked(panel, Histogram)} == {"W2.w", "B2.w"}
    bench.beat()
    assert panel.histogram.view.plot.keys() == ["W2", "B2"]


def test_colour_levels_are_kept_for_each_matrix(panel, bench):
    bench.advance(20)
    peak = panel.map.view.levels.peak
    assert peak > 0
    panel.set_options({"what": "dw"})
    bench.beat()
    assert panel.map.view.levels.peak < peak
    panel.set_options({"what": "w"})
    assert panel.map.view.levels.peak == peak


def test_without_feedback_b_is_listed_but_refused_with_a_reason(bench, digits_spec):
    bench.load(digits_spec("backprop"))
    panel = bench.add(WeightsPanel())
    panel.set_options({"what": "b"})
    assert panel._what.value() == "w"
    assert "no feedback weights" in panel._what._item(panel._what.keys().index("b")).toolTip()
    assert not _asked(panel, Difference)


def test_a_picked_projection_is_shown(panel):
    panel.set_pick(Pick("projection", "B2"))
    assert (panel._path.value(), panel._what.value()) == ("W2", "b")
    panel.set_pick(Pick("projection", "W1"))
    assert (panel._path.value(), panel._what.value()) == ("W1", "w")


def test_a_picked_unit_is_framed_in_its_row_or_column(panel, bench):
    bench.beat()
    panel.set_pick(Pick("unit", "output", 4))
    assert panel.map.view.canvas.band == ("row", 0.4, 0.5)
    panel.set_pick(Pick("unit", "h1", 3))
    assert panel.map.view.canvas.band == ("column", pytest.approx(0.1), pytest.approx(4 / 30))
    panel.set_pick(Pick("nothing"))
    assert panel.map.view.canvas.band is None


def test_a_unit_elsewhere_brings_its_incoming_weights(bench, digits_spec):
    bench.load(digits_spec(hidden_sizes=(30, 20)))
    panel = bench.add(WeightsPanel())
    panel.set_pick(Pick("unit", "h1", 3))
    assert panel._path.value() == "W1"


def test_clicking_a_row_picks_its_unit(panel, bench, qtbot):
    bench.beat()
    with qtbot.waitSignal(panel.picked) as caught:
        panel.map.view.clicked.emit(4, 7)
    assert caught.args == [Pick("unit", "output", 4)]


def test_an_entry_of_b_is_set_by_double_click_and_enter(panel, bench):
    panel.set_options({"what": "b"})
    bench.advance(5)
    before = bench.read("B2.w")
    canvas = panel.map.view.canvas
    area = canvas.area()
    spot = QPoint(area.left() + area.width() * 25 // 100, area.top() + area.height() * 51 // 100)
    QTest.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=spot)
    editor = panel.map.editor
    assert editor.isVisible()
    bench.beat()
    assert editor._value.value() == pytest.approx(float(before[editor.cell]))
    editor._value.setText("0.75")
    QTest.keyClick(editor._value, Qt.Key.Key_Return)
    after = bench.read("B2.w")
    assert after[editor.cell] == 0.75
    assert np.count_nonzero(after != before) == 1
    assert not editor.isVisible()


def test_escape_leaves_an_entry_as_it_was(panel, bench):
    panel.set_options({"what": "b"})
    bench.advance(5)
    before = bench.read("B2.w")
    panel._set.click()
    bench.beat()
    panel.map.editor._value.setText("9")
    QTest.keyClick(panel.map.editor._value, Qt.Key.Key_Escape)
    QTest.keyClick(panel.map.editor._value, Qt.Key.Key_Escape)
    assert not panel.map.editor.isVisible()
    assert np.array_equal(bench.read("B2.w"), before)


def test_only_b_can_be_edited(panel, bench):
    bench.beat()
    panel.map.view.double_clicked.emit(1, 1)
    assert not panel.map.editor.isVisible()
    assert not any(button.isVisible() for button in (panel._draw, panel._copy, panel._set))


def test_b_is_drawn_again_and_copied_from_w_transposed(panel, bench):
    panel.set_options({"what": "b"})
    before = bench.read("B2.w")
    panel._draw.click()
    assert not np.array_equal(bench.read("B2.w"), before)
    panel._copy.click()
    assert np.array_equal(bench.read("B2.w"), bench.read("W2.w").T)
    panel._flip.click()
    assert np.array_equal(bench.read("B2.w"), -bench.read("W2.w").T)


def test_what_is_frozen_and_pruned_is_said_beside_the_matrix(panel, bench):
    bench.order(Freeze("B2"))
    bench.order(Prune("B2", 0.3))
    bench.beat()
    assert panel._condition.text == ""  # W2 is on show
    panel.set_options({"what": "b"})
    bench.beat()
    assert panel._condition.text == "frozen, 30 % removed"
    assert "stay zero" in panel._condition.toolTip()
    panel.resize(240, 170)
    bench.beat()
    assert not panel._flip.isVisible()  # the matrix comes first
    assert panel._condition.text == ""


def test_b_that_follows_w_can_be_looked_at_but_not_changed(panel, bench, qtbot):
    bench.trainer.do(lambda runs: setattr(runs[0].net.projections["B2"], "derived", True)).result(5)
    catalogue = bench.trainer.do(lambda runs: Catalogue(1, (runs[0].catalogue(),))).result(5)
    panel.rebuild(catalogue)
    panel.set_options({"what": "b"})
    bench.beat()
    for button in (panel._draw, panel._copy, panel._flip, panel._set):
        assert not button.isEnabled()
        assert "made from W2 at every trial" in button.toolTip()
    panel.map.view.double_clicked.emit(1, 1)
    assert not panel.map.editor.isVisible()


def test_a_view_is_chosen_by_keyboard_too(panel):
    map_button = panel._view._buttons["map"]
    map_button.setFocus()
    QTest.keyClick(map_button, Qt.Key.Key_Right)
    QTest.keyClick(panel.focusWidget(), Qt.Key.Key_Space)
    assert panel.options()["view"] == "histogram"  # tiles cannot be chosen here


def test_a_projection_wished_for_before_there_is_a_network_is_shown(bench, digits_spec):
    panel = WeightsPanel()
    panel.set_options({"projection": "W1", "view": "tiles"})
    bench.load(digits_spec())
    bench.add(panel)
    assert panel._source.label == "W1"
    assert panel._view.value() == "tiles"
