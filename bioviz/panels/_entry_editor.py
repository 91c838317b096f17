"""A small editor over a matrix: which entry, and the number to set it to."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSpinBox, QWidget

from ..ui.label import toned
from ..ui.limits import Limits
from ..ui.number import NumberEdit
from ..ui.scale import keep


class EntryEditor(QFrame):
    """Sets one entry: Enter takes the number, Escape leaves it as it was."""

    asked = Signal(int, int)  # which entry is being looked at: its value is wanted
    committed = Signal(int, int, float)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._fresh = False  # whether the entry's present value is still to come
        self._build()
        self._connect()
        self.hide()

    def _build(self) -> None:
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self._row, self._col = QSpinBox(), QSpinBox()
        self._value = NumberEdit(Limits(ge=-1e6, le=1e6), "Weight")
        self._value.setAccessibleName("New value of the entry")
        self._value.setToolTip("The new value: Enter sets it, Escape leaves it")
        keep(self._value, "width", 84)
        line = QHBoxLayout(self)
        line.setContentsMargins(6, 4, 6, 4)
        line.setSpacing(4)
        arrow, equals = toned("←", "muted"), toned("=", "muted")
        for part in (self._row, arrow, self._col, equals, self._value):
            line.addWidget(part)

    def _connect(self) -> None:
        self._row.valueChanged.connect(self._look)
        self._col.valueChanged.connect(self._look)
        self._value.committed.connect(self._commit)
        self._value.returnPressed.connect(self.close_editor)

    @property
    def cell(self) -> tuple[int, int]:
        return self._row.value(), self._col.value()

    def set_matrix(self, shape: tuple[int, int], names: tuple[str, str]) -> None:
        """Say how large the matrix is, and what its rows and columns are."""
        for box, size, name in zip((self._row, self._col), shape, names, strict=True):
            box.setMaximum(max(0, size - 1))
            box.setPrefix(f"{name.partition(' ')[2]} ")  # without "to" or "from": the arrow says it
            box.setAccessibleName(f"Unit {name}")
            box.setToolTip(f"Which unit: {name}")

    def open_at(self, row: int, col: int, cell: QRect) -> None:
        """Open beside a cell of the parent, inside it."""
        for box, place in ((self._row, row), (self._col, col)):
            blocked = box.blockSignals(True)
            box.setValue(place)
            box.blockSignals(blocked)
        room = self.parentWidget()
        assert room is not None  # noqa: S101  (it is made with one)
        self.setMaximumWidth(room.width() - 4)
        self.adjustSize()
        left = min(max(2, cell.center().x() - self.width() // 2), room.width() - self.width() - 2)
        top = cell.bottom() + 4
        if top + self.height() > room.height() - 2:
            top = max(2, cell.top() - self.height() - 4)
        self.move(max(2, left), top)
        self.show()
        self.raise_()
        self._value.setFocus()
        self._look()

    def show_value(self, value: float) -> None:
        """Show the entry's present value, once: then the number belongs to the user."""
        if self._fresh:
            self._fresh = False
            self._value.set_value(value)
            self._value.selectAll()

    def close_editor(self) -> None:
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_editor()
        else:
            super().keyPressEvent(event)

    def _look(self) -> None:
        self._fresh = True
        self.asked.emit(*self.cell)

    def _commit(self, value: object) -> None:
        if isinstance(value, int | float) and not self._fresh:
            self.committed.emit(*self.cell, float(value))
