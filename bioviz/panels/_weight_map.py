"""The weights panel's map: a matrix in colours, with exact values and an editor over it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QRect, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ..core.request import MatrixReply, Request
from ..core.snapshot import NOTHING, Snapshot, Wanted
from ..figures.weight_source import Source
from ..ui.levels import Levels
from ..ui.matrix import MatrixView
from ..ui.word import number
from ._entry_editor import EntryEditor

STEP = 64  # pixels: what is asked for changes in such steps, not with every resize


class WeightMap(QWidget):
    """One matrix; it follows the mouse with exact values, and B can be edited in place."""

    changed = Signal()  # another entry is looked at
    entered = Signal(int, int, float)  # set this entry to that value

    def __init__(self) -> None:
        super().__init__()
        self._source: Source | None = None
        self._others: Sequence[int] = ()  # other experiments that have the same matrix
        self._cell: tuple[int, int] | None = None
        self._frame: tuple[Literal["row", "column"] | None, int] = (None, 0)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.view = MatrixView()
        self.editor = EntryEditor(self.view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)

    def _connect(self) -> None:
        self.view.hovered.connect(self._look)
        self.view.double_clicked.connect(self._edit_cell)
        self.editor.asked.connect(self._look)
        self.editor.committed.connect(self.entered)
        self.editor.closed.connect(self._leave)

    def show_source(self, source: Source, levels: Levels, others: Sequence[int] = ()) -> None:
        """Show another matrix, on colour levels that it shares with those of other experiments."""
        self._others = others
        if source != self._source:
            self.view.levels = Levels()  # clearing would begin those of the matrix before anew
            self.view.clear()
            self.editor.close_editor()
            self._cell = None
        self._source = source
        self.view.levels = levels
        self.view.set_axes(*source.titles)
        self.view.set_names(*source.names)
        self.view.set_bar_title(source.short)
        self.view.setAccessibleName(f"Map of {source.label}")
        self.editor.set_matrix(source.shape, source.names)

    def frame(self, kind: Literal["row", "column"] | None, place: int = 0) -> None:
        """Frame the row or column of a picked unit."""
        self._frame = (kind, place)
        self.view.set_band(kind, place)

    def wanted(self) -> Wanted:
        """Ask for no more than the view's pixels, and for the entry that is looked at."""
        if self._source is None:
            return NOTHING
        parts = self._source.parts(*self._cell) if self._cell else ()
        return frozenset({self._matrix(), *self._peaks(), *(part for part, _ in parts)})

    def show_snapshot(self, snapshot: Snapshot) -> None:
        if self._source is None:
            return
        reply = snapshot.get(self._matrix())
        if isinstance(reply, MatrixReply):
            for peak in self._peaks():
                self.view.levels.see(snapshot.get(peak) or 0.0)
            self.view.show_matrix(reply.values, true_shape=reply.shape)
            self.view.set_band(*self._frame)
        self._show_entry(snapshot, self._source)

    def edit(self) -> None:
        """Open the editor on the entry last looked at: the way without a mouse."""
        row, col = self._cell or (0, 0)
        self._edit_cell(row, col)

    def _matrix(self) -> Request:
        assert self._source is not None  # noqa: S101  (callers looked)
        return self._source.matrix(*self._room())

    def _peaks(self) -> tuple[Request, ...]:
        assert self._source is not None  # noqa: S101  (callers looked)
        return self._source.peaks(*self._room(), self._others)

    def _room(self) -> tuple[int, int]:
        """How many rows and columns can be told apart here."""
        size = self.view.canvas.size() * self.devicePixelRatioF()
        high, wide = (-(-max(STEP, side) // STEP) * STEP for side in (size.height(), size.width()))
        return high, wide

    def _show_entry(self, snapshot: Snapshot, source: Source) -> None:
        if self._cell is None:
            return
        values = [(snapshot.get(part), sign) for part, sign in source.parts(*self._cell)]
        if any(value is None for value, _ in values):
            return
        worth = sum(value * sign for value, sign in values)
        row, col = self._cell
        first, second = source.names
        self.view.set_readout(f"{first} {row}, {second} {col}: {number(worth, 5)}")
        self.editor.show_value(worth)

    def _look(self, row: int, col: int) -> None:
        if not self.editor.isHidden():
            row, col = self.editor.cell
        cell = (row, col) if row >= 0 else None
        if cell != self._cell:
            self._cell = cell
            self.changed.emit()
        elif not self.editor.isHidden():
            self.changed.emit()  # the editor waits for the value

    def _edit_cell(self, row: int, col: int) -> None:
        if self._source is None or self._source.key != "b":
            return
        if self._source.fixed:
            self.view.set_readout(self._source.fixed)
        else:
            cell = self.view.cell_rect(row, col) if row or col else QRect(40, 20, 1, 1)
            self.editor.open_at(row, col, cell)

    def _leave(self) -> None:
        self._cell = None
        self.view.set_readout("")
        self.changed.emit()
