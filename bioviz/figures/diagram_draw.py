"""A network's diagram as marks of a figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .diagram import Diagram, Edge, Kind
from .diagram_layout import INSIDE, Column, Layout
from .spec import Axes, Axis, Line, Mark, Patch, Picture, Stroke, Wire, Words
from .spec import Node as Box

STROKES: dict[str, Stroke] = {
    "forward": "solid",
    "feedback": "dash",
    "lateral": "dot",
    "inhibitory": "dashdot",
}
THIN, THICK = 0.6, 2.4  # an arrow's width for RMS weights of zero and of the largest
LANES = 0.75  # of that, of those that run above the layers
DOT = 0.8  # of the way from one round unit to the next
RAMP = 128  # colours of a scale
STRIP = (0.24, 0.3, 0.34)  # parts of the room that one of so many scales takes
SECOND = 1.7  # times the text's height: where the second line below a layer begins
SEAMS = 0.1  # distance of squares from which lines part them


@dataclass(frozen=True, eq=False)
class Seen:
    """What a network holds now.

    Units and weights are in parts of where their colours end; `rms` in parts of the largest.
    """

    units: dict[str, np.ndarray]
    rms: dict[str, float]
    weights: dict[str, np.ndarray]
    weight_end: float
    variable: str


@dataclass(frozen=True)
class Scale:
    """What colours mean: of which quantity they are, on which map, and its ends in numbers."""

    title: str
    kind: Kind
    low: str
    high: str


class Drawing:
    """Draws one network, from the back to the front."""

    def __init__(self, diagram: Diagram, layout: Layout, seen: Seen) -> None:
        self._diagram, self._layout, self._seen = diagram, layout, seen
        self._told: set[str] = set()  # roles that are in the legend

    def axes(self) -> Axes:
        marks: list[Mark] = []
        direct = [edge for edge in self._diagram.edges if edge.name not in self._layout.lanes]
        around = [edge for edge in self._diagram.edges if edge.name in self._layout.lanes]
        for edge in direct:
            marks += self._band(edge)
        for node in self._diagram.nodes:
            marks += self._card(self._layout.columns[node.name])
        for edge in direct:
            marks += self._between(edge)
        for edge in around:
            marks += self._above(edge)
        for node in self._diagram.nodes:
            marks += self._units(self._layout.columns[node.name])
        marks += [self._name_of(edge) for edge in self._diagram.edges]
        across = Axis(low=0.0, high=self._layout.wide)
        up = Axis(low=self._layout.low, high=self._layout.high)
        return Axes(tuple(marks), across, up, equal=True, bare=True)

    # Layers ---------------------------------------------------------------------------------

    def _card(self, column: Column) -> list[Mark]:
        """A layer's ground, and below it its name, how many units it has and of what kind."""
        node = column.node
        foot, tall = -self._layout.tall / 2, self._layout.tall
        words = "\n".join(self._layout.feet[node.name])
        return [
            Box(column.x, 0.0, column.wide, tall, fill="alternate", edge="border"),
            Words(column.x, foot, words, "muted", "below", 0.85, away=SECOND),
            Words(column.x, foot, node.name, "text", "below", 1.0, strong=True),
        ]

    def _units(self, column: Column) -> list[Mark]:
        values = self._seen.units.get(column.node.name)
        if column.cells.kind == "dots":
            return [*self._dots(column, values), *self._labels(column)]
        return self._cells(column, values)

    def _dots(self, column: Column, values: np.ndarray | None) -> list[Mark]:
        kind = column.node.kind(column.node.shown(self._seen.variable))
        wide = DOT * column.cells.pitch
        marks: list[Mark] = []
        for cell in range(column.cells.count):
            known = values is not None and cell < len(values)
            value = float(values[cell]) if known and values is not None else None
            x, y = column.centre(cell)
            marks.append(Box(x, y, wide, wide, round=True, edge="disabled", value=value, kind=kind))
        return marks

    def _labels(self, column: Column) -> list[Mark]:
        """What each unit stands for, beside it."""
        if not column.shift:
            return []
        away = DOT * column.cells.pitch / 2
        marks: list[Mark] = []
        for cell, label in enumerate(column.node.labels):
            x, y = column.centre(cell)
            marks.append(Words(x + away, y, label, "muted", "right", 0.85, room=column.cells.pitch))
        return marks

    def _cells(self, column: Column, values: np.ndarray | None) -> list[Mark]:
        """Squares, or a picture; a cross where the layer has nothing of that kind to show."""
        cells, middle = column.cells, column.x + column.shift
        x0, x1 = middle - cells.wide / 2, middle + cells.wide / 2
        y0, y1 = -cells.high / 2, cells.high / 2
        if values is None or len(values) != cells.count:
            frame = np.array([x0, x1, x1, x0]), np.array([y0, y0, y1, y1])
            return [Patch(*frame, fill="hover", edge="outline", weight=0.4)]
        grid = np.zeros(cells.rows * cells.cols)
        grid[: cells.count] = values
        kind = column.node.kind(column.node.shown(self._seen.variable))
        limits = (-1.0, 1.0) if kind == "diverging" else (0.0, 1.0)
        extent = (x0, x1, y0, y1)
        picture = Picture(grid.reshape(cells.rows, cells.cols), kind, limits, extent)
        marks: list[Mark] = [picture]
        missing = len(grid) - cells.count
        if missing:
            left, top = x1 - missing * cells.pitch, y0 + cells.pitch
            hole = np.array([left, x1, x1, left]), np.array([y0, y0, top, top])
            marks.append(Patch(*hole, fill="alternate", edge="alternate", weight=0.4))
        if cells.kind == "tiles" and cells.pitch >= SEAMS:
            marks.append(_seams(column))
        if cells.kind == "picture":
            x, y = np.array([x0, x1, x1, x0, x0]), np.array([y0, y0, y1, y1, y0])
            marks.append(Line(x, y, colour="disabled", weight=0.4))
        return marks

    # Projections ----------------------------------------------------------------------------

    def _ends(self, edge: Edge) -> tuple[Column, Column]:
        return self._layout.columns[edge.pre], self._layout.columns[edge.post]

    def _band(self, edge: Edge) -> list[Mark]:
        """The ribbon that fans from all of one layer's units to all of the next one's."""
        pre, post = self._ends(edge)
        a, b = pre.cells.high / 2, post.cells.high / 2
        x = np.array([pre.right, post.left, post.left, pre.right])
        return [Patch(x, np.array([a, b, -b, -a]), fill=edge.role, strength=0.09)]

    def _between(self, edge: Edge) -> list[Mark]:
        """What runs to the next layer: every weight, or one arrow."""
        pre, post = self._ends(edge)
        weights = self._seen.weights.get(edge.name)
        if self._layout.lined(edge) and weights is not None:
            return self._lines(pre, post, weights)
        points = ((pre.right + 0.08, 0.0), (post.left - 0.06, 0.0))
        return [self._wire(edge, points, self._width(edge))]

    def _lines(self, pre: Column, post: Column, weights: np.ndarray) -> list[Mark]:
        """Every weight as a line, the strong ones on top."""
        a, b = DOT * pre.cells.pitch / 2, DOT * post.cells.pitch / 2
        marks: list[Mark] = []
        for place in np.argsort(np.abs(weights), axis=None, kind="stable").tolist():
            row, col = divmod(place, weights.shape[1])
            (x0, y0), (x1, y1) = pre.centre(col), post.centre(row)
            value = float(weights[row, col])
            marks.append(Wire(((x0 + a, y0), (x1 - b, y1)), value=value, head=False))
        return marks

    def _above(self, edge: Edge) -> list[Mark]:
        """What runs back, or over a layer, or to the layer itself: up, along and down."""
        high, low = self._layout.lane(edge.name), self._layout.tall / 2 + 0.06
        start, end = self._layout.ends[edge.name]
        points = ((start, low), (start, high), (end, high), (end, low))
        return [self._wire(edge, points, LANES * self._width(edge))]

    def _width(self, edge: Edge) -> float:
        part = min(1.0, self._seen.rms.get(edge.name, 0.0))
        return THIN + (THICK - THIN) * (part if np.isfinite(part) else 1.0)

    def _wire(self, edge: Edge, points: tuple[tuple[float, float], ...], weight: float) -> Wire:
        label = "" if edge.role in self._told else edge.role
        self._told.add(edge.role)
        disc = edge.role == "inhibitory"
        stroke = STROKES.get(edge.role, "solid")
        return Wire(points, edge.role, stroke, weight, not disc, label, disc)

    def _name_of(self, edge: Edge) -> Words:
        """A projection's name: in the middle of its lane, above its arrow, or over its lines."""
        name, (pre, post) = edge.name, self._ends(edge)
        if edge.name in self._layout.lanes:
            high, middle = self._layout.lane(edge.name), sum(self._layout.ends[edge.name]) / 2
            return Words(middle, high, name, edge.role, size=0.85, plate=True)
        middle = (pre.right + post.left) / 2
        if self._layout.lined(edge):
            high = min(max(pre.cells.high, post.cells.high) / 2, self._layout.tall / 2 - INSIDE)
            return Words(middle, high, name, edge.role, size=0.85, plate=True)
        return Words(middle, 0.12, name, edge.role, "above", 0.85, plate=True)


