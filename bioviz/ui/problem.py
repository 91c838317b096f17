"""A message in the place it is about: never a dialog, gone with one click."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Literal, TypeAlias

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QWidget

from . import icon, theme
from .label import Picture, run, toned

Severity: TypeAlias = Literal["info", "warning", "error"]
Answer: TypeAlias = tuple[str, Callable[[], object]]

_COLOURS = {"info": "accent", "warning": "warning", "error": "danger"}


class ProblemBar(QFrame):
    """One sentence on what is wrong, and buttons that put it right."""

    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: list[QPushButton] = []
        self._build()
        self._close.clicked.connect(self.dismiss)
        self.hide()

    def _build(self) -> None:
        look = theme.current()
        self._picture = Picture("info")
        self._sentence = toned("", "", wrap=True)
        self._sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._close = QToolButton()
        self._close.setToolTip("Dismiss this message (Esc)")
        self._close.setAccessibleName("Dismiss this message")
        icon.tint(self._close, "close")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(look.margin, look.gap - 2, look.gap - 2, look.gap - 2)
        self._row.setSpacing(look.gap)
        self._row.addWidget(self._picture)
        self._row.addWidget(self._sentence, 1)
        self._row.addWidget(self._close)

    @property
    def text(self) -> str:
        """The sentence shown."""
        return self._sentence.text()

    def show_problem(self, kind: Severity, text: str, actions: Sequence[Answer] = ()) -> None:
        """Show `text`, with a button for each (words, callable) of `actions`."""
        self._clear()
        self.setProperty("kind", kind)
        self.style().unpolish(self)  # a property that a style sheet asks about changed
        self.style().polish(self)
        self._picture.show_icon(kind, _COLOURS[kind])
        self._sentence.setText(text)
        self.setAccessibleName(f"{kind}: {text}")
        for words, call in actions:
            self._offer(words, call)
        self.show()

    def dismiss(self) -> None:
        """Put the message away."""
        if not self.isHidden():
            self.hide()
            self.dismissed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def _offer(self, words: str, call: Callable[[], object]) -> None:
        button = QPushButton(words)
        button.setToolTip(words)
        button.clicked.connect(partial(run, call))
        self._row.insertWidget(self._row.count() - 1, button)
        self._buttons.append(button)

    def _clear(self) -> None:
        for button in self._buttons:
            button.hide()
            button.deleteLater()
        self._buttons.clear()
