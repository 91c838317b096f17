"""Bursts as a figure: events and bursts of each layer, and burst probabilities as expected."""

from __future__ import annotations

from dataclasses import replace
from math import ceil

import numpy as np

from ...core.decade import round_up
from ...core.request import Histogram, HistogramReply
from ...core.request_bursts import Bursts, BurstsReply
from ...core.snapshot import NOTHING, Snapshot, Wanted
from ..burst_choice import channels_of, layer_colours, pools_of, teacher_of
from ..burst_record import BurstRecord, BurstView, PoolLine
from ..burst_words import (
    BINS,
    EVERY,
    MARKS,
    QUANTITIES,
    SPREAD,
    TIMED,
    TOGETHER,
    TURN,
    UNFIT,
    WINDOW,
    ZONE,
    bursting,
    has_bursts,
    say_spread,
)
from ..facts import facts_of
from ..lanes import Lane, lanes_of
from ..panel import PanelFigure
from ..recorded import AXES, Recorded, lines_of, marked, requests_of, time_axis
from ..spec import Axes, Axis, Band, Bars, Colour, FigureSpec, Line, Mark

NONE_YET = "No events and bursts have been counted yet: play, step or train first."
TAUGHT = "the teacher is there"


class BurstsFigure(PanelFigure):
    """Event rates, burst probabilities and burst rates of every layer that bursts."""

    key = "bursts"
    title = "Bursts"

    def begin(self) -> None:
        lanes = lanes_of(self.catalogue)
        found = [lane for lane in lanes if has_bursts(lane.entry) or bursting(lane.entry)]
        self._lane: Lane | None = next(iter(found), None)
        self._timed = self._lane is not None and bool(bursting(self._lane.entry))
        self._layer = str(self.options.get("layer", EVERY))
        axis = self.options.get("axis")
        self._axis = str(axis) if axis in AXES else "trials"
        wish, known = self.options.get("quantity"), TIMED if self._timed else QUANTITIES
        self._spread = wish == SPREAD and not self._timed
        self._alone = wish in known
        self._shown = (str(wish),) if self._alone else tuple(TIMED) if self._timed else TOGETHER

    def why_not(self) -> str:
        return "" if self._lane else UNFIT

    def wanted(self) -> Wanted:
        lane = self._lane
        if lane is None:
            return NOTHING
        if self._timed:
            return frozenset({Bursts(0, 0, lane.index)})
        if self._spread:
            return frozenset(self._histograms(lane).values())
        curves = (c for key in self._shown for c in self._curves(lane, key))
        return requests_of(curves, (lane,))

    def figure(self, snapshot: Snapshot) -> FigureSpec:
        if self._lane is None:
            raise ValueError(UNFIT)
        made = self._made(self._lane, snapshot)
        return replace(made, facts=facts_of(self.catalogue, snapshot))

    def _made(self, lane: Lane, snapshot: Snapshot) -> FigureSpec:
        if self._timed:
            return self._over_time(lane, snapshot)
        return (
            self._spread_out(lane, snapshot) if self._spread else self._over_trials(lane, snapshot)
        )

    # Networks of rates ----------------------------------------------------------------------

    def _over_trials(self, lane: Lane, snapshot: Snapshot) -> FigureSpec:
        """A plot for each quantity, a colour for each layer."""
        axes, time = [], time_axis(self._axis, lane.entry.epoch_trials)
        for place, key in enumerate(self._shown):
            marks = tuple(lines_of(self._curves(lane, key), snapshot, self._axis))
            events = marked(snapshot, (lane,), self._axis)
            height = Axis(QUANTITIES[key].axis, low=0.0, high=1.0 if key in TOGETHER else None)
            shown = events if place == 0 else ()
            axes.append(Axes(marks, time, height, events=shown, place=(place, 0)))
        if not any(part.marks for part in axes):
            raise ValueError(NONE_YET)
        return FigureSpec(self.title, tuple(axes), (1.0,) * len(axes), share_x=True)

    def _curves(self, lane: Lane, quantity: str) -> list[Recorded]:
        """A curve for each layer and, of burst probabilities, what is expected."""
        colours, strokes = layer_colours(lane.entry), QUANTITIES[quantity].strokes
        return [
            Recorded(
                lane,
                info,
                info.about + MARKS.get(info.metric, ""),
                colours.get(info.about, 0),
                strokes[info.metric],
            )
            for info in channels_of(lane.entry, quantity)
        ]

    def _histograms(self, lane: Lane) -> dict[str, Histogram]:
        """By layer, what is counted of expected burst probabilities."""
        return {
            layer.name: Histogram(f"{layer.name}.burst_expected", BINS, lane.index, (0.0, 1.0))
            for layer in lane.entry.layers[1:-1]
            if any(variable.name == "burst_expected" for variable in layer.variables)
        }

    def _spread_out(self, lane: Lane, snapshot: Snapshot) -> FigureSpec:
        """How many units, in how many examples, have which expected burst probability."""
        found = {name: snapshot.get(asked) for name, asked in self._histograms(lane).items()}
        counted: dict[str, HistogramReply] = {
            name: reply for name, reply in found.items() if reply is not None and reply.counts.sum()
        }
        if not counted:
            raise ValueError(NONE_YET)
        colours = layer_colours(lane.entry)
        marks: list[Mark] = [Band(*ZONE, colour="good", upright=True)]
        for name, reply in counted.items():
            shares = 100 * reply.counts / reply.counts.sum()
            marks.append(Bars(reply.edges, shares, name, colours.get(name, 0)))
        across = Axis("Expected burst probability P̄", low=0.0, high=1.0)
        axes = Axes(tuple(marks), across, Axis("Share", "%", low=0.0))
        return FigureSpec(self.title, (axes,), note=say_spread(counted))

    # Networks whose spikes are seen in time -------------------------------------------------

    def _over_time(self, lane: Lane, snapshot: Snapshot) -> FigureSpec:
        """A plot for each quantity over the last seconds, a colour for each pool."""
        reply: BurstsReply | None = snapshot.get(Bursts(0, 0, lane.index))
        record = BurstRecord(lane.index)
        if reply is not None:
            record.take(reply)
        end = max(TURN, TURN * ceil(record.now / TURN - 1e-9))
        start = max(0, end - WINDOW)
        view = record.since(start)
        if view is None:
            raise ValueError(NONE_YET)
        lines = pools_of(lane.entry, view, self._layer)
        teacher = teacher_of(lane.entry, view, self._layer, lines)
        across = Axis("Time", "s", float(start), float(end))
        axes = []
        driven = any(np.nan_to_num(line.teacher).any() for line in teacher)
        shown = [key for key in self._shown if key != "teacher" or driven or self._alone]
        for place, key in enumerate(shown):
            drawn = teacher if key == "teacher" else lines
            marks = (*_shaded(view, named=place == 0), *_curves(view, drawn, key))
            axes.append(Axes(marks, across, _height(drawn, key), place=(place, 0)))
        heights = tuple(0.7 if key == "teacher" else 1.0 for key in shown)
        return FigureSpec(self.title, tuple(axes), heights, share_x=True)


