"""Curves, dots, bars, bands and strokes over two axes."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, PathPatch
from matplotlib.path import Path

from ...core.probe import thin
from ..pen import DASHES, FAINT, Pen
from ..spec import Band, Bars, Dots, Events, Level, Line

Handle = tuple[Any, str]  # what stands in the legend, and its words
SHAPES = {"dot": "o", "triangle": "^", "square": "s", "diamond": "D", "ring": "o", "cross": "x"}


def draw_line(axes: Any, mark: Line, pen: Pen) -> Handle | None:
    """A curve, thinned to what the output can tell apart."""
    x, y = np.asarray(mark.x, float), np.asarray(mark.y, float)
    if not (np.diff(x) < 0).any() and not np.isnan(x).any():  # else it is no curve over x
        x, y = thin(x, y, pen.points)
    alone = np.count_nonzero(np.isfinite(y)) == 1  # a line of one point would not be seen
    (line,) = axes.plot(
        x,
        y,
        marker="o" if alone else "",
        markersize=0.3 * pen.text,
        color=pen.clear(mark.colour, FAINT if mark.faint else 1.0),
        linestyle=DASHES[mark.stroke],
        linewidth=pen.line(mark.weight * (0.7 if mark.faint else 1.0)),
        solid_capstyle="round",
        dash_capstyle="butt",
    )
    return (line, mark.label) if mark.label else None


def draw_dots(axes: Any, mark: Dots, pen: Pen) -> Handle | None:
    """Points; where a vector figure would be too large, as a picture of them."""
    colour, hollow = pen.colour(mark.colour), mark.shape == "ring"
    stroke = pen.line(0.8) if mark.shape in ("ring", "cross") else pen.line(0.2)
    look = {
        "linestyle": "none",
        "marker": SHAPES[mark.shape],
        "markersize": mark.size * pen.text,
        "markerfacecolor": "none" if hollow else pen.clear(mark.colour, mark.strength),
        "markeredgecolor": colour if mark.shape in ("ring", "cross") else pen.look.theme.plot,
        "markeredgewidth": stroke if mark.strength == 1 or hollow else 0,
    }
    (dots,) = axes.plot(mark.x, mark.y, **look)
    dots.set_rasterized(len(mark.x) > pen.most_marks)
    if not mark.label:
        return None
    seen = {**look, "markersize": max(mark.size, 0.4) * pen.text}
    return Line2D([], [], **{**seen, "markerfacecolor": "none" if hollow else colour}), mark.label


def draw_bars(axes: Any, mark: Bars, pen: Pen) -> Handle | None:
    """A histogram as one filled outline."""
    along = np.repeat(np.asarray(mark.edges, float), 2)
    up = np.concatenate([[0.0], np.repeat(np.asarray(mark.counts, float), 2), [0.0]])
    look = {
        "facecolor": pen.clear(mark.colour, 0.3),
        "edgecolor": pen.colour(mark.colour),
        "linewidth": pen.line(0.7),
    }
    (outline,) = axes.fill(*((up, along) if mark.lying else (along, up)), **look)
    (outline.sticky_edges.x if mark.lying else outline.sticky_edges.y).append(0.0)
    return (Patch(**look), mark.label) if mark.label else None


def draw_band(axes: Any, mark: Band, pen: Pen) -> Handle | None:
    """A pale stripe from end to end."""
    span = axes.axvspan if mark.upright else axes.axhspan
    look = {"facecolor": pen.clear(mark.colour, 0.18), "edgecolor": "none", "linewidth": 0}
    span(mark.low, mark.high, **look)
    return (Patch(**look), mark.label) if mark.label else None


def draw_level(axes: Any, mark: Level, pen: Pen) -> None:
    """A reference line from end to end; its words come once the curves' places are known."""
    line = axes.axvline if mark.upright else axes.axhline
    line(
        mark.at,
        color=pen.colour(mark.colour),
        linestyle=DASHES[mark.stroke],
        linewidth=pen.line(0.6),
    )


def draw_events(axes: Any, mark: Events, pen: Pen) -> Handle | None:
    """Short upright strokes, all in one path; where they are many, as a picture of them."""
    x, y = np.asarray(mark.x, float), np.asarray(mark.y, float)
    half = mark.height / 2
    ends = np.stack([np.stack([x, y - half], -1), np.stack([x, y + half], -1)], axis=1)
    codes = np.tile([Path.MOVETO, Path.LINETO], len(x))
    colour = pen.colour(mark.colour)
    wide = pen.line(0.6)
    strokes = PathPatch(
        Path(ends.reshape(-1, 2), codes), edgecolor=colour, facecolor="none", linewidth=wide
    )
    axes.add_patch(strokes)
    strokes.set_rasterized(len(x) > pen.most_marks)
    seen = {"marker": "|", "linestyle": "none", "markersize": 0.7 * pen.text}
    handle = Line2D([], [], color=colour, markeredgewidth=wide, **seen)
    return (handle, mark.label) if mark.label else None
