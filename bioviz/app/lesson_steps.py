"""The steps of a lesson: one page at a time, back and next, and a dot for each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from ..core.snapshot import NOTHING, Snapshot, Wanted
from ..session.lesson import Step
from ..ui import icon, theme
from ..ui.prose import Prose
from .lesson_choice import ChoiceButton
from .lesson_reader import Reader
from .lesson_step import StepPage

APART = 12  # pixels from dot to dot


class Steps(QWidget):
    """Pages are made once, so that what was chosen on them stays."""

    asked = Signal(str)
    changed = Signal()
    turned = Signal()  # another page is shown

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self._reader = reader
        self.pages: list[StepPage] = []
        self.place = 0
        self._scale = 1.0
        self._build()
        self.back.clicked.connect(self._go_back)
        self.onward.clicked.connect(self._go_on)

    def _build(self) -> None:
        self.back, self.onward, self.dots = QToolButton(), QToolButton(), Dots()
        for button, text, tip in (
            (self.back, "Back", "The step before"),
            (self.onward, "Next", "The next step"),
        ):
            button.setText(text)
            button.setToolTip(tip)
            button.setAccessibleName(tip)
        self.onward.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.onward.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        icon.tint(self.onward, "chevron-right")
        self._turning = QWidget()
        row = QHBoxLayout(self._turning)
        row.setContentsMargins(0, 6, 0, 0)
        row.addWidget(self.back)
        row.addWidget(self.dots, 1)
        row.addWidget(self.onward)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addWidget(self._turning)

    def show_steps(self, steps: Sequence[Step]) -> None:
        """Begin another lesson, at its first step."""
        for page in self.pages:
            self._column.removeWidget(page)
            page.hide()
            page.deleteLater()
        self.pages = [StepPage(step, self._reader) for step in steps]
        for place, page in enumerate(self.pages):
            self._column.insertWidget(place, page)
            page.asked.connect(self.asked)
            page.changed.connect(self.changed)
        if self._scale != 1:
            self._set_fonts()
        self._turning.setVisible(len(self.pages) > 1)
        self.go(0)

    def enlarge(self, scale: float) -> None:
        """Write everything so much larger."""
        if scale != self._scale:
            self._scale = scale
            self._set_fonts()

    def _set_fonts(self) -> None:
        """Fonts are set one by one: under a style sheet Qt hands none on."""
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * self._scale)
        for text in (*self.findChildren(Prose), *self.findChildren(ChoiceButton)):
            text.setFont(font)

    @property
    def page(self) -> StepPage | None:
        return self.pages[self.place] if self.pages else None

    @property
    def ended(self) -> bool:
        """Whether the last step is shown."""
        return self.place >= len(self.pages) - 1

    def go(self, place: int) -> None:
        """Turn to a step."""
        self.place = max(0, min(place, len(self.pages) - 1))
        for number, page in enumerate(self.pages):
            page.setVisible(number == self.place)
        self.back.setEnabled(self.place > 0)
        self.onward.setEnabled(not self.ended)
        self.dots.show_place(self.place, len(self.pages))
        self.turned.emit()
        self.changed.emit()

    def wanted(self) -> Wanted:
        return self.page.wanted() if self.page is not None else NOTHING

    def show_snapshot(self, snapshot: Snapshot) -> None:
        if self.page is not None:
            self.page.show_snapshot(snapshot)

    def name_units(self) -> None:
        """Another network was built: word again what depends on it."""
        for page in self.pages:
            page.name_units()

    def _go_back(self) -> None:
        self.go(self.place - 1)

    def _go_on(self) -> None:
        self.go(self.place + 1)


class Dots(QWidget):
    """How many steps there are, and which one this is."""

    def __init__(self) -> None:
        super().__init__()
        self._place, self._count = 0, 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.notifier.changed.connect(self.update)

    def show_place(self, place: int, count: int) -> None:
        self._place, self._count = place, count
        words = f"Step {place + 1} of {count}"
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._count * APART, 20)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look = QPainter(self), theme.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = (self.width() - (self._count - 1) * APART) / 2
        for number in range(self._count):
            here = number == self._place
            painter.setPen(
                QPen(QColor(look.accent if number <= self._place else look.disabled), 1.4)
            )
            painter.setBrush(QColor(look.accent) if here else Qt.BrushStyle.NoBrush)
            middle = QPointF(left + number * APART, self.height() / 2)
            size = 4.0 if here else 2.6
            painter.drawEllipse(middle, size, size)
