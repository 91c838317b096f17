"""The scene of the network diagram: it keeps its pieces and hands them what has changed."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import QObject, QPointF, QRectF, QSizeF
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGraphicsScene

from ..core.request import Condition
from ..figures.condition import WHOLE
from ..figures.diagram import Diagram
from ..ui import theme
from ..ui.colour import Kind
from ..ui.panel import Pick
from ._diagram_items import Card
from ._diagram_layout import Layout, Target, Type, arrange
from ._diagram_mark import Insertion, Plus
from ._diagram_route import Route, Way
from ._diagram_units import Units
from ._diagram_weights import Fan, Lines
from ._diagram_wires import Arrow, Chip

NOWHERE = Target()
UP = ("forward", "inhibitory")
ACTIVE = {"forward": UP, "backward": ("feedback",), "mirror": ("forward", "feedback")}


class Scene(QGraphicsScene):
    """Cards, units and projections of one network; items are reused as long as its layers stay."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self.diagram = Diagram()
        self.layout_ = Layout(QSizeF(1, 1), Type(QFont(), QFont()))
        self.cards: dict[str, Card] = {}
        self.units: dict[str, Units] = {}
        self.arrows: dict[str, Arrow] = {}
        self.lines: dict[str, Lines] = {}
        self.chips: dict[str, Chip] = {}
        self.pluses: dict[str, Plus] = {}
        self._pick, self._hover, self._gap, self._phase = Pick("nothing"), NOWHERE, "", ""
        self._live = False
        self._way = Way()
        self._add_extras()
        theme.notifier.changed.connect(self._recolour)

    def _add_extras(self) -> None:
        self.fan, self.insertion, self.route = Fan(), Insertion(), Route()
        for item in (self.fan, self.insertion, self.route):
            self.addItem(item)

    # ---- what there is ---------------------------------------------------------------------

    def show_diagram(self, diagram: Diagram, room: QSizeF, font: QFont) -> None:
        """Draw another network, or the same one in another room."""
        old = self.diagram
        self.diagram = diagram
        if _names(old) != _names(diagram) or (diagram.nodes and not self.cards):
            self._replace()
        self.fit(room, font)

    def fit(self, room: QSizeF, font: QFont) -> None:
        """Lay everything out for `room`; values shown are kept away until they come again."""
        if not self.diagram.nodes:
            return
        layout = self.layout_ = arrange(self.diagram, room, font)
        self.setSceneRect(QRectF(QPointF(), layout.size))
        for name, column in layout.columns.items():
            self.cards[name].place(column, layout.type)
            self.units[name].place(column)
        for name, wire in layout.wires.items():
            pre, post = layout.columns[wire.edge.pre], layout.columns[wire.edge.post]
            self.arrows[name].place(wire, pre, post)
            self.chips[name].place(wire, layout.type.small)
            self.lines[name].setVisible(wire.lines)
            if wire.lines:
                self.lines[name].place(pre, post)
        for name, where in layout.pluses.items():
            self.pluses[name].place(where)
        self.fan.clear()
        self._place_route()
        self._mark()

    def _replace(self) -> None:
        self.clear()  # deletes every item, so nothing may be kept of them
        self._add_extras()
        nodes, edges = self.diagram.nodes, self.diagram.edges
        self.cards = {node.name: Card() for node in nodes}
        self.units = {node.name: Units() for node in nodes}
        self.arrows = {edge.name: Arrow() for edge in edges}
        self.lines = {edge.name: Lines() for edge in edges}
        self.chips = {edge.name: Chip() for edge in edges}
        self.pluses = {node.name: Plus() for node in nodes[:-1]}
        for group in (self.cards, self.units, self.arrows, self.lines, self.chips, self.pluses):
            for item in group.values():
                self.addItem(item)

    # ---- what is shown ---------------------------------------------------------------------

    def show_units(self, name: str, values: np.ndarray | None, kind: Kind, peak: float) -> None:
        """Colour a layer's units by values (cells,); None leaves them hollow."""
        self.units[name].show_values(values, kind, peak)

    def show_lines(self, weights: Mapping[str, np.ndarray], peak: float) -> None:
        """Draw the weights (post, pre) of the projections that are lines."""
        for name, matrix in weights.items():
            self.lines[name].show_weights(matrix, peak)

    def show_sizes(self, sizes: Mapping[str, float], peak: float) -> None:
        """Draw each projection as wide as its RMS weight says."""
        for name, rms in sizes.items():
            self.arrows[name].show_size(rms, peak)

    def show_conditions(self, conditions: Mapping[str, Condition]) -> None:
        """Write beside each projection's name what was done to it."""
        for name, chip in self.chips.items():
            chip.show_condition(conditions.get(name, WHOLE))

    def show_incoming(self, weights: np.ndarray | None, peak: float) -> None:
        """Draw the weights (n_pre,) into the picked unit, where they are not lines already."""
        edge = self.diagram.into(self._pick.name) if self._pick.kind == "unit" else None
        if weights is None or edge is None or self.layout_.wires[edge.name].lines:
            self.fan.clear()
            return
        cells = self.layout_.columns[edge.post].cells
        to = cells.centre(min(self._pick.unit // cells.block, cells.count - 1))
        self.fan.show_weights(weights, peak, self.layout_.columns[edge.pre], to)

    def set_pick(self, pick: Pick) -> None:
        self._pick = pick
        self.fan.clear()
        self._mark()

    def set_hover(self, hover: Target, gap: str) -> None:
        """Bring out what the mouse is on, and offer a new layer in the gap that it is in."""
        if (hover, gap) != (self._hover, self._gap):
            self._hover, self._gap = hover, gap
            self._mark()

    def set_phase(self, phase: str) -> None:
        """Let the projections stand back that carry nothing in this phase."""
        if phase != self._phase:
            self._phase = phase
            self._mark()

    def show_way(self, way: Way) -> None:
        """Draw the way that errors take over the arrows that carry them; none takes it away."""
        self._way = way
        self._place_route()

    def _place_route(self) -> None:
        wires = self.layout_.wires
        there = [wires[name] for name in self._way.names if name in wires]
        self.route.place(there, self._way.backwards)

    def set_live(self, live: bool) -> None:
        self._live = live
        self._mark()

    def _mark(self) -> None:
        pick, hover = self._pick, self._hover
        for name, card in self.cards.items():
            part = hover.kind if hover.name == name and hover.kind in PARTS else ""
            card.mark(pick.kind == "layer" and pick.name == name, part)
            self._mark_units(name)
        active = self._active()
        for name, arrow in self.arrows.items():
            edge = self.diagram.edge(name)
            dim = edge is not None and edge.role not in active
            over = hover.kind == "projection" and hover.name == name
            picked = pick.kind == "projection" and pick.name == name
            arrow.mark(picked, over, dim)
            self.chips[name].mark(picked, over)
            self.lines[name].mark(self._focus(name), dim, self._live)
        for name, plus in self.pluses.items():
            plus.mark(self._gap == name, hover.kind == "plus" and hover.name == name)

    def _mark_units(self, name: str) -> None:
        cells = self.layout_.columns[name].cells
        rings = [
            thing.unit // cells.block if thing.kind == "unit" and thing.name == name else None
            for thing in (self._pick, self._hover)
        ]
        soft = self._pick.kind == "layer" and self._pick.name == name
        self.units[name].mark(rings[0], rings[1], soft)

    def _active(self) -> tuple[str, ...]:
        everything = ("forward", "feedback", "lateral", "inhibitory")
        active = ACTIVE.get(self._phase, everything)
        present = {edge.role for edge in self.diagram.edges}
        return active if present.intersection(active) else everything

    def _focus(self, name: str) -> int | None:
        edge = self.diagram.edge(name)
        if edge is None or self._pick.kind != "unit" or edge.post != self._pick.name:
            return None
        return self._pick.unit

    def _recolour(self) -> None:
        for item in self.items():
            item.update()


PARTS = ("header", "size", "kind", "handle", "unit", "card")


def _names(diagram: Diagram) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(node.name for node in diagram.nodes), tuple(e.name for e in diagram.edges)
