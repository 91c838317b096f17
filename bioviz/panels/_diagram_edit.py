"""Editing in the network diagram: gestures become changed descriptions, or a sentence why not."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QComboBox, QLineEdit, QMenu, QSpinBox, QWidget

from ..core import edit
from ..core.fault import SpecError
from ..core.registry import UNITS
from ..core.spec import ExperimentSpec
from ..ui.panel import Pick

Change = Callable[[ExperimentSpec], ExperimentSpec]
MOST_UNITS = 100_000


class Edits(QObject):
    """Applies edits to the description that is shown and tells what came of it."""

    edited = Signal(object, str)  # a new ExperimentSpec, and what was done
    picked = Signal(object)  # the Pick that follows the edit
    refused = Signal(str)  # why it could not be done

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.spec: ExperimentSpec | None = None

    def add(self, after: str) -> None:
        """Add a hidden layer after one, or before the output where that is asked for."""
        if self.spec is None:
            return
        last = self.spec.network.layers[-1].name
        name = edit.free_name(self.spec)
        place = None if after in (last, "") else after
        self._do(partial(edit.add_layer, after=place), f"Add layer {name}", Pick("layer", name))

    def remove(self, name: str) -> None:
        self._do(partial(edit.remove_layer, name=name), f"Remove layer {name}", Pick("nothing"))

    def rename(self, name: str, new: str) -> None:
        change = partial(edit.rename_layer, name=name, new=new)
        new = new.strip()
        self._do(change, f"Rename layer {name} to {new}", Pick("layer", new))

    def resize(self, name: str, size: int) -> None:
        self._do(partial(edit.resize_layer, name=name, size=size), f"Give {name} {size} units")

    def move(self, name: str, by: int) -> None:
        self._do(partial(edit.move_layer, name=name, by=by), f"Move layer {name}")

    def set_unit(self, name: str, unit: str) -> None:
        title = UNITS[unit].title if unit in UNITS else unit
        change = partial(edit.set_unit, name=name, unit=unit)
        self._do(change, f"Make {name} {title}")

    def _do(self, change: Change, text: str, pick: Pick | None = None) -> None:
        if self.spec is None:
            self.refused.emit("There is no network to edit yet. Choose a template or press New.")
            return
        try:
            changed = change(self.spec)
        except SpecError as error:
            self.refused.emit(str(error))
            return
        if changed == self.spec:
            return
        self.edited.emit(changed, text)
        if pick is not None:
            self.picked.emit(pick)


def layer_menu(spec: ExperimentSpec, name: str, parent: QWidget) -> QMenu:
    """What can be done with a layer; each action carries (command, layer, value)."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    unit = next((layer.unit for layer in spec.network.layers if layer.name == name), "")
    _offer(menu, "Rename", ("rename", name, None), "F2")
    _offer(menu, "Change number of units", ("size", name, None))
    units = menu.addMenu("Kind of units")
    units.setToolTipsVisible(True)
    for key, offered in UNITS.items():
        action = _offer(units, offered.title, ("unit", name, key))
        action.setToolTip(offered.help)
        action.setCheckable(True)
        action.setChecked(key == unit)
    menu.addSeparator()
    _offer(menu, "Add layer after", ("add", name, None), "Ins")
    _offer(menu, "Move towards the input", ("move", name, -1), "Ctrl+Left")
    _offer(menu, "Move towards the output", ("move", name, 1), "Ctrl+Right")
    menu.addSeparator()
    _offer(menu, "Remove layer", ("remove", name, None), "Del")
    return menu


