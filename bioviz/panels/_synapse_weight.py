"""The weight as a number and a bar, with a mark where it began."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from ..core.synapse import SynapseReply
from ..ui import theme
from ..ui.word import number


def draw_weight(painter: QPainter, area: QRectF, reply: SynapseReply, first: float) -> None:
    """Draw number, bar and what the bar's ends are, one below the other."""
    look, metrics = theme.current(), painter.fontMetrics()
    line, share = metrics.height(), f"{100 * _part(reply.w, reply):.0f} %"
    wide = metrics.horizontalAdvance(share) + 8
    long, short = f"weight w = {reply.w:.1f}", f"w = {reply.w:.1f}"
    words = long if metrics.horizontalAdvance(long) + wide <= area.width() else short
    painter.setPen(QColor(look.text))
    painter.drawText(QPointF(area.left(), area.top() + metrics.ascent()), words)
    if metrics.horizontalAdvance(words) + wide <= area.width():
        across = area.right() - wide + 8
        painter.drawText(QPointF(across, area.top() + metrics.ascent()), share)
    top, room = area.top() + 1.2 * line, area.height() - 1.3 * line
    spelt = room > 2.2 * line
    high = min(2.0 * line, room - 1.3 * line if spelt else room)
    _draw_bar(painter, QRectF(area.left(), top, area.width(), max(5.0, high)), reply, first)
    if spelt:
        painter.setPen(QColor(look.muted))
        text = f"at first {number(first, 3)}"
        more = f"{text}, at most {number(reply.w_max, 3)}"
        text = more if metrics.horizontalAdvance(more) <= area.width() else text
        painter.drawText(QPointF(area.left(), top + high + 5 + metrics.ascent()), text)


def draw_row(painter: QPainter, area: QRectF, reply: SynapseReply, first: float) -> None:
    """Draw number and bar in one line, where there is no more room."""
    metrics = painter.fontMetrics()
    words = f"w = {reply.w:.1f}"
    painter.setPen(QColor(theme.current().text))
    painter.drawText(QPointF(area.left(), area.center().y() + metrics.ascent() / 2.4), words)
    beside = metrics.horizontalAdvance(f"w = {reply.w_max:.1f}") + 8
    _draw_bar(painter, area.adjusted(beside, 2, 0, -2), reply, first)


def _draw_bar(painter: QPainter, bar: QRectF, reply: SynapseReply, first: float) -> None:
    look = theme.current()
    painter.setPen(QColor(look.outline))
    painter.setBrush(QColor(look.plot))
    painter.drawRect(bar)
    filled = bar.adjusted(1, 1, 0, 0)
    filled.setWidth((bar.width() - 1) * _part(reply.w, reply))
    painter.fillRect(filled, QColor(look.series[0]))
    x = bar.left() + bar.width() * _part(first, reply)
    painter.setPen(QPen(QColor(look.text), 2))
    painter.drawLine(QLineF(x, bar.top() - 2, x, bar.bottom() + 3))


def _part(w: float, reply: SynapseReply) -> float:
    return min(1.0, max(0.0, w / reply.w_max))
