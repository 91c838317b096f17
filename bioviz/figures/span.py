"""How much of the data a plot shows: the ranges of its axes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Any, TypeAlias

import numpy as np

from ..core.decade import round_up

Box: TypeAlias = tuple[float, float, float, float]  # x low, x high, y low, y high


@dataclass
class Span:
    """One axis's range: it grows in round steps, so that its axis is seldom redrawn.

    What is `log` counts in powers of ten; a `fixed` range holds whatever the data.
    """

    low: float = 0.0
    high: float = 1.0
    fresh: bool = True
    log: bool = False
    fixed: tuple[float, float] | None = None

    def fit(self, low: float, high: float) -> None:
        """Take in [low, high]; start again if that fills less than 40 % of what is shown."""
        if high <= low:
            pad = abs(low) * 0.1 or 0.5
            least = 0.0 if low >= 0 else -np.inf  # there are no negative trials or errors
            low, high = max(low - pad, least), high + pad
        inside = self.low <= low and high <= self.high
        if inside and not self.fresh and (high - low) > 0.4 * (self.high - self.low):
            return
        step = round_up((high - low) / 8)
        self.low = floor(low / step + 1e-6) * step
        self.high = ceil(high / step - 1e-6) * step
        self.fresh = False

    def forget(self) -> None:
        """Begin anew with the next data."""
        self.low, self.high, self.fresh = 0.0, 1.0, True

    def ends(self, pad: float = 0.0) -> list[float]:
        """Return where the axis ends, with a share of its length to spare."""
        low, high = self.low, self.high
        if self.fixed is not None:
            low, high = self.at(self.fixed[0]), self.at(self.fixed[1])
        room = pad * (high - low)
        return [low - room, high + room]

    def at(self, value: float) -> float:
        """Return where a value lies on the axis; what has no logarithm lies nowhere (NaN)."""
        if not self.log:
            return value
        return log10(value) if value > 0 else float("nan")

    def scale(self, values: np.ndarray) -> np.ndarray:
        """Return where each of (n,) values lies on the axis."""
        if not self.log:
            return values
        logs: np.ndarray = np.full(values.shape, np.nan)
        with np.errstate(invalid="ignore"):
            np.log10(values, out=logs, where=values > 0)
        return logs


class Extent:
    """Both spans of a plot: they follow the data until the user takes over."""

    def __init__(self, view_box: Any) -> None:
        self.x, self.y = Span(), Span()
        self.following = True
        self._view_box = view_box

    def follow(self) -> None:
        """Begin anew with the next data, and go after them."""
        self.following = True
        self.forget()

    def forget(self) -> None:
        self.x.forget()
        self.y.forget()

    def fit(self, boxes: Sequence[Box], heights: Sequence[float]) -> None:
        """Show what curves take and what else lies at some heights, both as drawn."""
        if not self.following:
            return
        if boxes:
            self.x.fit(min(box[0] for box in boxes), max(box[1] for box in boxes))
        ends = [*heights, *(edge for box in boxes for edge in box[2:])]
        if ends:
            self.y.fit(min(ends), max(ends))
        self._show()

    def _show(self) -> None:
        x, y = self.x.ends(), self.y.ends(pad=0.02)  # a line on the frame is not seen
        if [x, y] != self._view_box.viewRange():
            self._view_box.setRange(xRange=x, yRange=y, padding=0, disableAutoRange=True)
            self._view_box.prepareForPaint()  # while it is painted would have it painted twice