def scene_menu(parent: QWidget) -> QMenu:
    """What can be done with the diagram as a whole."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    _offer(menu, "Add hidden layer", ("add", "", None), "Ins")
    _offer(menu, "Show all", ("fit", "", None), "0")
    return menu


def _offer(menu: QMenu, text: str, data: tuple[Any, ...], keys: str = "") -> QAction:
    action = menu.addAction(text)
    action.setData(data)
    if keys:
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.setShortcutVisibleInContextMenu(True)
    return action


class InPlace(QObject):
    """A small editor over the words that it edits: Enter or leaving takes, Esc leaves as it was."""

    taken = Signal(str, str, object)  # part ("header", "size" or "kind"), layer, value
    next_asked = Signal(str, str)  # Tab: the part that was edited, and its layer

    def __init__(self, viewport: QWidget, owner: QWidget) -> None:
        super().__init__(viewport)
        self._viewport, self._owner = viewport, owner
        self.widget: QWidget | None = None
        self._part = self._layer = ""

    def open(self, part: str, layer: str, value: str | int, place: QRect) -> None:
        """Edit a layer's name, size or unit at `place`, in the viewport."""
        self.close()
        self._part, self._layer = part, layer
        widget = self.widget = _MAKERS[part](self._viewport, value)
        widget.setAccessibleName({"header": "Name", "size": "Units"}.get(part, "Kind of units"))
        widget.setToolTip("Enter to take, Esc to leave as it was, Tab for what comes next")
        widget.installEventFilter(self)
        wide = max(place.width() + 26, {"header": 96, "size": 84}.get(part, 112))
        box = QRect(0, 0, min(wide, self._viewport.width()), widget.sizeHint().height())
        box.moveCenter(place.center())
        room = self._viewport.rect()
        box.moveLeft(max(0, min(box.left(), room.width() - box.width())))
        box.moveTop(max(0, min(box.top(), room.height() - box.height())))
        widget.setGeometry(box)
        if isinstance(widget, QComboBox):
            widget.activated.connect(self._take)
        widget.show()
        widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def close(self) -> None:
        """Put the editor away without effect."""
        widget, self.widget = self.widget, None
        if widget is not None:
            widget.removeEventFilter(self)
            if widget.hasFocus():
                self._owner.setFocus(Qt.FocusReason.OtherFocusReason)
            widget.hide()
            widget.deleteLater()

    def _take(self) -> None:
        if self.widget is None:
            return
        value = _value(self.widget)
        part, layer = self._part, self._layer
        self.close()
        self.taken.emit(part, layer, value)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            own = event.reason() == Qt.FocusReason.PopupFocusReason  # a combo's list
            if not own:
                self._take()
        return False

    def _key(self, event: QKeyEvent) -> bool:
        part, layer = self._part, self._layer
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        elif event.key() == Qt.Key.Key_Tab:
            self._take()
            self.next_asked.emit(part, layer)
        else:
            return False
        return True


def _name_edit(parent: QWidget, value: str | int) -> QWidget:
    widget = QLineEdit(str(value), parent)
    widget.setMaxLength(40)
    widget.setAlignment(Qt.AlignmentFlag.AlignCenter)
    widget.selectAll()
    return widget


def _size_edit(parent: QWidget, value: str | int) -> QWidget:
    widget = QSpinBox(parent)
    widget.setRange(1, MOST_UNITS)
    widget.setValue(int(value))
    widget.selectAll()
    return widget


def _unit_edit(parent: QWidget, value: str | int) -> QWidget:
    widget = QComboBox(parent)
    for key, unit in UNITS.items():
        widget.addItem(unit.title, key)
        widget.setItemData(widget.count() - 1, unit.help, Qt.ItemDataRole.ToolTipRole)
    widget.setCurrentIndex(max(0, widget.findData(value)))
    return widget


_MAKERS: dict[str, Callable[[QWidget, str | int], QWidget]] = {
    "header": _name_edit,
    "size": _size_edit,
    "kind": _unit_edit,
}


def _value(widget: QWidget) -> Any:
    if isinstance(widget, QSpinBox):
        widget.interpretText()
        return widget.value()
    if isinstance(widget, QComboBox):
        return widget.currentData()
    return widget.text() if isinstance(widget, QLineEdit) else None
