"""The STDP window as a figure: the rule's curve with the run's pairs on it, and the weights."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ...core.catalogue import ProjectionEntry
from ...core.decade import round_up
from ...core.request_timing import CourseReply, Curve, PairsSeen, SpikePairs, WeightCourse, Window
from ...core.snapshot import NOTHING, Snapshot, Wanted
from ..facts import facts_of
from ..panel import PanelFigure
from ..spec import (
    Axes,
    Axis,
    Bars,
    ColourBar,
    Dots,
    FigureSpec,
    Level,
    Line,
    Mark,
    Picture,
    Words,
)
from ..word import number

UNFIT = (
    "This rule does not go by the timing of spikes. Choose STDP or Triplet STDP, or open an STDP "
    "network from the gallery (Ctrl+G)."
)
NONE_YET = "The curve of the rule is not known yet."
PACES = {
    "0": "One pair",
    "1": "1 Hz",
    "10": "10 Hz",
    "20": "20 Hz",
    "40": "40 Hz",
    "50": "50 Hz",
}
LAG = "Δt = t_post − t_pre"
CHANGE = "Δw"
BEFORE, AFTER = "post before pre", "pre before post"
STEPS = (1, 1.5, 2, 3, 4, 5, 6, 8)  # of the height of the axis, times a power of ten
SHARES = (10, 15, 20, 25, 30, 40, 50, 60, 80, 100)  # percent, of the colours' upper end
BINS = 40  # of the lags
COLUMNS = 400  # of the map of weights over trials
FEW = 60  # dots, up to which each is large


class StdpWindowFigure(PanelFigure):
    """What a pair of spikes changes by the lag between them, and how the weights end up."""

    key = "stdp_window"
    title = "STDP window"

    def begin(self) -> None:
        paths = {path.name: path for path in self.catalogue.first.projections if _learns(path)}
        wish = self.options.get("projection")
        name = wish if wish in paths else next(iter(paths), "")
        self._path = str(name) if self.catalogue.first.timing else ""
        pace, weight = str(self.options.get("pace")), self.options.get("weight")
        fits = isinstance(weight, int | float) and not isinstance(weight, bool) and 0 <= weight <= 1
        self._pace = pace if pace in PACES else "0"
        self._weight = float(weight) if fits and weight is not None else 0.5

    def why_not(self) -> str:
        return "" if self._path else UNFIT

    def wanted(self) -> Wanted:
        if not self._path:
            return NOTHING
        return frozenset({self._window, SpikePairs(self._path), WeightCourse(self._path)})

    def figure(self, snapshot: Snapshot) -> FigureSpec:
        window = snapshot.get(self._window)
        if window is None or window.curve is None:
            raise ValueError(snapshot.failures.get(self._window, NONE_YET))
        curve: Curve = window.curve
        far = float(curve.lags[-1])
        pairs = seen_within(snapshot.get(SpikePairs(self._path)), far)
        course: CourseReply | None = snapshot.get(WeightCourse(self._path))
        window_axes = (self._curve(curve, pairs), _counts(pairs, far))
        facts = facts_of(self.catalogue, snapshot)
        alone = FigureSpec(self.title, window_axes, (3.2, 1.0), share_x=True, facts=facts)
        if course is None or len(course.trials) < 2:
            return alone
        course_axes = (_course(course), _present(course))
        if self.options.get("view") == "weights":
            moved = tuple(replace(a, place=(0, n), span=(1, 1)) for n, a in enumerate(course_axes))
            alone = FigureSpec(self.title, moved, widths=(2.2, 1.0), facts=facts)
        return FigureSpec(
            self.title,
            (*window_axes, *course_axes),
            (3.2, 1.0),
            (4.4, 3.2, 1.7),
            share_x=True,
            facts=facts,
            small=alone,
        )

    @property
    def _window(self) -> Window:
        return Window(self._weight, float(self._pace))

    def _curve(self, curve: Curve, pairs: PairsSeen) -> Axes:
        """The curve over the dots, in percent of the largest weight."""
        far, changes = float(curve.lags[-1]), 100 * pairs.changes
        peak = round_up(1.08 * highest(curve, changes), STEPS)
        marks: list[Mark] = [
            Level(0.0, colour="outline", stroke="solid"),
            Level(0.0, colour="outline", stroke="solid", upright=True),
        ]
        if len(pairs.lags):
            shown = np.clip(changes, -peak, peak)
            size, few = (0.45, 1.0) if len(shown) <= FEW else (0.22, 0.6)
            marks.append(Dots(pairs.lags, shown, say_dots(pairs), 0, size=size, strength=few))
        label = say_curve(curve, self._pace, self._weight)
        for lag in (-1.0, 1.0):  # it jumps between them
            on = side(curve, lag)
            words = label if lag > 0 else ""
            marks.append(Line(curve.lags[on], 100 * curve.change[on], words, 1))
        marks.append(Words(-0.97 * far, 0.9 * peak, BEFORE, "muted", "right", 0.9))
        marks.append(Words(0.97 * far, -0.9 * peak, AFTER, "muted", "left", 0.9))
        height = Axis(CHANGE, "% of w_max", -peak, peak)
        return Axes(tuple(marks), Axis(LAG, "ms", -far, far), height)


def _learns(path: ProjectionEntry) -> bool:
    return path.role != "feedback"


def seen_within(pairs: PairsSeen | None, far: float) -> PairsSeen:
    """The pairs whose lag the window shows."""
    if pairs is None:
        return PairsSeen(np.empty(0), np.empty(0), 0, 0)
    near = np.abs(pairs.lags) <= far
    return PairsSeen(pairs.lags[near], pairs.changes[near], pairs.watched, pairs.total)


def highest(curve: Curve | None, changes: np.ndarray) -> float:
    """How far the curve and nearly all dots go, in percent."""
    known = 100 * curve.change[np.isfinite(curve.change)] if curve is not None else np.empty(0)
    dots = np.quantile(np.abs(changes), 0.98) if len(changes) else 0.0
    return max(float(np.abs(known).max(initial=0.0)), float(dots))


def side(curve: Curve, lag: float) -> np.ndarray:
    """Which of the curve's points are on the side of zero that a lag is on."""
    if lag < 0:
        return curve.lags < 0
    return curve.lags >= 0 if curve.lower_first else curve.lags > 0


