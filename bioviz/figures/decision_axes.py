"""The decision map as marks: the plane in the classes' colours, the line between them, points."""

from __future__ import annotations

import numpy as np

from ..core.answer import DecisionReply, PointsReply
from .border import borders, edge
from .colour import ENDS
from .spec import Axes, Axis, Colour, ColourBar, Dots, Line, Mark, Picture, Shape

SHAPES: tuple[Shape, ...] = ("dot", "triangle", "square", "diamond")
MANY = 250  # points, beyond which they are smaller


def decision_axes(
    field: DecisionReply, points: PointsReply | None, classes: tuple[str, ...]
) -> Axes:
    """What is answered at every point of the plane, below the points that are learned from."""
    marks: list[Mark] = [_plane(field, len(classes)), *_edges(field)]
    if points is not None:
        marks += _points(points, classes)
    name = classes[1] if len(classes) == 2 else "the second class"
    x0, x1, y0, y1 = field.limits
    return Axes(
        tuple(marks),
        Axis("Input 1", low=x0, high=x1),
        Axis("Input 2", low=y0, high=y1),
        bar=ColourBar(f"Probability of {name}") if field.graded else None,
        equal=abs((x1 - x0) - (y1 - y0)) < 0.5 * (x1 - x0),
    )


def _plane(field: DecisionReply, classes: int) -> Picture:
    """Cells around the points that were asked for, up to half a cell beyond the plane's ends."""
    if field.graded:
        return Picture(field.field, "diverging", (0.0, 1.0), _around(field), rising=True, soft=True)
    return Picture(
        field.field, "classes", None, _around(field), rising=True, soft=True, classes=classes
    )


def _around(field: DecisionReply) -> tuple[float, float, float, float]:
    (x0, x1, y0, y1), (rows, cols) = field.limits, field.field.shape
    across, up = (x1 - x0) / (cols - 1) / 2, (y1 - y0) / (rows - 1) / 2
    return x0 - across, x1 + across, y0 - up, y1 + up


def _edges(field: DecisionReply) -> list[Line]:
    """The line on which neither class wins, in one curve with gaps between its pieces."""
    found = edge(field.field) if field.graded else borders(field.field)
    if not len(found):
        return []
    (x0, x1, y0, y1), (rows, cols) = field.limits, field.field.shape
    gaps = np.full(len(found), np.nan)
    x = np.stack([found[:, 0], found[:, 2], gaps], axis=1).ravel()
    y = np.stack([found[:, 1], found[:, 3], gaps], axis=1).ravel()
    x, y = x0 + x * (x1 - x0) / (cols - 1), y0 + y * (y1 - y0) / (rows - 1)
    return [Line(x, y, "undecided", "text", weight=0.8)]


def _points(points: PointsReply, classes: tuple[str, ...]) -> list[Mark]:
    """Points by class in colours and shapes; a ring around the one that is being shown."""
    size = 0.36 if len(points.points) > MANY else 0.5
    marks: list[Mark] = []
    count = max(2, len(classes))
    for kind in range(count):
        own = points.points[points.labels == kind]
        colour: Colour = ENDS[kind] if count == 2 else kind
        name = classes[kind] if kind < len(classes) else str(kind)
        shape = SHAPES[kind % len(SHAPES)]
        marks.append(Dots(own[:, 0], own[:, 1], name, colour, shape, size))
    if points.shown is not None and points.shown < len(points.points):
        x, y = points.points[points.shown]
        marks.append(Dots(np.array([x]), np.array([y]), "shown now", "text", "ring", 1.1))
    return marks
