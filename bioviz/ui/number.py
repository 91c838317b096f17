"""A number to type, or to step by keys and wheel."""

from __future__ import annotations

from math import floor, isfinite, log10

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)

from . import theme
from .limits import Limits
from .line import LineBox
from .word import in_sentence, typed

NUMBER_KEYS = (  # rows for the sheet of shortcuts
    ("Fields", "Next number up or down", "Up Down"),
    ("Fields", "Take back what was typed", "Esc"),
)


class NumberEdit(LineBox):
    """A number typed as people write it (3e-5, 0.05); a wrong one is explained, never erased."""

    committed = Signal(object)
    rejected = Signal(str)  # why the text is no value; "" when that is mended

    def __init__(
        self,
        limits: Limits | None = None,
        title: str = "Value",
        unit: str = "",
        *,
        whole: bool = False,
    ) -> None:
        super().__init__()
        self._limits, self._title, self._unit = limits or Limits(), title, unit
        self._whole = whole
        self._value: float = 0
        self._wrong = False
        if unit:
            self.setTextMargins(0, 0, self.fontMetrics().horizontalAdvance(unit) + 6, 0)
        self.editingFinished.connect(self.finish)

    def value(self) -> float:
        """Return the last good value, to its last bit."""
        return self._value

    def set_value(self, value: object) -> None:
        assert isinstance(value, int | float)  # noqa: S101
        if value == self._value and self.text():
            return  # what is being typed belongs to the user
        self._value = value
        self._restore()

    def finish(self) -> None:
        """Take what was typed, or say what is wrong with it."""
        if self.text() == typed(self._value):
            self._complain("")
            return
        reason, value = self._read()
        self._complain(reason)
        if not reason:
            self._take(value)

    def step(self, up: bool) -> None:
        """Go to the next value up or down: 1, 2, 5, 10... where values are positive."""
        reason, value = self._read()
        start = self._value if reason else value
        after = _decade(start, up) if self._limits.positive else _nudge(start, up)
        after = max(1, round(after)) if self._whole and self._limits.positive else after
        after = self._whole_or_not(after)
        if self._limits.allow(after) and after != self._value:
            self._complain("")
            self._take(after)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.step(event.key() == Qt.Key.Key_Up)
        elif event.key() == Qt.Key.Key_Escape and self.text() != typed(self._value):
            self._restore()
            self.selectAll()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus() and event.angleDelta().y():
            self.step(event.angleDelta().y() > 0)
            event.accept()
        else:
            event.ignore()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if not self._wrong:
            self.setCursorPosition(0)  # a long number shows its leading digits

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._unit:
            painter = QPainter(self)
            look = theme.current()
            painter.setPen(QColor(look.muted if self.isEnabled() else look.disabled))
            inside = self.rect().adjusted(8, 0, -8, 0)
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(inside, flags, self._unit)

    def _take(self, value: float) -> None:
        self._value = value
        self.setText(typed(value))
        self.committed.emit(value)

    def _restore(self) -> None:
        self.setText(typed(self._value))
        self._complain("")

    def _read(self) -> tuple[str, float]:
        """Return what is wrong with the text ("" if nothing) and its value."""
        text = self.text().strip().replace("−", "-")
        name = in_sentence(self._title)
        if "," in text:
            pointed = text.replace(",", ".")
            return f"Write decimals with a point: {pointed}, not {text}.", 0.0
        try:
            value = self._whole_or_not(float(text))
        except (ValueError, OverflowError):
            kind = "a whole number" if self._whole else "a number such as 0.05 or 3e-5"
            return f"The {name} must be {kind}.", 0.0
        if self._whole and value != float(text):
            return f"The {name} must be a whole number.", 0.0
        if not isfinite(value) or not self._limits.allow(value):
            return f"The {name} must be {self._limits.say() or 'finite'}.", 0.0
        return "", value

    def _whole_or_not(self, value: float) -> float:
        return int(value) if self._whole else value

    def _complain(self, reason: str) -> None:
        if self._wrong != bool(reason):
            self._wrong = bool(reason)
            self.setProperty("wrong", self._wrong)
            self.style().unpolish(self)  # a property that a style sheet asks about changed
            self.style().polish(self)
        self.rejected.emit(reason)


def _decade(value: float, up: bool) -> float:
    """Return the next of 1, 2, 5 times a power of ten beside `value`."""
    if value <= 0:
        return 0.001 if up else 0.0
    power = floor(log10(value))
    ladder = [float(f"{m}e{power + p}") for p in (-1, 0, 1) for m in (1, 2, 5)]
    if up:
        return min(v for v in ladder if v > value * (1 + 1e-9))
    return max(v for v in ladder if v < value * (1 - 1e-9))


def _nudge(value: float, up: bool) -> float:
    power = floor(log10(abs(value))) if value else 0
    step = float(f"1e{power - 1}")
    return round(value + (step if up else -step), max(0, 1 - power))
