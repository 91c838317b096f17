"""Projections as they are painted: a ribbon with an arrow, or a dashed lane, and their names.

Inhibition ends in a disc, as in drawings of circuits, and everything else in an arrow.
"""

from __future__ import annotations

from math import cos, radians, sin

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem

from ..core.request import Condition
from ..figures.condition import WHOLE, share
from ..ui import theme
from ._diagram_items import Centre, Piece
from ._diagram_layout import Column, Wire, ribbon

THIN, THICK = 1.6, 8.0  # an arrow's width for RMS weights of zero and of the largest


class Arrow(Piece):
    """One projection as an arrow; where weights are lines, only the band behind them."""

    def __init__(self) -> None:
        super().__init__(2)
        self.wire: Wire | None = None
        self._band = QPainterPath()
        self._width = THIN
        self._picked = self._hover = self._dim = False
        self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)

    def place(self, wire: Wire, pre: Column, post: Column) -> None:
        self.wire = wire
        self._band = QPainterPath() if wire.lane else ribbon(pre, post)
        box = wire.path.boundingRect().united(self._band.boundingRect())
        self.take_box(box.adjusted(-9, -9, 9, 9))

    def show_size(self, rms: float, peak: float) -> None:
        """Draw it as wide as its weights are large."""
        share = min(1.0, rms / peak) if peak > 0 and np.isfinite(rms) else 0.0
        most = THICK * (0.6 if self.wire and self.wire.lane else 1.0)
        width = round(2 * (THIN + (most - THIN) * share)) / 2
        if width != self._width:
            self._width = width
            self.update()

    def mark(self, picked: bool, hover: bool, dim: bool) -> None:
        """Show whether it is picked, under the mouse, or of no part in the present phase."""
        if (picked, hover, dim) != (self._picked, self._hover, self._dim):
            self._picked, self._hover, self._dim = picked, hover, dim
            self.update()

    def draw(self, painter: QPainter, look: theme.Theme) -> None:
        wire = self.wire
        if wire is None:
            return
        colour = QColor(getattr(look, wire.edge.role))
        if self._dim and not self._picked:
            painter.setOpacity(0.55)
        if not wire.lane:
            self._draw_band(painter, look, colour)
        if not wire.lines:
            self._draw_shaft(painter, look, colour, wire)

    def _draw_band(self, painter: QPainter, look: theme.Theme, colour: QColor) -> None:
        strong = self._picked or self._hover
        band = QColor(look.accent if self._picked else colour)
        band.setAlphaF(0.16 if strong else 0.08)
        painter.fillPath(self._band, band)

    def _draw_shaft(self, painter: QPainter, look: theme.Theme, colour: QColor, wire: Wire) -> None:
        head = 6.5 + 0.9 * self._width
        tip, back = wire.tip, head * 0.8
        turn = QPointF(cos(radians(wire.angle)), -sin(radians(wire.angle)))
        path = _shortened(wire.path, tip - turn * back)
        if self._picked or self._hover:
            glow = QColor(look.accent if self._picked else colour)
            glow.setAlphaF(0.30 if self._picked else 0.18)
            painter.strokePath(path, QPen(glow, self._width + 7))
        pen = QPen(colour, self._width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if not wire.edge.live or wire.edge.role != "forward":
            dots = wire.edge.role == "lateral"
            pen.setDashPattern(_dashes(wire.edge.role, self._width))
            pen.setCapStyle(Qt.PenCapStyle.RoundCap if dots else Qt.PenCapStyle.FlatCap)
        painter.strokePath(path, pen)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        if wire.edge.role == "inhibitory":
            size = 0.42 * head
            painter.drawEllipse(tip - turn * size, size, size)
        else:
            painter.drawPath(_head(tip, turn, head))


class Chip(Piece):
    """A projection's name, above its lines; with a lock while frozen, and what part is removed."""

    def __init__(self) -> None:
        super().__init__(5)
        self._wire: Wire | None = None
        self._font = QFont()
        self._condition = WHOLE
        self._words = ""
        self._stacked = False  # the lock above the name, where there is no room beside it
        self._picked = self._hover = False
        self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)

    def place(self, wire: Wire, font: QFont) -> None:
        self._wire, self._font = wire, font
        metrics = QFontMetricsF(font)
        room = wire.path.boundingRect().width() - 2  # between two cards
        self._words = name = wire.edge.name
        lock, plain = self._lock_size(metrics), metrics.horizontalAdvance(name) + 8
        full = f"{name} −{share(self._condition)}"
        self._stacked = bool(lock) and not wire.lane and plain + lock + 3 > room
        beside = 0.0 if self._stacked or not lock else lock + 3
        if self._condition.removed and metrics.horizontalAdvance(full) + 8 + beside <= room:
            self._words, plain = full, metrics.horizontalAdvance(full) + 8
        box = QRectF(0, 0, plain + beside, metrics.height())
        box.moveCenter(wire.label)
        if self._stacked:
            box.setTop(box.top() - lock - 1)
        self.take_box(box.adjusted(-1, -1, 1, 1))

    def show_condition(self, condition: Condition) -> None:
        """Say that the projection is held still, and how much of it is gone."""
        if condition != self._condition:
            self._condition = condition
            if self._wire is not None:
                self.place(self._wire, self._font)

    def mark(self, picked: bool, hover: bool) -> None:
        if (picked, hover) != (self._picked, self._hover):
            self._picked, self._hover = picked, hover
            self.update()

    @property
    def words(self) -> str:
        return self._words

    @property
    def locked(self) -> bool:
        return self._condition.frozen

    def draw(self, painter: QPainter, look: theme.Theme) -> None:
        if self._wire is None:
            return
        chip = self.rect().adjusted(1, 1, -1, -1)
        line = look.accent if self._picked else look.border
        colour = QColor(getattr(look, self._wire.edge.role))
        painter.setPen(QPen(QColor(line), 1.5 if self._picked else 1.0))
        painter.setBrush(QColor(look.hover if self._hover else look.plot))
        painter.drawRoundedRect(chip, 5, 5)
        painter.setPen(colour)
        painter.setFont(self._font)
        if not self._condition.frozen:
            painter.drawText(chip, Centre, self._words)
            return
        size = self._lock_size(QFontMetricsF(self._font))
        lock = QRectF(chip.left() + 4, chip.center().y() - size / 2, size, size)
        words = chip.adjusted(size + 3, 0, 0, 0)
        if self._stacked:
            lock.moveCenter(QPointF(chip.center().x(), chip.top() + size / 2 + 1))
            words = chip.adjusted(0, size + 1, 0, 0)
        painter.drawText(words, Centre, self._words)
        _draw_lock(painter, colour, lock)

    def _lock_size(self, metrics: QFontMetricsF) -> float:
        return metrics.ascent() * 0.85 if self._condition.frozen else 0.0


