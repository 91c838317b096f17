"""An axis of a plot."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape, unescape
from math import ceil, floor, log10
from typing import ClassVar, Literal

import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication, QGraphicsSceneResizeEvent

from ..core.decade import round_up
from . import theme
from .scale import px
from .word import number, tick


class Axis(pg.AxisItem):  # type: ignore[misc]
    """An axis with one level of round ticks, plain numbers and the theme's colours."""

    SPACING: ClassVar = {"left": 32, "bottom": 92}  # logical pixels between two numbers

    def __init__(self, orientation: Literal["left", "bottom"]) -> None:
        self._room = 0.0  # pixels along the axis, once they are known
        super().__init__(orientation)
        self.steps: Sequence[float] = (1, 2, 5)  # of which ticks are apart, times a power of ten
        self.enableAutoSIPrefix(False)
        self.setStyle(
            tickLength=0,
            tickTextOffset=6,
            tickAlpha=255,
            hideOverlappingLabels=False,
            autoReduceTextSpace=False,
        )
        self.recolour(theme.current())

    def boundingRect(self) -> QRectF:
        """Leave room beyond both ends: numbers that do not fit in here are not drawn at all."""
        wide, high = (0, px(12)) if self.orientation == "left" else (px(48), 0)
        return QRectF(super().boundingRect().adjusted(-wide, -high, wide, high))

    def recolour(self, look: theme.Theme) -> None:
        """Take on the theme's colours, and its size of letters."""
        font = QApplication.font()
        self.setTickFont(font)
        self.label.setFont(font)
        self.setPen(pg.mkPen(look.outline))
        self.setTickPen(pg.mkPen(look.grid))
        self.setTextPen(pg.mkPen(look.axis))
        self.setGrid(255)
        self.labelStyle["color"] = look.axis
        self.label.setHtml(self.labelString())

    def labelString(self) -> str:
        """The axis's name, cut short with a sign where the axis is shorter."""
        whole: str = self.labelText  # type: ignore[has-type]
        if self._room > 0:
            metrics, room = QFontMetricsF(QApplication.font()), self._room - px(4)
            cut = metrics.elidedText(unescape(whole), Qt.TextElideMode.ElideRight, room)
            self.labelText = escape(cut)
        try:
            return str(super().labelString())
        finally:
            self.labelText = whole

    def resizeEvent(self, event: QGraphicsSceneResizeEvent | None = None) -> None:
        size = self.size()
        room = size.height() if self.orientation == "left" else size.width()
        if self.label is not None and room != self._room:
            self._room = room
            self.label.setHtml(self.labelString())
        super().resizeEvent(event)

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
        room = max(2, size / px(self.SPACING[self.orientation]))
        low, high = min(low, high), max(low, high)
        if self.logMode and high - low < 1:  # within a decade its powers and halves are too few
            return self._within_a_decade(low, high, room)
        step = round_up(max((high - low) / room, 1e-300), self.steps)
        if self.logMode:
            step = max(1.0, ceil(step))
        first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
        values = [i * step for i in range(first, last + 1)]
        if self.logMode and (high - low) * 3 <= room:
            between = [d + log10(m) for d in range(floor(low), ceil(high) + 1) for m in (2, 5)]
            values = sorted(values + [v for v in between if low <= v <= high])
        return [(step, values)]

    def _within_a_decade(
        self, low: float, high: float, room: float
    ) -> list[tuple[float, list[float]]]:
        """Ticks at round numbers between 10^low and 10^high, evenly apart as numbers."""
        first, last = 10.0**low, 10.0**high
        step = round_up(max((last - first) / room, 1e-300))
        counts = range(max(1, ceil(first / step - 1e-9)), floor(last / step + 1e-9) + 1)
        return [(step, [log10(i * step) for i in counts])]

    def tickStrings(self, values: list[float], _scale: float, spacing: float) -> list[str]:
        if self.logMode:
            return [tick(10.0**value) for value in values]
        digits = max(0, -floor(log10(spacing) + 1e-9))
        if digits > 4 or max(map(abs, values), default=0) >= 1e6:
            return [number(value, 4) for value in values]
        gap = "\u2009" if max(map(abs, values), default=0) >= 1e4 else ""
        texts = (f"{value:,.{digits}f}" for value in values)
        return [text.replace(",", gap).replace("-", "−") for text in texts]
