"""A plot of curves: round ranges, exact values on hover, references, colours of the theme."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtTest import QTest

from bioviz.ui import theme
from bioviz.ui.plot import CurvePlot


@pytest.fixture
def plot(qtbot, light):
    made = CurvePlot()
    qtbot.addWidget(made)
    made.resize(500, 320)
    made.show()
    return made


def _line(plot, key="a"):
    return plot._curves[key].line


def test_a_curve_keeps_its_colour_when_another_goes(plot):
    x = np.arange(3.0)
    plot.set_curve("a", x, x)
    plot.set_curve("b", x, x)
    colour = _line(plot, "b").opts["pen"].color().name()
    plot.remove_curve("a")
    plot.set_curve("b", x, x)
    assert _line(plot, "b").opts["pen"].color().name() == colour
    plot.set_curve("c", x, x)
    assert _line(plot, "c").opts["pen"].color().name() != colour


def test_the_legend_keeps_its_order_whichever_curve_is_drawn_first(plot):
    x = np.arange(3.0)

    def names():
        entries = [plot._legend.itemAt(i).widget() for i in range(plot._legend.count())]
        return [next(k for k, c in plot._curves.items() if c.entry is e) for e in entries]

    plot.set_order(["training", "test"])
    plot.set_curve("test", x, x)
    plot.set_curve("other", x, x)
    plot.set_curve("training", x, x)
    plot.set_curve("earlier", x, x, group="a")
    assert names() == ["training", "test", "other", "earlier"]
    plot.set_order(["other", "test", "training"])
    assert names() == ["other", "test", "training", "earlier"]


def test_not_a_number_is_a_gap(plot):
    plot.set_curve("a", np.arange(3.0), np.array([1, np.nan, 2]))
    assert _line(plot).opts["connect"] == "finite"


def test_an_existing_plot_is_recoloured_by_the_theme(plot, qapp):
    plot.set_curve("a", np.arange(3.0), np.arange(3.0))
    plot.set_line("random", 1, "random")
    theme.apply(qapp, "dark")
    assert _line(plot).opts["pen"].color().name() == theme.DARK.series[0]
    assert plot.view.backgroundBrush().color().name() == theme.DARK.plot
    assert plot.item.getAxis("left").textPen().color().name() == theme.DARK.axis


def test_lines_are_thin_while_live_and_fine_when_paused(plot):
    plot.set_curve("a", np.arange(3.0), np.arange(3.0))
    assert _line(plot).opts["pen"].widthF() == 1
    assert not _line(plot).opts["antialias"]
    plot.set_live(False)
    assert _line(plot).opts["pen"].widthF() == pytest.approx(1.6)
    assert _line(plot).opts["antialias"]


def test_a_log_axis_shows_what_is_not_positive_as_a_gap(plot):
    plot.set_curve("a", np.arange(3.0), np.array([1.0, 0.0, 100.0]))
    plot.set_log(y=True)
    drawn = _line(plot).yData
    assert drawn[0] == 0
    assert np.isnan(drawn[1])
    assert drawn[2] == 2


def test_the_range_is_left_alone_while_it_fits(plot):
    plot.set_curve("a", np.arange(90.0), np.linspace(0, 9, 90))
    before = plot.box.viewRange()
    plot.set_curve("a", np.arange(95.0), np.linspace(0, 9.5, 95))
    assert plot.box.viewRange() == before


def test_a_fixed_range_holds_whatever_the_data(plot):
    plot.set_y_range(0, 90)
    plot.set_curve("a", np.arange(3.0), np.array([0, 500, 1000.0]))
    low, high = plot.box.viewRange()[1]
    assert (low, high) == pytest.approx((-1.8, 91.8))


def test_the_key_a_follows_the_data_again(plot):
    plot.set_curve("a", np.arange(3.0), np.arange(3.0))
    whole = plot.box.viewRange()
    plot.box.setRange(xRange=(0, 0.1), padding=0)
    plot.box.sigRangeChangedManually.emit([True, True])
    plot.set_curve("a", np.arange(3.0), np.arange(3.0))
    assert plot.box.viewRange() != whole
    QTest.keyClick(plot.view, Qt.Key.Key_A)
    assert plot.box.viewRange() == whole


def test_hovering_shows_the_exact_values_and_follows_new_ones(plot, qtbot):
    qtbot.waitExposed(plot)
    x = np.arange(11.0)
    plot.set_curve("a", x, x * 2, label="loss")
    middle = plot.view.mapFromScene(plot.box.mapViewToScene(plot.box.viewRect().center()))
    plot.view.pointed.emit(QPoint(middle))
    assert "loss" in plot.hover.words.text()
    assert "<b>10</b>" in plot.hover.words.text()
    plot.set_curve("a", x, x * 3)
    assert "<b>15</b>" in plot.hover.words.text()
    plot.view.left.emit()
    assert not plot.hover.words.isVisible()


def test_a_click_in_the_legend_hides_a_curve(plot, qtbot):
    plot.set_curve("a", np.arange(3.0), np.arange(3.0))
    with qtbot.waitSignal(plot.visibility_changed) as told:
        plot._curves["a"].entry.click()
    assert told.args == ["a", False]
    assert not _line(plot).isVisible()


def test_an_empty_plot_says_what_to_do(plot):
    assert plot._empty.isVisible()
    plot.set_curve("a", np.arange(2.0), np.arange(2.0))
    assert not plot._empty.isVisible()


def test_an_upright_band_shades_between_two_x_and_leaves_the_heights_alone(plot):
    plot.set_curve("a", np.array([0.0, 10.0]), np.array([0.0, 1.0]))
    before = plot.box.viewRange()
    plot.set_band("zone", 40, 60, upright=True)
    assert plot.box.viewRange() == before
    band = plot.references.bands["zone"]
    assert band.drawn.getRegion() == (40, 60)
    plot.set_log(y=True)
    assert band.drawn.getRegion() == (40, 60)
    plot.set_band("zone", None)
    assert not plot.references.bands


def test_references_come_and_go(plot):
    for _ in range(2):
        plot.set_line("random", 90, "90° random")
        plot.set_band("random", 80, 100)
    plot.set_markers([(1.0, "rate halved")])
    before = len(plot.item.items)
    plot.set_line("random", None)
    plot.set_band("random", None)
    plot.set_markers([])
    assert len(plot.item.items) == before - 3


def test_a_plot_whose_range_grows_is_painted_once(plot, qtbot):
    class Paints(QObject):
        count = 0

        def eventFilter(self, _watched, event):
            self.count += event.type() == QEvent.Type.Paint
            return False

    x = np.arange(100.0)
    plot.set_line("half", 0.5, "half")
    plot.set_band("around", 0.4, 0.6)
    plot.set_curve("a", x, x / 100)
    QTest.qWait(20)
    paints = Paints()
    plot.view.viewport().installEventFilter(paints)
    plot.set_curve("a", 3 * x, x)
    QTest.qWait(20)
    assert paints.count == 1


def test_the_last_number_of_the_time_axis_is_not_cut_off_at_any_size_of_letters(plot, qapp):
    room = plot.view.getPlotItem().layout.getContentsMargins()[2]
    theme.notifier.resize(qapp, 1.5)
    larger = plot.view.getPlotItem().layout.getContentsMargins()[2]
    theme.notifier.resize(qapp, 1.0)
    assert larger == 1.5 * room
    assert plot.view.getPlotItem().layout.getContentsMargins()[2] == room
