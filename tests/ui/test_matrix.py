"""Matrices as pictures: levels that do not jump, every cell in its place."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from bioviz.ui import theme
from bioviz.ui.colour import lookup
from bioviz.ui.matrix import MatrixView


@pytest.fixture
def view(qtbot, light):
    made = MatrixView()
    qtbot.addWidget(made)
    made.resize(420, 320)
    made.show()
    return made


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


@pytest.mark.parametrize("cols", [1, 3, 4, 5])
def test_every_cell_is_drawn_where_it_belongs(view, cols):
    values = np.zeros((3, cols), np.float32)
    values[2, cols - 1] = 1
    view.show_matrix(values)
    picture, area = view.canvas.grab().toImage(), view.canvas.area()
    dark = picture.pixelColor(area.right() - 4, area.bottom() - 4)
    assert dark == QColor(*lookup("diverging")[255][:3].tolist())
    middle = lookup("diverging")[128][:3].astype(int)
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
    assert shown == QColor(*lookup("diverging", theme.DARK)[255][:3].tolist())


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
