"""Words on lines: what was done to a run and when, and what a reference line stands for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import Any

import numpy as np
from matplotlib.transforms import Bbox

from .measure import Measure
from .pen import Pen
from .spec import Level

SIZE = 0.85  # of the text
ROW = 1.3  # of the words' size: from one row to the next
MOST_ROWS = 3
LONGEST = 40  # letters; the rest is left out


@dataclass(frozen=True)
class _Flag:
    """The words of an event as a flag on its pole: where it begins and ends, in points."""

    at: float
    words: str
    pole: float
    start: float
    end: float
    turned: bool  # to the left, where there is no room on the right


def mark_events(
    axes: Any, events: Sequence[tuple[float, str]], pen: Pen, measure: Measure
) -> float:
    """Draw an upright line for each event, with words above the axes; the height they take.

    Words stand in rows so that none covers another, or another's line; where there are too many
    rows, they are left out and the lines stay.
    """
    low, high = axes.get_xlim()
    inside = [(at, words) for at, words in events if low <= at <= high]
    look = {"color": pen.colour("muted"), "linewidth": pen.line(0.5)}
    for at, _ in inside:
        axes.axvline(at, linestyle=(0, (2, 2)), **look)
    rows = _rows([_flag(axes, at, words, pen, measure) for at, words in inside if words])
    size = SIZE * pen.text
    for row, flag in ((row, flag) for row, flags in enumerate(rows) for flag in flags):
        axes.annotate(
            flag.words,
            (flag.at, 1),
            (0, row * ROW * size + 0.15 * size),
            xycoords=("data", "axes fraction"),
            textcoords="offset points",
            ha="right" if flag.turned else "left",
            va="bottom",
            color=pen.colour("muted"),
            fontsize=size,
            annotation_clip=False,
            arrowprops={
                "arrowstyle": "-",
                "shrinkA": 0,
                "shrinkB": 0,
                "relpos": (1 if flag.turned else 0, 0),
                **look,
            },
        )
    return len(rows) * ROW * size + (0.3 * size if rows else 0.0)


def _flag(axes: Any, at: float, words: str, pen: Pen, measure: Measure) -> _Flag:
    low, high = axes.get_xlim()
    wide, _ = measure.size(axes)
    text = f"\u2009{_shorten(words)}\u2009"
    long, pole = measure.width(text, SIZE * pen.text), (at - low) / (high - low) * wide
    turned = pole + long > wide and pole > wide / 2
    start = pole - long if turned else pole
    return _Flag(at, text, pole, start, start + long, turned)


def _rows(flags: Sequence[_Flag]) -> list[list[_Flag]]:
    """Flags in rows, the lowest first; those for which there is no row are left out."""
    rows: list[list[_Flag]] = []
    upright = sorted((f for f in flags if not f.turned), key=lambda flag: -flag.pole)
    turned = sorted((f for f in flags if f.turned), key=lambda flag: flag.pole)
    for flag in (*upright, *turned):
        for row in range(MOST_ROWS):
            beside = rows[row] if row < len(rows) else []
            above = [other for higher in rows[row + 1 :] for other in higher]
            below = [other for lower in rows[:row] for other in lower]
            if (
                any(other.start < flag.end and flag.start < other.end for other in beside)
                or any(flag.start < other.pole < flag.end for other in above)
                or any(other.start < flag.pole < other.end for other in below)
            ):
                continue
            if row == len(rows):
                rows.append([])
            rows[row].append(flag)
            break
    return rows


def _shorten(words: str) -> str:
    return words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"


def word_levels(axes: Any, levels: Sequence[Level], pen: Pen, measure: Measure) -> None:
    """Write beside each reference line what it stands for, where the least is drawn."""
    ink = _ink(axes)
    for level in levels:
        if level.words:
            room = 0.96 * measure.size(axes)[0]
            words = measure.wrap(level.words, room, SIZE * pen.text)
            ink = np.concatenate([ink, _word(axes, replace(level, words=words), pen, ink)])


def _word(axes: Any, level: Level, pen: Pen, ink: np.ndarray) -> np.ndarray:
    """Write the words of one line; the points they cover, for the next ones."""
    size = SIZE * pen.text
    best: tuple[float, dict[str, Any], Bbox] = (inf, {}, Bbox.null())
    for look in _upright(level, size) if level.upright else _lying(level, size):
        text = axes.annotate(level.words, color=pen.colour(level.colour), fontsize=size, **look)
        box = text.get_window_extent()
        text.remove()
        inside = (ink >= (box.x0, box.y0)) & (ink <= (box.x1, box.y1))
        covered = float(inside.all(axis=1).sum())
        frame = axes.get_window_extent()
        if box.y1 > frame.y1 + 1 or box.y0 < frame.y0 - 1 or box.x1 > frame.x1 + 1:
            covered += 1000
        if covered < best[0]:
            best = (covered, look, box)
    axes.annotate(level.words, color=pen.colour(level.colour), fontsize=size, **best[1])
    box = best[2]
    xs, ys = np.linspace(box.x0, box.x1, 12), np.linspace(box.y0, box.y1, 4)
    return np.stack([grid.ravel() for grid in np.meshgrid(xs, ys)], axis=1)


def _lying(level: Level, size: float) -> list[dict[str, Any]]:
    """Places beside a line from left to right: at its ends and middle, above and below."""
    return [
        {
            "xy": (at, level.at),
            "xytext": (shift * 0.3 * size, up * 0.25 * size),
            "xycoords": ("axes fraction", "data"),
            "textcoords": "offset points",
            "ha": side,
            "va": "bottom" if up > 0 else "top",
        }
        for up in (1, -1)
        for at, side, shift in ((1.0, "right", -1), (0.0, "left", 1), (0.5, "center", 0))
    ]


def _upright(level: Level, size: float) -> list[dict[str, Any]]:
    return [
        {
            "xy": (level.at, at),
            "xytext": (side * 0.3 * size, shift * 0.3 * size),
            "xycoords": ("data", "axes fraction"),
            "textcoords": "offset points",
            "ha": "left" if side > 0 else "right",
            "va": up,
        }
        for at, up, shift in ((1.0, "top", -1), (0.0, "bottom", 1), (0.5, "center", 0))
        for side in (1, -1)
    ]


def _ink(axes: Any) -> np.ndarray:
    """Points (n, 2) of the screen where curves and dots are."""
    found = [np.empty((0, 2))]
    for line in axes.lines:
        points = line.get_transform().transform(line.get_xydata())
        points = points[np.isfinite(points).all(axis=1)]
        if len(points) > 1 and line.get_linestyle() != "None":
            steps = np.linspace(0, len(points) - 1, 600)
            places = np.arange(len(points))
            points = np.stack([np.interp(steps, places, points[:, i]) for i in (0, 1)], axis=1)
        found.append(points)
    return np.concatenate(found)
