"""The live equation: one weight's step, with the numbers of the sample that is looked at."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout

from ..core.request_lesson import Factors, WeightStep
from ..core.snapshot import Snapshot, Wanted
from ..session.lesson import Equation
from ..ui import theme
from ..ui.label import Steady, toned
from ..ui.word import number
from .rule_card import mathematics, serif

HELP = (
    "Learning rate times the error of the unit that the weight leads to, times the activity of the "
    "unit that it comes from: what the example that is looked at asks for by itself."
)


class EquationBox(QFrame):
    """delta w = eta delta h: the letters above, the numbers below."""

    def __init__(self, equation: Equation) -> None:
        super().__init__()
        self._equation = equation
        self._request = WeightStep(equation.projection, equation.post, equation.pre)
        self._build()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 8, 8)
        column.setSpacing(4)
        letters = QLabel(mathematics(f"Δ{self._name} = η × δ × h"))
        letters.setTextFormat(Qt.TextFormat.RichText)
        letters.setFont(serif(self.font(), 1.3))
        self.numbers = Steady()
        self.numbers.setFont(serif(self.font(), 1.15))
        column.addWidget(letters)
        column.addWidget(self.numbers)
        column.addWidget(toned("for the sample that is looked at", "muted", wrap=True))
        self.setToolTip(HELP)
        self._say(None)

    @property
    def _name(self) -> str:
        one = self._equation
        return f"{one.projection}[{one.post}, {one.pre}]"

    def wanted(self) -> Wanted:
        return frozenset({self._request})

    def show_snapshot(self, snapshot: Snapshot) -> None:
        self._say(snapshot.get(self._request))

    def _say(self, found: Factors | None) -> None:
        if found is None:
            words = "= …\n= …"
        else:
            parts = (found.rate, found.delta, found.activity)
            product = " × ".join(_factor(part) for part in parts)
            words = f"= {product}\n= {number(found.change, 2)}"
        if words != self.numbers.text():
            self.numbers.setText(words)
            self.setAccessibleName(f"Change of {self._name} {words}")

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter = theme.current(), QPainter(self)
        painter.fillRect(self.rect(), QColor(look.base))
        painter.fillRect(0, 0, 3, self.height(), QColor(look.accent))


def _factor(value: float) -> str:
    words = number(value, 2)
    return f"({words})" if value < 0 else words
