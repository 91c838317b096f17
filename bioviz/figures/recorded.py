"""Recorded curves over time: what each is called and how it is drawn, on screen and in files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ..core.request import Curve, Markers, Request
from ..core.snapshot import Snapshot
from .lanes import Lane
from .smooth import smooth
from .spec import Axis, Colour, Line, Stroke
from .word import number

if TYPE_CHECKING:
    from ..core.probe import ChannelInfo, Marker

AXES = {"trials": "Trials", "epochs": "Epochs"}
MOST_MARKERS = 12  # the latest; more words cannot be read
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

    @property
    def request(self) -> Curve:
        return Curve(self.info.name, POINTS, self.lane.index)


def requests_of(curves: Iterable[Recorded]) -> frozenset[Request]:
    """Ask for the curves, and for what was done to the run; for nothing where there are none."""
    found: set[Request] = {curve.request for curve in curves}
    return frozenset(found | {Markers()}) if found else frozenset()


def samples_of(curve: Recorded, snapshot: Snapshot) -> tuple[np.ndarray, np.ndarray]:
    """A curve's trials (n,) and scaled values (n,); empty where nothing is recorded yet."""
    reply = snapshot.get(curve.request)
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


def time_axis(unit: str, epoch_trials: int) -> Axis:
    """Trials, with how many make an epoch, or epochs."""
    name, beside = time_words(unit, epoch_trials)
    return Axis(name, beside, low=0.0)


def time_words(unit: str, epoch_trials: int) -> tuple[str, str]:
    """What the time axis is called, and what stands in brackets behind it."""
    if unit == "epochs":
        return AXES["epochs"], ""
    return AXES["trials"], f"{number(epoch_trials)} to an epoch"


def joined(markers: Sequence[Marker]) -> list[tuple[int, str]]:
    """The latest trials at which something was done to the run, each once, with what it was."""
    events: dict[int, list[str]] = {}
    for marker in markers:
        events.setdefault(marker.trial, []).append(marker.text)
    return [(trial, _join(words)) for trial, words in list(events.items())[-MOST_MARKERS:]]


def _join(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{words[-1]} (and {len(words) - 1} more)"


def events_of(snapshot: Snapshot, unit: str, epoch_trials: int) -> tuple[tuple[float, str], ...]:
    """The same as marks of a figure's time axis."""
    step = 1 if unit == "trials" else max(1, epoch_trials)
    return tuple((trial / step, text) for trial, text in joined(snapshot.get(Markers()) or ()))
