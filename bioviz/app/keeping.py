"""Whether the file keeps the history: an action that also says how much that would be."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from .document import Document
from .looking_back import LookingBack


class Keeping(QObject):
    """Ties the action in the menu to what the document says."""

    def __init__(self, action: QAction, document: Document, looking: LookingBack) -> None:
        super().__init__(action)
        self._action = action
        self._document = document
        self._looking = looking
        self._words = action.text()
        action.toggled.connect(document.keep_history)
        document.replaced.connect(self._on_replaced)
        self._on_replaced()

    def refresh(self, *_: object) -> None:
        """Say how large the history is by now."""
        text = f"{self._words} ({max(1, round(self._looking.history.bytes / 2**20)):,} MB)"
        if text != self._action.text():
            self._action.setText(text)

    def _on_replaced(self) -> None:
        self._action.setChecked(self._document.session.history)


def saved_words(path: Path, *, history: bool) -> str:
    """What was saved where, and what will be missed once it is opened again."""
    where = f"Saved {path.name} in {path.parent}"
    return f"{where}." if history else f"{where}, without the history (File > Keep the history…)."
