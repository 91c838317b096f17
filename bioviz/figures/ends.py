"""Where the axes and colours of a moving figure end: as far as any of its frames goes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from .marks.picture import limits
from .spec import (
    Axes,
    Axis,
    Bars,
    Dots,
    Events,
    FigureSpec,
    Level,
    Line,
    Mark,
    Picture,
    Span,
    Tiles,
)

ROOM = 0.04  # of an axis, beyond what is drawn, where its ends are not given


@dataclass(frozen=True)
class Reach:
    """How far one axis goes: what is given, what is drawn, and the ticks where it goes farthest."""

    low: float = np.inf
    high: float = -np.inf
    low_given: bool = False
    high_given: bool = False
    ticks: tuple[tuple[float, str], ...] | None = None
    several: bool = False  # whether frames had different ends

    @property
    def known(self) -> bool:
        return self.low <= self.high

    def joined(self, other: Reach) -> Reach:
        """As far as both go."""
        if not self.known or not other.known:
            return self if self.known else other
        wider = other.high - other.low > self.high - self.low
        return Reach(
            min(self.low, other.low),
            max(self.high, other.high),
            self.low_given or other.low_given,
            self.high_given or other.high_given,
            other.ticks if wider else self.ticks,
            self.several or (self.low, self.high) != (other.low, other.high),
        )


class Ends:
    """Takes in one frame after the other; then every frame can have the same ends."""

    def __init__(self) -> None:
        self._x: dict[int, Reach] = {}
        self._y: dict[int, Reach] = {}
        self._colours: dict[tuple[int, int], Span] = {}

    def take(self, spec: FigureSpec) -> None:
        """Take in one more frame."""
        for place, part in enumerate(spec.axes):
            for known, axis, side in ((self._x, part.x, "x"), (self._y, part.y, "y")):
                found = _reach(axis, part.marks, side)
                known[place] = known[place].joined(found) if place in known else found
            for number, mark in enumerate(part.marks):
                if isinstance(mark, Picture | Tiles) and mark.kind != "classes":
                    self._see((place, number), mark)

    def _see(self, key: tuple[int, int], mark: Picture | Tiles) -> None:
        values = mark.values if isinstance(mark, Picture) else mark.pictures
        low, high = mark.limits or limits(mark.kind, np.asarray(values, float))
        before = self._colours.get(key, (low, high))
        self._colours[key] = min(before[0], low), max(before[1], high)

    def fix(self, spec: FigureSpec) -> FigureSpec:
        """A frame with the ends of all."""
        return replace(spec, axes=tuple(self._fixed(n, part) for n, part in enumerate(spec.axes)))

    def _fixed(self, place: int, part: Axes) -> Axes:
        marks = tuple(self._coloured((place, n), mark) for n, mark in enumerate(part.marks))
        if part.bare:
            return replace(part, marks=marks)
        pictured = any(isinstance(mark, Picture | Tiles) for mark in part.marks)
        x, y = (
            axis if pictured and (axis.low is None or axis.high is None) else _ended(axis, reach)
            for axis, reach in ((part.x, self._x.get(place)), (part.y, self._y.get(place)))
        )
        return replace(part, marks=marks, x=x, y=y)

    def _coloured(self, key: tuple[int, int], mark: Mark) -> Mark:
        if isinstance(mark, Picture | Tiles) and key in self._colours:
            return replace(mark, limits=self._colours[key])
        return mark


def _reach(axis: Axis, marks: Iterable[Mark], side: str) -> Reach:
    low, high = axis.low, axis.high
    if low is None or high is None:
        values = [_values(mark, side) for mark in marks]
        drawn = np.concatenate([np.empty(0), *values])
        drawn = drawn[np.isfinite(drawn) & ((drawn > 0) | (not axis.log))]
        least, most = float(drawn.min(initial=np.inf)), float(drawn.max(initial=-np.inf))
        low, high = (least if low is None else low), (most if high is None else high)
    if axis.low is not None and axis.high is not None:
        low, high = min(low, high), max(low, high)  # it may run downwards
    return Reach(low, high, axis.low is not None, axis.high is not None, axis.ticks)


def _values(mark: Mark, side: str) -> np.ndarray:
    """All values of a mark along one axis."""
    if isinstance(mark, Line | Dots):
        return np.asarray(getattr(mark, side), float)
    if isinstance(mark, Bars):
        along = (side == "y") == mark.lying
        return np.asarray(mark.edges if along else np.append(mark.counts, 0.0), float)
    if isinstance(mark, Events):
        half = 0.0 if side == "x" else mark.height / 2
        values = np.asarray(getattr(mark, side), float)
        return np.concatenate([values - half, values + half])
    if isinstance(mark, Level):
        return np.array([mark.at] if mark.upright == (side == "x") else [], float)
    return np.empty(0)


def _ended(axis: Axis, reach: Reach | None) -> Axis:
    """An axis with its ends; one that runs downwards still does."""
    if reach is None or not reach.known or not np.isfinite([reach.low, reach.high]).all():
        return axis
    low, high = reach.low, reach.high
    if axis.log and low > 0:
        room = (high / low) ** ROOM
        low = low if reach.low_given else low / room
        high = high if reach.high_given else high * room
    elif not axis.log:
        room = ROOM * (high - low)
        low = low if reach.low_given else low - room
        high = high if reach.high_given else high + room
    ticks = reach.ticks if reach.several and axis.ticks is not None else axis.ticks
    down = axis.low is not None and axis.high is not None and axis.low > axis.high
    return replace(axis, low=high if down else low, high=low if down else high, ticks=ticks)
