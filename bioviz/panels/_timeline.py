"""Recorded curves over trials or epochs, with what was done to the run marked on them."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import Any

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QResizeEvent

from ..core.request import Curve
from ..core.request_beside import Gap
from ..core.snapshot import Snapshot
from ..figures.earlier import THIN, EarlierLine
from ..figures.lanes import Lane
from ..figures.markers import events_of
from ..figures.recorded import Recorded, time_words
from ..ui.colour import Colour
from ..ui.curve import Curve as PlotCurve
from ..ui.curve import Stroke
from ..ui.plot import CurvePlot
from ..ui.word import number
from ._growth import Growth

POINTS = 1000  # of a curve; more cannot be told apart at a panel's width
EARLIER = "earlier/"  # what the keys of earlier runs' curves begin with
MOST_LEGEND = 0.5  # part of the height; beyond it the legend leaves its last names out
MOST_EARLIER = 0.3  # beyond which it leaves out those of earlier runs
LONGEST = 30  # letters of a marker's words; hovering tells the rest
LINE = 17  # pixels from one line of markers' words to the next
Samples = tuple[np.ndarray, np.ndarray]  # trials (n,) and values (n,)
Reference = tuple[float | None, str, tuple[float, float] | None]  # level, its words, band around it


class Timeline(CurvePlot):
    """A plot whose x axis is time, in trials or in epochs."""

    def __init__(self) -> None:
        super().__init__()
        self.unit = "trials"
        self.growth = Growth()
        self._epoch = 1
        self._y = ("", "")
        self._held: dict[str, Samples] = {}
        self._earlier: Sequence[EarlierLine] = ()
        self._hidden: set[str] = set()  # groups that the user has hidden
        self._drawn: dict[str, tuple[object, ...]] = {}
        self._events: list[tuple[int, str]] = []
        self._reference: Reference = (None, "", None)
        self._referred = False  # whether it is drawn: it waits for a first point
        self.set_x_words(self._word)
        self.visibility_changed.connect(self._note_hidden)
        self.box.sigRangeChanged.connect(self._spread_words)
        self.box.sigResized.connect(self._spread_words)
        self._name_axes()

    def start(self, epoch_trials: int) -> None:
        """Begin with a new run, of which an epoch takes so many trials."""
        self._epoch = max(1, epoch_trials)
        self._events = []
        self.set_markers([])
        self._forget_curves()
        self._name_axes()

    def set_unit(self, unit: str) -> None:
        """Count time in "trials" or "epochs"."""
        self.unit = unit
        self._drawn.clear()
        self._draw_earlier()
        self._name_axes()
        self._mark_events()

    def set_quantity(self, label: str, unit: str = "") -> None:
        """Name the y axis; the curves before were of another quantity and go."""
        self._y = (label, unit)
        self._forget_curves()
        self._show_reference()
        self._name_axes()

    def set_earlier(self, lines: Sequence[EarlierLine]) -> None:
        """Draw curves of earlier runs behind the present ones; once, not at every snapshot."""
        for key in self.keys():
            if key.startswith(EARLIER):
                self.remove_curve(key)
        self._earlier = tuple(lines)
        self._draw_earlier()
        self._show_reference()

    def _draw_earlier(self) -> None:
        for line in self._earlier:
            run, (x, y) = line.run, line.samples(self.unit)
            key = f"{EARLIER}{run.number}/{line.channel}"
            self.set_curve(
                key,
                x,
                y,
                label=run.label,
                colour=line.tone,
                style=line.stroke,
                width=THIN,
                tip=line.tip,
                soft=line.soft,
                group=run.name,
                words=line.words,
            )
            self._curves[key].entry.setChecked(run.name not in self._hidden)
        self._fit_legend()

    def _note_hidden(self, key: str, shown: bool) -> None:
        """Remember which earlier runs the user hides, for when they are drawn anew."""
        group = self._curves[key].group
        if shown:
            self._hidden.discard(group)
        elif group:
            self._hidden.add(group)

    def _forget_curves(self) -> None:
        self._held.clear()
        self._drawn.clear()
        self._earlier = ()
        self.clear()

    def _fit_legend(self) -> None:
        """Leave names out of the legend where it would take the plot's room; hovering has them."""
        curves = sorted(self._curves.values(), key=self._named_at)
        for curve in curves:
            curve.entry.setVisible(True)
        for curve in reversed(curves):
            most = MOST_EARLIER if curve.group else MOST_LEGEND
            if self._legend.heightForWidth(self.width() - 12) <= most * self.height():
                return
            if curve.group:
                for other in curves:  # all or none: which are left would mean nothing
                    other.entry.setVisible(not other.group)
            else:
                curve.entry.setVisible(False)

    def _named_at(self, curve: PlotCurve) -> int:
        return self._legend.indexOf(curve.entry)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_legend()

    def refer(
        self, level: float | None, words: str = "", band: tuple[float, float] | None = None
    ) -> None:
        """Draw a reference line, and perhaps a band around it, as soon as there is a curve."""
        self._reference = (level, words, band)
        self._show_reference()

    def _show_reference(self) -> None:
        self._referred = self._has_points
        level, words, band = self._reference if self._has_points else (None, "", None)
        self.set_band("reference", *(band or (None, None)))
        self.set_line("reference", level, words, above=band is not None)  # in the band, not below

    @property
    def _has_points(self) -> bool:
        return bool(self._earlier) or any(len(trials) for trials, _ in self._held.values())

    def set_angle_ticks(self, angular: bool) -> None:
        """Put the numbers of the y axis 15, 30, 45 or 90 apart, as angles are read."""
        self.item.getAxis("left").steps = (1.5, 3, 4.5, 9) if angular else (1, 2, 5)

    def draw(
        self,
        name: str,
        snapshot: Snapshot,
        *,
        label: str,
        colour: Colour = None,
        style: Stroke = "solid",
        scale: float = 1.0,
        unit: str = "",
        tip: str = "",
        soft: bool = True,
        lane: Lane | None = None,
        against: Lane | None = None,
        mark: int | None = None,
    ) -> None:
        """Draw the channel `name` from a snapshot, if it came and is not drawn already.

        It is the first experiment's where no other `lane` is given, or what that has more than
        the one that it is set `against`.
        """
        reply: Samples | None = snapshot.get(asked(name, lane, against))
        if reply is None:
            return
        key, dress = key_of(name, lane), (label, colour, style, unit, mark)
        renamed = self._drawn.get(key) != dress
        if not renamed and key in self._held and _same(self._held[key], reply):
            return
        self._held[key], self._drawn[key] = reply, dress
        trials, values = reply
        value = spoken(float(values[-1]) * scale, unit) if len(values) else ""
        x, y = self._time(trials, lane), values * scale
        self.set_curve(
            key,
            x,
            y,
            label=label,
            colour=colour,
            style=style,
            value=value,
            tip=tip,
            soft=soft,
            mark=mark,
        )
        self._settle(renamed=renamed)

    def draw_recorded(self, line: Recorded, snapshot: Snapshot) -> None:
        """Draw a curve as its description has it."""
        self.draw(
            line.info.name,
            snapshot,
            label=line.label,
            colour=line.colour,
            style=line.stroke,
            scale=line.scale,
            unit=line.unit,
            tip=line.tip,
            soft=line.soft,
            lane=line.lane,
            against=line.against,
            mark=line.mark,
        )

    def _time(self, trials: np.ndarray, lane: Lane | None) -> np.ndarray:
        """Trials in the unit of the time axis."""
        epoch = lane.entry.epoch_trials if lane else self._epoch
        return trials if self.unit == "trials" else trials / max(1, epoch)

    def _settle(self, *, renamed: bool) -> None:
        """Show what waits for a first point, and let the legend fit a new name."""
        if self._has_points and not self._referred:
            self._show_reference()
        if renamed:
            self._fit_legend()

    def draw_markers(self, snapshot: Snapshot, lanes: Sequence[Lane] = ()) -> None:
        """Mark what was done to the run, or to any of several, from a snapshot; the last thing."""
        self._see_growth(snapshot)
        events = events_of(snapshot, lanes)
        if events is None:
            return
        self._events = events
        self._mark_events()

    def _see_growth(self, snapshot: Snapshot) -> None:
        if snapshot.positions:
            low, high = self.box.viewRange()[0]
            step = 1 if self.unit == "trials" else self._epoch
            self.growth.see(snapshot.position.trial, (high - low) * step, self.box.width())

    def _mark_events(self) -> None:
        step = 1 if self.unit == "trials" else self._epoch
        self.set_markers([(trial / step, _shorten(text)) for trial, text in self._events])
        self._spread_words()

    def _spread_words(self) -> None:
        """Place the markers' words so that none covers others; the rest is left to hovering."""
        (low, high), wide = self.box.viewRange()[0], self.box.width()
        taken = [-inf] * max(1, int(self.box.height() / LINE / 3))
        fixed = self._fixed_words()
        for line, x, text in sorted(self.references.markers, key=_when):
            label = getattr(line, "label", None)
            if label is None or not text or high <= low or wide < 1:
                continue
            size = label.boundingRect().width()
            at = (x - low) / (high - low) * wide
            left = at if at < wide / 2 else at - size  # they flip to stay inside
            places = (QRectF(left, 2 + LINE * i, size, LINE - 2) for i in range(len(taken)))
            free = (
                i
                for i, place in enumerate(places)
                if taken[i] < left and not any(map(place.intersects, fixed))
            )
            level = next(free, None)
            label.setVisible(level is not None)
            if level is not None:
                taken[level] = left + size + 4
                label.setPosition(1 - (2 + LINE * level) / max(1.0, self.box.height()))

    def _fixed_words(self) -> list[QRectF]:
        """Where the words of the horizontal lines stand, in pixels of the plotted box."""
        labels = (getattr(line, "label", None) for line, _, _ in self.references.lines.values())
        return [
            label.mapRectToItem(self.box, label.boundingRect())
            for label in labels
            if label is not None and label.isVisible()
        ]

    def _name_axes(self) -> None:
        x, x_unit = time_words(self.unit, self._epoch)
        self.set_labels(x, self._y[0], x_unit, self._y[1])

    def _word(self, x: float) -> str:
        trial = round(x if self.unit == "trials" else x * self._epoch)
        words = f"trial {number(trial)}, epoch {trial / self._epoch:.2f}"
        events = [text for when, text in self._events if self._near(when, trial)]
        return "; ".join([words, *events])

    def _near(self, event: int, trial: int) -> bool:
        low, high = self.box.viewRange()[0]
        step = 1 if self.unit == "trials" else self._epoch
        return bool(abs(event - trial) <= 6 * step * (high - low) / max(1.0, self.box.width()))


