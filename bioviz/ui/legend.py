"""A legend: curves' names side by side, each with a piece of its line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from . import theme
from .label import Flow
from .mark import draw_mark


class Legend(Flow):
    """Names in a set order, whichever comes first; those that lie behind come last."""

    def __init__(self) -> None:
        super().__init__()
        self._order: list[str] = []
        self._keys: dict[Entry, str] = {}  # of those in front

    def set_order(self, keys: Sequence[str]) -> None:
        """Keep names in the order of these keys; others come after them."""
        if list(keys) == self._order:
            return
        self._order = list(keys)
        for place, entry in enumerate(sorted(self._keys, key=self._rank)):
            self.removeWidget(entry)
            self.insert(place, entry)

    def enter(self, entry: Entry, key: str | None) -> None:
        """Put a name in its place; one without a key lies behind."""
        if key is None:
            self.insert(self.count(), entry)
            return
        self._keys[entry] = key
        rank = self._rank(entry)
        before = sum(self._rank(other) <= rank for other in self._keys if other is not entry)
        self.insert(before, entry)

    def leave(self, entry: Entry) -> None:
        """Take a name out for good."""
        self._keys.pop(entry, None)
        self.removeWidget(entry)
        entry.hide()
        entry.deleteLater()

    def _rank(self, entry: Entry) -> int:
        key = self._keys[entry]
        return self._order.index(key) if key in self._order else len(self._order)


class Entry(QAbstractButton):
    """One curve's name in the legend, with a piece of its line; a click hides the curve."""

    SAMPLE = 22

    def __init__(self, text: str) -> None:
        super().__init__()
        self.pen = QPen()
        self.mark: int | None = None  # of the experiment that the curve is of
        self.tone = "text"  # of the words, a token of the theme
        self.value = ""
        self._room = 0  # pixels kept for the value: it changes often, the layout should not
        self.setText(text)
        self.setCheckable(True)
        self.setChecked(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.name(text)

    def name(self, text: str) -> None:
        self.setText(text)
        self.setAccessibleName(f"Curve {text}")
        self.setToolTip(f"{text}: click to hide or show this curve")
        self.updateGeometry()

    def tell(self, value: str) -> None:
        """Show the curve's present value behind its name."""
        if value == self.value:
            return
        self.value = value
        wide = self._bold().horizontalAdvance(value) + 6 if value else 0
        if wide > self._room:
            self._room = wide
            self.updateGeometry()
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            value, self.value, self._room = self.value, "", 0
            self.tell(value)
            self.updateGeometry()

    def _bold(self) -> QFontMetrics:
        font = self.font()
        font.setBold(True)
        return QFontMetrics(font)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        wide = self.SAMPLE + 6 + metrics.horizontalAdvance(self.text()) + self._room + 10
        return QSize(wide, metrics.height() + 6)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.SAMPLE + 18, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(1.0 if self.isChecked() else 0.4)
        middle = self.height() // 2
        painter.setPen(self.pen)
        painter.drawLine(2, middle, self.SAMPLE, middle)
        if self.mark is not None:
            draw_mark(painter, QPointF(self.SAMPLE - 3, middle + 0.5), 8, self.mark)
        words = self.rect().adjusted(self.SAMPLE + 6, 0, -4 - self._room, 0)
        elided = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, words.width()
        )
        painter.setPen(QColor(look.accent if self.hasFocus() else getattr(look, self.tone)))
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, elided)
        if self.value:
            words.setLeft(words.left() + self.fontMetrics().horizontalAdvance(elided) + 6)
            words.setRight(self.width())
            font = self.font()
            font.setBold(True)
            painter.setFont(font)
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.value)
