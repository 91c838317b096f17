"""What the network diagram shows: layers and projections, from the description and the live run."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, TypeAlias

from ..core.catalogue import ExperimentEntry
from ..core.registry import UNITS
from ..core.spec import ExperimentSpec

Kind: TypeAlias = Literal["diverging", "sequential"]

BELOW = 20.0  # mV below the threshold at which the colours of potentials begin
FIRST = {"rate": 1.0, "v": BELOW}  # where colours end at the least: most units answer -1 to 1
MOST_LINES = 240  # weights, up to which each is a line
LINED = 24  # a layer of no more units stands in one column, so that its weights can be lines


@dataclass(frozen=True)
class Node:
    """One layer: `live` says that the run has it, as described; `image` that it shows a picture."""

    name: str
    size: int
    unit: str  # key
    title: str  # the unit in words
    signed: bool
    end: str = ""  # "input" or "output"
    image: tuple[int, int] | None = None
    live: bool = False
    variables: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()  # what each unit stands for: the classes, at the output
    spikes: bool = False  # whether it lives in time
    unsigned: tuple[str, ...] = ()  # variables of such a layer that are never below zero
    threshold: float | None = None  # mV, at which its potential `v` spikes

    def kind(self, variable: str) -> Kind:
        """Which colour map a variable of this layer is read on."""
        if variable == "rate" and (self.image or not self.signed):
            return "sequential"
        if variable in self.unsigned or self.from_threshold(variable):
            return "sequential"
        return "diverging"

    def from_threshold(self, variable: str) -> bool:
        """Whether a variable is a potential, of which only what lies near the threshold matters."""
        return variable == "v" and self.threshold is not None

    def shown(self, variable: str) -> str:
        """The variable that this layer can show when the user chose `variable`; "" for none.

        Nothing drives the input and no error reaches it; a picture is then still worth seeing.
        """
        if self.end == "input" and variable != "rate" and not self.spikes:
            return "rate" if self.image else ""
        return variable if variable in self.variables or not self.live else ""


@dataclass(frozen=True)
class Edge:
    """One projection; `role` is "forward", "feedback", "lateral" or "inhibitory"."""

    name: str
    pre: str
    post: str
    role: str
    shape: tuple[int, int]  # (post, pre)
    live: bool = False


@dataclass(frozen=True)
class Diagram:
    """Layers from input to output, and what connects them."""

    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()

    def node(self, name: str) -> Node | None:
        return next((node for node in self.nodes if node.name == name), None)

    def edge(self, name: str) -> Edge | None:
        return next((edge for edge in self.edges if edge.name == name), None)

    def place(self, name: str) -> int:
        """Which layer it is, counted from the input; -1 for none of them."""
        return next((i for i, node in enumerate(self.nodes) if node.name == name), -1)

    def into(self, name: str) -> Edge | None:
        """The forward projection that feeds a layer."""
        edges = (edge for edge in self.edges if edge.post == name and edge.role == "forward")
        return next(edges, None)


def compose(spec: ExperimentSpec | None, entry: ExperimentEntry | None) -> Diagram:
    """Draw the description that is being edited; where there is none, the run as it stands."""
    nodes = _nodes(spec, entry)
    return Diagram(nodes, _edges(nodes, entry)) if nodes else Diagram()


def _nodes(spec: ExperimentSpec | None, entry: ExperimentEntry | None) -> tuple[Node, ...]:
    if spec is not None:
        rows = [(layer.name, layer.size, layer.unit) for layer in spec.network.layers]
    elif entry is not None:
        rows = [(layer.name, layer.size, layer.unit) for layer in entry.layers]
    else:
        return ()
    ends = {0: "input", len(rows) - 1: "output"}
    return tuple(_node(row, ends.get(i, ""), entry) for i, row in enumerate(rows))


def _node(row: tuple[str, int, str], end: str, entry: ExperimentEntry | None) -> Node:
    name, size, unit = row
    known = UNITS[unit] if unit in UNITS else None  # noqa: SIM401  (a registry has no get)
    found = entry.layer(name) if entry else None
    live = found is not None and (found.size, found.unit) == (size, unit)
    plain = end == "input" and not (known and known.spikes)
    classes = entry.classes if entry and end == "output" else ()
    image = entry.image if entry and end == "input" else None
    if image and image[0] * image[1] != size:
        image = None
    return Node(
        name,
        size,
        unit,
        "data" if plain else known.title if known else unit,
        known.signed if known else True,
        end,
        image,
        live,
        tuple(variable.name for variable in found.variables) if found and live else (),
        classes if len(classes) == size else (),
        bool(found and found.spikes),
        tuple(v.name for v in found.variables if not v.signed) if found and found.spikes else (),
        found.threshold if found else None,
    )


def _edges(nodes: tuple[Node, ...], entry: ExperimentEntry | None) -> tuple[Edge, ...]:
    by_name = {node.name: node for node in nodes}
    chain = [
        (f"W{i}", pre.name, post.name, "forward")
        for i, (pre, post) in enumerate(pairwise(nodes), 1)
    ]
    added = [
        (path.name, path.pre, path.post, str(path.role))
        for path in (entry.projections if entry else ())
        if str(path.role) != "forward" and path.pre in by_name and path.post in by_name
    ]
    return tuple(_edge(row, by_name, entry) for row in [*chain, *added])


def _edge(
    row: tuple[str, str, str, str], nodes: dict[str, Node], entry: ExperimentEntry | None
) -> Edge:
    name, pre, post, role = row
    shape = nodes[post].size, nodes[pre].size
    found = entry.projection(name) if entry else None
    live = found is not None and (found.pre, found.post, found.shape) == (pre, post, shape)
    return Edge(name, pre, post, role, shape, live)


def lanes_of(diagram: Diagram) -> dict[str, int]:
    """A lane below the layers for each projection that does not run to the next layer."""
    found: dict[str, int] = {}
    used: list[list[tuple[int, int]]] = []
    for edge in sorted(diagram.edges, key=lambda edge: _span(diagram, edge)):
        start, end = sorted((diagram.place(edge.pre), diagram.place(edge.post)))
        if edge.role == "forward" and end == start + 1:
            continue
        lane = 0
        while lane < len(used) and any(a < end and start < b for a, b in used[lane]):
            lane += 1
        if lane == len(used):
            used.append([])
        used[lane].append((start, end))
        found[edge.name] = lane
    return found


def _span(diagram: Diagram, edge: Edge) -> int:
    return abs(diagram.place(edge.pre) - diagram.place(edge.post))
