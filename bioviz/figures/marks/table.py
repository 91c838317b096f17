"""Words in columns."""

from __future__ import annotations

from math import ceil
from typing import Any

from ..measure import Measure
from ..pen import Pen
from ..spec import Table

LINE = 1.55  # parts of the text's height, from one row to the next
SIZES = (1.0, 0.85, 0.7, 0.6)  # of the text, tried until all rows find room


def draw_table(axes: Any, mark: Table, pen: Pen, measure: Measure) -> None:
    """The rows are laid out once the axes' size is known."""
    pen.late.append(lambda: _lay_out(axes, mark, pen, measure))


def _lay_out(axes: Any, mark: Table, pen: Pen, measure: Measure) -> None:
    wide, high = measure.size(axes)
    axes.set_xlim(0, wide)
    axes.set_ylim(high, 0)
    size, blocks, room = _fit(mark, pen, measure, wide, high)
    widths = _widths(mark, measure, size)
    step = wide / blocks
    for block in range(blocks):
        left = block * step
        ends = _ends(left, step, widths, size)
        part = mark.rows[block * room : (block + 1) * room]
        _row(axes, mark.heads, ends, 0, size, pen, strong=True)
        line = LINE * size
        axes.plot(
            [left, ends[-1]], [1.1 * line] * 2, color=pen.colour("axis"), linewidth=pen.line(0.5)
        )
        for place, row in enumerate(part):
            _row(axes, row, ends, place + 1.25, size, pen)
    left_out = len(mark.rows) - blocks * room
    if left_out > 0:
        words = f"… and {left_out} more in the table behind this figure"
        axes.text(0, high, words, va="bottom", color=pen.colour("muted"), fontsize=size)


def _fit(
    mark: Table, pen: Pen, measure: Measure, wide: float, high: float
) -> tuple[float, int, int]:
    """The words' size, the blocks side by side, and how many rows each has."""
    size, blocks, room = pen.text, 1, 1
    for smaller in SIZES:
        size = smaller * pen.text
        blocks = max(1, int((wide + 2 * size) / (sum(_widths(mark, measure, size)) + 2 * size)))
        room = max(1, int(high / (LINE * size) - 1.6))
        if blocks * room >= len(mark.rows):
            needed = ceil(len(mark.rows) / room)
            return size, needed, ceil(len(mark.rows) / needed)
    return size, blocks, max(1, room - 1)  # a row for what is left out


def _widths(mark: Table, measure: Measure, size: float) -> list[float]:
    """How wide each column is, with the gap before it."""
    columns = zip(mark.heads, *mark.rows, strict=True)
    widest = [
        max(measure.width(text, size, strong=not place) for place, text in enumerate(column))
        for column in columns
    ]
    return [widest[0], *(width + 1.4 * size for width in widest[1:])]


def _ends(left: float, step: float, widths: list[float], size: float) -> list[float]:
    """Where the first column begins and the others end."""
    spare = max(0.0, min(step - 2 * size, 1.5 * sum(widths)) - sum(widths)) / max(
        1, len(widths) - 1
    )
    ends, at = [left], left + widths[0]
    for width in widths[1:]:
        at += width + spare
        ends.append(at)
    return ends


def _row(
    axes: Any,
    words: tuple[str, ...],
    ends: list[float],
    place: float,
    size: float,
    pen: Pen,
    *,
    strong: bool = False,
) -> None:
    for column, (text, at) in enumerate(zip(words, ends, strict=True)):
        axes.text(
            at,
            (place + 0.5) * LINE * size,
            text,
            ha="right" if column else "left",
            va="center",
            fontsize=size,
            fontweight="bold" if strong else "normal",
            color=pen.colour("text"),
        )
