"""Axes as a frame: lines, numbers, names and ends."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import ceil, floor, log10
from typing import Any

import numpy as np
from matplotlib.ticker import (
    FixedFormatter,
    FixedLocator,
    Formatter,
    LogLocator,
    MaxNLocator,
    NullFormatter,
    NullLocator,
)

from .marks.diagram import reach
from .measure import Measure
from .pen import Pen
from .spec import Axes, Axis, Bars, Dots, Line, Picture
from .word import number, tick

Side = str  # "x" or "y"
WITHIN = 3.0  # decades, up to which a logarithmic axis has 1, 2 and 5 in each


class Plain(Formatter):  # type: ignore[misc]
    """Numbers with as many places as their distance asks for, a true minus and thin spaces."""

    def __call__(self, value: float, _place: int | None = None) -> str:
        return number(float(value), 4)

    def format_ticks(self, values: Any) -> list[str]:
        found = [float(value) for value in values]
        if len(found) < 2:
            return [number(value, 4) for value in found]
        apart = min(abs(b - a) for a, b in pairwise(found)) or 1.0
        digits = max(0, ceil(-log10(apart) - 1e-9))
        largest = max(map(abs, found))
        if digits > 4 or largest >= 1e6:
            return [number(value, 4) for value in found]
        gap = "\u2009" if largest >= 1e4 else ""
        texts = (f"{value:,.{_places(found, digits)}f}" for value in found)
        return [text.replace(",", gap).replace("-", "−") for text in texts]


def _places(values: list[float], least: int) -> int:
    """How many decimals tell the values exactly, from `least` on: 2.5 apart needs one."""
    for places in range(least, least + 2):
        if all(abs(round(value, places) - value) < 10.0 ** -(places + 3) for value in values):
            return places
    return least


class Powers(Formatter):  # type: ignore[misc]
    """Numbers on a logarithmic axis: 0.01, 500, 2×10⁶."""

    def __call__(self, value: float, _place: int | None = None) -> str:
        return tick(float(value)) if value > 0 else ""


def dress(axes: Any, spec: Axes, pen: Pen) -> None:
    """Take on the look before anything is drawn."""
    axes.set_facecolor("none" if spec.bare else pen.look.ground)
    theme = pen.look.theme
    for side, spine in axes.spines.items():
        spine.set_color(theme.axis)
        spine.set_linewidth(pen.line(0.45))
        spine.set_visible(side in ("left", "bottom") or _boxed(spec))
    axes.tick_params(
        length=0.25 * pen.text,
        width=pen.line(0.45),
        color=theme.axis,
        labelcolor=theme.text,
        labelsize=pen.text,
        pad=0.25 * pen.text,
    )


def _boxed(spec: Axes) -> bool:
    return any(isinstance(mark, Picture) for mark in spec.marks)


def finish(axes: Any, spec: Axes) -> None:
    """Name the axes and set their ends, once everything is drawn."""
    if spec.bare:
        _strip(axes, spec)
        return
    if not _boxed(spec):
        dots = any(isinstance(mark, Dots) for mark in spec.marks)
        lines = any(isinstance(mark, Line | Bars) for mark in spec.marks)
        axes.margins(x=0.0 if lines and not dots else 0.04, y=0.05)
    for side, axis in (("x", spec.x), ("y", spec.y)):
        _scale(axes, side, axis)
        _number(axes, side, axis, whole=_whole(spec, side))
    if spec.equal:
        axes.set_aspect("equal", adjustable="box", anchor="W")


def _strip(axes: Any, spec: Axes) -> None:
    """Leave nothing but what is drawn; around a diagram there is as much room as it needs."""
    axes.set_axis_off()
    around = reach(spec.marks)
    if around is not None:
        x0, x1, y0, y1 = around
        axes.set_xlim(spec.x.low if spec.x.low is not None else x0, spec.x.high or x1)
        axes.set_ylim(spec.y.low if spec.y.low is not None else y0, spec.y.high or y1)
    if spec.equal:
        axes.set_aspect("equal", adjustable="box", anchor="C")


def _scale(axes: Any, side: Side, axis: Axis) -> None:
    set_scale, set_ends = getattr(axes, f"set_{side}scale"), getattr(axes, f"set_{side}lim")
    if axis.log:
        set_scale("log", nonpositive="mask")
    low, high = getattr(axes, f"get_{side}lim")()
    low = low if axis.low is None else axis.low
    high = high if axis.high is None else axis.high
    if axis.log and low <= 0:
        low = high / 1e3 if high > 0 else 1e-3
    set_ends(low, high if high != low else low + 1.0)


def _number(axes: Any, side: Side, axis: Axis, *, whole: bool) -> None:
    own = getattr(axes, f"{side}axis")
    own.set_minor_locator(NullLocator())
    own.set_minor_formatter(NullFormatter())
    if axis.ticks is not None:
        own.set_major_locator(FixedLocator([at for at, _ in axis.ticks]))
        own.set_major_formatter(FixedFormatter([words for _, words in axis.ticks]))
        return
    low, high = sorted(getattr(axes, f"get_{side}lim")())
    decades = log10(high / low) if axis.log and low > 0 else 0.0
    if axis.log and decades >= 1:
        own.set_major_locator(_powers(low, high, decades))
        own.set_major_formatter(Powers())
    elif axis.unit == "°" and high - low > 40:
        own.set_major_locator(MaxNLocator("auto", steps=[1, 1.5, 3, 4.5, 9, 10]))
        own.set_major_formatter(Plain())
    else:
        own.set_major_locator(MaxNLocator("auto", steps=[1, 2, 2.5, 5, 10], integer=whole))
        own.set_major_formatter(Plain())


def keep_ticks(all_axes: Sequence[Any]) -> None:
    """Let upright axes' ticks be those that are there: else wider ones may come with the room."""
    for axes in all_axes:
        axes.apply_aspect()
        axes.yaxis.set_major_locator(FixedLocator(axes.yaxis.get_majorticklocs()))


