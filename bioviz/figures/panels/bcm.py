"""BCM as a figure: the curve of the moving threshold, the answers, and the selectivity."""

from __future__ import annotations

from dataclasses import replace
from math import ceil
from typing import Literal

import numpy as np

from ...core.catalogue import ExperimentEntry
from ...core.probe import ChannelInfo
from ...core.snapshot import NOTHING, Snapshot, Wanted
from ...core.tuning import Tuning, TuningReply, reach
from ..facts import facts_of
from ..lanes import lanes_of
from ..panel import PanelFigure
from ..recorded import Recorded, lines_of, marked, requests_of, time_axis
from ..spec import Axes, Axis, Bars, Dots, FigureSpec, Level, Line, Mark, Words

UNFIT = (
    "This panel shows a threshold that moves with a cell's activity, which the BCM rule has. "
    "Choose it among the rules without a teacher; the gallery (Ctrl+G) has ready networks."
)
NO_PATTERNS = "This task has no few patterns: inputs are all different."
NONE_YET = "The curve of the moving threshold is not known yet: play, step or train first."
UNITS = 6  # that are shown
DEEP = 1.6  # where the curve's axis ends, over how deep the curve goes
PHI = "activity y", "φ: weight change"
WHERE = "synapses grow", "weaken"
BAR = 0.35  # half of a bar's width
LETTERS = 20  # below the bars, that find room


class BCMFigure(PanelFigure):
    """phi(y, theta) with where units stand, their answers to the patterns, and selectivity."""

    key = "bcm"
    title = "BCM"

    def begin(self) -> None:
        self._entry = self.catalogue.first
        self._unit = 0  # the one that stands out

    def why_not(self) -> str:
        return "" if thresholded(self._entry) else UNFIT

    def wanted(self) -> Wanted:
        if not thresholded(self._entry):
            return NOTHING
        asked = requests_of(self._curves, lanes_of(self.catalogue)[:1])
        return frozenset({Tuning(units=UNITS), *asked})

    def figure(self, snapshot: Snapshot) -> FigureSpec:
        reply: TuningReply | None = snapshot.get(Tuning(units=UNITS))
        if reply is None or not np.isfinite(reply.theta).all():
            raise ValueError(NONE_YET)
        some = bool(len(reply.names))
        above = [_curve(reply, self._unit)]
        if some:
            above.append(_tuning(reply, self._unit))
        axes = (*above, self._over_time(snapshot, len(above)))
        chosen = {"tuning": above[-1], "time": axes[-1]}.get(
            str(self.options.get("view")), above[0]
        )
        small = FigureSpec(self.title, (replace(chosen, place=(0, 0), span=(1, 1)),))
        widths = (3.0, 2.0) if some else (1.0,)
        note = "" if some else NO_PATTERNS
        facts = facts_of(self.catalogue, snapshot)
        return FigureSpec(self.title, axes, (3.0, 2.0), widths, note=note, facts=facts, small=small)

    @property
    def _curves(self) -> list[Recorded]:
        lane = lanes_of(self.catalogue)[0]
        infos = self._entry.channels_of("selectivity")
        return [Recorded(lane, info, info.label, unit_of(info)) for info in infos]

    def _over_time(self, snapshot: Snapshot, columns: int) -> Axes:
        """How selective each unit has become."""
        trials = self._entry.epoch_trials
        return Axes(
            tuple(lines_of(self._curves, snapshot, "trials")),
            time_axis("trials", trials),
            Axis("Selectivity", low=0.0, high=1.0),
            events=marked(snapshot, lanes_of(self.catalogue)[:1], "trials"),
            place=(1, 0),
            span=(1, columns),
            legend=len(self._curves) > 1,
        )


def thresholded(entry: ExperimentEntry) -> bool:
    """Whether an experiment's output has a threshold that moves."""
    return any(variable.name == "theta" for variable in entry.layers[-1].variables)


