"""Rows of recorded scalars as a model that grows at its end, and the view that shows them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from ..core.table import table_text
from ..figures.record_words import explain, head, in_column
from ..figures.word import number

if TYPE_CHECKING:
    from ..core.probe import ChannelInfo

Index = QModelIndex | QPersistentModelIndex

TABLE_KEYS = (  # rows for the sheet of shortcuts
    ("Table", "Copy what is selected", "Ctrl+C"),
    ("Table", "Select all of it", "Ctrl+A"),
    ("Table", "Stop following, and look back", "Up PgUp Home"),
)
BACK = (Qt.Key.Key_Up, Qt.Key.Key_PageUp, Qt.Key.Key_Home)  # keys that look at earlier rows


class RecordModel(QAbstractTableModel):
    """Trials down, channels across; rows are only ever added at the end."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = ["trial"]
        self._heads: list[str] = ["Trial\n"]
        self._tips: list[str] = ["Trials since the start."]
        self._parts: set[int] = set()  # columns recorded as fractions, and shown in percent
        self._rows = np.empty((0, 1))
        self._size = 0

    def start(self, infos: Sequence[ChannelInfo]) -> None:
        """Begin with other columns and no rows."""
        self.beginResetModel()
        self.names = ["trial", *(info.name for info in infos)]
        self._heads = ["Trial\n", *map(head, infos)]
        self._tips = ["Trials since the start.", *map(explain, infos)]
        self._parts = {place for place, info in enumerate(infos, 1) if info.part}
        self._rows = np.empty((0, len(self.names)))
        self._size = 0
        self.endResetModel()

    def clear(self) -> None:
        """Forget all rows."""
        self.beginResetModel()
        self._size = 0
        self.endResetModel()

    def append(self, rows: np.ndarray) -> None:
        """Add rows (n, columns) at the end."""
        end = self._size + len(rows)
        if end > len(self._rows):
            grown = np.empty((max(1024, 2 * end), len(self.names)))
            grown[: self._size] = self._rows[: self._size]
            self._rows = grown
        self.beginInsertRows(QModelIndex(), self._size, end - 1)
        self._rows[self._size : end] = rows
        self._size = end
        self.endInsertRows()

    def words(self, column: int) -> str:
        """What a column can be found by: its channel's name and its head, in small letters."""
        return f"{self.names[column]} {self._heads[column]}".lower().replace("_", " ")

    def headings(self, columns: Sequence[int]) -> list[str]:
        """What stands above columns that leave the program: where the screen has another unit
        than `values`, the heading says theirs."""
        return [
            f"{self.names[column]} (fraction)" if column in self._parts else self.names[column]
            for column in columns
        ]

    def values(self, columns: Sequence[int]) -> np.ndarray:
        """A copy of some columns, whole."""
        return self._rows[: self._size, list(columns)].copy()

    @property
    def last(self) -> float:
        """The last row's trial; before the first, minus infinity."""
        return float(self._rows[self._size - 1, 0]) if self._size else -np.inf

    # What Qt asks ---------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own signature)
        return 0 if parent.isValid() else self._size

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.names)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        value = float(self._rows[index.row(), index.column()])
        if role == Qt.ItemDataRole.DisplayRole:
            factor = 100 if index.column() in self._parts else 1
            return number(value, 10) if index.column() == 0 else in_column(factor * value)
        name, trial = self.names[index.column()], int(self._rows[index.row(), 0])
        exact = f"{value!r} (fraction)" if index.column() in self._parts else repr(value)
        return f"{name} at trial {trial:,}: {'no value' if value != value else exact}"

    def headerData(
        self, section: int, side: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if side == Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section]
        return self._tips[section] if role == Qt.ItemDataRole.ToolTipRole else None


class RecordView(QTableView):
    """Shows the rows; Ctrl+C copies the selection, exactly and with tabs between."""

    looked_back = Signal()  # somebody turned to earlier rows

    def __init__(self, model: RecordModel) -> None:
        super().__init__()
        self._record = model
        self.following = True  # whether the newest row stays in sight
        self.setModel(model)
        self.setAccessibleName("Recorded scalars")
        self.setToolTip("Ctrl+C copies what is selected; hover for the exact value")
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(self.fontMetrics().height() + 6)
        columns.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        columns.setMinimumSectionSize(40)

    def fit_columns(self) -> None:
        """Make each column as wide as its head and its numbers ask for."""
        metrics = self.fontMetrics()
        least = metrics.horizontalAdvance("−0.00012345")
        for column in range(self._record.columnCount()):
            head = self.horizontalHeader().sectionSizeHint(column)
            self.setColumnWidth(column, max(head, (least if column else 0) + 14))

    def follow(self) -> None:
        """Turn to the newest row, unless somebody is looking back."""
        if self.following:
            self.scrollToBottom()

    def shown(self) -> list[int]:
        """Return the columns that are not hidden."""
        columns = range(self._record.columnCount())
        return [column for column in columns if not self.isColumnHidden(column)]

    def copy_selection(self) -> None:
        """Put what is selected on the clipboard: a line a row, from the first to the last column
        of the selection; what lies between and is not selected stays empty."""
        chosen = np.zeros((self._record.rowCount(), self._record.columnCount()), bool)
        areas = self.selectionModel().selection()  # single indexes would take seconds
        for area in (areas.at(place) for place in range(areas.count())):
            chosen[area.top() : area.bottom() + 1, area.left() : area.right() + 1] = True
        columns = [column for column in self.shown() if chosen[:, column].any()]
        rows = np.flatnonzero(chosen[:, columns].any(axis=1))
        values = self._record.values(columns)[rows]
        values[~chosen[rows][:, columns]] = np.nan
        if len(rows):
            QGuiApplication.clipboard().setText(table_text((), values.tolist(), "\t"))

    def copy_all(self) -> None:
        """Put every row of the columns shown on the clipboard, under a line of names."""
        columns = self.shown()
        names, values = self._record.headings(columns), self._record.values(columns)
        text = table_text(names, values.tolist(), "\t")
        QGuiApplication.clipboard().setText(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selection()
            return
        if event.key() in BACK:
            self.looked_back.emit()
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.follow()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.angleDelta().y() > 0:
            self.looked_back.emit()
        super().wheelEvent(event)
