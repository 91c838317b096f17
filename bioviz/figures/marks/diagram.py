"""Boxes, wires, arrows and words: what diagrams and fields are made of."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.cm import ScalarMappable
from matplotlib.colors import ListedColormap, Normalize
from matplotlib.lines import Line2D
from matplotlib.patches import Ellipse, FancyArrowPatch, FancyBboxPatch
from matplotlib.path import Path

from ..colour import ramp
from ..measure import Measure
from ..pen import DASHES, Pen
from ..spec import Arrows, Node, Wire, Words
from .curve import Handle

SIDES = {
    "centre": ("center", "center", 0, 0),
    "left": ("right", "center", -1, 0),
    "right": ("left", "center", 1, 0),
    "above": ("center", "bottom", 0, 1),
    "below": ("center", "top", 0, -1),
}
LEAST = 0.6  # of the text's size: in a smaller node there are no words


def draw_words(axes: Any, mark: Words, pen: Pen) -> None:
    """A text at a point of the axes, or beside it."""
    across, up, right, above = SIDES[mark.side]
    away = 0.35 * pen.text
    axes.annotate(
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
    )


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
    table = ramp("diverging", pen.look.theme)
    place = round(127.5 + 127.5 * float(np.clip(mark.value, -1, 1)))
    return tuple(table[place])


def _name(axes: Any, mark: Node, pen: Pen, measure: Measure) -> None:
    wide, high = measure.size(axes, mark.width, mark.height)
    lines = mark.text.split("\n")
    need = max(measure.width(line, pen.text) for line in lines)
    size = pen.text * min(1.0, 0.9 * wide / need, 0.85 * high / (1.3 * pen.text * len(lines)))
    if size >= LEAST * pen.text:
        colour = pen.colour(mark.text_colour)
        axes.text(mark.x, mark.y, mark.text, ha="center", va="center", color=colour, fontsize=size)


def draw_wire(axes: Any, mark: Wire, pen: Pen) -> Handle | None:
    """A line through points, with a filled head where it has one."""
    wide, colour = pen.line(mark.weight), pen.colour(mark.colour)
    head = 0.45 * pen.text + 2.5 * wide
    axes.add_patch(
        FancyArrowPatch(
            path=Path(np.asarray(mark.points, float)),
            arrowstyle="-|>,head_length=0.4,head_width=0.25" if mark.head else "-",
            mutation_scale=head,
            color=colour,
            linewidth=wide,
            linestyle=DASHES[mark.stroke],
            capstyle="butt",
            joinstyle="miter",
        )
    )
    if not mark.label:
        return None
    return Line2D([], [], color=colour, linewidth=wide, linestyle=DASHES[mark.stroke]), mark.label


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
        width=max(0.5, pen.line(0.6)) / 72,
        headwidth=4,
        headlength=4.5,
        headaxislength=4,
        **look,
    )
    return colours


def reach(marks: tuple[Any, ...]) -> tuple[float, float, float, float] | None:
    """x0, x1, y0, y1 around all nodes, wires and words of a diagram; None where there is none."""
    boxes = [
        (m.x - m.width / 2, m.x + m.width / 2, m.y - m.height / 2, m.y + m.height / 2)
        for m in marks
        if isinstance(m, Node)
    ]
    points = [point for m in marks if isinstance(m, Wire) for point in m.points]
    points += [(m.x, m.y) for m in marks if isinstance(m, Words)]
    boxes += [(x, x, y, y) for x, y in points]
    if not boxes:
        return None
    table = np.array(boxes, float)
    return (
        float(table[:, 0].min()), float(table[:, 1].max()),
        float(table[:, 2].min()), float(table[:, 3].max()),
    )  # fmt: skip
