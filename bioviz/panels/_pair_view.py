"""Weights against their feedback weights: every pair as a point, on the diagonal where equal."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ..core.decade import round_up
from ..core.pair import PairsReply
from ..ui import theme
from ._axes import Axes, place

DOT = 3  # pixels across; twice as many where there are few
FEW = 60
SPARE = 1.02  # so that no point lies on the frame
FAINT = 110  # opacity of a point, of 255: where many lie it is darker


class PairView(QWidget):
    """B across and W up, on one scale that only ever grows, in round steps."""

    def __init__(self) -> None:
        super().__init__()
        self.peak = 0.0  # where both axes end
        self._pairs = np.empty((0, 2))
        self._titles = ("B", "W")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(100, 90)
        self.setAccessibleName("Weights against feedback weights")
        theme.notifier.changed.connect(self.update)

    def start(self, across: str, up: str) -> None:
        """Begin with another pair of matrices."""
        self._titles = (across, up)
        self._pairs, self.peak = np.empty((0, 2)), 0.0
        self.update()

    def show_pairs(self, reply: PairsReply) -> None:
        """Draw the pairs; the axes grow where they lie outside."""
        pairs = np.stack([reply.b, reply.w], axis=1).astype(np.float64)
        self._pairs = pairs[np.isfinite(pairs).all(axis=1)]
        largest = float(np.abs(self._pairs).max(initial=0.0))
        if largest > self.peak:
            self.peak = round_up(SPARE * largest)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter = theme.current(), QPainter(self)
        if not len(self._pairs):
            painter.setPen(QColor(look.muted))
            words = "The pairs are drawn here."
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, words)
            return
        end = self.peak or 1.0
        axes = place(QRectF(self.rect()), self.fontMetrics(), (-end, end, -end, end))
        painter.fillRect(axes.area, QColor(look.plot))
        painter.setPen(QPen(QColor(look.grid), 1))
        painter.drawLine(axes.point(-end, 0), axes.point(end, 0))
        painter.drawLine(axes.point(0, -end), axes.point(0, end))
        painter.setPen(QPen(QColor(look.muted), 1, Qt.PenStyle.DashLine))
        painter.drawLine(axes.point(-end, -end), axes.point(end, end))
        self._draw_pairs(painter, axes)
        axes.draw(painter, *self._titles)

    def _draw_pairs(self, painter: QPainter, axes: Axes) -> None:
        few = len(self._pairs) <= FEW
        ink = QColor(theme.current().series[0])
        ink.setAlpha(255 if few else FAINT)
        painter.setPen(QPen(ink, 2 * DOT if few else DOT))
        origin, scale = axes.point(0, 0), axes.point(1, 0).x() - axes.point(0, 0).x()
        places = self._pairs * (scale, -scale) + (origin.x(), origin.y())
        painter.drawPoints([QPointF(x, y) for x, y in places.tolist()])
