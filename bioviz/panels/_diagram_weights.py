"""Single weights as they are painted: a line each, its colour the sign and its width the size."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem

from ..ui import theme
from ..ui.levels import Quantiser
from ._diagram_cells import dot_radius
from ._diagram_colour import colours, quantise
from ._diagram_items import Piece
from ._diagram_layout import Column

MOST_FAN = 48  # incoming weights drawn to one unit of a large layer, the strongest
QUICK = 60  # so many lines are drawn in full even while they move
STEPS = 6  # widths that a weight's line can have, either sign


class Lines(Piece):
    """Every weight of a small projection as a line: its colour the sign, its width the size."""

    def __init__(self) -> None:
        super().__init__(2.5)
        self._lines: list[QLineF] = []  # row by row: (post, pre)
        self._pre = 1
        self._steps: np.ndarray | None = None  # (post, pre) from -STEPS to STEPS
        self._focus: int | None = None
        self._dim = self._quick = False
        self._quantiser = Quantiser()
        self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)

    def place(self, pre: Column, post: Column) -> None:
        starts = [_side(pre, i, 1) for i in range(pre.cells.count)]
        ends = [_side(post, i, -1) for i in range(post.cells.count)]
        self._lines = [QLineF(start, end) for end in ends for start in starts]
        if self._steps is not None and self._steps.shape != (len(ends), len(starts)):
            self._steps = None
        self._pre = len(starts)
        left, right = starts[0].x(), ends[0].x()
        high = pre.cells.area.united(post.cells.area)
        self.take_box(QRectF(left, high.top() - 2, right - left, high.height() + 4))

    def mark(self, focus: int | None, dim: bool, live: bool) -> None:
        """Bring out the weights into one unit, or none; draw many lines thin while they move."""
        quick = live and len(self._lines) > QUICK
        if (focus, dim, quick) != (self._focus, self._dim, self._quick):
            self._focus, self._dim, self._quick = focus, dim, quick
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
        rest: dict[int, list[QLineF]] = {}
        chosen: dict[int, list[QLineF]] = {}
        for i, (step, line) in enumerate(
            zip(self._steps.ravel().tolist(), self._lines, strict=True)
        ):
            group = chosen if self._focus == i // self._pre else rest
            group.setdefault(step, []).append(line)
        faint = 0.7 if self._dim else 1.0
        self._draw_steps(painter, look, rest, faint if self._focus is None else 0.15, 0.0)
        self._draw_steps(painter, look, chosen, 1.0, 0.8)

    def _draw_steps(
        self,
        painter: QPainter,
        look: theme.Theme,
        groups: dict[int, list[QLineF]],
        alpha: float,
        more: float,
    ) -> None:
        for step in sorted(groups, key=abs):  # the strong ones on top
            pen = weight_pen(look, step / STEPS, alpha, more)
            if self._quick and abs(step) < STEPS - 1:
                pen.setWidthF(1.0)  # wider antialiased lines cost three times as much
            painter.setPen(pen)
            painter.drawLines(groups[step])


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
            pen = weight_pen(look, share)
            pen.setWidthF(0.6 * pen.widthF())  # what they come from must still be seen
            painter.setPen(pen)
            painter.drawLine(line)


def _side(column: Column, cell: int, way: int) -> QPointF:
    """Where a weight's line meets a unit: at the rim that faces the other layer."""
    return column.cells.centre(cell) + QPointF(way * (dot_radius(column.cells.pitch) + 0.5), 0)


def _distance(line: QLineF, where: QPointF) -> float:
    along = QPointF(line.dx(), line.dy())
    length = QPointF.dotProduct(along, along) or 1.0
    share = QPointF.dotProduct(where - line.p1(), along) / length
    return QLineF(where, line.pointAt(min(max(share, 0.0), 1.0))).length()
