"""The legend of some axes: above them, or to their right where it is long."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any

from matplotlib.transforms import ScaledTranslation

from .marks.curve import Handle
from .measure import Measure
from .pen import Pen

LONG = 1.8  # parts of the text's height: a handle
APART = 1.3  # between two columns
TALL = 3  # rows, from which a wide figure has it on the right
LINE = 1.45  # the height of a row
MOST = 0.36  # part of the figure's height; beyond it the words are smaller
SIZES = (1.0, 0.85, 0.7, 0.55)  # of the text


def place(
    axes: Any, handles: Sequence[Handle], pen: Pen, measure: Measure, room: float, above: float
) -> float:
    """Put a legend above the axes, in so much room; the height it takes there, in points.

    `above` is what stands between it and the axes.
    """
    own = list({words: handle for handle, words in reversed(handles)}.items())[::-1]
    words = [text for text, _ in own]
    columns, size = _columns(words, pen, measure, room, measure.page[1])
    if columns == 1:
        words = [measure.wrap(text, room - (LONG + 1.0) * size, size) for text in words]
    ordered = [place for col in range(columns) for place in range(col, len(own), columns)]
    shift = ScaledTranslation(0, above / 72, axes.figure.dpi_scale_trans)
    legend = _legend(
        axes,
        [(own[place][1], words[place]) for place in ordered],
        pen,
        size,
        loc="lower left",
        bbox_to_anchor=(0, 1),
        bbox_transform=axes.transAxes + shift,
        ncols=columns,
    )
    box = legend.get_window_extent()
    return float(box.height) * 72 / float(axes.figure.dpi)


def place_beside(
    axes: Any, handles: Sequence[Handle], pen: Pen, measure: Measure, room: float
) -> bool:
    """Put a legend to the right of the axes, if it is long and the figure wide; whether it is."""
    own = list({words: handle for handle, words in reversed(handles)}.items())[::-1]
    wide, high = measure.page
    columns, _ = _columns([text for text, _ in own], pen, measure, room, high)
    beside = ceil(len(own) / columns) > TALL and wide > 1.4 * high
    if beside:
        _beside(axes, own, pen, measure, high)
    return beside


def _columns(
    words: Sequence[str], pen: Pen, measure: Measure, room: float, high: float
) -> tuple[int, float]:
    """How many columns find room, read row by row, and in which size.

    The preset's own size, unless the rows would then take the curves' room.
    """
    columns, size = 1, pen.text
    for smaller in SIZES:
        size = smaller * pen.text
        widths = [measure.width(text, size) + (LONG + 0.6) * size for text in words]
        columns = next((n for n in range(len(words), 1, -1) if _fits(widths, n, size, room)), 1)
        whole = columns > 1 or max(widths) <= room
        if whole and ceil(len(words) / columns) * LINE * size <= MOST * high:
            break
    return columns, size


def _fits(widths: Sequence[float], columns: int, size: float, room: float) -> bool:
    each = [max(widths[col::columns]) for col in range(columns)]
    return sum(each) + (columns - 1) * APART * size <= room


def _beside(axes: Any, own: Sequence[Any], pen: Pen, measure: Measure, high: float) -> None:
    """One column, or more where that would be higher than the page, in words that find room."""
    columns, size = 1, pen.text
    entries: list[Handle] = []
    for smaller in SIZES:
        size = smaller * pen.text
        columns = ceil(len(own) * LINE * size / (0.8 * high))
        most = 0.3 * measure.page[0] / columns
        entries = [(handle, measure.wrap(text, most, size)) for text, handle in own]
        lines = sum(1 + words.count("\n") for _, words in entries)
        if ceil(lines / columns) * LINE * size <= 0.8 * high:
            break
    _legend(axes, entries, pen, size, loc="upper left", bbox_to_anchor=(1.01, 1), ncols=columns)


def _legend(axes: Any, entries: Sequence[Handle], pen: Pen, size: float, **where: Any) -> Any:
    legend = axes.legend(
        [handle for handle, _ in entries],
        [words for _, words in entries],
        fontsize=size,
        labelcolor=pen.look.theme.text,
        frameon=False,
        handlelength=LONG,
        handletextpad=0.5,
        columnspacing=APART,
        labelspacing=0.3,
        borderaxespad=0.3,
        borderpad=0.0,
        **where,
    )
    for handle in legend.legend_handles:
        handle.set_alpha(None)
    return legend
