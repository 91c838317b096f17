"""Axes of pictures that panels paint themselves: where data lie in pixels, ticks and titles."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter

from ..core.decade import round_up
from ..ui import theme
from ..ui.word import number

Limits = tuple[float, float, float, float]  # x0, x1, y0, y1
Numbered = tuple[QRectF, str]

BELOW = 4  # pixels from the frame to the numbers below it


@dataclass(frozen=True)
class Axes:
    """A rectangle of pixels that shows a rectangle of data, y upwards."""

    area: QRectF
    limits: Limits
    left: float  # room for the y axis's numbers and its title

    def point(self, x: float, y: float) -> QPointF:
        """Return where (x, y) lies, in pixels."""
        x0, x1, y0, y1 = self.limits
        across = (x - x0) / (x1 - x0) * self.area.width()
        up = (y - y0) / (y1 - y0) * self.area.height()
        return QPointF(self.area.left() + across, self.area.bottom() - up)

    def draw(self, painter: QPainter, x_title: str, y_title: str) -> None:
        """Draw frame, numbers and titles around the area; no numbers of an axis without a title."""
        look = theme.current()
        metrics = painter.fontMetrics()
        painter.setPen(QColor(look.outline))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(self.area)
        painter.setPen(QColor(look.axis))
        self._draw_numbers(painter, metrics, across=bool(x_title), up=bool(y_title))
        below = self.area.bottom() + metrics.height() + 6
        wide = QRectF(self.area.left(), below, self.area.width(), metrics.height())
        painter.drawText(wide, Qt.AlignmentFlag.AlignCenter, x_title)
        painter.save()
        painter.translate(self.area.left() - self.left, self.area.bottom())
        painter.rotate(-90)
        beside = QRectF(0, 0, self.area.height(), metrics.height())
        painter.drawText(beside, Qt.AlignmentFlag.AlignCenter, y_title)
        painter.restore()

    def _draw_numbers(
        self, painter: QPainter, metrics: QFontMetrics, *, across: bool, up: bool
    ) -> None:
        below, beside = self.numbers(metrics)
        for box, words in below if across else ():
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
        for box, words in beside if up else ():
            painter.drawText(
                box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words
            )

    def _along_x(self, metrics: QFontMetrics) -> list[float]:
        """Round numbers well apart; closer where fewer than three would be left and more fit."""
        x0, x1, _, _ = self.limits
        wide = self.area.width()
        found = ticks(x0, x1, wide / 60)
        for room in (wide / 45, wide / 30):
            more = ticks(x0, x1, room)
            widest = max((metrics.horizontalAdvance(number(x, 3)) for x in more), default=0)
            if len(found) < 3 and len(more) * (widest + 14) <= wide:
                found = more
        return found

    def numbers(self, metrics: QFontMetrics) -> tuple[list[Numbered], list[Numbered]]:
        """Return the numbers along x and along y, each with the box that it is written in.

        A number in the lower corner stands above the line, clear of the first one along x.
        """
        x0, _, y0, y1 = self.limits
        high, lowest = metrics.height(), self.area.bottom() + 1
        across, up = [], []
        for x in self._along_x(metrics):
            at = self.point(x, y0)
            across.append((QRectF(at.x() - 40, at.y() + BELOW, 80, high), number(x, 3)))
        for y in ticks(y0, y1, self.area.height() / 32):
            at = self.point(x0, y)
            top = min(at.y() - high / 2, lowest - high)
            up.append((QRectF(at.x() - 86, top, 80, high), number(y, 3)))
        return across, up


def left_margin(metrics: QFontMetrics, low: float, high: float) -> int:
    """Return the room for the y axis's numbers, few or many digits long, and its title."""
    words = ["−0.5", *(number(y, 3) for y in ticks(low, high, 8))]
    return max(metrics.horizontalAdvance(text) for text in words) + metrics.height() + 12


def bottom_margin(metrics: QFontMetrics) -> int:
    return 2 * metrics.height() + 8


def place(
    room: QRectF, metrics: QFontMetrics, limits: Limits, right: float = 8, *, fill: bool = False
) -> Axes:
    """Return axes inside `room`, with room for numbers; both directions are on one scale.

    With `fill` each direction has a scale of its own, and all the room is used.
    """
    x0, x1, y0, y1 = limits
    beside = left_margin(metrics, y0, y1)
    inside = room.adjusted(beside, 6, -right, -bottom_margin(metrics))
    if fill:
        return Axes(inside, limits, beside)
    scale = max(1e-9, min(inside.width() / (x1 - x0), inside.height() / (y1 - y0)))
    wide, high = scale * (x1 - x0), scale * (y1 - y0)
    left = inside.left() + (inside.width() - wide) / 2
    top = inside.top() + (inside.height() - high) / 2
    return Axes(QRectF(left, top, wide, high), limits, beside)


def ticks(low: float, high: float, room: float) -> list[float]:
    """Return round numbers from low to high, at most about `room` of them."""
    step = round_up((high - low) / max(2.0, room))
    return [i * step for i in range(ceil(low / step - 1e-9), floor(high / step + 1e-9) + 1)]
