"""An image of table indices, drawn as large as fits."""

from __future__ import annotations

from typing import Literal

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from . import theme
from .colour import Kind, colour_table


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
