"""BCM's curve with its moving threshold, and what units answer to each pattern."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ..core.tuning import TuningReply, reach
from ..figures.panels.bcm import NO_PATTERNS, PHI, WHERE, depth
from ..figures.span import Span
from ..ui import theme
from ..ui.word import number
from ._axes import Axes, left_margin, place, ticks

NARROW = 190  # pixels across from which there is room for words in the curve


class _Picture(QWidget):
    """A painted widget that shows one reply, and the words for before there is one."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.reply: TuningReply | None = None
        self.unit = 0  # the one that stands out, where there are several
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(90, 70)
        theme.notifier.changed.connect(self.update)

    def choose(self, unit: int) -> None:
        """Let another unit stand out."""
        self.unit = unit
        self.update()

    @property
    def _units(self) -> list[int]:
        """All units that are shown, the chosen one last, so that it lies on top."""
        count = len(self.reply.theta) if self.reply else 0
        return [*(i for i in range(count) if i != self.unit), *([self.unit] if count else [])]

    def _blank(self, painter: QPainter, words: str) -> None:
        painter.setPen(QColor(theme.current().muted))
        flags = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
        painter.drawText(self.rect().adjusted(10, 6, -10, -6), flags, words)


class CurveView(_Picture):
    """phi(y, theta) over y: a filled dot for the input that is shown, rings for the patterns."""

    def __init__(self) -> None:
        super().__init__("How weights change with activity")
        self.across, self.up = Span(), Span()

    def start(self, *, signed: bool) -> None:
        """Begin with another network; units that are not `signed` never answer below 0."""
        self.reply, self._signed = None, signed
        self.across, self.up = Span(), Span()
        self.update()

    @property
    def limits(self) -> tuple[float, float]:
        """Between which activities the curve is wanted."""
        low, high = self.across.ends()
        return low, high

    def show_reply(self, reply: TuningReply) -> bool:
        """Draw it; True where the curve is wanted over another range of activities from now on."""
        self.reply = reply
        before = self.limits
        self.across.fit(*reach(reply.y, reply.theta, reply.answers))
        deep = depth(reply)
        self.up.fit(-deep, deep)
        self.update()
        return self.limits != before

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look, reply = QPainter(self), theme.current(), self.reply
        if reply is None or not np.isfinite(reply.theta).all():
            self._blank(painter, "The curve of the moving threshold is drawn here.")
            return
        limits = (*self.limits, *self.up.ends())
        axes = place(QRectF(self.rect()), self.fontMetrics(), limits, fill=True)  # type: ignore[arg-type]
        painter.fillRect(axes.area, QColor(look.plot))
        axes.draw(painter, *PHI)
        painter.save()
        painter.setClipRect(axes.area.adjusted(-6, -6, 6, 6))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(look.outline), 1))
        painter.drawLine(axes.point(limits[0], 0), axes.point(limits[1], 0))
        for unit in self._units:
            self._draw_unit(painter, axes, reply, unit)
        painter.restore()

    def _draw_unit(self, painter: QPainter, axes: Axes, reply: TuningReply, unit: int) -> None:
        look, chosen = theme.current(), unit == self.unit
        ink = QColor(look.series[unit % len(look.series)])
        if not chosen:
            ink.setAlpha(110)
        points = zip(reply.grid.tolist(), reply.curve[unit].tolist(), strict=True)
        painter.setPen(QPen(ink, look.stroke))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.save()
        painter.setClipRect(axes.area)  # dots on the edge may stand out, the curve may not
        painter.drawPolyline(QPolygonF([axes.point(x, y) for x, y in points if y == y]))
        painter.restore()
        if chosen:
            self._draw_threshold(painter, axes, float(reply.theta[unit]))
            painter.setPen(QPen(ink, 1.5))
            painter.setBrush(QColor(look.plot))
            for answer in reply.answers[:, unit].tolist():
                painter.drawEllipse(self._on_curve(axes, reply, unit, answer), 4, 4)
        painter.setPen(QPen(QColor(look.plot), 1))
        painter.setBrush(ink)
        radius = 5 if chosen else 3.5
        painter.drawEllipse(self._on_curve(axes, reply, unit, float(reply.y[unit])), radius, radius)

    def _on_curve(self, axes: Axes, reply: TuningReply, unit: int, y: float) -> QPointF:
        """Where an activity lies on the unit's curve, inside the picture."""
        height = float(np.interp(y, reply.grid, reply.curve[unit]))
        low, high = axes.limits[2:]
        at = axes.point(y, min(max(height, low), high))
        return QPointF(min(max(at.x(), axes.area.left()), axes.area.right()), at.y())

    def _draw_threshold(self, painter: QPainter, axes: Axes, theta: float) -> None:
        look, metrics = theme.current(), painter.fontMetrics()
        at = axes.point(theta, 0).x()
        area = axes.area
        painter.setPen(QPen(QColor(look.text), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(at, area.top()), QPointF(at, area.bottom()))
        words = f"θ = {theta:.2f}"
        wide, high = metrics.horizontalAdvance(words), metrics.height()
        left = at - wide - 5 if at - wide - 5 > area.left() else at + 5
        painter.drawText(QPointF(left, area.top() + high), words)
        if area.width() < NARROW:
            return
        painter.setPen(QColor(look.muted))
        zero = axes.point(0, 0)
        grows, weakens = WHERE
        end = area.right() - metrics.horizontalAdvance(grows) - 4
        if end > at + 4:
            painter.drawText(QPointF(end, zero.y() + high), grows)
        middle = (zero.x() + at - metrics.horizontalAdvance(weakens)) / 2
        if middle > zero.x() + 4:
            painter.drawText(QPointF(middle, zero.y() - 5), weakens)


class TuningView(_Picture):
    """A bar for each pattern's answer, and the threshold as a line across them."""

    def __init__(self) -> None:
        super().__init__("Answers to each pattern")
        self._up = Span()

    def start(self) -> None:
        """Begin with another network."""
        self.reply, self._up = None, Span()
        self.update()

    def show_reply(self, reply: TuningReply) -> None:
        self.reply = reply
        shown = np.append(reply.answers[:, self.unit], reply.theta[self.unit])
        shown = shown[np.isfinite(shown)]
        self._up.fit(min(0.0, float(shown.min(initial=0))), float(shown.max(initial=0)) or 1.0)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look, reply = QPainter(self), theme.current(), self.reply
        if reply is None or not len(reply.names):
            self._blank(painter, NO_PATTERNS if reply else "The answers are drawn here.")
            return
        metrics = painter.fontMetrics()
        low, high = self._up.ends(pad=0.04)
        low = min(low, 0.0)
        beside = left_margin(metrics, low, high)
        room = QRectF(self.rect()).adjusted(beside, 6, -8, -2 * metrics.height() - 8)
        axes = Axes(room, (0, len(reply.names), low, high), beside)
        painter.fillRect(room, QColor(look.plot))
        self._draw_bars(painter, axes, reply)
        self._draw_frame(painter, axes, reply)

    def _draw_bars(self, painter: QPainter, axes: Axes, reply: TuningReply) -> None:
        look = theme.current()
        ink = QColor(look.series[self.unit % len(look.series)])
        for place_, answer in enumerate(reply.answers[:, self.unit].tolist()):
            if answer == answer:
                corner, other = axes.point(place_ + 0.15, answer), axes.point(place_ + 0.85, 0)
                painter.fillRect(QRectF(corner, other).normalized(), ink)
        theta = float(reply.theta[self.unit])
        painter.setPen(QPen(QColor(look.text), 1, Qt.PenStyle.DashLine))
        painter.drawLine(axes.point(0, theta), axes.point(len(reply.names), theta))
        painter.drawText(axes.point(len(reply.names), theta) + QPointF(-14, -3), "θ")

    def _draw_frame(self, painter: QPainter, axes: Axes, reply: TuningReply) -> None:
        """Draw the frame, the numbers of one axis, the names on the other, and both titles."""
        look, metrics, area = theme.current(), painter.fontMetrics(), axes.area
        painter.setPen(QColor(look.outline))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(area)
        painter.drawLine(axes.point(0, 0), axes.point(len(reply.names), 0))
        painter.setPen(QColor(look.axis))
        high = metrics.height()
        for y in ticks(*axes.limits[2:], area.height() / 32):
            box = QRectF(area.left() - 86, axes.point(0, y).y() - high / 2, 80, high)
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box, flags, number(y, 3))
        widest = max(metrics.horizontalAdvance(name) for name in reply.names) + 6
        every = max(1, int(-(-widest * len(reply.names) // max(1.0, area.width()))))
        for place_, name in enumerate(reply.names):
            if place_ % every == 0:
                middle = axes.point(place_ + 0.5, 0).x()
                box = QRectF(middle - 60, area.bottom() + 3, 120, high)
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, name)
        below = QRectF(area.left(), area.bottom() + high + 6, area.width(), high)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, "pattern")
        painter.save()
        painter.translate(area.left() - axes.left, area.bottom())
        painter.rotate(-90)
        beside = QRectF(0, 0, area.height(), high)
        painter.drawText(beside, Qt.AlignmentFlag.AlignCenter, "answer y")
        painter.restore()
