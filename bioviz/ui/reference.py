"""What curves are compared with: levels, bands and events drawn across a plot."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from typing import Any, NamedTuple

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from ..figures.span import Span
from . import theme
from .colour import Colour, paint


class Band(NamedTuple):
    """A shaded band as drawn, where it begins and ends, and whether those are x values."""

    drawn: Any
    low: float
    high: float
    colour: Colour
    upright: bool


class References:
    """The horizontal lines, shaded bands and vertical markers of a plot."""

    def __init__(self, item: Any) -> None:
        self.lines: dict[str, tuple[Any, float, Colour]] = {}  # as drawn, and its height
        self.bands: dict[str, Band] = {}
        self.markers: list[tuple[Any, float, str]] = []  # each a line, its x and its words
        self._item = item

    def set_line(self, key: str, y: float | None, label: str, colour: Colour, above: bool) -> None:
        """Keep a horizontal line under `key`; None takes it away."""
        self._drop(self.lines.pop(key, None))
        if y is not None:
            opts = {"position": 0.99, "anchors": [(1, 1) if above else (1, 0), (1, 1)]}
            line = pg.InfiniteLine(angle=0, label=label or None, labelOpts=opts)
            self._add(line, 5)  # its words cannot be read from behind curves
            self.lines[key] = (line, float(y), colour)

    def set_band(
        self,
        key: str,
        low: float | None,
        high: float | None,
        colour: Colour,
        *,
        upright: bool = False,
    ) -> None:
        """Keep a band under `key`, between two heights or two x (upright); None takes it away."""
        held = self.bands.get(key)
        if held and (low is None or high is None or held.upright != upright):
            self._drop(self.bands.pop(key))
            held = None
        if low is not None and high is not None:
            band = held.drawn if held else self._new_band((low, high), upright)
            self.bands[key] = Band(band, float(low), float(high), colour, upright)

    def set_markers(self, markers: Sequence[tuple[float, str]]) -> None:
        """Keep vertical lines, each (x, words), and no others."""
        for held in self.markers:
            self._drop(held)
        self.markers = [self._mark(i, x, text) for i, (x, text) in enumerate(markers)]

    def heights(self, span: Span) -> list[float]:
        """Return where lines and bands lie on the y axis, those that lie somewhere."""
        heights = [y for _, y, _ in self.lines.values()]
        flat = (band for band in self.bands.values() if not band.upright)
        heights += [y for band in flat for y in (band.low, band.high)]
        return [y for y in map(span.at, heights) if isfinite(y)]

    def place(self, span: Span) -> None:
        """Put everything where the y axis's scale wants it, in the theme's colours."""
        look = theme.current()
        for line, y, colour in self.lines.values():
            _move(line, span.at(y))
            _ink(line, paint(colour, look))
        for band in self.bands.values():
            ends = (band.low, band.high)
            if not band.upright:
                ends = (span.at(band.low), span.at(band.high))
            _shade(band.drawn, ends, paint(band.colour, look))
        for line, x, _ in self.markers:
            _move(line, x)
            _ink(line, QColor(look.warning))

    def _mark(self, place: int, x: float, text: str) -> tuple[Any, float, str]:
        height = 0.97 - 0.07 * (place % 3)  # neighbours' words at different heights
        opts = {"position": height, "anchors": [(0, 0), (1, 0)]}
        line = pg.InfiniteLine(angle=90, label=f" {text}" if text else None, labelOpts=opts)
        self._add(line, -4)
        return line, float(x), text

    def _new_band(self, ends: tuple[float, float], upright: bool) -> Any:
        way = "vertical" if upright else "horizontal"
        band = pg.LinearRegionItem(ends, orientation=way, movable=False)
        self._add(band, -10)
        return band

    def _add(self, drawn: Any, depth: int) -> None:
        drawn.setZValue(depth)
        self._item.addItem(drawn, ignoreBounds=True)

    def _drop(self, held: tuple[Any, ...] | None) -> None:
        if held is not None:
            self._item.removeItem(held[0])


def _move(line: Any, where: float) -> None:
    line.setVisible(isfinite(where))
    if isfinite(where):
        line.setPos(where)


def _shade(band: Any, ends: tuple[float, float], colour: QColor) -> None:
    band.setVisible(all(map(isfinite, ends)))
    if band.isVisible():
        band.setRegion(ends)
    colour.setAlpha(34)
    band.setBrush(colour)
    for edge in band.lines:
        edge.setPen(pg.mkPen(None))


def _ink(line: Any, colour: QColor) -> None:
    """Colour a reference and its words, on a plate that keeps them readable over curves."""
    line.setPen(pg.mkPen(colour, width=1, style=Qt.PenStyle.DashLine))
    if hasattr(line, "label"):
        line.label.setColor(colour)
        line.label.setFont(QApplication.font())
        plate = QColor(theme.current().plot)
        plate.setAlpha(140)
        line.label.fill = pg.mkBrush(plate)
        line.label.update()
