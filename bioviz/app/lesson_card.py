"""The lesson card: what a session asks, what it teaches, and what there is to see."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from ..ui import icon
from ..ui.label import toned
from ..ui.scale import letter
from .lesson import Lesson
from .remark import Remark
from .rule_card import serif


class LessonCard(QWidget):
    """A session's own words, beside the network that they are about."""

    again_asked = Signal(str)  # the key of the gallery network that the lesson came with

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = ""
        self._parts: dict[str, tuple[QWidget | None, QLabel]] = {}
        self._build()
        self._again.clicked.connect(self._ask_again)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 14)
        column.setSpacing(4)
        column.addWidget(self._offer_again())
        self._title = toned("", "title", wrap=True)
        letter(self._title, partial(serif, scale=1.4, weight=QFont.Weight.DemiBold))
        column.addWidget(self._title)
        self._question = toned("", "question", wrap=True)
        letter(self._question, partial(serif, scale=1.15, italic=True))
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

    def _offer_again(self) -> QWidget:
        """Make what is shown above a lesson that no longer fits what is worked on."""
        self.strayed = Remark()
        self._again = QPushButton("Open its network again")
        self._again.setToolTip(
            "Open the network that this lesson is about; unsaved work is asked about first."
        )
        icon.tint(self._again, "gallery")
        self._above = QWidget()
        column = QVBoxLayout(self._above)
        column.setContentsMargins(0, 0, 0, 10)
        column.setSpacing(6)
        column.addWidget(self.strayed)
        column.addWidget(self._again)
        self._above.hide()
        return self._above

    def say_strayed(self, words: str) -> None:
        """Say above the lesson that it no longer fits; nothing where it does."""
        self.strayed.say(words)
        self._above.setVisible(bool(words))

    def show_lesson(self, lesson: Lesson) -> None:
        """Show what a session says of itself; parts that it leaves out are left out."""
        about, self._key = lesson.about, lesson.key
        self._again.setVisible(bool(lesson.key))
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

    def _ask_again(self) -> None:
        self.again_asked.emit(self._key)
