"""Gestures in the network diagram: clicks, drags, keys and menus, turned into picks and edits."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QPointF, QRectF, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from ..core.catalogue import ExperimentEntry
from ..figures.diagram_words import count
from ..ui.panel import Pick
from ._diagram_edit import MOST_UNITS, Edits, InPlace, layer_menu, scene_menu
from ._diagram_feed import Feed
from ._diagram_layout import Column, Target
from ._diagram_order import projection_menu
from ._diagram_pick import step
from ._diagram_view import View

PARTS = ("header", "size", "kind")  # words that can be edited where they stand, in Tab's order
DOUBLING = 70.0  # pixels of dragging that double a layer


class Gestures(QObject):
    """Knows what each click, drag and key means; the edits themselves are made elsewhere."""

    picked = Signal(object)  # a Pick
    ordered = Signal(object)  # an Intervention
    said = Signal(str)  # what a drag would do, for the readout

    def __init__(self, view: View, feed: Feed, edits: Edits, parent: QObject) -> None:
        super().__init__(parent)
        self._view, self._feed, self._edits = view, feed, edits
        self._scene = view.diagram_scene
        self.entry: ExperimentEntry | None = None  # what is live, so that it can be given orders
        self.in_place = InPlace(view.viewport(), view)
        self._connect()

    def _connect(self) -> None:
        self._view.clicked.connect(self._click)
        self._view.edit_asked.connect(self._edit_at)
        self._view.menu_asked.connect(self._open_menu)
        self._view.dragging.connect(self._drag)
        self._view.dropped.connect(self._drop)
        self._view.commanded.connect(self._command)
        self.in_place.taken.connect(self._take)
        self.in_place.next_asked.connect(self._edit_next)

    # ---- clicks ----------------------------------------------------------------------------

    def _click(self, target: Target) -> None:
        if target.kind == "plus":
            self._edits.add(target.name)
        elif target.kind in ("unit", "projection"):
            self.picked.emit(Pick(target.kind, target.name, target.unit))
        elif target.kind == "nothing":
            self.picked.emit(Pick("nothing"))
        else:
            self.picked.emit(Pick("layer", target.name))

    def _edit_at(self, target: Target) -> None:
        if target.kind in PARTS:
            self.edit(target.kind, target.name)
        elif target.kind == "handle":
            self.edit("size", target.name)
        elif target.kind == "nothing":
            self._view.fit()

    def edit(self, part: str, layer: str) -> None:
        """Edit a layer's name ("header"), "size" or "kind" where it stands, if it can be edited."""
        column = self._scene.layout_.columns.get(layer)
        if column is None or self._edits.spec is None:
            return
        node = column.node
        if part == "size" and node.end:
            self._edits.resize(layer, node.size + 1)  # refused, with the reason
        elif part == "kind" and node.end == "input":
            self._edits.set_unit(layer, "tanh")
        else:
            values: dict[str, str | int] = {
                "header": node.name,
                "size": node.size,
                "kind": node.unit,
            }
            boxes = {"header": column.header, "size": column.size, "kind": column.unit}
            place = self._view.mapFromScene(boxes[part]).boundingRect()
            self.in_place.open(part, layer, values[part], place)

    def _edit_next(self, part: str, layer: str) -> None:
        """Tab: on to the next words of the layer that can be edited, whatever it is called now."""
        node = self._scene.diagram.node(layer) or self._scene.diagram.node(self._feed.pick.name)
        after = PARTS[(PARTS.index(part) + 1) % len(PARTS)]
        if node is not None and node.end:
            after = "kind" if part == "header" and node.end == "output" else "header"
        if node is not None:
            self.edit(after, node.name)

    def _take(self, part: str, layer: str, value: object) -> None:
        if part == "header":
            if value != layer:
                self._edits.rename(layer, str(value))
        elif part == "size" and isinstance(value, int):
            self._edits.resize(layer, value)
        elif part == "kind" and isinstance(value, str):
            self._edits.set_unit(layer, value)

    # ---- menus -----------------------------------------------------------------------------

    def menu(self, target: Target) -> QMenu:
        """What can be done with what lies here."""
        spec = self._edits.spec
        path = self.entry.projection(target.name) if self.entry else None
        if target.kind == "projection" and path is not None:
            return projection_menu(path, self._feed.condition(path.name), self._view)
        if target.kind in ("nothing", "projection", "plus") or spec is None:
            return scene_menu(self._view)
        return layer_menu(spec, target.name, self._view)

    def _open_menu(self, target: Target, where: QPoint) -> None:
        self._click(target if target.kind != "plus" else Target())
        menu = self.menu(target)
        menu.triggered.connect(self._choose)
        menu.popup(where)

    def _choose(self, action: QAction) -> None:
        command, layer, value = action.data()
        if command == "order":
            self.ordered.emit(value)
        elif command == "rename":
            self.edit("header", layer)
        elif command == "size":
            self.edit("size", layer)
        elif command == "unit":
            self._edits.set_unit(layer, value)
        elif command == "move":
            self._edits.move(layer, value)
        elif command == "fit":
            self._view.fit()
        else:
            getattr(self._edits, command)(layer)  # add or remove

    # ---- drags -----------------------------------------------------------------------------

    def _drag(self, target: Target, by: QPointF) -> None:
        column = self._scene.layout_.columns.get(target.name)
        if column is None:
            return
        if target.kind == "handle":
            units = count(_resized(column, by), "unit")
            self.said.emit(f"{target.name}: {units}. Let go to take, Esc to leave as it was.")
        elif column.node.end:
            self.said.emit(f"The {column.node.end} layer stays where it is.")
        else:
            slot = self._slot(column, by)
            self._show_slot(slot)
            others = [name for name in self._scene.layout_.columns if name != target.name]
            self.said.emit(f"Let go to put {target.name} after {others[slot - 1]}")

    def _drop(self, target: Target, by: QPointF) -> None:
        self.leave()
        column = self._scene.layout_.columns.get(target.name)
        if column is None:
            return
        if target.kind == "handle":
            self._edits.resize(target.name, _resized(column, by))
        elif not column.node.end:
            place = self._scene.diagram.place(target.name)
            self._edits.move(target.name, self._slot(column, by) - place)

    def leave(self) -> None:
        """Put away what a drag shows."""
        self._scene.insertion.hide()
        self.said.emit("")

    def _slot(self, column: Column, by: QPointF) -> int:
        """Which place of all layers the dragged one would take."""
        others = [
            other.x for name, other in self._scene.layout_.columns.items() if other is not column
        ]
        slot = sum(x < column.x + by.x() for x in others)
        return min(max(slot, 1), len(others) - 1)

    def _show_slot(self, slot: int) -> None:
        """Mark the gap in which the dragged layer would come to stand."""
        columns = list(self._scene.layout_.columns.values())
        dragged = self._view.held.name
        rest = [column for column in columns if column.node.name != dragged]
        x = (rest[slot - 1].card.right() + rest[slot].card.left()) / 2
        card: QRectF = rest[slot].card
        self._scene.insertion.place(x, card.top(), card.bottom())

    # ---- keys ------------------------------------------------------------------------------

    def _command(self, command: str) -> None:
        pick = self._feed.pick
        layer = pick.name if pick.kind in ("layer", "unit") else ""
        if command in ("left", "right", "up", "down", "projection left", "projection right"):
            if self._scene.diagram.nodes:
                self.picked.emit(step(self._scene.diagram, pick, command))
        elif command in ("fit", "zoom in", "zoom out"):
            self._zoom(command)
        elif command == "leave":
            if self._view.cancel_drag():
                self.leave()
            else:
                self.picked.emit(Pick("nothing"))
        elif command == "add":
            self._edits.add(layer)
        elif command == "menu":
            self._menu_by_key(pick)
        elif layer:
            self._edit_by_key(command, layer)
        else:
            self._edits.refused.emit("Pick a layer first: click its name, or use the arrow keys.")

    def _edit_by_key(self, command: str, layer: str) -> None:
        if command == "edit":
            self.edit("header", layer)
        elif command == "remove":
            self._edits.remove(layer)
        else:
            self._edits.move(layer, -1 if command == "move left" else 1)

    def _menu_by_key(self, pick: Pick) -> None:
        target, place = self.menu_place(pick)
        menu = self.menu(target)
        menu.triggered.connect(self._choose)
        menu.popup(self._view.viewport().mapToGlobal(self._view.mapFromScene(place)))

    def menu_place(self, pick: Pick) -> tuple[Target, QPointF]:
        """What the menu key opens a menu of, and where in the scene."""
        layout = self._scene.layout_
        column, wire = layout.columns.get(pick.name), layout.wires.get(pick.name)
        if pick.kind == "projection" and wire is not None:
            return Target("projection", pick.name), wire.label
        if column is not None:
            return Target("header", pick.name), column.header.center()
        return Target(), self._scene.sceneRect().center()

    def _zoom(self, command: str) -> None:
        if command == "fit":
            self._view.fit()
        else:
            self._view.zoom(1.25 if command == "zoom in" else 0.8)


def _resized(column: Column, by: QPointF) -> int:
    """How many units a layer has once its handle was carried so far; round numbers if many."""
    size = column.node.size * 2.0 ** (by.y() / DOUBLING)
    grain = 1 if size < 50 else 5 if size < 100 else 10 if size < 500 else 50
    return int(min(max(round(size / grain) * grain, 1), MOST_UNITS))
