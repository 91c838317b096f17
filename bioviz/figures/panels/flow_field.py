"""The flow field as a figure: where learning carries two weights, from everywhere."""

from __future__ import annotations

import numpy as np

from ...core.catalogue import ExperimentEntry, ProjectionEntry
from ...core.flow import Flow, FlowField, FlowReply, Solutions, Trail
from ...core.request import Entry
from ...core.snapshot import NOTHING, Snapshot, Wanted
from ..facts import facts_of
from ..panel import PanelFigure
from ..spec import Arrows, Axes, Axis, Colour, Dots, FigureSpec, Level, Line, Mark
from ..word import number

UNFIT = (
    "A flow field needs a network of two weights: one input, one hidden and one output unit. "
    "The gallery (Ctrl+G) has one."
)
SPAN = 2.0  # of both weights, either way from zero
PATH = 3  # of the series' colours: unlike those of solutions and parabola
SHORTEST = 0.3  # length of the weakest arrow, of the strongest
LONG_WORDS = {"learns": "learns", "opposed": "stable, but eᵀWBe < 0", "unstable": "unstable"}
COLOURS = {"learns": "good", "opposed": "warning", "unstable": "danger"}


class FlowFieldFigure(PanelFigure):
    """The plane of both weights with the rule's mean update as arrows, and the run in it."""

    key = "flow_field"
    title = "Flow field"

    def begin(self) -> None:
        self._paths = two_weights(self.catalogue.first)

    def why_not(self) -> str:
        return "" if self._paths else UNFIT

    def wanted(self) -> Wanted:
        return frozenset({self._flow, Trail(), *self._entries()}) if self._paths else NOTHING

    def figure(self, snapshot: Snapshot) -> FigureSpec:
        reply: FlowReply | None = snapshot.get(self._flow)
        if reply is None or reply.field is None:
            raise ValueError(snapshot.failures.get(self._flow, "The flow field is not known yet."))
        first, second = (float(snapshot[entry] or 0.0) for entry in self._entries())
        field = reply.field
        marks: list[Mark] = [
            Level(0.0, colour="grid", stroke="solid"),
            Level(0.0, colour="grid", stroke="solid", upright=True),
            arrows(field),
        ]
        named: set[str] = set()
        for stretch in field.solutions:
            marks.append(_solution(stretch, named=stretch.kind not in named))
            named.add(stretch.kind)
        marks += _parabola(field, first, second)
        marks += _trail(snapshot.get(Trail()), first, second)
        across, up = (Axis(title_of(path), "", -SPAN, SPAN) for path in self._paths)
        facts = facts_of(self.catalogue, snapshot)
        axes = Axes(tuple(marks), across, up, equal=True)
        return FigureSpec(self.title, (axes,), facts=facts)

    @property
    def _flow(self) -> Flow:
        return Flow(span=SPAN)

    def _entries(self) -> list[Entry]:
        return [Entry(f"{path.name}.w", 0, 0) for path in self._paths]


def two_weights(entry: ExperimentEntry) -> list[ProjectionEntry]:
    """Return both forward projections of a network that has one weight in each, else none."""
    forward = [path for path in entry.projections if path.role == "forward"]
    return forward if [path.shape for path in forward] == [(1, 1), (1, 1)] else []


def title_of(path: ProjectionEntry) -> str:
    """A weight's name, and from which layer to which it leads."""
    return f"{path.name}: {path.pre} → {path.post}"


def invariant(field: FlowField, first: float, second: float) -> float:
    """Return 2 B W2 - W1^2, which learning does not change where the field is parabolic."""
    return 2 * (field.feedback or 0.0) * second - first**2


def in_words(constant: float) -> str:
    return f"2 B W2 − W1² = {number(round(constant, 2))}"


def arrows(field: FlowField) -> Arrows:
    """An arrow at each place, the longer the faster, centred on the place that it is of."""
    sizes = np.hypot(field.steps[..., 0], field.steps[..., 1])
    most = float(sizes.max(initial=0.0)) or 1.0
    gap = float(field.axis[1] - field.axis[0])
    row, col = np.nonzero(sizes > 1e-6 * most)
    long = np.maximum(SHORTEST, (sizes[row, col] / most) ** 0.4) * 0.85 * gap
    turn = field.steps[row, col] / sizes[row, col][:, None] * long[:, None]
    x, y = field.axis[col] - turn[:, 0] / 2, field.axis[row] - turn[:, 1] / 2
    return Arrows(x, y, turn[:, 0], turn[:, 1])


def _solution(stretch: Solutions, *, named: bool) -> Line:
    """A stretch of the curve where the error is zero."""
    label = LONG_WORDS[stretch.kind] if named else ""
    x, y = stretch.points.T
    dashed, strong = stretch.kind == "unstable", stretch.kind == "learns"
    weight = 1.0 if strong else 0.8
    return Line(x, y, label, COLOURS[stretch.kind], "dash" if dashed else "solid", weight)


def _parabola(field: FlowField, first: float, second: float) -> list[Mark]:
    """Where a linear network with fixed B can go from here: 2 B W2 - W1^2 stays."""
    if not field.parabolic or not field.feedback:
        return []
    constant = invariant(field, first, second)
    x = np.linspace(-SPAN, SPAN, 161)
    y = (constant + x**2) / (2 * field.feedback)
    y[np.abs(y) > 1.05 * SPAN] = np.nan
    return [Line(x, y, in_words(constant), "accent", "dashdot", 0.6)]


def _trail(trail: np.ndarray | None, first: float, second: float) -> list[Mark]:
    """The path since the weights were last put somewhere, earlier ones faintly, and where it is."""
    colour: Colour = PATH
    marks: list[Mark] = []
    pieces = [] if trail is None else pieces_of(trail)
    for piece in pieces:
        last = piece is pieces[-1]
        x, y = piece.T
        marks.append(Line(x, y, "path of the weights" if last else "", colour, faint=not last))
    marks.append(Dots(np.array([first]), np.array([second]), "now", colour, size=0.6))
    return marks


def pieces_of(trail: np.ndarray) -> list[np.ndarray]:
    """Cut a path (n, 2) at its gaps."""
    gaps = np.flatnonzero(~np.isfinite(trail).all(axis=1))
    pieces = [piece[np.isfinite(piece).all(axis=1)] for piece in np.split(trail, gaps)]
    return [piece for piece in pieces if len(piece)]
