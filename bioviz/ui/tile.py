"""A stack of small pictures, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

import numpy as np
from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from . import theme
from .array import ArrayView
from .canvas import Canvas
from .colour import Colour, Kind, paint
from .word import number


class TileCanvas(Canvas):
    """A canvas that also draws tiles' captions and frames."""

    def __init__(self) -> None:
        super().__init__()
        self.tiles = 0
        self.columns = 1
        self.tile = (1, 1)  # rows and columns of one tile, without its gap
        self.captions: Sequence[str] = ()
        self.frames: Sequence[Colour] = ()
        self.aspect = "equal"

    def decorate(self, painter: QPainter, area: QRect) -> None:
        look = theme.current()
        gap = 4 if self.frames else 2
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for place in range(self.columns * ceil(self.tiles / self.columns)):
            box = self.box(place, area)
            if place >= self.tiles:
                painter.fillRect(box.adjusted(-1, -1, 1, 1), QColor(look.window))
                continue
            painter.setPen(QPen(QColor(look.window), gap))
            painter.drawRect(box)
            self._frame(painter, box.adjusted(gap / 2, gap / 2, -gap / 2, -gap / 2), place)

    def _frame(self, painter: QPainter, box: QRectF, place: int) -> None:
        look = theme.current()
        colour = self.frames[place] if place < len(self.frames) else None
        ink = QColor(look.border) if colour is None else paint(colour, look)
        painter.setPen(QPen(ink, 1 if colour is None else 2))
        painter.drawRect(box)
        if place < len(self.captions) and box.width() > 20:
            self._caption(painter, box, self.captions[place], look)

    def box(self, place: int, area: QRect) -> QRectF:
        """Return where tile number `place` is drawn."""
        down, right = divmod(place, self.columns)
        high = area.height() / ceil(self.tiles / self.columns)
        wide = area.width() / self.columns
        return QRectF(area.left() + right * wide, area.top() + down * high, wide, high)

    def _caption(self, painter: QPainter, box: QRectF, text: str, look: theme.Theme) -> None:
        metrics = painter.fontMetrics()
        wide = metrics.horizontalAdvance(text) + 6
        plate = QRectF(box.left() + 1, box.bottom() - metrics.height() - 1, wide, metrics.height())
        painter.fillRect(plate, QColor(look.base))
        painter.setPen(QColor(look.text))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, text)


class TileView(ArrayView):
    """A stack (k, h, w) as a tidy grid of tiles in one image, on shared levels."""

    hovered = Signal(int)  # the tile; -1 when the mouse leaves
    clicked = Signal(int)

    canvas: TileCanvas

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(TileCanvas(), parent)
        self.noun = "tile"  # what the read-out calls one
        self._columns: int | None = None
        self._stack: np.ndarray | None = None
        self._sheet = np.empty((0, 0), np.float32)
        self.setAccessibleName("Tiles")

    def show_tiles(
        self,
        stack: np.ndarray,
        *,
        kind: Kind = "diverging",
        captions: Sequence[str] = (),
        frames: Sequence[Colour] = (),
        columns: int | None = None,
    ) -> None:
        """Draw (k, h, w) float32; a frame is a colour's token ("good"), a series index or None."""
        self._stack, self._columns = stack, columns
        self.canvas.captions, self.canvas.frames = captions, frames
        if len(stack):
            self._arrange(stack, kind)
        else:
            self.clear()

    def clear(self) -> None:
        """Show nothing; pinned levels stay."""
        self._stack = None
        self.canvas.tiles = 0
        super().clear()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._stack is not None and self._columns is None:
            self._arrange(self._stack, self._kind)

    def _arrange(self, stack: np.ndarray, kind: Kind) -> None:
        count, high, wide = stack.shape
        self.canvas.tiles, self.canvas.tile = count, (high, wide)
        self.canvas.columns = self._columns or self._tidy(count, high, wide)
        self._show(self._lay(stack), kind)

    def _tidy(self, count: int, high: int, wide: int) -> int:
        """Return the number of columns with which the tiles come out largest."""
        room = max(1, self.canvas.width()), max(1, self.canvas.height())

        def scale(columns: int) -> float:
            return min(room[0] / (columns * wide), room[1] / (ceil(count / columns) * high))

        return max(range(1, count + 1), key=scale, default=1)

    def _lay(self, stack: np.ndarray) -> np.ndarray:
        """Lay the stack out on one sheet, row by row, in memory that is used again."""
        count, high, wide = stack.shape
        columns = self.canvas.columns
        rows = ceil(count / columns)
        if self._sheet.shape != (rows * high, columns * wide):
            self._sheet = np.zeros((rows * high, columns * wide), np.float32)
        cells = self._sheet.reshape(rows, high, columns, wide)
        for place in range(count):
            down, right = divmod(place, columns)
            cells[down, :, right, :] = stack[place]
        return self._sheet

    def tile_at(self, row: int, col: int) -> int | None:
        """Return the tile that holds a cell of the sheet; None beside the last one."""
        high, wide = self.canvas.tile
        place = row // high * self.canvas.columns + col // wide
        return place if row >= 0 and place < self.canvas.tiles else None

    def _read_out(self, row: int, col: int) -> None:
        place = self.tile_at(row, col)
        if place is None or self._values is None:
            self.set_readout("")
            return
        high, wide = self.canvas.tile
        caption = self.canvas.captions[place] if place < len(self.canvas.captions) else ""
        words = f"{self.noun} {place}" + (f" ({caption})" if caption else "")
        worth = number(float(self._values[row, col]), 5)
        self.set_readout(f"{words}, row {row % high}, column {col % wide}: {worth}")

    def _point(self, row: int, col: int) -> None:
        super()._point(row, col)
        place = self.tile_at(row, col)
        self.hovered.emit(-1 if place is None else place)

    def _press(self, row: int, col: int) -> None:
        place = self.tile_at(row, col)
        if place is not None:
            self.clicked.emit(place)
