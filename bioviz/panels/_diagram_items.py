"""The pieces that the network diagram is painted with: a layer's card, its units."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from ..ui import theme
from ..ui.colour import Kind, colour_table
from ..ui.levels import Quantiser
from ._diagram_colour import colours, quantise
from ._diagram_layout import Column, Type

Centre = Qt.AlignmentFlag.AlignCenter


class Piece(QGraphicsItem):
    """Something painted in a box; what the mouse means is asked of the layout, not of it."""

    def __init__(self, z: float) -> None:
        super().__init__()
        self._box = QRectF()
        self.setZValue(z)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def boundingRect(self) -> QRectF:
        return self._box

    def take_box(self, box: QRectF) -> None:
        self.prepareGeometryChange()
        self._box = box
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
        if column.cells.kind == "dots":
            self._draw_rims(painter, look, column)
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

    def _draw_rims(self, painter: QPainter, look: theme.Theme, column: Column) -> None:
        """Outline the units here, where it is cached: stroking circles costs more than filling."""
        cells, radius = column.cells, dot_radius(column.cells.pitch)
        painter.setPen(QPen(rim(look), 1.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for cell in range(cells.count):
            painter.drawEllipse(cells.centre(cell), radius, radius)

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


class Units(Piece):
    """A layer's units, coloured by their values: dots, tiles or a picture, all in one item."""

    def __init__(self) -> None:
        super().__init__(3)
        self.column: Column | None = None
        self._quantiser = Quantiser()
        self._kind: Kind = "diverging"
        self._seen = b""
        self._indices: np.ndarray | None = None
        self._picked: int | None = None
        self._hover: int | None = None
        self._soft = False

    def place(self, column: Column) -> None:
        self.column = column
        self._indices, self._seen = None, b""
        self.take_box(column.cells.area.adjusted(-4, -4, 4, 4))

    def mark(self, picked: int | None, hover: int | None, layer_picked: bool) -> None:
        """Ring the cells that are picked and under the mouse."""
        if (picked, hover, layer_picked) != (self._picked, self._hover, self._soft):
            self._picked, self._hover, self._soft = picked, hover, layer_picked
            self.update()

    def show_values(self, values: np.ndarray | None, kind: Kind, peak: float) -> None:
        """Colour one cell per value (n,); None leaves the units hollow."""
        indices = None if values is None else self._lay(values, kind, peak)
        seen = b"" if indices is None else indices.tobytes() + kind.encode()
        if seen != self._seen:
            self._seen, self._indices, self._kind = seen, indices, kind
            self.update()

    def _lay(self, values: np.ndarray, kind: Kind, peak: float) -> np.ndarray | None:
        assert self.column is not None  # noqa: S101
        cells = self.column.cells
        if len(values) != cells.count:
            return None
        grid = np.zeros(cells.rows * cells.cols, np.float32)
        grid[: cells.count] = values
        return quantise(self._quantiser, grid.reshape(cells.rows, cells.cols), kind, peak)

    def draw(self, painter: QPainter, look: theme.Theme) -> None:
        if self.column is None:
            return
        if self.column.cells.kind == "dots":
            self._draw_dots(painter, look)
        elif self._indices is not None:
            self._draw_tiles(painter, look)
        else:
            self._draw_blank(painter, look)
        for cell, colour in ((self._hover, look.text), (self._picked, look.accent)):
            if cell is not None and cell < self.column.cells.count:
                self._ring(painter, cell, colour)

    def _draw_dots(self, painter: QPainter, look: theme.Theme) -> None:
        assert self.column is not None  # noqa: S101
        if self._indices is None:
            return
        cells, table = self.column.cells, colours(self._kind, look)
        radius = dot_radius(cells.pitch) - 0.3
        painter.setPen(Qt.PenStyle.NoPen)
        for centre, index in zip(cells.centres, self._indices.ravel().tolist(), strict=False):
            painter.setBrush(table[index])
            painter.drawEllipse(centre, radius, radius)

    def _draw_tiles(self, painter: QPainter, look: theme.Theme) -> None:
        assert self.column is not None  # noqa: S101
        assert self._indices is not None  # noqa: S101
        cells, indices = self.column.cells, self._indices
        rows, cols = indices.shape
        form = QImage.Format.Format_Indexed8
        buffer = indices if indices.base is None else indices.base  # rows padded to 4 bytes
        image = QImage(buffer.data, cols, rows, indices.strides[0], form)
        image.setColorTable(colour_table(self._kind, look))
        painter.drawImage(cells.area, image)
        if cells.kind == "tiles":
            self._draw_seams(painter, look)
        else:
            painter.setPen(QPen(rim(look), 1.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(cells.area)

    def _draw_seams(self, painter: QPainter, look: theme.Theme) -> None:
        """Part the tiles, and cover the places of the last row that are no unit."""
        assert self.column is not None  # noqa: S101
        cells, back = self.column.cells, card_colour(look, self._soft)
        left, top = cells.area.left(), cells.area.top()
        missing = cells.rows * cells.cols - cells.count
        if missing:
            wide = missing * cells.pitch
            low = cells.area.bottom() - cells.pitch
            cover = QRectF(cells.area.right() - wide, low, wide + 1, cells.pitch + 1)
            painter.fillRect(cover, back)
        if cells.pitch < 5:
            return
        painter.setPen(QPen(back, 1.0))
        for col in range(cells.cols + 1):
            x = left + col * cells.pitch
            painter.drawLine(QPointF(x, top), QPointF(x, cells.area.bottom()))
        for row in range(cells.rows + 1):
            y = top + row * cells.pitch
            painter.drawLine(QPointF(left, y), QPointF(cells.area.right(), y))

    def _draw_blank(self, painter: QPainter, look: theme.Theme) -> None:
        assert self.column is not None  # noqa: S101
        painter.setPen(QPen(rim(look), 1.0))
        painter.setBrush(Qt.BrushStyle.BDiagPattern)
        brush = painter.brush()
        brush.setColor(QColor(look.outline))
        painter.setBrush(brush)
        painter.drawRect(self.column.cells.area)

    def _ring(self, painter: QPainter, cell: int, colour: str) -> None:
        assert self.column is not None  # noqa: S101
        cells = self.column.cells
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colour), 2.0))
        if cells.kind == "dots":
            radius = dot_radius(cells.pitch) + 1.5
            painter.drawEllipse(cells.centre(cell), radius, radius)
        else:
            painter.drawRect(cells.box(cell).adjusted(-1, -1, 1, 1))


def dot_radius(pitch: float) -> float:
    return min(pitch * 0.4, 17.0)


def rim(look: theme.Theme) -> QColor:
    """The outline of a unit: seen on the card whatever its fill."""
    return QColor(look.disabled)
