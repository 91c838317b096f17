"""The network as a figure: layers of units coloured by value, and all that connects them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ...core.decade import round_up
from ...core.request import Condition, Conditions, Matrix, Request, Row, Summary
from ...core.snapshot import NOTHING, Snapshot, Wanted
from ..condition import WHOLE, condition_words
from ..diagram import BELOW, FIRST, Diagram, Edge, Kind, Node, compose
from ..diagram_draw import Drawing, Scale, Seen, scale_axes
from ..diagram_layout import Layout, arrange
from ..diagram_words import variable_title
from ..facts import facts_of
from ..panel import PanelFigure
from ..spec import FigureSpec
from ..word import number

UNFIT = "No network yet. Open one from the gallery, or choose a template."
LINES = 256  # no matrix that is drawn as lines has more rows or columns
SCALES = 0.04  # of the diagram's height, for what colours mean
STEPS = (1, 2, 5)  # of where colours end, times a power of ten


class NetworkFigure(PanelFigure):
    """Layers as columns; solid arrows go forward, dashed ones back, dotted ones sideways."""

    key = "network"
    title = "Network"

    def begin(self) -> None:
        entry = self.catalogue.first
        known = {variable.name: variable for layer in entry.layers for variable in layer.variables}
        wishes = (self.options.get("variable"), "rate")
        self._variable = str(next((name for name in wishes if name in known), ""))
        self._auto = self.options.get("auto") is True
        self._variables = known
        self._diagram: Diagram = compose(None, entry)
        self._layout: Layout = arrange(self._diagram)
        self._peaks: dict[tuple[str, Kind], float] = {}  # where colours end, which only grows

    def why_not(self) -> str:
        return "" if self._diagram.nodes else UNFIT

    def wanted(self) -> Wanted:
        found: set[Request] = {Conditions()} if self._diagram.nodes else set(NOTHING)
        for node in self._diagram.nodes:
            row = self._row(node)
            found |= {row} if row else set()
        for edge in self._diagram.edges:
            found.add(_matrix(edge) if self._layout.lined(edge) else _summary(edge))
            found.add(_summary(edge))
        return frozenset(found)

    def figure(self, snapshot: Snapshot) -> FigureSpec:
        seen = self._seen(snapshot)
        plain = self._drawn(self._layout, seen, snapshot)
        small = self._drawn(arrange(self._diagram, small=True), seen, snapshot)
        return replace(plain, small=replace(small, note=""))

    def _drawn(self, layout: Layout, seen: Seen, snapshot: Snapshot) -> FigureSpec:
        axes = [Drawing(self._diagram, layout, seen).axes()]
        scales = self._scales(seen)
        if scales:
            axes.append(scale_axes(scales))
        heights = (1.0, SCALES) if scales else (1.0,)
        facts = facts_of(self.catalogue, snapshot)
        note = self._done(snapshot)
        return FigureSpec(self.title, tuple(axes), heights, note=note, facts=facts)

    # What is seen ---------------------------------------------------------------------------

    def _row(self, node: Node) -> Row | None:
        shown = node.shown(self._variable)
        most = self._layout.columns[node.name].cells.count
        return Row(f"{node.name}.{shown}", most=most) if shown else None

    def _seen(self, snapshot: Snapshot) -> Seen:
        """All values that are drawn, each in parts of where its colours end."""
        values: dict[str, np.ndarray] = {}
        peaks: dict[tuple[str, Kind], float] = {}
        for node in self._diagram.nodes:
            row = self._row(node)
            found = snapshot.get(row) if row else None
            if found is not None:
                shifted = node.from_threshold(node.shown(self._variable))
                values[node.name] = found - self._base if shifted else found
                key = _scale_of(node, self._variable)
                peaks[key] = max(peaks.get(key, 0.0), _peak(values[node.name]))
        for key, peak in peaks.items():
            self._peaks[key] = self._end(key, peak)
        units = {
            node.name: values[node.name] / (self._peaks[_scale_of(node, self._variable)] or 1.0)
            for node in self._diagram.nodes
            if node.name in values
        }
        return Seen(units, *self._weights(snapshot), self._variable)

    def _end(self, key: tuple[str, Kind], peak: float) -> float:
        """Where colours end: round, and no nearer than before."""
        least = 0.0 if self._auto else max(FIRST.get(key[0], 0.0), self._peaks.get(key, 0.0))
        return max(least, round_up(peak, STEPS)) if peak > least else least

    def _weights(self, snapshot: Snapshot) -> tuple[dict[str, float], dict[str, np.ndarray], float]:
        """Each projection's RMS in parts of the largest; single weights, and where they end."""
        edges = self._diagram.edges
        sizes = {edge.name: snapshot.get(_summary(edge)) for edge in edges}
        rms = {name: size.rms for name, size in sizes.items() if size is not None}
        top = max((r for r in rms.values() if np.isfinite(r)), default=0.0) or 1.0
        lined = [edge for edge in edges if self._layout.lined(edge)]
        matrices = {edge.name: snapshot.get(_matrix(edge)) for edge in lined}
        weights = {name: reply.values for name, reply in matrices.items() if reply is not None}
        peak = round_up(max((_peak(w) for w in weights.values()), default=0.0), STEPS)
        parts = {name: w / peak for name, w in weights.items()}
        return {name: r / top for name, r in rms.items()}, parts, peak if weights else 0.0

    def _done(self, snapshot: Snapshot) -> str:
        """What was done to projections, in words."""
        conditions: dict[str, Condition] = snapshot.get(Conditions()) or {}
        found: dict[str, list[str]] = {}
        for edge in self._diagram.edges:
            for words in condition_words(conditions.get(edge.name, WHOLE)):
                found.setdefault(words, []).append(edge.name)
        return "; ".join(f"{', '.join(names)}: {words}" for words, names in found.items())

    @property
    def _base(self) -> float:
        """What the colours of potentials are counted from: some way below the threshold."""
        nodes = [node for node in self._diagram.nodes if node.from_threshold(self._variable)]
        return max((n.threshold for n in nodes if n.threshold is not None), default=BELOW) - BELOW

    # What the colours mean ------------------------------------------------------------------

    def _scales(self, seen: Seen) -> list[Scale]:
        """A scale for each map that units are read on, and for single weights."""
        kinds = sorted(
            {
                node.kind(self._variable)
                for node in self._diagram.nodes
                if node.shown(self._variable) == self._variable and node.name in seen.units
            }
        )
        variable = self._variables.get(self._variable)
        unit = variable.unit if variable else ""
        from_threshold = any(node.from_threshold(self._variable) for node in self._diagram.nodes)
        scales = []
        for kind in kinds:
            end = self._peaks.get((self._variable, kind), 0.0)
            base = self._base if from_threshold and kind == "sequential" else 0.0
            low = -end if kind == "diverging" else 0.0
            title = variable_title(self._variable) + (f" ({unit})" if unit else "")
            scales.append(Scale(title, kind, number(base + low, 3), number(base + end, 3)))
        if seen.weight_end:
            ends = number(-seen.weight_end, 3), number(seen.weight_end, 3)
            scales.append(Scale("Weight", "diverging", *ends))
        return scales


def _scale_of(node: Node, variable: str) -> tuple[str, Kind]:
    shown = node.shown(variable)
    return shown, node.kind(shown)


def _matrix(edge: Edge) -> Matrix:
    return Matrix(f"{edge.name}.w", LINES, LINES)


def _summary(edge: Edge) -> Summary:
    return Summary(f"{edge.name}.w")


def _peak(values: np.ndarray) -> float:
    peak = float(np.abs(values).max(initial=0.0))
    return peak if np.isfinite(peak) else 0.0
