"""Classes as colours and shapes, so that colour is never the only cue; and a key to them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ..ui import theme
from ..ui.colour import lookup

SHAPES = 4  # circle, triangle, square, diamond
LOW, HIGH = 12, 243  # of the diverging map's 256 colours, those of the first and second class


def class_colour(place: int, classes: int) -> QColor:
    """Return a class's colour: an end of the diverging map where there are two."""
    look = theme.current()
    if classes == 2:
        red, green, blue, _ = lookup("diverging")[HIGH if place else LOW]
        return QColor(int(red), int(green), int(blue))
    return QColor(look.series[place % len(look.series)])


def draw_symbol(painter: QPainter, at: QPointF, place: int, size: float) -> None:
    """Draw a class's shape around a point with the painter's own pen and brush."""
    if place % SHAPES == 0:
        painter.drawEllipse(at, size, size)
    elif place % SHAPES == 1:
        painter.drawPolygon(_corners(at, ((0, -1.25), (1.15, 0.85), (-1.15, 0.85)), size))
    elif place % SHAPES == 2:
        painter.drawPolygon(
            _corners(at, ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)), size)
        )
    else:
        painter.drawPolygon(_corners(at, ((0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)), size))


def _corners(at: QPointF, shape: Sequence[tuple[float, float]], size: float) -> QPolygonF:
    return QPolygonF([at + QPointF(x * size, y * size) for x, y in shape])


class Key(QWidget):
    """One line of a key: a class's symbol, a ring or a line, and what it stands for."""

    def __init__(self, kind: str, text: str, place: int = 0, classes: int = 2) -> None:
        super().__init__()
        self._kind, self._text = kind, text
        self._place, self._classes = place, classes
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.notifier.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(22 + metrics.horizontalAdvance(self._text) + 8, metrics.height() + 4)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QPointF(9, self.height() / 2)
        painter.setPen(QPen(QColor(look.text), 1.8))
        if self._kind == "symbol":
            painter.setPen(QPen(QColor(look.base), 1))
            painter.setBrush(class_colour(self._place, self._classes))
            draw_symbol(painter, middle, self._place, 5)
        elif self._kind == "ring":
            painter.drawEllipse(middle, 6, 6)
        else:
            painter.drawLine(QPointF(1, middle.y()), QPointF(17, middle.y()))
        painter.setPen(QColor(look.text))
        words = self.rect().adjusted(22, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self._text)
