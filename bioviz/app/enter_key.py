"""Enter does what a click does: Space plays wherever the focus is, so it cannot press buttons."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QDialog, QWidget


class EnterKey(QObject):
    """Presses the button or opens the list that has the focus; dialogs have their own Enter."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._keys = [QShortcut(QKeySequence(key), window) for key in ("Return", "Enter")]
        for key in self._keys:
            key.setContext(Qt.ShortcutContext.ApplicationShortcut)  # floating panels too
            key.setEnabled(False)
            key.activated.connect(self._press)
        self._focus: QWidget | None = None
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Take Enter only where it has no other meaning."""
        self._focus = None
        if isinstance(now, QAbstractButton | QComboBox) and not isinstance(now.window(), QDialog):
            self._focus = now
        for key in self._keys:
            key.setEnabled(self._focus is not None)

    def _press(self) -> None:
        if isinstance(self._focus, QAbstractButton):
            self._focus.click()
        elif isinstance(self._focus, QComboBox):
            self._focus.showPopup()
