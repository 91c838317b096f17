"""A strip of bars: the weights into one unit, signed, on a scale that grows in round steps."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ..ui import theme
from ..ui.colour import lookup
from ..ui.levels import Levels
from ..ui.word import number


class WeightStrip(QWidget):
    """Bars up and down from zero; where they are finer than pixels, the extremes of each."""

    def __init__(self) -> None:
        super().__init__()
        self.levels = Levels()
        self._values = np.empty(0, np.float32)
        self._from = ""
        self._over: int | None = None
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(200, 124)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 124)

    def forget(self) -> None:
        """Start again with another unit: the scale begins anew."""
        self.levels = Levels()
        self._values = np.empty(0, np.float32)
        self.update()

    def show_weights(self, values: np.ndarray, layer: str) -> None:
        """Draw (n,) weights from the units of `layer`."""
        self._values, self._from = values, layer
        if len(values):
            self.levels.see(float(np.abs(values).max()))
        self.setAccessibleName(f"{len(values)} incoming weights from {layer}")
        self.update()

    def readout(self) -> str:
        """What is under the mouse, else the scale."""
        if self._over is not None and self._over < len(self._values):
            worth = number(float(self._values[self._over]), 4)
            return f"from {self._from}, unit {self._over}: {worth}"
        return f"from {self._from}, units 0 to {len(self._values) - 1}" if len(self._values) else ""

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter = theme.current(), QPainter(self)
        line = self.fontMetrics().height()
        area = QRectF(0, 0, self.width() - 1, self.height() - line - 5)
        painter.fillRect(area, QColor(look.plot))
        painter.setPen(QColor(look.border))
        painter.drawRect(area)
        middle = area.center().y()
        painter.drawLine(QPointF(area.left(), middle), QPointF(area.right(), middle))
        self._bars(painter, area, middle)
        painter.setPen(QColor(look.muted))
        if self.levels.peak:
            top = area.adjusted(4, 2, -4, -2)
            peak = number(self.levels.peak, 3)
            painter.drawText(top, Qt.AlignmentFlag.AlignLeft, peak)
            flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
            painter.drawText(top, flags, f"−{peak}")
        below = QRectF(0, area.bottom() + 3, self.width(), line)
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, self.readout())

    def _bars(self, painter: QPainter, area: QRectF, middle: float) -> None:
        count = len(self._values)
        if not count or not self.levels.peak:
            return
        table = lookup("diverging")
        positive, negative = (QColor(*(int(c) for c in table[place])) for place in (225, 30))
        wide = area.width() / count
        inset = min(1.0, wide * 0.12)
        height = (area.height() / 2 - 2) / self.levels.peak
        lows, highs, wide = self._columns(area.width(), wide)
        for values in (lows, highs):
            for place, value in enumerate(values):
                if value:
                    tall = float(value) * height
                    left = area.left() + place * wide + inset
                    box = QRectF(left, middle, wide - 2 * inset, -tall)
                    painter.fillRect(box.normalized(), positive if value > 0 else negative)

    def _columns(self, width: float, wide: float) -> tuple[np.ndarray, np.ndarray, float]:
        """Negative and positive parts of each bar; of several bars that share a pixel, the most."""
        values = np.nan_to_num(self._values)
        if wide < 1:
            starts = np.unique(np.linspace(0, len(values), int(width), endpoint=False).astype(int))
            low = np.minimum.reduceat(values, starts)
            high = np.maximum.reduceat(values, starts)
            return np.minimum(low, 0), np.maximum(high, 0), width / len(starts)
        return np.minimum(values, 0), np.maximum(values, 0), wide

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if len(self._values):
            share = event.position().x() / max(1, self.width())
            self._over = min(max(int(share * len(self._values)), 0), len(self._values) - 1)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._over = None
        self.update()
        super().leaveEvent(event)
