"""One curve of a plot: its samples, its lines and its name in the legend."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor

from ..core.probe import thin
from ..figures.smooth import smooth
from ..figures.span import Box, Span
from . import theme
from .colour import Colour, paint
from .legend import Entry
from .mark import SYMBOLS

Stroke: TypeAlias = Literal["solid", "dash", "dot", "dashdot"]

END = 9  # pixels: the mark at a curve's end
MOST_POINTS = 4000  # a longer curve is drawn as the highest and lowest point of each stretch
STROKES = {
    "solid": Qt.PenStyle.SolidLine,
    "dash": Qt.PenStyle.DashLine,
    "dot": Qt.PenStyle.DotLine,
    "dashdot": Qt.PenStyle.DashDotLine,
}


class Line(pg.PlotCurveItem):  # type: ignore[misc]
    """A curve that never asks its samples where it lies: anywhere in its view.

    pyqtgraph looks through all of them at every change, which takes longer than drawing them.
    """

    def boundingRect(self) -> QRectF:
        view = self.getViewBox()
        if view is None or self.xData is None or not len(self.xData):
            return QRectF()
        return QRectF(view.viewRect())


@dataclass
class Curve:
    """A line, the raw one that stays faint behind a smoothed one, and an entry in the legend."""

    entry: Entry
    colour: Colour
    style: Stroke = "solid"
    width: float = 1
    soft: bool = True  # whether smoothing may touch it
    group: str = ""  # of curves that share one entry, behind those that grow
    beside: str = ""  # the key of the curve whose entry it shares
    words: str = ""  # what hovering calls it, where its entry stands for several
    mark: int | None = None  # of the experiment that it is of, at its end
    line: Any = field(default_factory=Line)
    ghost: Any = field(default_factory=Line)
    end: Any = field(default_factory=pg.ScatterPlotItem)
    x: np.ndarray = field(default_factory=lambda: np.empty(0))
    y: np.ndarray = field(default_factory=lambda: np.empty(0))
    box: Box | None = None  # what it takes of the plot, as drawn

    def __post_init__(self) -> None:
        self.ghost.setZValue(-1)
        self.end.setZValue(1)
        self.end.hide()  # most curves have no mark, and even an empty one takes time to paint
        if self.group:
            self.line.setZValue(-2)
            self.ghost.setZValue(-3)

    @property
    def name(self) -> str:
        return self.words or self.entry.text()

    @property
    def shown(self) -> bool:
        return self.entry.isChecked()

    def tell(self, label: str | None, value: str, tip: str) -> None:
        """Show name, present value and explanation in the legend; None keeps the name."""
        if self.beside:
            return
        if label is not None and label != self.entry.text():
            self.entry.name(label)
        self.entry.tell(value)
        if tip:
            self.entry.setToolTip(f"{tip}\nClick to hide or show this curve.")

    def dress(self, live: bool, ratio: float) -> None:
        """Take on the theme's colour; lines are thin and quick while live, else fine."""
        look = theme.current()
        ink = paint(self.colour, look)
        fine = 1.6 * ratio  # these pens count the screen's own pixels
        wide = max(1.0, self.width * (1.0 if live else fine), self.width * look.stroke * ratio)
        for item in (self.line, self.ghost):
            item.opts["antialias"] = not live
        self.line.setPen(pg.mkPen(ink, width=wide, style=STROKES[self.style]))
        faint = QColor(ink)
        faint.setAlpha(80)
        self.ghost.setPen(pg.mkPen(faint, width=1))
        if self.mark is not None:
            self.end.setSymbol(SYMBOLS[self.mark % len(SYMBOLS)])
            self.end.setSize(END)
            self.end.setPen(pg.mkPen(theme.current().plot, width=1))
            self.end.setBrush(pg.mkBrush(ink))
        if not self.beside:
            self.entry.pen = pg.mkPen(
                ink, width=max(2, look.stroke), style=STROKES[self.style], cosmetic=False
            )
            self.entry.mark = self.mark
            self.entry.update()

    def draw(self, span: Span, smoothing: float) -> None:
        """Draw the samples on the y axis's scale, averaged over about 1 / (1 - smoothing)."""
        x, y = thin(self.x, self.y, MOST_POINTS)
        soft = smoothing > 0 and self.soft
        raw = span.scale(y)
        drawn = span.scale(smooth(y, smoothing)) if soft else raw
        _put(self.line, x, drawn)
        self.line.setVisible(self.shown)
        self._draw_end(x, drawn)
        raw_too = soft and not self.group
        self.ghost.setVisible(self.shown and raw_too)
        if raw_too:
            _put(self.ghost, x, raw)
        good = np.isfinite(x) & np.isfinite(raw)
        self.box = _bounds(x[good], raw[good]) if good.any() else None

    def _draw_end(self, x: np.ndarray, y: np.ndarray) -> None:
        """Put the mark on the last sample, so that the curve is known without its colour."""
        if self.mark is None:
            return
        good = np.flatnonzero(np.isfinite(x) & np.isfinite(y))[-1:]
        self.end.setData(x[good], y[good])
        self.end.setVisible(self.shown)

    def nearest(self, x: float) -> float | None:
        """Return the sampled x nearest to `x`; None without samples."""
        if not len(self.x):
            return None
        place = int(np.clip(np.searchsorted(self.x, x), 1, max(1, len(self.x) - 1)))
        around = self.x[max(0, place - 1) : place + 1]
        return float(around[np.abs(around - x).argmin()])

    def sample(self, x: float) -> tuple[float, bool] | None:
        """Return the value at `x` or the last before, and whether it is of `x` itself."""
        place = int(np.searchsorted(self.x, x, side="right")) - 1
        return None if place < 0 else (float(self.y[place]), bool(self.x[place] == x))


def _put(item: Any, x: np.ndarray, y: np.ndarray) -> None:
    whole = bool(np.isfinite(y).all()) and bool(np.isfinite(x).all())
    item.setData(x, y, connect="all" if whole else "finite", skipFiniteCheck=whole)


def _bounds(x: np.ndarray, y: np.ndarray) -> Box:
    return float(x.min()), float(x.max()), float(y.min()), float(y.max())
