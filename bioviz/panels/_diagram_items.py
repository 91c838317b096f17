"""The pieces that the network diagram is painted with, and a layer's card."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsRectItem,
    QStyleOptionGraphicsItem,
    QWidget,
)

from ..ui import theme
from ._diagram_layout import Column, Type

Centre = Qt.AlignmentFlag.AlignCenter


class Piece(QGraphicsRectItem):
    """Something painted in a box; what the mouse means is asked of the layout, not of it.

    Qt knows the box itself: asking Python for it cost as much as painting.
    """

    def __init__(self, z: float) -> None:
        super().__init__()
        self.setPen(Qt.PenStyle.NoPen)  # else the box would be wider by a line
        self.setZValue(z)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def take_box(self, box: QRectF) -> None:
        self.setRect(box)
        self.update()

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        self.draw(painter, theme.current())

    def draw(self, painter: QPainter, look: theme.Theme) -> None:
        raise NotImplementedError


class Card(Piece):
    """A layer's background, its name above, its size and its kind of units below."""

    def __init__(self) -> None:
        super().__init__(1)
        self.column: Column | None = None
        self._type: Type | None = None
        self._picked = False
        self._hover = ""
        self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)

    def place(self, column: Column, type_: Type) -> None:
        self.column, self._type = column, type_
        box = column.card.united(column.header).united(column.size).united(column.unit)
        self.take_box(box.adjusted(-5, -2, 5, 6))

    def mark(self, picked: bool, hover: str) -> None:
        """Show whether the layer is picked, and which part of it the mouse is on."""
        if (picked, hover) != (self._picked, self._hover):
            self._picked, self._hover = picked, hover
            self.update()

    def draw(self, painter: QPainter, look: theme.Theme) -> None:
        column, type_ = self.column, self._type
        if column is None or type_ is None:
            return
        self._draw_card(painter, look, column)
        strong = look.accent if self._picked else look.text
        self._write(painter, look, column.header, column.node.name, type_.name, strong, "header")
        size, unit = str(column.node.size), column.node.title
        self._write(painter, look, column.size, size, type_.small, look.text, "size")
        self._write(painter, look, column.unit, unit, type_.small, look.muted, "kind")
        if column.labelled:
            self._draw_labels(painter, look, column, type_)
        if self._hover and not column.handle.isNull():
            self._draw_handle(painter, look, column.handle)

    def _draw_card(self, painter: QPainter, look: theme.Theme, column: Column) -> None:
        line = QPen(QColor(look.accent if self._picked else look.border), 1.0)
        if self._picked:
            line.setWidthF(2.0)
        elif not column.node.live:
            line = QPen(QColor(look.outline), 1.0, Qt.PenStyle.DashLine)
        painter.setPen(line)
        painter.setBrush(card_colour(look, self._picked))
        painter.drawRoundedRect(column.card, 8, 8)

    def _write(
        self,
        painter: QPainter,
        look: theme.Theme,
        box: QRectF,
        text: str,
        font: QFont,
        colour: str,
        part: str,
    ) -> None:
        if self._hover == part:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(look.hover))
            painter.drawRoundedRect(box.adjusted(-1, 0, 1, 0), 4, 4)
        mode = Qt.TextElideMode.ElideRight
        painter.setFont(font)
        painter.setPen(QColor(colour))
        painter.drawText(box, Centre, QFontMetricsF(font).elidedText(text, mode, box.width()))

    def _draw_labels(
        self, painter: QPainter, look: theme.Theme, column: Column, type_: Type
    ) -> None:
        metrics, cells = QFontMetricsF(type_.small), column.cells
        painter.setFont(type_.small)
        painter.setPen(QColor(look.muted))
        x, drop = cells.area.right() + 2, (metrics.ascent() - metrics.descent()) / 2
        for cell, label in enumerate(column.node.labels):
            painter.drawText(QPointF(x, cells.centre(cell).y() + drop), label)

    def _draw_handle(self, painter: QPainter, look: theme.Theme, handle: QRectF) -> None:
        over = self._hover == "handle"
        painter.setPen(QPen(QColor(look.base), 1))
        painter.setBrush(QColor(look.accent if over else look.disabled))
        painter.drawRoundedRect(handle.adjusted(0, 1.5, 0, -1.5), 3, 3)


def card_colour(look: theme.Theme, picked: bool) -> QColor:
    """What lies behind a layer's units."""
    return QColor(look.accent_soft if picked else look.alternate)
