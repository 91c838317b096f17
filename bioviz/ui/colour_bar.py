"""The bar beside a picture that says what its colours mean."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget

from . import theme
from .colour import Kind, colour_table
from .levels import Mode
from .scale import px
from .word import number


class ColourBar(QWidget):
    """What the colours mean: a strip, its ends and middle in numbers, and a switch to auto."""

    WIDE = 12
    auto_asked = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.title = ""
        self._kind: Kind = "diverging"
        self._peak = 0.0
        self._button = QToolButton(self)
        self._button.setText("auto")
        self._button.setCheckable(True)
        self._button.setProperty("tone", "small")
        self._button.setAccessibleName("Automatic colour levels")
        self._button.setToolTip(
            "Fit the colours to what is shown now; off, the levels only ever grow"
        )
        self._button.toggled.connect(self.auto_asked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addStretch(1)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.name("")

    def name(self, title: str) -> None:
        """Show `title` above the bar, which widens for it within reason."""
        self.title = title
        advance = self.fontMetrics().horizontalAdvance
        wide = max(advance("−0.0005") + self.WIDE + 14, min(px(96), advance(title) + 8))
        self.setFixedWidth(wide)
        self.setToolTip(title)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.name(self.title)

    def show_levels(self, kind: Kind, peak: float, mode: Mode) -> None:
        """Show the ends of the levels; an unchanged bar is not drawn again."""
        if self._button.isChecked() != (mode == "auto"):
            blocked = self._button.blockSignals(True)
            self._button.setChecked(mode == "auto")
            self._button.blockSignals(blocked)
        if (kind, peak) != (self._kind, self._peak):
            self._kind, self._peak = kind, peak
            self.update()

    def ticks(self) -> list[tuple[float, str]]:
        """Return (place from the bottom in 0..1, words) of each number on the bar."""
        peak = self._peak or 1.0
        ends = (-peak, -peak / 2, 0.0, peak / 2, peak)
        if self._kind == "sequential":
            ends = (0.0, peak / 4, peak / 2, 3 * peak / 4, peak)
        return [(i / 4, number(value, 3)) for i, value in enumerate(ends)]

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter = theme.current(), QPainter(self)
        metrics = self.fontMetrics()
        line = metrics.height()
        top = line + 8 if self.title else line // 2
        strip = QRect(4, top, self.WIDE, max(8, self._button.y() - top - line // 2 - 4))
        ramp = np.repeat(np.arange(254, -1, -1, dtype=np.uint8), 4).reshape(255, 4).copy()
        image = QImage(ramp.data, 4, 255, 4, QImage.Format.Format_Indexed8)
        image.setColorTable(colour_table(self._kind, look))
        painter.drawImage(strip, image)
        painter.setPen(QColor(look.outline))
        painter.drawRect(strip.adjusted(0, 0, -1, -1))
        painter.setPen(QColor(look.axis))
        if self.title:
            mode = Qt.TextElideMode.ElideRight
            words = metrics.elidedText(self.title, mode, self.width() - 4)
            painter.drawText(4, metrics.ascent() + 2, words)
        every = 1 if strip.height() > 5 * line else 2
        for place, words in self.ticks()[::every]:
            y = strip.bottom() - place * (strip.height() - 1)
            painter.drawLine(strip.right() + 2, int(y), strip.right() + 4, int(y))
            painter.drawText(QPointF(strip.right() + 8, y + metrics.ascent() / 2 - 1), words)