def _dashes(role: str, width: float) -> list[float]:
    """Dots for lateral, dashes and dots for inhibitory, dashes for all other projections."""
    if role == "lateral":
        return [0.01, 2.0]
    dash, gap, dot = 7 / width, 4 / width, 2 / width
    return [dash, gap, dot, gap] if role == "inhibitory" else [dash, gap]


def _shortened(path: QPainterPath, end: QPointF) -> QPainterPath:
    """The path with its last point moved back, so that the head's tip stays sharp."""
    cut = QPainterPath(path)
    cut.setElementPositionAt(cut.elementCount() - 1, end.x(), end.y())
    return cut


def _head(tip: QPointF, turn: QPointF, size: float) -> QPainterPath:
    side = QPointF(-turn.y(), turn.x()) * (size * 0.55)
    path = QPainterPath(tip)
    path.lineTo(tip - turn * size + side)
    path.lineTo(tip - turn * (size * 0.8))
    path.lineTo(tip - turn * size - side)
    path.closeSubpath()
    return path


def _draw_lock(painter: QPainter, colour: QColor, box: QRectF) -> None:
    """A closed lock, filled so that it is seen at the size of a letter."""
    body = box.adjusted(0.08 * box.width(), 0.45 * box.height(), -0.08 * box.width(), 0)
    shackle = QRectF(0, 0, 0.5 * box.width(), 0.8 * box.height())
    shackle.moveCenter(QPointF(box.center().x(), body.top()))
    painter.setPen(QPen(colour, max(1.0, 0.13 * box.width())))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawArc(shackle, 0, 180 * 16)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(body, 1.2, 1.2)
