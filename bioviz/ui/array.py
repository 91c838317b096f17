"""What every picture of an array is made of."""

from __future__ import annotations

from typing import Literal

import numpy as np
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from . import theme
from .canvas import Canvas
from .colour import Kind
from .colour_bar import ColourBar
from .label import Elided
from .levels import Levels, Mode, Quantiser


class ArrayView(QWidget):
    """A canvas, its colour bar and a line that reads out what is under the mouse."""

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
        self.levels.see(self._quantiser.peak(self._values))
        indices = self._quantiser.quantise(self._values, self._kind, self.levels.peak)
        self.canvas.show_indices(indices, self._kind)
        self._bar.show_levels(self._kind, self.levels.peak, self.levels.mode)

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
