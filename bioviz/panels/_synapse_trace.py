"""The postsynaptic potential against time, with the spikes of both cells."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QPolygonF

from ..core.synapse import SynapseReply
from ..ui import theme
from ..ui.word import number

ABOVE, BELOW = 13.0, 8.0  # mV shown beyond threshold and reset
BAR = 20.0  # ms that the time bar is long
MOST = 400  # points of the curve
WIDE = 500  # pixels


@dataclass(frozen=True)
class TraceArea:
    """Where potentials and times lie, in pixels; the latest moment is at the right."""

    area: QRectF
    low: float
    high: float
    span: float  # ms

    @classmethod
    def of(cls, area: QRectF, reply: SynapseReply, span: float) -> TraceArea:
        low = min(reply.rest, reply.reset) - BELOW
        return cls(area, low, reply.threshold + ABOVE, span)

    def y(self, v: float) -> float:
        return self.area.bottom() - (v - self.low) / (self.high - self.low) * self.area.height()

    def x(self, ago: float) -> float:
        """Where a moment lies, so many ms ago."""
        return self.area.right() - ago / self.span * self.area.width()


def column(metrics: QFontMetrics, reply: SynapseReply) -> float:
    """The width that the words beside the trace take."""
    words = (_mv(reply.threshold), _mv(reply.rest), "post", "pre")
    return max(metrics.horizontalAdvance(text) for text in words) + 8.0


def draw_frame(painter: QPainter, trace: TraceArea, reply: SynapseReply) -> None:
    """Draw what stays: rest, threshold, whose spikes are where, and a bar for time."""
    look, area, metrics = theme.current(), trace.area, painter.fontMetrics()
    painter.fillRect(area, QColor(look.plot))
    painter.setPen(QColor(look.outline))
    painter.drawLine(area.bottomLeft(), area.bottomRight())
    painter.drawLine(area.topLeft(), area.bottomLeft())
    line, drop = metrics.height(), metrics.ascent() - metrics.height() / 2
    for v, colour in ((reply.threshold, look.axis), (reply.rest, look.muted)):
        y = trace.y(v)
        painter.setPen(QPen(QColor(colour), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QLineF(area.left(), y, area.right(), y))
        _beside(painter, area, y + drop, _mv(v), look.axis)
    high = trace.y(reply.threshold)
    painter.drawText(QPointF(area.left() + 6, high - metrics.descent() - 1), "threshold")
    if high - area.top() > 1.3 * line:
        _beside(painter, area, area.top() + metrics.ascent(), "post", look.muted)
    if area.bottom() - trace.y(reply.rest) > 1.3 * line:
        _beside(painter, area, area.bottom() - 2, "pre", look.muted)
    painter.setPen(QColor(look.muted))
    wide, y = BAR / trace.span * area.width(), area.top() + line / 2
    painter.drawLine(QLineF(area.right() - 6 - wide, y, area.right() - 6, y))
    text = f"{BAR:g} ms"
    across = area.right() - 12 - wide - metrics.horizontalAdvance(text)
    painter.drawText(QPointF(across, area.top() + metrics.ascent()), text)


def _beside(painter: QPainter, area: QRectF, y: float, words: str, colour: str) -> None:
    painter.setPen(QColor(colour))
    wide = painter.fontMetrics().horizontalAdvance(words)
    painter.drawText(QPointF(area.left() - 6 - wide, y), words)


def _mv(v: float) -> str:
    return f"{number(v, 3)} mV"


def draw_curve(painter: QPainter, trace: TraceArea, reply: SynapseReply) -> None:
    """Draw the potential, its spikes as lines upwards, and the spikes that came in as marks."""
    look, area = theme.current(), trace.area
    painter.save()
    painter.setClipRect(area)
    v = reply.v[:: max(1, len(reply.v) // MOST)] if len(reply.v) > 2 * MOST else reply.v
    step = reply.dt * (len(reply.v) - 1) / max(1, len(v) - 1)
    ago = np.arange(len(v) - 1, -1, -1) * step
    curve = [QPointF(trace.x(a), trace.y(b)) for a, b in zip(ago.tolist(), v.tolist(), strict=True)]
    painter.setBrush(Qt.BrushStyle.NoBrush)
    wide = 1 if area.width() < WIDE else 2  # a line that a lecture hall can see
    painter.setPen(QPen(QColor(look.series[0]), wide))
    painter.drawPolyline(QPolygonF(curve))
    spike = QColor(look.series[1])
    painter.setPen(QPen(spike, 2))
    for time in reply.post:
        x = trace.x(reply.now - time)
        painter.drawLine(QLineF(x, trace.y(reply.threshold), x, area.top() + 1))
    painter.setPen(QPen(spike, 1))
    painter.setBrush(spike)
    size = min(12.0, max(3.0, min(0.06 * area.height(), 0.016 * area.width())))
    for time in reply.pre:
        foot = QPointF(trace.x(reply.now - time), area.bottom())
        painter.drawPolygon(
            QPolygonF(
                [foot + QPointF(0, -2 * size), foot + QPointF(size, 0), foot - QPointF(size, 0)]
            )
        )
    painter.restore()
