"""The principal axes as a figure: inputs, the directions they differ most in, and the weights."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

import numpy as np

from ...core.catalogue import ExperimentEntry
from ...core.decade import round_up
from ...core.principal import Principal, PrincipalReply, WeightPath
from ...core.snapshot import NOTHING, Snapshot, Wanted
from ..facts import facts_of
from ..lanes import Lane, lanes_of
from ..panel import PanelFigure
from ..spec import Axes, Axis, Bars, Dots, FigureSpec, Level, Line, Mark, Stroke, Wire, Words
from ..word import number

UNFIT = (
    "This panel shows how weights turn to the principal axes of their inputs, as Hebb, "
    "covariance, Oja and Sanger make them in a network without hidden layers. The gallery (Ctrl+G) "
    "has one."
)
NONE_YET = "The inputs and their axes are not known yet."
UNITS = 4  # whose single weights are recorded in the plane
SHOWN = 2.1  # standard deviations along the first axis that the plane shows, either way
STEPS = (1, 1.5, 2, 3, 4, 5, 6, 8)  # of the plane's ends, times a power of ten
FILL = 0.94  # of the way to the frame: where a vector that is too long ends
MOST_ROWS = 8  # units whose angles are drawn
ANGLES = "angle to principal axis (full bar: 0°, none: 90°)"


@dataclass(frozen=True)
class Vector:
    """One unit's weights (2,): whose they are, in which colour, and where they have been (n, 2)."""

    name: str
    colour: int
    w: np.ndarray
    path: np.ndarray


class PrincipalAxesFigure(PanelFigure):
    """Inputs in the plane with their axes, weight vectors and paths; else angles to the axes."""

    key = "principal_axes"
    title = "Principal axes"

    def begin(self) -> None:
        self._lanes = tuple(lane for lane in lanes_of(self.catalogue) if looks(lane.entry))
        self._plane = bool(self._lanes) and self._lanes[0].entry.layers[0].size == 2

    def why_not(self) -> str:
        return "" if self._lanes else UNFIT

    def wanted(self) -> Wanted:
        return asked(self._lanes, plane=self._plane) if self._lanes else NOTHING

    def figure(self, snapshot: Snapshot) -> FigureSpec:
        first: PrincipalReply | None = snapshot.get(Principal(index=self._lanes[0].index))
        if first is None:
            raise ValueError(NONE_YET)
        facts = facts_of(self.catalogue, snapshot)
        if self._plane:
            vectors = vectors_of(self._lanes, snapshot)
            return FigureSpec(self.title, (_cloud(first, vectors),), facts=facts)
        rows = _angles(first.angles[:MOST_ROWS])
        heights = (1.0,) * len(rows)
        return FigureSpec(self.title, rows, heights, note=carried(first), facts=facts)


def asked(lanes: tuple[Lane, ...], *, plane: bool) -> Wanted:
    """What is wanted of some experiments."""
    if not plane:
        return frozenset({Principal(index=lanes[0].index)})
    paths = {WeightPath(unit, index=lane.index) for lane, unit in units_of(lanes)}
    return frozenset({*paths, *(Principal(index=lane.index) for lane in lanes)})


def looks(entry: ExperimentEntry) -> bool:
    """Whether an experiment's rule looks for principal axes in its inputs."""
    return bool(entry.channels_of("principal_angle"))


def units_of(lanes: tuple[Lane, ...]) -> list[tuple[Lane, int]]:
    """Each experiment and unit whose weights are drawn."""
    return [
        (lane, unit) for lane in lanes for unit in range(min(lane.entry.layers[-1].size, UNITS))
    ]


def vectors_of(lanes: tuple[Lane, ...], snapshot: Snapshot) -> list[Vector]:
    """The weights of every unit that is drawn, as far as they are known."""
    found = [_vector(lane, unit, snapshot, len(lanes) > 1) for lane, unit in units_of(lanes)]
    return [vector for vector in found if vector is not None]


def _vector(lane: Lane, unit: int, snapshot: Snapshot, several: bool) -> Vector | None:
    reply = snapshot.get(Principal(index=lane.index))
    path = snapshot.get(WeightPath(unit, index=lane.index))
    if reply is None or unit >= len(reply.w):
        return None
    single = lane.entry.layers[-1].size == 1
    name = lane.name if several else "w"
    colour = lane.index if several else unit
    trace = np.empty((0, 2)) if path is None else path
    return Vector(name if single else f"{name} {unit + 1}", colour, reply.w[unit], trace)


def said(vector: Vector) -> str:
    """Say how long a weight vector is."""
    length = float(np.linalg.norm(vector.w))
    return f"{vector.name}: |w| = {number(length, 3) if isfinite(length) else '∞'}"


def carried(reply: PrincipalReply) -> str:
    """Say how much the first axis carries."""
    part = reply.axes.values[0] / reply.axes.values.sum()
    return f"The first axis carries {100 * part:.0f} % of the inputs' variance."


