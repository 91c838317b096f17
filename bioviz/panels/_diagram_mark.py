"""Small marks in the network diagram: the button that adds a layer, and where one would come."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from ..ui import theme
from ._diagram_items import Piece


class Plus(Piece):
    """The button between two layers that puts a new one there."""

    RADIUS = 9.0

    def __init__(self) -> None:
        super().__init__(6)
        self._hot = False
        self.hide()

    def place(self, where: QPointF) -> None:
        reach = self.RADIUS + 2
        self.take_box(QRectF(where.x() - reach, where.y() - reach, 2 * reach, 2 * reach))

    def mark(self, near: bool, hot: bool) -> None:
        self.setVisible(near or hot)
        if hot != self._hot:
            self._hot = hot
            self.update()

    def draw(self, painter: QPainter, look: theme.Theme) -> None:
        middle = self.rect().center()
        painter.setPen(QPen(QColor(look.accent if self._hot else look.outline), 1.2))
        painter.setBrush(QColor(look.accent if self._hot else look.base))
        painter.drawEllipse(middle, self.RADIUS, self.RADIUS)
        painter.setPen(QPen(QColor(look.accent_text if self._hot else look.muted), 1.6))
        painter.drawLine(middle - QPointF(4, 0), middle + QPointF(4, 0))
        painter.drawLine(middle - QPointF(0, 4), middle + QPointF(0, 4))


class Insertion(Piece):
    """Where a layer that is being dragged would come to stand."""

    def __init__(self) -> None:
        super().__init__(7)
        self.hide()

    def place(self, x: float, top: float, bottom: float) -> None:
        self.take_box(QRectF(x - 6, top - 4, 12, bottom - top + 8))
        self.show()

    def draw(self, painter: QPainter, look: theme.Theme) -> None:
        x, top, bottom = self.rect().center().x(), self.rect().top() + 4, self.rect().bottom() - 4
        painter.setPen(QPen(QColor(look.accent), 2.5))
        painter.drawLine(QPointF(x, top), QPointF(x, bottom))
        painter.setBrush(QColor(look.accent))
        painter.setPen(Qt.PenStyle.NoPen)
        for y, way in ((top, 1), (bottom, -1)):
            head = QPainterPath(QPointF(x - 5, y - 3 * way))
            head.lineTo(x + 5, y - 3 * way)
            head.lineTo(x, y + 4 * way)
            painter.drawPath(head)
