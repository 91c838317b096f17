"""Pictures of arrays: levels that do not jump, zero in the middle, NaN never mistaken."""

from __future__ import annotations

import gc
import weakref

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from bioviz.ui import theme
from bioviz.ui.matrix import NAN, HistogramView, Levels, MatrixView, Quantiser, TileView


@pytest.fixture
def view(qtbot, qapp):
    theme.apply(qapp, "light")
    made = MatrixView()
    qtbot.addWidget(made)
    made.resize(420, 320)
    made.show()
    yield made
    theme.apply(qapp, "light")


def _array(*values):
    return np.array([values], np.float32)


def test_levels_do_not_shrink_while_live(view):
    view.show_matrix(_array(-0.3, 0.9))
    assert view.levels.peak == 1
    view.show_matrix(_array(-0.001, 0.001))
    assert view.levels.peak == 1
    view.show_matrix(_array(-1.2, 0.1))
    assert view.levels.peak == 2


def test_automatic_levels_follow_the_data(view):
    view.set_levels("auto")
    view.show_matrix(_array(0.9))
    view.show_matrix(_array(0.04))
    assert view.levels.peak == pytest.approx(0.05)


def test_pinned_levels_stay(view):
    view.set_levels("fixed", 0.3)
    view.show_matrix(_array(17.0))
    assert view.levels.peak == 0.3


def test_levels_ignore_what_is_not_finite():
    levels, quantiser = Levels(), Quantiser()
    levels.see(quantiser.peak(_array(np.nan, np.inf, 0.4)))
    assert levels.peak == pytest.approx(0.5)


def test_zero_is_the_middle_and_both_signs_are_as_far_from_it():
    indices = Quantiser().quantise(_array(-1, -0.5, 0, 0.5, 1), "diverging", 1.0).astype(int)
    assert indices.tolist() == [[0, 64, 127, 191, 254]]


def test_not_a_number_has_a_colour_of_its_own():
    quantiser = Quantiser()
    indices = quantiser.quantise(_array(np.nan, np.inf, -np.inf, 9), "diverging", 1.0)
    assert indices.tolist() == [[NAN, 254, 0, 254]]


def test_the_buffer_is_used_again():
    quantiser = Quantiser()
    first = quantiser.quantise(np.ones((5, 7), np.float32), "diverging", 1.0)
    assert quantiser.quantise(np.zeros((5, 7), np.float32), "diverging", 1.0) is first


@pytest.mark.parametrize("cols", [1, 3, 4, 5])
def test_every_cell_is_drawn_where_it_belongs(view, cols):
    values = np.zeros((3, cols), np.float32)
    values[2, cols - 1] = 1
    view.show_matrix(values)
    picture, area = view.canvas.grab().toImage(), view.canvas.area()
    dark = picture.pixelColor(area.right() - 4, area.bottom() - 4)
    assert dark == QColor(*theme.lookup("diverging")[255][:3].tolist())
    middle = theme.lookup("diverging")[128][:3].astype(int)
    pale = picture.pixelColor(area.left() + 4, area.top() + 4)
    assert np.abs(np.array(pale.getRgb()[:3]) - middle).max() <= 2


def test_hovering_and_clicking_tell_the_true_indices(view, qtbot):
    view.show_matrix(np.ones((10, 20), np.float32), true_shape=(100, 400))
    area = view.canvas.area()
    where = QPointF(area.left() + 1, area.bottom() - 1).toPoint()
    with qtbot.waitSignal(view.hovered) as told:
        view.canvas.pointed.emit(9, 0)
    assert told.args == [95, 10]
    with qtbot.waitSignal(view.clicked) as told:
        QTest.mouseClick(view.canvas, Qt.MouseButton.LeftButton, pos=where)
    assert told.args == [95, 10]
    assert "mean 1" in view._readout.text()


def test_the_value_under_the_mouse_follows_the_data(view):
    view.show_matrix(_array(1.0, 2.0))
    view.canvas.pointed.emit(0, 1)
    assert view._readout.text().endswith("2")
    view.show_matrix(_array(1.0, 2.5))
    assert view._readout.text().endswith("2.5")
    view.show_matrix(_array(1.0))
    view.canvas.pointed.emit(-1, -1)
    assert view._readout.text() == " "


def test_the_theme_recolours_an_existing_picture(view, qapp):
    view.show_matrix(np.ones((4, 4), np.float32))
    theme.apply(qapp, "dark")
    assert view.canvas._image is not None
    picture, middle = view.canvas.grab().toImage(), view.canvas.area().center()
    shown = picture.pixelColor(middle)
    assert shown == QColor(*theme.lookup("diverging", theme.DARK)[255][:3].tolist())


def test_the_colour_bar_names_its_ends(view):
    view.show_matrix(_array(0.9))
    assert [words for _, words in view._bar.ticks()] == ["−1", "−0.5", "0", "0.5", "1"]
    view.show_matrix(_array(0.9), kind="sequential")
    assert view._bar.ticks()[0] == (0.0, "0")


def test_square_cells_keep_square(view):
    view.set_aspect("equal")
    view.show_matrix(np.ones((10, 40), np.float32))
    area = view.canvas.area()
    assert area.width() / 40 == pytest.approx(area.height() / 10, rel=0.1)


def test_tiles_know_which_is_which(qtbot):
    tiles = TileView()
    qtbot.addWidget(tiles)
    stack = np.arange(5, dtype=np.float32)[:, None, None] * np.ones((5, 3, 2), np.float32)
    tiles.show_tiles(stack, columns=3, captions=list("abcde"))
    assert [tiles.tile_at(row, 0) for row in (0, 2, 3)] == [0, 0, 3]
    assert tiles.tile_at(3, 4) is None  # beside the last
    tiles.canvas.pointed.emit(4, 3)
    assert tiles._readout.text() == "tile 4 (e), row 1, column 1: 4"


def test_nothing_to_tile_is_an_empty_picture(qtbot):
    tiles = TileView()
    qtbot.addWidget(tiles)
    tiles.show_tiles(np.ones((2, 3, 3), np.float32))
    tiles.show_tiles(np.ones((0, 3, 3), np.float32))
    tiles.grab()


def test_a_histogram_drops_the_names_that_are_gone(qtbot):
    view = HistogramView()
    qtbot.addWidget(view)
    counts = np.array([1.0, 2.0]), np.array([0.0, 1.0, 2.0])
    view.show_counts({"W1": counts, "B1": counts})
    view.show_counts({"B1": counts})
    assert view.plot.keys() == ["B1"]


@pytest.mark.parametrize("kind", [MatrixView, TileView, HistogramView])
def test_a_picture_is_freed(qapp, kind):
    view = kind()
    view.show()
    gone = weakref.ref(view)
    view.deleteLater()
    del view
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert gone() is None
