"""The colours of the diagram: fixed levels per quantity, tables per theme, and their small bar."""

from __future__ import annotations

from functools import lru_cache
from math import ceil

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ..figures.diagram import FIRST
from ..ui import theme
from ..ui.colour import Kind, colour_table
from ..ui.levels import Levels, Quantiser
from ..ui.word import number


class Scale:
    """Levels by (variable, kind), shared by all layers so that their colours can be compared."""

    def __init__(self) -> None:
        self.auto = False
        self._levels: dict[tuple[str, Kind], Levels] = {}

    def levels(self, variable: str, kind: Kind) -> Levels:
        key = (variable, kind)
        if key not in self._levels:
            made = self._levels[key] = Levels()
            made.peak = FIRST.get(variable, 0.0)
        return self._levels[key]

    def fit(self, peaks: dict[tuple[str, Kind], float]) -> None:
        """Take note of the largest magnitudes to be drawn, over all layers together."""
        for key, peak in peaks.items():
            levels = self.levels(*key)
            levels.mode = "auto" if self.auto else "fixed"
            levels.see(peak)

    def peak(self, variable: str, kind: Kind) -> float:
        return self.levels(variable, kind).peak

    def forget(self) -> None:
        self._levels.clear()


@lru_cache(maxsize=8)
def colours(kind: Kind, look: theme.Theme) -> tuple[QColor, ...]:
    """The 256 colours of `kind`; the last is the one of NaN."""
    return tuple(QColor.fromRgb(value) for value in colour_table(kind, look))


def quantise(quantiser: Quantiser, values: np.ndarray, kind: Kind, peak: float) -> np.ndarray:
    """Indices uint8 of (n,) or (rows, cols) values into the colours of `kind`."""
    return quantiser.quantise(np.atleast_2d(values), kind, peak)


APART = 14  # pixels between two strips


class ScaleBar(QWidget):
    """What the units' colours mean: a short strip with its ends in numbers, per colour map used.

    It takes the room that others leave, and draws the strips that fit.
    """

    STRIP = 54

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[tuple[Kind, float], ...] = ()
        self._base = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(0)
        self.setAccessibleName("Colours of the units")
        theme.notifier.changed.connect(self.update)

    def show_levels(self, rows: tuple[tuple[Kind, float], ...], base: float = 0.0) -> None:
        """Show each (kind, peak) once, counted from `base`; an unchanged bar is not drawn again."""
        if (rows, base) != (self._rows, self._base):
            self._rows, self._base = rows, base
            words = " and ".join(" to ".join(self._ends(row)) for row in rows)
            self.setToolTip(f"Colours of the units: {words}" if rows else "")
            self._measure()
            self.update()

    def _measure(self) -> None:
        """Ask for no more room than all strips take."""
        wide = sum(self._width(row) + APART for row in self._rows) - APART
        self.setMaximumWidth(max(0, ceil(wide)))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._measure()

    def sizeHint(self) -> QSize:
        return QSize(self.maximumWidth(), self.fontMetrics().height() + 4)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, x = QPainter(self), 0.0
        for row in self._rows:
            if x + self._width(row) > self.width():
                break
            self._draw(painter, row, x)
            x += self._width(row) + APART

    def _width(self, row: tuple[Kind, float]) -> float:
        metrics = self.fontMetrics()
        return self.STRIP + 10 + sum(metrics.horizontalAdvance(end) for end in self._ends(row))

    def _ends(self, row: tuple[Kind, float]) -> tuple[str, str]:
        return _ends(*row) if not self._base else _between(self._base, row[1])

    def _draw(self, painter: QPainter, row: tuple[Kind, float], x: float) -> None:
        look, metrics = theme.current(), self.fontMetrics()
        low, high = self._ends(row)
        base = (self.height() + metrics.ascent() - metrics.descent()) / 2
        painter.setPen(QColor(look.muted))
        painter.drawText(QPointF(x, base), low)
        x += metrics.horizontalAdvance(low) + 5
        strip = QRect(int(x), self.height() // 2 - 4, self.STRIP, 9)
        draw_ramp(painter, QRectF(strip), row[0])
        painter.setPen(QColor(look.muted))
        painter.drawText(QPointF(x + self.STRIP + 5, base), high)


def draw_ramp(painter: QPainter, strip: QRectF, kind: Kind) -> None:
    """Draw the colours of `kind` from low to high, framed."""
    look = theme.current()
    ramp = np.linspace(0, 254, 64).astype(np.uint8)[None, :].copy()
    image = QImage(ramp.data, 64, 1, 64, QImage.Format.Format_Indexed8)
    image.setColorTable(colour_table(kind, look))
    painter.drawImage(strip, image)
    painter.setPen(QPen(QColor(look.outline), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(strip.adjusted(0, 0, -1, -1))


def _ends(kind: Kind, peak: float) -> tuple[str, str]:
    if not peak:
        return ("−", "+") if kind == "diverging" else ("0", "+")
    return number(-peak if kind == "diverging" else 0.0, 3), number(peak, 3)


def _between(base: float, peak: float) -> tuple[str, str]:
    return number(base, 3), number(base + peak, 3)
