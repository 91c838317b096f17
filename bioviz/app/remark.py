"""A remark: one sentence below what it is about, with a sign for its kind; hidden when empty."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ..ui.label import Picture, toned

Kind = Literal["info", "error"]


class Remark(QWidget):
    """Says what an edit changed along, or why it could not be made."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = Picture("info", "muted", 16)
        self._words = toned("", "muted", wrap=True)
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(6)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        self.hide()

    @property
    def text(self) -> str:
        return "" if self.isHidden() else self._words.text()

    def say(self, text: str, kind: Kind = "info") -> None:
        """Show a sentence, or nothing."""
        tone = "danger" if kind == "error" else "muted"
        self._picture.show_icon(kind, tone)
        self._words.setProperty("tone", tone)
        self._words.style().unpolish(self._words)  # a property that a style sheet asks about
        self._words.style().polish(self._words)
        self._words.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))
