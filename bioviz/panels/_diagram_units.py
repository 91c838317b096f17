"""A layer's units as they are painted: dots, tiles, or the picture that is shown to it."""

from __future__ import annotations

from itertools import repeat

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen

from ..ui import theme
from ..ui.colour import Kind, colour_words
from ..ui.levels import Quantiser
from ._diagram_cells import Cells, dot_radius
from ._diagram_colour import quantise
from ._diagram_dots import HOLLOW, Dots, dots, draw_dot, fills, rim
from ._diagram_items import Piece, card_colour
from ._diagram_layout import Column

LEAST_SEAMED = 5  # pixels: smaller tiles touch each other


class Units(Piece):
    """All units of a layer in one item, coloured by their values."""

    def __init__(self) -> None:
        super().__init__(3)
        self.column: Column | None = None
        self._quantiser = Quantiser()
        self._kind: Kind = "diverging"
        self._seen = b""
        self._indices: np.ndarray | None = None
        self._corners: list[QPointF] = []  # of the dots' pictures
        self._reach = 0.0
        self._picked: int | None = None
        self._hover: int | None = None
        self._soft = False

    def place(self, column: Column) -> None:
        self.column = column
        self._indices, self._seen = None, b""
        self._corners = []
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
        places = cells.rows * cells.cols
        if places > cells.count:
            values = np.concatenate((values, np.zeros(places - cells.count, values.dtype)))
        return quantise(self._quantiser, values.reshape(cells.rows, cells.cols), kind, peak)

    def draw(self, painter: QPainter, look: theme.Theme) -> None:
        if self.column is None:
            return
        cells = self.column.cells
        if cells.kind == "dots":
            self._draw_dots(painter, look, cells)
        elif self._indices is not None:
            self._draw_tiles(painter, look, cells, self._indices)
        else:
            _draw_blank(painter, look, cells.area)
        for cell, colour in ((self._hover, look.text), (self._picked, look.accent)):
            if cell is not None and cell < cells.count:
                _ring(painter, cells, cell, colour)

    def _draw_dots(self, painter: QPainter, look: theme.Theme, cells: Cells) -> None:
        radius, ratio = dot_radius(cells.pitch), painter.deviceTransform().m11()
        indices = repeat(HOLLOW) if self._indices is None else self._indices.ravel().tolist()
        ready = dots(self._kind, look, radius, ratio)
        if ready is not None:
            pictures, copy = ready.pictures, painter.drawPixmap
            for corner, index in zip(self._corners_of(ready, cells), indices, strict=False):
                copy(corner, pictures[index])
            return
        painter.setPen(rim(look))
        colours = fills(self._kind, look)
        for cell, index in zip(range(cells.count), indices, strict=False):
            draw_dot(painter, cells.centre(cell), radius, colours[index])

    def _corners_of(self, ready: Dots, cells: Cells) -> list[QPointF]:
        """Where each dot's picture lies."""
        if not self._corners or self._reach != ready.reach:
            self._reach = ready.reach
            back = QPointF(ready.reach, ready.reach)
            self._corners = [cells.centre(cell) - back for cell in range(cells.count)]
        return self._corners

    def _draw_tiles(
        self, painter: QPainter, look: theme.Theme, cells: Cells, indices: np.ndarray
    ) -> None:
        pixels = np.take(colour_words(self._kind, look), indices)  # (rows, cols)
        form = QImage.Format.Format_RGB32
        painter.drawImage(
            cells.area, QImage(pixels.data, cells.cols, cells.rows, 4 * cells.cols, form)
        )
        if cells.kind == "tiles":
            self._draw_seams(painter, look, cells)
        else:
            painter.setPen(rim(look))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(cells.area)

    def _draw_seams(self, painter: QPainter, look: theme.Theme, cells: Cells) -> None:
        """Part the tiles, and cover the places of the last row that are no unit."""
        back = card_colour(look, self._soft)
        missing = cells.rows * cells.cols - cells.count
        if missing:
            wide = missing * cells.pitch
            low = cells.area.bottom() - cells.pitch
            cover = QRectF(cells.area.right() - wide, low, wide + 1, cells.pitch + 1)
            painter.fillRect(cover, back)
        if cells.pitch >= LEAST_SEAMED:
            painter.setPen(QPen(back, 1.0))
            painter.drawLines(cells.seams)


def _draw_blank(painter: QPainter, look: theme.Theme, area: QRectF) -> None:
    """Hatch the place of tiles that have no values yet."""
    painter.setPen(rim(look))
    painter.setBrush(QBrush(QColor(look.outline), Qt.BrushStyle.BDiagPattern))
    painter.drawRect(area)


def _ring(painter: QPainter, cells: Cells, cell: int, colour: str) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(colour), 2.0))
    if cells.kind == "dots":
        radius = dot_radius(cells.pitch) + 1.5
        painter.drawEllipse(cells.centre(cell), radius, radius)
    else:
        painter.drawRect(cells.box(cell).adjusted(-1, -1, 1, 1))
