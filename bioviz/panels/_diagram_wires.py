"""Projections as they are painted: every weight a line, a ribbon with an arrow, or a dashed lane."""

from __future__ import annotations

from math import cos, radians, sin

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem

from ..ui import theme
from ..ui.matrix import Quantiser
from ._diagram_colour import colours, quantise
from ._diagram_items import Centre, Piece
from ._diagram_layout import Column, Wire, ribbon

THIN, THICK = 1.6, 8.0  # an arrow's width for RMS weights of zero and of the largest
MOST_FAN = 48  # incoming weights drawn to one unit of a large layer, the strongest
STEPS = 6  # widths that a weight's line can have, either sign


class Arrow(Piece):
    """One projection as an arrow; where its weights are lines it draws only the band behind them."""

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

    def _draw_shaft(
        self, painter: QPainter, look: theme.Theme, colour: QColor, wire: Wire
    ) -> None:
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
            pen.setDashPattern([1.0, 1.6] if dots else [7 / self._width, 4 / self._width])
        painter.strokePath(path, pen)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPath(_head(tip, turn, head))


class Chip(Piece):
    """A projection's name, above its lines."""

    def __init__(self) -> None:
        super().__init__(5)
        self._name = self._role = ""
        self._font = QFont()
        self._picked = self._hover = False
        self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)

    def place(self, wire: Wire, font: QFont) -> None:
        self._name, self._role, self._font = wire.edge.name, wire.edge.role, font
        metrics = QFontMetricsF(font)
        box = QRectF(0, 0, metrics.horizontalAdvance(self._name) + 8, metrics.height())
        box.moveCenter(wire.label)
        self.take_box(box.adjusted(-1, -1, 1, 1))

    def mark(self, picked: bool, hover: bool) -> None:
        if (picked, hover) != (self._picked, self._hover):
            self._picked, self._hover = picked, hover
            self.update()

    def draw(self, painter: QPainter, look: theme.Theme) -> None:
        chip = self._box.adjusted(1, 1, -1, -1)
        line = look.accent if self._picked else look.border
        painter.setPen(QPen(QColor(line), 1.5 if self._picked else 1.0))
        painter.setBrush(QColor(look.hover if self._hover else look.plot))
        painter.drawRoundedRect(chip, 5, 5)
        painter.setPen(QColor(getattr(look, self._role)))
        painter.setFont(self._font)
        painter.drawText(chip, Centre, self._name)


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


class Lines(Piece):
    """Every weight of a small projection as a line: its colour the sign, its width the size."""

    def __init__(self) -> None:
        super().__init__(2.5)
        self._lines: list[QLineF] = []  # row by row: (post, pre)
        self._pre = 1
        self._steps: np.ndarray | None = None  # (post, pre) from -STEPS to STEPS
        self._focus: int | None = None
        self._dim = False
        self._quantiser = Quantiser()
        self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)

    def place(self, pre: Column, post: Column) -> None:
        starts = [_side(pre, i, 1) for i in range(pre.cells.count)]
        ends = [_side(post, i, -1) for i in range(post.cells.count)]
        self._lines = [QLineF(start, end) for end in ends for start in starts]
        self._pre, self._steps = pre.cells.count, None
        box = pre.cells.area.united(post.cells.area)
        self.take_box(box.adjusted(-2, -2, 2, 2))

    def mark(self, focus: int | None, dim: bool) -> None:
        """Bring out the weights into one unit, or none."""
        if (focus, dim) != (self._focus, self._dim):
            self._focus, self._dim = focus, dim
            self.update()

    def show_weights(self, weights: np.ndarray, peak: float) -> None:
        """Draw weights (post, pre); nothing is drawn again while no line changes its step."""
        if weights.size != len(self._lines):
            return
        indices = quantise(self._quantiser, weights, "diverging", peak).astype(np.int16)
        steps = np.round((np.minimum(indices, 254) - 127) * (STEPS / 127)).astype(np.int8)
        if self._steps is None or not np.array_equal(steps, self._steps):
            self._steps = steps
            self.update()

    def nearest(self, where: QPointF) -> tuple[int, int] | None:
        """The (post, pre) of the line that passes within 4 pixels of a point."""
        best, found = 4.0, None
        for i, line in enumerate(self._lines):
            far = _distance(line, where)
            if far < best:
                best, found = far, divmod(i, self._pre)
        return found

    def draw(self, painter: QPainter, look: theme.Theme) -> None:
        if self._steps is None:
            painter.setPen(QPen(QColor(look.outline), 0.8))
            painter.drawLines(self._lines)
            return
        steps = self._steps.ravel()
        if self._focus is None:
            self._draw_steps(painter, look, steps, np.arange(len(steps)), 0.7 if self._dim else 1)
            return
        chosen = np.arange(len(steps)) // self._pre == self._focus
        self._draw_steps(painter, look, steps, np.flatnonzero(~chosen), 0.15)
        self._draw_steps(painter, look, steps, np.flatnonzero(chosen), 1.0, 0.8)

    def _draw_steps(
        self,
        painter: QPainter,
        look: theme.Theme,
        steps: np.ndarray,
        which: np.ndarray,
        alpha: float,
        more: float = 0.0,
    ) -> None:
        for step in sorted({int(step) for step in steps[which]}, key=abs):
            lines = [self._lines[i] for i in which if steps[i] == step]
            painter.setPen(weight_pen(look, step / STEPS, alpha, more))
            painter.drawLines(lines)


