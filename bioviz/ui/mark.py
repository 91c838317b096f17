"""Marks: a shape for each experiment of a session, which tells it apart without its colour."""

from __future__ import annotations

from math import cos, pi, sin

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QBrush, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from . import theme
from .colour import paint

CORNERS = ((0, 0.0), (4, pi / 4), (3, -pi / 2), (4, 0.0))  # disc, square, triangle, diamond
SYMBOLS = ("o", "s", "t1", "d")  # the same as pyqtgraph calls them
NAMES = ("disc", "square", "triangle", "diamond")
GROWN = (0.84, 1.0, 1.12, 1.06)  # so that all look equally large


def draw_mark(painter: QPainter, centre: QPointF, size: float, lane: int) -> None:
    """Draw the mark of the experiment `lane`, `size` wide, in its colour of the theme."""
    place = lane % len(CORNERS)
    radius = size / 2 * GROWN[place]
    corners, turned = CORNERS[place]
    painter.setPen(QPen(paint(lane, theme.current()), 0))
    painter.setBrush(QBrush(paint(lane, theme.current())))
    if not corners:
        painter.drawEllipse(centre, radius, radius)
        return
    angles = (turned + 2 * pi * corner / corners for corner in range(corners))
    points = [QPointF(radius * cos(angle), radius * sin(angle)) for angle in angles]
    painter.drawPolygon(QPolygonF([centre + point for point in points]))


class Mark(QWidget):
    """The mark of one experiment as a small picture; nothing while it is of none."""

    def __init__(self, size: int = 10) -> None:
        super().__init__()
        self._size = size
        self._lane = 0
        self.setFixedSize(size + 4, size + 4)
        self.hide()
        theme.notifier.changed.connect(self.update)

    def show_lane(self, lane: int, name: str) -> None:
        """Show the mark of the experiment `lane`; hovering tells its name."""
        self._lane = lane
        self.setToolTip(f"Shows {name}; choose another under Side by side in the build column.")
        self.setAccessibleName(f"Shows {name}")
        self.setVisible(bool(name))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_mark(painter, QRectF(self.rect()).center(), self._size, self._lane)


def name_of(lane: int) -> str:
    """What the mark of an experiment looks like, in a word."""
    return NAMES[lane % len(NAMES)]