def say_curve(curve: Curve, pace: str, weight: float) -> str:
    """Say what the curve is of."""
    what = "one pair" if pace == "0" else f"each pairing, at {pace} Hz"
    at = f" at w = {number(weight * curve.w_max, 3)}" if curve.weighted else ""
    return f"Curve: {what}{at}"


def say_dots(pairs: PairsSeen) -> str:
    """Say what the dots are of."""
    if not len(pairs.lags):
        return "No pairs yet"
    some = f"{number(pairs.watched)} of {number(pairs.total)} synapses"
    count = number(len(pairs.lags))
    of = "the synapse" if pairs.total == 1 else some
    return f"Dots: {count} pair{'' if count == '1' else 's'} of {of}"


def shares_of(reply: CourseReply) -> np.ndarray:
    """Counts (rows, bins) of weights in percent of them all."""
    totals = reply.counts.sum(axis=1, keepdims=True)
    shares: np.ndarray = 100 * reply.counts / np.maximum(totals, 1)
    return shares


def share_peak(shares: np.ndarray) -> float:
    """Where colours for shares end, in percent."""
    peak = float(np.quantile(shares, 0.995))
    return float(next((step for step in SHARES if step >= peak), 100))


def _counts(pairs: PairsSeen, far: float) -> Axes:
    """How often each lag was."""
    counts, edges = np.histogram(pairs.lags, BINS, (-far, far))
    top = round_up(float(counts.max(initial=0)) or 1.0)
    height = Axis("pairs", low=0.0, high=top, ticks=((0.0, "0"), (top, number(top))))
    bars = Bars(edges, counts.astype(np.float64))
    return Axes((bars,), Axis(LAG, "ms", -far, far), height, place=(1, 0))


def _course(reply: CourseReply) -> Axes:
    """Trials across, weights up; what was noted at or before each trial."""
    shares = shares_of(reply)
    start, end = float(reply.trials[0]), float(max(reply.trials[-1], reply.trials[0] + 1))
    when = start + (np.arange(COLUMNS) + 0.5) / COLUMNS * (end - start)
    rows = np.searchsorted(reply.trials, when, side="right") - 1
    values = shares[np.clip(rows, 0, len(shares) - 1)].T
    extent = (start, end, 0.0, reply.w_max)
    picture = Picture(values, "sequential", (0.0, share_peak(shares)), extent, rising=True)
    return Axes(
        (picture,),
        Axis("Trial", "", start, end),
        Axis("Weight w", "", 0.0, reply.w_max),
        bar=ColourBar("of the weights", "%"),
        place=(0, 1),
        span=(2, 1),
    )


def _present(reply: CourseReply) -> Axes:
    """How the weights are spread now, as bars that grow to the right."""
    shares = shares_of(reply)[-1]
    edges = np.linspace(0.0, reply.w_max, len(shares) + 1)
    end = next((step for step in SHARES if step >= float(shares.max(initial=0.0))), 100)
    across = Axis("now", "%", 0.0, float(end), ticks=((0.0, "0"), (float(end), str(end))))
    height = Axis(low=0.0, high=reply.w_max, ticks=())
    return Axes((Bars(edges, shares, lying=True),), across, height, place=(0, 2), span=(2, 1))
