"""Arrays as pictures: matrices, grids of tiles and histograms, on levels that do not jump."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil, isfinite
from typing import Literal, TypeAlias

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    qRgb,
)
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from . import theme
from .label import Elided
from .plot import Colour, CurvePlot, number, paint, round_up

Kind: TypeAlias = Literal["diverging", "sequential"]
Mode: TypeAlias = Literal["fixed", "auto"]

NAN = 255  # the last index of the table is the colour of NaN; 0..254 are values, 127 is zero


class Levels:
    """The largest magnitude that the colours tell apart: it grows in round steps, or is pinned."""

    def __init__(self, steps: Sequence[float] = (1, 2, 5)) -> None:
        self.steps = steps  # of levels, times a power of ten
        self.mode: Mode = "fixed"
        self.peak = 0.0  # 0 until something other than zero was seen
        self.pinned = False

    def set(self, mode: Mode, value: float | None) -> None:
        self.mode, self.pinned = mode, value is not None
        self.peak = value or 0.0

    def see(self, peak: float) -> None:
        """Take note of the largest magnitude of what is to be drawn."""
        if self.pinned or not peak > 0 or not isfinite(peak):
            return
        if self.mode == "auto" or peak > self.peak:
            self.peak = round_up(peak, self.steps)


class Quantiser:
    """Turns float arrays into table indices, in buffers that it uses again."""

    def __init__(self) -> None:
        self.indices = np.empty((0, 0), np.uint8)
        self._scratch = np.empty((0, 0), np.float32)

    def peak(self, values: np.ndarray) -> float:
        """Return the largest finite magnitude of `values`, 0 where there is none."""
        if not values.size:
            return 0.0
        peak = max(-float(values.min()), float(values.max()))  # NaN and inf come through
        if isfinite(peak):
            return peak
        finite = values[np.isfinite(values)]
        return float(np.abs(finite).max()) if finite.size else 0.0

    def quantise(self, values: np.ndarray, kind: Kind, peak: float) -> np.ndarray:
        """Return uint8 (rows, cols): -peak..peak or 0..peak on 0..254, NaN on 255."""
        if self.indices.shape != values.shape:
            rows, cols = values.shape
            padded = np.zeros((rows, -(-cols // 4) * 4), np.uint8)  # QImage lines are 32-bit
            self.indices = padded[:, :cols]
            self._scratch = np.empty(values.shape, np.float32)
        scaled = self._scratch
        span, zero = (127.0, 127.5) if kind == "diverging" else (254.0, 0.5)
        np.multiply(values, span / (peak or 1.0), out=scaled, casting="unsafe")
        scaled += zero
        np.clip(scaled, 0, 254.5, out=scaled)
        if np.isnan(scaled.max(initial=0.0)):
            scaled[np.isnan(scaled)] = NAN
        np.copyto(self.indices, scaled, casting="unsafe")
        return self.indices


def colour_table(kind: Kind, look: theme.Theme) -> list[int]:
    """Return the 256 colours of `kind`: 255 for values and, last, the one of NaN."""
    places = np.round(np.linspace(0, 255, 255)).astype(int)
    table = [qRgb(int(r), int(g), int(b)) for r, g, b, _ in theme.lookup(kind, look)[places]]
    return [*table, QColor(look.missing).rgb()]


class ColourBar(QWidget):
    """What the colours mean: a strip, its ends and middle in numbers, and a switch to auto."""

    WIDE = 12
    auto_asked = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.title = ""
        self._kind: Kind = "diverging"
        self._peak = 0.0
        self._button = QToolButton(self)
        self._button.setText("auto")
        self._button.setCheckable(True)
        self._button.setProperty("tone", "small")
        self._button.setAccessibleName("Automatic colour levels")
        self._button.setToolTip(
            "Fit the colours to what is shown now; off, the levels only ever grow"
        )
        self._button.toggled.connect(self.auto_asked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addStretch(1)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.name("")

    def name(self, title: str) -> None:
        """Show `title` above the bar, which widens for it within reason."""
        self.title = title
        advance = self.fontMetrics().horizontalAdvance
        wide = max(advance("−0.0005") + self.WIDE + 14, min(96, advance(title) + 8))
        self.setFixedWidth(wide)
        self.setToolTip(title)
        self.update()

    def show_levels(self, kind: Kind, peak: float, mode: Mode) -> None:
        """Show the ends of the levels; an unchanged bar is not drawn again."""
        if self._button.isChecked() != (mode == "auto"):
            blocked = self._button.blockSignals(True)
            self._button.setChecked(mode == "auto")
            self._button.blockSignals(blocked)
        if (kind, peak) != (self._kind, self._peak):
            self._kind, self._peak = kind, peak
            self.update()

    def ticks(self) -> list[tuple[float, str]]:
        """Return (place from the bottom in 0..1, words) of each number on the bar."""
        peak = self._peak or 1.0
        ends = (-peak, -peak / 2, 0.0, peak / 2, peak)
        if self._kind == "sequential":
            ends = (0.0, peak / 4, peak / 2, 3 * peak / 4, peak)
        return [(i / 4, number(value, 3)) for i, value in enumerate(ends)]

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter = theme.current(), QPainter(self)
        metrics = self.fontMetrics()
        line = metrics.height()
        top = line + 8 if self.title else line // 2
        strip = QRect(4, top, self.WIDE, max(8, self._button.y() - top - line // 2 - 4))
        ramp = np.repeat(np.arange(254, -1, -1, dtype=np.uint8), 4).reshape(255, 4).copy()
        image = QImage(ramp.data, 4, 255, 4, QImage.Format.Format_Indexed8)
        image.setColorTable(colour_table(self._kind, look))
        painter.drawImage(strip, image)
        painter.setPen(QColor(look.outline))
        painter.drawRect(strip.adjusted(0, 0, -1, -1))
        painter.setPen(QColor(look.axis))
        if self.title:
            mode = Qt.TextElideMode.ElideRight
            words = metrics.elidedText(self.title, mode, self.width() - 4)
            painter.drawText(4, metrics.ascent() + 2, words)
        every = 1 if strip.height() > 5 * line else 2
        for place, words in self.ticks()[::every]:
            y = strip.bottom() - place * (strip.height() - 1)
            painter.drawLine(strip.right() + 2, int(y), strip.right() + 4, int(y))
            painter.drawText(QPointF(strip.right() + 8, y + metrics.ascent() / 2 - 1), words)


class Canvas(QWidget):
    """Draws one table-indexed image as large as fits, with axis titles; tells cells, not pixels."""

    pointed = Signal(int, int)  # a cell of the image; (-1, -1) when the mouse leaves
    pressed = Signal(int, int)
    doubled = Signal(int, int)  # a cell that was double-clicked

    def __init__(self) -> None:
        super().__init__()
        self.band: tuple[str, float, float] | None = None  # "row" or "column", from and to (0..1)
        self.aspect: Literal["fill", "equal"] = "fill"
        self.row_title = self.column_title = ""
        self.empty = "Nothing to show yet"
        self.grid_pen: QPen | None = None
        self._image: QImage | None = None
        self._indices: np.ndarray | None = None  # keeps the memory that the image draws from
        self._table: tuple[Kind, str] | None = None
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(60, 60)

    def show_indices(self, indices: np.ndarray, kind: Kind) -> None:
        """Draw uint8 (rows, cols), whose memory may be written again after this."""
        rows, cols = indices.shape
        look = theme.current()
        if indices is not self._indices or self._image is None:
            self._indices, self._table = indices, None
            line = indices.strides[0]
            memory = np.lib.stride_tricks.as_strided(indices, (rows, line), (line, 1))
            form = QImage.Format.Format_Indexed8
            self._image = QImage(memory.data, cols, rows, line, form)
        if self._table != (kind, look.name):
            self._table = (kind, look.name)
            self._image.setColorTable(colour_table(kind, look))
        self.update()

    def clear(self) -> None:
        self._image = self._indices = self._table = None
        self.update()

    def area(self) -> QRect:
        """Return where the image is drawn, in this widget's pixels."""
        line = self.fontMetrics().height() + 4
        inside = self.rect().adjusted(
            line if self.row_title else 0, 0, 0, -line if self.column_title else 0
        )
        if self.aspect == "fill" or self._image is None:
            return inside
        rows, cols = self._image.height(), self._image.width()
        scale = min(inside.width() / max(1, cols), inside.height() / max(1, rows))
        wide, high = max(1, int(cols * scale)), max(1, int(rows * scale))
        left = inside.left() + (inside.width() - wide) // 2
        return QRect(left, inside.top() + (inside.height() - high) // 2, wide, high)

    def cell_at(self, where: QPointF) -> tuple[int, int] | None:
        """Return the (row, column) of the image under a point."""
        area = self.area()
        if self._image is None or not area.contains(where.toPoint()):
            return None
        row = int((where.y() - area.top()) * self._image.height() / area.height())
        col = int((where.x() - area.left()) * self._image.width() / area.width())
        return min(row, self._image.height() - 1), min(col, self._image.width() - 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter = theme.current(), QPainter(self)
        if self._image is None or not self._image.height():
            painter.setPen(QColor(look.muted))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect().adjusted(8, 8, -8, -8), int(flags), self.empty)
            return
        area = self.area()
        quick = self._image.convertToFormat(QImage.Format.Format_RGB32)  # tables scale slowly
        painter.drawImage(area, quick)
        self.decorate(painter, area)
        painter.setPen(QColor(look.axis))
        self._draw_titles(painter, area)

    def decorate(self, painter: QPainter, area: QRect) -> None:
        """Draw what lies on the picture; a frame here, captions and frames in tiles."""
        painter.setPen(QColor(theme.current().outline))
        painter.drawRect(area.adjusted(0, 0, -1, -1))
        if self.band is not None:
            self._draw_band(painter, QRectF(area), *self.band)

    def _draw_band(
        self, painter: QPainter, area: QRectF, kind: str, start: float, end: float
    ) -> None:
        """Frame a row or a column, in a colour that stands out from both ends of the map."""
        least = 3.0  # pixels: the frame of a thin row must not hide it
        if kind == "row":
            high = max(least, (end - start) * area.height())
            box = QRectF(area.left(), area.top() + start * area.height(), area.width(), high)
        else:
            wide = max(least, (end - start) * area.width())
            box = QRectF(area.left() + start * area.width(), area.top(), wide, area.height())
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.current().base), 3))
        painter.drawRect(box.adjusted(-1, -1, 1, 1))
        painter.setPen(QPen(QColor(theme.current().accent), 1.5))
        painter.drawRect(box.adjusted(-1, -1, 1, 1))

    def _draw_titles(self, painter: QPainter, area: QRect) -> None:
        metrics = self.fontMetrics()
        mode = Qt.TextElideMode.ElideRight
        if self.column_title:
            below = QRect(area.left(), area.bottom() + 4, area.width(), metrics.height())
            words = metrics.elidedText(self.column_title, mode, area.width())
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, words)
        if self.row_title:
            words = metrics.elidedText(self.row_title, mode, area.height())
            painter.translate(area.left() - 4, area.bottom())
            painter.rotate(-90)
            beside = QRect(0, -metrics.height(), area.height(), metrics.height())
            painter.drawText(beside, Qt.AlignmentFlag.AlignCenter, words)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.pointed.emit(*(self.cell_at(event.position()) or (-1, -1)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell = self.cell_at(event.position())
        if cell is not None and event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit(*cell)
        else:
            event.ignore()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        cell = self.cell_at(event.position())
        if cell is not None and event.button() == Qt.MouseButton.LeftButton:
            self.doubled.emit(*cell)
        else:
            event.ignore()

    def leaveEvent(self, event: QEvent) -> None:
        self.pointed.emit(-1, -1)
        super().leaveEvent(event)


class _Picture(QWidget):
    """A canvas, its colour bar and a line that reads out what is under the mouse."""

    levels_changed = Signal(float)

    def __init__(self, canvas: Canvas, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.levels = Levels()
        self._quantiser = Quantiser()
        self._kind: Kind = "diverging"
        self._values: np.ndarray | None = None  # (rows, cols), as drawn
        self._over: tuple[int, int] | None = None
        self.canvas = canvas
        self._build()
        self._bar.auto_asked.connect(self._auto_asked)
        canvas.pointed.connect(self._point)
        canvas.pressed.connect(self._press)
        theme.notifier.changed.connect(self._redraw)

    def _build(self) -> None:
        self._bar = ColourBar()
        self._readout = Elided(" ")
        self._readout.setProperty("tone", "muted")
        self._readout.setAccessibleName("Value under the mouse")
        side = QHBoxLayout()
        side.setSpacing(6)
        side.addWidget(self.canvas, 1)
        side.addWidget(self._bar)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 4, 4)
        column.setSpacing(4)
        column.addLayout(side, 1)
        column.addWidget(self._readout)

    def set_levels(self, mode: Mode = "fixed", value: float | None = None) -> None:
        """Let levels grow ("fixed"), follow the data ("auto"), or pin them at `value`."""
        self.levels.set(mode, value)
        self._redraw()

    def set_bar_title(self, text: str) -> None:
        """Name the quantity above the colour bar."""
        self._bar.name(text)

    def set_aspect(self, aspect: Literal["fill", "equal"]) -> None:
        """Fill the room there is, or keep cells square."""
        self.canvas.aspect = aspect
        self.canvas.update()

    def set_readout(self, text: str) -> None:
        """Say something in the line below the picture."""
        self._readout.setText(text or " ")

    def set_empty_text(self, text: str) -> None:
        """Choose what is said while there is nothing to draw."""
        self.canvas.empty = text
        self.canvas.update()

    def clear(self) -> None:
        """Show nothing; pinned levels stay."""
        self._values = None
        if not self.levels.pinned:
            self.levels.peak = 0.0
        self.canvas.clear()

    def _show(self, values: np.ndarray, kind: Kind) -> None:
        self._values, self._kind = values, kind
        self._redraw()
        if self._over is not None:
            self._read_out(*self._over)

    def _redraw(self) -> None:
        if self._values is None:
            self.canvas.update()
            return
        before = self.levels.peak
        self.levels.see(self._quantiser.peak(self._values))
        indices = self._quantiser.quantise(self._values, self._kind, self.levels.peak)
        self.canvas.show_indices(indices, self._kind)
        self._bar.show_levels(self._kind, self.levels.peak, self.levels.mode)
        if before != self.levels.peak:
            self.levels_changed.emit(self.levels.peak)

    def _auto_asked(self, on: bool) -> None:
        peak = self.levels.peak
        self.levels.set("auto" if on else "fixed", None)
        self.levels.peak = 0.0 if on else peak  # leaving auto keeps the present levels
        self._redraw()

    def _point(self, row: int, col: int) -> None:
        self._over = (row, col) if row >= 0 else None
        if self._over is None:
            self.set_readout("")
        else:
            self._read_out(row, col)

    def _press(self, row: int, col: int) -> None:
        raise NotImplementedError

    def _read_out(self, row: int, col: int) -> None:
        raise NotImplementedError


class MatrixView(_Picture):
    """A matrix (rows, cols) as colours: what it is, where each cell is and what it is worth."""

    hovered = Signal(int, int)  # true indices; (-1, -1) when the mouse leaves
    clicked = Signal(int, int)
    double_clicked = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Canvas(), parent)
        self.canvas.doubled.connect(self._double)
        self._shape = (0, 0)
        self._names = ("row", "column")
        self.setAccessibleName("Matrix")

    def show_matrix(
        self,
        values: np.ndarray,
        *,
        kind: Kind = "diverging",
        true_shape: tuple[int, int] | None = None,
    ) -> None:
        """Draw (rows, cols) float32; `true_shape` if they are averages of a larger matrix."""
        rows, cols = values.shape
        self._shape = true_shape or (rows, cols)
        self._show(values, kind)

    def set_axes(self, rows: str = "", cols: str = "") -> None:
        """Title both axes, for example "to: output" and "from: h1"."""
        self.canvas.row_title, self.canvas.column_title = rows, cols
        self.canvas.update()

    def set_band(self, kind: Literal["row", "column"] | None, place: int = 0) -> None:
        """Frame one row or column by its true index; None takes the frame away."""
        count = self._shape[0 if kind == "row" else 1]
        inside = kind is not None and place < count
        band = (kind, place / count, (place + 1) / count) if kind and inside else None
        if band != self.canvas.band:
            self.canvas.band = band
            self.canvas.update()

    def cell_rect(self, row: int, col: int) -> QRect:
        """Return where a cell, by its true indices, is drawn in this view."""
        area, (rows, cols) = self.canvas.area(), self._shape
        left = area.left() + area.width() * col / max(1, cols)
        top = area.top() + area.height() * row / max(1, rows)
        size = QSize(max(1, area.width() // max(1, cols)), max(1, area.height() // max(1, rows)))
        return QRect(self.canvas.mapTo(self, QPoint(int(left), int(top))), size)

    def set_names(self, row: str, column: str) -> None:
        """Choose what the read-out calls a row and a column."""
        self._names = (row, column)

    def true_cell(self, row: int, col: int) -> tuple[int, int]:
        """Return the matrix's own indices of a drawn cell: the middle of what it averages."""
        assert self._values is not None  # noqa: S101
        drawn = self._values.shape
        ends = zip((row, col), drawn, self._shape, strict=True)
        first, second = (int((place + 0.5) * true / size) for place, size, true in ends)
        return first, second

    def _read_out(self, row: int, col: int) -> None:
        values = self._values
        if values is None or row >= values.shape[0] or col >= values.shape[1]:
            return
        first, second = self.true_cell(row, col)
        mean = "mean " if self._shape != values.shape else ""
        worth = number(float(values[row, col]), 5)
        self.set_readout(f"{self._names[0]} {first}, {self._names[1]} {second}: {mean}{worth}")

    def _point(self, row: int, col: int) -> None:
        super()._point(row, col)
        self.hovered.emit(*(self.true_cell(row, col) if row >= 0 else (-1, -1)))

    def _press(self, row: int, col: int) -> None:
        self.clicked.emit(*self.true_cell(row, col))

    def _double(self, row: int, col: int) -> None:
        self.double_clicked.emit(*self.true_cell(row, col))


class _TileCanvas(Canvas):
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


class TileView(_Picture):
    """A stack (k, h, w) as a tidy grid of tiles in one image, on shared levels."""

    hovered = Signal(int)  # the tile; -1 when the mouse leaves
    clicked = Signal(int)

    canvas: _TileCanvas

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_TileCanvas(), parent)
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


class HistogramView(QWidget):
    """Counts over bins, as step lines, one for each name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plot = CurvePlot(tools=False)
        self.plot.set_empty_text("Nothing to count yet")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.plot)

    def set_labels(self, x: str, y: str = "count", x_unit: str = "") -> None:
        """Name both axes."""
        self.plot.set_labels(x, y, x_unit)

    def show_counts(
        self,
        counts: Mapping[str, tuple[np.ndarray, np.ndarray]],
        labels: Mapping[str, str] | None = None,
    ) -> None:
        """Draw each name's (counts (n,), edges (n + 1,)); names that are gone are taken away."""
        for key in self._names() - set(counts):
            self.plot.remove_curve(key)
        for key, (height, edges) in counts.items():
            x = np.repeat(edges, 2)
            y = np.concatenate([[0.0], np.repeat(height, 2), [0.0]])
            self.plot.set_curve(key, x, y, label=(labels or {}).get(key, key))

    def _names(self) -> set[str]:
        return set(self.plot.keys())

    def sizeHint(self) -> QSize:
        return QSize(320, 220)
