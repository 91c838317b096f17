"""A look at data before they are used: the first pictures, points in the plane, or rows."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QSizePolicy,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ..figures.task_words import Caption
from ..panels._axes import place
from ..panels._digits import PictureGrid
from ..panels._symbol import Key, class_colour, draw_symbol
from ..tasks._table import Table
from ..tasks._target import Target, target_of
from ..tasks.own_data import OwnDataParams
from ..ui import theme
from ..ui.label import Empty, Flow
from ..ui.word import number

PICTURES = 24
ROWS = 12
COLUMNS = 11
POINTS = 800
KEYS = 8  # classes that are named
ROOM = 0.06  # of the points' extent, around them


class DataPreview(QStackedWidget):
    """Shows whichever says most about what was read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.empty = Empty("data", "Choose a file or a folder, or drop one here.")
        self.pictures = PictureGrid("Pictures that were read")
        self.points = PointsPreview()
        self.rows = RowsPreview()
        for page in (self.empty, self.pictures, self.points, self.rows):
            self.addWidget(page)

    def clear(self) -> None:
        self.setCurrentWidget(self.empty)

    def show_table(self, table: Table, params: OwnDataParams) -> None:
        target = target_of(Path(params.path), table, params.target)
        if params.image is not None:
            self.pictures.show_pictures(*_pictures(table, params.image, target))
            self.setCurrentWidget(self.pictures)
        elif params.inputs == 2 and target.codes is not None:
            self.points.show_points(table, target)
            self.setCurrentWidget(self.points)
        else:
            self.rows.show_rows(table, target)
            self.setCurrentWidget(self.rows)


class RowsPreview(QTableWidget):
    """The first examples, one a row, the label last."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setAccessibleName("First examples")
        self.setToolTip("The first examples that were read, before scaling.")
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 6)

    def show_rows(self, table: Table, target: Target) -> None:
        count, wide = min(len(table), ROWS), min(table.inputs.shape[1], COLUMNS)
        names = [*(table.names or _numbered(wide))[:wide]]
        more = table.inputs.shape[1] - wide
        heads = [*names, *([f"{more:,} more"] if more else []), table.label]
        self.setColumnCount(len(heads))
        self.setRowCount(count)
        self.setHorizontalHeaderLabels(heads)
        for row in range(count):
            cells = [number(float(value), 4) for value in table.inputs[row, :wide]]
            cells += ["…"] * bool(more) + [_said(target, row)]
            for column, text in enumerate(cells):
                self.setItem(row, column, QTableWidgetItem(text))
        self.resizeColumnsToContents()
        self.horizontalHeader().setStretchLastSection(True)


class PointsPreview(QWidget):
    """Examples of two inputs as points in the plane, each class of its own shape and colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = Flow(gap=10)
        self.plot = PointsPlot()
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 0)
        column.setSpacing(2)
        column.addLayout(self._keys)
        column.addWidget(self.plot, 1)

    def show_points(self, table: Table, target: Target) -> None:
        while (item := self._keys.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for at, name in enumerate(target.classes[:KEYS]):
            self._keys.addWidget(Key("symbol", name, at, len(target.classes)))
        self.plot.show_points(table, target)


class PointsPlot(QWidget):
    """The plane with its points."""

    def __init__(self) -> None:
        super().__init__()
        self._points: list[tuple[float, float, int]] = []
        self._limits = (0.0, 1.0, 0.0, 1.0)
        self._names = ("", "")
        self._classes = 2
        self.setAccessibleName("Examples in the plane of their two inputs")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.notifier.changed.connect(self.update)

    def show_points(self, table: Table, target: Target) -> None:
        rows = _spread(len(table), POINTS)
        points = table.inputs[rows].astype(float)
        low, high = points.min(axis=0), points.max(axis=0)
        room = ROOM * np.where(high > low, high - low, 1.0)
        (x0, y0), (x1, y1) = (low - room).tolist(), (high + room).tolist()
        assert target.codes is not None  # noqa: S101  (the preview looked)
        codes = target.codes[rows].tolist()
        self._points = [(x, y, code) for (x, y), code in zip(points.tolist(), codes, strict=True)]
        self._limits = (x0, x1, y0, y1)
        self._names = (table.names or _numbered(2))[:2]  # type: ignore[assignment]
        self._classes = len(target.classes)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter = theme.current(), QPainter(self)
        axes = place(QRectF(self.rect()), self.fontMetrics(), self._limits, fill=True)
        painter.fillRect(axes.area, QColor(look.plot))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(look.plot), 0.8))
        for x, y, code in self._points:
            painter.setBrush(class_colour(code, self._classes))
            draw_symbol(painter, axes.point(x, y), code, 4)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        axes.draw(painter, *self._names)


def _pictures(
    table: Table, image: tuple[int, int], target: Target
) -> tuple[np.ndarray, list[Caption]]:
    rows = _spread(len(table), PICTURES)
    values = table.inputs[rows].astype(np.float32)
    low, high = (0.0, 255.0) if table.inputs.dtype == np.uint8 else (values.min(), values.max())
    shades = (values - low) / max(float(high - low), 1e-12)
    captions = [Caption(_said(target, row), None, _said(target, row)) for row in rows.tolist()]
    return shades.reshape(-1, *image), captions


def _spread(count: int, most: int) -> np.ndarray:
    """Rows from the first to the last, for data are often sorted by class."""
    return np.unique(np.linspace(0, count - 1, min(count, most)).astype(int))


def _said(target: Target, row: int) -> str:
    if target.codes is not None:
        return str(target.classes[int(target.codes[row])])
    assert target.numbers is not None  # noqa: S101  (one of the two is given)
    shown = ", ".join(number(float(value), 4) for value in target.numbers[row][:4])
    return f"{shown}, …" if target.outputs > 4 else shown


def _numbered(count: int) -> tuple[str, ...]:
    return tuple(f"input {place + 1}" for place in range(count))
