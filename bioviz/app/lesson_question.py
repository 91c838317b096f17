"""A question in a lesson: answers to choose from, and a sentence on the one that was chosen."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from ..core.snapshot import Snapshot, Wanted
from ..session.lesson import Question
from ..session.lesson_text import pieces
from ..ui.prose import Prose
from .lesson_choice import ChoiceButton
from .lesson_reader import Reader


class QuestionBox(QWidget):
    """Any number of answers may be tried; each says why it is right or not."""

    asked = Signal(str)  # a link in what it says

    def __init__(self, question: Question, reader: Reader) -> None:
        super().__init__()
        self._question, self._reader = question, reader
        self._chosen = -1
        self._build()
        self._group.idClicked.connect(self.choose)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(5)
        self._ask = Prose()
        column.addWidget(self._ask)
        self._group = QButtonGroup(self)
        self.answers = [ChoiceButton(answer.text) for answer in self._question.answers]
        for place, button in enumerate(self.answers):
            self._group.addButton(button, place)
            column.addWidget(button)
        self.why = Prose()
        self.why.hide()
        column.addWidget(self.why)
        self._ask.asked.connect(self.asked)
        self.why.asked.connect(self.asked)
        self.show_snapshot(None)

    def choose(self, place: int) -> None:
        """Take an answer, and say what there is to be said of it."""
        self._chosen = place
        answer = self._question.answers[place]
        for number, button in enumerate(self.answers):
            judged = "right" if answer.right else "wrong"
            button.judge(judged if number == place else "open")  # type: ignore[arg-type]
        self.why.show()
        self.show_snapshot(None)

    def wanted(self) -> Wanted:
        return self._reader.wanted(pieces(self._question.ask) + pieces(self._why))

    def show_snapshot(self, snapshot: Snapshot | None) -> None:
        self._ask.say(self._reader.spans(pieces(self._question.ask), snapshot))
        if self._chosen >= 0:
            self.why.say(self._reader.spans(pieces(self._why), snapshot))

    @property
    def _why(self) -> str:
        """What is said of the chosen answer, with its verdict in words."""
        if self._chosen < 0:
            return ""
        answer = self._question.answers[self._chosen]
        return f"{'Right.' if answer.right else 'Not quite.'} {answer.why}"
