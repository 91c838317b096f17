"""One line of the layer list: a layer's name, size and units, each changed in place."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from ..core.registry import UNITS
from ..core.spec import LayerSpec
from ..core.unit import Unit
from ..ui import icon, theme
from ..ui.choice import ChoiceEdit
from ..ui.label import Picture, toned
from ..ui.limits import Limits
from ..ui.line import TextEdit
from ..ui.number import NumberEdit
from ..ui.scale import keep, px

MOST_UNITS = 100_000

KEYS = {  # what a key does while a row has the focus
    (Qt.Key.Key_Delete, False): "remove",
    (Qt.Key.Key_Backspace, False): "remove",
    (Qt.Key.Key_Insert, False): "add",
    (Qt.Key.Key_Up, True): "up",
    (Qt.Key.Key_Down, True): "down",
    (Qt.Key.Key_F2, False): "rename",
    (Qt.Key.Key_Return, False): "rename",
    (Qt.Key.Key_Enter, False): "rename",
    (Qt.Key.Key_Up, False): "previous",
    (Qt.Key.Key_Down, False): "next",
}


@dataclass(frozen=True)
class Place:
    """Where a layer stands: what is fixed about it, and why."""

    end: str  # "input", "output" or "" for a hidden layer
    reason: str = ""  # why its size is fixed
    sized: bool = False  # whether its size is free all the same, within what the reason says
    lone: bool = False  # an output layer of one unit, whom softmax would leave nothing to say


class Handle(QWidget):
    """Where a row is grabbed; on the rows at the ends it is a lock."""

    dragged = Signal(QPointF)  # where the mouse is, on the screen
    dropped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._picture = Picture("drag-handle", "muted", 16)
        self._free = True
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._picture)
        self._picture.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_reason(self, reason: str) -> None:
        """Let the row be dragged, or say why it stays where it is."""
        self._free = not reason
        self._picture.show_icon("drag-handle" if self._free else "lock", "muted")
        shape = Qt.CursorShape.OpenHandCursor if self._free else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)
        self.setToolTip(reason or "Drag to reorder (Ctrl+Up, Ctrl+Down)")
        self.setAccessibleName("Locked" if reason else "Drag to reorder")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._free and event.button() == Qt.MouseButton.LeftButton:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.dragged.emit(event.globalPosition())
        else:
            event.ignore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._free and event.buttons() & Qt.MouseButton.LeftButton:
            self.dragged.emit(event.globalPosition())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._free and event.button() == Qt.MouseButton.LeftButton:
            self.setCursor(Qt.CursorShape.OpenHandCursor)
            self.dropped.emit()


class LayerRow(QFrame):
    """A layer as it is described; it says what the user asks for and changes nothing itself."""

    asked = Signal(str)  # one of KEYS' values
    renamed = Signal(str)
    resized = Signal(int)
    rejected = Signal(str)  # why what was typed is no size; empty once it is mended
    unit_chosen = Signal(str)
    pressed = Signal()
    dragged = Signal(QPointF)
    dropped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.layer = LayerSpec(name="layer")
        self._picked = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.handle = Handle()
        self.name = TextEdit()
        self.name.setProperty("tone", "inline")
        self.name.setMinimumWidth(40)
        self.name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.name.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # F2 leads here; Tab goes row by row
        self.size_box = NumberEdit(Limits(ge=1, le=MOST_UNITS), "number of units", whole=True)
        self.size_box.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.size_box.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.size_box.setProperty("tone", "inline")
        self.unit = ChoiceEdit({key: unit.title for key, unit in ordered_units()})
        self.unit.setProperty("tone", "inline")
        self.shown = toned(" data", "muted")
        self.shown.setToolTip("The input layer shows the task's numbers as they are.")
        self.remove = QToolButton()
        icon.tint(self.remove, "close")
        keep(self.remove, "icon", 14)
        keep(self.remove, "both", 22)
        row = QHBoxLayout(self)
        row.setContentsMargins(3, 2, 2, 2)
        row.setSpacing(2)
        for widget in (self.handle, self.name, self.size_box, self.unit, self.shown, self.remove):
            row.addWidget(widget, 1 if widget is self.name else 0)
        self._rescale()

    def _rescale(self) -> None:
        self.size_box.setFixedWidth(self.fontMetrics().horizontalAdvance("10000") + px(10))
        for words in (self.unit, self.shown):
            words.setFixedWidth(self._widest() + px(26))

    def _widest(self) -> int:
        wide = self.fontMetrics().horizontalAdvance
        longest = max(wide(unit.title) for _, unit in UNITS.items())
        return min(longest, wide("Softmax"))  # longer titles are cut short

    def _connect(self) -> None:
        self.handle.dragged.connect(self.dragged)
        self.handle.dropped.connect(self.dropped)
        self.name.committed.connect(self._rename)
        self.size_box.committed.connect(self._resize)
        self.size_box.rejected.connect(self.rejected)
        self.unit.committed.connect(self._choose_unit)
        self.remove.clicked.connect(self._remove)
        theme.notifier.changed.connect(self._rescale)
        for child in (self.name, self.size_box, self.unit):
            child.installEventFilter(self)

    def show_layer(self, layer: LayerSpec, place: Place) -> None:
        """Show a layer; a name that is being typed and the focus stay."""
        renamed = layer.name != self.layer.name
        self.layer = layer
        if renamed or not self.name.isModified():
            self.name.set_value(layer.name)
            self.name.setCursorPosition(0)  # a long name shows how it begins
        self.size_box.set_value(layer.size)
        self.size_box.setEnabled(not place.end or place.sized)
        if layer.unit in UNITS:
            self.unit.set_value(layer.unit)
        self.unit.setVisible(place.end != "input")
        self.shown.setVisible(place.end == "input")
        self._offer_softmax(not place.lone)
        self._explain(layer, place)

    def _explain(self, layer: LayerSpec, place: Place) -> None:
        name = layer.name
        self.setAccessibleName(f"{place.end or 'hidden'} layer {name}, {layer.size} units")
        self.setToolTip("")
        self.name.setAccessibleName(f"Name of layer {name}")
        self.name.setToolTip("The layer's name (F2); letters, digits and underscores.")
        self.size_box.setAccessibleName(f"Number of units in {name}")
        self.size_box.setToolTip(place.reason or f"Number of units, 1 to {MOST_UNITS:,}")
        self.unit.setAccessibleName(f"Units of {name}")
        known = layer.unit in UNITS
        words = f"{UNITS[layer.unit].title}: {UNITS[layer.unit].help}" if known else ""
        self.unit.setToolTip(f"How a unit turns its input into activity.\n{words}")
        stays = f"The {place.end} layer stays where it is."
        self.handle.set_reason(stays if place.sized else place.reason)
        self.remove.setToolTip(f"Remove layer {name} (Delete)")
        self.remove.setAccessibleName(f"Remove layer {name}")
        policy = self.remove.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.remove.setSizePolicy(policy)
        self.remove.setVisible(not place.end)

    def _offer_softmax(self, offered: bool) -> None:
        view = self.unit.view()
        assert isinstance(view, QListView)  # noqa: S101  (what a combo has by itself)
        for place, (_, unit) in enumerate(ordered_units()):
            view.setRowHidden(place, not offered and not unit.elementwise)

    def set_picked(self, picked: bool) -> None:
        if picked != self._picked:
            self._picked = picked
            self.update()

    def edit_name(self) -> None:
        """Put the cursor into the name."""
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        order = KEYS.get((Qt.Key(event.key()), held))
        if order is None or not self.hasFocus():
            super().keyPressEvent(event)
        else:
            self.asked.emit(order)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self.pressed.emit()
        return super().eventFilter(watched, event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.pressed.emit()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill = look.accent_soft if self._picked else look.base
        ring = look.accent if self.hasFocus() else (fill if self._picked else look.border)
        painter.setPen(QPen(QColor(ring), 1))
        painter.setBrush(QColor(fill))
        inside = self.rect().adjusted(0, 0, -1, -1)
        painter.drawRoundedRect(inside.toRectF().translated(0.5, 0.5), look.radius, look.radius)

    def _rename(self, name: object) -> None:
        self.renamed.emit(str(name))

    def _resize(self, size: object) -> None:
        if isinstance(size, int):
            self.resized.emit(size)

    def _choose_unit(self, unit: object) -> None:
        self.unit_chosen.emit(str(unit))

    def _remove(self) -> None:
        self.asked.emit("remove")


def ordered_units() -> list[tuple[str, type[Unit]]]:
    """Every unit; those whose units compete come last, for they are for output layers."""
    return sorted(UNITS.items(), key=lambda pair: not pair[1].elementwise)


LAYER_KEYS = (  # rows for the sheet of shortcuts
    ("Layer list", "Add a layer after it", "Ins"),
    ("Layer list", "Remove the layer", "Del Backspace"),
    ("Layer list", "Rename it", "F2 Return"),
    ("Layer list", "Go to the one above or below", "Up Down"),
    ("Layer list", "Move it up or down", "Ctrl+Up Ctrl+Down"),
)
