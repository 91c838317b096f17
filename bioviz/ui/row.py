"""One field of a form: what it is called, its editor, and what is to be said about it."""

from __future__ import annotations

from html import escape
from typing import Any

from pydantic.fields import FieldInfo
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QWidget

from . import theme
from .editor import extra, make, none_word
from .label import Picture, toned
from .limits import Limits
from .number import NumberEdit
from .scale import keep
from .word import humanise, in_sentence, typed


class Row(QObject):
    """One field on the form: its label, its editor, its note and what is wrong with it."""

    edited = Signal(str, object)

    def __init__(self, name: str, info: FieldInfo, parent: QWidget) -> None:
        super().__init__(parent)
        self.name, self.info = name, info
        self.title = info.title or humanise(name)
        self.editor = make(info.annotation, info, self.title)
        self.label = QLabel(parent)
        self.message = Message(parent)
        self.note = toned("", "muted", wrap=True)
        self.note.setParent(parent)
        self.note.hide()
        self.reset = QAction("Reset to default", parent)
        self._explain()
        self._connect()

    def _connect(self) -> None:
        self.editor.committed.connect(self._commit)
        self.reset.triggered.connect(self._to_default)
        inner = getattr(self.editor, "inner", self.editor)
        if isinstance(inner, NumberEdit):
            inner.rejected.connect(self.message.say)

    def _commit(self, value: object) -> None:
        self.edited.emit(self.name, value)

    def _to_default(self) -> None:
        self.edited.emit(self.name, self.default())

    def _explain(self) -> None:
        tip = self._tip()
        self.label.setWordWrap(True)
        keep(self.label, "least width", 48)  # it wraps rather than widen a narrow column
        self.label.setBuddy(self.editor)
        self.label.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        if not isinstance(self.editor, QLineEdit):
            self.editor.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.reset.setToolTip(f"Set {in_sentence(self.title)} to its default")
        for widget in (self.label, self.editor):
            widget.setToolTip(tip)
            widget.addAction(self.reset)
        for widget in {self.editor, getattr(self.editor, "inner", self.editor)}:
            widget.setAccessibleName(self.title)
            widget.setAccessibleDescription(self.info.description or "")

    def default(self) -> Any:
        """Return the field's default; `...` where it must be given."""
        return ... if self.info.is_required() else self.info.get_default(call_default_factory=True)

    def _tip(self) -> str:
        more, limits = extra(self.info), Limits.of(self.info).say()
        lines = [self.info.description or self.title]
        if symbol := more.get("symbol"):
            lines.append(f"Symbol: {symbol}")
        if self.default() is not ...:
            lines.append(f"Default: {self._word(self.default())}")
        if limits:
            lines.append(f"Must be {limits}.")
        if more.get("rebuild"):
            lines.append("Changing this rebuilds the network.")
        return "\n".join(lines)

    def _word(self, value: Any) -> str:
        if value is None:
            return none_word(self.info)
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, int | float):
            return f"{typed(value)} {extra(self.info).get('unit', '')}".strip()
        names: dict[Any, str] = extra(self.info).get("names", {})
        return names.get(value) or humanise(str(value))

    def show_value(self, value: Any) -> None:
        """Show `value`, and whether it differs from the default."""
        self.editor.set_value(value)
        default = self.default()
        changed = default is not ... and value != default
        self.reset.setEnabled(changed)
        if default is not ...:
            self.reset.setText(f"Reset to default ({self._word(default)})")
        self.mark(changed)

    def mark(self, changed: bool) -> None:
        look = theme.current()
        words = escape(self.title)
        if changed:
            words += f"&nbsp;<b style='color:{look.accent}'>•</b>"
        if extra(self.info).get("rebuild"):
            words += f"&nbsp;<span style='color:{look.muted}'>↻</span>"
        self.label.setText(words)

    def place(self, grid: QGridLayout) -> None:
        """Put the row's pieces at the end of `grid`: words left, editor right, remarks below."""
        line = grid.rowCount()
        self._place = grid, line
        grid.setRowMinimumHeight(line, theme.current().control)
        grid.addWidget(self.label, line, 0, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(self.editor, line, 1, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(self.message, line + 1, 0, 1, 2)
        grid.addWidget(self.note, line + 2, 0, 1, 2)

    def show_row(self, shown: bool) -> None:
        """Show the row or take it away, room and all."""
        grid, line = self._place
        grid.setRowMinimumHeight(line, theme.current().control if shown else 0)
        for widget in (self.label, self.editor):
            widget.setVisible(shown)


class Message(QWidget):
    """What is wrong with a value, in red and with a sign, below it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = toned("", "danger", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 4)
        row.setSpacing(6)
        row.addWidget(Picture("error", "danger", 16), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        self.hide()

    def text(self) -> str:
        return self._words.text()

    def say(self, text: str) -> None:
        self._words.setText(text)
        self.setVisible(bool(text))
