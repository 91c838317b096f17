"""The plausibility of all rules in one table: rules down, what a brain wants across."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import wrap

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ..core.plausibility import CHECKS, Point, checklist
from ..core.registry import RULES
from ..core.rule import GROUPS
from ..ui import icon, theme
from ..ui.label import Empty, Picture, toned
from .checklist import SIGNS

Index = QModelIndex | QPersistentModelIndex
Table = Mapping[str, Sequence[Point]]
WIDE, HIGH, LINE = 90, 26, 10  # of a cell, in pixels, and of a line of its heading, in letters
HINT = "Choose a sign to read what was seen: every rule was watched in one trial."


def watch_all() -> dict[str, tuple[Point, ...]]:
    """The checklist of every rule; it takes a few seconds where loops must first be compiled."""
    return {key: checklist(key) for key in RULES}


class Centred(QStyledItemDelegate):
    """Draws a sign in the middle of its cell, where Qt would put it at the left."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        if index.column():
            option.decorationSize = option.rect.size()
            option.decorationAlignment = Qt.AlignmentFlag.AlignCenter


class PlausibilitySheet(QDialog):
    """A window beside the work; it is filled once every rule has been watched."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Plausibility of all rules")
        self.setModal(False)
        self.setSizeGripEnabled(True)
        self.places: dict[int, str] = {}  # the rule in each row of the table
        self._points: Table = {}
        self._build()
        self.resize(self.sizeHint())
        self.table.currentCellChanged.connect(self._explain)
        theme.notifier.changed.connect(self._recolour)

    def sizeHint(self) -> QSize:
        room = self.screen().availableGeometry()
        return QSize(min(1020, room.width() - 40), min(760, room.height() - 60))

    def _build(self) -> None:
        self._wait = Empty("plausibility", "Watching every rule learn from one example…")
        self.table = QTableWidget(0, 1 + len(CHECKS))
        self.table.setAccessibleName("Plausibility of all rules")
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setShowGrid(False)
        self.table.setWordWrap(True)
        self.table.verticalHeader().hide()
        self.table.setItemDelegate(Centred(self.table))
        self._head()
        self.words = toned(HINT, "", wrap=True)
        self.words.setMinimumHeight(2 * self.fontMetrics().lineSpacing())
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(10)
        column.addWidget(self._wait, 1)
        column.addWidget(self.table, 1)
        column.addWidget(self.words)
        column.addLayout(_legend())
        self.table.hide()

    def _head(self) -> None:
        self.table.setHorizontalHeaderItem(0, QTableWidgetItem("Rule"))
        for place, check in enumerate(CHECKS, 1):
            name = QTableWidgetItem(_broken(check.title))
            name.setToolTip(f"<p>{check.help}</p>")
            self.table.setHorizontalHeaderItem(place, name)
        head = self.table.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        head.setStretchLastSection(True)
        head.setHighlightSections(False)
        head.setDefaultSectionSize(WIDE)
        head.setMinimumHeight(3 * self.fontMetrics().lineSpacing() + 10)

    def show_table(self, points: Table) -> None:
        """Fill the table, rules under the headings of their groups."""
        self._points = points
        self._wait.hide()
        self.table.show()
        self.table.setRowCount(0)
        self.places = {}
        for group, heading in GROUPS.items():
            keys = [key for key in points if RULES[key].group == group]
            if keys:
                self._add_heading(heading)
            for key in keys:
                self._add_rule(key)
        self._recolour()

    def _add_heading(self, text: str) -> None:
        row = self.table.rowCount()
        self.table.insertRow(row)
        item = QTableWidgetItem(text)
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        item.setFont(font)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        self.table.setItem(row, 0, item)
        self.table.setSpan(row, 0, 1, 1 + len(CHECKS))
        self.table.setRowHeight(row, HIGH + 6)

    def _add_rule(self, key: str) -> None:
        row = self.table.rowCount()
        self.table.insertRow(row)
        self.places[row] = key
        name = QTableWidgetItem(f"  {RULES[key].title}")
        name.setToolTip(RULES[key].summary)
        self.table.setItem(row, 0, name)
        for place, point in enumerate(self._points[key], 1):
            item = QTableWidgetItem()
            item.setToolTip(f"<p>{point.words}</p>")
            said = f"{point.title}: {SIGNS[point.verdict][2]}"
            item.setData(Qt.ItemDataRole.AccessibleTextRole, said)
            self.table.setItem(row, place, item)
        self.table.setRowHeight(row, HIGH)

    def _recolour(self) -> None:
        """Draw every sign in the present theme's colours."""
        look, ratio = theme.current(), self.devicePixelRatioF()
        signs = {
            verdict: icon.pixmap(name, 16, getattr(look, colour), ratio)
            for verdict, (name, colour, _) in SIGNS.items()
        }
        for row, key in self.places.items():
            for place, point in enumerate(self._points[key], 1):
                index = self.table.model().index(row, place)
                sign = signs[point.verdict]
                self.table.model().setData(index, sign, Qt.ItemDataRole.DecorationRole)

    def _explain(self, row: int, column: int, *_: int) -> None:
        """Say below the table what the sign that is chosen stands for."""
        key = self.places.get(row)
        if key is None:
            self.words.setText(HINT)
        elif column == 0:
            self.words.setText(f"{RULES[key].title}: {RULES[key].summary}")
        else:
            point = self._points[key][column - 1]
            self.words.setText(f"{RULES[key].title}. {point.title}: {point.words} {point.help}")


def _legend() -> QHBoxLayout:
    """Make the key to the signs."""
    row = QHBoxLayout()
    row.setSpacing(6)
    for name, colour, said in SIGNS.values():
        row.addWidget(Picture(name, colour, 16))
        row.addWidget(toned(said, "muted"))
        row.addSpacing(14)
    row.addStretch()
    return row


def _broken(title: str) -> str:
    """A heading on several short lines."""
    return "\n".join(wrap(title, LINE, break_long_words=False))