def plane_end(reply: PrincipalReply) -> float:
    """Where the plane of two weights ends, either way."""
    spread = float(np.sqrt(max(reply.axes.values[0], 1e-9)))
    return round_up(SHOWN * spread, STEPS)


def pieces_of(path: np.ndarray, far: float) -> list[np.ndarray]:
    """Cut a path (n, 2) where it is not known, or farther out than `far`."""
    good = np.isfinite(path).all(axis=1) & (np.abs(path).max(axis=1, initial=0.0) < far)
    parts = np.split(np.arange(len(path)), np.flatnonzero(~good))
    return [path[rows[good[rows]]] for rows in parts if good[rows].any()]


def shortened(w: np.ndarray, end: float) -> tuple[np.ndarray, bool]:
    """A vector (2,) as far as the plane shows it, and whether it is longer; (0, 0) for none."""
    long = float(np.abs(w).max())
    if not isfinite(long):
        return np.zeros(2), False
    outside = long > FILL * end
    return (w * (FILL * end / long) if outside else w), outside


def _cloud(reply: PrincipalReply, vectors: list[Vector]) -> Axes:
    """Inputs as dots, their axes dashed, weights as arrows with the way they have come."""
    end = plane_end(reply)
    x, y = reply.points.T
    inside = (np.abs(reply.points) <= end).all(axis=1)
    marks: list[Mark] = [
        Level(0.0, colour="grid", stroke="solid"),
        Level(0.0, colour="grid", stroke="solid", upright=True),
        Dots(x[inside], y[inside], "inputs", "faded", size=0.16, strength=0.7),
    ]
    marks += _axes(reply, end)
    for vector in vectors:
        for piece in pieces_of(vector.path, 1.2 * end):
            marks.append(Line(piece[:, 0], piece[:, 1], colour=vector.colour, weight=0.5))
    for vector in sorted(vectors, key=lambda vector: -float(np.linalg.norm(vector.w))):
        marks += _arrow(vector, end)
    if reply.shown is not None and (np.abs(reply.shown) <= end).all():
        now = reply.shown.reshape(2, 1)
        marks.append(Dots(now[0], now[1], "input shown now", "text", "ring", 0.5))
    across, up = (Axis(f"input {n}, weight {n}", "", -end, end) for n in (1, 2))
    return Axes(tuple(marks), across, up, equal=True)


def _axes(reply: PrincipalReply, end: float) -> list[Mark]:
    """Each principal axis, two standard deviations either way, with its number."""
    marks: list[Mark] = []
    pairs = zip(reply.axes.values, reply.axes.vectors, strict=True)
    for rank, (value, vector) in enumerate(pairs, 1):
        along = 2 * np.sqrt(max(float(value), 0.0)) * vector * (1 if vector[1] >= 0 else -1)
        x, y = np.stack([-along, along], axis=1)
        marks.append(Line(x, y, colour="text", stroke="dash", weight=0.6))
        tip = np.clip(along, -0.97 * end, 0.97 * end)
        right = tip[0] < 0.6 * end
        marks.append(
            Words(float(tip[0]), float(tip[1]), f"axis {rank}", side="right" if right else "above")
        )
    return marks


def _arrow(vector: Vector, end: float) -> list[Mark]:
    """A weight vector from the middle; one that is too long ends before the frame."""
    w, outside = shortened(vector.w, end)
    if not w.any():
        return []
    words = said(vector) + (", beyond the frame" if outside else "")
    points = ((0.0, 0.0), (float(w[0]), float(w[1])))
    stroke: Stroke = "dash" if outside else "solid"
    return [Wire(points, vector.colour, stroke, 1.2, label=words)]


def _angles(angles: np.ndarray) -> tuple[Axes, ...]:
    """For each unit a row of bars, one for each principal axis: 0 degrees is along it."""
    rows = []
    for unit, line in enumerate(angles):
        last = unit == len(angles) - 1
        best = int(np.nanargmin(line)) if np.isfinite(line).any() else -1
        marks: list[Mark] = []
        for axis, degrees in enumerate(line.tolist()):
            if degrees == degrees:
                marks += _bar(axis, degrees, best=axis == best)
        ticks = tuple((float(axis + 1), str(axis + 1)) for axis in range(len(line)))
        across = Axis(ANGLES if last else "", "", 0.5, len(line) + 0.5, ticks=ticks if last else ())
        up = Axis("", "", 0.0, 1.0, ticks=((0.5, f"w{unit + 1}"),))
        rows.append(Axes(tuple(marks), across, up, place=(unit, 0)))
    return tuple(rows)


def _bar(axis: int, degrees: float, *, best: bool) -> list[Mark]:
    """One bar with its angle, in it where there is room."""
    tall, middle = 1 - degrees / 90, axis + 1.0
    edges = np.array([middle - 0.38, middle + 0.38])
    inside = tall > 0.45
    words = Words(
        middle,
        tall,
        f"{degrees:.0f}°",
        "plot" if inside else "axis",
        "below" if inside else "above",
        0.85,
    )
    return [Bars(edges, np.array([tall]), colour=0 if best else "faded"), words]
