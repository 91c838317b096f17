"""The layer list: the network from input to output, a row each, reordered by mouse or keyboard."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QAction, QColor, QContextMenuEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from ..core.choose import choose_unit
from ..core.edit import add_layer, move_layer, needed_size, remove_layer, rename_layer, resize_layer
from ..core.registry import TASKS, UNITS
from ..core.spec import ExperimentSpec
from ..ui import icon, theme
from ..ui.label import toned
from ..ui.panel import Pick
from .attempt import Change, attempt
from .layer_row import LayerRow, Place
from .remark import Remark

GAP = 4

MENU = {  # of a hidden layer's row
    "rename": "Rename (F2)",
    "add": "Add a layer after it (Insert)",
    "up": "Move towards the input (Ctrl+Up)",
    "down": "Move towards the output (Ctrl+Down)",
    "remove": "Remove (Delete)",
}


class LayerList(QWidget):
    """Edits layers; every edit that makes sense is given on as a new description."""

    edited = Signal(object, str)
    picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spec: ExperimentSpec | None = None
        self._rows: list[LayerRow] = []
        self._pick = ""
        self._wanted_focus = ""  # the layer whose row gets the focus once it is there
        self._gap: int | None = None  # between which rows a dragged one would land
        self._build()
        self._add.clicked.connect(self._add_after_pick)
        theme.notifier.changed.connect(self.update)

    def _build(self) -> None:
        self._column = QVBoxLayout()
        self._column.setSpacing(GAP)
        self.remark = Remark()
        self._add = QPushButton("Add layer")
        icon.tint(self._add, "add")
        self._count = toned("", "muted", wrap=True)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(6)
        outer.addLayout(self._column)
        outer.addWidget(self.remark)
        outer.addWidget(self._add)
        outer.addWidget(self._count)

    def rows(self) -> list[LayerRow]:
        return list(self._rows)

    def set_spec(self, spec: ExperimentSpec) -> None:
        """Show these layers; rows are used again, so that the focus stays where it is."""
        self._spec = spec
        self._match(len(spec.network.layers))
        for row, layer in zip(self._rows, spec.network.layers, strict=True):
            row.show_layer(layer, place_of(spec, layer.name))
        self._count.setText(counted(spec))
        self._mark()
        self._give_focus()

    def set_pick(self, pick: Pick) -> None:
        """Mark the layer that is picked, wherever it was clicked."""
        self._pick = pick.name if pick.kind in ("layer", "unit") else ""
        self._mark()

    def _match(self, count: int) -> None:
        """Have as many rows as there are layers."""
        while len(self._rows) < count:
            row = LayerRow()
            row.asked.connect(self._obey)
            row.renamed.connect(self._rename)
            row.resized.connect(self._resize)
            row.rejected.connect(self._complain)
            row.unit_chosen.connect(self._choose_unit)
            row.pressed.connect(self._press)
            row.dragged.connect(self._drag)
            row.dropped.connect(self._drop)
            self._rows.append(row)
            self._column.addWidget(row)
        while len(self._rows) > count:
            row = self._rows.pop()
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()

    def _mark(self) -> None:
        for row in self._rows:
            row.set_picked(row.layer.name == self._pick)
        hidden = self._after()
        self._add.setToolTip(f"Add a hidden layer after '{hidden}' (Insert)")

    def _give_focus(self) -> None:
        for row in self._rows:
            if self._wanted_focus and row.layer.name == self._wanted_focus:
                self._wanted_focus = ""
                row.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    # ---- what the user does ----------------------------------------------------------------

    def _sender(self) -> LayerRow:
        row = self.sender()
        assert isinstance(row, LayerRow)  # noqa: S101  (only rows are connected)
        return row

    def _press(self) -> None:
        name = self._sender().layer.name
        if name != self._pick:
            self._pick = name
            self._mark()
            self.picked.emit(Pick("layer", name))

    def _obey(self, order: str) -> None:
        self.obey(order, self._sender().layer.name)

    def obey(self, order: str, name: str) -> None:
        """Do one of the things that keys and menus ask of a layer."""
        if order in ("previous", "next", "rename"):
            self._go(order, name)
        elif order == "add":
            self._add_after(name)
        elif order == "remove":
            self._remove(name)
        else:
            by = -1 if order == "up" else 1
            self._try(lambda spec: (move_layer(spec, name, by), []), f"Move layer {name}", name)

    def _go(self, order: str, name: str) -> None:
        at = [row.layer.name for row in self._rows].index(name)
        if order == "rename":
            self._rows[at].edit_name()
            return
        to = at + (1 if order == "next" else -1)
        if 0 <= to < len(self._rows):
            self._rows[to].setFocus(Qt.FocusReason.TabFocusReason)

    def _add_after_pick(self) -> None:
        self._add_after(self._after())

    def _after(self) -> str:
        """The layer after which a new one goes: the picked one, else the last hidden one."""
        names = [row.layer.name for row in self._rows]
        if self._pick in names[:-1]:
            return self._pick
        return names[-2] if len(names) > 1 else ""

    def _add_after(self, name: str) -> None:
        names = [row.layer.name for row in self._rows]
        after = names[-2] if name == names[-1] else name
        self._try(lambda spec: (add_layer(spec, after), []), "Add layer", new=True)

    def _remove(self, name: str) -> None:
        names = [row.layer.name for row in self._rows]
        neighbour = names[min(names.index(name) + 1, len(names) - 1)]
        self._try(lambda spec: (remove_layer(spec, name), []), f"Remove layer {name}", neighbour)

    def _rename(self, new: str) -> None:
        name = self._sender().layer.name
        if self._try(lambda spec: (rename_layer(spec, name, new), []), f"Rename layer {name}"):
            self._pick = new.strip()  # the layer stays picked under its new name
            self._mark()
            self.picked.emit(Pick("layer", self._pick))

    def _resize(self, size: int) -> None:
        name = self._sender().layer.name
        self._try(lambda spec: (resize_layer(spec, name, size), []), f"Resize layer {name}")

    def _complain(self, reason: str) -> None:
        self.remark.say(reason, "error")

    def _choose_unit(self, unit: str) -> None:
        name = self._sender().layer.name
        self._try(lambda spec: choose_unit(spec, name, unit), f"Change units of {name}")

    def _try(
        self,
        change: Change,
        text: str,
        focus: str = "",
        *,
        new: bool = False,
    ) -> bool:
        """Give on what `change` makes of the description, or say below the rows why not."""
        assert self._spec is not None  # noqa: S101  (rows are there only once it is set)
        before = self._spec
        outcome = attempt(before, change)
        after = outcome.spec
        if after is None:
            self.set_spec(before)  # sizes and units go back; a name stays as it was typed
        outcome.tell(self.remark)
        if after is None or after == before:
            return False
        self._wanted_focus = focus
        if new:
            self._wanted_focus = _new_name(before, after)
        self.edited.emit(after, text)
        return True

    # ---- dragging --------------------------------------------------------------------------

    def _drag(self, where: QPointF) -> None:
        y = self.mapFromGlobal(where.toPoint()).y()
        middles = [row.geometry().center().y() for row in self._rows]
        gap = sum(y > middle for middle in middles)
        self._gap = min(max(gap, 1), len(self._rows) - 1)
        self.update()

    def _drop(self) -> None:
        row, gap = self._sender(), self._gap
        self._gap = None
        self.update()
        if gap is None:
            return
        at = self._rows.index(row)
        by = gap - at - (1 if gap > at else 0)
        name = row.layer.name
        if by:
            self._try(lambda spec: (move_layer(spec, name, by), []), f"Move layer {name}", name)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._gap is None:
            return
        y = self._rows[self._gap].geometry().top() - GAP // 2 - 1
        QPainter(self).fillRect(0, y, self.width(), 2, QColor(theme.current().accent))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        for row in self._rows[1:-1]:
            if row.geometry().contains(event.pos()):
                menu = self._menu()
                chosen = menu.exec(event.globalPos())
                if isinstance(chosen, QAction):
                    self.obey(str(chosen.data()), row.layer.name)
                menu.deleteLater()

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        for order, words in MENU.items():
            menu.addAction(words).setData(order)
        return menu


def place_of(spec: ExperimentSpec, name: str) -> Place:
    """What is fixed about a layer, and why."""
    layers = spec.network.layers
    if name not in (layers[0].name, layers[-1].name):
        return Place("")
    end = "input" if name == layers[0].name else "output"
    if spec.task.key not in TASKS:
        return Place(end, f"The {end} layer's size is fixed by the task.")
    need, title = needed_size(spec, name), TASKS[spec.task.key].title
    lone = end == "output" and layers[-1].size == 1
    if end == "output" and (need is None or spec.answers_with(2 * need, need)):
        any_ = need is None or spec.answers_with(2 * need + 1, need)
        number = "any number of" if any_ else f"a multiple of {need:,}"
        return Place(end, f"The output layer may have {number} units.", sized=True, lone=lone)
    reason = f"The {end} layer has {need:,} units because the task '{title}' has {need:,} {end}s."
    return Place(end, reason, lone=lone)


def counted(spec: ExperimentSpec) -> str:
    """How many numbers the network learns."""
    weights = spec.network.weight_count
    biased = [x for x in spec.network.layers[1:] if x.unit not in UNITS or UNITS[x.unit].biased]
    biases = sum(layer.size for layer in biased) if spec.network.biases else 0
    words = f"{weights:,} weight{'' if weights == 1 else 's'}"
    return f"{words}, {biases:,} bias{'' if biases == 1 else 'es'}" if biases else words


def _new_name(before: ExperimentSpec, after: ExperimentSpec) -> str:
    had = {layer.name for layer in before.network.layers}
    return next((layer.name for layer in after.network.layers if layer.name not in had), "")
