"""The lesson card: what a session asks, what it teaches, and what there is to see."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ..session.session import About
from ..ui.label import toned
from .rule_card import serif


class LessonCard(QWidget):
    """A session's own words, beside the network that they are about."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: dict[str, tuple[QWidget | None, QLabel]] = {}
        self._build()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 14)
        column.setSpacing(4)
        self._title = toned("", "title", wrap=True)
        self._title.setFont(serif(self.font(), 1.4, QFont.Weight.DemiBold))
        column.addWidget(self._title)
        self._question = toned("", "question", wrap=True)
        font = serif(self.font(), 1.15)
        font.setItalic(True)
        self._question.setFont(font)
        column.addWidget(self._question)
        for key, heading in (("lesson", ""), ("see", "What to see"), ("source", "Source")):
            label = toned("", "muted" if key == "source" else "", wrap=True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            above = toned(heading, "heading") if heading else None
            column.addSpacing(8)
            if above is not None:
                column.addWidget(above)
            column.addWidget(label)
            self._parts[key] = (above, label)
        column.addStretch()

    def show_about(self, about: About) -> None:
        """Show what a session says of itself; parts that it leaves out are left out."""
        self._title.setText(about.title)
        self._question.setText(about.question)
        self._question.setVisible(bool(about.question))
        for key, (above, label) in self._parts.items():
            text = getattr(about, key)
            label.setText(text)
            label.setVisible(bool(text))
            if above is not None:
                above.setVisible(bool(text))
        self.setAccessibleName(f"Lesson: {about.title}")
