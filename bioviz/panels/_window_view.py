"""The window of a spike-timing rule: its curve, the pairs of the run as dots, and their lags."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ..core.decade import round_up
from ..core.request_timing import Curve, PairsSeen
from ..figures.panels.stdp_window import (
    AFTER,
    BEFORE,
    BINS,
    CHANGE,
    LAG,
    STEPS,
    highest,
    seen_within,
    side,
)
from ..ui import theme
from ..ui.word import number
from ._axes import Axes, bottom_margin, left_margin

COUNTED = 0.24  # of the height for the lags' histogram
LOW, NARROW = 150, 230  # pixels from which there is room for the histogram, and for long titles
SHORT_LAG, SHORT_CHANGE = "Δt (ms)", "Δw (%)"
DOT = 3
GAP = 16  # pixels between both, so that the numbers at their ends do not touch


class WindowView(QWidget):
    """Lags across, changes up, in percent of the largest weight; below, how often each lag was."""

    pointed = Signal(object)  # a lag in ms, or None

    def __init__(self) -> None:
        super().__init__()
        self.curve: Curve | None = None
        self.lags, self.changes = np.empty(0), np.empty(0)  # of the dots; changes in percent
        self._peak = 0.0  # of the axis, which only ever grows with the same curve
        self._live = False
        self._mouse: QPointF | None = None
        self.setMouseTracking(True)
        self.setMinimumSize(100, 60)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Change of the weight over the lag of two spikes")
        theme.notifier.changed.connect(self.update)

    def start(self) -> None:
        """Begin with another network."""
        self.curve, self._peak = None, 0.0
        self.forget_pairs()

    def forget_pairs(self) -> None:
        """Begin with other synapses."""
        self.lags, self.changes = np.empty(0), np.empty(0)
        self.update()

    def show_curve(self, curve: Curve) -> None:
        """Draw another curve."""
        self.curve, self._peak = curve, 0.0
        self._grow(highest(curve, np.empty(0)))

    def show_pairs(self, seen: PairsSeen) -> None:
        """Draw the run's pairs."""
        near = seen_within(seen, self._far)
        self.lags, self.changes = near.lags, 100 * near.changes
        self._grow(highest(None, self.changes))
        if self._mouse is not None:
            self.pointed.emit(self.lag_at(self._mouse))

    def set_live(self, live: bool) -> None:
        self._live = live
        self.update()

    def axes(self) -> tuple[Axes, Axes | None]:
        """Where the window is drawn, and the histogram where there is room for it."""
        metrics, far, peak = self.fontMetrics(), self._far, self._peak or 1.0
        left = left_margin(metrics, -peak, peak)
        beyond = metrics.horizontalAdvance(number(far)) / 2 + 2  # half of the last number
        inside = QRectF(self.rect()).adjusted(left, 6, -max(10, beyond), -bottom_margin(metrics))
        limits = (-far, far, -peak, peak)
        if self.height() < LOW:
            return Axes(inside, limits, left), None
        high = COUNTED * inside.height()
        upper, lower = inside.adjusted(0, 0, 0, -high - GAP), QRectF(inside)
        lower.setTop(inside.bottom() - high)
        most = self._counts()[0].max(initial=0)
        return Axes(upper, limits, left), Axes(lower, (-far, far, 0, round_up(most or 1)), left)

    def lag_at(self, where: QPointF) -> float | None:
        """The lag under a point, None beside the axes."""
        area = self.axes()[0].area
        if not area.left() <= where.x() <= area.right():
            return None
        return self._far * (2 * (where.x() - area.left()) / area.width() - 1)

    def say(self, lag: float) -> str:
        """What the curve and the dots are at a lag, exactly."""
        words = [f"Δt {number(lag, 3)} ms"]
        if self.curve is not None:
            on = side(self.curve, lag)
            value = float(np.interp(lag, self.curve.lags[on], 100 * self.curve.change[on]))
            words.append(f"curve {signed(value)} %" if np.isfinite(value) else "pairings overlap")
        if len(self.lags):
            place = int(np.abs(self.lags - lag).argmin())
            when, change = float(self.lags[place]), float(self.changes[place])
            words.append(f"nearest dot {signed(change)} % at {number(when, 4)} ms")
        return "; ".join(words)

    @property
    def _far(self) -> float:
        return float(self.curve.lags[-1]) if self.curve is not None else 100.0

    def _grow(self, height: float) -> None:
        largest = 1.08 * height
        if largest > self._peak:
            self._peak = round_up(largest, STEPS)
        self.update()

    def _counts(self) -> tuple[np.ndarray, np.ndarray]:
        return np.histogram(self.lags, BINS, (-self._far, self._far))

    # Drawing --------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        upper, lower = self.axes()
        look, wide = theme.current(), upper.area.width() >= NARROW
        painter.fillRect(upper.area, QColor(look.plot))
        _, _, low, high = upper.limits
        painter.setPen(QPen(QColor(look.outline), 1))
        painter.drawLine(upper.point(-self._far, 0), upper.point(self._far, 0))
        painter.drawLine(upper.point(0, low), upper.point(0, high))
        self._draw_corners(painter, upper.area)
        painter.save()
        painter.setClipRect(upper.area)
        self._draw_dots(painter, upper)
        self._draw_curve(painter, upper)
        painter.restore()
        if lower is not None:
            self._draw_counts(painter, lower)
        lag = f"{LAG} (ms)" if wide else SHORT_LAG
        change = f"{CHANGE} (% of w_max)" if upper.area.height() >= 120 else SHORT_CHANGE
        upper.draw(painter, lag if lower is None else "", change)
        if lower is not None:
            lower.draw(painter, lag, "pairs")

    def _draw_corners(self, painter: QPainter, area: QRectF) -> None:
        """Say in the corners which side is which."""
        painter.setPen(QColor(theme.current().muted))
        inside = area.adjusted(6, 3, -6, -3)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom
        wide = area.width() >= NARROW
        painter.drawText(inside, left, BEFORE if wide else "post first")
        painter.drawText(inside, right, AFTER if wide else "pre first")

    def _draw_dots(self, painter: QPainter, axes: Axes) -> None:
        if not len(self.lags):
            return
        ink = QColor(theme.current().series[0])
        ink.setAlpha(150)
        pen = QPen(ink, DOT)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        x, y = self._pixels(axes, self.lags, self.changes)
        painter.drawPoints(_polygon(x, np.clip(y, axes.area.top() + 1, axes.area.bottom() - 1)))

    def _draw_curve(self, painter: QPainter, axes: Axes) -> None:
        if self.curve is None:
            return
        look = theme.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, not self._live)
        painter.setPen(QPen(QColor(look.series[1]), max(1 if self._live else 2, look.stroke)))
        lags, change = self.curve.lags, 100 * self.curve.change
        for lag in (-1, 1):  # it jumps between them
            on = side(self.curve, lag)
            x, y = self._pixels(axes, lags[on], change[on])
            painter.drawPath(pg.arrayToQPath(x, y, connect="finite"))

    def _draw_counts(self, painter: QPainter, axes: Axes) -> None:
        look, (counts, edges) = theme.current(), self._counts()
        painter.fillRect(axes.area, QColor(look.plot))
        ink = QColor(look.series[0])
        for count, start, end in zip(counts.tolist(), edges[:-1], edges[1:], strict=True):
            if count:
                box = QRectF(axes.point(start, count), axes.point(end, 0))
                painter.fillRect(box.adjusted(0.5, 0, -0.5, 0), ink)

    def _pixels(
        self, axes: Axes, lags: np.ndarray, changes: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        origin, one = axes.point(0, 0), axes.point(1, 1)
        x = origin.x() + lags * (one.x() - origin.x())
        return x, origin.y() + changes * (one.y() - origin.y())

    # Hearing --------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._mouse = event.position()
        self.pointed.emit(self.lag_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._mouse = None
        self.pointed.emit(None)


def signed(value: float) -> str:
    """A change in words, with its sign."""
    return ("+" if value > 0 else "") + number(value, 3)


def _polygon(x: np.ndarray, y: np.ndarray) -> QPolygonF:
    made: QPolygonF = pg.functions.arrayToQPolygonF(x, y)
    return made
