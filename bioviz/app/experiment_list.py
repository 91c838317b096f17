"""The experiments of a session, a row each with its mark: which one is looked at and edited."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ..core.catalogue import told_apart
from ..core.companion import title_of
from ..core.registry import RULES
from ..core.spec import ExperimentSpec
from ..ui import icon, theme
from ..ui.label import toned
from ..ui.mark import draw_mark, name_of

HIGH = 26
MARK = 11  # pixels


class ExperimentButton(QAbstractButton):
    """One experiment: its mark in its colour, and its name; the one looked at is filled."""

    def __init__(self, lane: int) -> None:
        super().__init__()
        self.lane = lane
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(120, HIGH)

    def minimumSizeHint(self) -> QSize:
        return QSize(60, HIGH)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(look.accent_soft if self.isChecked() else look.hover))
            painter.drawRoundedRect(self.rect(), look.radius, look.radius)
        if self.hasFocus():
            painter.setPen(QColor(look.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            inside = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(inside, look.radius, look.radius)
        draw_mark(painter, QPointF(8 + MARK / 2, self.height() / 2), MARK, self.lane)
        self._write(painter, look)

    def _write(self, painter: QPainter, look: theme.Theme) -> None:
        font = self.font()
        font.setBold(self.isChecked())
        painter.setFont(font)
        painter.setPen(QColor(look.text))
        room = self.rect().adjusted(14 + MARK, 0, -4, 0)
        words = painter.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)


class ExperimentRow(QWidget):
    """An experiment's button, and one to take it away."""

    def __init__(self, lane: int) -> None:
        super().__init__()
        self.button = ExperimentButton(lane)
        self.remove = QToolButton()
        self.remove.setIconSize(QSize(14, 14))
        self.remove.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        icon.tint(self.remove, "close")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.button, 1)
        row.addWidget(self.remove)

    def tell(self, name: str, rule: str) -> None:
        self.button.setText(name)
        mark = name_of(self.button.lane)
        self.button.setAccessibleName(f"Experiment {name}, {mark}")
        by = "" if name.startswith(rule) else f" It learns by {rule}."
        self.button.setToolTip(
            f"{name}\nClick to look at it and to edit its rule.{by} Its mark is the {mark}."
        )
        self.remove.setToolTip(f"Remove {name}\nThe others go on as they are; undo brings it back.")
        self.remove.setAccessibleName(f"Remove {name}")


class ExperimentList(QWidget):
    """All experiments of a session, while there are several."""

    chosen = Signal(int)
    removed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[ExperimentRow] = []
        self._group = QButtonGroup(self)
        self._build()

    def _build(self) -> None:
        self._column = QVBoxLayout()
        self._column.setSpacing(2)
        self.add = QToolButton()
        self.add.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self.add.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.add.setProperty("tone", "bare")
        head = QHBoxLayout()
        head.setContentsMargins(6, 0, 0, 0)
        head.addWidget(toned("Side by side", "heading"), 1)
        head.addWidget(self.add)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(2)
        outer.addLayout(head)
        outer.addLayout(self._column)
        self.hide()

    @property
    def rows(self) -> Sequence[ExperimentRow]:
        return tuple(self._rows)

    def show_experiments(self, experiments: Sequence[ExperimentSpec], active: int) -> None:
        """List them, with the `active` one chosen; a single one needs no list."""
        self._match(len(experiments))
        names = told_apart([title_of(spec) for spec in experiments])
        for row, spec, name in zip(self._rows, experiments, names, strict=True):
            rule = spec.rule.key
            row.tell(name, RULES[rule].title if rule in RULES else rule)
        self._rows[active].button.setChecked(True)
        self.setVisible(len(experiments) > 1)

    def _match(self, count: int) -> None:
        """Have as many rows as there are experiments."""
        while len(self._rows) < count:
            row = ExperimentRow(len(self._rows))
            row.button.clicked.connect(self._choose)
            row.remove.clicked.connect(self._remove)
            self._rows.append(row)
            self._group.addButton(row.button)
            self._column.addWidget(row)
        while len(self._rows) > count:
            row = self._rows.pop()
            self._group.removeButton(row.button)
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()

    def _choose(self) -> None:
        self.chosen.emit(next(row.button.lane for row in self._rows if row.button.isChecked()))

    def _remove(self) -> None:
        gone = self.sender()
        self.removed.emit(next(row.button.lane for row in self._rows if row.remove is gone))
