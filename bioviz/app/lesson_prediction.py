"""A prediction in a lesson: guess what will be measured, run, and see both side by side."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ..core.request_lesson import ValueAt
from ..core.snapshot import NOTHING, Snapshot, Wanted
from ..session.lesson import Prediction
from ..session.lesson_text import pieces
from ..ui import theme
from ..ui.label import Flow, run
from ..ui.prose import Prose
from .lesson_reader import Reader


class PredictionBox(QWidget):
    """The measured value is asked for, and shown, only once something was foretold."""

    asked = Signal(str)
    changed = Signal()  # what is wanted has changed

    def __init__(self, prediction: Prediction, reader: Reader) -> None:
        super().__init__()
        self._prediction, self._reader = prediction, reader
        self._index = prediction.experiment - 1
        self._request = ValueAt(prediction.channel, prediction.trials, self._index)
        self.guess: float | None = None
        self.measured: float | None = None
        self._build()
        self.show_snapshot(None)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(6)
        self._ask, self.told = Prose(), Prose()
        guesses = QWidget()
        line = Flow(guesses, gap=6, line_gap=6)
        self.buttons = [QPushButton() for _ in self._prediction.guesses]
        for guess, button in zip(self._prediction.guesses, self.buttons, strict=True):
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # after a click Space still plays
            button.clicked.connect(partial(run, partial(self.choose, guess)))
            line.addWidget(button)
        self.scale = Reveal()
        self.scale.hide()
        self.told.hide()
        for widget in (self._ask, guesses, self.scale, self.told):
            column.addWidget(widget)
        self._ask.asked.connect(self.asked)
        self.told.asked.connect(self.asked)
        self.name_guesses()

    def name_guesses(self) -> None:
        """Word the guesses with the channel's unit, which is known once the network is built."""
        for guess, button in zip(self._prediction.guesses, self.buttons, strict=True):
            words = self._word(guess)
            button.setText(words)
            button.setToolTip(f"Foretell {words}")
            button.setAccessibleName(f"Foretell {words}")

    def choose(self, guess: float) -> None:
        """Foretell a value; another one may still be chosen until the run is there."""
        self.guess = guess
        for other, button in zip(self._prediction.guesses, self.buttons, strict=True):
            button.setChecked(other == guess)
        self.told.show()
        self.show_snapshot(None)
        self.changed.emit()

    def wanted(self) -> Wanted:
        live = self._reader.wanted(pieces(self._prediction.ask) + pieces(self._prediction.why))
        return live | {self._request} if self.guess is not None and self._known else NOTHING | live

    @property
    def _known(self) -> bool:
        return self._reader.channel(self._prediction.channel, self._index) is not None

    def show_snapshot(self, snapshot: Snapshot | None) -> None:
        if snapshot is not None:
            self.measured = snapshot.get(self._request)
        self._ask.say(self._reader.spans(pieces(self._prediction.ask), snapshot))
        if self.guess is None:
            return
        self.told.say(self._reader.spans(pieces(self._words()), snapshot))
        reached = self.measured is not None
        for button in self.buttons:
            button.setEnabled(not reached)
        if self.measured is not None:
            self.scale.show_values(self._prediction.guesses, self.guess, self.measured)
        self.scale.setVisible(reached)

    def _words(self) -> str:
        assert self.guess is not None  # noqa: S101
        trials = self._prediction.trials
        if self.measured is None:
            return f"You say {self._word(self.guess)}. [Run to trial {trials:,}](until:{trials})"
        near = min(self._prediction.guesses, key=self._distance) == self.guess
        verdict = "Nothing offered was nearer." if near else "Another guess was nearer."
        said, found = self._word(self.guess), self._word(self.measured)
        told = f"At trial {trials:,} it was {found}; you said {said}. {verdict}"
        return f"{told} {self._prediction.why}".rstrip()

    def _distance(self, guess: float) -> float:
        return abs(guess - (self.measured or 0.0))

    def _word(self, value: float) -> str:
        return self._reader.worded(value, self._prediction.channel, self._index)


class Reveal(QWidget):
    """A line on which lie what was foretold, a ring, and what was measured, a disc."""

    def __init__(self) -> None:
        super().__init__()
        self._guesses: tuple[float, ...] = ()
        self._guess = self._measured = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        theme.notifier.changed.connect(self.update)

    def show_values(self, guesses: tuple[float, ...], guess: float, measured: float) -> None:
        self._guesses, self._guess, self._measured = guesses, guess, measured
        self.setAccessibleName("What was foretold and what was measured, on one line")
        self.setToolTip("Ring: what you foretold. Disc: what was measured.")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, 2 * self.fontMetrics().height() + 14)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look = QPainter(self), theme.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.height() / 2
        painter.setPen(QPen(QColor(look.outline), 2))
        painter.drawLine(14, int(middle), self.width() - 14, int(middle))
        for guess in self._guesses:
            x = self._x(guess)
            painter.drawLine(int(x), int(middle - 4), int(x), int(middle + 4))
        self._mark(painter, self._guess, QColor(look.base), QColor(look.accent))
        self._mark(painter, self._measured, QColor(look.good), QColor(look.good))
        painter.setPen(QColor(look.accent))
        self._write(painter, self._guess, "you", 0)
        painter.setPen(QColor(look.good))
        self._write(painter, self._measured, "the run", self.height() - self.fontMetrics().height())

    def _mark(self, painter: QPainter, value: float, fill: QColor, line: QColor) -> None:
        painter.setPen(QPen(line, 2))
        painter.setBrush(fill)
        size = 9.0 if fill != line else 6.0
        box = QRectF(0, 0, size, size)
        box.moveCenter(QRectF(self.rect()).center())
        box.moveLeft(self._x(value) - size / 2)
        painter.drawEllipse(box)

    def _write(self, painter: QPainter, value: float, words: str, top: int) -> None:
        wide = self.fontMetrics().horizontalAdvance(words) + 2
        left = min(max(0, self._x(value) - wide / 2), self.width() - wide)
        room = QRectF(left, top, wide, self.fontMetrics().height())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), words)

    def _x(self, value: float) -> float:
        """Where a value lies between the least and the greatest on the line."""
        all_ = (*self._guesses, self._measured)
        low, high = min(all_), max(all_)
        share = (value - low) / (high - low) if high > low else 0.5
        return 20 + share * (self.width() - 40)
