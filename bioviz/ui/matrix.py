"""A matrix as a picture."""

from __future__ import annotations

from typing import Literal

import numpy as np
from PySide6.QtCore import QPoint, QRect, QSize, Signal
from PySide6.QtWidgets import QWidget

from .array import ArrayView
from .canvas import Canvas
from .colour import Kind
from .word import number


class MatrixView(ArrayView):
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
