"""The sheet of shortcuts: every key of the program, in groups, as key caps."""

from __future__ import annotations

from collections.abc import Sequence

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

Row = tuple[str, str, str]  # group, what is done, and keys as portable text

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

    def __init__(self, rows: Sequence[Row], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keys")
        self.setModal(False)
        self.setSizeGripEnabled(True)
        self._build(rows)

    def sizeHint(self) -> QSize:
        inside = self._sheet.sizeHint()
        return QSize(min(inside.width() + 36, 760), min(inside.height() + 28, 640))

    def _build(self, rows: Sequence[Row]) -> None:
        self._sheet = QWidget()
        sheet = QVBoxLayout(self._sheet)
        sheet.setContentsMargins(24, 20, 24, 16)
        sheet.setSpacing(14)
        columns = QHBoxLayout()
        columns.setSpacing(40)
        for groups in halves(grouped(rows)):
            columns.addLayout(_column(groups), 1)
        sheet.addLayout(columns)
        sheet.addStretch()
        note = toned("Letters work while no text field has the focus. Esc closes this.", "muted")
        sheet.addWidget(note)
        area = QScrollArea()
        area.setWidget(self._sheet)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)


def grouped(rows: Sequence[Row]) -> dict[str, list[tuple[str, str]]]:
    """What is done and its keys, by group, in the order in which groups first come."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for group, text, keys in rows:
        groups.setdefault(group, []).append((text, keys))
    return groups


def halves(
    groups: dict[str, list[tuple[str, str]]],
) -> tuple[dict[str, list[tuple[str, str]]], dict[str, list[tuple[str, str]]]]:
    """Part the groups where the two columns come out nearest in height; order is kept."""
    names = list(groups)
    heights = [len(groups[name]) + 2 for name in names]
    total = sum(heights)
    cut = min(
        range(len(names) + 1), key=lambda place: abs(total - 2 * sum(heights[:place])), default=0
    )
    parts = [{name: groups[name] for name in part} for part in (names[:cut], names[cut:])]
    return parts[0], parts[1]


def caps(keys: str) -> list[str]:
    """The caps of a key sequence, as this machine names them: 'Ctrl+Shift+Z' into three."""
    native = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText) or keys
    if native == "+":
        return ["+"]
    parts = native.removesuffix("++").split("+") + ["+"] * native.endswith("++")
    return [NAMES.get(part, part) for part in parts]


def _column(groups: dict[str, list[tuple[str, str]]]) -> QVBoxLayout:
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
    for cap in caps(keys):
        row.addWidget(KeyCap(cap), 0, Qt.AlignmentFlag.AlignVCenter)
    return row
