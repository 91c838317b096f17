"""The stretch of time that rasters and traces share: the last so many ms, now at the right."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen

from ..figures.panels.raster import TITLE
from ..ui import theme
from ..ui.word import number
from ._axes import ticks


@dataclass(frozen=True)
class Stretch:
    """The last `window` ms before the end of tick `end` - 1; a tick lasts `dt` ms."""

    window: float
    end: int
    dt: float

    @property
    def ticks(self) -> int:
        return max(1, ceil(self.window / self.dt - 1e-9))

    def across(self, area: QRectF, tick: float | np.ndarray) -> np.ndarray:
        """Where ticks begin, in pixels."""
        ago = (self.end - np.asarray(tick, np.float64)) * self.dt
        return area.right() - ago / self.window * area.width()

    def tick_at(self, area: QRectF, x: float) -> int:
        """The tick that lies at `x` pixels."""
        ago = (area.right() - x) / max(1.0, area.width()) * self.window
        return min(self.end - 1, floor(self.end - ago / self.dt + 1e-9))

    def say(self, tick: int) -> str:
        """When a tick was: since the run was built, and how long ago."""
        ago = (self.end - 1 - tick) * self.dt
        words = f"{number(tick * self.dt, 7)} ms"
        return f"{words} (now)" if tick == self.end - 1 else f"{words} ({number(ago, 5)} ago)"

    def draw_axis(self, painter: QPainter, area: QRectF, *, title: bool = True) -> None:
        """Draw numbers and a title below `area`, in place of the last number where it is narrow."""
        look, metrics = theme.current(), painter.fontMetrics()
        painter.setPen(QColor(look.axis))
        high = metrics.height()
        for ago in ticks(-self.window, 0, area.width() / 70):
            x = area.right() + ago / self.window * area.width()
            words = number(ago, 4) if ago else "0"
            wide = metrics.horizontalAdvance(words)
            left = min(max(x - wide / 2, 0.0), painter.device().width() - wide - 1.0)
            painter.drawText(
                QRectF(left, area.bottom() + 2, wide + 1, high), Qt.AlignmentFlag.AlignLeft, words
            )
        if title:
            below = QRectF(area.left(), area.bottom() + 2 + high, area.width(), high)
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, f"{TITLE} (ms)")


def axis_height(metrics: QFontMetrics, *, title: bool = True) -> int:
    """The room that the numbers and the title of the time axis take."""
    return metrics.height() * (2 if title else 1) + 4


def draw_cursor(painter: QPainter, stretch: Stretch, area: QRectF, tick: int | None) -> None:
    """Draw where the mouse is in time."""
    if tick is None or tick < stretch.end - stretch.ticks:
        return
    x = float(stretch.across(area, tick + 0.5))
    painter.setPen(QPen(QColor(theme.current().muted), 1))
    painter.drawLine(int(x), int(area.top()), int(x), int(area.bottom()))