def _powers(low: float, high: float, decades: float) -> LogLocator:
    inside = floor(log10(high) + 1e-9) - ceil(log10(low) - 1e-9) + 1
    subs = (1.0, 2.0, 5.0) if decades <= WITHIN and inside <= WITHIN else (1.0,)
    return LogLocator(subs=subs, numticks=12)


def _whole(spec: Axes, side: Side) -> bool:
    """Whether all samples are whole numbers, as trials are: then the ticks are too."""
    pictures = [mark for mark in spec.marks if isinstance(mark, Picture)]
    if pictures:
        return all(mark.extent is None for mark in pictures)
    samples = [getattr(mark, side) for mark in spec.marks if isinstance(mark, Line | Dots)]
    return bool(samples) and all(
        bool((np.mod(values, 1) == 0).all()) if len(values) else True for values in samples
    )


def name(axes: Any, spec: Axes, pen: Pen, measure: Measure) -> None:
    """Write what the axes are, in two lines where one is too long; numbers do not overlap."""
    wide, high = measure.size(axes)
    for side, axis, room in (("x", spec.x, wide), ("y", spec.y, high)):
        if axis.label and not spec.bare:
            words = measure.wrap(axis.label, max(room, 4 * pen.label), pen.label)
            setter = getattr(axes, f"set_{side}label")
            setter(words, fontsize=pen.label, color=pen.look.theme.text, labelpad=0.3 * pen.text)
    if not spec.bare and spec.x.ticks:
        _thin(axes, spec.x, pen, measure, wide)
    if not spec.bare and spec.y.ticks:
        _thin_upright(axes, spec.y, pen, high)


def _thin(axes: Any, axis: Axis, pen: Pen, measure: Measure, wide: float) -> None:
    """Lean words that would touch, and leave out what has no room even so."""
    ticks = axis.ticks or ()
    span = abs(axes.get_xlim()[1] - axes.get_xlim()[0]) or 1.0
    places = sorted(at for at, _ in ticks)
    apart = min((b - a for a, b in pairwise(places)), default=span)
    room = wide * apart / span
    widest = max(measure.width(words, pen.text) for _, words in ticks)
    if widest + 0.4 * pen.text <= room:
        return
    every = max(1, ceil(1.15 * pen.text / room)) if room > 0 else 1
    kept = ticks[::every]
    axes.xaxis.set_major_locator(FixedLocator([at for at, _ in kept]))
    axes.xaxis.set_major_formatter(FixedFormatter([words for _, words in kept]))
    if widest + 0.4 * pen.text > room * every:
        for label in axes.get_xticklabels():
            label.set(rotation=90 if every > 1 else 40, ha="center" if every > 1 else "right")
            label.set_rotation_mode("default" if every > 1 else "anchor")


def _thin_upright(axes: Any, axis: Axis, pen: Pen, high: float) -> None:
    ticks = axis.ticks or ()
    span = abs(axes.get_ylim()[1] - axes.get_ylim()[0]) or 1.0
    places = sorted(at for at, _ in ticks)
    apart = min((b - a for a, b in pairwise(places)), default=span)
    room = high * apart / span
    every = max(1, ceil(1.1 * pen.text / room)) if room > 0 else 1
    kept = ticks[::every]
    axes.yaxis.set_major_locator(FixedLocator([at for at, _ in kept]))
    axes.yaxis.set_major_formatter(FixedFormatter([words for _, words in kept]))