def scale_axes(scales: Sequence[Scale]) -> Axes:
    """A strip of all colours for each scale, its quantity above and its ends beside it."""
    marks: list[Mark] = []
    for place, scale in enumerate(scales):
        middle = place + 0.5
        low = -1.0 if scale.kind == "diverging" else 0.0
        values = np.linspace(low, 1.0, RAMP)[None, :]
        half = STRIP[min(len(scales), len(STRIP)) - 1] / 2
        extent = (middle - half, middle + half, 0.0, 1.0)
        x = np.array([extent[i] for i in (0, 1, 1, 0, 0)])
        y = np.array([extent[i] for i in (2, 2, 3, 3, 2)])
        marks += [
            Picture(values, scale.kind, (low, 1.0), extent),
            Line(x, y, colour="outline", weight=0.3),
            Words(middle, 1.0, scale.title, "muted", "above", 0.85),
            Words(middle - half, 0.5, scale.low, "muted", "left", 0.85),
            Words(middle + half, 0.5, scale.high, "muted", "right", 0.85),
        ]
    across = Axis(low=0.0, high=float(len(scales)))
    return Axes(tuple(marks), across, Axis(low=0.0, high=1.0), bare=True, place=(1, 0))


def _seams(column: Column) -> Line:
    """Lines between the squares."""
    cells, middle = column.cells, column.x + column.shift
    x0, x1 = middle - cells.wide / 2, middle + cells.wide / 2
    y0, y1 = -cells.high / 2, cells.high / 2
    x: list[float] = []
    y: list[float] = []
    for col in range(cells.cols + 1):
        at = x0 + col * cells.pitch
        x += [at, at, np.nan]
        y += [y0, y1, np.nan]
    for row in range(cells.rows + 1):
        at = y0 + row * cells.pitch
        x += [x0, x1, np.nan]
        y += [at, at, np.nan]
    return Line(np.array(x), np.array(y), colour="alternate", weight=0.3)