def weight_pen(look: theme.Theme, share: float, alpha: float = 1.0, more: float = 0.0) -> QPen:
    """The line of a weight, `share` of the largest: sign by colour, size by width."""
    size = abs(share) ** 0.7  # the weak ones must still be seen
    if share == 0:
        colour, width = QColor(look.disabled), 0.6
    else:
        place = 0.5 + 0.5 * size  # the map's middle would not be seen on the background
        colour = QColor(colours("diverging", look)[int(127.5 + np.sign(share) * place * 126)])
        width = 0.7 + 2.3 * size + more
    colour.setAlphaF(alpha * (0.4 + 0.6 * size))
    return QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)


class Fan(Piece):
    """The strongest weights into one unit of a large layer."""

    def __init__(self) -> None:
        super().__init__(4)
        self._lines: list[tuple[float, QLineF]] = []

    def clear(self) -> None:
        if self._lines:
            self._lines = []
            self.update()

    def show_weights(self, weights: np.ndarray, peak: float, pre: Column, to: QPointF) -> None:
        """Draw the strongest of weights (n_pre,) from `pre`'s cells to a point."""
        if len(weights) > pre.cells.count:
            self.clear()
            return
        order = np.argsort(np.abs(weights), kind="stable")[-MOST_FAN:]
        shares = np.clip(weights[order] / (peak or 1.0), -1, 1)
        self._lines = [
            (round(float(share) * STEPS) / STEPS, QLineF(pre.cells.centre(int(cell)), to))
            for cell, share in zip(order, shares, strict=True)
        ]
        box = pre.cells.area.united(QRectF(to, to))
        self.take_box(box.adjusted(-3, -3, 3, 3))

    def draw(self, painter: QPainter, look: theme.Theme) -> None:
        for share, line in self._lines:
            painter.setPen(weight_pen(look, share))
            painter.drawLine(line)


def _side(column: Column, cell: int, way: int) -> QPointF:
    """Where a weight's line meets a unit: at the rim that faces the other layer."""
    from ._diagram_items import dot_radius

    return column.cells.centre(cell) + QPointF(way * (dot_radius(column.cells.pitch) + 0.5), 0)


def _distance(line: QLineF, where: QPointF) -> float:
    along = QPointF(line.dx(), line.dy())
    length = QPointF.dotProduct(along, along) or 1.0
    share = QPointF.dotProduct(where - line.p1(), along) / length
    return QLineF(where, line.pointAt(min(max(share, 0.0), 1.0))).length()
