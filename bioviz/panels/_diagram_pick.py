"""Moving the pick by the keyboard: between layers, among a layer's units, along projections."""

from __future__ import annotations

from ..figures.diagram import Diagram
from ..ui.panel import Pick

STEPS = {"left": -1, "right": 1, "up": -1, "down": 1}


def step(diagram: Diagram, pick: Pick, command: str) -> Pick:
    """Where the pick goes: left and right between layers, up and down among units."""
    if command.startswith("projection"):
        return _next_projection(diagram, pick, -1 if command.endswith("left") else 1)
    layer = _layer_of(diagram, pick, command)
    if command in ("left", "right") or pick.kind not in ("layer", "unit"):
        return Pick("layer", layer)
    return _next_unit(diagram, pick, STEPS[command])


def holds(diagram: Diagram, pick: Pick) -> bool:
    """Whether what is picked is in the diagram."""
    if pick.kind == "projection":
        return diagram.edge(pick.name) is not None
    node = diagram.node(pick.name)
    return node is not None and (pick.kind == "layer" or pick.unit < node.size)


def _layer_of(diagram: Diagram, pick: Pick, command: str) -> str:
    names = [node.name for node in diagram.nodes]
    edge = diagram.edge(pick.name) if pick.kind == "projection" else None
    if edge is not None:
        ends = sorted((names.index(edge.pre), names.index(edge.post)))
        return names[ends[0] if command in ("left", "up") else ends[1]]
    if pick.name not in names:
        return names[-1] if command == "left" else names[0]
    by = STEPS[command] if command in ("left", "right") else 0
    return names[min(max(names.index(pick.name) + by, 0), len(names) - 1)]


def _next_unit(diagram: Diagram, pick: Pick, by: int) -> Pick:
    node = diagram.node(pick.name)
    size = node.size if node else 1
    if pick.kind == "layer":
        return Pick("unit", pick.name, 0 if by > 0 else size - 1)
    unit = pick.unit + by
    return Pick("unit", pick.name, unit) if 0 <= unit < size else Pick("layer", pick.name)


def _next_projection(diagram: Diagram, pick: Pick, by: int) -> Pick:
    names = [edge.name for edge in diagram.edges]
    if not names:
        return pick
    if pick.kind != "projection" or pick.name not in names:
        return Pick("projection", names[0 if by > 0 else -1])
    return Pick("projection", names[(names.index(pick.name) + by) % len(names)])
