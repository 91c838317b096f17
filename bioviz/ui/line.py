"""A line of text to edit."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit


class LineBox(QLineEdit):
    """A line edit whose context menu also offers the actions that were added to it."""

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.createStandardContextMenu()
        menu.addSeparator()
        menu.addActions(self.actions())
        menu.exec(event.globalPos())
        menu.deleteLater()


class TextEdit(LineBox):
    """A line of text, given on Enter or when the focus leaves."""

    committed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._value = ""
        self.editingFinished.connect(self._finish)

    def value(self) -> str:
        return self._value

    def set_value(self, value: object) -> None:
        self._value = str(value)
        self.setText(self._value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text() != self._value:
            self.setText(self._value)
        else:
            super().keyPressEvent(event)

    def _finish(self) -> None:
        if self.text() != self._value:
            self.committed.emit(self.text())
