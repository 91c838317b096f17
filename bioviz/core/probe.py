"""Recorded scalars: append-only channels of (trial, value) that readers may share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

FRACTION = "fraction"  # the unit of a part of a whole


@dataclass(frozen=True)
class ChannelInfo:
    """What a channel holds: name, label, unit, the metric that fills it and what it is about."""

    name: str
    label: str
    unit: str
    metric: str
    help: str
    about: str = ""  # the layer or projection, where there is one

    @property
    def part(self) -> bool:
        """Whether it is a part of a whole, recorded from 0 to 1 and shown in percent."""
        return self.unit == FRACTION


class Channel:
    """Values against trials, only ever appended to; readers take a consistent prefix.

    `x` (trials) and `y` are float64. Rows below `size` never change, so a reader in another thread
    may copy them while the writer appends; `edition` counts how often all were replaced.
    """

    def __init__(self, info: ChannelInfo, room: int = 1024) -> None:
        self.info = info
        self.size = 0
        self.edition = 0
        self._rows = np.empty((room, 2))

    def append(self, trial: float, value: float) -> None:
        if self.size == len(self._rows):
            self._rows = np.concatenate([self._rows, np.empty_like(self._rows)])
        self._rows[self.size] = trial, value
        self.size += 1  # last, so that a reader never sees a row half written

    @property
    def last(self) -> float:
        return float(self._rows[self.size - 1, 1]) if self.size else float("nan")

    def read(self, start: int = 0, most: int | None = None) -> tuple[np.ndarray, np.ndarray]:
        """Copies of trials and values from row `start` on, `most` of them."""
        end = self.size if most is None else min(self.size, start + most)
        rows = self._rows[start:end].copy()
        return rows[:, 0], rows[:, 1]

    def after(self, trial: float) -> int:
        """The first row of a later trial."""
        return int(np.searchsorted(self._rows[: self.size, 0], trial, side="right"))

    def borrow(self, other: Channel, size: int) -> None:
        """Show the first `size` rows of another channel, which go on belonging to it.

        Nothing may be appended to what is borrowed.
        """
        self._rows = other._rows  # those below a size never change
        self.size = min(size, other.size)
        self.edition += 1

    def fill(self, rows: np.ndarray) -> None:
        """Replace everything by `rows` (n, 2)."""
        self._rows = np.concatenate([rows, np.empty((1024, 2))])
        self.size = len(rows)
        self.edition += 1


def thin(x: np.ndarray, y: np.ndarray, points: int) -> tuple[np.ndarray, np.ndarray]:
    """At most about `points` of a curve, keeping every dip and peak: least and greatest per bin."""
    if len(x) <= points:
        return x, y
    width = -(-2 * len(x) // max(2, points - 2))  # rounded up: only the last has gaps
    bins = -(-len(x) // width)
    blocks = np.full((bins, width), np.nan)
    blocks.reshape(-1)[: len(y)] = y
    gaps = np.isnan(blocks)
    start = np.arange(bins) * width
    low = start + np.where(gaps, np.inf, blocks).argmin(axis=1)
    high = start + np.where(gaps, -np.inf, blocks).argmax(axis=1)
    keep = np.unique(np.concatenate([[0], low, high, [len(x) - 1]]))
    return x[keep], y[keep]


def decades(trial: int) -> bool:
    """Whether a trial is 0 or 1, 2, 5 times a power of ten: early changes are seen in full."""
    if trial == 0:
        return True
    while trial % 10 == 0:
        trial //= 10
    return trial in (1, 2, 5)


@dataclass(frozen=True)
class Marker:
    """Something that was done to a run, at a trial: drawn on every time axis."""

    trial: int
    text: str


def table(
    channels: Iterable[Channel], after: float = -np.inf, most: int | None = None
) -> tuple[list[str], np.ndarray]:
    """All channels as columns against trials; NaN where a channel has no value at a trial.

    The first `most` trials later than `after`, which costs the same however long the run is.
    """
    held = list(channels)
    pieces = [channel.read(channel.after(after), most) for channel in held]
    trials = np.unique(np.concatenate([x for x, _ in pieces] or [np.empty(0)]))[:most]
    columns = [trials]
    for x, y in pieces:
        inside = np.searchsorted(x, trials[-1], side="right") if len(trials) else 0
        column = np.full(len(trials), np.nan)
        column[np.searchsorted(trials, x[:inside])] = y[:inside]
        columns.append(column)
    return ["trial", *(c.info.name for c in held)], np.stack(columns, axis=1)
