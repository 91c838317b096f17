"""The confusion matrix as marks: shares of a row as colours, and counts in the cells."""

from __future__ import annotations

import numpy as np

from ..core.decade import round_up
from .confusion_words import percent, shares
from .spec import Axes, Axis, Colour, ColourBar, Mark, Node, Picture
from .word import number

DEEP = 0.5  # part of the colours' range, above which words are written in the ground's colour


def confusion_axes(
    counts: np.ndarray, trial: int, names: tuple[str, ...], *, in_percent: bool
) -> Axes:
    """True classes in rows, answered ones in columns; mistakes in colours, right answers framed."""
    part = shares(counts)
    wrong = part.copy()
    np.fill_diagonal(wrong, 0)
    peak = 100 * round_up(max(0.01, float(wrong.max(initial=0.0))))
    size = len(counts)
    marks: list[Mark] = [Picture(100 * wrong, "sequential", (0.0, peak), (0, size, 0, size))]
    for row, col in np.ndindex(size, size):
        if counts[row, col] or row == col:
            words = percent(float(part[row, col])) if in_percent else str(counts[row, col])
            marks.append(_cell(row, col, words, 100 * float(wrong[row, col]) / peak))
    ticks = tuple((place + 0.5, name) for place, name in enumerate(names))
    return Axes(
        tuple(marks),
        Axis(f"Answered, at trial {number(trial, 9)}", ticks=ticks),
        Axis("True", ticks=ticks),
        bar=ColourBar("Mistaken, of a row", "%"),
    )


def _cell(row: int, col: int, words: str, depth: float) -> Node:
    right = row == col
    colour: Colour = "good" if right else "plot" if depth > DEEP else "text"
    return Node(
        col + 0.5,
        row + 0.5,
        0.96,
        0.96,
        words,
        fill="plot" if right else "none",
        edge="good" if right else "none",
        text_colour=colour,
    )