def unit_of(info: ChannelInfo) -> int:
    """The unit that a channel is about, which is also its colour."""
    about, _, unit = info.about.rpartition("_")
    return int(unit) if about and unit.isdigit() else 0


def depth(reply: TuningReply) -> float:
    """How far the curve's axis goes, up and down."""
    _, most = reach(reply.y, reply.theta, reply.answers)
    deepest = float(-np.nanmin(reply.curve, initial=0.0))
    return DEEP * max(deepest, 1e-3 * most * most)


def _curve(reply: TuningReply, chosen: int) -> Axes:
    """The curve of each unit: a filled dot for the input that is shown, rings for the patterns."""
    deep = depth(reply)
    theta, grid = float(reply.theta[chosen]), reply.grid
    low, high = float(grid[0]), float(grid[-1])
    marks: list[Mark] = [Level(0.0, colour="outline", stroke="solid")]
    units = [*(i for i in range(len(reply.theta)) if i != chosen), chosen]
    for unit in units:
        inside = np.where(np.abs(reply.curve[unit]) <= deep, reply.curve[unit], np.nan)
        marks.append(Line(grid, inside, colour=unit, faint=unit != chosen, weight=0.8))
    marks.append(Level(theta, colour="text", upright=True))
    side: Literal["left", "right"] = "left" if theta > 0.4 * high else "right"
    marks.append(Words(theta, 0.88 * deep, f"θ = {theta:.2f}", side=side, size=0.9))
    if len(reply.answers):
        marks.append(_on_curve(reply, chosen, reply.answers[:, chosen], "patterns", "ring", 0.55))
    for unit in units:
        now = reply.y[unit : unit + 1]
        words = "input shown now" if unit == chosen else ""
        marks.append(_on_curve(reply, unit, now, words, "dot", 0.6 if unit == chosen else 0.4))
    grows, weakens = WHERE
    marks.append(Words(high, -0.12 * deep, grows, "muted", "left", 0.9))
    if theta > 0.4 * high:
        marks.append(Words(theta / 2, 0.12 * deep, weakens, "muted", "centre", 0.9))
    across, up = PHI
    return Axes(tuple(marks), Axis(across, low=low, high=high), Axis(up, low=-deep, high=deep))


def _on_curve(
    reply: TuningReply, unit: int, y: np.ndarray, label: str, shape: str, size: float
) -> Dots:
    """Where activities lie on the unit's curve, inside the picture."""
    deep, ends = depth(reply), (float(reply.grid[0]), float(reply.grid[-1]))
    inside = 0.95 * deep
    height = np.clip(np.interp(y, reply.grid, reply.curve[unit]), -inside, inside)
    filled = shape == "dot"
    return Dots(np.clip(y, *ends), height, label, unit, "dot" if filled else "ring", size)


def _tuning(reply: TuningReply, chosen: int) -> Axes:
    """A bar for each pattern's answer, and the threshold as a line across them."""
    answers, theta = reply.answers[:, chosen], float(reply.theta[chosen])
    middles = np.arange(len(answers)) + 0.5
    edges = np.stack([middles - BAR, middles + BAR], axis=1).ravel()
    counts = np.zeros(len(edges) - 1)
    counts[::2] = np.nan_to_num(answers)
    shown = np.append(answers, theta)
    shown = shown[np.isfinite(shown)]
    low, high = min(0.0, float(shown.min(initial=0.0))), float(shown.max(initial=0.0)) or 1.0
    marks: tuple[Mark, ...] = (
        Bars(edges, counts, colour=chosen),
        Level(0.0, colour="outline", stroke="solid"),
        Level(theta, "θ", "text"),
    )
    every = ceil(len(answers) * (max(map(len, reply.names)) + 1) / LETTERS)
    ticks = tuple(zip(middles.tolist(), reply.names, strict=True))[::every]
    across = Axis("pattern", low=0.0, high=float(len(answers)), ticks=ticks)
    up = Axis("answer y", low=1.06 * low, high=1.06 * high)
    return Axes(marks, across, up, place=(0, 1))
