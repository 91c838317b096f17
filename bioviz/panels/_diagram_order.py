"""The menu of an arrow in the network diagram: what can be done to that projection as it runs."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from ..core.catalogue import ProjectionEntry
from ..core.intervention import CopyTranspose, Freeze, Intervention, Redraw
from ..core.perturbation import AddNoise, FlipSigns, Prune, Scale
from ..core.request import Condition
from ..ui import icon


def projection_menu(path: ProjectionEntry, condition: Condition, parent: QWidget) -> QMenu:
    """Orders in usual amounts; the inspector takes any. Each action carries ("order", name, it)."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.setToolTipsVisible(True)
    name = path.name
    verb = "Thaw" if condition.frozen else "Freeze"
    _offer(menu, path, f"{verb} {name}", "lock", Freeze(name, not condition.frozen))
    menu.addSeparator()
    _offer(menu, path, "Flip signs", "flip-signs", FlipSigns(name))
    _offer(menu, path, "Draw again", "new-weights", Redraw(name))
    if path.mirrors:
        _offer(menu, path, f"Copy {path.mirrors}ᵀ", "copy", CopyTranspose(name))
    menu.addSeparator()
    _offer(menu, path, "Double", "scale", Scale(name, 2.0))
    _offer(menu, path, "Halve", "scale", Scale(name, 0.5))
    _offer(menu, path, "Add 10 % noise", "noise", AddNoise(name, 0.1))
    _offer(menu, path, "Prune the weakest 30 %", "prune", Prune(name, 0.3))
    return menu


def _offer(
    menu: QMenu, path: ProjectionEntry, text: str, picture: str, order: Intervention
) -> QAction:
    action = menu.addAction(text)
    icon.tint(action, picture)
    action.setData(("order", path.name, order))
    reasons = {Freeze: path.why_not_frozen, Redraw: path.why_not_drawn}
    why = path.why_fixed or reasons.get(type(order), "")
    action.setEnabled(not why)
    action.setToolTip(why or f"{text}; undo takes it back")
    return action
