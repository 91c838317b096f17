"""What the diagram asks of the run, and how the answers reach the scene."""

from __future__ import annotations

import time
from typing import Any

import numpy as np

from ..core.request import (
    Condition,
    Conditions,
    Incoming,
    Matrix,
    Request,
    Row,
    Statistics,
    Summary,
)
from ..core.snapshot import Position, Snapshot, Wanted
from ..figures.condition import WHOLE
from ..figures.diagram import BELOW, Edge, Node
from ..figures.diagram_words import say_layer, say_projection, say_unit, say_weight
from ..ui.colour import Kind
from ..ui.levels import Levels
from ..ui.panel import Pick
from ._diagram_colour import Scale
from ._diagram_layout import Target
from ._diagram_scene import Scene

SIZES_EVERY = 0.5  # seconds between two readings of RMS weights while playing
LINES_EVERY = 0.12  # and of the weights that are drawn by line: painting them costs most
CALM = 0.3  # seconds between two samples, below which phases are not told apart
LINES = 256  # no matrix that is drawn as lines has more rows or columns


class Feed:
    """Chooses requests by what is drawn, picked and pointed at; keeps the last answers."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.variable = "rate"
        self.scale = Scale()
        self.lines = Levels()  # single weights, over every projection that is drawn by line
        self.sizes = Levels()  # RMS weights, over all projections
        self.pick, self.hover = Pick("nothing"), Target()
        self.position: Position | None = None
        self.live = False
        self.phase = ""
        self._sample, self._passed, self._hurried = (-1, -1), 0.0, False
        self._read: dict[str, float] = {}
        self._replies: dict[Request, Any] = {}

    def forget(self) -> None:
        """Another network: its levels begin anew."""
        self.scale.forget()
        self.lines, self.sizes = Levels(), Levels()
        self.position = None
        self._replies.clear()

    # ---- asking ----------------------------------------------------------------------------

    def wanted(self) -> Wanted:
        asked: set[Request] = set()
        for node in self.scene.diagram.nodes:
            row = self._row(node)
            asked |= {row} if row else set()
        weigh, redraw = self._due("sizes", SIZES_EVERY), self._due("lines", LINES_EVERY)
        for edge in self.scene.diagram.edges:
            if edge.live and redraw and self._lined(edge):
                asked.add(_matrix(edge))
            if edge.live and weigh:
                asked |= {_summary(edge), Conditions()}
        return frozenset(asked | self._pointed() | self._incoming())

    def _row(self, node: Node) -> Row | None:
        variable = node.shown(self.variable) if node.live else ""
        cells = self.scene.layout_.columns[node.name].cells
        return Row(f"{node.name}.{variable}", most=cells.count) if variable else None

    def _lined(self, edge: Edge) -> bool:
        return self.scene.layout_.wires[edge.name].lines

    def _due(self, what: str, every: float) -> bool:
        """Whether to read weights now: always while paused, only now and then while playing."""
        now = time.monotonic()
        if self.live and now - self._read.get(what, 0.0) < every:
            return False
        self._read[what] = now
        return True

    def _pointed(self) -> set[Request]:
        """Exact values of what the readout speaks of."""
        target = self.subject()
        if target.kind == "projection":
            edge = self.scene.diagram.edge(target.name)
            return {_summary(edge)} if edge and edge.live else set()
        node = self.scene.diagram.node(target.name)
        if target.kind != "unit" or node is None or not node.live:
            return set()
        return set(_exact(node).values())

    def _incoming(self) -> set[Request]:
        edge = self.scene.diagram.into(self.pick.name) if self.pick.kind == "unit" else None
        if edge is None or not edge.live or self._lined(edge):
            return set()
        return {Incoming(edge.name, self.pick.unit)}

    def subject(self) -> Target:
        """What the readout speaks of: what is under the mouse, else what is picked."""
        if self.hover.kind != "nothing":
            return self.hover
        kind = {"layer": "card"}.get(self.pick.kind, self.pick.kind)
        return Target(kind, self.pick.name, self.pick.unit)

    # ---- showing ---------------------------------------------------------------------------

    def show(self, snapshot: Snapshot) -> None:
        """Hand a snapshot's replies to the scene."""
        self.position = snapshot.position if snapshot.positions else None
        self._replies.update(snapshot.replies)
        self._show_units(snapshot)
        self._show_weights(snapshot)
        edge = self.scene.diagram.into(self.pick.name)
        if edge is not None:
            incoming = snapshot.get(Incoming(edge.name, self.pick.unit))
            self.scene.show_incoming(incoming, _peak(incoming))
        self.phase = self._phase()
        self.scene.set_phase(self.phase)

    def _phase(self) -> str:
        """The phase, or "" where samples pass so fast that phases would only flicker."""
        if self.position is None:
            return ""
        sample = self.position.trial, self.position.sample
        if sample != self._sample:
            now = time.monotonic()
            self._hurried, self._passed = now - self._passed < CALM, now
            self._sample = sample
        return "" if self.live and self._hurried else self.position.phase

    def _show_units(self, snapshot: Snapshot) -> None:
        found: dict[str, tuple[np.ndarray, str, Kind]] = {}
        peaks: dict[tuple[str, Kind], float] = {}
        for node in self.scene.diagram.nodes:
            row = self._row(node)
            values = snapshot.get(row) if row else None
            if values is not None:
                shown = node.shown(self.variable)
                kind = node.kind(shown)
                values = values - self.base if node.from_threshold(shown) else values
                found[node.name] = values, shown, kind
                peaks[shown, kind] = max(peaks.get((shown, kind), 0.0), _peak(values))
        self.scale.fit(peaks)
        for node in self.scene.diagram.nodes:
            if node.name in found:
                values, shown, kind = found[node.name]
                self.scene.show_units(node.name, values, kind, self.scale.peak(shown, kind))
            elif self._row(node) is None:
                self.scene.show_units(node.name, None, "diverging", 1.0)

    def _show_weights(self, snapshot: Snapshot) -> None:
        edges = [edge for edge in self.scene.diagram.edges if edge.live]
        sizes = {edge.name: snapshot.get(_summary(edge)) for edge in edges}
        rms = {name: size.rms for name, size in sizes.items() if size is not None}
        if rms:
            self.sizes.see(max(rms.values()))
            self.scene.show_sizes(rms, self.sizes.peak)
        conditions = snapshot.get(Conditions())
        if conditions is not None:
            self.scene.show_conditions(conditions)
        replies = {edge.name: snapshot.get(_matrix(edge)) for edge in edges if self._lined(edge)}
        weights = {name: reply.values for name, reply in replies.items() if reply is not None}
        if weights:
            self.lines.see(max(_peak(matrix) for matrix in weights.values()))
            self.scene.show_lines(weights, self.lines.peak)

    def bars(self) -> tuple[tuple[Kind, float], ...]:
        """The colour maps that the units are read on, each with its largest magnitude."""
        used: dict[tuple[str, Kind], None] = {}
        for node in self.scene.diagram.nodes:
            if node.shown(self.variable) == self.variable:
                used[self.variable, node.kind(self.variable)] = None
        return tuple((kind, self.scale.peak(name, kind)) for name, kind in sorted(used))

    @property
    def base(self) -> float:
        """What the colours' values are counted from: potentials', from below the threshold."""
        nodes = [n for n in self.scene.diagram.nodes if n.from_threshold(self.variable)]
        return max((n.threshold for n in nodes if n.threshold is not None), default=BELOW) - BELOW

    def line_peak(self) -> float | None:
        """The largest weight that lines tell apart, or None where there are no lines."""
        lined = any(wire.lines for wire in self.scene.layout_.wires.values())
        return self.lines.peak if lined else None

    # ---- saying ----------------------------------------------------------------------------

    def say(self, line: tuple[int, int] | None = None) -> str:
        """The subject in words, with exact values; `line` is the (post, pre) of one weight."""
        target, diagram = self.subject(), self.scene.diagram
        edge, node = diagram.edge(target.name), diagram.node(target.name)
        if target.kind == "plus":
            return f"Add a layer after {target.name}"
        if target.kind == "projection" and edge is not None:
            return self._say_edge(edge, line)
        if node is None:
            return ""
        if target.kind == "unit":
            cells = self.scene.layout_.columns[node.name].cells
            asked = _exact(node)
            rows = {
                name: self._replies[asked[name]] for name in asked if asked[name] in self._replies
            }
            block = cells.block if target is self.hover else 1  # a pick is of one unit
            return say_unit(node, block, target.unit, rows)
        return say_layer(node)

    def _say_edge(self, edge: Edge, line: tuple[int, int] | None) -> str:
        reply = self._replies.get(_matrix(edge))
        if line is not None and reply is not None and reply.values.shape == edge.shape:
            return say_weight(edge, *line, float(reply.values[line]))
        size = self._replies.get(_summary(edge))
        found = size if isinstance(size, Statistics) else None
        return say_projection(edge, found, self.condition(edge.name))

    def condition(self, name: str) -> Condition:
        """What was done to a projection, as far as is known."""
        known: dict[str, Condition] = self._replies.get(Conditions(), {})
        return known.get(name, WHOLE)


def _exact(node: Node) -> dict[str, Row]:
    """Requests for every variable of a layer, unit by unit."""
    plain = node.end == "input" and not node.spikes
    names = [name for name in node.variables if not plain or name == "rate"]
    return {name: Row(f"{node.name}.{name}", most=node.size) for name in names}


def _matrix(edge: Edge) -> Matrix:
    return Matrix(f"{edge.name}.w", LINES, LINES)


def _summary(edge: Edge) -> Summary:
    return Summary(f"{edge.name}.w")


def _peak(values: np.ndarray | None) -> float:
    if values is None or not values.size:
        return 0.0
    peak = max(-float(values.min()), float(values.max()))
    return peak if np.isfinite(peak) else 0.0