def _shaded(view: BurstView, *, named: bool) -> list[Mark]:
    """When the teacher was there."""
    return [
        Band(begun, over, "warning", upright=True, label=TAUGHT if named and n == 0 else "")
        for n, (begun, over) in enumerate(view.teaching())
    ]


def _curves(view: BurstView, lines: dict[PoolLine, Colour], quantity: str) -> list[Mark]:
    """Each pool's curve and, of burst probabilities, what is expected."""
    times = view.times()
    marks: list[Mark] = []
    for line, colour in lines.items():
        name = "" if quantity == "teacher" else line.name  # these are the output's alone
        marks.append(Line(times, getattr(line, quantity), name, colour))
        if quantity == "probability":
            marks.append(Line(times, line.expected, "", colour, "dash", 0.8))
    return marks


def _height(lines: dict[PoolLine, Colour], quantity: str) -> Axis:
    """Where the axis ends: probabilities at 1, others at round numbers."""
    name, _, unit = TIMED[quantity].axis.partition(" (")
    unit = unit.removesuffix(")")
    if quantity == "probability":
        return Axis(f"{name} (dashed)", "", 0.0, 1.0)
    values = [getattr(line, quantity) for line in lines]
    good = [float(np.nanmax(np.abs(y))) for y in values if np.isfinite(y).any()]
    top = round_up(max(good, default=0.0))
    return Axis(name, unit, -top if quantity == "teacher" else 0.0, top)
