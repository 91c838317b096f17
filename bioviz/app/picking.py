"""What is picked, wherever it was clicked, and what the menus do with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from ..core import edit
from ..core.fault import BiovizError
from ..core.spec import ExperimentSpec
from ..ui.panel import Pick
from .document import Document

NOTHING = Pick("nothing")


class Picking(QObject):
    """One pick for the whole window."""

    changed = Signal(object)  # the Pick, to be shown everywhere
    told = Signal(str, str, object)  # severity, text, actions

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        self._document = document
        self._pick = NOTHING

    def set(self, pick: Pick) -> None:
        """Something was clicked."""
        self._pick = pick
        self.changed.emit(pick)

    def clear(self) -> None:
        self.set(NOTHING)

    def add_layer(self) -> None:
        """Add a hidden layer after the picked one."""
        self._edit("Add layer", edit.add_layer, self._layer())

    def remove_layer(self) -> None:
        """Remove the picked hidden layer."""
        name = self._layer()
        if name is None:
            words = "Pick a hidden layer first: click its name in the diagram."
            self.told.emit("info", words, [])
        else:
            self._edit(f"Remove layer {name}", edit.remove_layer, name)

    def _layer(self) -> str | None:
        names = [layer.name for layer in self._document.spec.network.layers]
        return self._pick.name if self._pick.name in names else None

    def _edit(self, text: str, change: Callable[..., ExperimentSpec], name: Any) -> None:
        try:
            self._document.edit(change(self._document.spec, name), text)
        except BiovizError as error:
            self.told.emit("error", str(error), [])
