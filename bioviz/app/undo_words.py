"""Undo and redo in menu and tooltip: what they would take back or make again, if anything."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QUndoStack


class UndoWords(QObject):
    """Keeps both actions true of the undo history."""

    def __init__(self, stack: QUndoStack, undo: QAction, redo: QAction) -> None:
        super().__init__(stack)
        self._undo, self._redo = undo, redo
        for action in (undo, redo):
            action.setEnabled(False)
        stack.canUndoChanged.connect(undo.setEnabled)
        stack.canRedoChanged.connect(redo.setEnabled)
        stack.undoTextChanged.connect(self._name_undo)
        stack.redoTextChanged.connect(self._name_redo)

    def _name_undo(self, text: str) -> None:
        self._undo.setText(f"Undo {_lower(text)}".strip())

    def _name_redo(self, text: str) -> None:
        self._redo.setText(f"Redo {_lower(text)}".strip())


def _lower(text: str) -> str:
    """An edit's words after Undo or Redo: names of things keep their case."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text
