"""Boxes, wires, arrows and words: what diagrams and fields are made of."""

from __future__ import annotations

from functools import partial
from typing import Any, Literal

import numpy as np
from matplotlib.cm import ScalarMappable
from matplotlib.colors import ListedColormap, Normalize
from matplotlib.patches import Ellipse, FancyBboxPatch

from ..colour import ramp
from ..measure import Measure
from ..pen import Pen
from ..spec import Arrows, Node, Patch, Wire, Words

SIDES = {
    "centre": ("center", "center", 0, 0),
    "left": ("right", "center", -1, 0),
    "right": ("left", "center", 1, 0),
    "above": ("center", "bottom", 0, 1),
    "below": ("center", "top", 0, -1),
}
LEAST = 0.6  # of the text's size: in a smaller node there are no words
FEW = 60  # arrows, up to which they are as strong as other lines
TIGHT = 1.05  # of its size, that a line of words takes at the least


def draw_words(axes: Any, mark: Words, pen: Pen, measure: Measure) -> None:
    """A text at a point of the axes, or beside it."""
    across, up, right, above = SIDES[mark.side]
    away = mark.away * pen.text
    made = axes.annotate(
        mark.text,
        (mark.x, mark.y),
        (right * away, above * away),
        textcoords="offset points",
        ha=across,
        va=up,
        color=pen.colour(mark.colour),
        fontsize=mark.size * pen.text,
        fontweight="bold" if mark.strong else "normal",
        annotation_clip=False,
        bbox=_plate(pen) if mark.plate else None,
    )
    if mark.room is not None:
        pen.late.append(partial(_fit, axes, made, mark, pen, measure))


def _fit(axes: Any, made: Any, mark: Words, pen: Pen, measure: Measure) -> None:
    """Make words smaller where their line is higher than the room for it, or leave them out."""
    assert mark.room is not None  # noqa: S101  (asked by whoever calls)
    _, high = measure.size(axes, 1.0, mark.room)
    size = min(mark.size * pen.text, high / TIGHT)
    if size < LEAST * pen.text:
        made.set_visible(False)
    made.set_fontsize(size)


def _plate(pen: Pen) -> dict[str, Any]:
    """A card for words that lie on other things; there is one also where the ground is clear."""
    theme = pen.look.theme
    style = "round,pad=0.22,rounding_size=0.25"
    edge = {"edgecolor": theme.border, "linewidth": pen.line(0.35)}
    return {"boxstyle": style, "facecolor": theme.plot, **edge}


def draw_node(axes: Any, mark: Node, pen: Pen, measure: Measure) -> None:
    """A box or circle, filled by its value where it has one, with as large words as fit."""
    fill = _filled(mark, pen)
    look = {"facecolor": fill, "edgecolor": pen.colour(mark.edge), "linewidth": pen.line(0.6)}
    if mark.round:
        axes.add_patch(Ellipse((mark.x, mark.y), mark.width, mark.height, **look))
    else:
        corner = 0.12 * min(mark.width, mark.height)
        place = (mark.x - mark.width / 2, mark.y - mark.height / 2)
        style = f"round,pad=0,rounding_size={corner}"
        axes.add_patch(FancyBboxPatch(place, mark.width, mark.height, boxstyle=style, **look))
    if mark.text:
        pen.late.append(lambda: _name(axes, mark, pen, measure))


def _filled(mark: Node, pen: Pen) -> Any:
    if mark.value is None:
        return pen.colour(mark.fill)
    return shade(mark.value, mark.kind, pen)


def shade(value: float, kind: Literal["diverging", "sequential"], pen: Pen) -> Any:
    """The colour of a value from -1 to 1, or from 0 to 1 of a sequential map."""
    if not np.isfinite(value):
        return pen.colour("missing")
    part = (value + 1) / 2 if kind == "diverging" else value
    return tuple(ramp(kind, pen.look.theme)[round(255 * float(np.clip(part, 0, 1)))])


def draw_patch(axes: Any, mark: Patch, pen: Pen) -> None:
    """A filled shape, with a line around it where it has an edge."""
    axes.fill(
        mark.x,
        mark.y,
        facecolor=pen.clear(mark.fill, mark.strength),
        edgecolor=pen.colour(mark.edge) if mark.edge != "" else "none",
        linewidth=pen.line(mark.weight) if mark.edge != "" else 0,
        joinstyle="round",
    )


def _name(axes: Any, mark: Node, pen: Pen, measure: Measure) -> None:
    wide, high = measure.size(axes, mark.width, mark.height)
    lines = mark.text.split("\n")
    need = max(measure.width(line, pen.text) for line in lines)
    size = pen.text * min(1.0, 0.9 * wide / need, 0.85 * high / (1.3 * pen.text * len(lines)))
    if size >= LEAST * pen.text:
        colour = pen.colour(mark.text_colour)
        weight = "bold" if mark.strong else "normal"
        place = {"ha": "center", "va": "center"}
        axes.text(
            mark.x, mark.y, mark.text, color=colour, fontsize=size, fontweight=weight, **place
        )


def draw_arrows(axes: Any, mark: Arrows, pen: Pen) -> ScalarMappable | None:
    """Arrows in the axes' own units, all of one colour or coloured by their strength."""
    look: dict[str, Any] = {"color": pen.colour(mark.colour)}
    colours = None
    if mark.strength is not None:
        table = ListedColormap(ramp("sequential", pen.look.theme)[60:])
        peak = float(np.nanmax(mark.strength, initial=0.0)) or 1.0
        colours = ScalarMappable(Normalize(0.0, peak), table)
        look = {"color": colours.to_rgba(mark.strength)}
    axes.quiver(
        mark.x,
        mark.y,
        mark.u,
        mark.v,
        angles="xy",
        scale_units="xy",
        scale=1,
        units="inches",
        width=max(0.4, pen.line(0.6 if len(mark.x) <= FEW else 0.3)) / 72,
        headwidth=4,
        headlength=4.5,
        headaxislength=4,
        **look,
    )
    return colours


def reach(marks: tuple[Any, ...]) -> tuple[float, float, float, float] | None:
    """x0, x1, y0, y1 around all that a diagram is made of; None where there is nothing."""
    boxes = [
        (m.x - m.width / 2, m.x + m.width / 2, m.y - m.height / 2, m.y + m.height / 2)
        for m in marks
        if isinstance(m, Node)
    ]
    points = [point for m in marks if isinstance(m, Wire) for point in m.points]
    points += [(m.x, m.y) for m in marks if isinstance(m, Words)]
    points += [p for m in marks if isinstance(m, Patch) for p in zip(m.x, m.y, strict=True)]
    boxes += [(x, x, y, y) for x, y in points]
    if not boxes:
        return None
    table = np.array(boxes, float)
    return (
        float(table[:, 0].min()), float(table[:, 1].max()),
        float(table[:, 2].min()), float(table[:, 3].max()),
    )  # fmt: skip
