"""The part of a plot that curves are drawn in."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent

from . import theme
from .axis import Axis
from .scale import px

LAST = 26  # pixels
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
        for axis in axes.values():
            axis.setZValue(-200)  # pyqtgraph draws its grid over the curves
        theme.notifier.changed.connect(self._make_room)
        self._make_room()

    def _make_room(self) -> None:
        """Leave room for the last number of the x axis, whose middle stands at the end."""
        self.getPlotItem().layout.setContentsMargins(2, 8, px(LAST), 2)

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
