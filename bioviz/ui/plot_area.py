"""The part of a plot that curves are drawn in."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent

from .axis import Axis

PLOT_KEYS = (("Curves", "Show all of them", "A"),)  # rows for the sheet of shortcuts


class PlotArea(pg.PlotWidget):  # type: ignore[misc]
    """The plotting area: it tells where the mouse is and when a reset is asked for."""

    pointed = Signal(QPoint)
    resized = Signal()
    left = Signal()
    reset = Signal()

    def __init__(self) -> None:
        axes = {"left": Axis("left"), "bottom": Axis("bottom")}
        super().__init__(axisItems=axes, enableMenu=False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)  # the panel has its own
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Plot")
        item = self.getPlotItem()
        item.hideButtons()
        item.getViewBox().disableAutoRange()
        item.layout.setContentsMargins(2, 8, 26, 2)  # room for the last number of the x axis
        for axis in axes.values():
            axis.setZValue(-200)  # pyqtgraph draws its grid over the curves

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self.pointed.emit(event.position().toPoint())

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        self.reset.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_A and not event.modifiers():
            self.reset.emit()
        else:
            event.ignore()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.left.emit()
