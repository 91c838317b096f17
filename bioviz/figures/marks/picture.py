"""Values as coloured cells: one picture, or many small ones with captions."""

from __future__ import annotations

from math import ceil
from typing import Any

import numpy as np
from matplotlib.cm import ScalarMappable
from matplotlib.colors import ListedColormap, Normalize
from matplotlib.patches import Rectangle

from ...core.decade import round_up
from ...core.request import block_mean
from ..colour import ramp
from ..measure import Measure
from ..pen import Pen
from ..spec import Kind, Picture, Span, Tiles

STEPS = (1, 1.5, 2, 3, 4, 6, 8)  # of colour limits: finer than 1, 2, 5, so that colours stay strong
LEAST = 1.3  # parts of the text's height: a smaller captioned picture cannot be read
MOST = 9.0  # and a larger one helps nobody


def scale(mark: Picture | Tiles, values: np.ndarray, pen: Pen) -> ScalarMappable:
    """What turns values into colours, and what a colour bar tells of."""
    soft, classes = getattr(mark, "soft", False), getattr(mark, "classes", 0)
    if mark.kind == "classes":
        classes = classes or int(np.nanmax(values, initial=0)) + 1
    table = ramp(mark.kind, pen.look.theme, soft=soft, classes=classes)
    colours = ListedColormap(table).with_extremes(bad=pen.look.theme.missing)
    low, high = mark.limits or limits(mark.kind, values)
    if mark.kind == "classes":
        low, high = -0.5, classes - 0.5
    return ScalarMappable(Normalize(low, high, clip=True), colours)


def limits(kind: Kind, values: np.ndarray) -> Span:
    """The values at both ends of the colours: round, by the data, around zero to diverge."""
    finite = values[np.isfinite(values)]
    peak = round_up(float(np.abs(finite).max(initial=0.0)), STEPS)
    if kind == "diverging":
        return -peak, peak
    low = float(finite.min(initial=0.0))
    return (0.0 if low >= 0 else -peak), peak


def draw_picture(axes: Any, mark: Picture, pen: Pen) -> ScalarMappable:
    """One matrix, each value a cell; averaged in blocks where a vector file would be too large."""
    values = np.asarray(mark.values, float)
    rows, cols = values.shape
    extent = mark.extent or (0, cols, 0, rows)
    colours = scale(mark, values, pen)
    x0, x1, y0, y1 = extent
    box = (x0, x1, y0, y1) if mark.rising else (x0, x1, y1, y0)
    axes.imshow(
        _fitting(values, mark, pen),
        cmap=colours.cmap,
        norm=colours.norm,
        interpolation="nearest",
        extent=box,
        origin="lower" if mark.rising else "upper",
        aspect="auto",
    )
    axes.set_xlim(x0, x1)
    axes.set_ylim(*((y0, y1) if mark.rising else (y1, y0)))
    return colours


def _fitting(values: np.ndarray, mark: Picture, pen: Pen) -> np.ndarray:
    """As many cells as may be: block means, or every n-th of what cannot be averaged."""
    rows, cols = values.shape
    if rows * cols <= pen.cells:
        return values
    less = (pen.cells / (rows * cols)) ** 0.5
    high, wide = max(1, int(rows * less)), max(1, int(cols * less))
    if mark.kind == "classes":
        return values[:: ceil(rows / high), :: ceil(cols / wide)]
    return block_mean(values, max(high, min(rows, 8)), max(wide, min(cols, 8)))


def draw_tiles(axes: Any, mark: Tiles, pen: Pen, measure: Measure) -> ScalarMappable:
    """Small pictures in rows; they are laid out once the axes' size is known."""
    stack = np.asarray(mark.pictures, float)
    colours = scale(mark, stack, pen)
    pen.late.append(lambda: _lay_out(axes, mark, stack, colours, pen, measure))
    return colours


def _lay_out(
    axes: Any,
    mark: Tiles,
    stack: np.ndarray,
    colours: ScalarMappable,
    pen: Pen,
    measure: Measure,
) -> None:
    """Place the tiles in points, from the top left corner of the axes on."""
    wide, high = measure.size(axes)
    axes.set_xlim(0, wide)
    axes.set_ylim(high, 0)
    below = 1.45 * pen.text if mark.captions else 0.0
    words = max((measure.width(text, pen.text) for text in mark.captions), default=0.0)
    shape = stack.shape[2] / max(1, stack.shape[1])
    side, columns, count = fit(len(stack), wide, high, words, below, shape, mark.columns, pen.text)
    gap = _gap(pen, mark)
    step = max(side * shape, words) + gap
    if columns > 1 and count >= columns:
        step = max(step, min((wide + gap) / columns, 1.6 * step))  # spread over the width
    for place in range(count):
        row, col = divmod(place, columns)
        left = col * step + (step - gap - side * shape) / 2
        top = row * (side + below + gap)
        _draw_tile(axes, mark, place, (left, left + side * shape, top + side, top), colours, pen)
    axes.set_xlim(0, wide)
    axes.set_ylim(high, 0)


def _draw_tile(
    axes: Any,
    mark: Tiles,
    place: int,
    box: tuple[float, float, float, float],
    colours: ScalarMappable,
    pen: Pen,
) -> None:
    """One picture in its frame, with its caption; `box` is left, right, bottom, top, in points."""
    left, right, bottom, top = box
    axes.imshow(
        np.asarray(mark.pictures[place], float),
        cmap=colours.cmap,
        norm=colours.norm,
        interpolation="nearest",
        extent=box,
        aspect="auto",
    )
    tone = mark.tones[place] if place < len(mark.tones) else "outline"
    axes.add_patch(
        Rectangle(
            (left, top),
            right - left,
            bottom - top,
            facecolor="none",
            edgecolor=pen.colour("outline" if tone == "text" else tone),
            linewidth=pen.line(0.5),
            clip_on=False,
        )
    )
    if place < len(mark.captions):
        axes.text(
            (left + right) / 2,
            bottom + 0.2 * pen.text,
            mark.captions[place],
            ha="center",
            va="top",
            color=pen.colour("text" if tone == "outline" else tone),
            fontsize=pen.text,
        )


def _gap(pen: Pen, mark: Tiles) -> float:
    return pen.text * (0.8 if mark.captions else 0.3)


def fit(
    count: int,
    wide: float,
    high: float,
    words: float,
    below: float,
    shape: float,
    fixed: int,
    text: float,
) -> tuple[float, int, int]:
    """The tiles' height in points, their columns, and how many find room.

    All of them where they can be read, else as many as can be.
    """
    gap = text * (0.8 if below else 0.3)

    def side_of(columns: int) -> float:
        rows = -(-count // columns)
        across = (wide + gap) / columns - gap
        if words > across:
            return 0.0
        return min(across / shape, (high + gap) / rows - gap - below)

    choices = [fixed] if fixed else range(1, max(1, count) + 1)
    side, columns = max((side_of(columns), columns) for columns in choices)
    least = LEAST * text if below else 0.5 * text
    if side >= least:
        return min(side, MOST * text), columns, count
    side = max(least, 0.5 * words)
    columns = fixed or max(1, int((wide + gap) / (max(side * shape, words) + gap)))
    rows = max(1, int((high + gap) / (side + below + gap)))
    across, up = (wide + gap) / columns - gap, (high + gap) / rows - gap - below
    return max(side, min(across / shape, up)), columns, min(count, rows * columns)
