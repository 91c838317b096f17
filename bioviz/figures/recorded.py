"""Recorded curves over time: what each is called and how it is drawn, on screen and in files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ..core.request import Curve, Request
from ..core.request_beside import Gap
from ..core.snapshot import Snapshot
from .lanes import Lane
from .markers import events_of, markers_of
from .smooth import smooth
from .spec import Axis, Colour, Line, Stroke
from .word import number

if TYPE_CHECKING:
    from ..core.probe import ChannelInfo

AXES = {"trials": "Trials", "epochs": "Epochs"}
POINTS = 2000  # of a curve in a file; the screen has fewer pixels


@dataclass(frozen=True)
class Recorded:
    """One channel of one experiment as a curve; `soft` are those that smoothing may touch."""

    lane: Lane
    info: ChannelInfo
    label: str
    colour: Colour
    stroke: Stroke = "solid"
    scale: float = 1.0
    unit: str = ""
    soft: bool = True
    tip: str = ""
    against: Lane | None = None  # the experiment whose values are taken away
    mark: int | None = None  # the shape at its end, which tells experiments apart

    def request(self, points: int = POINTS) -> Curve | Gap:
        """Ask for its values, or for how far they lie above the other experiment's."""
        name, own = self.info.name, self.lane.index
        if self.against is not None:
            return Gap(name, points, own, self.against.index)
        return Curve(name, points, own)


def requests_of(
    curves: Iterable[Recorded], lanes: Sequence[Lane], points: int = POINTS
) -> frozenset[Request]:
    """Ask for the curves, and for what was done to the runs; for nothing where there are none."""
    found: set[Request] = {curve.request(points) for curve in curves}
    return frozenset(found | markers_of(lanes)) if found else frozenset()


def samples_of(curve: Recorded, snapshot: Snapshot) -> tuple[np.ndarray, np.ndarray]:
    """A curve's trials (n,) and scaled values (n,); empty where nothing is recorded yet."""
    reply = snapshot.get(curve.request())
    return (np.empty(0), np.empty(0)) if reply is None else (reply[0], reply[1] * curve.scale)


def lines_of(
    curves: Sequence[Recorded], snapshot: Snapshot, unit: str, smoothing: float = 0.0
) -> list[Line]:
    """Marks of a figure, over "trials" or "epochs"; raw curves stay faint behind smoothed ones."""
    faint, lines = [], []
    for curve in curves:
        trials, values = samples_of(curve, snapshot)
        if not np.isfinite(values).any():
            continue
        x = trials / (1 if unit == "trials" else max(1, curve.lane.entry.epoch_trials))
        if smoothing and curve.soft:
            faint.append(Line(x, values, "", curve.colour, faint=True))
            values = smooth(values, smoothing)
        lines.append(Line(x, values, curve.label, curve.colour, curve.stroke))
    return [*faint, *lines]


def gap_words(name: str) -> str:
    """What an axis is called on which differences between experiments are drawn."""
    return f"Δ {name[:1].lower()}{name[1:]}"


def time_axis(unit: str, epoch_trials: int) -> Axis:
    """Trials, with how many make an epoch, or epochs."""
    name, beside = time_words(unit, epoch_trials)
    return Axis(name, beside, low=0.0)


def time_words(unit: str, epoch_trials: int) -> tuple[str, str]:
    """What the time axis is called, and what stands in brackets behind it."""
    if unit == "epochs":
        return AXES["epochs"], ""
    return AXES["trials"], f"{number(epoch_trials)} to an epoch"


def marked(snapshot: Snapshot, lanes: Sequence[Lane], unit: str) -> tuple[tuple[float, str], ...]:
    """What was done to the runs, as marks of a figure's time axis."""
    step = 1 if unit == "trials" else max(1, lanes[0].entry.epoch_trials)
    return tuple((trial / step, text) for trial, text in events_of(snapshot, lanes) or ())