def curve(name: str, index: int = 0) -> Curve:
    """The request for an experiment's channel, the same for every panel: they share the reply."""
    return Curve(name, POINTS, index)


def spoken(value: float, unit: str = "") -> str:
    """Word a present value with digits that do not dance, and its unit."""
    if not np.isfinite(value):
        return ""
    if unit == "°":
        return f"{value:.1f}°".replace("-", "−")
    if unit == "%":
        return f"{value:.{1 if abs(value) >= 10 else 2}f} %".replace("-", "−")
    small = value != 0 and abs(value) < 1e-3
    words = number(value, 3) if small else f"{value:#.3g}".rstrip(".").replace("-", "−")
    return f"{words} {unit}".strip()


def _shorten(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _when(marker: tuple[Any, float, str]) -> float:
    return marker[1]


def asked(name: str, lane: Lane | None, against: Lane | None = None) -> Curve | Gap:
    """The request for what is drawn of a channel: an experiment's, or what it has more."""
    if lane is not None and against is not None:
        return Gap(name, POINTS, lane.index, against.index)
    return curve(name, lane.index if lane else 0)


def key_of(name: str, lane: Lane | None = None) -> str:
    """The key of the curve of a channel, of the first experiment where no `lane` is given."""
    return f"{name}@{lane.index}" if lane and lane.index else name


def _same(one: Samples, other: Samples) -> bool:
    return all(np.array_equal(a, b, equal_nan=True) for a, b in zip(one, other, strict=True))
