"""One step of a lesson: its text, and what there is to do besides reading it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ..core.snapshot import NOTHING, Snapshot, Wanted
from ..session.lesson import Step
from ..session.lesson_text import Piece, paragraphs
from ..ui.prose import Prose
from .lesson_equation import EquationBox
from .lesson_prediction import PredictionBox
from .lesson_question import QuestionBox
from .lesson_reader import Reader


class StepPage(QWidget):
    """A page of a lesson; it keeps what was chosen on it."""

    asked = Signal(str)  # a link was pressed
    changed = Signal()  # what is wanted has changed

    def __init__(self, step: Step, reader: Reader) -> None:
        super().__init__()
        self._reader = reader
        self._paragraphs: list[tuple[list[Piece], Prose]] = []
        self.equation = EquationBox(step.equation) if step.equation is not None else None
        self.question = QuestionBox(step.question, reader) if step.question is not None else None
        self.prediction = PredictionBox(step.predict, reader) if step.predict is not None else None
        self._build(step)
        self._connect()

    def _build(self, step: Step) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(9)
        for line in paragraphs(step.text):
            prose = Prose()
            prose.say(self._reader.spans(line, None))
            column.addWidget(prose)
            self._paragraphs.append((line, prose))
        for extra in (self.equation, self.question, self.prediction):
            if extra is not None:
                column.addWidget(extra)

    def _connect(self) -> None:
        for _, prose in self._paragraphs:
            prose.asked.connect(self.asked)
        if self.question is not None:
            self.question.asked.connect(self.asked)
        if self.prediction is not None:
            self.prediction.asked.connect(self.asked)
            self.prediction.changed.connect(self.changed)

    def wanted(self) -> Wanted:
        """What the next snapshot must contain for the numbers in it."""
        texts = [self._reader.wanted(line) for line, _ in self._paragraphs]
        boxes = (self.equation, self.question, self.prediction)
        return NOTHING.union(*texts, *(box.wanted() for box in boxes if box is not None))

    def show_snapshot(self, snapshot: Snapshot | None) -> None:
        """Tell the numbers as they are now; without a snapshot there are none yet."""
        for line, prose in self._paragraphs:
            prose.say(self._reader.spans(line, snapshot))
        if self.question is not None:
            self.question.show_snapshot(snapshot)
        if self.prediction is not None:
            self.prediction.show_snapshot(snapshot)
        if self.equation is not None and snapshot is not None:
            self.equation.show_snapshot(snapshot)

    def name_units(self) -> None:
        """Word again what depends on the network that is built."""
        if self.prediction is not None:
            self.prediction.name_guesses()
        self.show_snapshot(None)
