"""Wires of a diagram: lines with rounded corners that end in an arrow's head or in a disc."""

from __future__ import annotations

from math import cos, pi, sin
from typing import Any

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch, Polygon
from matplotlib.path import Path

from ..pen import DASHES, Pen
from ..spec import Wire
from .curve import Handle
from .diagram import shade

ROUND = 0.7  # of the text's height: the radius of a corner
STEPS = 24  # of a disc
LEAST = 0.02  # of it, below which a weight has no sign to be seen
STRONG = 0.7  # power of a value's size: the weak ones must still be seen


def draw_wire(axes: Any, mark: Wire, pen: Pen) -> Handle | None:
    """A wire; its end takes its shape once the axes' size is known."""
    if mark.value is not None:
        _draw_value(axes, mark, mark.value, pen)
        return None
    wide, colour = pen.line(mark.weight), pen.colour(mark.colour)
    look = {"linewidth": wide, "linestyle": DASHES[mark.stroke]}
    shaft = PathPatch(
        Path(np.asarray(mark.points, float)),
        facecolor="none",
        edgecolor=colour,
        capstyle="butt",
        joinstyle="round",
        **look,
    )
    axes.add_patch(shaft)
    head = None
    if mark.head or mark.disc:
        tip = mark.points[-1]
        head = Polygon([tip, tip, tip], closed=True, facecolor=colour, edgecolor="none")
        axes.add_patch(head)
    pen.late.append(lambda: _shape(axes, mark, shaft, head, pen))
    seen = {**look, "linewidth": pen.line(0.9)}
    return (Line2D([], [], color=colour, **seen), mark.label) if mark.label else None


def _draw_value(axes: Any, mark: Wire, value: float, pen: Pen) -> None:
    """A single weight: its colour the sign, its width and strength the size."""
    size = min(1.0, abs(value)) ** STRONG if np.isfinite(value) else 0.0
    colour = pen.colour("disabled")
    if size > LEAST:
        colour = shade(float(np.sign(value)) * (0.5 + 0.5 * size), "diverging", pen)
    x, y = np.asarray(mark.points, float).T
    wide, strength = pen.line(mark.weight * (0.2 + 0.9 * size)), 0.4 + 0.6 * size
    axes.plot(x, y, color=(colour, strength), linewidth=wide, solid_capstyle="butt")


def _shape(axes: Any, mark: Wire, shaft: Any, head: Any, pen: Pen) -> None:
    """Round the corners, and put the head at the end, all in points, whatever the axes' scale."""
    there = axes.transData
    scale = 72 / axes.figure.dpi
    points = there.transform(np.asarray(mark.points, float)) * scale
    wide = pen.line(mark.weight)
    long = 0.55 * pen.text + 2.0 * wide
    along = points[-1] - points[-2]
    length = float(np.hypot(*along)) or 1.0
    long = min(long, 0.8 * length)
    way = along / length
    if head is not None:
        outline = _disc(points[-1], way, 0.4 * long) if mark.disc else _arrow(points[-1], way, long)
        head.set_xy(there.inverted().transform(outline / scale))
        points = np.vstack([points[:-1], points[-1] - way * long * 0.75])
    path = _rounded(points, ROUND * pen.text)
    shaft.set_path(Path(there.inverted().transform(path.vertices / scale), path.codes))


def _arrow(tip: np.ndarray, way: np.ndarray, long: float) -> np.ndarray:
    side = np.array([-way[1], way[0]]) * 0.42 * long
    back = tip - way * long
    return np.array([tip, back + side, tip - way * long * 0.8, back - side])


def _disc(tip: np.ndarray, way: np.ndarray, radius: float) -> np.ndarray:
    turns = [2 * pi * k / STEPS for k in range(STEPS)]
    return tip - way * radius + radius * np.array([(cos(turn), sin(turn)) for turn in turns])


def _rounded(points: np.ndarray, radius: float) -> Path:
    """A path through points (n, 2) whose corners are parts of curves."""
    vertices, codes = [points[0]], [Path.MOVETO]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        legs = [before - corner, after - corner]
        lengths = [max(1e-9, float(np.hypot(*leg))) for leg in legs]
        short = min(radius, *(length / 2 for length in lengths))
        start, end = (corner + leg / n * short for leg, n in zip(legs, lengths, strict=True))
        vertices += [start, corner, end]
        codes += [Path.LINETO, Path.CURVE3, Path.CURVE3]
    return Path(np.array([*vertices, points[-1]]), [*codes, Path.LINETO])
