"""Recorded curves over trials or epochs, as marks of a figure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..core.catalogue import ExperimentEntry
from ..core.request import Curve, Markers, Request
from ..core.snapshot import Snapshot
from .spec import Axis, Line, Mark, Stroke

if TYPE_CHECKING:
    from ..core.probe import ChannelInfo

POINTS = 1000  # of a curve
MOST_EVENTS = 12  # the latest; more words cannot be read
AXES = {"trials": "Trials", "epochs": "Epochs"}
Drawn = tuple["ChannelInfo", int, str]  # a channel, its colour and its words in the legend


def curve(infos: Sequence[ChannelInfo], index: int = 0) -> set[Request]:
    """Ask for channels, and for what was done to the run."""
    found: set[Request] = {Curve(info.name, POINTS, index) for info in infos}
    return {*found, Markers(index)} if found else found


def drawn_curves(
    drawn: Sequence[Drawn],
    snapshot: Snapshot,
    entry: ExperimentEntry,
    unit: str,
    *,
    index: int = 0,
    strokes: dict[str, Stroke] | None = None,
) -> tuple[Mark, ...]:
    """A line for each channel that has been recorded."""
    marks: list[Mark] = []
    for info, colour, label in drawn:
        found = snapshot.get(Curve(info.name, POINTS, index))
        if found is None or not len(found[0]):
            continue
        stroke = (strokes or {}).get(info.metric, "solid")
        marks.append(Line(found[0] / _per(entry, unit), found[1], label, colour, stroke))
    return tuple(marks)


def events_of(
    snapshot: Snapshot, entry: ExperimentEntry, unit: str, index: int = 0
) -> tuple[tuple[float, str], ...]:
    """What was done to the run, and when."""
    markers = snapshot.get(Markers(index)) or ()
    per = _per(entry, unit)
    return tuple((marker.trial / per, marker.text) for marker in markers[-MOST_EVENTS:])


def time_axis(unit: str) -> Axis:
    return Axis(AXES[unit], low=0.0)


def _per(entry: ExperimentEntry, unit: str) -> int:
    return max(1, entry.epoch_trials) if unit == "epochs" else 1
