"""The sheet of shortcuts: every key of the program, in groups, as key caps."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ..ui.label import KeyCap, toned
from ..ui.panel import KeyRow

Groups = dict[str, list[tuple[str, str]]]

LONG = 24  # rows from which there are three columns

NAMES = {
    "Left": "←",
    "Right": "→",
    "Up": "↑",
    "Down": "↓",
    "Return": "Enter",
    "Del": "Delete",
    "Ins": "Insert",
}


class ShortcutSheet(QDialog):
    """A window beside the work: it takes no focus away and closes with Esc."""

    def __init__(self, rows: Sequence[KeyRow], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keys")
        self.setModal(False)
        self.setSizeGripEnabled(True)
        self._build(rows)

    def sizeHint(self) -> QSize:
        inside = self._sheet.sizeHint()
        room = self.screen().availableGeometry()
        wide, high = min(1180, room.width() - 40), min(860, room.height() - 60)
        return QSize(min(inside.width() + 36, wide), min(inside.height() + 28, high))

    def _build(self, rows: Sequence[KeyRow]) -> None:
        self._sheet = QWidget()
        sheet = QVBoxLayout(self._sheet)
        sheet.setContentsMargins(24, 20, 24, 16)
        sheet.setSpacing(14)
        columns = QHBoxLayout()
        columns.setSpacing(36)
        for groups in parted(grouped(rows), 3 if len(rows) > LONG else 2):
            columns.addLayout(_column(groups), 1)
        sheet.addLayout(columns)
        sheet.addStretch()
        words = (
            "Letters work while no text field has the focus. Tab goes on to the next control; "
            "Enter presses a button and opens a list, the arrows change it. Esc closes this."
        )
        note = toned(words, "muted", wrap=True)
        sheet.addWidget(note)
        area = QScrollArea()
        area.setWidget(self._sheet)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)


def grouped(rows: Sequence[KeyRow]) -> Groups:
    """What is done and its keys, by group, in the order in which groups first come."""
    groups: Groups = {}
    for group, text, keys in rows:
        groups.setdefault(group, []).append((text, keys))
    return groups


def parted(groups: Groups, count: int) -> list[Groups]:
    """Part the groups into columns, the longest of them as short as can be; order is kept."""
    names = list(groups)
    columns: list[list[list[str]]] = []
    for cuts in combinations(range(1, len(names)), min(count, len(names)) - 1 if names else 0):
        ends = [0, *cuts, len(names)]
        columns.append([names[left:right] for left, right in pairwise(ends)])

    def longest(parts: list[list[str]]) -> int:
        return max(sum(len(groups[name]) + 2 for name in part) for part in parts)

    best = min(columns, key=longest) if names else []
    return [{name: groups[name] for name in part} for part in best]


def caps(keys: str) -> list[str]:
    """The caps of a key sequence, as this machine names them: 'Ctrl+Shift+Z' into three."""
    native = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText) or keys
    if native == "+":
        return ["+"]
    parts = native.removesuffix("++").split("+") + ["+"] * native.endswith("++")
    return [NAMES.get(part, part) for part in parts]


def _column(groups: Groups) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(18)
    for group, lines in groups.items():
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        grid.addWidget(toned(group, "heading"), 0, 0)
        for line, (text, keys) in enumerate(lines, 1):
            grid.addWidget(toned(text, ""), line, 0)
            grid.addLayout(_caps(keys), line, 1)
        column.addLayout(grid)
    column.addStretch()
    return column


def _caps(keys: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(3)
    row.addStretch()
    for place, sequence in enumerate(keys.split(" ")):
        row.addSpacing(6 if place else 0)
        for cap in caps(sequence):
            row.addWidget(KeyCap(cap), 0, Qt.AlignmentFlag.AlignVCenter)
    return row
